"""N: letter numbers beside the others of their series, in the document and in the archive."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from models.filed_letter import FiledLetter
from models.issue import Severity
from models.letter import Letter
from rules.engine.declaration import Case, Observation, passed, rule, violated
from rules.engine.messages import quote, thai, thai_day
from rules.engine.record_paths import enclosed, letter_date, letters, reading
from rules.letter_numbers.number_form import letter_numbers
from rules.reference.agency_codes import find_owner, likely_code
from thai.letter_identity import names_letter
from thai.letter_number import parse_letter_number
from thai.text import search_form

_SERIES = "ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. ๒๕๒๖: numbers run from 1 in each calendar year"

Series = tuple[str, str, bool, int]
"""Prefix, unit, whether circular, and calendar year: what a running number is unique in."""


@dataclass(frozen=True, slots=True)
class _Point:
    """One number of a series with the day it was given; `path` is where it stands, or the name of a filed letter."""

    running: int
    day: dt.date
    path: str
    letter: str
    in_document: bool


@rule(
    "N09",
    th="เลข ว เรียงตามวันที่ในปีปฏิทิน",
    en="a running number fits the dates of its series",
    severity=Severity.WARNING,
    needs="numbers of the same series with their dates, in the document or the archive",
    source=_SERIES,
)
def number_in_line(case: Case) -> Iterator[Observation]:
    """A number's date is near the one that the next lower and the next higher number of its series suggest.

    Between the two the days are shared out evenly; the slack is a setting (rules.running_number_days). With a number
    on one side only, it must not be dated on the wrong side of it. A letter of the archive whose number or date asks
    for review is no neighbor. A letter's own number and what its cover quotes for it are never held against each
    other here: they are one letter, and another rule compares them.
    """
    for points in _series(case).values():
        for point in (each for each in points if each.in_document):
            others = [other for other in points if other.letter != point.letter and other.running != point.running]
            if others:
                yield _in_line(point, others, case.settings.running_number_days)


@rule(
    "N10",
    th="เลขที่ไม่ซ้ำในคลัง",
    en="the number is not yet in the archive",
    severity=Severity.WARNING,
    needs="archive",
    source=_SERIES,
)
def number_not_filed(case: Case) -> Iterator[Observation]:
    """No letter of another document in the archive has the number of this one in the same year.

    The same letter with the same date and subject may come again as an enclosure; that is no repetition.
    """
    if case.filed is None:
        return
    own = case.document.source.sha256
    by_number = defaultdict(list)
    for filed in case.filed:
        if filed.number and filed.document != own:
            by_number[filed.number].append(filed)
    for index, (path, letter) in enumerate(letters(case)):
        if letter.number.value is None:
            continue
        dated = letter_date(case, path)
        day = dated[0] if dated is not None else None
        clashes = [filed for filed in by_number[letter.number.value] if _clashes(filed, letter, index, day)]
        if not clashes:
            yield passed(f"{path}.number")
            continue
        clash = clashes[-1]
        clash_day = thai_day(clash.date) if clash.date else "ไม่ทราบวันที่"
        yield violated(
            f"เลขที่ {quote(reading(letter.number))} มีแล้วในเอกสาร {quote(clash.name)} ({clash_day})",
            f"the number {letter.number.value} is already that of a letter in {quote(clash.name)} "
            f"({clash.date or 'undated'})",
            [f"{path}.number"],
        )


def _clashes(filed: FiledLetter, letter: Letter, index: int, day: dt.date | None) -> bool:
    """Whether a filed letter of the same number is of the same year, and no copy of this one that was enclosed."""
    same_day = day is not None and filed.date == day
    same_year = day is None or filed.date is None or filed.date.year == day.year
    same_subject = search_form(filed.subject or "") == search_form(letter.subject.value or "")
    is_enclosed_copy = same_day and same_subject and (index > 0 or filed.index > 0)
    return same_year and not is_enclosed_copy


@rule(
    "N11",
    th="อ้างถึงครบ เลขที่+วันที่",
    en="a reference has a number and a date",
    severity=Severity.WARNING,
    needs="references",
    source="ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. ๒๕๒๖ ข้อ ๑๑",
)
def references_whole(case: Case) -> Iterator[Observation]:
    """A letter that is referred to is named by number and date. Laws and announcements have no letter number."""
    for path, letter in letters(case):
        for index, quoted in enumerate(letter.references):
            place = f"{path}.references[{index}]"
            numbered = bool(quoted.number.value or quoted.number.raw)
            if not numbered and not names_letter(quoted.title.value or quoted.title.raw):
                continue
            missing = [
                (th, en)
                for there, th, en in (
                    (numbered, "เลขที่", "number"),
                    (quoted.date.value is not None, "วันที่", "date"),
                )
                if not there
            ]
            if missing:
                yield violated(
                    f"อ้างถึง {quote(reading(quoted.title))} ขาด" + "และ".join(th for th, _ in missing),
                    f"the reference {quote(reading(quoted.title))} has no " + " and no ".join(en for _, en in missing),
                    [f"{place}.number", f"{place}.date"],
                )
            else:
                yield passed(f"{place}.number", f"{place}.date")


def _series(case: Case) -> dict[Series, list[_Point]]:
    """Return the dated numbers of each series, of the document and of the archive."""
    found: dict[Series, list[_Point]] = defaultdict(list)
    covers = {pair.path: pair.quote_path for pair in enclosed(case)}
    for path, number, office in letter_numbers(case):
        place = path.removesuffix(".number")
        day = _day(case, place)
        if day is None:
            continue
        key = _key(number.value or "", day, case, office)
        if key is not None:
            # A letter and the quotation of it on its cover are one.
            found[key[0]].append(_Point(key[1], day, path, covers.get(place, place), in_document=True))
    for filed in case.filed or ():
        if filed.date is None or filed.number is None or filed.document == case.document.source.sha256:
            continue
        if filed.doubted:
            continue  # what was perhaps misread accuses no other letter
        key = _key(filed.number, filed.date, case, (filed.issuer or "", ""))
        if key is not None:
            name = f"{filed.document}:{filed.index}"
            found[key[0]].append(_Point(key[1], filed.date, filed.name, name, in_document=False))
    return found


def _day(case: Case, place: str) -> dt.date | None:
    """Return the day of a letter, or the one that is quoted beside a number."""
    if ".references[" not in place and ".enclosures[" not in place:
        dated = letter_date(case, place)
        return dated[0] if dated else None
    letter, _, rest = place.partition(".")
    quotes = getattr(dict(letters(case))[letter], rest.partition("[")[0])
    date: dt.date | None = quotes[int(rest.partition("[")[2].rstrip("]"))].date.value
    return date


def _key(number: str, day: dt.date, case: Case, office: tuple[str, str]) -> tuple[Series, int] | None:
    """Return a number's series and place in it; a prefix that is none counts as the likely one."""
    parsed = _parsed(number)
    if parsed is None or not parsed.running.isdigit():
        return None
    prefix = parsed.prefix
    if prefix not in case.register.letter_codes:
        prefix = likely_code(prefix, find_owner(*office, case.register), case.register) or prefix
    return (prefix, parsed.unit, parsed.circular, day.year), int(parsed.running)


