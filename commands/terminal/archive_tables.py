"""Tables for the terminal: aligned text, in the language of the person; whole lines where it is piped."""

import datetime as dt
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from core.errors import Language
from models.accounting import Unaccounted
from models.change import Comparison
from models.document import Document
from models.field import Field
from models.finding import Finding, Outcome, Verdict
from models.issue import Severity
from models.snapshot import Precision, Series, Snapshot, SnapshotRow
from models.table_facts import TableFacts
from reports.code_labels import describe_unaccounted, label_issue, label_part, label_reviews, label_unaccounted
from reports.coverage import describe_coverage
from reports.evidence import format_pages, locate
from reports.given_facts import describe_facts
from reports.grouping import tally
from reports.labels import (
    NONE,
    as_of_short,
    basis,
    better,
    change_kind,
    date_short,
    letter_kind,
    outcome,
    row_status,
    severity,
    standing,
)
from thai.numerals import to_thai

if TYPE_CHECKING:
    from rich.table import Table

    from pipeline.copies import LetterCopy

T = TypeVar("T")

_PIPED_WIDTH = 10_000
"""Characters of a line that goes to a file or a pipe: none is folded."""
_SHORT_CELL = 18
"""Cells of a column that never wraps: words such as ควรตรวจทาน, letter numbers, dates and ids."""
_LEAST_CELL = 10
"""Cells that a column keeps however narrow the terminal is: a word or two."""
_GAP = 2
"""Cells between columns."""
SHORT_SHA = 12
"""Digits of a SHA-256 that are shown: enough to name a document of any archive."""
_WORST_FIRST = (Severity.ERROR, Severity.WARNING, Severity.INFO)
"""Order of findings."""


def show(table: "Table") -> None:
    """Print a table on standard output: as wide as the terminal, or unfolded where it goes to a file or a pipe.

    A table that is longer than the terminal is shown page by page, by the program that PAGER names.
    """
    from rich.console import Console

    if not sys.stdout.isatty():
        Console(width=_PIPED_WIDTH, highlight=False).print(table)
        return
    console = Console(highlight=False)
    if table.row_count < console.height or not sys.stdin.isatty():
        console.print(table)
        return
    with console.pager():
        console.print(table)


def document_tables(document: Document, language: Language = "th") -> list["Table"]:
    """Return one document as tables: of each letter and annex, of parts that no value holds, and of the issues."""
    tables = [_letter_table(document, index, language) for index in range(len(document.letters))]
    tables += [_annex_table(document, index, language) for index in range(len(document.annexes))]
    if document.unaccounted:
        tables.append(_unaccounted_table(document.unaccounted, language))
    if document.issues:
        header = _pick(language, ("ระดับ", "ปัญหา", "หน้า", "ข้อความ"), ("severity", "trouble", "page", "message"))
        rows = [
            (
                severity(issue.severity, language),
                label_issue(issue.code, language),
                _digits(issue.page, language),
                issue.message.th if language == "th" else issue.message.en,
            )
            for issue in document.issues
        ]
        tables.append(plain_table(header, rows, title=_pick(language, "ปัญหาที่พบ", "issues")))
    return tables


def origins_table(origins: Iterable[str], language: Language = "th") -> "Table":
    """Return the paths that a document came from, oldest first."""
    return plain_table(_pick(language, ("ที่มา",), ("came from",)), [(each,) for each in origins])


def facts_table(facts: TableFacts, language: Language = "th") -> "Table":
    """Return what people said of a table when they gave it in."""
    header = _pick(language, ("ระบุเมื่อนำเข้า", "ค่า"), ("given at import", "value"))
    return plain_table(header, list(describe_facts(facts, language)))


def copies_table(copies: Iterable["LetterCopy"], language: Language = "th") -> "Table":
    """Return which letters of a document are in others, too, with how alike the texts are."""
    header = _pick(
        language,
        ("หนังสือ", "ที่", "ลงวันที่", "พบในเอกสาร", "รหัส", "ข้อความตรงกัน"),
        ("letter", "number", "date", "also in", "id", "texts alike"),
    )
    rows = [
        (
            _digits(each.shared.letter + 1, language),
            _thai_if(each.shared.number, language),
            date_short(each.shared.date, language),
            each.shared.name,
            each.shared.document[:SHORT_SHA],
            _thai_if(f"{each.likeness:.0%}", language),
        )
        for each in copies
    ]
    return plain_table(
        header, rows, title=_pick(language, "หนังสือฉบับเดียวกันในเอกสารอื่น", "the same letter in other documents")
    )


