"""The review desk: one doubt at a time, answered by a key."""

import json
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import Form, Query, Request
from fastapi.responses import Response
from pydantic import JsonValue

from core.errors import ConflictError, MissingToolError, RecognitionError, UsageError
from models.account import Role
from models.accounting import Unaccounted
from models.decision import Answer, Decision, StoredDecision, left_for_later
from models.document import Document
from models.doubt import Doubt, NoticeCode, find_doubts
from models.record_path import get_field
from pipeline.deciding import answer_finding, decide, find_alike, history, make_decision
from pipeline.deciding import undo as take_back
from pipeline.page_pictures import has_pictures
from pipeline.questions import Choice, Question, ask
from pipeline.typed_values import parse_value, to_json
from pipeline.value_text import show_value
from pipeline.wording_layer import ASKING, generalize
from store import doubts as queue
from web.access import get_person, needs, new_router
from web.document_pages import Sha, find
from web.pages import get_language, go, page
from web.state import get_desk

router = new_router()
Text = Annotated[str, Form(max_length=20_000)]


@router.get("/desk")
@needs(Role.REVIEWER)
def start(
    request: Request,
    code: Annotated[str | None, Query(max_length=100)] = None,
) -> Response:
    """Go on with the document whose turn it is; where nothing waits, say so."""
    with get_desk(request).archive.reading() as connection:
        sha = queue.first_document(connection, code)
    return page(request, "desk_done") if sha is None else go(f"/desk/{sha}")


@router.get("/desk/{sha}")
@needs(Role.REVIEWER)
def question(
    request: Request,
    sha: Sha,
    path: Annotated[str | None, Query(max_length=20_000)] = None,
    done: Annotated[int | None, Query(ge=1)] = None,
    settled: Annotated[int, Query(ge=0)] = 0,
) -> Response:
    """Show the heaviest doubt that nobody left for later, or a value or finding that the person picked."""
    return _show(request, find(request, sha), path, done=done, settled=settled)


@router.post("/desk/{sha}")
@needs(Role.REVIEWER)
def answer(
    request: Request,
    sha: Sha,
    *,
    target: Text,
    path: Annotated[str, Form(max_length=300)] = "",
    rule: Annotated[str, Form(max_length=60)] = "",
    before: Text = "null",
    raw: Text = "",
    text: Text = "",
    picked: Text = "",
    answer: Annotated[str, Form(max_length=20)] = "typed",
    why: Annotated[str, Form(max_length=2_000)] = "",
) -> Response:
    """Keep an answer and go on with the next doubt."""
    desk = get_desk(request)
    document = find(request, sha)
    try:
        if rule:
            decision = answer_finding(document, rule, target.removeprefix(f"{rule}: "), Answer(answer), why)
        else:
            shown = _find_question(request, document, path)
            decision = _about_value(request, document, shown, answer, picked or text, why)
            decision = decision.model_copy(
                update={
                    "before": _json(before),
                    "ground": decision.ground.model_copy(update={"raw": _lines(raw, decision)}),
                }
            )
        [outcome] = decide(desk.archive, sha, [decision], get_person(request), desk.settings)
    except (UsageError, ConflictError, ValueError) as error:
        message = error.message(get_language(request)) if isinstance(error, UsageError | ConflictError) else str(error)
        status = 409 if isinstance(error, ConflictError) else 422
        return _show(request, find(request, sha), target, error=message, status=status)
    query = urlencode({"done": outcome.recorded.id, "settled": len(outcome.settled)})
    return go(f"/desk/{sha}?{query}")


