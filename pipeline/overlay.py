"""Decisions laid over a reading: what people said about values, put at the places on paper that they looked at.

A decision is found again by its path and by what it stands on, so that it holds when a newer engine reads the document
again and counts letters or rows otherwise. Where the ground moved, an issue of the document says so.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from pydantic import JsonValue

from models.annex import Row
from models.decision import Answer, Decision, Ground, StoredDecision, finding_key, last_answers
from models.document import Document
from models.field import Box, Field, Repair, Source
from models.finding import Finding, Outcome
from models.issue import Issue, IssueCode, Message, Severity
from models.null_reason import NullReason
from models.provenance import RepairRule
from models.record_path import get_field, parent, put_part, resolve, template, walk_fields
from pipeline.typed_values import from_json, to_json, with_value
from thai.years import find_years

_SAME_PLACE: Final = 0.5
"""Share of the smaller of two boxes that the other must cover for both to be of one value: engines cut words apart
differently, and neighbors hardly overlap at all."""

_RULES: Final = {
    Answer.CONFIRMED: RepairRule.PERSON_CONFIRMED,
    Answer.CORRECTED: RepairRule.PERSON_CORRECTED,
    Answer.UNREADABLE: RepairRule.PERSON_UNREADABLE,
}


def apply_decisions(document: Document, decisions: Iterable[StoredDecision]) -> Document:
    """Return the document with what people decided about its values.

    Args:
        document: As it was read.
        decisions: Oldest first, those taken back left out; see `models.decision.last_answers`.

    Returns:
        The same record with corrected values of source `person`, and an issue for each decision whose place was read
        otherwise since (`decision.reading_changed`) or is not there any more (`decision.not_placed`). Findings and
        status are as before; see `answer_findings`.
    """
    for recorded in last_answers(decisions):
        decision = recorded.decision
        if decision.rule is not None or decision.answer is Answer.LATER:
            continue
        path = _find_place(document, decision)
        if path is None:
            document = _told(document, _not_placed(decision))
            continue
        field = get_field(document, path)
        if field is None:
            continue
        if field.raw != decision.ground.raw and to_json(field.value) != _wanted(decision):
            document = _told(document, _reading_changed(decision, field))
        document = _put(document, path, field, _answered(field, decision))
    return document


def answer_findings(findings: Sequence[Finding], decisions: Iterable[StoredDecision]) -> tuple[Finding, ...]:
    """Return findings with the person beside each that somebody said the paper indeed gives cause for."""
    held = [each for each in last_answers(decisions) if each.decision.rule and each.decision.answer is Answer.CONFIRMED]
    answers = {recorded.decision.target: recorded for recorded in held}
    found = []
    for finding in findings:
        answer = answers.pop(finding_key(finding.rule, finding.message.th), None)
        found.append(finding.model_copy(update={"answered": answer.person if answer else None}))
    return (*found, *(_acknowledged(recorded) for recorded in answers.values()))


def _find_place(document: Document, decision: Decision) -> str | None:
    """Return the path of the value that a decision is about; None where nothing stands in its place any more."""
    field = get_field(document, decision.path)
    if field is not None and _covers(field, decision.ground):
        return decision.path
    if decision.ground.box is None:
        return None
    form = template(decision.path)
    others = [
        (_overlap(other.box, decision.ground.box), path)
        for path, other in walk_fields(document)
        if template(path) == form and other.page == decision.ground.page and other.box is not None
    ]
    best = max(others, default=(0.0, ""))
    return best[1] if best[0] >= _SAME_PLACE else None


def _covers(field: Field[Any], ground: Ground) -> bool:
    if ground.box is None or field.box is None:
        # Without a place on paper, only the same reading tells that it is the same value.
        return ground.box is None and field.raw == ground.raw
    return field.page == ground.page and _overlap(field.box, ground.box) >= _SAME_PLACE


def _overlap(one: Box | None, other: Box | None) -> float:
    """Return which share of the smaller box the other covers."""
    if one is None or other is None:
        return 0.0
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.y1, other.y1) - max(one.y0, other.y0)
    smaller = min(one.width * one.height, other.width * other.height)
    if smaller <= 0:
        return 1.0 if one == other else 0.0
    return max(0.0, width) * max(0.0, height) / smaller


def _wanted(decision: Decision) -> JsonValue:
    return decision.after if decision.answer is Answer.CORRECTED else decision.before


def _answered(field: Field[Any], decision: Decision) -> Field[Any]:
    value = None if decision.answer is Answer.UNREADABLE else from_json(field, _wanted(decision))
    update = with_value(field, value)
    if value is None:
        unread = decision.answer is Answer.UNREADABLE
        update["null_reason"] = NullReason.UNREADABLE if unread else NullReason.ABSENT
    repair = Repair(rule=_RULES[decision.answer], cost=0.0)
    return field.model_copy(
        update={**update, "confidence": 1.0, "source": Source.PERSON, "review": (), "repair": repair}
    )


def _put(document: Document, path: str, before: Field[Any], after: Field[Any]) -> Document:
    document = put_part(document, path, after)
    above = parent(path.removesuffix("]") if path.endswith("]") else path)
    row = resolve(document, parent(above) if above.endswith(".cells") else above)
    if isinstance(row, Row):
        place = parent(above) if above.endswith(".cells") else above
        document = put_part(document, place, settle_row(row, before))
    return document


def settle_row(row: Row, before: Field[Any]) -> Row:
    """Return a row whose own reasons for review are those that its values still have, and the years of its remark."""
    still = {code for _, field in walk_fields(row) for code in field.review}
    review = tuple(code for code in row.review if code not in before.review or code in still)
    return row.model_copy(update={"review": review, "remark_years": find_years(row.remark.value or "")})


def _told(document: Document, issue: Issue) -> Document:
    return document.model_copy(update={"issues": (*document.issues, issue)})


def _not_placed(decision: Decision) -> Issue:
    return Issue(
        code=IssueCode.DECISION_NOT_PLACED,
        severity=Severity.WARNING,
        stage="store",
        page=decision.ground.page,
        message=Message(
            th=f"ไม่พบตำแหน่งของค่าที่เจ้าหน้าที่เคยวินิจฉัยไว้ ({decision.path}: “{decision.ground.raw}”) "
            "จึงยังไม่ได้นำมาใช้ โปรดตรวจทานอีกครั้ง",
            en=f"the place of a value that a person decided ({decision.path}: “{decision.ground.raw}”) is not in this "
            "reading any more, so the decision is not applied; please look again",
        ),
    )


def _reading_changed(decision: Decision, field: Field[Any]) -> Issue:
    return Issue(
        code=IssueCode.DECISION_READING_CHANGED,
        severity=Severity.INFO,
        stage="store",
        page=field.page,
        message=Message(
            th=f"ค่าที่เจ้าหน้าที่วินิจฉัยไว้ยังคงใช้อยู่ แต่การอ่านครั้งใหม่ได้ “{field.raw}” จากเดิม “{decision.ground.raw}”",
            en=f"a person's decision holds, though it is now read “{field.raw}” where it was “{decision.ground.raw}”",
        ),
    )


def _acknowledged(recorded: StoredDecision) -> Finding:
    """Return what a person said to that is no finding of a rule, such as parts of a page that no value holds."""
    text = str(recorded.decision.before)
    return Finding(
        rule=str(recorded.decision.rule),
        severity=Severity.INFO,
        outcome=Outcome.VIOLATED,
        message=Message(th=text, en=text),
        answered=recorded.person,
    )
