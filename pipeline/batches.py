"""Accepting many proposals at once: a column, a row, a kind of doubt; in one document or over all.

Only what Enter would accept is among them: values that nothing speaks against but how clearly they were read. What
rules or readings dispute, what a person decided and what one left for later is never accepted so.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from core.errors import ConflictError, Language, NotFoundError, UsageError
from core.settings import Settings
from models.decision import Answer, Decision, left_for_later
from models.document import Document
from models.doubt import Doubt, find_doubts
from models.field import Record
from models.record_path import template
from models.register import Register
from pipeline.deciding import decide, history, make_decision, undo_batch
from pipeline.questions import ask
from pipeline.value_text import show_value
from store import batches as store
from store.archive import Archive
from store.batches import BatchSummary

MOST: Final = 100
"""Proposals of one batch at most: as many as a person looks through on one page."""
_MOST_LOOKED_AT: Final = 400
"""Doubts that are looked at for one page at most, where they are all of one document."""
_LOOKED_AT: Final = 60
"""Doubts after which a page ends with the document: each costs some milliseconds, most of them for its document."""


class BatchScope(Record):
    """Which doubts are meant. All that is given must hold.

    Attributes:
        document: Those of one document, by its SHA-256.
        within: Those in a part of the record: of a row `annexes[0].rows[3]`.
        like: Those of one meaning, as a path without indices: of a column `annexes[].rows[].cells.c3`.
        code: Those of one kind.
        after: Those of documents behind one, in the order of their SHA-256.
    """

    document: str | None = None
    within: str = ""
    like: str = ""
    code: str | None = None
    after: str = ""

    @property
    def is_bounded(self) -> bool:
        """Whether it means like doubts and not simply all; a column has a meaning in its own document alone."""
        over_documents = self.document is not None or ".cells." not in self.like
        return over_documents and any((self.within and self.document, self.like, self.code))

    def holds(self, target: str) -> bool:
        """Whether a doubt of that target is meant, as far as its path tells."""
        inside = not self.within or target == self.within or target.startswith((f"{self.within}.", f"{self.within}["))
        return inside and (not self.like or template(target) == self.like)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value that may be accepted as it stands.

    Attributes:
        document: SHA-256 of the file.
        file_name: Its name.
        name: Which value, in words.
        value: As it stands, in words.
        raw: As read.
        page: Where; None where that is not known.
        confidence: From 0 to 1.
        decision: What accepting it is.
    """

    document: str
    file_name: str
    name: str
    value: str
    raw: str
    page: int | None
    confidence: float
    decision: Decision


@dataclass(frozen=True, slots=True)
class BatchProposals:
    """What a person looks at before accepting it.

    Attributes:
        proposals: In the order of documents.
        disputed: How many doubts are meant, too, and need an answer each.
        following: The document behind which the next page begins, as `BatchScope.after`; None where all are here.
    """

    proposals: tuple[Proposal, ...]
    disputed: int
    following: str | None

    @property
    def digest(self) -> str:
        """What the list is known by: where a value in it is another by now, this is."""
        parts = [(each.document, each.decision.path, each.decision.before) for each in self.proposals]
        return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class AcceptedBatch:
    """What became of it.

    Attributes:
        batch: What it is taken back by.
        decided: How many values were accepted.
        conflicts: Names of files that somebody changed meanwhile; nothing was accepted in those.
    """

    batch: str
    decided: int
    conflicts: tuple[str, ...]


def list_proposals(
    archive: Archive, scope: BatchScope, register: Register, language: Language = "th"
) -> BatchProposals:
    """Return what may be accepted together, a page of it.

    Raises:
        UsageError: The scope means no like doubts.
    """
    if not scope.is_bounded:
        raise UsageError("โปรดระบุช่อง แถว หรือชนิดของข้อสงสัย", "name a column, a row or a kind of doubt")
    proposals: list[Proposal] = []
    looked_at, previous = 0, ""
    with archive.reading() as connection:
        found = store.iterate_doubts(connection, scope.document, scope.code, scope.after)
        for sha, targets in groupby((pair for pair in found if scope.holds(pair[1])), key=lambda pair: pair[0]):
            if looked_at >= _LOOKED_AT:
                return BatchProposals(tuple(proposals), looked_at - len(proposals), previous)
            previous = sha
            document = archive.document(sha)
            if document is None:
                continue
            for doubt in _meant(archive, document, {target for _, target in targets}):
                if len(proposals) == MOST or looked_at == _MOST_LOOKED_AT:
                    return BatchProposals(tuple(proposals), looked_at - len(proposals), sha)
                looked_at += 1
                proposals += _propose(archive, document, doubt, register, language)
    return BatchProposals(tuple(proposals), looked_at - len(proposals), None)


def accept(
    archive: Archive, proposals: Sequence[Proposal], person: str, settings: Settings, why: str = ""
) -> AcceptedBatch:
    """Accept proposals, of each document all or none, and return what they can be taken back by."""
    batch = secrets.token_hex(8)
    decided, conflicts = 0, []
    for sha, group in groupby(proposals, key=lambda proposal: proposal.document):
        held = list(group)
        decisions = [each.decision.model_copy(update={"why": why}) for each in held]
        try:
            decided += len(decide(archive, sha, decisions, person, settings, batch))
        except ConflictError:
            conflicts.append(held[0].file_name)
    return AcceptedBatch(batch, decided, tuple(conflicts))


def take_back(archive: Archive, batch: str, person: str, settings: Settings) -> int:
    """Take a whole batch back and return how many decisions that were. What people decided since stays.

    Raises:
        NotFoundError: There is no such batch.
    """
    with archive.reading() as connection:
        documents = store.list_documents(connection, batch)
    if not documents:
        raise NotFoundError(batch)
    return sum(undo_batch(archive, sha, person, settings, batch) for sha in documents)


def list_batches(archive: Archive, most: int) -> list[BatchSummary]:
    """Return the newest batches."""
    with archive.reading() as connection:
        return store.list_batches(connection, most)


def _meant(archive: Archive, document: Document, targets: set[str]) -> Iterator[Doubt]:
    held = [each for each in history(archive, document.source.sha256) if not each.revoked]
    doubts = find_doubts(document, left_for_later(held))
    return (doubt for doubt in doubts if doubt.target in targets and not doubt.later)


def _propose(
    archive: Archive, document: Document, doubt: Doubt, register: Register, language: Language
) -> Iterator[Proposal]:
    question = ask(archive, document, doubt, register, language)
    if question.field is None or not question.by_default:
        return
    yield Proposal(
        document=document.source.sha256,
        file_name=document.source.name,
        name=question.name,
        value=show_value(question.field.value, language),
        raw=question.field.raw,
        page=question.page,
        confidence=question.field.confidence,
        decision=make_decision(document, doubt.path, Answer.CONFIRMED, register),
    )
