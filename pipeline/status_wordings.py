"""A wording of statuses gets its meaning once, from a person, for every document that has it or will come with it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from core.errors import ConflictError, UsageError
from core.settings import Settings
from models.document import Document
from models.status_wording import StatusWording, StoredStatusWording
from pipeline.deciding import freeze_rounds, with_decisions
from pipeline.wording_layer import apply_wordings, count_changed, find_asked
from store import decisions, records, removals, status_wordings
from store.archive import Archive
from store.schema import documents


@dataclass(frozen=True, slots=True)
class UnknownWording:
    """A wording that means nothing known.

    Attributes:
        column: Header of its column.
        text: The wording as documents have it.
        rows: How many rows have it.
        documents: Names of the documents, with how many rows each has.
    """

    column: str
    text: str
    rows: int
    documents: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class WordingEffect:
    """What a meaning changes in one document that is kept.

    Attributes:
        document: SHA-256.
        name: Its name.
        rows: Of how many rows the status changes.
    """

    document: str
    name: str
    rows: int


@dataclass(frozen=True, slots=True)
class _Change:
    """A document whose statuses become others."""

    kept: decisions.ArchivedDocument
    after: Document
    rows: int


def list_unknown(archive: Archive) -> list[UnknownWording]:
    """Return the wordings that no meaning is known of, those of the most rows first."""
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    with archive.reading() as connection:
        for sha in _list_with_annexes(connection):
            document = decisions.get(connection, sha).current
            for annex in document.annexes:
                for asked in find_asked(annex):
                    found[asked.column, asked.text][document.source.name] += 1
    unknown = [
        UnknownWording(column, text, counts.total(), tuple(counts.most_common()))
        for (column, text), counts in found.items()
    ]
    return sorted(unknown, key=lambda each: (-each.rows, each.column, each.text))


def list_given(archive: Archive) -> list[StoredStatusWording]:
    """Return the meanings in force, oldest first."""
    with archive.reading() as connection:
        return status_wordings.in_force(connection)


def preview(archive: Archive, wording: StatusWording, settings: Settings) -> list[WordingEffect]:
    """Return what a meaning would change; nothing is written."""
    with archive.reading() as connection:
        held = [each.wording for each in status_wordings.in_force(connection) if not _is_same_place(each, wording)]
        return _describe(_find_changes(connection, [*held, wording], settings))


def confirm(
    archive: Archive, wording: StatusWording, person: str, settings: Settings, expected: int | None = None
) -> tuple[StoredStatusWording, list[WordingEffect]]:
    """Keep what a wording means, and lay it over every document that has it; all or nothing.

    Never over what a person set: decisions on single values lie above it.

    Args:
        archive: Where it is kept.
        wording: The meaning; of the same wording in the same column the last one holds.
        person: Who says so.
        settings: Rules that judge the documents anew.
        expected: In how many rows the person was told that it changes something.

    Raises:
        ConflictError: It is another number of rows by now; nothing was kept.
    """
    with archive.writing() as connection:
        held = status_wordings.in_force(connection)
        earlier = next((each for each in held if _is_same_place(each, wording)), None)
        if earlier is not None and earlier.wording == wording:
            return earlier, []
        kept = [each.wording for each in held if each is not earlier]
        effects = _lay(connection, [*kept, wording], settings)
        if expected not in (None, sum(each.rows for each in effects)):
            raise ConflictError(wording.text)
        return status_wordings.add(connection, wording, person, earlier.id if earlier else None), effects


def undo(
    archive: Archive, person: str, settings: Settings, number: int | None = None
) -> tuple[StoredStatusWording, list[WordingEffect]]:
    """Take a meaning back, the last one where none is named, from every document too.

    Raises:
        UsageError: None of that number is in force.
    """
    with archive.writing() as connection:
        held = status_wordings.in_force(connection)
        found = [each for each in held if number in (None, each.id)]
        if not found:
            raise UsageError(
                "ไม่มีความหมายของสถานะให้ยกเลิก (ดู saraban statuses given)",
                "there is no meaning of a status to take back (see saraban statuses given)",
            )
        status_wordings.revoke(connection, found[-1].id, person)
        return found[-1], _lay(connection, [each.wording for each in held if each is not found[-1]], settings)


def lay_anew(archive: Archive, settings: Settings) -> list[WordingEffect]:
    """Lay the meanings in force over every document, as after other archives were taken in."""
    with archive.writing() as connection:
        held = [each.wording for each in status_wordings.in_force(connection)]
        return _lay(connection, held, settings) if status_wordings.last_id(connection) else []


def _lay(connection: Connection, wordings: Sequence[StatusWording], settings: Settings) -> list[WordingEffect]:
    changes = list(_find_changes(connection, wordings, settings))
    for change in changes:
        held = decisions.in_force(connection, change.after.source.sha256)
        decisions.put_current(connection, change.kept, change.after, held)
        records.put_rounds(connection, change.after.source.sha256, freeze_rounds(change.after))
    return _describe(changes)


def _find_changes(connection: Connection, wordings: Sequence[StatusWording], settings: Settings) -> Iterator[_Change]:
    """Yield the documents in which other statuses stand under these meanings than now."""
    for sha in _list_with_annexes(connection):
        kept = decisions.get(connection, sha)
        worded = apply_wordings(kept.reading, wordings)
        if worded is kept.reading and kept.current == kept.reading:
            continue
        after = with_decisions(worded, decisions.in_force(connection, sha), settings)
        rows = count_changed(kept.current, after)
        if rows:
            yield _Change(kept, after, rows)


def _describe(changes: Iterable[_Change]) -> list[WordingEffect]:
    return [
        WordingEffect(change.after.source.sha256, change.after.source.name, change.rows)
        for change in sorted(changes, key=lambda change: -change.rows)
    ]


def _list_with_annexes(connection: Connection) -> list[str]:
    query = (
        select(documents.c.sha256)
        .where(documents.c.annexes > 0, documents.c.sha256.not_in(removals.hidden()))
        .order_by(documents.c.imported_at, documents.c.sha256)
    )
    return list(connection.execute(query).scalars())


def _is_same_place(recorded: StoredStatusWording, wording: StatusWording) -> bool:
    return (recorded.wording.column, recorded.wording.text) == (wording.column, wording.text)
