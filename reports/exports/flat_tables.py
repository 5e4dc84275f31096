"""Letters, rows and findings as flat tables, for spreadsheets, databases and data frames.

Every column has a stable key, which CSV in English, JSON and Parquet use, and a Thai heading. Dates are dates, numbers
numbers; a value that was not read is empty, and `review` says where a person should look. Statuses and codes are kept
as such, for programs; `FlatTable.worded` puts them into words, for people.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from core.errors import Language
from models.annex import Annex, Row, Status
from models.document import Document
from models.field import Field
from models.finding import Outcome
from models.issue import Severity
from models.letter import Letter, LetterKind, Receipt, Signer
from models.part_names import name_part
from reports.code_labels import label_reviews
from reports.labels import date_long, letter_kind, outcome, row_status, severity
from reports.report_layout import Cell, CellFormat, ReportColumn, ReportTable

JOINED: Final = "; "
_DIGITS: Final = 3
"""Digits of a confidence: more of them were never measured."""


Wording = Callable[[str, Language], str]
"""Puts a status or a code into words."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A column of a flat table.

    Attributes:
        key: Its stable name, for programs.
        heading: Its Thai heading.
        kind: What its cells hold.
        width: In a spreadsheet, in characters.
        wording: Puts its cells into words, where they are statuses or codes.
    """

    key: str
    heading: str
    kind: CellFormat = CellFormat.TEXT
    width: int = 16
    wording: Wording | None = None


@dataclass(frozen=True, slots=True)
class FlatTable:
    """A flat table: its name in both languages, its columns and its rows.

    The rows may be made as they are asked for, and then are there once: a table of very many takes no memory.
    """

    name: str
    heading: str
    facts: tuple[Fact, ...]
    rows: Iterable[tuple[Cell, ...]]

    def collect(self) -> "FlatTable":
        """Return it with all rows at hand, to be gone through more than once."""
        return replace(self, rows=tuple(self.rows))

    def headings(self, language: Language) -> list[str]:
        """Return the heading of each column: Thai words, or the stable keys."""
        return [fact.heading if language == "th" else fact.key for fact in self.facts]

    def table(self, language: Language) -> ReportTable:
        """Return it as a table for a spreadsheet."""
        headings = self.headings(language)
        columns = tuple(
            ReportColumn(name, fact.kind, fact.width) for name, fact in zip(headings, self.facts, strict=True)
        )
        return ReportTable(self.heading, columns, tuple(self.worded(language)))

    def worded(self, language: Language) -> Iterator[tuple[Cell, ...]]:
        """Yield the rows for people: statuses and codes in words."""
        wordings = [fact.wording for fact in self.facts]
        return (
            tuple(
                wording(cell, language) if wording is not None and isinstance(cell, str) and cell else cell
                for wording, cell in zip(wordings, row, strict=True)
            )
            for row in self.rows
        )

    def mappings(self) -> Iterator[dict[str, Cell]]:
        """Yield each row by the keys of the columns."""
        keys = [fact.key for fact in self.facts]
        return (dict(zip(keys, row, strict=True)) for row in self.rows)


def _reviews(cell: str, language: Language) -> str:
    return label_reviews(cell.split(JOINED), language)


def _parts(cell: str, language: Language) -> str:
    return JOINED.join(dict.fromkeys(name_part(path, language) for path in cell.split(JOINED)))


def _places(cell: str, language: Language) -> str:
    return JOINED.join(name_part(path, language) for path in cell.split(JOINED))


_SOURCE: Final = (Fact("document", "รหัสเอกสาร", CellFormat.NAME, 14), Fact("file", "ไฟล์", CellFormat.RAW, 22))
_REVIEW: Final = (
    Fact("confidence", "ความเชื่อมั่น", CellFormat.PERCENT, 10),
    Fact("review", "ต้องตรวจทาน", CellFormat.RAW, 24, _reviews),
    Fact("doubted", "ช่องที่ต้องตรวจทาน", CellFormat.RAW, 24, _parts),
)

_LETTER: Final = (
    *_SOURCE,
    Fact("letter", "ฉบับที่", CellFormat.NUMBER, 8),
    Fact("pages", "หน้า", width=8),
    Fact("kind", "ชนิด", CellFormat.RAW, 16, lambda kind, language: letter_kind(LetterKind(kind), language)),
    Fact("number", "ที่", width=20),
    Fact("date", "ลงวันที่", CellFormat.DATE, 14),
    Fact("urgency", "ชั้นความเร็ว", width=10),
    Fact("secrecy", "ชั้นความลับ", width=10),
    Fact("issuer", "ส่วนราชการเจ้าของหนังสือ", width=28),
    Fact("subject", "เรื่อง", width=44),
    Fact("recipients", "เรียน", width=28),
    Fact("references", "อ้างถึง", width=36),
    Fact("enclosures", "สิ่งที่ส่งมาด้วย", width=36),
    Fact("deadline", "กำหนดแล้วเสร็จ", CellFormat.DATE, 14),
    Fact("signer", "ผู้ลงนาม", width=24),
    Fact("position", "ตำแหน่ง", width=28),
    Fact("authority", "อำนาจลงนาม", width=18),
    Fact("principal", "ลงนามแทน", width=24),
    Fact("unit", "ส่วนราชการเจ้าของเรื่อง", width=28),
    Fact("contacts", "ติดต่อ", width=24),
    Fact("copies_to", "สำเนาส่ง", width=24),
    Fact("receipt_number", "เลขรับ", width=10),
    Fact("receipt_date", "วันที่รับ", CellFormat.DATE, 14),
    Fact("receipt_time", "เวลารับ", width=8),
    Fact("receipt_office", "หน่วยงานที่รับ", width=24),
    *_REVIEW,
)
_ROW: Final = (
    *_SOURCE,
    Fact("annex", "บัญชีที่", CellFormat.NUMBER, 8),
    Fact("title", "ชื่อบัญชี", width=36),
    Fact("province", "จังหวัด", CellFormat.NAME, 16),
    Fact("as_of", "ข้อมูล ณ วันที่", CellFormat.DATE, 14),
    Fact("sequence", "ลำดับ", CellFormat.NUMBER, 8),
    Fact("district", "อำเภอ", CellFormat.NAME, 18),
    Fact("kind", "ประเภท", CellFormat.NAME, 10),
    Fact("name", "ชื่อ", CellFormat.NAME, 22),
    Fact("code", "รหัส อปท.", CellFormat.RAW, 12),
    Fact("read_as", "อ่านได้", CellFormat.RAW, 24),
    Fact("status", "สถานะ", CellFormat.NAME, 14, lambda status, language: row_status(Status(status), language)),
    Fact("remark", "หมายเหตุ", width=36),
    Fact("remark_years", "ปีในหมายเหตุ", CellFormat.RAW, 14),
    Fact("cells", "ช่องอื่น", CellFormat.RAW, 30),
    Fact("page", "หน้า", CellFormat.NUMBER, 7),
    *_REVIEW,
)
_FINDING: Final = (
    *_SOURCE,
    Fact("rule", "กฎ", CellFormat.RAW, 8),
    Fact("severity", "ระดับ", CellFormat.NAME, 12, lambda value, language: severity(Severity(value), language)),
    Fact("outcome", "ผล", CellFormat.NAME, 12, lambda value, language: outcome(Outcome(value), language)),
    Fact("message", "ข้อความ", width=46),
    Fact("suggestion", "ข้อเสนอ", width=20),
    Fact("evidence", "หลักฐาน", CellFormat.RAW, 28, _places),
)


def letters(documents: Iterable[Document], language: Language = "th") -> FlatTable:
    """Return every letter, one a row."""
    del language  # a letter says everything in its own words
    rows = (_letter(document, index, letter) for document in documents for index, letter in enumerate(document.letters))
    return FlatTable("letters", "หนังสือ", _LETTER, rows)


def rows(documents: Iterable[Document], language: Language = "th") -> FlatTable:
    """Return every row of every annex."""
    del language  # nor has a row words of ours
    found = (
        _row(document, index, annex, row)
        for document in documents
        for index, annex in enumerate(document.annexes)
        for row in annex.rows
    )
    return FlatTable("rows", "แถวในบัญชี", _ROW, found)


def findings(documents: Iterable[Document], language: Language = "th") -> FlatTable:
    """Return everything that the rules found; the messages are in one language."""
    found = (
        (
            document.source.sha256,
            document.source.name,
            each.rule,
            each.severity.value,
            each.outcome.value,
            each.message.th if language == "th" else each.message.en,
            each.suggestion,
            JOINED.join(each.evidence),
        )
        for document in documents
        for each in document.findings
    )
    return FlatTable("findings", "ผลตรวจสอบ", _FINDING, found)


KINDS: Final[dict[str, Callable[[Iterable[Document], Language], FlatTable]]] = {
    "letters": letters,
    "rows": rows,
    "findings": findings,
}
"""What can be had as a flat table."""


def iterate_record_fields(record: object) -> Iterator[Field[Any]]:
    """Yield every field within a record."""
    return (field for _, field in _iterate_places(record, ""))


def _iterate_places(record: object, place: str) -> Iterator[tuple[str, Field[Any]]]:
    """Yield every field within a record with its place there, such as `references[0].date`."""
    if isinstance(record, Field):
        yield place, record
        return
    for name in getattr(type(record), "model_fields", ()):
        value = getattr(record, name)
        below = f"{place}.{name}" if place else name
        if isinstance(value, dict | tuple):
            members = value.items() if isinstance(value, dict) else enumerate(value)
            for index, part in members:
                yield from _iterate_places(part, f"{below}[{index}]")
        else:
            yield from _iterate_places(value, below)


def _letter(document: Document, index: int, letter: Letter) -> tuple[Cell, ...]:
    deadlines = [each.date.value for each in letter.deadlines if not each.past and each.date.value is not None]
    return (
        *_source(document),
        index + 1,
        ", ".join(map(str, letter.pages)),
        letter.kind.value,
        letter.number.value,
        letter.date.value,
        letter.urgency.value,
        letter.secrecy.value,
        letter.issuer.value,
        letter.subject.value,
        _all(letter.recipients),
        JOINED.join(_cited(each.title, each.number, each.date) for each in letter.references),
        JOINED.join(_cited(each.title, each.number, each.date) for each in letter.enclosures),
        max(deadlines, default=None),
        *_signer(letter.signer),
        letter.unit.value,
        _all([contact.value for contact in letter.contacts]),
        _all(letter.copies_to),
        *_receipt(letter.receipt),
        *_trust(letter),
    )


def _signer(signer: Signer | None) -> tuple[Cell, ...]:
    if signer is None:
        return (None,) * 4
    return signer.name.value, signer.position.value, signer.authority.value, signer.principal.value


def _receipt(receipt: Receipt | None) -> tuple[Cell, ...]:
    if receipt is None:
        return (None,) * 4
    time = receipt.time.value.strftime("%H:%M") if receipt.time.value else None
    return receipt.number.value, receipt.date.value, time, receipt.office.value


def _row(document: Document, index: int, annex: Annex, row: Row) -> tuple[Cell, ...]:
    body = row.body.value
    # A cell's header tells what it is; the columns that the record knows by name are left out.
    known = {"sequence", "district", "body", "mark", "remark"}
    others = [(column.header, row.cells[column.key].value) for column in annex.columns if column.kind not in known]
    return (
        *_source(document),
        index + 1,
        annex.title.value or annex.title.raw,
        annex.province.value,
        annex.as_of.value,
        row.sequence.value,
        row.district.value,
        body.kind.value if body else None,
        body.name if body else None,
        body.code if body else None,
        row.body.raw,
        row.status.value.value if row.status.value is not None else None,
        row.remark.value,
        ", ".join(map(str, row.remark_years)),
        JOINED.join(f"{header}: {value}" for header, value in others),
        row.body.page,
        *_trust(row, row.review),
    )


def _source(document: Document) -> tuple[str, str]:
    return document.source.sha256, document.source.name


def _all(values: Sequence[Field[str]]) -> str:
    return JOINED.join(field.value for field in values if field.value)


def _cited(title: Field[str], number: Field[str], date: Field[dt.date]) -> str:
    facts = (title.value, number.value and f"ที่ {number.value}", date.value and f"ลงวันที่ {date_long(date.value)}")
    return " ".join(fact for fact in facts if fact)


def _trust(record: object, also: Sequence[str] = ()) -> tuple[float | None, str, str]:
    """Return the least confidence of what was read, every reason to look at the record, and at which of its parts."""
    places = list(_iterate_places(record, ""))
    confidences = [field.confidence for _, field in places if field.value is not None]
    least = round(min(confidences), _DIGITS) if confidences else None
    codes = (*also, *(code for _, field in places for code in field.review))
    doubted = JOINED.join(place for place, field in places if field.review)
    return least, JOINED.join(dict.fromkeys(codes)), doubted
