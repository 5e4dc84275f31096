"""The pages of a document against its record: which value holds each line, cell, stamp and code that was seen.

What a record says is compared with what was seen, not with what the parsers mean to have used: a value that was
dropped on the way has no part, and the part is left over. Each occurrence of a text counts once, so that of two
equal lines one that was lost is missed.
"""

import functools
import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from models.accounting import Ornament, PagePart, PartKind, Table, TableCell, Unaccounted, UnaccountedReason
from models.annex import Annex, Row
from models.field import Box, Field, PageNumber, Source
from models.letter import Letter
from models.ocr import Grid, Line, OcrPage
from parsers.form_ornaments import (
    LABELS,
    SIGNS,
    find_label_ornament,
    find_line_ornament,
    find_ornament,
    is_header_label,
    squeeze_letters,
)
from parsers.ink_islands import account_for_islands, find_signer_names, is_signature
from thai.labels import fuzzy_label

_CONNECTIVE = re.compile(r"^(?:และ|หรือ|กับ)(?=\S)")
"""Words that join two values of a list, and are in neither."""
_NOT_OWNERS = frozenset({"deadlines", "findings", "issues"})
"""Values that repeat what another value holds already: a deadline is cut out of the body."""
_REACH = 0.01
"""How far beyond a value's box, as a share of the page, what belongs to it may reach: boxes are of ink."""


@dataclass(frozen=True, slots=True)
class _Token:
    """Letters without a gap in them, and where they are."""

    text: str
    box: Box | None


@dataclass(slots=True)
class _Holding:
    """The letters and digits that one value holds, which of them are accounted for, and its record's last page.

    A value without letters, such as a dash for nil, is filled all the same.
    """

    path: str
    page: PageNumber | None
    box: Box | None
    text: str
    last: PageNumber = 1
    is_filled: bool = True
    spent: bytearray = field(init=False)

    def __post_init__(self) -> None:
        self.spent = bytearray(len(self.text))

    def covers(self, page: PageNumber, box: Box | None) -> bool:
        """Whether something on a page stands within the value's box."""
        if box is None or self.box is None or self.page != page:
            return False
        x, y = box.center
        inside_x = self.box.x0 - _REACH <= x <= self.box.x1 + _REACH
        return inside_x and self.box.y0 - _REACH <= y <= self.box.y1 + _REACH

    def says(self, text: str) -> bool:
        """Whether the value has what stands in its cell: its letters, or a sign where that is no letter."""
        piece = squeeze_letters(text)
        return piece in self.text if piece else self.is_filled

    def spend(self, piece: str, *, spend: bool = True) -> bool:
        """Take the first occurrence of a text that nothing took before, or only look; False where there is none."""
        start = self.text.find(piece)
        while start >= 0:
            end = start + len(piece)
            if not any(self.spent[start:end]):
                if spend:
                    self.spent[start:end] = b"\1" * len(piece)
                return True
            start = self.text.find(piece, start + 1)
        return False