_parsed = lru_cache(maxsize=65_536)(parse_letter_number)
"""The letters of the archive are gone through for every document that is checked."""


def _in_line(point: _Point, others: list[_Point], slack: int) -> Observation:
    """Judge the day of a number by the next lower and the next higher one of its series."""
    below = max((o for o in others if o.running < point.running), key=lambda o: (o.running, o.day), default=None)
    above = min((o for o in others if o.running > point.running), key=lambda o: (o.running, o.day), default=None)
    neighbors = [neighbor for neighbor in (below, above) if neighbor is not None]
    evidence = [point.path, *(neighbor.path for neighbor in neighbors if neighbor.in_document)]
    likely, days_off = _likely_day(point, below, above)
    if days_off <= slack:
        return passed(*evidence)
    beside = ", ".join(f"{thai(neighbor.running)} ({thai_day(neighbor.day)})" for neighbor in neighbors)
    beside_en = ", ".join(f"{neighbor.running} ({neighbor.day})" for neighbor in neighbors)
    return violated(
        f"เลข {thai(point.running)} ลงวันที่ {thai_day(point.day)} แต่ควรราว {thai_day(likely)} เมื่อเทียบกับ {beside}",
        f"number {point.running} is dated {point.day}, but {beside_en} suggest about {likely}",
        evidence,
    )


def _likely_day(point: _Point, below: _Point | None, above: _Point | None) -> tuple[dt.date, int]:
    """Return the day that the neighbors of a number suggest for it, and by how many days it is on the wrong side."""
    if below is not None and above is not None and below.day <= above.day:
        share = (point.running - below.running) / (above.running - below.running)
        likely = below.day + (above.day - below.day) * share
        return likely, abs((likely - point.day).days)
    if below is not None:
        return below.day, (below.day - point.day).days
    likely = above.day if above is not None else point.day
    return likely, (point.day - likely).days
