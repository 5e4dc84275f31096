"""The rows of an annex: sequence, district, body, marks, status and remark of each."""

from collections.abc import Sequence

from models.annex import BodyRef, CellValue, Column, ColumnKind, Row
from models.field import Field, Source
from models.ocr import Cell, Grid, Mark, OcrPage
from parsers.annex.body_names import is_kind, share_bodies
from parsers.annex.column_roles import READ_SIGNS
from parsers.annex.dates import parse_date_cell
from parsers.annex.number_relations import confirm_by_relations
from parsers.annex.numbers import NUMBER_UNREADABLE, NUMERIC, is_number_or_nil, parse_number
from parsers.annex.remark_normalization import correct_remarks
from parsers.annex.row_status import READ_SIGN_CONFIDENCE, Cells, StatusReader, build_status_reader
from parsers.annex.sequence_numbers import numbered
from parsers.annex.status_evidence import NO_EVIDENCE, StatusEvidence
from parsers.annex.table_sections import TableSection
from parsers.fields import DIGIT_CONFIDENCE
from thai.numerals import parse_int
from thai.text import normalize
from thai.years import find_years

_CELLS_ALONE = (ColumnKind.MARK, ColumnKind.TEXT, ColumnKind.DATE, *NUMERIC)
"""Columns whose cells become no other value of a row, so that nothing else doubts them."""
# What the recognizer makes of a sign whose picture was not clear. It stands in a column of marks, so a sign it is.
_READ_AS_SIGN = {
    **READ_SIGNS,
    **dict.fromkeys(("V", "v", "7"), Mark.TICK),
    **dict.fromkeys(("X", "x", "*", "+"), Mark.CROSS),
}
_NAMES = (ColumnKind.BODY, ColumnKind.DISTRICT, ColumnKind.TEXT, ColumnKind.SEQUENCE)


