"""Which two rounds of the archive to hold against each other, doing it, and writing the report of it."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from core.errors import NotFoundError, UsageError
from core.office import OfficeSettings
from gazetteer import ledger
from gazetteer.register import own_changes
from models.change import Comparison
from models.snapshot import RoundCorrection, Series, Snapshot
from pipeline.deciding import freeze_decided
from reports.change_report import build
from reports.render import extract_path, extracts, render
from reports.report_layout import Digits
from rounds.corrections import apply_corrections
from rounds.papers import combine_papers
from rounds.selection import (
    RoundPair,
    choose_province,
    compare_pair,
    find_earlier,
    find_latest,
    is_same_round,
)
from rounds.series import group_series, merged, renamed, split
from rounds.snapshot import title_skeleton
from store import frozen_rounds
from store.archive import Archive

_NUMBERED: Final = re.compile(r"(?P<name>.+)#(?P<number>[1-9][0-9]{0,3})")
"""One annex of a document, counted from 1."""

_READINGS_OF_A_ROUND: Final = 4
"""Readings of one round that are reckoned with where the latest few rounds are looked for."""


def read_rounds(archive: Archive) -> list[Snapshot]:
    """Return every round as it is read now, as people corrected it, with what they decided of values."""
    freeze_decided(archive)
    return apply_corrections(_list_current(archive), archive.round_corrections())


def series_in(archive: Archive) -> list[Series]:
    """Return the series of the archive, as people corrected them."""
    return group_series(read_rounds(archive), archive.round_choices())


def list_latest_rounds(archive: Archive, most: int) -> list[Snapshot]:
    """Return the rounds of the latest days, as people corrected them; older ones are not read for it."""
    with archive.reading() as connection:
        found = frozen_rounds.list_latest(connection, most * _READINGS_OF_A_ROUND)
    return _combine_rounds(apply_corrections(found, archive.round_corrections()))[:most]


def find_rounds(archive: Archive, *keys: str) -> list[Snapshot]:
    """Return rounds by their keys, as they stand in their series or were read before.

    Raises:
        NotFoundError: There is none of a key.
    """
    known = {one.key: one for series in series_in(archive) for one in series.rounds}
    if not known.keys() >= set(keys):
        known = {one.key: one for one in archive.snapshots()} | known
    missing = [key for key in keys if key not in known]
    if missing:
        raise NotFoundError(" ".join(missing))
    return [known[key] for key in keys]


def correct_series(archive: Archive, action: str, names: Sequence[str], title: str = "") -> None:
    """Correct which rounds form a series: `merge A B`, `split A`, or `rename A` with a title.

    Raises:
        UsageError: Another action, or not the documents and title that it needs.
        NotFoundError: A document is not in the archive, or holds no annex.
    """
    wanted = {"merge": 2, "split": 1, "rename": 1}.get(action)
    if wanted is None or len(names) != wanted or bool(title) != (action == "rename"):
        raise UsageError("saraban rounds merge A B | split A | rename A --title …")
    rounds = [_find_annexes(archive, name)[0] for name in names]
    if action == "merge":
        if is_same_round(*rounds):
            both = " ".join(names)
            raise UsageError(f"{both}: เป็นรอบเดียวกัน", f"{both}: the same round")
        archive.put_round_choices(merged(*(_series_with(archive, one) for one in rounds)))
    elif action == "split":
        archive.put_round_choices(split(each for each in read_rounds(archive) if is_same_round(each, rounds[0])))
    else:
        archive.put_round_choices(renamed(_series_with(archive, rounds[0]), title))


def correct_rounds(
    archive: Archive, action: Literal["remove", "restore", "date"], name: str, reason: str, day: dt.date | None = None
) -> int:
    """Take the rounds of a document out, put them back, or give them another day; nothing that was read is changed.

    Args:
        archive: Where they are.
        action: What to do.
        name: A document, or one annex of it as `DOCUMENT#2`.
        reason: Why; it is kept.
        day: The day, with `date`.

    Returns:
        How many rounds that were.

    Raises:
        UsageError: There is no reason, or no day.
        NotFoundError: The document is not in the archive, or holds no annex.
    """
    if not reason.strip() or (action == "date") != (day is not None):
        raise UsageError("saraban rounds remove A --reason … | restore A --reason … | date A DAY --reason …")
    rounds = _find_annexes(archive, name, _list_current(archive))
    archive.put_round_corrections(
        RoundCorrection(document=place.document, annex=place.annex, action=action, as_of=day, reason=reason.strip())
        for each in rounds
        for place in each.places
    )
    return len(rounds)


def _series_with(archive: Archive, one: Snapshot) -> Series:
    """Return the series that a round is of; a newer reading of the same round may stand for it there."""
    found = [each for each in series_in(archive) if any(is_same_round(known, one) for known in each.rounds)]
    if not found:
        raise NotFoundError(one.document[:12])
    return found[0]


def choose_rounds(
    archive: Archive, before: str | None, after: str | None, *, latest: bool, province: str | None = None
) -> RoundPair:
    """Return the two rounds that are meant.

    Args:
        archive: Where they are.
        before: Earlier document, by file name or first digits of the SHA-256; `NAME#2` for its second annex alone.
        after: Later document, likewise.
        latest: The two latest rounds of the series with the latest round, instead of naming them.
        province: One province of tables that are of several.

    Raises:
        UsageError: Neither two documents nor `latest`, no series has two rounds, or no such province.
        NotFoundError: A document is not in the archive, or holds no annex.
    """
    if latest and before is None and after is None:
        series = series_in(archive)
        if province is not None:
            series = [one for one in series if one.province == province]
        return find_latest(series)
    if before is None or after is None or latest:
        raise UsageError("saraban diff A B | saraban diff --latest")
    readings = read_rounds(archive)
    pair = RoundPair(_find_annexes(archive, before, readings), _find_annexes(archive, after, readings))
    return choose_province(pair, province)


def rounds_before(archive: Archive, pair: RoundPair) -> tuple[Snapshot, ...]:
    """Return the rounds of the series before the two, so that a report can tell how long a body is outstanding."""
    return find_earlier(series_in(archive), pair)


def compare_rounds(pair: RoundPair, *, force: bool, own: Path | None = None) -> Comparison:
    """Return the changes from the first round to the second.

    Args:
        pair: The earlier round and the later one.
        force: Compare also where a round violates rules that make that unsafe.
        own: The office's own ledger of bodies, `Settings.bodies`.

    Raises:
        UsageError: A round violates rules that make a comparison unsafe, and `force` is not set; or both are one.
    """
    return compare_pair(pair, force=force, ledger=ledger.successions(own_changes(own)))


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """How a report is wanted.

    Attributes:
        by_district: One extract a district, named after it, instead of the whole.
        digits: Thai or Arabic.
        made_by: Office or person that makes it.
        made_on: Day of the report; today where not given.
        deadline: Day by which all should be complete, instead of the one that the letters name.
        office: Whose memo it is; its name is who makes it where `made_by` is not given.
    """

    by_district: bool = False
    digits: Digits = "thai"
    made_by: str = ""
    made_on: dt.date | None = None
    deadline: dt.date | None = None
    office: OfficeSettings = field(default_factory=OfficeSettings)


AS_USUAL = ReportOptions()


def write_report(
    archive: Archive,
    comparison: Comparison,
    path: Path,
    asked: ReportOptions = AS_USUAL,
    earlier: Sequence[Snapshot] | None = None,
) -> list[Path]:
    """Write the report of a comparison, and return the files that were written.

    Args:
        archive: Holds the earlier rounds, and the letters that the rounds came with.
        comparison: The two rounds and their changes.
        path: Where to; the suffix chooses the format.
        asked: How it is wanted.
        earlier: The rounds before the two; found by the earlier one of them where they are not given.

    Raises:
        UsageError: The suffix is of no format that we write, or a file cannot be written.
        MissingToolError: A PDF is asked for and no Thai face is installed.
    """
    if earlier is None:
        earlier = rounds_before(archive, RoundPair((comparison.before,), (comparison.after,)))
    papers = (*comparison.before.papers, *comparison.after.papers)
    found = [archive.document(sha) for sha in dict.fromkeys(each.document for each in papers)]
    sources = [document for document in found if document is not None]
    made_on = asked.made_on or dt.datetime.now().astimezone().date()
    facts = made_on, asked.made_by or asked.office.name, earlier, sources
    own = {"telephone": asked.office.telephone, "garuda": asked.office.garuda}
    if asked.deadline is not None:
        after = comparison.after.model_copy(update={"deadline": asked.deadline})
        comparison = comparison.model_copy(update={"after": after})
    if not asked.by_district:
        render(build(comparison, *facts).model_copy(update=own), path, asked.digits)
        return [path]
    written = []
    for extract in extracts(comparison, *facts):
        written.append(extract_path(path, extract.scope))
        render(extract.model_copy(update=own), written[-1], asked.digits)
    return written


def _combine_rounds(annexes: Iterable[Snapshot]) -> list[Snapshot]:
    """Return the rounds that annexes make up, each with all of them that say it."""
    rounds: list[list[Snapshot]] = []
    for annex in annexes:
        same = next((papers for papers in rounds if is_same_round(annex, papers[0])), None)
        if same is None:
            rounds.append([annex])
        else:
            same.append(annex)
    return [combine_papers(papers) for papers in rounds]


def _list_current(archive: Archive) -> list[Snapshot]:
    with archive.reading() as connection:
        return frozen_rounds.list_current(connection)


def _find_document(archive: Archive, name: str) -> tuple[str, int | None]:
    """Return the SHA-256 of the document that is meant by a name, and, where it says so, which annex of it.

    Raises:
        NotFoundError: It is not in the archive.
    """
    document = archive.document(name)
    number: int | None = None
    if document is None and (found := _NUMBERED.fullmatch(name)):
        document, number = archive.document(found["name"]), int(found["number"])
    if document is None:
        document = archive.require_document(name)
    return document.source.sha256, number


def _find_annexes(archive: Archive, name: str, readings: Sequence[Snapshot] | None = None) -> tuple[Snapshot, ...]:
    """Return the annexes of a document that are meant by a name, first annex first.

    Raises:
        NotFoundError: The document is not in the archive, or holds no such annex.
        UsageError: Its annexes are of several subjects, and none was named.
    """
    sha, number = _find_document(archive, name)
    readings = read_rounds(archive) if readings is None else readings
    own = [one for one in readings if one.document == sha and number in (None, one.annex + 1)]
    own.sort(key=lambda one: one.annex)
    if not own:
        raise NotFoundError(f"{name}: ไม่มีบัญชีสถานะ", f"{name}: no status annex")
    own = _combine_rounds(own)
    subjects = {(title_skeleton(one.title), one.shape) for one in own}
    if len(subjects) > 1 or len({one.province for one in own}) < len(own):
        numbered = "; ".join(f"#{one.annex + 1} {one.title} {one.province or ''}".strip() for one in own)
        raise UsageError(
            f"{name}: มีหลายบัญชี ระบุ ชื่อ#ลำดับ: {numbered}", f"{name}: several annexes, name one as NAME#NUMBER: {numbered}"
        )
    return tuple(own)
