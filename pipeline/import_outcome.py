"""What became of each entry of an import, and of all of them: the numbers add up to what was met."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from core.errors import ExitCode, SarabanError
from ingest.sources.listing import InputFile, SkipReason
from models.document import Document, DocumentStatus
from models.record_path import walk_fields


class Result(StrEnum):
    """What became of one entry."""

    IMPORTED = "imported"
    UNCHANGED = "unchanged"
    BETTER_KEPT = "better_kept"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """One entry of an import, in brief: no record is held, so that an import of any length stays as small.

    Attributes:
        name, origin: What it is called, and the path that it came from.
        result: `better_kept` where this reading lost more than the earlier one, which stays.
        sha256: Of its bytes, where they were kept.
        status: How reading it ended, now or before.
        annexes, rows: How many of them were read, now.
        skipped: Why it was not read.
        error: Why it could not be read.
        reasons: Codes of the errors within it, where a part was not read.
        doubts: How many of its values ask for review.
    """

    name: str
    origin: str
    result: Result
    sha256: str | None = None
    status: DocumentStatus | None = None
    annexes: int = 0
    rows: int = 0
    skipped: SkipReason | None = None
    error: SarabanError | None = None
    reasons: tuple[str, ...] = ()
    doubts: int = 0

    @classmethod
    def of_skipped(cls, entry: InputFile, reason: SkipReason | None = None) -> "ImportOutcome":
        """Return the outcome of an entry that is not read."""
        return cls(entry.name, entry.origin, Result.SKIPPED, skipped=reason or entry.skipped)

    @classmethod
    def of_error(cls, entry: InputFile, error: SarabanError) -> "ImportOutcome":
        """Return the outcome of an entry that cannot be read."""
        return cls(entry.name, entry.origin, Result.FAILED, error=error)

    @classmethod
    def of_document(cls, entry: InputFile, document: Document, *, is_kept: bool) -> "ImportOutcome":
        """Return the outcome of an entry that was read, and whether this reading is the one that stays."""
        failed = document.status is DocumentStatus.FAILED
        result = Result.BETTER_KEPT if not is_kept else Result.FAILED if failed else Result.IMPORTED
        return cls(
            name=entry.name,
            origin=entry.origin,
            result=result,
            sha256=document.source.sha256,
            status=document.status,
            annexes=len(document.annexes),
            rows=sum(len(annex.rows) for annex in document.annexes),
            doubts=sum(bool(found.review) for _, found in walk_fields(document)),
            reasons=tuple(dict.fromkeys(issue.code for issue in document.issues if issue.severity == "error")),
        )

    @property
    def is_lost(self) -> bool:
        """Whether it was not read, not as a whole, or worse than before; what is skipped was not to be read."""
        return self.result in (Result.FAILED, Result.BETTER_KEPT) or self.status is DocumentStatus.PARTIAL

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values, without those that say nothing."""
        plain = {
            "path": self.origin,
            "result": self.result.value,
            "sha256": self.sha256,
            "status": self.status.value if self.status else None,
            "annexes": self.annexes or None,
            "rows": self.rows or None,
            "reason": self.error.slug if self.error else self.skipped.value if self.skipped else None,
            "detail": self.error.detail if self.error else None,
            "reasons": list(self.reasons) or None,
        }
        return {key: value for key, value in plain.items() if value is not None}


@dataclass(slots=True)
class ImportSummary:
    """All entries of an import, counted.

    Attributes:
        lost: How many were not read, not as a whole, or worse than before.
    """

    lost: int = 0
    results: Counter[Result] = field(default_factory=Counter)
    statuses: Counter[DocumentStatus] = field(default_factory=Counter)
    skips: Counter[SkipReason] = field(default_factory=Counter)
    first_error: SarabanError | None = None

    def add(self, outcome: ImportOutcome) -> None:
        """Count one entry."""
        self.lost += outcome.is_lost
        self.results[outcome.result] += 1
        if outcome.status is not None:
            self.statuses[outcome.status] += 1
        if outcome.skipped is not None:
            self.skips[outcome.skipped] += 1
        self.first_error = self.first_error or outcome.error

    @property
    def met(self) -> int:
        """How many entries there were."""
        return self.results.total()

    @property
    def wanted(self) -> int:
        """How many were to be read."""
        return self.met - self.results[Result.SKIPPED]

    @property
    def good(self) -> int:
        """How many are in the archive as they were read best."""
        return self.wanted - self.results[Result.FAILED]

    @property
    def exit_code(self) -> ExitCode:
        """How the command ends: nothing could be read, some could not, or all is well; skips are no failure."""
        if self.results[Result.FAILED] and not self.good:
            return self.first_error.exit_code if self.first_error else ExitCode.UNREADABLE
        return ExitCode.PARTIAL if self.lost else ExitCode.OK

    def as_json(self) -> dict[str, Any]:
        """Return the counts as plain values."""
        return {
            "met": self.met,
            "results": {each.value: self.results[each] for each in Result},
            "skipped": dict(self._named(self.skips)),
            "statuses": dict(self._named(self.statuses)),
        }

    @staticmethod
    def _named(counts: Counter[Any]) -> Iterator[tuple[str, int]]:
        return ((each.value, count) for each, count in sorted(counts.items()))
