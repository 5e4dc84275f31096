"""Which two rounds of the archive to hold against each other, doing it, and writing the report of it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.errors import NotFoundError, UsageError
from gazetteer import ledger
from gazetteer.register import own_changes
from models.change import Comparison
from models.snapshot import Series, Snapshot
from pipeline.deciding import freeze_decided
from reports.change_report import build
from reports.render import extract_path, extracts, render
from reports.report_layout import Digits
from rounds.diff import compare
from rounds.series import merged, renamed, same_series, series_of, split
from store.archive import Archive


def series_in(archive: Archive) -> list[Series]:
    """Return the series of the archive, as people corrected them, with what they decided of values."""
    freeze_decided(archive)
    return series_of(archive.snapshots(), archive.round_choices())


def correct_series(archive: Archive, action: str, names: Sequence[str], title: str = "") -> None:
    """Correct which rounds form a series: `merge A B`, `split A`, or `rename A` with a title.

    Raises:
        UsageError: Another action, or not the documents and title that it needs.
        NotFoundError: A document is not in the archive, or holds no annex.
    """
    wanted = {"merge": 2, "split": 1, "rename": 1}.get(action)
    if wanted is None or len(names) != wanted or bool(title) != (action == "rename"):
        raise UsageError("saraban rounds merge A B | split A | rename A --title …")
    rounds = [_round_of(archive, name) for name in names]
    if action == "merge":
        archive.put_round_choices(merged(*(_series_with(archive, one) for one in rounds)))
    elif action == "split":
        archive.put_round_choices(split(each for each in archive.snapshots() if _one_round(each, rounds[0])))
    else:
        archive.put_round_choices(renamed(_series_with(archive, rounds[0]), title))


def _series_with(archive: Archive, one: Snapshot) -> Series:
    """Return the series that a round is of; a newer reading of the same round may stand for it there."""
    found = [each for each in series_in(archive) if any(_one_round(known, one) for known in each.rounds)]
    if not found:
        raise NotFoundError(one.document[:12])
    return found[0]


def _one_round(a: Snapshot, b: Snapshot) -> bool:
    """Whether two snapshots are readings of one round."""
    if (a.document, a.annex) == (b.document, b.annex):
        return True
    return a.as_of is not None and a.as_of == b.as_of and same_series(a, b)


def choose_rounds(
    archive: Archive, before: str | None, after: str | None, *, latest: bool
) -> tuple[Snapshot, Snapshot]:
    """Return the two rounds that are meant.

    Args:
        archive: Where they are.
        before: Earlier document, by file name or first digits of the SHA-256.
        after: Later document, likewise.
        latest: The two latest rounds of the series with the latest round, instead of naming them.

    Raises:
        UsageError: Neither two documents nor `latest`, or no series has two rounds.
        NotFoundError: A document is not in the archive, or holds no annex.
    """
    if latest and before is None and after is None:
        series = [one for one in series_in(archive) if len(one.rounds) >= 2]
        if not series:
            raise UsageError("--latest: ยังไม่มีชุดบัญชีที่มีสองรอบ / no series has two rounds yet")
        newest = max(series, key=lambda one: (one.rounds[-1].as_of is not None, one.rounds[-1].as_of))
        return newest.rounds[-2], newest.rounds[-1]
    if before is None or after is None or latest:
        raise UsageError("saraban diff A B | saraban diff --latest")
    return _round_of(archive, before), _round_of(archive, after)


def rounds_before(archive: Archive, pair: tuple[Snapshot, Snapshot]) -> tuple[Snapshot, ...]:
    """Return the rounds of the series before the two, so that a report can tell how long a body is outstanding."""
    for series in series_in(archive):
        keys = [one.key for one in series.rounds]
        if pair[0].key in keys:
            return tuple(series.rounds[: keys.index(pair[0].key)])
    return ()


def compare_rounds(pair: tuple[Snapshot, Snapshot], *, force: bool, own: Path | None = None) -> Comparison:
    """Return the changes from the first round to the second.

    Args:
        pair: The earlier round and the later one.
        force: Compare also where a round violates rules that make that unsafe.
        own: The office's own ledger of bodies, `Settings.bodies`.

    Raises:
        UsageError: A round violates rules that make a comparison unsafe, and `force` is not set.
    """
    return compare(*pair, force, ledger.successions(own_changes(own)))


@dataclass(frozen=True, slots=True)
class Asked:
    """How a report is wanted.

    Attributes:
        by_district: One extract a district, named after it, instead of the whole.
        digits: Thai or Arabic.
        made_by: Office or person that makes it.
        made_on: Day of the report; today where not given.
        deadline: Day by which all should be complete, instead of the one that the letters name.
    """

    by_district: bool = False
    digits: Digits = "thai"
    made_by: str = ""
    made_on: dt.date | None = None
    deadline: dt.date | None = None


AS_USUAL = Asked()


def write_report(archive: Archive, comparison: Comparison, path: Path, asked: Asked = AS_USUAL) -> list[Path]:
    """Write the report of a comparison, and return the files that were written.

    Args:
        archive: Holds the earlier rounds, and the letters that the rounds came with.
        comparison: The two rounds and their changes.
        path: Where to; the suffix chooses the format.
        asked: How it is wanted.

    Raises:
        UsageError: The suffix is of no format that we write, or a file cannot be written.
        MissingToolError: A PDF is asked for and no Thai face is installed.
    """
    pair = comparison.before, comparison.after
    found = [archive.document(sha) for sha in dict.fromkeys(each.document for each in pair)]
    sources = [document for document in found if document is not None]
    made_on = asked.made_on or dt.datetime.now().astimezone().date()
    facts = made_on, asked.made_by, rounds_before(archive, pair), sources
    if asked.deadline is not None:
        after = comparison.after.model_copy(update={"deadline": asked.deadline})
        comparison = comparison.model_copy(update={"after": after})
    if not asked.by_district:
        render(build(comparison, *facts), path, asked.digits)
        return [path]
    written = []
    for extract in extracts(comparison, *facts):
        written.append(extract_path(path, extract.scope))
        render(extract, written[-1], asked.digits)
    return written


def _round_of(archive: Archive, name: str) -> Snapshot:
    document = archive.document(name)
    if document is None:
        raise NotFoundError(name)
    freeze_decided(archive)
    found = [one for one in archive.snapshots() if one.document == document.source.sha256]
    if not found:
        raise NotFoundError(f"{name}: ไม่มีบัญชีสถานะ / no status annex")
    return max(found, key=lambda one: (-one.annex, one.version))
