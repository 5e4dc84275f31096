"""The order of a letter's parts on its pages, by where they stand."""

from typing import Any

import pytest

from models.field import Box
from models.finding import Outcome, Verdict
from models.letter import Letter, LetterKind
from rules.letter_form.part_order import displaced
from rules.runner import ALL, judge
from tests.rules import builders as b

EXTERNAL = {
    "number": 0.10,
    "issuer": 0.10,
    "date": 0.18,
    "subject": 0.22,
    "recipients": 0.25,
    "references": 0.28,
    "enclosures": 0.31,
    "body": 0.36,
    "closing": 0.70,
    "signer": 0.80,
    "unit": 0.90,
}


def put(value: Any, y: float, page: int = 1) -> Any:
    """Return a part of a letter as if it stood at a height."""
    if isinstance(value, tuple):
        return tuple(put(each, y + 0.02 * n, page) for n, each in enumerate(value))
    if hasattr(value, "raw"):
        return value.model_copy(update={"page": page, "box": Box(0.1, y, 0.5, y + 0.015)})
    first = next(iter(type(value).model_fields))
    return value.model_copy(update={first: put(getattr(value, first), y, page)})


def letter(heights: dict[str, float], pages: dict[str, int] | None = None, **changes: Any) -> Letter:
    whole = b.cover(**changes)
    pages = pages or {}
    parts = {name: put(getattr(whole, name), y, pages.get(name, 1)) for name, y in heights.items()}
    return whole.model_copy(update=parts)


def verdict(found: Letter) -> Verdict:
    return judge(ALL["L01"], b.case((found,)))


def test_a_letter_in_order_passes() -> None:
    found = verdict(letter(EXTERNAL))
    assert (found.outcome, found.findings) == (Outcome.PASSED, ())
    assert displaced(letter(EXTERNAL)) == (list(EXTERNAL), [])


@pytest.mark.parametrize(
    ("part", "y"),
    [("date", 0.05), ("date", 0.95), ("subject", 0.33), ("recipients", 0.19), ("closing", 0.95), ("unit", 0.02)],
)
def test_one_part_out_of_order_is_told_of_alone(part: str, y: float) -> None:
    kept, wrong = displaced(letter(EXTERNAL | {part: y}))
    assert wrong == [part]
    assert kept == [name for name in EXTERNAL if name != part]
    [found] = verdict(letter(EXTERNAL | {part: y})).findings
    assert found.evidence[0] == f"letters[0].{part}"
    assert len(found.evidence) > 1
    assert "ไม่อยู่ในลำดับ" in found.message.th


def test_of_two_neighbors_that_changed_places_one_is_told_of() -> None:
    wrong = displaced(letter(EXTERNAL | {"subject": 0.25, "recipients": 0.22}))[1]
    assert len(wrong) == 1
    assert set(wrong) < {"subject", "recipients"}


@pytest.mark.parametrize(
    "changes",
    [
        {"number": 0.13},  # below the first line of the office
        {"issuer": 0.13},
        {"date": 0.095},  # half a line higher than the number, as on one line
    ],
)
def test_what_stands_side_by_side_is_in_order(changes: dict[str, float]) -> None:
    assert verdict(letter(EXTERNAL | changes)).outcome is Outcome.PASSED


def test_the_next_page_is_below() -> None:
    later = dict.fromkeys(("closing", "signer", "unit"), 2)
    heights = EXTERNAL | {"closing": 0.1, "signer": 0.2, "unit": 0.3}
    assert verdict(letter(heights, later)).outcome is Outcome.PASSED
    assert displaced(letter(heights))[1] != []


def test_each_kind_has_its_own_form() -> None:
    stamped = {"number": 0.1, "recipients": 0.15, "body": 0.2, "issuer": 0.5, "date": 0.6, "unit": 0.8}
    assert displaced(letter(stamped, kind=LetterKind.STAMPED_LETTER))[1] == []
    assert displaced(letter(stamped))[1] != []
    memo = {"issuer": 0.1, "number": 0.13, "date": 0.13, "subject": 0.16, "recipients": 0.2, "body": 0.3}
    assert displaced(letter(memo, kind=LetterKind.INTERNAL_MEMO))[1] == []
    assert displaced(letter(memo | {"date": 0.35}, kind=LetterKind.INTERNAL_MEMO))[1] == ["date"]
    assert displaced(letter(memo, kind=LetterKind.ORDER)) == ([], [])


def test_a_text_without_layout_has_no_order() -> None:
    assert displaced(b.cover(number=b.number("อต ๐๐๒๓.๓/ว ๑๗๗"))) == ([], [])
