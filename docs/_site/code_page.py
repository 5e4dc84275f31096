"""Every code that the program gives, with its words in both languages, as a page of documentation."""

import importlib
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from core.errors import ExitCode, SarabanError
from models.annex import Status
from models.doubt import NoticeCode
from models.finding import Basis, Outcome
from models.issue import Severity
from pipeline.reasons import explain_code
from reports import code_labels
from reports.labels import basis, outcome, row_status, severity

_HEAD: Final = """# Codes · รหัส

<!-- Made by `python -m docs._site.reference`; a test keeps it true. Write in the catalogues instead. -->

Codes are for programs: they stand in the record, in JSON and in the database, and do not change with the language. People
see the words. Rules have [a page of their own](rules.md).
"""
_ROOT: Final = Path(__file__).parents[2]
EXITS: Final[Mapping[ExitCode, tuple[str, str]]] = {
    ExitCode.OK: ("สำเร็จ", "done"),
    ExitCode.BUG: ("ข้อผิดพลาดของโปรแกรม โปรดแจ้งผู้พัฒนา", "a fault of the program; please report it"),
    ExitCode.USAGE: ("คำสั่งหรือค่าที่กำหนดไม่ถูกต้อง", "the command line or a setting is not valid"),
    ExitCode.MISSING_TOOL: (
        "ขาดโปรแกรมหรือแบบจำลอง",
        "a program, model or package is missing; `saraban doctor` says which",
    ),
    ExitCode.UNREADABLE: ("อ่านสิ่งที่นำเข้าไม่ได้", "the input cannot be read"),
    ExitCode.PARTIAL: ("อ่านได้บางส่วน", "some inputs were read and some were not"),
    ExitCode.RULE_VIOLATION: ("มีกฎที่ไม่ผ่าน (`check --fail-on`)", "`check --fail-on`: rules were violated"),
    ExitCode.CHANGES_FOUND: ("สองรอบต่างกัน (`diff --exit-code`)", "`diff --exit-code`: the rounds differ"),
    ExitCode.STORE: ("เปิดหรือเขียนคลังไม่ได้", "the archive cannot be opened or written, or is damaged"),
    ExitCode.INTERRUPTED: ("หยุดตามคำสั่ง", "interrupted"),
}
"""What each exit code says, in Thai and in English."""


def describe_codes() -> str:
    """Return the page."""
    parts = [_HEAD, "## Exit codes\n", _table({str(int(code)): words for code, words in EXITS.items()})]
    parts += ["## Errors\n", *_errors()]
    for heading, words in _catalogues().items():
        parts += [f"## {heading}\n", _table(words)]
    return "\n".join(parts)


def _catalogues() -> dict[str, Mapping[str, tuple[str, str]]]:
    return {
        "Review codes (`review`)": code_labels.REVIEW_WORDS,
        "Notices of a document": {code: (explain_code(code), explain_code(code, "en")) for code in NoticeCode},
        "Issues (`issues[].code`)": code_labels.ISSUE_WORDS,
        "Why a value is null (`null_reason`)": code_labels.NULL_WORDS,
        "Statuses of a row (`status`)": {each: (row_status(each), row_status(each, "en")) for each in Status},
        "Shapes of an annex (`shape`)": code_labels.SHAPE_WORDS,
        "Parts that no value holds (`unaccounted[].kind`)": code_labels.PART_WORDS,
        "Why no value holds them (`unaccounted[].reason`)": code_labels.UNACCOUNTED_WORDS,
        "Severities": {each: (severity(each), severity(each, "en")) for each in Severity},
        "Outcomes of a rule (`outcome`)": {each: (outcome(each), outcome(each, "en")) for each in Outcome},
        "What a finding rests on (`basis`)": {each: (basis(each), basis(each, "en")) for each in Basis},
    }


def _table(words: Mapping[str, tuple[str, str]]) -> str:
    rows = [f"| `{code}` | {thai} | {english} |" for code, (thai, english) in words.items()]
    return "\n".join(["| code | ความหมาย | meaning |", "| --- | --- | --- |", *rows, ""])


def find_errors() -> list[type[SarabanError]]:
    """Return every error that a command can end with, in the order of exit codes; modules that have some are loaded first."""
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text("utf-8"))
    for package in project["tool"]["setuptools"]["packages"]:
        for path in (_ROOT / package.replace(".", "/")).glob("[a-z]*.py"):
            if "Error):" in path.read_text("utf-8"):
                importlib.import_module(f"{package}.{path.stem}")
    return sorted(
        {SarabanError, *_below(SarabanError)}, key=lambda error: (error.exit_code, error.slug, error.__name__)
    )


def _below(error: type[SarabanError]) -> Iterator[type[SarabanError]]:
    for each in error.__subclasses__():
        yield each
        yield from _below(each)


def _errors() -> Iterator[str]:
    yield "| slug | exit | ข้อความ | ขั้นต่อไป | message | next step |\n| --- | --- | --- | --- | --- | --- |"
    slugs = set()
    for error in find_errors():
        if error.slug not in slugs:
            slugs.add(error.slug)
            cells = (error.th, error.hint_th, error.en, error.hint_en)
            yield f"| `{error.slug}` | {int(error.exit_code)} | {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
    yield ""
