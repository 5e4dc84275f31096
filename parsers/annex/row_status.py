"""What the marked columns of a table, or the words of one, say of each body."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

from models.annex import CellValue, Column, ColumnKind, Status
from models.field import Field
from models.ocr import Mark
from parsers.annex.column_roles import READ_SIGNS
from parsers.annex.state_columns import StateColumns, find_state_columns
from parsers.annex.status_columns import CONTRADICTED, StatusColumn, find_status_column
from parsers.annex.status_evidence import NO_EVIDENCE, StatusEvidence
from parsers.annex.status_words import names_status

Cells = Mapping[str, Field[CellValue]]

READ_SIGN_CONFIDENCE: Final = 0.6
"""Confidence of a sign that the recognizer read as a letter: it stands in a column of marks, so a sign it is."""
_TOLD_BY_PLACE: Final = 0.5
"""A sign of less confidence has a stroke over it: that it is one was told by where it stands."""
_SURE: Final = 0.90
"""A cross of this confidence in a column of what is done contradicts the column, and a sign outweighs unclear ink."""
_LONGEST_OF_STROKE: Final = 2
"""Characters that a piece of a stroke is read as at most; a word in a column of marks says something."""
_CROSSES: Final = frozenset({Mark.CROSS.value, "x"})
_TICKS: Final = frozenset({Mark.TICK.value, Mark.SLASH.value})
_SIGNS: Final = frozenset(mark.value for mark in Mark if mark is not Mark.UNKNOWN) | _CROSSES
_LETTERS: Final = {**dict.fromkeys("Oo0๐", Mark.CIRCLE.value), **dict.fromkeys("Xx", Mark.CROSS.value)}
"""What a legend has for a sign, or is read for one: a circle is a letter or a nought in print."""
_NOT_STARTED: Final = ("ยังไม่", "ไม่ได้", "ไม่มีการ")
"""How a remark begins that says that nothing was done."""


class StatusReader(Protocol):
    """Reads the status of one row of a table."""

    def read(self, _cells: Cells, _remark: Field[str], /) -> Field[Status]:
        """Return what a row's cells and its remark say of the body."""
        ...


def build_status_reader(
    columns: Sequence[Column],
    rows: Sequence[Cells],
    remarks: Sequence[Field[str]],
    evidence: StatusEvidence = NO_EVIDENCE,
) -> StatusReader:
    """Return what reads the statuses of a table, told by all of its rows together.

    Args:
        columns: Its columns.
        rows: The cells of each row by column key.
        remarks: The remark of each row.
        evidence: What the annex itself says of its signs.
    """
    marks = [column for column in columns if column.kind is ColumnKind.MARK]
    if len(marks) == 1:
        said = _weigh_signs(marks[0], rows, evidence)
        return _OneColumn(
            marks[0],
            _find_opposites(marks[0], rows),
            _find_ambiguous(marks[0], rows),
            said,
            has_crosses=any(cells[marks[0].key].value in _CROSSES for cells in rows),
        )
    if marks:
        signs = {str(cells[column.key].value or "") for cells in rows for column in marks}
        return _ExclusiveColumns(tuple(marks), has_ticks=not signs.isdisjoint(_TICKS))
    if not any(column.kind is ColumnKind.BODY for column in columns):
        return _NoColumn()
    return _build_word_reader(columns, rows, remarks, evidence)


def _weigh_signs(column: Column, rows: Sequence[Cells], evidence: StatusEvidence) -> dict[str, Status]:
    """Return what the signs of a column mean by a legend or by printed numbers; nothing where these do not tell."""
    legend = {_LETTERS.get(sign, READ_SIGNS.get(sign, sign)): status for sign, status in evidence.legend.items()}
    signs = Counter(str(cells[column.key].value or "") for cells in rows)
    return replace(evidence, legend=legend).tell(Counter({sign: count for sign, count in signs.items() if sign}))