class _Reader:
    """Reads one row of one grid by column kind."""

    def __init__(
        self, page: OcrPage, grid: Grid, row: int, columns: Sequence[Column], review_confidence: float
    ) -> None:
        self._page, self._grid, self._row, self._columns = page, grid, row, columns
        self._review_confidence = review_confidence

    def cell(self, kind: ColumnKind) -> Cell | None:
        """Return the row's cell in the first column of a kind."""
        for index, column in enumerate(self._columns):
            if column.kind is kind:
                return self._grid.at(self._row, index)
        return None

    def inked(self) -> list[Cell]:
        """Return the cells of the row that hold ink."""
        cells = {id(cell): cell for c in range(self._grid.columns) if (cell := self._grid.at(self._row, c)) is not None}
        return [cell for cell in cells.values() if cell.ink > 0]

    def names_only(self) -> bool:
        """Whether one cell of the row holds ink, and stands where names do."""
        inked = self.inked()
        return len(inked) == 1 and self._columns[inked[0].column].kind in _NAMES

    def kind_of_body(self) -> Field[str]:
        """Return what a column says that holds the kinds of bodies beside their names; nothing where there is none."""
        cells = [
            self._grid.at(self._row, at) for at, column in enumerate(self._columns) if column.kind is ColumnKind.TEXT
        ]
        kinds = [cell for cell in cells if cell is not None and is_kind(cell.text)]
        return self.text(kinds[0]) if len(kinds) == 1 else Field[str]()

    def text(self, cell: Cell | None) -> Field[str]:
        """Return a cell as text; lines within it are joined."""
        if cell is None:
            return Field[str]()
        text = normalize(cell.text).replace("\n", " ").strip()
        doubt = ["unreadable"] if cell.ink > 0 and not text else []
        if cell.overlaid:
            doubt.append("overlaid")
        return self.field(cell, text, tuple(doubt))

    def read(self, kind: ColumnKind) -> Field[str]:
        """Return the text in the first column of a kind; a cell that the table lacks there is missing."""
        cell = self.cell(kind)
        if cell is None and any(column.kind is kind for column in self._columns):
            return Field[str](page=self._page.number, review=("missing",))
        return self.text(cell)

    def field(self, cell: Cell, value: str | None, review: tuple[str, ...] = ()) -> Field[str]:
        """Return a value with the provenance of its cell."""
        return Field[str](
            value=value,
            raw=cell.text,
            confidence=cell.confidence,
            page=self._page.number,
            box=cell.box if self._page.has_layout else None,
            source=cell.source,
            review=review,
            other=cell.other,
        )

    def all_cells(self) -> dict[str, Field[CellValue]]:
        """Return every cell as read, by column key."""
        cells: dict[str, Field[CellValue]] = {}
        for index, column in enumerate(self._columns):
            cell = self._grid.at(self._row, index)
            if cell is None:
                cells[column.key] = Field[CellValue](review=("missing",))
                continue
            read = self.text(cell)
            value: CellValue = read.value or ""
            confidence, doubt = read.confidence, read.review
            if column.kind is ColumnKind.MARK:
                value, confidence, doubt = _mark(cell)
            elif column.kind in NUMERIC:
                doubt = (*doubt, *_number_doubts(cell, str(value), self._review_confidence))
                value = parse_number(column.kind, str(value))
            elif column.kind is ColumnKind.DATE:
                value, codes = parse_date_cell(str(value))
                doubt = (*doubt, *codes, *(["low_confidence"] if value and confidence < DIGIT_CONFIDENCE else []))
            elif self._stands_alone(column) and value:
                doubt = (*doubt, *self._word_doubts(column, confidence))
            cells[column.key] = Field[CellValue](
                **read.model_dump(exclude={"value", "confidence", "review", "repair"}),
                value=value,
                confidence=confidence,
                review=doubt,
            )
        return cells

    def _stands_alone(self, column: Column) -> bool:
        """Whether nothing else doubts the words of a column; the register does those of districts, beside bodies."""
        return column.kind is ColumnKind.TEXT or (
            column.kind is ColumnKind.DISTRICT and not lists_bodies(self._columns)
        )

    def _word_doubts(self, column: Column, confidence: float) -> list[str]:
        """Return why words are not to be relied on: hardly read, or of a column that others' headers leave out."""
        doubts = ["low_confidence"] if confidence < self._review_confidence else []
        unnamed = not column.header and any(other.header for other in self._columns)
        return [*doubts, "column.no_header"] if unnamed else doubts


def lists_bodies(columns: Sequence[Column]) -> bool:
    """Whether a column holds the names of bodies."""
    return any(column.kind is ColumnKind.BODY for column in columns)


def _number_doubts(cell: Cell, text: str, review_confidence: float) -> list[str]:
    """Return why the number in a cell is not to be relied on; an empty cell and a dash for nil are no doubt."""
    if not text or text.strip() == "-":
        return []
    doubts = ["low_confidence"] if cell.confidence < review_confidence else []
    return doubts if is_number_or_nil(text) else [*doubts, NUMBER_UNREADABLE]


def _mark(cell: Cell) -> tuple[str, float, tuple[str, ...]]:
    if cell.ink <= 0:
        return "", 1.0, ()
    if cell.mark is not None and cell.mark is not Mark.UNKNOWN:
        return cell.mark.value, cell.mark_confidence, ()
    read = _READ_AS_SIGN.get(cell.text.strip())
    if read is not None:
        return read.value, READ_SIGN_CONFIDENCE, ()
    return cell.text or Mark.UNKNOWN.value, 0.3, ("mark.unclear",)


