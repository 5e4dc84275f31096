"""What the rules say of documents as one HTML page that needs nothing else, with pictures of the values."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from models.document import Document
from models.field import Field
from models.finding import Finding
from models.part_names import name_part
from models.record_path import iterate_fields, resolve
from reports.check_report import CheckedDocument, CheckOptions, iterate_findings, say
from reports.evidence import Evidence, locate
from reports.labels import basis, outcome, severity
from thai.numerals import to_thai

PICTURES: Final = 6
"""Most pictures beside one finding; where it rests on more values, the others are told in words."""


def as_html(documents: Iterable[CheckedDocument], options: CheckOptions) -> Iterator[str]:
    """Yield one page that needs nothing else. Every text from a document is escaped and cannot become part of it.

    It begins with a list of all documents, and so with the last of them known.
    """
    language = options.language

    def show(document: Document, place: Evidence, index: int) -> str | None:
        if place.page is None or place.box is None or index >= PICTURES:
            return None
        return options.picture(document, place.page, place.box)

    def digits(value: object) -> str:
        return to_thai(str(value)) if language == "th" else str(value)

    return _template().generate(
        shown=show,
        pictures=PICTURES,
        checked=list(documents),
        language=language,
        findings=lambda verdict: iterate_findings(verdict, options),
        evidence=_find_evidence,
        count=lambda checked: Counter(verdict.outcome.value for verdict in checked.verdicts),
        said=lambda message: say(message, language),
        part=lambda path: digits(name_part(path, language)),
        basis=lambda value: basis(value, language),
        outcome=lambda value: outcome(value, language),
        severity=lambda value: severity(value, language),
        digits=digits,
    )


def _find_evidence(document: Document, finding: Finding) -> list[Evidence]:
    """Return the places that a finding rests on, those that are doubted first: they are to be looked at."""
    ordered = sorted(finding.evidence, key=lambda path: not _is_doubted(document, path))
    return [locate(document, path) for path in ordered]


def _is_doubted(document: Document, path: str) -> bool:
    part = resolve(document, path)
    return isinstance(part, Field) and any(field.review for field in iterate_fields(part))


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
