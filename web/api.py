"""The same as the pages, as JSON: what other programs of the office use."""

from typing import Annotated

from fastapi import Query, Request, UploadFile
from pydantic import BaseModel, ConfigDict, JsonValue
from pydantic import Field as Constraint

from core.errors import ConflictError, UsageError
from models.account import Role
from models.change import Comparison
from models.decision import Answer, StoredDecision, left_for_later
from models.document import Document, DocumentStatus
from models.doubt import Doubt, find_doubts
from models.record_path import get_field
from models.snapshot import AnnexPlace
from pipeline.comparing import compare_rounds, find_rounds, series_in
from pipeline.deciding import answer_finding, decide, history, make_decision
from pipeline.deciding import undo as take_back
from pipeline.searching import Hit, search_archive, with_body
from pipeline.typed_values import to_json
from rounds.selection import RoundPair
from store import inbox
from store.inbox import InboxEntry
from store.search import Query as Search
from web.access import get_person, needs, new_router
from web.document_pages import Sha, find
from web.state import get_desk

router = new_router()
Most = Annotated[int, Query(alias="limit", ge=1, le=500)]
Offset = Annotated[int, Query(ge=0, le=10_000_000)]


class DecisionRequest(BaseModel):
    """An answer to a doubt.

    Attributes:
        path: The value; of a finding leave it out.
        rule: The rule, for an answer to a finding.
        answer: `confirmed`, `corrected`, `unreadable` or `later`.
        text: The right value as a person would type it, for `corrected`.
        before: The value that the answer is about, as JSON; where it is another by now the answer is refused (409).
        why: The reason, in words.
        message: Of a finding: its message in Thai.
    """

    model_config = ConfigDict(extra="forbid")

    path: str = Constraint(default="", max_length=300)
    rule: str | None = Constraint(default=None, max_length=60)
    answer: Answer
    text: str = Constraint(default="", max_length=20_000)
    before: JsonValue = None
    why: str = Constraint(default="", max_length=2_000)
    message: str = Constraint(default="", max_length=20_000)


class DecisionAnswer(BaseModel):
    """What became of an answer: the decision as kept, doubts that it settled or raised, and how the document stands."""

    recorded: StoredDecision
    settled: tuple[str, ...]
    raised: tuple[str, ...]
    status: DocumentStatus
    doubts: int


class SecondReading(BaseModel):
    """What the other reader makes of a value."""

    path: str
    text: str | None


class Round(BaseModel):
    """A round of a series, by its key; `parts` are its papers where they are several, `displaced` those it replaces."""

    key: str
    title: str
    province: str | None
    as_of: str | None
    document: str
    rows: int
    parts: tuple[AnnexPlace, ...]
    displaced: tuple[AnnexPlace, ...]


class ImportStarted(BaseModel):
    """An import that began."""

    number: int
    names: tuple[str, ...]


class UploadProgress(BaseModel):
    """How far an import is: files and pages, whether it is over, and whether it broke off before all was read."""

    number: int
    names: tuple[str, ...]
    files: int
    files_done: int
    pages: int
    pages_read: int
    over: bool
    is_broken: bool


@router.get("/documents")
@needs(Role.READER)
def list_documents(
    request: Request, status: DocumentStatus | None = None, most: Most = 50, offset: Offset = 0
) -> list[InboxEntry]:
    """List documents, the newest first."""
    with get_desk(request).archive.reading() as connection:
        return inbox.list_documents(connection, status, None, most, offset)


@router.get("/documents/{sha}")
@needs(Role.READER)
def get_document(request: Request, sha: Sha) -> Document:
    """Return a document's record with what people decided in it."""
    return find(request, sha)


@router.get("/documents/{sha}/doubts")
@needs(Role.READER)
def list_doubts(request: Request, sha: Sha) -> list[Doubt]:
    """List what is in doubt in a document, the heaviest first."""
    held = [each for each in history(get_desk(request).archive, sha) if not each.revoked]
    return find_doubts(find(request, sha), left_for_later(held))


@router.get("/documents/{sha}/decisions")
@needs(Role.READER)
def list_decisions(request: Request, sha: Sha) -> list[StoredDecision]:
    """List every decision on a document, oldest first, those taken back marked."""
    find(request, sha)
    return history(get_desk(request).archive, sha)


