"""Freezing an annex of a document as one round: what is compared later, whatever becomes of the document."""

import datetime as dt
import re
from typing import Any, Final

from core.fingerprint import fingerprint
from models.annex import Annex, Row
from models.document import Document
from models.field import Field
from models.finding import Outcome
from models.issue import Severity
from models.snapshot import Place, Snapshot, SnapshotRow
from parsers.thai.text import search_form, skeleton

BLOCKING_RULES: Final = frozenset({"T01", "T02", "M01", "O02"})
"""Totals, column totals, one mark a row, no body twice: with one of them violated, a difference may be no change."""

_DATE_IN_TITLE = re.compile(r"(ข้อมูล)?ณวันที่[0-9]*[^0-9]*[0-9]*")
_NO_LETTER = re.compile(r"[^ก-ฮะ-ฺเ-ๆa-z]")


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
        document=document.source.sha256,
        annex=annex_index,
        rows=tuple(_row(row, document.source.sha256) for row in annex.rows),
        totals=_totals(annex),
        deadline=_deadline(document),
        blocked_by=_blocked_by(document, annex_index),
    )
    return unkeyed.model_copy(update={"key": fingerprint(unkeyed.model_dump_json(exclude={"key", "version"}))})


def title_skeleton(title: str) -> str:
    """Return the letters of a title by which two rounds know each other.

    Without tone marks, digits, points and spaces, which scans lose, and without the date that the data is of, which
    is another in every round.
    """
    return _NO_LETTER.sub("", skeleton(_DATE_IN_TITLE.sub("", search_form(title))))


def _row(row: Row, document: str) -> SnapshotRow:
    body, where = row.body, row.body if row.body.page is not None else row.sequence
    doubted: tuple[Field[Any], ...] = (row.district, body, row.status, row.remark)
    reasons = (*row.review, *(code for field in doubted for code in field.review))
    return SnapshotRow(
        sequence=row.sequence.value,
        district=row.district.value,
        body=body.value,
        label=body.value.label if body.value is not None else body.raw.strip(),
        status=row.status.value,
        remark=row.remark.value or "",
        remark_years=row.remark_years,
        review=tuple(dict.fromkeys(reasons)),
        place=Place(document=document, page=where.page, box=where.box, raw=body.raw),
    )


def _totals(annex: Annex) -> dict[str, int | None]:
    return {total.column: total.value.value for total in annex.totals}


def _deadline(document: Document) -> dt.date | None:
    """Return the last day that the document's letters ask for, those that they call past left out."""
    stated = (deadline for letter in document.letters for deadline in letter.deadlines if not deadline.past)
    return max((deadline.date.value for deadline in stated if deadline.date.value is not None), default=None)


def _blocked_by(document: Document, annex_index: int) -> tuple[str, ...]:
    """Return the blocking rules that this annex violates; a finding that names no annex is held against each."""
    blocking = (
        finding
        for finding in document.findings
        if finding.rule in BLOCKING_RULES and finding.severity is Severity.ERROR and finding.outcome is Outcome.VIOLATED
    )
    own = f"annexes[{annex_index}]"
    found = set()
    for finding in blocking:
        annexes = [path for path in finding.evidence if path.startswith("annexes[")]
        if not annexes or any(path.startswith(own) for path in annexes):
            found.add(finding.rule)
    return tuple(sorted(found))