@router.post("/desk/{sha}/alike")
@needs(Role.REVIEWER)
def alike(
    request: Request, sha: Sha, number: Annotated[int, Form(ge=1)], count: Annotated[int, Form(ge=1)]
) -> Response:
    """Give the same answer to all values that were read the same; never over what a person decided.

    `count` is how many the person was shown; where it is another number by now, nothing is done.
    """
    desk = get_desk(request)
    document = find(request, sha)
    model = _decision(history(desk.archive, sha), number)
    paths = [] if model is None else find_alike(document, model.path)
    if model is None or len(paths) != count:
        message = "จำนวนค่าที่เหมือนกันเปลี่ยนไป จึงยังไม่ได้บันทึก / their number changed, so nothing was saved"
        return _show(request, document, None, error=message, status=409)
    decisions = []
    for path in paths:
        field = get_field(document, path)
        assert field is not None  # noqa: S101 - it was just found
        same = make_decision(document, path, Answer.LATER, desk.register)
        after = model.after if model.answer is Answer.CORRECTED else None
        kind = model.answer
        if model.answer is Answer.CONFIRMED and to_json(field.value) != model.before:
            kind, after = Answer.CORRECTED, model.before
        decisions.append(same.model_copy(update={"answer": kind, "after": after, "why": f"= {model.path}"}))
    outcomes = decide(desk.archive, sha, decisions, get_person(request), desk.settings)
    return go(f"/desk/{sha}?{urlencode({'done': outcomes[-1].recorded.id})}")


@router.post("/desk/{sha}/undo")
@needs(Role.REVIEWER)
def undo(request: Request, sha: Sha, number: Annotated[int | None, Form(ge=1)] = None) -> Response:
    """Take a decision back and show its value again."""
    desk = get_desk(request)
    try:
        recorded = take_back(desk.archive, sha, get_person(request), desk.settings, number)
    except UsageError as error:
        return _show(request, find(request, sha), None, error=error.message(get_language(request)), status=422)
    decision = recorded.decision
    return go(f"/desk/{sha}" if decision.rule else f"/desk/{sha}?path={quote(decision.path)}")


@router.post("/desk/{sha}/again")
@needs(Role.REVIEWER)
def read_again(request: Request, sha: Sha, path: Annotated[str, Form(max_length=300)]) -> Response:
    """Read a value once more with the other reader, and offer what comes out; nothing is kept."""
    desk = get_desk(request)
    document = find(request, sha)
    try:
        text = desk.pictures.read_again(document, path, desk.settings)
    except (MissingToolError, RecognitionError) as error:
        return _show(request, document, path, error=error.message(get_language(request)), status=422)
    if not text:
        words = "อ่านอีกวิธีแล้ว ไม่ได้ข้อความ", "the other reader makes nothing of it"
        return _show(request, document, path, error=words[get_language(request) == "en"], status=422)
    return _show(request, document, path, again=text)


def _offer(request: Request, document: Document, shown: Question, again: str) -> tuple[Choice | None, str]:
    """Return what the other reader read as a choice, and a word on it where it is none."""
    is_thai = get_language(request) == "th"
    if shown.field is not None and again == shown.field.raw:
        return None, "อ่านอีกวิธีได้เหมือนเดิม" if is_thai else "the other reader reads the same"
    try:
        value = parse_value(document, shown.doubt.path, again, get_desk(request).register)
    except UsageError as error:
        return None, error.message(get_language(request))
    choice = Choice(show_value(value, get_language(request)), again, "อ่านอีกวิธี" if is_thai else "read another way")
    known = next((each for each in shown.choices if each.text == choice.text), None)
    if known is not None:
        return None, f"{'อ่านอีกวิธีได้' if is_thai else 'the other reader reads'} “{known.text}”"
    return choice, ""