def _build_word_reader(
    columns: Sequence[Column], rows: Sequence[Cells], remarks: Sequence[Field[str]], evidence: StatusEvidence
) -> StatusReader:
    headers = [column.header for column in columns]
    texts = [[cells[column.key].raw.replace("\n", " ") for cells in rows] for column in columns]
    free = [at for at, column in enumerate(columns) if _may_say_status(column)]
    states = find_state_columns(headers, texts, free)
    if states is not None:
        return _StateColumns(tuple(columns), states)
    said = [remark.value or "" for remark in remarks]
    found = find_status_column(headers, texts, free, said, evidence=evidence)
    return _WordColumn(columns[found.index], found) if found else _NoColumn()


def _may_say_status(column: Column) -> bool:
    return column.kind is ColumnKind.TEXT or (column.kind is ColumnKind.COUNT and names_status(column.header))


def _find_opposites(column: Column, rows: Sequence[Cells]) -> frozenset[str]:
    """Return the signs of a column that exclude its ticks: a cross, a dash beside a tick, a circle beside a disc.

    An empty box says no, a crossed one only where no empty one stands beside it.
    """
    signs = {str(cells[column.key].value or "") for cells in rows}
    ticks = signs & {Mark.TICK.value, Mark.SLASH.value, Mark.DISC.value}
    opposites = set(_CROSSES)
    if ticks or Mark.CIRCLE.value in signs:
        opposites.add(Mark.DASH.value)
    if Mark.DISC.value in signs:
        opposites.add(Mark.CIRCLE.value)
    opposites.add(Mark.BOX.value)
    if Mark.BOX.value not in signs:
        opposites.add(Mark.CROSSED_BOX.value)
    return frozenset(opposites)


def _find_ambiguous(column: Column, rows: Sequence[Cells]) -> frozenset[str]:
    """Return the signs of a column that may be boxes, empty and ticked, and then say the contrary."""
    signs = {str(cells[column.key].value or "") for cells in rows}
    crosses = signs & _CROSSES
    if Mark.BOX.value in signs:
        # A pen's tick that runs over the sides of its box looks like a cross.
        crossed = {Mark.CROSSED_BOX.value} if Mark.TICKED_BOX.value in signs else set()
        return frozenset(crosses | (crossed & signs))
    others = signs - {"", Mark.CIRCLE.value, Mark.DASH.value}
    circled = bool(others) and Mark.CIRCLE.value in signs and Mark.DISC.value not in signs
    return frozenset({Mark.CIRCLE.value, *crosses}) if circled else frozenset()


def _field(cell: Field[CellValue], status: Status | None, *codes: str) -> Field[Status]:
    return Field[Status](
        value=status,
        raw=cell.raw or str(cell.value),
        confidence=cell.confidence,
        page=cell.page,
        box=cell.box,
        source=cell.source,
        review=tuple(dict.fromkeys((*cell.review, *codes))),
    )


def _as_remarked(status: Status | None, remark: Field[str]) -> Status | None:
    begun = not (remark.value or "").startswith(_NOT_STARTED)
    return status if begun or status is not Status.INCOMPLETE else Status.NOT_STARTED


@dataclass(frozen=True, slots=True)
class _NoColumn:
    """No column says how far the bodies are."""

    def read(self, _cells: Cells, _remark: Field[str], /) -> Field[Status]:
        """Return no status."""
        return Field[Status]()


