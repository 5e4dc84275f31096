"""A person's decision on a value: kept, laid over the reading, and judged by the rules at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from core.errors import ConflictError, UsageError
from core.settings import Settings
from models.decision import Answer, Decision, Ground, StoredDecision
from models.document import Document, DocumentStatus
from models.document_status import derive_status
from models.doubt import find_doubts, find_notices
from models.field import Field
from models.record_path import get_field, template, walk_fields
from models.register import Register
from models.snapshot import Snapshot
from models.table_facts import NOTHING_SAID, TableFacts
from pipeline.judging import judge_document
from pipeline.overlay import answer_findings, apply_decisions
from pipeline.typed_values import parse_value, to_json
from pipeline.wording_layer import apply_wordings
from rounds.snapshot import freeze, is_round
from rules.runner import findings
from store import decisions as store
from store import records, removals, status_wordings
from store.archive import Archive

_TRIES: Final = 20
"""How often a reading is laid anew under decisions that came in meanwhile, before it is given up."""


@dataclass(frozen=True, slots=True)
class DecisionOutcome:
    """What became of a decision.

    Attributes:
        recorded: The decision as kept.
        document: The document with it.
        settled: Targets of other doubts that are settled by it.
        raised: Targets of doubts that were not there before.
    """

    recorded: StoredDecision
    document: Document
    settled: tuple[str, ...] = ()
    raised: tuple[str, ...] = ()


def decide(
    archive: Archive,
    sha: str,
    decisions: Sequence[Decision],
    person: str,
    settings: Settings,
    batch: str | None = None,
) -> list[DecisionOutcome]:
    """Keep decisions on values of one document, all or none, and return what became of each.

    Args:
        archive: Where they are kept.
        sha: The document.
        decisions: What the person says.
        person: Who decides.
        settings: Rules and register.
        batch: What decisions that one act made together carry, over documents, so that they can be taken back together.

    Raises:
        ConflictError: A value is not what the person saw any more; nothing was kept.
        NotFoundError: The document is not in the archive.
        UsageError: A decision names no value of the document, or no value of its type.
    """
    with archive.writing() as connection:
        kept = store.get(connection, sha)
        for decision in decisions:
            _refuse_stale(kept.current, decision)
        held = store.in_force(connection, sha)
        before = {doubt.target for doubt in find_doubts(kept.current)}
        recorded = [store.add(connection, sha, decision, person, batch) for decision in decisions]
        held += recorded
        document = with_decisions(_with_wordings(connection, kept.reading), held, settings)
        store.put_current(connection, kept, document, held)
    after = {doubt.target for doubt in find_doubts(document)}
    own = {each.decision.target for each in recorded}
    settled, raised = tuple(sorted(before - after - own)), tuple(sorted(after - before))
    return [DecisionOutcome(each, document, settled, raised) for each in recorded]


def undo(archive: Archive, sha: str, person: str, settings: Settings, number: int | None = None) -> StoredDecision:
    """Take a decision back, the last one of a document where none is named, and return it.

    Raises:
        UsageError: None of that number is in force on this document.
        NotFoundError: The document is not in the archive.
    """
    with archive.writing() as connection:
        kept = store.get(connection, sha)
        held = store.in_force(connection, sha)
        found = [each for each in held if number in (None, each.id)]
        if not found:
            raise UsageError("ไม่มีคำวินิจฉัยให้ยกเลิก", "there is no decision to take back")
        store.revoke(connection, found[-1], person)
        held.remove(found[-1])
        document = with_decisions(_with_wordings(connection, kept.reading), held, settings)
        store.put_current(connection, kept, document, held)
    return found[-1]


def undo_batch(archive: Archive, sha: str, person: str, settings: Settings, batch: str) -> int:
    """Take back all decisions of a batch on one document, and return how many were in force.

    Raises:
        NotFoundError: The document is not in the archive.
    """
    with archive.writing() as connection:
        kept = store.get(connection, sha)
        held = store.in_force(connection, sha)
        found = [each for each in held if each.batch == batch]
        for each in found:
            store.revoke(connection, each, person)
        left = [each for each in held if each.batch != batch]
        if found:
            document = with_decisions(_with_wordings(connection, kept.reading), left, settings)
            store.put_current(connection, kept, document, left)
    return len(found)


def make_decision(
    document: Document, path: str, answer: Answer, register: Register, text: str = "", why: str = ""
) -> Decision:
    """Return the decision that a person's answer about a value is, as the value stands now.

    Args:
        document: As the person saw it.
        path: The value.
        answer: What the person says; `corrected` needs the text.
        register: Bodies that a typed name may be of.
        text: The right value, as typed.
        why: In the person's words.

    Raises:
        UsageError: There is no such value, nothing to confirm, or the text is none for it.
    """
    field = get_field(document, path)
    if field is None:
        raise UsageError(f"{path}: ไม่มีค่านี้ในเอกสาร", f"{path}: no such value")
    after = parse_value(document, path, text, register) if answer is Answer.CORRECTED else None
    if answer is Answer.CONFIRMED and field.value is None:
        raise UsageError(f"{path}: ไม่มีค่าให้ยืนยัน", f"{path}: there is no value to confirm (saraban set)")
    return Decision(
        path=path,
        answer=answer,
        ground=Ground.from_field(field),
        before=to_json(field.value),
        after=to_json(after),
        why=why,
        shown=_shown(document, path, field),
    )


def answer_finding(document: Document, rule: str, message: str, answer: Answer, why: str = "") -> Decision:
    """Return the decision that an answer to a finding, or to a notice, is.

    Args:
        document: As the person saw it.
        rule: The rule, or the code of the notice.
        message: What it said, in Thai.
        answer: `confirmed` says that the paper is indeed so; the other one is `later`.
        why: In the person's words.

    Raises:
        UsageError: Another answer: values are corrected, not findings.
        ConflictError: It does not say so any more.
    """
    if answer not in (Answer.CONFIRMED, Answer.LATER):
        raise UsageError(f"{rule}: confirmed | later")
    every = (*document.findings, *find_notices(document))
    finding = next((each for each in every if (each.rule, each.message.th) == (rule, message)), None)
    if finding is None:
        raise ConflictError(rule)
    path = finding.evidence[0] if finding.evidence else ""
    return Decision(path=path, rule=rule, answer=answer, before=message, why=why, shown=(rule,))


def find_alike(document: Document, path: str) -> list[str]:
    """Return the other doubted values of the document that have the same meaning and were read the same.

    What a person already decided is never among them.
    """
    field = get_field(document, path)
    if field is None or not field.raw.strip():
        return []
    return [
        other
        for other, found in walk_fields(document)
        if other != path and template(other) == template(path) and found.raw == field.raw and found.review
    ]


def keep_reading(
    archive: Archive,
    reading: Document,
    engine: str,
    settings: Settings,
    origin: str | None = None,
    prepared: store.PreparedReading | None = None,
    facts: TableFacts = NOTHING_SAID,
) -> tuple[Document, bool]:
    """Keep what was read of a document with what people decided in it, and freeze its rounds.

    Args:
        archive: Where it is kept.
        reading: The record as the machine made it.
        engine: What read it.
        settings: Rules that judge it anew.
        origin: Where the file came from.
        prepared: What is kept of it, where it was made beforehand.
        facts: What a person said of its tables; it is kept with it.

    Returns:
        The document with decisions, and whether it was kept; see `store.archive.Archive.put_document`.

    Raises:
        ConflictError: People decide faster than it can be kept.
    """
    sha = reading.source.sha256
    for _ in range(_TRIES):
        with archive.reading() as connection:
            last, held = store.last_id(connection, sha), store.in_force(connection, sha)
            worded, wording = _with_wordings(connection, reading), status_wordings.last_id(connection)
        document = with_decisions(worded, held, settings) if held or worded is not reading else reading
        try:
            decided = store.DecidedDocument(reading, last, wording, facts, prepared)
            return document, archive.put_document(document, engine, freeze_rounds(document), origin, decided)
        except ConflictError:
            continue
    raise ConflictError(reading.source.name)


def freeze_rounds(document: Document) -> tuple[Snapshot, ...]:
    """Return the annexes of a document that are rounds, frozen."""
    return tuple(freeze(document, index) for index, annex in enumerate(document.annexes) if is_round(annex))


def index_outdated(archive: Archive) -> int:
    """Make anew what an older version made of its records for lists, search and queries; return of how many."""
    if archive.read_only:
        return 0
    with archive.writing() as connection:
        return store.index_outdated(connection)


def freeze_decided(archive: Archive) -> None:
    """Freeze the rounds of documents in which people decided something since, as newer readings of the same rounds."""
    with archive.reading() as connection:
        shas = store.decided_since_frozen(connection)
    for sha in shas:
        with archive.writing() as connection:
            records.put_rounds(connection, sha, freeze_rounds(store.get(connection, sha).current))


def lay_decisions(connection: Connection, sha: str, settings: Settings) -> None:
    """Lay what people said over the reading of a document anew, and freeze its rounds, as after a merge."""
    kept, held = store.get(connection, sha), store.in_force(connection, sha)
    worded = _with_wordings(connection, kept.reading)
    document = with_decisions(worded, held, settings) if held or worded is not kept.reading else kept.reading
    store.put_current(connection, kept, document, held)
    records.put_rounds(connection, sha, freeze_rounds(document))


def put_back(archive: Archive, sha: str, reason: str, settings: Settings) -> None:
    """Put a document back that was taken out, with what people said meanwhile of all documents alike."""
    with archive.writing() as connection:
        removals.note(connection, sha, reason, removed=False)
        lay_decisions(connection, sha, settings)


def with_decisions(reading: Document, held: Sequence[StoredDecision], settings: Settings) -> Document:
    """Return a reading with decisions in it, judged anew."""
    document = apply_decisions(reading, held)
    found = findings(judge_document(document, settings))
    document = document.model_copy(update={"findings": answer_findings(found, held)})
    unanswered = tuple(finding for finding in document.findings if finding.answered is None)
    status = derive_status(document.model_copy(update={"findings": unanswered}))
    if status is DocumentStatus.NEEDS_REVIEW and not find_doubts(document):
        status = DocumentStatus.OK
    return document.model_copy(update={"status": status})


def history(archive: Archive, sha: str) -> list[StoredDecision]:
    """Return every decision on a document, oldest first."""
    with archive.reading() as connection:
        return store.history(connection, sha)


def _with_wordings(connection: Connection, reading: Document) -> Document:
    """Return a reading with what people said that its wordings of statuses mean."""
    return apply_wordings(reading, [each.wording for each in status_wordings.in_force(connection)])


def _refuse_stale(current: Document, decision: Decision) -> None:
    if decision.rule is not None:
        return
    field = get_field(current, decision.path)
    if field is None:
        raise UsageError(f"{decision.path}: ไม่มีค่านี้ในเอกสาร", "no such value")
    if to_json(field.value) != decision.before or field.raw != decision.ground.raw:
        raise ConflictError(decision.path)


def _shown(document: Document, path: str, field: Field[object]) -> tuple[str, ...]:
    rules = [finding.rule for finding in document.findings if path in finding.evidence]
    candidates = [f"= {candidate.value}" for candidate in (field.repair.candidates if field.repair else ())]
    return tuple(dict.fromkeys((*field.review, *rules, *candidates)))