def verdicts_table(
    document: Document, verdicts: Iterable[Verdict], language: Language = "th", *, every: bool = False
) -> "Table":
    """Return what the rules say of a document, one line a finding, with the pages of the values it rests on.

    Args:
        document: What was judged.
        verdicts: One a rule.
        language: Of the messages.
        every: Also the rules that passed or did not apply.
    """
    header = _pick(
        language,
        ("กฎ", "ระดับ", "ผล", "พิจารณาจาก", "หน้า", "รายละเอียด"),
        ("rule", "severity", "outcome", "rests on", "page", "details"),
    )
    rows: list[tuple[str, ...]] = []
    ranked = sorted(verdicts, key=lambda verdict: min([_rank(verdict), *map(_rank, verdict.findings)]))
    for verdict in ranked:
        findings = sorted(verdict.findings, key=_rank)
        rows.extend(_finding_row(document, finding, language) for finding in findings)
        spoken = every or verdict.outcome in (Outcome.VIOLATED, Outcome.COULD_NOT_RUN)
        if not verdict.findings and spoken:
            statement = verdict.statement.th if language == "th" else verdict.statement.en
            named = (verdict.rule, severity(verdict.severity, language), outcome(verdict.outcome, language))
            rows.append((*named, "", "", statement))
    return plain_table(header, rows, title=f"{document.source.name} ({document.source.sha256[:SHORT_SHA]})")


def _rank(judged: Finding | Verdict) -> int:
    """Return the place of a finding or verdict in the list: the worst first, what is none last."""
    if judged.outcome is not Outcome.VIOLATED:
        return len(_WORST_FIRST)
    return _WORST_FIRST.index(judged.severity)


def _finding_row(document: Document, finding: Finding, language: Language) -> tuple[str, ...]:
    """Return one finding with its own severity, for that of a doubted reading is lower than that of its rule."""
    message = finding.message.th if language == "th" else finding.message.en
    return (
        finding.rule,
        severity(finding.severity, language),
        outcome(finding.outcome, language),
        basis(finding.basis, language) if finding.outcome is Outcome.VIOLATED else "",
        _thai_if(format_pages(locate(document, path) for path in finding.evidence), language),
        message + (f" → {finding.suggestion}" if finding.suggestion else ""),
    )


def rounds_table(series: Iterable[Series], language: Language = "th") -> "Table":
    """Return the series and their rounds, one line a round."""
    header = _pick(
        language,
        ("เรื่อง", "จังหวัด", "ข้อมูล ณ", "เรียบร้อย", "การอ่าน", "เอกสาร", "กฎที่ห้ามเทียบ"),
        ("subject", "province", "as of", "complete", "reading", "document", "blocked by"),
    )
    rows = []
    for each in series:
        for index, one in enumerate(each.rounds):
            counts = tally(one.rows)
            rows.append(
                (
                    each.title if index == 0 else "",
                    (each.province or NONE) if index == 0 else "",
                    _as_of(one, language),
                    _thai_if(f"{counts.complete}/{counts.total}", language),
                    _digits(one.version, language) if not one.parts else NONE,
                    _papers(one, language),
                    ", ".join(one.blocked_by),
                )
            )
    return plain_table(header, rows, numbers=(3, 4), cut={0: None})


def _papers(one: Snapshot, language: Language) -> str:
    """Name the documents of a round, and those of the same bodies and day that give way to it."""
    names = ", ".join(dict.fromkeys(place.document[:SHORT_SHA] for place in one.papers))
    others = ", ".join(f"{place.document[:SHORT_SHA]}#{place.annex + 1}" for place in one.displaced)
    return f"{names} ({_pick(language, 'แทน', 'in place of')} {others})" if others else names


def changes_table(comparison: Comparison, language: Language = "th") -> "Table":
    """Return the changes between two rounds, one line a change."""
    header = _pick(
        language,
        ("รายการ", "อำเภอ", "อปท.", "เดิม", "ใหม่", "ดีขึ้น/แย่ลง", "ต้องยืนยัน"),
        ("change", "district", "body", "before", "after", "better/worse", "to confirm"),
    )
    rows = [
        (
            change_kind(change.kind, language),
            change.district or NONE,
            change.body,
            _side(change.before, change.body, language),
            _side(change.after, change.body, language),
            better(change.better, language),
            label_reviews(change.review, language),
        )
        for change in comparison.changes
    ]
    dates = " → ".join(_as_of(one, language) for one in (comparison.before, comparison.after))
    return plain_table(
        header, rows, title="\n".join((dates, *describe_coverage(comparison, language), *comparison.warnings))
    )


def _as_of(one: Snapshot, language: Language) -> str:
    """Say of which day the data of a round are, or of which year where no day was given."""
    if language == "th":
        return as_of_short(one.as_of, one.as_of_precision)
    is_year = one.as_of is not None and one.as_of_precision is Precision.YEAR
    return str(one.as_of.year) if one.as_of is not None and is_year else date_short(one.as_of, language)


def _letter_table(document: Document, index: int, language: Language) -> "Table":
    letter = document.letters[index]
    facts: list[tuple[str, str, Field[str] | Field[dt.date]]] = [
        ("ที่", "number", letter.number),
        ("ลงวันที่", "date", letter.date),
        ("จาก", "from", letter.issuer),
        ("เรื่อง", "subject", letter.subject),
        *(("ถึง", "to", recipient) for recipient in letter.recipients),
        *(("กำหนด", "deadline", deadline.date) for deadline in letter.deadlines if not deadline.past),
    ]
    rows = [
        (
            _pick(language, th, en),
            _value(field, language),
            f"{field.confidence:.2f}",
            label_reviews(field.review, language),
        )
        for th, en, field in facts
        if field.value is not None or field.review
    ]
    header = _pick(language, ("ช่อง", "ค่า", "ความเชื่อมั่น", "ต้องตรวจทาน"), ("field", "value", "confidence", "review"))
    title = _pick(language, f"หนังสือฉบับที่ {to_thai(str(index + 1))}", f"letter {index + 1}")
    title = f"{title}: {letter_kind(letter.kind, language)}"
    return plain_table(header, rows, title=title)


