"""What is in doubt in a document, the heaviest first. Reads records only."""

from collections import Counter
from collections.abc import Collection, Iterator
from enum import StrEnum
from typing import Final

from models.decision import finding_key
from models.document import Document
from models.document_status import ASKING_ISSUES
from models.field import Field, PageNumber, Record, Source
from models.finding import Finding, Outcome
from models.issue import Message, Severity
from models.record_path import get_field, walk_fields
from models.review import ReviewCode


class NoticeCode(StrEnum):
    """What asks for a person and is neither a value nor a rule; stands where the rule of a finding stands."""

    NO_RECORDS = "document.no_records"
    """The document holds neither a letter nor an annex."""
    UNACCOUNTED = "page.unaccounted"
    """A page has parts that no value holds."""


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
"""Weight of a doubted value that has none of its own above."""
_FINDING: Final = 8
"""Weight of what a rule found: it says of several values that one of them is wrong."""
_LEFT_OVER: Final = 1
"""Weight of a part of the page that no value holds: nothing of the record is wrong by it."""
_ASKED_FOR: Final = 3
"""Of so many values that a finding rests on, one after the other is asked for; then for the finding itself. A sum
rests on a hundred cells, and its total and label come first."""


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
    marked = [doubt.model_copy(update={"later": True}) if doubt.target in later else doubt for doubt in found]
    return sorted(marked, key=lambda doubt: (doubt.later, -doubt.weight))


def find_notices(document: Document) -> list[Finding]:
    """Return what asks for a person and is neither a value nor a rule: parts of the input that no value holds."""
    return [notice for notice, _ in _list_notices(document)]


def _list_notices(document: Document) -> Iterator[tuple[Finding, PageNumber | None]]:
    """Yield the notices, each with its page."""
    if not document.letters and not document.annexes:
        words = "ไม่พบหนังสือหรือบัญชีในเอกสาร", "neither a letter nor an annex was found"
        yield _notice(NoticeCode.NO_RECORDS, *words), None
    for issue in document.issues:
        if issue.code in ASKING_ISSUES:
            yield _notice(issue.code, issue.message.th, issue.message.en), issue.page
    for page, count in sorted(Counter(part.page for part in document.unaccounted).items()):
        th = f"หน้า {page} มี {count} ส่วนที่ไม่อยู่ในข้อมูลใด โปรดตรวจว่าไม่มีสาระสำคัญตกหล่น"
        en = f"{count} parts of page {page} are in no value; see that nothing is lost"
        yield _notice(NoticeCode.UNACCOUNTED, th, en), page


def _notice(code: str, th: str, en: str) -> Finding:
    return Finding(rule=code, severity=Severity.WARNING, outcome=Outcome.VIOLATED, message=Message(th=th, en=en))


def is_open(finding: Finding) -> bool:
    """Whether a finding asks for a person: an error of the rules that nobody answered."""
    violated = finding.outcome is Outcome.VIOLATED and finding.severity is Severity.ERROR
    return violated and finding.answered is None


def _of_fields(document: Document) -> Iterator[Doubt]:
    """Yield the values that ask for review, and those on which an error of the rules rests and nobody decided."""
    rules = _rules_by_path(document)
    blamed = {path for finding in document.findings if is_open(finding) for path in _undecided(document, finding)}
    asked: set[tuple[str, str]] = set()
    for path, field in walk_fields(document):
        if field.review == (ReviewCode.STATUS_NOT_UNDERSTOOD,):
            wording = (path.partition(".rows[")[0], field.raw.strip())
            if wording in asked:
                continue  # what a wording means is asked once: `saraban statuses confirm` answers it for all rows
            asked.add(wording)
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
    """Yield the errors of the rules that rest on no value which could be asked for in their place, and the notices."""
    told = {finding_key(each.rule, each.message.th) for each in document.findings if each.answered is not None}
    errors = (each for each in document.findings if is_open(each) and not _undecided(document, each))
    for finding, page in (*((each, None) for each in errors), *_list_notices(document)):
        target = finding_key(finding.rule, finding.message.th)
        if target in told:
            continue
        told.add(target)
        path = finding.evidence[0] if finding.evidence else ""
        field = get_field(document, path)
        yield Doubt(
            target=target,
            path=path,
            rule=finding.rule,
            codes=(finding.rule,),
            weight=_FINDING if finding.rule != NoticeCode.UNACCOUNTED else _LEFT_OVER,
            page=field.page if field else page,
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
