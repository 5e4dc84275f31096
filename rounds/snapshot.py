"""Freezing an annex of a document as one round: what is compared later, whatever becomes of the document."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any, Final

from core.fingerprint import fingerprint
from models.annex import Annex, AnnexShape, ColumnKind, Row, Status
from models.document import Document
from models.field import Field
from models.finding import Basis, Finding, Outcome
from models.issue import Severity
from models.snapshot import Place, Precision, Snapshot, SnapshotColumn, SnapshotRow
from thai.numerals import parse_decimal
from thai.text import search_form, skeleton

BLOCKING_RULES: Final = frozenset({"T01", "T02", "T04", "T06", "T08", "M01", "O01", "O02", "Q06"})
"""Totals, one mark a row, no gap in the sequence, no body twice, no phantom rows: with one violated, a difference
may be no change of the fact."""

_NUMBERS: Final = (ColumnKind.COUNT, ColumnKind.AMOUNT, ColumnKind.PERCENT)
_COMPARED: Final = (AnnexShape.MARKS, AnnexShape.COUNTS, AnnexShape.AMOUNTS)
_NIL: Final = ("-", "–")
_DATE_IN_TITLE = re.compile(r"(ข้อมูล)?ณวันที่[0-9]*[^0-9]*[0-9]*")
_YEAR_ALONE = re.compile(r"\s*(?:ปี|พ\.?ศ\.?|ค\.?ศ\.?|\s)*[0-9๐-๙]{4}\s*")
_WORDS = re.compile(r"[ก-ฮ].*[ก-ฮ]|[A-Za-z]{2}")
_NO_LETTER = re.compile(r"[^ก-ฮะ-ฺเ-ๆa-z]")


def is_round(annex: Annex) -> bool:
    """Whether an annex says something of bodies that another round may say otherwise: by marks, counts or amounts."""
    return annex.shape in _COMPARED and any(row.body.raw.strip() for row in annex.rows)


def freeze(document: Document, annex_index: int) -> Snapshot:
    """Return one annex as a snapshot, version 1; the archive counts later readings of the same round.

    Raises:
        IndexError: The document has no such annex.
    """
    annex = document.annexes[annex_index]
    title = annex.title.value or annex.title.raw
    unkeyed = Snapshot(
        key="",
        series=fingerprint(title_skeleton(title), annex.province.value or "", annex.shape),
        title=title,
        province=annex.province.value,
        shape=annex.shape,
        as_of=annex.as_of.value,
        as_of_precision=Precision.YEAR if _YEAR_ALONE.fullmatch(annex.as_of.raw) else Precision.DAY,
        document=document.source.sha256,
        annex=annex_index,
        columns=tuple(_columns(annex)),
        rows=tuple(_row(row, annex, document.source.sha256) for row in annex.rows),
        totals=_totals(annex),
        deadline=_deadline(document),
        blocked_by=_blocked_by(document, annex_index),
    )
    # Without defaults, so that a field that is added to the record leaves the keys of earlier readings as they are.
    said = unkeyed.model_dump_json(exclude={"key", "version"}, exclude_defaults=True)
    return unkeyed.model_copy(update={"key": fingerprint(said)})


def title_skeleton(title: str) -> str:
    """Return the letters of a title by which two rounds know each other.

    Without tone marks, digits, points and spaces, which scans lose, and without the date that the data is of, which
    is another in every round.
    """
    return _NO_LETTER.sub("", skeleton(_DATE_IN_TITLE.sub("", search_form(title))))


def _columns(annex: Annex) -> Iterator[SnapshotColumn]:
    """Yield the columns that hold numbers, and those whose total is printed."""
    totalled = {total.column for total in annex.totals}
    for column in annex.columns:
        if column.kind in _NUMBERS or column.key in totalled:
            yield SnapshotColumn(key=column.key, header=column.header, kind=column.kind, status=column.status)


def _values(row: Row, annex: Annex) -> Iterator[tuple[str, Field[Any]]]:
    """Yield the cells of a row that hold numbers."""
    for column in annex.columns:
        if column.kind in _NUMBERS and (cell := row.cells.get(column.key)) is not None:
            yield column.key, cell


def _row(row: Row, annex: Annex, document: str) -> SnapshotRow:
    body, where = row.body, row.body if row.body.page is not None else row.sequence
    values = dict(_values(row, annex))
    doubted: tuple[Field[Any], ...] = (row.district, body, row.status, row.remark, *values.values())
    reasons = (*row.review, *(code for field in doubted for code in field.review))
    return SnapshotRow(
        sequence=row.sequence.value,
        district=row.district.value,
        body=body.value,
        label=body.value.label if body.value is not None else body.raw.strip(),
        status=row.status.value,
        said=_status_words(row.status),
        remark=row.remark.value or "",
        remark_years=row.remark_years,
        values={key: _number(cell.value) for key, cell in values.items()},
        review=tuple(dict.fromkeys(reasons)),
        place=Place(document=document, page=where.page, box=where.box, raw=body.raw),
    )


def _status_words(status: Field[Status]) -> str:
    """Return a status as the table words it, "" where a mark says it."""
    words = " ".join(status.raw.split())
    return words if status.value is not None and _WORDS.search(words) else ""


def _number(value: object) -> float | None:
    """Return a cell's number: 0 for the dash that stands for nil, None where it is empty or was not read as one."""
    text = str(value).strip()
    if text in _NIL:
        return 0.0
    number = parse_decimal(text)
    return None if number is None else float(number)


def _totals(annex: Annex) -> dict[str, int | None]:
    """Return the printed totals that are whole numbers; sums of money are compared by their rows."""
    whole = {total.column: total.value.value for total in annex.totals}
    return {column: value if isinstance(value, int) else None for column, value in whole.items()}


def _deadline(document: Document) -> dt.date | None:
    """Return the last day that the document's letters ask for, those that they call past left out."""
    stated = (deadline for letter in document.letters for deadline in letter.deadlines if not deadline.past)
    return max((deadline.date.value for deadline in stated if deadline.date.value is not None), default=None)


def _blocked_by(document: Document, annex_index: int) -> tuple[str, ...]:
    """Return the blocking rules that this annex violates; a finding that names no annex is held against each."""
    blocking = (finding for finding in document.findings if _blocks(finding))
    own = f"annexes[{annex_index}]"
    found = set()
    for finding in blocking:
        annexes = [path for path in finding.evidence if path.startswith("annexes[")]
        if not annexes or any(path.startswith(own) for path in annexes):
            found.add(finding.rule)
    return tuple(sorted(found))


def _blocks(finding: Finding) -> bool:
    """Whether a finding makes the numbers of an annex doubtful: an error, or what would be one if we stood by it."""
    if finding.rule not in BLOCKING_RULES or finding.outcome is not Outcome.VIOLATED:
        return False
    return finding.severity is Severity.ERROR or (
        finding.basis is Basis.DOUBTED and finding.severity is Severity.WARNING
    )
