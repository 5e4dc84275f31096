"""Names that a stroke hides in part: given where only one body of the district is left, and always asking."""

import pytest

from gazetteer.reconcile import reconcile
from gazetteer.register import load
from models.annex import Annex, BodyRef, Row
from models.field import Field
from tests.gazetteer.test_reconcile_doubts import AS_OF, UTTARADIT, annex

BODIES = [body for body in load().find_bodies(UTTARADIT, AS_OF) if body.district == "ท่าปลา"]
SUBDISTRICTS = [place for place, body in enumerate(BODIES) if body.kind == "อบต."]


def read_with(hidden: dict[int, str], *, confidence: float = 0.1, review: tuple[str, ...] = ("overlaid",)) -> list[Row]:
    """Reconcile a district whose names are all read, but for some that are read so."""
    printed: Annex = annex([(body.district, body.label) for body in BODIES])
    rows = list(printed.rows)
    for place, raw in hidden.items():
        body = Field[BodyRef](raw=raw, page=1, confidence=confidence, review=review)
        rows[place] = rows[place].model_copy(update={"body": body})
    return list(reconcile(printed.model_copy(update={"rows": tuple(rows)}), load())[0].rows)


def half(place: int) -> str:
    name = BODIES[place].name
    return f"อบต.{name[: (len(name) + 1) // 2]}"


def test_half_a_name_is_the_one_body_that_is_left_and_asks() -> None:
    place = SUBDISTRICTS[0]
    body = read_with({place: f"\\\n{half(place)}กฟ"})[place].body
    assert body.value is not None
    assert body.value.code == BODIES[place].code
    assert body.repair is not None
    assert body.repair.rule == "register.hidden"
    assert "body.repaired_far" in body.review
    assert body.raw.endswith("กฟ")


@pytest.mark.parametrize("raw", ["อบต.", "", "oป\n✓", "อบต.ฮ", "อบต.ฮฮฮฮ"])
def test_a_name_of_which_nothing_was_read_stays_unknown_though_one_body_is_left(raw: str) -> None:
    place = SUBDISTRICTS[0]
    body = read_with({place: raw})[place].body
    assert body.value is None
    assert body.review


def test_two_rows_that_may_be_either_of_two_bodies_are_neither() -> None:
    first, second = SUBDISTRICTS[:2]
    rows = read_with({first: "อบต.ฮฮ", second: "อบต.ฮฮ"})
    assert rows[first].body.value is None
    assert rows[second].body.value is None


def test_a_name_that_nothing_hides_is_none_that_it_is_not_near() -> None:
    place = SUBDISTRICTS[0]
    body = read_with({place: f"{half(place)}ฮฮฮฮ"}, confidence=0.95, review=())[place].body
    assert body.value is None or body.review


def test_no_hidden_name_is_what_is_left_by_a_row_that_may_be_either_body() -> None:
    bodies = [body for body in load().find_bodies(UTTARADIT, AS_OF) if body.district == "พิชัย"]
    printed: Annex = annex([(body.district, body.label) for body in bodies])
    names = [body.name for body in bodies]
    rows = list(printed.rows)
    hidden, unclear = names.index("บ้านดารา"), names.index("บ้านหม้อ")
    overlaid = Field[BodyRef](raw="อบต.บ้ากฟฮ", page=1, confidence=0.1, review=("overlaid",))
    rows[hidden] = rows[hidden].model_copy(update={"body": overlaid})
    rows[unclear] = rows[unclear].model_copy(update={"body": Field[BodyRef](raw="อบต.บ้านหบ", page=1, confidence=0.6)})
    found = reconcile(printed.model_copy(update={"rows": tuple(rows)}), load())[0].rows
    assert "body.ambiguous" in found[unclear].body.review
    assert found[hidden].body.value is None
