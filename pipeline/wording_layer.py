"""Meanings of wordings laid over a reading: beneath what people decided of single values, above what was read.

The words of the parsers are imported where an annex asks for them: they take a twentieth of the desk's start.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from models.annex import Annex, Row, Status
from models.decision import Answer, Decision
from models.document import Document
from models.field import Field, Repair
from models.issue import IssueCode
from models.provenance import RepairRule
from models.record_path import parent, resolve
from models.review import ReviewCode
from models.status_wording import LONGEST_WORDING, StatusWording
from pipeline.overlay import settle_row

ASKING: Final[frozenset[str]] = frozenset({ReviewCode.STATUS_NOT_UNDERSTOOD, ReviewCode.STATUS_CONTRADICTED})
"""Doubts that the meaning of a wording settles."""


@dataclass(frozen=True, slots=True)
class AskedWording:
    """One row whose status waits for the meaning of its wording.

    Attributes:
        row: Index of the row in its annex.
        column: Header of its column.
        text: The wording as it stands.
    """

    row: int
    column: str
    text: str


def find_asked(annex: Annex) -> Iterator[AskedWording]:
    """Yield the rows of an annex whose status was read but means nothing that is known, or is contradicted."""
    asked = [index for index, row in enumerate(annex.rows) if ASKING.intersection(row.status.review)]
    header = _find_header(annex, [annex.rows[index] for index in asked]) if asked else ""
    for index in asked:
        text = " ".join(annex.rows[index].status.raw.split())
        if text:
            yield AskedWording(index, header, text)


def generalize(document: Document, decision: Decision) -> StatusWording | None:
    """Return what an answer about one status says of its wording, to be offered for all rows that have it.

    Args:
        document: Where the row is.
        decision: On the status of the row.

    Returns:
        The meaning; None where it was not the wording that was doubted, or the answer gives no status.
    """
    if decision.rule is not None or not ASKING.intersection(decision.shown):
        return None
    row, annex = resolve(document, parent(decision.path)), resolve(document, decision.path.partition(".")[0])
    status = decision.after if decision.answer is Answer.CORRECTED else decision.before
    text = " ".join(decision.ground.raw.split())
    if not (isinstance(row, Row) and isinstance(annex, Annex) and isinstance(status, str) and text):
        return None
    header = _find_header(annex, [row])
    if decision.answer not in (Answer.CORRECTED, Answer.CONFIRMED) or not _fits(text, header):
        return None
    return StatusWording(text=text, column=header, status=Status(status))


def _find_header(annex: Annex, rows: Sequence[Row]) -> str:
    from parsers.annex.status_issues import find_header

    return find_header(annex, rows)


def _fits(*texts: str) -> bool:
    return all(len(text) <= LONGEST_WORDING for text in texts)


def apply_wordings(document: Document, wordings: Sequence[StatusWording]) -> Document:
    """Return the document with the statuses that its wordings mean.

    Args:
        document: As it was read.
        wordings: In force. One for the column goes before one for every column.

    Returns:
        The same record: the words of the source stay in `raw`, the value is what they mean. What is doubted for
        another reason goes on being doubted.
    """
    if not wordings or not document.annexes:
        return document
    from parsers.annex.status_issues import unread_statuses

    meanings = {(_key(each.column), _key(each.text)): each.status for each in wordings}
    annexes = tuple(_apply(annex, meanings) for annex in document.annexes)
    if all(after is before for after, before in zip(annexes, document.annexes, strict=True)):
        return document
    kept = [each for each in document.issues if each.code != IssueCode.ANNEX_STATUS_NOT_UNDERSTOOD]
    still = [issue for annex in annexes for issue in unread_statuses(annex)]
    return document.model_copy(update={"annexes": annexes, "issues": (*kept, *still)})


def count_changed(before: Document, after: Document) -> int:
    """Return in how many rows the status is another one, or is asked for no longer or anew."""
    pairs = [zip(one.rows, other.rows, strict=True) for one, other in zip(before.annexes, after.annexes, strict=True)]
    return sum(one.status != other.status for rows in pairs for one, other in rows)


def _apply(annex: Annex, meanings: Mapping[tuple[str, str], Status]) -> Annex:
    rows = list(annex.rows)
    for asked in find_asked(annex):
        status = meanings.get((_key(asked.column), _key(asked.text))) or meanings.get(("", _key(asked.text)))
        if status is not None:
            rows[asked.row] = _settle(rows[asked.row], rows[asked.row].status, status)
    if not any(row.status.raw for row in annex.rows):
        rows = _fill_from_named_column(annex, meanings)
    changed = any(after is not before for after, before in zip(rows, annex.rows, strict=True))
    return annex.model_copy(update={"rows": tuple(rows)}) if changed else annex


def _fill_from_named_column(annex: Annex, meanings: Mapping[tuple[str, str], Status]) -> list[Row]:
    """Return the rows of an annex without statuses, with those of the column that a person named."""
    headers = {column for column, _ in meanings if column}
    named = next((column for column in annex.columns if _key(column.header) in headers), None)
    if named is None:
        return list(annex.rows)
    rows = []
    for row in annex.rows:
        cell = row.cells.get(named.key)
        status = meanings.get((_key(named.header), _key(cell.raw))) if cell is not None else None
        if cell is None or status is None:
            rows.append(row)
            continue
        field = Field[Status](
            raw=cell.raw,
            confidence=cell.confidence,
            page=cell.page,
            box=cell.box,
            source=cell.source,
            review=(*cell.review, ReviewCode.STATUS_NOT_UNDERSTOOD.value),
        )
        rows.append(_settle(row, field, status))
    return rows


def _settle(row: Row, field: Field[Status], status: Status) -> Row:
    """Return a row with a status; the row asks no longer for what this settles."""
    after = field.model_copy(
        update={
            "value": status,
            "review": tuple(code for code in field.review if code not in ASKING),
            "repair": Repair(rule=RepairRule.STATUS_WORDING, cost=0.0),
        }
    )
    return settle_row(row.model_copy(update={"status": after}), field)


def _key(text: str) -> str:
    """Return what a wording or header is compared by; a sign that has no such form, by itself."""
    from parsers.annex.status_words import word_key

    return word_key(text) or "".join(text.split())
