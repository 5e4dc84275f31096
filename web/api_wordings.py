"""What wordings of statuses mean, as JSON: what waits, what a meaning would change, giving it, taking it back."""

from typing import Annotated

from fastapi import Path, Query, Request
from pydantic import BaseModel, ConfigDict
from pydantic import Field as Constraint

from models.account import Role
from models.annex import Status
from models.status_wording import LONGEST_WORDING, StatusWording, StoredStatusWording
from pipeline import status_wordings
from web.access import get_person, needs, new_router
from web.state import get_desk

router = new_router()


class ListedWording(BaseModel):
    """A wording that means nothing known: header of its column, and how many rows and documents have it."""

    column: str
    text: str
    rows: int
    documents: int


class ChangedDocument(BaseModel):
    """A document in which a meaning changes the status of rows."""

    document: str
    name: str
    rows: int


class WordingRequest(BaseModel):
    """A meaning to keep for every document.

    Attributes:
        text: The wording.
        column: Header of the columns in which it means this; empty for every column of statuses.
        status: What it means.
        expected: In how many rows the person saw that it changes something (409 where it is another number by now).
        why: The reason, in words.
    """

    model_config = ConfigDict(extra="forbid")

    text: str = Constraint(min_length=1, max_length=LONGEST_WORDING)
    column: str = Constraint(default="", max_length=LONGEST_WORDING)
    status: Status
    expected: int = Constraint(ge=0)
    why: str = Constraint(default="", max_length=2_000)


@router.get("/wordings")
@needs(Role.READER)
def list_unknown(request: Request) -> list[ListedWording]:
    """List the wordings that mean nothing known, those of the most rows first."""
    return [
        ListedWording(column=each.column, text=each.text, rows=each.rows, documents=len(each.documents))
        for each in status_wordings.list_unknown(get_desk(request).archive)
    ]


@router.get("/wordings/given")
@needs(Role.READER)
def list_given(request: Request) -> list[StoredStatusWording]:
    """List the meanings that people gave and did not take back, oldest first."""
    return status_wordings.list_given(get_desk(request).archive)


@router.get("/wordings/preview")
@needs(Role.READER)
def preview(
    request: Request,
    text: Annotated[str, Query(min_length=1, max_length=LONGEST_WORDING)],
    status: Status,
    column: Annotated[str, Query(max_length=LONGEST_WORDING)] = "",
) -> list[ChangedDocument]:
    """List the documents that a meaning would change; nothing is kept."""
    desk = get_desk(request)
    found = status_wordings.preview(desk.archive, StatusWording(text=text, column=column, status=status), desk.settings)
    return [ChangedDocument(document=each.document, name=each.name, rows=each.rows) for each in found]


@router.post("/wordings")
@needs(Role.REVIEWER)
def give(request: Request, asked: WordingRequest) -> StoredStatusWording:
    """Keep what a wording means, for every document there is and will be; never over what a person set."""
    desk = get_desk(request)
    wording = StatusWording(text=asked.text, column=asked.column, status=asked.status, why=asked.why)
    kept, _ = status_wordings.confirm(desk.archive, wording, get_person(request), desk.settings, asked.expected)
    return kept


@router.delete("/wordings/{number}")
@needs(Role.REVIEWER)
def take_back(request: Request, number: Annotated[int, Path(ge=1, le=2**62)]) -> StoredStatusWording:
    """Take a meaning back, from every document too."""
    desk = get_desk(request)
    recorded, _ = status_wordings.undo(desk.archive, get_person(request), desk.settings, number)
    return recorded
