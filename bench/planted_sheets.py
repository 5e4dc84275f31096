"""Losses and additions in workbooks and CSV files, for `bench/planted_losses.py`."""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from bench.planted_pages import FIXTURES, Case
from core.limits import Limits
from core.settings import Settings
from ingest.sources.file_type import identify
from ingest.sources.spreadsheet import read_sheets
from models.document import Document, SourceDocument
from models.sheet import Sheet
from pipeline.data_files import parse_sheets
from pipeline.reading import assemble_sheets

_FILES: Final = ("cases/h01-slash-round1.csv", "cases/h39-total-row.csv", "cases/h37-merged.xlsx",
                 "cases/h03-sheet-per-district.xlsx", "uttaradit_2564.csv")  # fmt: skip
_NOTES: Final = ("รับเอกสารคืนแล้วตามบันทึก", "ดูสมุดคุมเล่มที่สอง", "XQ 9731 ZZ")
_KINDS: Final = ("lost row of a sheet", "lost cell of a sheet", "lost sheet", "added sheet", "added row of a sheet")


def plant_in_sheets(chance: random.Random) -> Iterator[Case]:
    """Yield cases without end."""
    settings = Settings()
    books = {name: read_sheets(FIXTURES / name, identify(FIXTURES / name, Limits()), Limits()) for name in _FILES}
    before = {name: _read(name, book, book, settings) for name, book in books.items()}
    while True:
        name = chance.choice(_FILES)
        kind = chance.choice(_KINDS)
        seen, given, number, text = _plant(kind, books[name], chance)
        planted = _read(name, seen, given, settings)
        yield Case(kind, name, number, text, None, kind.startswith("added"), before[name], planted)


def _plant(
    kind: str, book: Sequence[Sheet], chance: random.Random
) -> tuple[Sequence[Sheet], Sequence[Sheet], int, str]:
    """Return the sheets as they are, as they are given to the parsers, and the number and text of what was planted."""
    at = chance.randrange(len(book))
    sheet = book[at]
    row = chance.choice([n for n, cells in enumerate(sheet.rows) if any(cells)])
    cells = sheet.rows[row]
    longest = max(cells, key=len)
    if kind == "lost row of a sheet":
        return book, _change(book, at, (*sheet.rows[:row], *sheet.rows[row + 1 :])), sheet.number, longest
    if kind == "lost cell of a sheet":
        column = chance.choice([n for n, text in enumerate(cells) if text])
        blank = (*cells[:column], "", *cells[column + 1 :])
        return book, _change(book, at, (*sheet.rows[:row], blank, *sheet.rows[row + 1 :])), sheet.number, longest
    if kind == "lost sheet":
        return book, [*book[:at], *book[at + 1 :]], sheet.number, longest
    text = chance.choice(_NOTES)
    if kind == "added sheet":
        more = Sheet(number=len(book) + 1, name="แผ่นใหม่", rows=((text, "๑"), ("ก", "๒")))
        return [*book, more], [*book, more], more.number, more.name
    odd = (text, *[""] * (len(cells) - 1))
    changed = _change(book, at, (*sheet.rows, odd))
    return changed, changed, sheet.number, text


def _change(book: Sequence[Sheet], at: int, rows: tuple[tuple[str, ...], ...]) -> list[Sheet]:
    return [*book[:at], book[at].model_copy(update={"rows": rows}), *book[at + 1 :]]


def _read(name: str, seen: Sequence[Sheet], given: Sequence[Sheet], settings: Settings) -> Document:
    source = SourceDocument(name=Path(name).name, sha256="0" * 64, media_type="text/csv", pages=len(seen))
    return assemble_sheets(
        source, seen, settings, parse=lambda _, file_name, facts: parse_sheets(given, file_name, facts)
    )
