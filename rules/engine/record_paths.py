"""The parts of a document that rules look at, each with its path, and which letter encloses which."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from models.annex import Annex, Column, ColumnKind, Row
from models.field import Field, Source
from models.letter import Enclosure, Letter
from rules.engine.declaration import Case

# What the parsers say of a cell that holds ink but no text; its value is then no statement.
_UNREAD_CODES = frozenset({"unreadable", "missing"})
_DATED = re.compile(r"ลง\s*วัน|ลง\s*(?=[0-9๐-๙])|ลว")


@dataclass(frozen=True, slots=True)
class EnclosedLetter:
    """A letter and what the letter before it says of it.

    Attributes:
        cover_path, cover: The letter that sends it along.
        quote_path, quote: The entry under สิ่งที่ส่งมาด้วย.
        path, letter: The letter that was sent along.
    """

    cover_path: str
    cover: Letter
    quote_path: str
    quote: Enclosure
    path: str
    letter: Letter


def letters(case: Case) -> Iterator[tuple[str, Letter]]:
    """Yield the letters with their paths, in file order."""
    for index, letter in enumerate(case.document.letters):
        yield f"letters[{index}]", letter


def annexes(case: Case) -> Iterator[tuple[str, Annex]]:
    """Yield the annexes with their paths."""
    for index, annex in enumerate(case.document.annexes):
        yield f"annexes[{index}]", annex


def rows(path: str, annex: Annex) -> Iterator[tuple[str, int, Row]]:
    """Yield the rows with their paths and the number each is known by: its sequence number, else its place."""
    for index, row in enumerate(annex.rows):
        yield f"{path}.rows[{index}]", row.sequence.value or index + 1, row


def columns(annex: Annex, kind: ColumnKind) -> tuple[Column, ...]:
    """Return the columns of a kind."""
    return tuple(column for column in annex.columns if column.kind is kind)


def unread(field: Field[Any]) -> bool:
    """Whether a field that should hold something was not read."""
    return field.value is None or not _UNREAD_CODES.isdisjoint(field.review)


def reading(field: Field[Any]) -> str:
    """Return what stands on paper: the raw text, but what a person put right in place of it."""
    if field.source is Source.PERSON or not field.raw:
        return str(getattr(field.value, "label", field.value)) if field.value is not None else ""
    return field.raw


def names_a_letter(quote: Enclosure) -> bool:
    """Whether an enclosure is quoted with a number, or as dated (ลงวันที่), as only papers of offices are.

    Any other date in its title may be the day of a meeting or a term.
    """
    dated = quote.date.value is not None or bool(quote.date.raw)
    return bool(quote.number.value or quote.number.raw) or (dated and _DATED.search(quote.title.raw) is not None)


def enclosed(case: Case) -> Iterator[EnclosedLetter]:
    """Yield every letter that the letter before it sends along.

    A letter whose enclosures name a letter encloses the next one of the file. Of several such enclosures it is the
    one with the same number or date; where none has, nothing tells which, and the letter is not paired.
    """
    numbered = list(letters(case))
    for (cover_path, cover), (path, letter) in pairwise(numbered):
        quotes = [(i, quote) for i, quote in enumerate(cover.enclosures) if names_a_letter(quote)]
        if len(quotes) > 1:
            quotes = [(i, quote) for i, quote in quotes if _same_letter(quote, letter)][:1]
        for index, quote in quotes:
            yield EnclosedLetter(cover_path, cover, f"{cover_path}.enclosures[{index}]", quote, path, letter)


def letter_date(case: Case, path: str) -> tuple[dt.date, str] | None:
    """Return the date of a letter and where it stands: on it, or where unread, in the letter that encloses it."""
    own = dict(letters(case))[path].date.value
    if own is not None:
        return own, f"{path}.date"
    for pair in enclosed(case):
        if pair.path == path and pair.quote.date.value is not None:
            return pair.quote.date.value, f"{pair.quote_path}.date"
    return None


def _same_letter(quote: Enclosure, letter: Letter) -> bool:
    same_number = quote.number.value is not None and quote.number.value == letter.number.value
    return same_number or (quote.date.value is not None and quote.date.value == letter.date.value)
