"""Names that a person confirmed after a document was read."""

import pytest

from gazetteer.confirmed_names import settle_confirmed
from gazetteer.reconcile import reconcile
from gazetteer.register import load
from models.annex import BodyKind, BodyRef
from models.confirmation import Confirmation
from tests.gazetteer.test_reconcile import UTTARADIT, annex
from tests.rules import builders as b

DISTRICT, READING, KEY = "เมืองอุตรดิตถ์", "อบต.จงกผุด", "6530113"
SAID = Confirmation(
    province=UTTARADIT, district=DISTRICT, reading=READING, body=BodyRef(kind=BodyKind.SAO, name="ขุนฝาง", code=KEY)
)


def settled(*pairs: tuple[str, str]):
    read, _ = reconcile(annex(pairs), load())
    document = b.case(annexes=(read,)).document
    return settle_confirmed(document, load(), [SAID]).annexes[0].rows


def test_a_name_that_was_confirmed_later_is_settled_without_reading_again() -> None:
    [row] = settled((DISTRICT, READING))
    assert row.body.value.code == KEY
    assert row.body.repair.rule == "register.confirmed"
    assert not [code for code in (*row.body.review, *row.review) if code.startswith("body.")]


@pytest.mark.parametrize(
    ("pairs", "why"),
    [
        ([("พิชัย", READING)], "another district"),
        ([(DISTRICT, READING), (DISTRICT, READING)], "it stands twice"),
        ([(DISTRICT, "อบต.ขุนฝาง"), (DISTRICT, READING)], "another row has the body"),
    ],
)
def test_a_word_holds_for_its_reading_alone(pairs: list[tuple[str, str]], why: str) -> None:
    rows = settled(*pairs)
    assert all(row.body.repair is None or row.body.repair.rule != "register.confirmed" for row in rows), why