class _Holdings:
    """All values of a record, found by the place and by the text of what they may hold.

    A value of a letter may go on over the next page, though its box is of the page it begins on; a cell may not.
    """

    def __init__(self, holdings: Iterable[_Holding]) -> None:
        self._at_box: dict[tuple[PageNumber | None, Box], _Holding] = {}
        self._on_page: dict[PageNumber | None, list[_Holding]] = {}
        self._unplaced: dict[str, list[_Holding]] = {}
        self._going_on: list[_Holding] = []
        for holding in holdings:
            if holding.box is None:
                self._unplaced.setdefault(holding.text, []).append(holding)
            else:
                self._at_box.setdefault((holding.page, holding.box), holding)
                self._on_page.setdefault(holding.page, []).append(holding)
            if holding.box is None or holding.path.startswith("letters"):
                self._going_on.append(holding)

    def at(self, page: PageNumber, box: Box) -> _Holding | None:
        """Return the value that has exactly this box."""
        return self._at_box.get((page, box))

    def about(self, page: PageNumber, box: Box | None) -> list[_Holding]:
        """Return the values within whose boxes a place lies."""
        return [holding for holding in self._on_page.get(page, ()) if holding.covers(page, box)]

    def owner(
        self,
        page: OcrPage,
        text: str,
        box: Box | None,
        *,
        near: bool = False,
        spend: bool = True,
        within: str = "",
    ) -> str | None:
        """Return which value holds a text: one about the place first, then, unless it must be near, any other.

        Args:
            page: The page it stands on.
            text: What was read.
            box: Where it is; None for plain text.
            near: Whether only values about the place are asked, and headers, which have none.
            spend: Whether the text is accounted for by this, or only looked up.
            within: How the paths of the values that are asked begin.
        """
        piece = squeeze_letters(text)
        if not piece:
            return f"ornament.{Ornament.DIRT}"
        places = (holding for holding in self.about(page.number, box))
        # A header has no place of its own: where no rules frame it, it stands on a line like any other.
        same = (h for h in self._unplaced.get(piece, ()) if not near or ".columns[" in h.path)
        others = (
            h for h in (() if near else self._going_on) if h.page is None or h.box is None or h.page < page.number
        )
        for holding in itertools.chain(places, same, others):
            if holding.path.startswith(within) and holding.spend(piece, spend=spend):
                return holding.path
        return None


def account_for_pages(
    pages: Sequence[OcrPage], letters: Sequence[Letter], annexes: Sequence[Annex], tables: Sequence[Table] = ()
) -> tuple[PagePart, ...]:
    """Return every part of some pages with its owner in the record, page by page.

    Args:
        pages: What was seen.
        letters: The letters of the record.
        annexes: Its annexes.
        tables: Its tables that are no annex.
    """
    holdings = _Holdings((*_values(letters, "letters"), *_values(annexes, "annexes"), *_headers(annexes)))
    taken = {(table.page, table.box): f"tables[{index}]" for index, table in enumerate(tables)}
    # Lines that one value holds whole come first, then cells, so that no other line takes their words.
    whole = {page.number: [_owner_of_line(page, line, holdings) for line in page.lines] for page in pages}
    cells = {
        page.number: [_owned_cell(page, part, holdings, "annexes") for part in _grid_parts(page, taken)]
        for page in pages
    }
    parts: list[PagePart] = []
    for page in pages:
        own: list[PagePart] = []
        names = find_signer_names(page.number, letters)
        for line, holder in zip(page.lines, whole[page.number], strict=True):
            owner = f"ornament.{Ornament.SIGNATURE}" if holder is None and is_signature(line, names) else holder
            own.extend(_line_parts(page, line, owner, holdings))
        own.extend(_owned_cell(page, part, holdings, "letters") for part in cells[page.number])
        for code in page.codes:
            owner = holdings.owner(page, code.payload, code.box)
            own.append(_part(page, code.box, PartKind.QR_CODE, code.payload, owner))
        parts.extend((*own, *account_for_islands(page, letters, annexes, own)))
    return tuple(parts)


def find_unaccounted(parts: Sequence[PagePart], *, documented: bool) -> tuple[Unaccounted, ...]:
    """Return the parts that nobody owns.

    Args:
        parts: From `account_for_pages`.
        documented: Whether the document has any letter or annex; without one nothing can own a line.
    """
    reason = UnaccountedReason.NO_FIELD if documented else UnaccountedReason.NO_RECORD
    return tuple(
        Unaccounted(
            page=part.page,
            box=part.box,
            kind=part.kind,
            text=part.text,
            reason=reason if part.text else UnaccountedReason.NO_TEXT,
        )
        for part in parts
        if part.owner is None
    )


