"""What the rules say of documents, for programs and spreadsheets: a JSON object a document, a CSV line a finding."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Final

from core.errors import Language
from models.document import Document
from models.finding import Finding, Verdict
from models.part_names import name_part
from reports.check_report import CheckedDocument, CheckOptions, iterate_findings, say
from reports.csv_safety import iterate_spreadsheet_csv
from reports.evidence import format_pages, locate
from reports.labels import basis, outcome, severity
from reports.report_layout import Cell

_HEADER: Final[dict[Language, tuple[str, ...]]] = {
    "th": (
        *("เอกสาร", "กฎ", "ระดับ", "ผล", "อาศัย", "ต้องเป็นจริงว่า", "รายละเอียด"),
        *("น่าจะเป็น", "หน้า", "อ่านได้", "ตำแหน่งในระเบียน"),
    ),
    "en": (
        *("document", "rule", "severity", "outcome", "basis", "statement", "details"),
        *("likely", "page", "read", "place"),
    ),
}


def as_json(documents: Iterable[CheckedDocument], _options: CheckOptions) -> Iterator[str]:
    """Yield a JSON object a line for each document; each finding has the places of the values it rests on."""
    return (f"{_object(checked)}\n" for checked in documents)


def as_csv(documents: Iterable[CheckedDocument], options: CheckOptions) -> Iterator[str]:
    """Yield a line a finding, for spreadsheets."""
    return iterate_spreadsheet_csv(_HEADER[options.language], _lines(documents, options))


def _object(checked: CheckedDocument) -> str:
    verdicts = [verdict.model_dump(mode="json") for verdict in checked.verdicts]
    for finding in (finding for verdict in verdicts for finding in verdict["findings"]):
        finding["places"] = [asdict(locate(checked.document, path)) for path in finding["evidence"]]
    source = checked.document.source
    return json.dumps({"document": source.sha256, "name": source.name, "verdicts": verdicts}, ensure_ascii=False)


def _lines(documents: Iterable[CheckedDocument], options: CheckOptions) -> Iterator[tuple[Cell, ...]]:
    for checked in documents:
        for verdict in checked.verdicts:
            for finding in iterate_findings(verdict, options):
                yield _line(checked.document, verdict, finding, options.language)


def _line(document: Document, verdict: Verdict, finding: Finding, language: Language) -> tuple[Cell, ...]:
    places = [locate(document, path) for path in finding.evidence]
    return (
        document.source.name,
        verdict.rule,
        severity(finding.severity, language),
        outcome(finding.outcome, language),
        basis(finding.basis, language),
        say(verdict.statement, language),
        say(finding.message, language),
        finding.suggestion or "",
        format_pages(places),
        " | ".join(place.raw for place in places if place.raw),
        "; ".join(name_part(path, language) for path in finding.evidence),
    )
