"""The sheets of a workbook against its annexes: which rows of the file no row, header, title, total or note holds.

As with the ledger of a page, what a record says is compared with what stands in the file, not with what the parsers
mean to have used: of two equal rows one that was lost is missed, and so is a sheet that was never looked at.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from models.accounting import PartKind, Unaccounted, UnaccountedReason
from models.annex import Annex, Row
from models.field import PageNumber, Source
from models.sheet import Sheet
from parsers.annex.sheet_tables import is_numbering, join_cells
from thai.text import normalize

_BODY_TEXTS: Final = 3
"""Texts that the row of a body has at least: its number, its name, and what is said of it."""
_UNREAD: Final = UnaccountedReason.NO_TEXT
_Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _SheetHoldings:
    """What annexes hold of one sheet.

    Attributes:
        rows: The texts of each body's row and of each note, as often as they stand there.
        heads: All that titles and headers say, without gaps; a header may come again on each printed page.
        is_titled: Whether a person named what the sheet is about, in place of its own title rows.
    """

    rows: Counter[_Texts]
    heads: str
    is_titled: bool

    def take(self, texts: _Texts) -> bool:
        """Take a row that nothing took before; False where no row, note, title or header says the same."""
        if any(self._take_piece(texts[:at], texts[at:]) for at in range(len(texts), 0, -1)):
            return True
        is_title = self.is_titled and len(set(texts)) == 1
        return is_title or all(_squeeze(text) in self.heads for text in texts)

    def _take_piece(self, texts: _Texts, beside: _Texts) -> bool:
        """Take a row of one table and what stands beside it in another; nothing, where either is held by none."""
        note = (join_cells(texts),)
        # What begins with a number and says two things more is no note, but a body whose name was lost.
        is_row = len(texts) >= _BODY_TEXTS and is_numbering(texts[:1])
        for key in (texts,) if is_row else (texts, note):
            if self.rows[key]:
                self.rows[key] -= 1
                if not beside or self.take(beside):
                    return True
                self.rows[key] += 1
        return False


def find_unaccounted_rows(
    sheets: Sequence[Sheet], annexes: Sequence[Annex], excepted: Collection[PageNumber | None]
) -> tuple[Unaccounted, ...]:
    """Return the rows of sheets that no annex holds, each with its sheet as its page.

    Args:
        sheets: All sheets, as they stand in the file.
        annexes: What was made of them.
        excepted: Sheets of which an issue says that they are no table at all.
    """
    reason = UnaccountedReason.NO_FIELD if annexes else UnaccountedReason.NO_RECORD
    left: list[Unaccounted] = []
    for sheet in sheets:
        left += [
            Unaccounted(page=sheet.number, kind=PartKind.ANNOTATION, text=text, reason=reason)
            for text in sheet.annotations
        ]
        left += [Unaccounted(page=sheet.number, kind=PartKind.PICTURE, text="", reason=_UNREAD)] * sheet.pictures
        if sheet.number in excepted:
            continue
        holdings = _collect_holdings(sheet.number, annexes)
        for row in sheet.rows:
            texts = tuple(text for text in row if text)
            if texts and not is_numbering(texts) and not holdings.take(texts):
                text = join_cells(texts)
                left.append(Unaccounted(page=sheet.number, kind=PartKind.CELL, text=text, reason=reason))
    return tuple(left)


def _collect_holdings(number: PageNumber, annexes: Sequence[Annex]) -> _SheetHoldings:
    own = [annex for annex in annexes if number in annex.pages]
    rows = Counter(_get_texts(row) for annex in own for row in annex.rows if row.body.page == number)
    rows.update((note.raw,) for annex in own for note in annex.notes if note.page == number)
    heads = _squeeze("\n".join(text for annex in own for text in _get_heads(annex)))
    return _SheetHoldings(rows, heads, any(annex.title.source is Source.PERSON for annex in own))


def _get_texts(row: Row) -> tuple[str, ...]:
    return tuple(cell.raw for cell in row.cells.values() if cell.raw)


def _get_heads(annex: Annex) -> Iterator[str]:
    """Yield what titles and headers say; that of a sheet may be the district of its rows."""
    for column in annex.columns:
        yield from (column.header, *column.page_headers)
    yield from (annex.title.raw, annex.province.raw)
    yield from {f"อำเภอ{row.district.raw}": None for row in annex.rows if row.district.raw}


def _squeeze(text: str) -> str:
    return "".join(normalize(text).split())