def _annex_table(document: Document, index: int, language: Language) -> "Table":
    annex = document.annexes[index]
    rows = [
        (
            _digits(row.sequence.value, language),
            row.district.value or NONE,
            row.body.value.label if row.body.value is not None else row.body.raw,
            row_status(row.status.value, language),
            row.remark.value or "",
            label_reviews((*row.review, *row.body.review, *row.status.review), language),
        )
        for row in annex.rows
    ]
    header = _pick(
        language,
        ("ลำดับ", "อำเภอ", "อปท.", "สถานะ", "หมายเหตุ", "ต้องตรวจทาน"),
        ("no.", "district", "body", "status", "remark", "review"),
    )
    date = date_short(annex.as_of.value, language)
    return plain_table(header, rows, title=f"{annex.title.value or annex.title.raw} ({date})", numbers=(0,))


def _unaccounted_table(parts: Sequence[Unaccounted], language: Language) -> "Table":
    header = _pick(language, ("หน้า", "ชนิด", "ข้อความ", "เหตุผล"), ("page", "kind", "text", "reason"))
    rows = [
        (
            _digits(part.page, language),
            label_part(part.kind, language),
            part.text,
            label_unaccounted(part.reason, language),
        )
        for part in parts
    ]
    return plain_table(header, rows, title=describe_unaccounted(len(parts), language))


def _side(row: SnapshotRow | None, body: str, language: Language) -> str:
    if row is None:
        return NONE
    name = f"{row.label}: " if row.label != body else ""
    return name + standing(row.status, row.remark, row.said, language)


def _value(field: Field[str] | Field[dt.date], language: Language) -> str:
    if isinstance(field.value, dt.date):
        return date_short(field.value, language)
    return _thai_if(field.value if field.value is not None else NONE, language)


def _digits(number: int | None, language: Language) -> str:
    return NONE if number is None else _thai_if(str(number), language)


def _thai_if(text: str, language: Language) -> str:
    return to_thai(text) if language == "th" else text


def _pick(language: Language, th: T, en: T) -> T:
    return th if language == "th" else en


def plain_table(
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    title: str = "",
    numbers: Sequence[int] = (),
    cut: Mapping[int, int | None] | None = None,
) -> "Table":
    """Return a table without rules; nothing in a cell is taken for markup or steers the terminal.

    Args:
        header: One heading a column.
        rows: The cells.
        title: Stands above.
        numbers: Columns that are set to the right.
        cut: Columns whose cells stay on one line and on a terminal are cut, with the most cells that each may take;
            None of the one that takes what is left. Others wrap between syllables, but for short ones.
    """
    from rich.cells import cell_len
    from rich.table import Table

    from commands.terminal.syllable_text import SyllableText

    limits = cut or {}
    cells = [[_plain(cell) for cell in row] for row in rows]
    table = Table(box=None, pad_edge=False, title=SyllableText(_plain(title)) if title else None, title_justify="left")
    widths = [max((cell_len(row[index]) for row in cells), default=0) for index in range(len(header))]
    unbroken = _choose_unbroken([max(width, cell_len(name)) for width, name in zip(widths, header, strict=True)])
    for index, name in enumerate(header):
        table.add_column(
            name,
            justify="right" if index in numbers else "left",
            overflow="fold",
            no_wrap=limits.get(index) is not None or index in unbroken,
            min_width=min(widths[index], _LEAST_CELL),
            max_width=limits.get(index) if sys.stdout.isatty() else None,
        )
    for row in cells:
        table.add_row(*(SyllableText(cell, one_line=index in limits) for index, cell in enumerate(row)))
    return table


def _choose_unbroken(widths: Sequence[int]) -> frozenset[int]:
    """Return the columns of short words that never wrap: on a narrow terminal as many as leave the others room."""
    unbroken = [index for index, width in enumerate(widths) if width <= _SHORT_CELL]
    if not sys.stdout.isatty():
        return frozenset(unbroken)
    room = shutil.get_terminal_size().columns - _GAP * (len(widths) - 1)
    while unbroken and _least_width(widths, unbroken) > room:
        unbroken.remove(max(unbroken, key=lambda index: widths[index]))
    return frozenset(unbroken)


def _least_width(widths: Sequence[int], unbroken: Sequence[int]) -> int:
    return sum(width if index in unbroken else min(width, _LEAST_CELL) for index, width in enumerate(widths))


def _plain(text: str) -> str:
    return "".join(character if character.isprintable() or character == "\n" else " " for character in text)