@router.post("/documents/{sha}/decisions")
@needs(Role.REVIEWER)
def add_decision(request: Request, sha: Sha, asked: DecisionRequest) -> DecisionAnswer:
    """Answer a doubt; `corrected` needs a text. 409 where the value is not `before` any more; nothing is kept then."""
    desk = get_desk(request)
    document = find(request, sha)
    if asked.rule is not None:
        decision = answer_finding(document, asked.rule, asked.message, asked.answer, asked.why)
    else:
        if asked.answer is Answer.CORRECTED and "text" not in asked.model_fields_set:
            raise UsageError("text")
        field = get_field(document, asked.path)
        if field is not None and to_json(field.value) != asked.before:
            raise ConflictError(asked.path)
        decision = make_decision(document, asked.path, asked.answer, desk.register, asked.text, asked.why)
    [outcome] = decide(desk.archive, sha, [decision], get_person(request), desk.settings)
    return DecisionAnswer(
        recorded=outcome.recorded,
        settled=outcome.settled,
        raised=outcome.raised,
        status=outcome.document.status,
        doubts=len(find_doubts(outcome.document)),
    )


@router.delete("/documents/{sha}/decisions/{number}")
@needs(Role.REVIEWER)
def revoke_decision(request: Request, sha: Sha, number: Annotated[int, Constraint(ge=1, le=2**62)]) -> StoredDecision:
    """Take a decision back; it stays in the history."""
    desk = get_desk(request)
    return take_back(desk.archive, sha, get_person(request), desk.settings, number)


@router.post("/documents/{sha}/read-again")
@needs(Role.REVIEWER)
def read_again(request: Request, sha: Sha, path: Annotated[str, Query(max_length=300)]) -> SecondReading:
    """Read a value once more with the reader that did not read it; nothing is kept. Null where there is no picture."""
    desk = get_desk(request)
    return SecondReading(path=path, text=desk.pictures.read_again(find(request, sha), path, desk.settings))


@router.get("/search")
@needs(Role.READER)
def search(
    request: Request,
    *,
    text: Annotated[str, Query(alias="q", max_length=20_000)] = "",
    loose: bool = False,
    kind: Annotated[str | None, Query(max_length=40)] = None,
    year: Annotated[int | None, Query(ge=2400, le=2700)] = None,
    status: DocumentStatus | None = None,
    urgency: Annotated[str | None, Query(max_length=20)] = None,
    office: Annotated[str | None, Query(max_length=200)] = None,
    body: Annotated[str | None, Query(max_length=200)] = None,
    near: bool = False,
    most: Most = 20,
    offset: Offset = 0,
) -> list[Hit]:
    """Find text in the archive: any part of a word, either digits, whatever the line breaks. 422 for one too long.

    Where nothing is found, and with `near` behind what is, come hits that may be misreadings of the text; `near` is
    true of them.
    """
    desk = get_desk(request)
    wanted = Search(
        text=text,
        loose=loose,
        kind=kind,
        year=year,
        status=status.value if status else None,
        urgency=urgency,
        office=office,
    )
    if wanted.cut:
        raise UsageError("q: ข้อความยาวเกินไป", "q: too long")
    return search_archive(desk.archive, with_body(wanted, body, desk.register), most, offset, near=near)


@router.get("/rounds")
@needs(Role.READER)
def list_rounds(request: Request) -> list[Round]:
    """List the rounds of all series, in order."""
    return [
        Round(
            key=one.key,
            title=series.title,
            province=series.province,
            as_of=one.as_of.isoformat() if one.as_of else None,
            document=one.document,
            rows=len(one.rows),
            parts=one.parts,
            displaced=one.displaced,
        )
        for series in series_in(get_desk(request).archive)
        for one in series.rounds
    ]


@router.get("/diff")
@needs(Role.READER)
def diff(
    request: Request, before: Annotated[str, Query(max_length=80)], after: Annotated[str, Query(max_length=80)]
) -> Comparison:
    """Compare two rounds, named by their keys."""
    desk = get_desk(request)
    first, second = find_rounds(desk.archive, before, after)
    return compare_rounds(RoundPair((first,), (second,)), force=True, own=desk.settings.bodies)


@router.post("/upload")
@needs(Role.REVIEWER)
def upload(request: Request, files: list[UploadFile]) -> ImportStarted:
    """Bring files or ZIPs in; they are read in the background."""
    job = get_desk(request).imports.take_in((file.filename or "file", file.file) for file in files)
    return ImportStarted(number=job.number, names=job.names)


@router.get("/imports")
@needs(Role.READER)
def list_imports(request: Request) -> list[UploadProgress]:
    """List the uploads since the desk was started, the newest first, with how far each is."""
    return [
        UploadProgress(
            number=job.number,
            names=job.names,
            files=job.total,
            files_done=job.done,
            pages=job.pages,
            pages_read=job.pages_read,
            over=job.over,
            is_broken=job.is_broken,
        )
        for job in get_desk(request).imports.all
    ]
