"""What the rules say of documents, to send on: JSON, CSV, JUnit XML and HTML."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Final
from xml.etree import ElementTree as ET

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from core.errors import Language
from models.document import Document
from models.field import Box
from models.finding import Finding, Outcome, Verdict
from models.issue import Message
from reports.evidence import Evidence, describe_place, locate, pages_of
from reports.labels import outcome, severity
from thai.numerals import to_thai

_TOLD: Final = (Outcome.VIOLATED, Outcome.COULD_NOT_RUN)
_HEADER: Final = {
    "th": ("เอกสาร", "กฎ", "ระดับ", "ผล", "ต้องเป็นจริงว่า", "รายละเอียด", "น่าจะเป็น", "หน้า", "อ่านได้", "ตำแหน่งในระเบียน"),
    "en": ("document", "rule", "severity", "outcome", "statement", "details", "likely", "page", "read", "place"),
}
# A spreadsheet takes a text that begins so for a formula; so do some with the full-width forms.
_STARTS_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Judged:
    """A document and what the rules say of it."""

    document: Document
    verdicts: tuple[Verdict, ...]


Picture = Callable[[Document, int, Box], str | None]
PICTURES: Final = 6
"""Most pictures beside one finding; where it rests on more values, the others are told in words."""


def _no_picture(_document: Document, _page: int, _box: Box) -> str | None:
    return None


def as_json(one: Judged) -> str:
    """Return one document as a JSON object on one line; each finding has the places of the values it rests on."""
    verdicts = [verdict.model_dump(mode="json") for verdict in one.verdicts]
    for finding in (finding for verdict in verdicts for finding in verdict["findings"]):
        finding["places"] = [asdict(locate(one.document, path)) for path in finding["evidence"]]
    source = one.document.source
    return json.dumps({"document": source.sha256, "name": source.name, "verdicts": verdicts}, ensure_ascii=False)


def as_csv(judged: Iterable[Judged], language: Language = "th", *, every: bool = False) -> str:
    """Return a line a finding, with a byte-order mark, without which Excel takes Thai for something else.

    A text that a spreadsheet would run as a formula gets an apostrophe before it: readings come from outside.

    Args:
        judged: Documents with their verdicts.
        language: Of the messages.
        every: Also the rules that passed or did not apply.
    """
    text = io.StringIO()
    text.write("\ufeff")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_HEADER[language])
    for one in judged:
        for verdict in one.verdicts:
            for finding in _findings(verdict, every=every):
                writer.writerow([_guarded(cell) for cell in _line(one.document, verdict, finding, language)])
    return text.getvalue()


def as_junit(judged: Iterable[Judged], language: Language = "th") -> str:
    """Return JUnit XML: a suite a document, a case a rule.

    A violated rule is a failure of the type of its severity; one that could not run, or does not apply, was skipped.
    """
    root = ET.Element("testsuites", name="saraban check")
    for one in judged:
        outcomes = Counter(verdict.outcome for verdict in one.verdicts)
        suite = ET.SubElement(
            root,
            "testsuite",
            name=_xml(one.document.source.name),
            tests=str(len(one.verdicts)),
            failures=str(outcomes[Outcome.VIOLATED]),
            skipped=str(outcomes[Outcome.COULD_NOT_RUN] + outcomes[Outcome.NOT_APPLICABLE]),
            errors="0",
        )
        for verdict in one.verdicts:
            name = f"{verdict.rule} {_said(verdict.statement, language)}"
            case = ET.SubElement(suite, "testcase", classname=f"saraban.{verdict.rule[0]}", name=_xml(name))
            told = [_said(finding.message, language) for finding in verdict.findings]
            if verdict.outcome is Outcome.VIOLATED:
                failure = ET.SubElement(case, "failure", type=verdict.severity.value, message=_xml(told[0]))
                failure.text = _xml("\n".join(told))
            elif verdict.outcome is not Outcome.PASSED:
                ET.SubElement(case, "skipped", message=_xml(told[0] if told else outcome(verdict.outcome, language)))
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def as_html(
    judged: Sequence[Judged], language: Language = "th", *, every: bool = False, picture: Picture = _no_picture
) -> str:
    """Return one page that needs nothing else. Every text from a document is escaped and cannot become part of it.

    Args:
        judged: Documents with their verdicts.
        language: Of the messages.
        every: Also the rules that passed or did not apply.
        picture: Gives the picture of what stands in a box of a page as a `data:` address, or None.
    """

    def shown(document: Document, place: Evidence, index: int) -> str | None:
        return (
            picture(document, place.page, place.box)
            if place.page is not None and place.box is not None and index < PICTURES
            else None
        )

    return _template().render(
        shown=shown,
        pictures=PICTURES,
        judged=judged,
        language=language,
        every=every,
        findings=lambda verdict: _findings(verdict, every=every),
        evidence=lambda document, finding: [locate(document, path) for path in finding.evidence],
        count=lambda one: Counter(verdict.outcome.value for verdict in one.verdicts),
        place_words=lambda path: describe_place(path, language),
        said=lambda message: _said(message, language),
        outcome=lambda value: outcome(value, language),
        severity=lambda value: severity(value, language),
        digits=lambda value: to_thai(str(value)) if language == "th" else str(value),
    )


def _findings(verdict: Verdict, *, every: bool) -> Iterator[Finding]:
    """Yield what a rule found; one that found nothing is told of once where it should be, by its statement."""
    yield from verdict.findings
    if not verdict.findings and (every or verdict.outcome in _TOLD):
        yield Finding(
            rule=verdict.rule, severity=verdict.severity, outcome=verdict.outcome, message=Message(th="", en="")
        )


def _line(document: Document, verdict: Verdict, finding: Finding, language: Language) -> tuple[str, ...]:
    places = [locate(document, path) for path in finding.evidence]
    return (
        document.source.name,
        verdict.rule,
        severity(verdict.severity, language),
        outcome(finding.outcome, language),
        _said(verdict.statement, language),
        _said(finding.message, language),
        finding.suggestion or "",
        pages_of(places),
        " | ".join(place.raw for place in places if place.raw),
        "; ".join(describe_place(path, language) for path in finding.evidence),
    )


def _said(message: Message, language: Language) -> str:
    return message.th if language == "th" else message.en


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" ").startswith(_STARTS_FORMULA) else cell


def _xml(text: str) -> str:
    """Return a text without the characters that XML cannot hold, escaped or not."""
    return _NOT_XML.sub("\ufffd", text)


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("verdicts.html.j2")
