"""Batches as JSON: what may be accepted together, accepting it, and taking it back."""

from typing import Annotated

from fastapi import Path, Query, Request
from pydantic import BaseModel, ConfigDict
from pydantic import Field as Constraint

from core.errors import ConflictError, UsageError
from models.account import Role
from models.decision import Decision
from pipeline import batches
from pipeline.batches import MOST, BatchScope
from store.batches import BatchSummary
from web.access import get_person, needs, new_router
from web.pages import get_language
from web.state import get_desk

router = new_router()
Sha = Annotated[str, Query(pattern=r"^([0-9a-f]{64})?$")]
Place = Annotated[str, Query(max_length=300)]


class ListedProposal(BaseModel):
    """A value that may be accepted as it stands: in which file, which value it is, and what accepting it decides."""

    document: str
    file_name: str
    name: str
    value: str
    confidence: float
    decision: Decision


class Proposals(BaseModel):
    """What may be accepted together.

    Attributes:
        proposals: At most 100.
        digest: What the list is known by; a list that changed meanwhile is not accepted (409).
        disputed: How many doubts are meant, too, and need an answer each.
        following: What to ask for as `after` to see the next ones; null where these are all.
    """

    proposals: tuple[ListedProposal, ...]
    digest: str
    disputed: int
    following: str | None


class BatchRequest(BaseModel):
    """Proposals to accept.

    Attributes:
        document, within, like, code, after: As they were asked for.
        digest: Of the list.
        chosen: Which of the list, from 0.
        why: The reason, in words.
    """

    model_config = ConfigDict(extra="forbid")

    document: str = Constraint(default="", pattern=r"^([0-9a-f]{64})?$")
    within: str = Constraint(default="", max_length=300)
    like: str = Constraint(default="", max_length=300)
    code: str = Constraint(default="", max_length=100)
    after: str = Constraint(default="", pattern=r"^([0-9a-f]{64})?$")
    digest: str = Constraint(max_length=64)
    chosen: tuple[int, ...] = Constraint(min_length=1, max_length=MOST)
    why: str = Constraint(default="", max_length=2_000)


class BatchAccepted(BaseModel):
    """What became of it: what it is taken back by, how many values, and files that somebody changed meanwhile."""

    batch: str
    decided: int
    conflicts: tuple[str, ...]


class TakenBack(BaseModel):
    """How many decisions were taken back."""

    decisions: int


@router.get("/proposals")
@needs(Role.READER)
def list_proposals(
    request: Request,
    document: Sha = "",
    within: Place = "",
    like: Place = "",
    code: Annotated[str, Query(max_length=100)] = "",
    after: Sha = "",
) -> Proposals:
    """List what may be accepted together: of a column, a row or a kind of doubt, in one document or all."""
    desk = get_desk(request)
    scope = _build_scope(document, within, like, code, after)
    found = batches.list_proposals(desk.archive, scope, desk.register, get_language(request))
    listed = tuple(
        ListedProposal(
            document=each.document,
            file_name=each.file_name,
            name=each.name,
            value=each.value,
            confidence=each.confidence,
            decision=each.decision,
        )
        for each in found.proposals
    )
    return Proposals(proposals=listed, digest=found.digest, disputed=found.disputed, following=found.following)


@router.post("/batches")
@needs(Role.REVIEWER)
def accept(request: Request, asked: BatchRequest) -> BatchAccepted:
    """Accept proposals that somebody looked at. 409 where the list is another by now; nothing is kept then."""
    desk = get_desk(request)
    scope = _build_scope(asked.document, asked.within, asked.like, asked.code, asked.after)
    found = batches.list_proposals(desk.archive, scope, desk.register, get_language(request))
    if found.digest != asked.digest:
        raise ConflictError("digest")
    if not all(0 <= index < len(found.proposals) for index in asked.chosen):
        raise UsageError(f"chosen: 0 … {len(found.proposals) - 1}")
    picked = [found.proposals[index] for index in sorted(set(asked.chosen))]
    done = batches.accept(desk.archive, picked, get_person(request), desk.settings, asked.why)
    return BatchAccepted(batch=done.batch, decided=done.decided, conflicts=done.conflicts)


@router.get("/batches")
@needs(Role.READER)
def list_batches(request: Request, most: Annotated[int, Query(alias="limit", ge=1, le=500)] = 50) -> list[BatchSummary]:
    """List the batches that were made, the newest first."""
    return batches.list_batches(get_desk(request).archive, most)


@router.delete("/batches/{batch}")
@needs(Role.REVIEWER)
def take_back(request: Request, batch: Annotated[str, Path(pattern=r"^[0-9a-f]{16}$")]) -> TakenBack:
    """Take a batch back as a whole; what people decided since stays."""
    desk = get_desk(request)
    return TakenBack(decisions=batches.take_back(desk.archive, batch, get_person(request), desk.settings))


def _build_scope(document: str, within: str, like: str, code: str, after: str) -> BatchScope:
    return BatchScope(document=document or None, within=within, like=like, code=code or None, after=after)
