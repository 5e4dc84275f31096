"""What is in doubt in a document, the heaviest first. Reads records only."""

from collections.abc import Collection, Iterator
from typing import Final

from models.decision import finding_key
from models.document import Document
from models.field import Field, PageNumber, Record, Source
from models.finding import Finding, Outcome
from models.issue import Severity
from models.record_path import get_field, walk_fields

_WEIGHTS: Final = {
    "number": 10,
    "date": 10,
    "as_of": 10,
    "body": 9,
    "status": 9,
    "value": 8,
    "province": 8,
    "subject": 7,
    "issuer": 7,
    "recipients": 6,
    "district": 6,
    "remark": 5,
    "name": 5,
    "sequence": 3,
    "salutation": 1,
    "closing": 1,
}
"""How much hangs on a value, 0 to 10, by the last name of its path: what letters are found by and rows counted by."""
_OTHER: Final = 4
_FINDING: Final = 8
_NOTHING_FOUND: Final = 10
_ASKED_FOR: Final = 3
"""Of so many values that a finding rests on, one after the other is asked for; then for the finding itself. A sum
rests on a hundred cells, and its total and label come first."""
NO_RECORDS: Final = "document.no_records"
"""Stands as the rule where a document holds neither a letter nor an annex."""


class Doubt(Record):
    """One question to a person.

    Attributes:
        target: What a decision answers; see `models.decision.Decision.target`.
        path: The value in doubt; of a finding the first place that it rests on, or "".
        rule: The rule, where a finding is in doubt and not a value.
        codes: Why: review codes of the value, or the rule.
        rules: Rules that the value violates beside its own codes.
        weight: How much hangs on it, 0 to 10; an unsure reading weighs more.
        later: Whether a person left it for later.
    """

    target: str
    path: str
    rule: str | None = None
    codes: tuple[str, ...]
    rules: tuple[str, ...] = ()
    weight: float
    page: PageNumber | None = None
    later: bool = False


def find_doubts(document: Document, later: Collection[str] = ()) -> list[Doubt]:
    """Return the doubts of a document: those left for later last, otherwise by weight, then in file order.

    Args:
        document: With what people decided already in it.
        later: Targets that a person left for later.
    """
    found = [*_of_fields(document), *_of_findings(document)]
    if not document.letters and not document.annexes and not _answered(document, NO_RECORDS):
        target = finding_key(NO_RECORDS, "")
        found.append(Doubt(target=target, path="", rule=NO_RECORDS, codes=(NO_RECORDS,), weight=_NOTHING_FOUND))
    marked = [doubt.model_copy(update={"later": True}) if doubt.target in later else doubt for doubt in found]
    return sorted(marked, key=lambda doubt: (doubt.later, -doubt.weight))


def is_open(finding: Finding) -> bool:
    """Whether a finding asks for a person: an error of the rules that nobody answered."""
    violated = finding.outcome is Outcome.VIOLATED and finding.severity is Severity.ERROR
    return violated and finding.answered is None


def _of_fields(document: Document) -> Iterator[Doubt]:
    """Yield the values that ask for review, and those on which an error of the rules rests and nobody decided."""
    rules = _rules_by_path(document)
    blamed = {path for finding in document.findings if is_open(finding) for path in _undecided(document, finding)}
    for path, field in walk_fields(document):
        if field.review or path in blamed:
            violated = tuple(rules.get(path, ()))
            yield Doubt(
                target=path,
                path=path,
                codes=field.review or violated,
                rules=violated if field.review else (),
                weight=_weigh(path, field),
                page=field.page,
            )


def _of_findings(document: Document) -> Iterator[Doubt]:
    """Yield the errors of the rules that rest on no value which could be asked for in their place."""
    told = set()
    for finding in document.findings:
        target = finding_key(finding.rule, finding.message.th)
        if not is_open(finding) or target in told or _undecided(document, finding):
            continue
        told.add(target)
        path = finding.evidence[0] if finding.evidence else ""
        field = get_field(document, path)
        yield Doubt(
            target=target,
            path=path,
            rule=finding.rule,
            codes=(finding.rule,),
            weight=_FINDING,
            page=field.page if field else None,
        )


def _undecided(document: Document, finding: Finding) -> list[str]:
    """Return the value to ask for first of those that a finding rests on, unless people decided them all."""
    fields = [(path, get_field(document, path)) for path in finding.evidence[:_ASKED_FOR]]
    return [path for path, field in fields if field is not None and field.source is not Source.PERSON][:1]


def _rules_by_path(document: Document) -> dict[str, list[str]]:
    """Return the violated rules of each place, worse ones than a mere note."""
    found: dict[str, list[str]] = {}
    for finding in document.findings:
        if finding.outcome is Outcome.VIOLATED and finding.severity is not Severity.INFO and finding.answered is None:
            for path in finding.evidence:
                known = found.setdefault(path, [])
                if finding.rule not in known:
                    known.append(finding.rule)
    return found


def _weigh(path: str, field: Field[object]) -> float:
    name = path.rpartition(".")[2].partition("[")[0]
    return round(_WEIGHTS.get(name, _OTHER) * (1 - field.confidence / 2), 3)


def _answered(document: Document, rule: str) -> bool:
    return any(finding.rule == rule and finding.answered is not None for finding in document.findings)