def build_tables(pages: Sequence[OcrPage], letters: Sequence[Letter], annexes: Sequence[Annex]) -> tuple[Table, ...]:
    """Return the ruled tables of which no annex and no letter holds a cell, as they were read."""
    holdings = _Holdings((*_values(letters, "letters"), *_values(annexes, "annexes")))
    annexed = {number for annex in annexes for number in annex.pages}
    return tuple(
        _table(page, grid) for page in pages for grid in page.grids if not _is_taken(page, grid, holdings, annexed)
    )


def _is_taken(page: OcrPage, grid: Grid, holdings: _Holdings, annexed: Collection[PageNumber]) -> bool:
    if not page.has_layout:
        return page.number in annexed
    return any(holdings.about(page.number, cell.box) for cell in grid.cells if cell.text)


def _table(page: OcrPage, grid: Grid) -> Table:
    cells = tuple(
        TableCell(**cell.model_dump(include=set(TableCell.model_fields)))
        for cell in sorted(grid.cells, key=lambda cell: (cell.row, cell.column))
    )
    return Table(page=page.number, box=grid.box, rows=grid.rows, columns=grid.columns, cells=cells)


def _values(records: Sequence[Letter | Annex], name: str) -> Iterator[_Holding]:
    for index, record in enumerate(records):
        for holding in _fields(record, f"{name}[{index}]"):
            holding.last = max(record.pages, default=1)
            yield holding


def _fields(value: Any, path: str) -> Iterator[_Holding]:  # noqa: ANN401 - any part of a record
    if isinstance(value, Field):
        text = squeeze_letters(value.raw)
        if text or value.box is not None:
            yield _Holding(path, value.page, value.box, text, is_filled=bool(value.raw.strip() or value.value))
    elif isinstance(value, BaseModel):
        names = type(value).model_fields
        own = [list(_fields(getattr(value, name), f"{path}.{name}")) for name in names if name not in _NOT_OWNERS]
        yield from _without_repetitions(list(itertools.chain.from_iterable(own)), value)
    elif isinstance(value, tuple) and not hasattr(value, "_fields"):
        for index, item in enumerate(value):
            yield from _fields(item, f"{path}[{index}]")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _fields(item, f"{path}.{key}")


def _without_repetitions(holdings: list[_Holding], record: BaseModel) -> Iterator[_Holding]:
    """Yield what a record holds once: a reference's date is within its title, a row's district is one of its cells."""
    if isinstance(record, Letter | Annex):
        yield from holdings
        return
    kept: list[_Holding] = []
    for holding in sorted(holdings, key=lambda holding: (len(holding.text), ".cells." in holding.path), reverse=True):
        if not any(_repeats(holding, other, within=not isinstance(record, Row)) for other in kept):
            kept.append(holding)
    yield from kept


def _repeats(holding: _Holding, other: _Holding, *, within: bool) -> bool:
    if holding.box != other.box and holding.box is not None:
        return False
    return holding.text == other.text or (within and holding.text in other.text)


def _headers(annexes: Sequence[Annex]) -> Iterator[_Holding]:
    for number, annex in enumerate(annexes):
        for index, column in enumerate(annex.columns):
            for header in column.page_headers or (column.header,):
                yield _Holding(f"annexes[{number}].columns[{index}]", None, None, squeeze_letters(header))


def _owner_of_line(page: OcrPage, line: Line, holdings: _Holdings) -> str | None:
    box = line.box if page.has_layout else None
    ornament = find_line_ornament(line.text)
    if ornament is not None:
        return ornament
    label = fuzzy_label(line.text, LABELS)
    rest = line.text[label[1] :] if label is not None else ""
    return holdings.owner(page, line.text, box) or (holdings.owner(page, rest, box) if squeeze_letters(rest) else None)


def _line_parts(page: OcrPage, line: Line, owner: str | None, holdings: _Holdings) -> Iterator[PagePart]:
    """Yield a line whole where one value holds it, else run by run of its words."""
    kind = {Source.STAMP: PartKind.STAMP, Source.HANDWRITING: PartKind.HANDWRITING}.get(line.source, PartKind.LINE)
    box = line.box if page.has_layout else None
    if owner is not None:
        yield _part(page, box, kind, line.text, owner)
        return
    tokens = [_Token(word.text, word.box) for word in line.words if page.has_layout]
    tokens = tokens or [_Token(text, box) for text in line.text.split()]
    start = 0
    while start < len(tokens):
        end, owner = _longest_run(page, tokens, start, holdings)
        run = tokens[start:end]
        yield _part(page, _around(run), kind, " ".join(token.text for token in run), owner)
        start = end


