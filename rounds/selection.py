"""Which rounds are held against each other: two annexes, or all provinces of two national tables."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from core.errors import UnsafeComparisonError, UsageError
from core.fingerprint import fingerprint
from core.suggestions import describe_choice
from models.change import Comparison, Exclusion, Succession
from models.snapshot import Series, Snapshot
from rounds.diff import compare
from rounds.papers import combine_papers
from rounds.series import same_series
from rounds.snapshot import title_skeleton


def is_same_round(a: Snapshot, b: Snapshot) -> bool:
    """Whether two snapshots say one round."""
    if set(a.places) & set(b.places):
        return True
    return a.as_of is not None and a.as_of == b.as_of and same_series(a, b)


@dataclass(frozen=True, slots=True)
class RoundPair:
    """Two rounds, each of one annex or of one a province.

    Attributes:
        exclusions: What of them was left out when they were chosen.
    """

    before: tuple[Snapshot, ...]
    after: tuple[Snapshot, ...]
    exclusions: tuple[Exclusion, ...] = field(default=())


def choose_province(pair: RoundPair, province: str | None) -> RoundPair:
    """Return a pair with the annexes of one province alone; the others are told of as left out.

    Raises:
        UsageError: One of the two rounds has no such province.
    """
    if province is None:
        return pair
    sides: dict[str, tuple[Snapshot, ...]] = {}
    exclusions = list(pair.exclusions)
    for side, parts in (("before", pair.before), ("after", pair.after)):
        sides[side] = tuple(part for part in parts if part.province == province)
        if not sides[side]:
            raise UsageError(*describe_choice(province, sorted({part.province or "–" for part in parts})))
        exclusions += [_exclude(side, part, "not_chosen") for part in parts if part.province != province]
    return RoundPair(sides["before"], sides["after"], tuple(exclusions))


def find_latest(series: Iterable[Series]) -> RoundPair:
    """Return the two latest rounds of the series with the latest round.

    Series of the same title in other provinces whose two latest rounds are of the same days are of one national table,
    and come along.

    Raises:
        UsageError: No series has two rounds.
    """
    able = [one for one in series if len(one.rounds) >= 2]
    if not able:
        raise UsageError("--latest: ยังไม่มีชุดบัญชีที่มีสองรอบ", "--latest: no series has two rounds yet")
    newest = max(able, key=lambda one: (one.rounds[-1].as_of is not None, one.rounds[-1].as_of))
    days = [one.as_of for one in newest.rounds[-2:]]
    skeleton = title_skeleton(newest.title)
    along = [
        one
        for one in able
        if one is newest
        or (
            None not in days
            and [each.as_of for each in one.rounds[-2:]] == days
            and title_skeleton(one.title) == skeleton
            and one.rounds[-1].shape == newest.rounds[-1].shape
            and one.province != newest.province
        )
    ]
    return RoundPair(tuple(one.rounds[-2] for one in along), tuple(one.rounds[-1] for one in along))


def find_earlier(series: Iterable[Series], pair: RoundPair) -> tuple[Snapshot, ...]:
    """Return the rounds before the two, oldest first, so that a report can tell how long a body is outstanding."""
    places = {place for part in pair.before for place in part.places}
    by_day: dict[dt.date | None, list[Snapshot]] = {}
    for one in series:
        found = next((index for index, each in enumerate(one.rounds) if places & set(each.places)), None)
        for earlier in one.rounds[:found] if found is not None else ():
            by_day.setdefault(earlier.as_of, []).append(earlier)
    days = sorted(by_day, key=lambda day: (day is None, day or dt.date.max))
    return tuple(combine_provinces(by_day[day]) for day in days)


def find_round_before(
    own: Snapshot, when: dt.date | None, others: Iterable[tuple[Snapshot, dt.date | None]]
) -> Snapshot | None:
    """Return the round before one, by the days that are given with each: the last of its series that is earlier."""
    if when is None:
        return None
    earlier = [
        (day, other.version, number, other)
        for number, (other, day) in enumerate(others)
        if day is not None and day < when and other.document != own.document and same_series(own, other)
    ]
    if not earlier:
        return None
    last = max(earlier)[3]
    papers = [other for *_, other in earlier if last.as_of is not None and other.as_of == last.as_of]
    return combine_papers(papers or [last])


def compare_pair(pair: RoundPair, *, force: bool, ledger: Sequence[Succession] = ()) -> Comparison:
    """Hold two rounds against each other, province by province where they are of several.

    Args:
        pair: The earlier round and the later one.
        force: Compare also what violates rules that make a comparison unsafe.
        ledger: Bodies that were renamed, raised in status or moved.

    Raises:
        UsageError: They are the same annex of the same file.
        UnsafeComparisonError: Nothing of them can be compared safely.
    """
    if _places(pair.before) == _places(pair.after):
        raise UsageError("เป็นบัญชีเดียวกันของไฟล์เดียวกัน", "the same annex of the same file: nothing to compare")
    if len(pair.before) == len(pair.after) == 1:
        comparison = compare(pair.before[0], pair.after[0], force, ledger)
        return comparison.model_copy(update={"exclusions": pair.exclusions})
    safe = _leave_out(pair, force=force)
    if not safe.before:
        rules = sorted({rule for part in (*pair.before, *pair.after) for rule in part.blocked_by})
        named = ", ".join(rules)
        raise UnsafeComparisonError(named or "ไม่มีแถว", named or "no rows")
    comparison = compare(combine_provinces(safe.before), combine_provinces(safe.after), force, ledger)
    return comparison.model_copy(update={"exclusions": safe.exclusions})


def _leave_out(pair: RoundPair, *, force: bool) -> RoundPair:
    """Return a pair without the provinces that stand in one round only, or violate rules; they are told of."""
    exclusions = list(pair.exclusions)
    kept: dict[str, list[Snapshot]] = {"before": [], "after": []}
    names = {part.province for part in pair.before} & {part.province for part in pair.after}
    blocked = {part.province for part in (*pair.before, *pair.after) if part.blocked_by and not force}
    for side, parts in (("before", pair.before), ("after", pair.after)):
        for part in parts:
            if part.province not in names:
                exclusions.append(_exclude(side, part, "no_counterpart"))
            elif part.province in blocked:
                exclusions.append(_exclude(side, part, "blocked"))
            else:
                kept[side].append(part)
    return RoundPair(tuple(kept["before"]), tuple(kept["after"]), tuple(exclusions))


def combine_provinces(parts: Sequence[Snapshot]) -> Snapshot:
    """Return one snapshot for the annexes of several provinces, each row with its province.

    Totals are left out: each is of one province.
    """
    first = parts[0]
    if len(parts) == 1:
        return first
    days = {part.as_of for part in parts}
    return first.model_copy(
        update={
            "key": fingerprint(*(part.key for part in parts)),
            "series": fingerprint("provinces", title_skeleton(first.title), first.shape),
            "province": None,
            "as_of": days.pop() if len(days) == 1 else None,
            "rows": tuple(
                row.model_copy(update={"province": row.province or part.province})
                for part in parts
                for row in part.rows
            ),
            "totals": {},
            "parts": tuple(place for part in parts for place in part.papers),
            "deadline": max((part.deadline for part in parts if part.deadline is not None), default=None),
            "blocked_by": tuple(sorted({rule for part in parts for rule in part.blocked_by})),
        }
    )


def _places(parts: Iterable[Snapshot]) -> set[tuple[str, int]]:
    return {(part.document, part.annex) for part in parts}


def _exclude(side: str, part: Snapshot, reason: str) -> Exclusion:
    rules = part.blocked_by if reason == "blocked" else ()
    return Exclusion.model_validate(
        {"side": side, "province": part.province, "rows": len(part.rows), "reason": reason, "rules": rules}
    )