def parse_rows(
    parts: Sequence[TableSection],
    columns: Sequence[Column],
    review_confidence: float,
    evidence: StatusEvidence = NO_EVIDENCE,
) -> tuple[Row, ...]:
    """Return the rows of an annex over all its tables.

    Args:
        parts: Its tables, in order.
        columns: The columns, the same for every table.
        review_confidence: Values read with less ask for review.
        evidence: What the annex says of its signs beside its rows.
    """
    readers: list[_Reader] = []
    under: list[Field[str]] = []
    district = Field[str]()
    for part in parts:
        for row in range(part.first, part.grid.rows):
            district = part.districts.get(row, district)
            reader = _Reader(part.page, part.grid, row, columns, review_confidence)
            if row in part.total_rows or row in part.districts or not reader.inked():
                continue
            readers.append(reader)
            under.append(district)
    kept = _without_headings(readers)
    readers, under = [readers[i] for i in kept], [under[i] for i in kept]
    sequences = numbered([reader.read(ColumnKind.SEQUENCE) for reader in readers])
    read = [reader.read(ColumnKind.DISTRICT) for reader in readers]
    districts = _fill_down([_own_or_above(own, above) for own, above in zip(read, under, strict=True)])
    remarks = correct_remarks([reader.text(reader.cell(ColumnKind.REMARK)) for reader in readers], review_confidence)
    cells = confirm_by_relations(columns, [reader.all_cells() for reader in readers])
    statuses = build_status_reader(columns, cells, remarks, evidence)
    return tuple(
        _row(reader, columns, sequence, district, remark, own, statuses)
        for reader, sequence, district, remark, own in zip(readers, sequences, districts, remarks, cells, strict=True)
    )


def _own_or_above(own: Field[str], above: Field[str]) -> Field[str]:
    """Return the district that a row states itself, else the one named in a row of its own above it."""
    return above if above.value and not own.value else own


def _without_headings(readers: Sequence[_Reader]) -> list[int]:
    """Return which rows are none that only name a group: one text, no number, and the numbers around go on past it."""
    numbers = [parse_int(reader.read(ColumnKind.SEQUENCE).value or "") for reader in readers]
    kept = []
    for index, reader in enumerate(readers):
        start = reader.cell(ColumnKind.SEQUENCE)
        # what goes on below a remark or a number is no heading: it stays, and asks for review
        if start is not None and start.ink <= 0 and reader.names_only():
            before = next((n for n in reversed(numbers[:index]) if n is not None), 0)
            after = next((n for n in numbers[index + 1 :] if n is not None), None)
            if after == before + 1:
                continue
        kept.append(index)
    return kept


def _row(
    reader: _Reader,
    columns: Sequence[Column],
    sequence: Field[int],
    district: Field[str],
    remark: Field[str],
    cells: Cells,
    statuses: StatusReader,
) -> Row:
    body_text = _join_kind(reader.read(ColumnKind.BODY), reader.kind_of_body())
    unread = not body_text.value and not body_text.review and reader.cell(ColumnKind.BODY) is not None
    body = Field[BodyRef](
        **body_text.model_dump(exclude={"value", "review", "repair"}),
        review=("unreadable",) if unread else body_text.review,
    )
    status = statuses.read(cells, remark)
    alone = _CELLS_ALONE if lists_bodies(columns) else (*_CELLS_ALONE, ColumnKind.DISTRICT)
    asked = [sequence.review, district.review, body.review, status.review, remark.review]
    asked += [cells[column.key].review for column in columns if column.kind in alone]
    review = dict.fromkeys(code for codes in asked for code in codes)
    return Row(
        sequence=sequence,
        district=district,
        body=body,
        cells=dict(cells),
        status=status,
        remark=remark,
        remark_years=find_years(remark.value or ""),
        review=tuple(review),
    )


def _join_kind(name: Field[str], kind: Field[str]) -> Field[str]:
    """Return the name of a body with its kind before it, where that has a column of its own."""
    if not name.value or not kind.value or share_bodies([name.value]):
        return name
    return name.model_copy(
        update={
            "value": f"{kind.value}{name.value}",
            "raw": f"{kind.raw}{name.raw}",
            "confidence": min(kind.confidence, name.confidence),
            "review": tuple(dict.fromkeys((*kind.review, *name.review))),
        }
    )


def _fill_down(read: Sequence[Field[str]]) -> list[Field[str]]:
    """Give a row without a district that of the row above, as a merged or ditto cell means it."""
    result: list[Field[str]] = []
    for item in read:
        if not item.value and not item.review and result and result[-1].value:
            result.append(result[-1].model_copy(update={"source": Source.DERIVED}))
        else:
            result.append(item)
    return result