def _show(
    request: Request,
    document: Document,
    path: str | None,
    *,
    again: str = "",
    done: int | None = None,
    settled: int = 0,
    error: str = "",
    status: int = 200,
) -> Response:
    desk = get_desk(request)
    sha = document.source.sha256
    held = history(desk.archive, sha)
    open_doubts = find_doubts(document, left_for_later(each for each in held if not each.revoked))
    doubt = _pick(document, open_doubts, path)
    last = _recorded(held, done) if done else None
    shown = ask(desk.archive, document, doubt, desk.register, get_language(request)) if doubt else None
    offered, told = _offer(request, document, shown, again) if shown and again else (None, "")
    with desk.archive.reading() as connection:
        following = None if doubt else queue.next_document(connection, sha)
    return page(
        request,
        "desk",
        http_status=status,
        document=document,
        question=shown,
        before=_dump_value(shown),
        doubts=open_doubts,
        parts=_find_parts(document, doubt),
        left=len(open_doubts),
        later=sum(each.later for each in open_doubts),
        pictures=has_pictures(document),
        last=last,
        settled=settled,
        alike=find_alike(document, last.decision.path) if last and last.decision.rule is None else [],
        wording=generalize(document, last.decision) if last else None,
        asks_wording=bool(doubt and ASKING.intersection(doubt.codes)),
        can_undo=any(not each.revoked for each in held),
        following=following,
        again=again,
        offered=offered,
        told=told,
        error=error,
    )


def _dump_value(question: Question | None) -> str:
    """Return the value that is asked about as JSON, which the answer brings back: a conflict is seen by it."""
    field = question.field if question else None
    return json.dumps(to_json(field.value), ensure_ascii=False) if field else "null"


def _find_parts(document: Document, doubt: Doubt | None) -> list[tuple[int, Unaccounted]]:
    """Return the parts that a notice of parts without a value is about, with the index of each."""
    if doubt is None or doubt.rule != NoticeCode.UNACCOUNTED:
        return []
    return [(index, part) for index, part in enumerate(document.unaccounted) if part.page == doubt.page]


def _pick(document: Document, doubts: list[Doubt], target: str | None) -> Doubt | None:
    """Return the doubt about a value or finding, or the first that is not for later.

    A value that nothing doubts may be picked, too.
    """
    picked = next((doubt for doubt in doubts if doubt.target == target), None)
    field = get_field(document, target) if target is not None and picked is None else None
    if target is not None and field is not None:
        return Doubt(target=target, path=target, codes=(), weight=0, page=field.page)
    return picked or next((doubt for doubt in doubts if not doubt.later), None)


def _find_question(request: Request, document: Document, path: str) -> Question:
    desk = get_desk(request)
    doubt = _pick(document, find_doubts(document), path)
    if doubt is None or doubt.path != path:
        raise UsageError(f"{path}: ไม่มีค่านี้ในเอกสาร", f"{path}: no such value")
    return ask(desk.archive, document, doubt, desk.register, get_language(request))


def _about_value(
    request: Request, document: Document, question: Question, answer: str, text: str, why: str
) -> Decision:
    """Return the decision of a form. Text that was left as it stood confirms the value where nothing disputes it."""
    register, path = get_desk(request).register, question.doubt.path
    if answer != "typed":
        return make_decision(document, path, Answer(answer), register, text, why)
    decision = make_decision(document, path, Answer.CORRECTED, register, text, why)
    if decision.after != decision.before:
        return decision
    if not question.by_default:
        raise UsageError("โปรดเลือกคำตอบ เพราะผลการอ่านหรือกฎยังขัดแย้งกัน", "please choose: readings or rules disagree")
    return make_decision(document, path, Answer.CONFIRMED, register, why=why)


def _recorded(held: list[StoredDecision], number: int) -> StoredDecision | None:
    return next((each for each in held if each.id == number and not each.revoked), None)


def _decision(held: list[StoredDecision], number: int) -> Decision | None:
    found = _recorded(held, number)
    return found.decision if found is not None and found.decision.rule is None else None


def _json(text: str) -> JsonValue:
    value: JsonValue = json.loads(text)
    return value


def _lines(raw: str, decision: Decision) -> str:
    """Return what was read as the form showed it; browsers send line breaks as two characters."""
    same = raw.replace("\r\n", "\n")
    return decision.ground.raw if same == decision.ground.raw.replace("\r\n", "\n") else same