def _longest_run(page: OcrPage, tokens: Sequence[_Token], start: int, holdings: _Holdings) -> tuple[int, str | None]:
    """Return where the longest run of tokens ends that one value or the form owns, and which; else a run without."""
    for end in range(len(tokens), start, -1):
        owner = _owner_of_run(page, tokens[start:end], holdings)
        if owner is not None:
            return end, owner
    end = start + 1
    while end < len(tokens) and _owner_of_run(page, tokens[end : end + 1], holdings, spend=False) is None:
        end += 1
    return end, None


def _owner_of_run(page: OcrPage, run: Sequence[_Token], holdings: _Holdings, *, spend: bool = True) -> str | None:
    """Return who owns some tokens: a value that holds them, with or without the label or connective before it."""
    text, box = " ".join(token.text for token in run), _around(run)
    ornament = find_ornament(text)
    if ornament is not None:
        return ornament
    label = fuzzy_label(text, LABELS)
    rests = [text, _CONNECTIVE.sub("", text), text[label[1] :] if label is not None else text]
    for rest in dict.fromkeys(rests):
        owner = holdings.owner(page, rest, box, near=page.has_layout, spend=spend)
        if owner is not None:
            return owner
    return None


def _grid_parts(page: OcrPage, tables: Mapping[tuple[PageNumber, Box], str]) -> Iterator[PagePart]:
    for grid in page.grids:
        table = tables.get((page.number, grid.box))
        for cell in grid.cells:
            if cell.text.strip() or cell.mark is not None:
                yield _part(page, cell.box, PartKind.CELL, cell.text or str(cell.mark), table)


def _owned_cell(page: OcrPage, part: PagePart, holdings: _Holdings, within: str) -> PagePart:
    """Return a cell with its owner among the values whose paths begin so, if it has none yet."""
    if part.owner is not None or part.box is None:
        return part
    return part.model_copy(update={"owner": _find_cell_owner(page, part.text, part.box, holdings, within)})


def _find_cell_owner(page: OcrPage, text: str, box: Box, holdings: _Holdings, within: str) -> str | None:
    own = holdings.at(page.number, box) if page.has_layout else None
    if own is not None and own.says(text):
        return own.path
    if own is None and (owner := _find_sign_owner(page, text, box, holdings)) is not None:
        return owner
    if own is not None and not own.is_filled:
        return None  # the row beside it may say the same, but this one has lost it
    lines = [line for line in text.split("\n") if squeeze_letters(line)]
    owners = [holdings.owner(page, line, box if page.has_layout else None, within=within) for line in lines]
    return owners[0] if owners and all(owners) else None if is_header_label(text) else find_label_ornament(text)


def _find_sign_owner(page: OcrPage, text: str, box: Box, holdings: _Holdings) -> str | None:
    """Return whose a sign is: it has no text to be found by, but a value about its place that says something is it."""
    if squeeze_letters(text) and text not in SIGNS:
        return None
    about = holdings.about(page.number, box) if page.has_layout else ()
    other = next((holding.path for holding in about if holding.is_filled), None)
    return other if other is not None or text in SIGNS else f"ornament.{Ornament.DIRT}"


def _part(page: OcrPage, box: Box | None, kind: PartKind, text: str, owner: str | None) -> PagePart:
    return PagePart(page=page.number, box=box, kind=kind, text=text, owner=owner)


def _around(tokens: Sequence[_Token]) -> Box | None:
    boxes = [token.box for token in tokens if token.box is not None]
    return functools.reduce(Box.union, boxes) if boxes else None