@dataclass(frozen=True, slots=True)
class _OneColumn:
    """One column of marks, in which the shape of the sign says yes or no."""

    column: Column
    opposites: frozenset[str]
    ambiguous: frozenset[str] = frozenset()
    said: Mapping[str, Status] = field(default_factory=dict)
    has_crosses: bool = False

    def read(self, cells: Cells, remark: Field[str], /) -> Field[Status]:
        """Return what the sign of a row says."""
        cell = cells[self.column.key]
        sign = str(cell.value or "")
        if sign == "" or (sign == Mark.DASH.value and sign not in self.opposites):
            return Field[Status](page=cell.page, box=cell.box, review=("mark.none",))
        codes = []
        if cell.confidence < READ_SIGN_CONFIDENCE:
            codes.append("mark.shape")
        if cell.confidence < _TOLD_BY_PLACE and not cell.review:
            codes.append("mark.unclear")
        status, doubt = self._interpret(sign)
        return _field(cell, _as_remarked(status, remark), *codes, *doubt)

    def _interpret(self, sign: str) -> tuple[Status | None, tuple[str, ...]]:
        """Return what a sign says, and why that may not be so."""
        status = self._meaning(sign)
        if self.has_crosses and sign not in _SIGNS and sign not in self.said:
            return None, ()  # of ticks and crosses, one that was not made out may be either
        if sign in self.said and (sign in self.ambiguous or self.column.status is None):
            return self.said[sign], ()
        if self.column.status is None:
            return status, ("mark.columns_unclear",)
        if sign in self.ambiguous or self.said.get(sign, status) is not status:
            return status, (CONTRADICTED,)
        return status, ()

    def _meaning(self, sign: str) -> Status | None:
        if self.column.status is Status.COMPLETE:
            return Status.INCOMPLETE if sign in self.opposites else Status.COMPLETE
        # Under ยังไม่รายงาน a dash says that it was.
        return Status.COMPLETE if self.column.status and sign == Mark.DASH.value else self.column.status


@dataclass(frozen=True, slots=True)
class _ExclusiveColumns:
    """Several columns of marks, one of which is marked in each row."""

    columns: tuple[Column, ...]
    has_ticks: bool = True

    def read(self, cells: Cells, remark: Field[str], /) -> Field[Status]:
        """Return what the marked column of a row says."""
        marked = [column for column in self.columns if (cells[column.key].value or "") not in ("", Mark.DASH.value)]
        chosen = marked if len(marked) < 2 else self._find_surely_marked(marked, cells)
        several = ("mark.several",) if len(marked) > 1 else ()
        if len(chosen) != 1:
            return Field[Status](page=cells[self.columns[0].key].page, review=several or ("mark.none",))
        cell, status = cells[chosen[0].key], chosen[0].status
        return _field(cell, _as_remarked(status, remark), *several, *self._list_doubts(cell, status))

    def _list_doubts(self, cell: Field[CellValue], status: Status | None) -> list[str]:
        codes = []
        if cell.confidence < _TOLD_BY_PLACE and not cell.review:
            codes.append("mark.unclear")
        if status is None or sum(column.status is Status.COMPLETE for column in self.columns) != 1:
            codes.append("mark.columns_unclear")  # of several columns one says that all is done
        # Where no tick stands in any of them, a cross is how they are marked.
        if self.has_ticks and status is Status.COMPLETE and cell.value == Mark.CROSS.value and cell.confidence > _SURE:
            codes.append("mark.shape")
        return codes

    def _find_surely_marked(self, marked: Sequence[Column], cells: Cells) -> list[Column]:
        """Return the columns that hold a sure sign where what stands in the others is none: a piece of a stroke."""
        signs = [column for column in marked if cells[column.key].value in _SIGNS]
        sure = [column for column in signs if cells[column.key].confidence >= _SURE]
        rest = [str(cells[column.key].value) for column in marked if column not in signs]
        return sure if sure == signs and all(len(text) <= _LONGEST_OF_STROKE for text in rest) else []


@dataclass(frozen=True, slots=True)
class _StateColumns:
    """Columns named by states, with signs of a text in them."""

    columns: tuple[Column, ...]
    states: StateColumns

    def read(self, cells: Cells, remark: Field[str], /) -> Field[Status]:
        """Return the state whose column has a row's sign."""
        texts = [cells[column.key].raw for column in self.columns]
        at, said, status, review = self.states.parse(texts)
        if at is None:
            return Field[Status](page=cells[self.columns[0].key].page, review=review)
        read = _field(cells[self.columns[at].key], _as_remarked(status, remark), *review)
        return read.model_copy(update={"raw": said})


@dataclass(frozen=True, slots=True)
class _WordColumn:
    """One column of words."""

    column: Column
    status: StatusColumn

    def read(self, cells: Cells, remark: Field[str], /) -> Field[Status]:
        """Return what the word of a row says."""
        cell = cells[self.column.key]
        status, review = self.status.parse(cell.raw.replace("\n", " "))
        return _field(cell, _as_remarked(status, remark), *review)
