"""T: numbers of bodies, as a letter says them and as the register has them, against the table."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from models.annex import Annex, BodyKind, Status
from models.issue import Severity
from rules.bodies.registered_bodies import covers_all, no_register, registered_bodies, with_bodies
from rules.engine.declaration import Case, Observation, could_not_run, passed, rule, violated
from rules.engine.messages import rows_en, rows_th, thai
from rules.engine.record_paths import letters, rows
from thai.numerals import parse_int

_COUNT = re.compile(r"(?P<number>[0-9๐-๙][0-9๐-๙,]*)\s*แห่ง")
_CLAUSE: Final = 60
"""Letters before a number that say of which bodies it is: a clause."""
_LEAST_BODIES: Final = 2
"""Bodies of which a letter speaks as a number of the table; one is more often a single case."""
_WHOLE: Final = re.compile("ทั้งหมด|ทั้งสิ้น|ทุกแห่ง|รวม")
_OPEN: Final = re.compile("ยังไม่|ไม่ครบ|ไม่สมบูรณ์|ไม่ถูกต้อง|ไม่เรียบร้อย|มิได้|ไม่ได้")
_DONE: Final = re.compile("เรียบร้อย|ครบถ้วน|แล้วเสร็จ")


@rule(
    "T09",
    th="จำนวนแห่งที่อ้างในเนื้อความ = ตาราง",
    en="a number of bodies stated in a letter = the annex",
    severity=Severity.WARNING,
    needs="body of the letter, rows",
    source="the letter sums up the annex that it sends",
)
def counts_in_letters(case: Case) -> Iterator[Observation]:
    """A number of แห่ง in a letter is one that an annex of the file gives.

    Where the words before it say of which bodies it is (all, done, not done), it is that number; otherwise any that
    the annex gives will do: of all rows, by status, by district, by kind, by remark.
    """
    tables = list(with_bodies(case))
    if not tables:
        return
    for path, letter in letters(case):
        text = letter.body.value or letter.body.raw
        for match in _COUNT.finditer(text):
            stated = parse_int(match["number"])
            if stated is not None and stated >= _LEAST_BODIES:
                before = text[max(0, match.start() - _CLAUSE) : match.start()]
                yield _judge_count(stated, before, f"{path}.body", tables)


def _judge_count(stated: int, before: str, place: str, tables: Sequence[tuple[str, Annex]]) -> Observation:
    """Judge a number of bodies that a letter states after some words."""
    expected = [_expected_counts(annex, before) for _, annex in tables]
    evidence = [place, *(f"{where}.rows" for where, _ in tables)]
    if any(stated in numbers for numbers, _ in expected):
        return passed(*evidence)
    if any(row.status.value is None for _, annex in tables for row in annex.rows):
        return could_not_run("อ่านสถานะในตารางได้ไม่ครบ", "not every status of the table was read", evidence)
    meant = sorted({number for numbers, is_narrow in expected if is_narrow for number in numbers})
    named = ", ".join(map(str, meant))
    return violated(
        f"เนื้อความอ้าง {thai(stated)} แห่ง" + (f" แต่ตารางมี {thai(named)}" if meant else " แต่ไม่พบในตาราง"),
        f"the letter says {stated} bodies, " + (f"the table has {named}" if meant else "the table has no such"),
        evidence,
        thai(named) if len(meant) == 1 else None,
    )


@rule(
    "T10",
    th="จำนวนแยกประเภท อปท. = ทะเบียน สถ. ณ วันที่",
    en="numbers by kind of body = the register on that date",
    severity=Severity.WARNING,
    needs="register by date",
    source="register of local bodies",
)
def kinds_as_registered(case: Case) -> Iterator[Observation]:
    """An annex of all bodies of a province has as many of each kind as the register on the day of its data."""
    for path, annex in with_bodies(case):
        registered = registered_bodies(case, annex)
        if not registered:
            yield no_register(path, annex)
            continue
        if not covers_all(case, annex, registered):
            continue
        unknown = [number for _, number, row in rows(path, annex) if row.body.value is None]
        if unknown:
            yield could_not_run(
                f"{rows_th(unknown)} ไม่ทราบประเภท อปท.",
                f"{rows_en(unknown)}: the kind of body is not known",
                [f"{path}.rows"],
            )
            continue
        known = Counter(body.kind for body in registered)
        found = Counter(row.body.value.kind for row in annex.rows if row.body.value is not None)
        for kind in BodyKind:
            if found[kind] == known[kind]:
                if known[kind]:
                    yield passed(f"{path}.rows")
                continue
            yield violated(
                f"{kind.value} ในตาราง {thai(found[kind])} ทะเบียน {thai(known[kind])}",
                f"{kind.value}: {found[kind]} in the table, {known[kind]} in the register",
                [f"{path}.rows"],
            )


def _expected_counts(annex: Annex, before: str) -> tuple[set[int], bool]:
    """Return the numbers of bodies that fit the words before a number, and whether these words narrowed them down."""
    by_status = Counter(row.status.value for row in annex.rows)
    unread, done, not_started = by_status[None], by_status[Status.COMPLETE], by_status[Status.NOT_STARTED]
    left = len(annex.rows) - unread - done
    totals = {value for total in annex.totals if isinstance(value := total.value.value, int)}
    by_cue = [
        (_OPEN, {left, not_started, left - not_started}),
        (_DONE, {done}),
        (_WHOLE, {len(annex.rows), *totals}),
    ]
    place, narrowed = max(((_last(cue, before), numbers) for cue, numbers in by_cue), key=lambda cued: cued[0])
    if place >= 0 and unread < len(annex.rows):
        return narrowed, True
    return {number for _, numbers in by_cue for number in numbers} | _group_sizes(annex), False


def _group_sizes(annex: Annex) -> set[int]:
    """Return how many rows each district, each kind of body and each remark has."""
    groups = Counter[str](row.district.value or "" for row in annex.rows)
    groups.update(row.body.value.kind.value for row in annex.rows if row.body.value is not None)
    groups.update(f"remark {row.remark.value}" for row in annex.rows)
    return set(groups.values())


def _last(cue: re.Pattern[str], text: str) -> int:
    return max((match.end() for match in cue.finditer(text)), default=-1)
