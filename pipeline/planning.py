"""What an import would do, before it does it: what is there, what is known, and what it will cost."""

import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from core.errors import InputError, LimitError, SarabanError
from core.fingerprint import sha256_file
from core.settings import Settings
from ingest.recognition.recognizer import TextRecognizer
from ingest.sources.file_type import DATA_TYPES, MediaType, identify
from ingest.sources.listing import InputFile, Listing, SkipReason
from models.confirmation import Confirmation
from models.table_facts import NOTHING_SAID, TableFacts
from pipeline.document_work import OpenTask, open_document
from pipeline.import_control import Shard
from pipeline.versions import engine_key
from pipeline.worker_pool import WorkItem
from pipeline.workers import LocalPool, PendingWork
from store import removals, table_facts
from store.archive import Archive

_PICTURE_SECONDS: Final = 6.0
"""Processor time of a page that is a picture, on one core of today's office computer."""
_TEXT_SECONDS: Final = 0.5
"""Processor time of a page of text or of a table, likewise."""
_RECORD_BYTES: Final = 120_000
"""Room that a page takes in the database, beside its original: what was read, the record, and the index."""
_AT_ONCE: Final = 16
"""Files whose pages are counted side by side, for each worker."""


@dataclass(slots=True)
class ImportPlan:
    """What an import would do.

    Attributes:
        met: How many entries there are.
        known: How many are in the archive and need not be read.
        fresh: How many would be read.
        skips: How many would not be read, by reason.
        failures: What cannot be read, with the reason.
        pages: How many pages are to be read, by kind of file.
        bytes: Of the originals that would be kept.
    """

    met: int = 0
    known: int = 0
    fresh: int = 0
    skips: Counter[SkipReason] = field(default_factory=Counter)
    failures: list[tuple[str, SarabanError]] = field(default_factory=list)
    pages: Counter[MediaType] = field(default_factory=Counter)
    bytes: int = 0

    def cpu_seconds(self) -> float:
        """Return about how much processor time it takes."""
        cheap = {MediaType.TEXT, *DATA_TYPES}
        return sum(n * (_TEXT_SECONDS if kind in cheap else _PICTURE_SECONDS) for kind, n in self.pages.items())

    def disk_bytes(self) -> int:
        """Return about how much room it takes in the archive."""
        return self.bytes + _RECORD_BYTES * self.pages.total()


def plan_import(
    files: Sequence[Path],
    archive: Archive | None,
    settings: Settings,
    recognizer: TextRecognizer,
    shard: Shard | None = None,
    facts: TableFacts = NOTHING_SAID,
) -> ImportPlan:
    """Return what an import of files would do; nothing is read, and nothing is written.

    Args:
        files: Files, folders and ZIP files.
        archive: Where they would go; None where it would be made.
        settings: Limits, and the number of workers that count pages.
        recognizer: What would read them.
        shard: The part that would be read.
        facts: What a person says of the tables among them.

    Raises:
        LimitError: There are more than `limits.files`.
    """
    plan = ImportPlan()
    seen: set[str] = set()
    with Listing(files, settings.limits) as listing, LocalPool(settings.jobs, settings.limits) as pool:
        planner = _Planner(plan, archive, settings, recognizer, shard, facts, pool)
        for entry in listing.entries:
            plan.met += 1
            if entry.skipped is not None:
                plan.skips[entry.skipped] += 1
                continue
            try:
                planner.look_at(entry, seen)
            except InputError as error:
                plan.failures.append((entry.origin, error))
        planner.settle(0)
    return plan


@dataclass(slots=True)
class _Planner:
    plan: ImportPlan
    archive: Archive | None
    settings: Settings
    recognizer: TextRecognizer
    shard: Shard | None
    facts: TableFacts
    pool: LocalPool
    _counting: list[tuple[str, MediaType, PendingWork[int]]] = field(default_factory=list)
    _keys: dict[tuple[MediaType, tuple[str, ...]], str] = field(default_factory=dict)
    _hidden: frozenset[str] = frozenset()
    _confirmed: Sequence[Confirmation] = ()

    def __post_init__(self) -> None:
        """Ask the archive once what is the same for all files."""
        if self.archive is not None:
            self._confirmed = tuple(each.confirmation for each in self.archive.confirmations())
            with self.archive.reading() as connection:
                self._hidden = frozenset(each.document for each in removals.list_removed(connection))

    def look_at(self, entry: InputFile, seen: set[str]) -> None:
        """Look at one entry, without keeping or reading it.

        Raises:
            InputError: It cannot be read.
        """
        with entry.opened(self.settings.limits) as path:
            media_type = identify(path, self.settings.limits, entry.name)
            sha = sha256_file(path)
            if self.shard is not None and not self.shard.holds(sha):
                self.plan.skips[SkipReason.OTHER_SHARD] += 1
                return
            if sha in seen or self._is_known(sha, media_type):
                self.plan.known += 1
                return
            seen.add(sha)
            size = path.stat().st_size
            pages = 1 if media_type in DATA_TYPES else None
            if pages is None and entry.member is None:
                self._counting.append((entry.origin, media_type, self._count(path, entry.name)))
                self.plan.bytes += size
                self.settle(_AT_ONCE * self.settings.jobs)
                return
            pages = pages or self._count(path, entry.name).result()  # what is unpacked is there only now
        self._add(media_type, pages)
        self.plan.bytes += size

    def settle(self, most: int) -> None:
        """Wait for the first counts until so many are under way at most."""
        while len(self._counting) > most:
            origin, media_type, counted = self._counting.pop(0)
            try:
                self._add(media_type, counted.result())
            except InputError as error:
                self.plan.failures.append((origin, error))

    def _add(self, media_type: MediaType, pages: int) -> None:
        self.plan.fresh += 1
        self.plan.pages[media_type] += pages

    def _is_known(self, sha: str, media_type: MediaType) -> bool:
        if self.archive is None:
            return False
        if sha in self._hidden:
            return True
        with self.archive.reading() as connection:
            facts = self.facts.over(table_facts.in_force(connection, sha))
        known = media_type, facts.as_texts()
        if known not in self._keys:
            self._keys[known] = engine_key(media_type, self.recognizer, self.settings, self._confirmed, known[1])
        return self.archive.is_current(sha, self._keys[known])

    def _count(self, path: Path, name: str) -> PendingWork[int]:
        def lost(_code: str, detail: str) -> int:
            raise LimitError(f"{name}: {detail}")

        task = OpenTask(path, name, self.settings.limits)
        return self.pool.begin(WorkItem(_count_pages, task, self.settings.limits.open_seconds, lost))


def _count_pages(task: OpenTask) -> int:
    return open_document(task).pages


def free_bytes(folder: Path) -> int:
    """Return the room that is left where an archive is, or would be."""
    there = next(each for each in (folder.absolute(), *folder.absolute().parents) if each.exists())
    return shutil.disk_usage(there).free
