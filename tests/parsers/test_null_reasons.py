"""No null without its reason, in any record that fixtures give."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from bench.kinds import as_text, laid_out
from core.limits import Limits
from fixtures.kinds import SPECIMENS
from ingest.sources.plain_text import read_pages
from models.field import Field
from models.null_reason import NullReason
from parsers.letters import parse_letters

TEXTS = sorted([*Path("fixtures/cases").glob("*.txt"), Path("fixtures/seed-like/ocr.txt")])


def fields_of(record: BaseModel) -> Iterator[Field[Any]]:
    if isinstance(record, Field):
        yield record
        return
    for name in type(record).model_fields:
        value = getattr(record, name)
        parts = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else (value,)
        for part in parts:
            if isinstance(part, BaseModel):
                yield from fields_of(part)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_no_null_of_a_letter_lacks_its_reason(path: Path) -> None:
    letters, _ = parse_letters(read_pages(path, Limits()))
    assert letters
    for letter in letters:
        assert all((field.value is None) == (field.null_reason is not None) for field in fields_of(letter))
        for part in ("signer", "receipt", "contacts"):
            assert bool(getattr(letter, part)) == (part not in letter.null_reasons)


@pytest.mark.parametrize("name", SPECIMENS)
def test_no_null_of_a_specimen_lacks_its_reason(name: str, tmp_path: Path) -> None:
    for pages in (laid_out(SPECIMENS[name]), as_text(SPECIMENS[name], tmp_path)):
        for letter in parse_letters(pages)[0]:
            assert all((field.value is None) == (field.null_reason is not None) for field in fields_of(letter))


@pytest.mark.parametrize(
    ("raw", "review", "reason"),
    [
        ("", (), NullReason.ABSENT),
        ("", ("missing",), NullReason.MISSING),
        ("๑๒", ("date.unreadable",), NullReason.UNREADABLE),
        ("เขียว", ("status.not_understood",), NullReason.NOT_UNDERSTOOD),
        ("เขียว", (), NullReason.NOT_UNDERSTOOD),
        ("", ("mark.none",), NullReason.MISSING),
    ],
)
def test_the_reason_follows_from_what_was_read(raw: str, review: tuple[str, ...], reason: NullReason) -> None:
    assert Field[str](raw=raw, review=review).null_reason is reason


def test_the_reason_follows_a_copy() -> None:
    field = Field[str](value="ก", raw="ก", confidence=1.0)
    assert field.null_reason is None
    lost = field.model_copy(update={"value": None}).doubted("unreadable")
    assert lost.null_reason is NullReason.UNREADABLE
    assert lost.model_copy(update={"value": "ข"}).null_reason is None
    assert Field[str].model_validate(lost.model_dump()) == lost
