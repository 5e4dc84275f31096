"""D: dates within a document against the calendar and against one another."""

import datetime as dt
import re
from collections.abc import Iterator

from models.field import Field
from models.issue import Severity
from models.letter import LetterKind
from rules.engine.declaration import Case, Observation, could_not_run, passed, rule, violated
from rules.engine.messages import quote, thai, thai_day
from rules.engine.record_paths import annexes, enclosed, letter_date, letters, names_a_letter
from rules.reference.working_days import working_days
from thai.dates import BUDDHIST_OFFSET, WEEKDAYS
from thai.numerals import to_arabic

_DATED_KINDS = frozenset(
    {
        LetterKind.EXTERNAL_LETTER,
        LetterKind.INTERNAL_MEMO,
        LetterKind.STAMPED_LETTER,
        LetterKind.ORDER,
        LetterKind.ANNOUNCEMENT,
        LetterKind.CERTIFICATE,
    }
)
# From the oldest laws that letters still cite to the furthest plans; a misread century falls outside.
_FIRST_YEAR, _LAST_YEAR = 2450, 2600
"""Years of the Buddhist era that a letter of today may name: 1907 to 2057."""
_YEAR = re.compile(r"(?<!\d)\d{3,4}(?!\d)")
_CHRISTIAN = re.compile(r"ค\s?\.?\s?ศ")
_REGULATION = "ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. ๒๕๒๖"
_ORDER_OF_EVENTS = "order of events"


@rule(
    "D01",
    th="ชื่อวันตรงกับวันที่",
    en="the weekday agrees with the date",
    severity=Severity.ERROR,
    needs="weekday, date",
    source="the calendar",
)
def weekday_agrees(case: Case) -> Iterator[Observation]:
    """A deadline that names a weekday falls on it; ISO numbers, 1 Monday to 7 Sunday."""
    for path, letter in letters(case):
        for index, deadline in enumerate(letter.deadlines):
            day, stated = deadline.date, deadline.weekday
            evidence = (f"{path}.deadlines[{index}].date", f"{path}.deadlines[{index}].weekday")
            if stated.value is None and not stated.raw:
                continue
            if day.value is None or stated.value is None:
                yield could_not_run(
                    "อ่านวันหรือวันที่ของกำหนดไม่ได้", "the weekday or the date of the deadline was not read", evidence
                )
            elif day.value.isoweekday() != stated.value:
                real, named = WEEKDAYS[day.value.weekday()], WEEKDAYS[stated.value - 1]
                yield violated(
                    f"{thai_day(day.value)} เป็นวัน{real} ไม่ใช่วัน{named}",
                    f"{day.value} is a {day.value:%A}, not วัน{named} as stated",
                    evidence,
                )
            else:
                yield passed(*evidence)


@rule(
    "D02",
    th="วันที่หนังสืออ่านได้ครบ",
    en="the letter's date is legible",
    severity=Severity.ERROR,
    needs="date",
    source=_REGULATION,
)
def date_legible(case: Case) -> Iterator[Observation]:
    """A kind of letter that must be dated has a whole date; what its cover says of it is the suggestion."""
    for path, letter in letters(case):
        if letter.kind not in _DATED_KINDS:
            continue
        if letter.date.value is not None:
            yield passed(f"{path}.date")
            continue
        quoted = letter_date(case, path)
        seen_th = f"{quote(letter.date.raw)} อ่านเป็นวันที่ไม่ได้" if letter.date.raw else "ไม่พบวันที่ของหนังสือ"
        seen_en = f"{quote(letter.date.raw)} is no whole date" if letter.date.raw else "the letter's date was not found"
        yield violated(seen_th, seen_en, [f"{path}.date"], thai_day(quoted[0]) if quoted else None)


@rule(
    "D03",
    th="ปีอยู่ในช่วง พ.ศ. ที่สมเหตุผล",
    en="the year is a plausible one of the Buddhist era, not of the common era",
    severity=Severity.ERROR,
    needs="year",
    source="official papers count years in the Buddhist era",
)
def year_plausible(case: Case) -> Iterator[Observation]:
    """Every date's year, as printed where it is whole, is between พ.ศ. ๒๔๕๐ and ๒๖๐๐, or is said to be ค.ศ."""
    for path, field in _dates(case):
        printed = _YEAR.findall(to_arabic(field.raw))
        if _CHRISTIAN.search(field.raw):
            printed = []
        if not printed and field.value is None:
            if field.raw:
                yield could_not_run(
                    f"อ่านปีจาก {quote(field.raw)} ไม่ได้", f"no year was read from {quote(field.raw)}", [path]
                )
            continue
        year = int(printed[-1]) if printed else field.value.year + BUDDHIST_OFFSET if field.value else 0
        if _FIRST_YEAR <= year <= _LAST_YEAR:
            yield passed(path)
            continue
        guess = year + BUDDHIST_OFFSET
        christian = _FIRST_YEAR <= guess <= _LAST_YEAR
        yield violated(
            f"ปี {thai(year)} ไม่น่าเป็นปี พ.ศ." + (f" อาจเป็น ค.ศ. (พ.ศ. {thai(guess)})" if christian else ""),
            f"{year} is no plausible year of the Buddhist era" + (" and may be one of the common era" * christian),
            [path],
            thai(guess) if christian else None,
        )


@rule(
    "D04",
    th="หนังสืออ้างถึงลงวันที่ก่อนฉบับนี้",
    en="a letter referred to predates this one",
    severity=Severity.ERROR,
    needs="refs",
    source=_ORDER_OF_EVENTS,
)
def references_predate(case: Case) -> Iterator[Observation]:
    """No letter that is referred to is dated after the letter that refers to it; the same day is possible."""
    for path, letter in letters(case):
        for index, reference in enumerate(letter.references):
            place = f"{path}.references[{index}].date"
            if reference.date.value is None and not reference.date.raw:
                continue  # undated references are the concern of another rule
            yield _not_after(reference.date.value, place, letter_date(case, path), "หนังสือที่อ้างถึง", "the reference")


@rule(
    "D05",
    th="หนังสือที่ส่งมาด้วยลงวันที่ไม่หลังหนังสือนำ",
    en="an enclosure is not dated after its cover",
    severity=Severity.ERROR,
    needs="enclosure date",
    source=_ORDER_OF_EVENTS,
)
def enclosures_not_later(case: Case) -> Iterator[Observation]:
    """Neither the date that a cover quotes for an enclosure nor the one on the enclosed letter is after the cover's."""
    for path, letter in letters(case):
        for index, enclosure in enumerate(letter.enclosures):
            place = f"{path}.enclosures[{index}].date"
            if names_a_letter(enclosure) and (enclosure.date.value is not None or enclosure.date.raw):
                yield _not_after(enclosure.date.value, place, letter_date(case, path), "สิ่งที่ส่งมาด้วย", "the enclosure")
    for pair in enclosed(case):
        if pair.letter.date.value is not None:
            cover = letter_date(case, pair.cover_path)
            yield _not_after(pair.letter.date.value, f"{pair.path}.date", cover, "หนังสือที่แนบ", "the enclosed letter")


@rule(
    "D06",
    th="ข้อมูล ณ วันที่ ≤ วันที่หนังสือ",
    en="the as-of date is not after the letter",
    severity=Severity.ERROR,
    needs="as-of",
    source=_ORDER_OF_EVENTS,
)
def as_of_not_later(case: Case) -> Iterator[Observation]:
    """An annex's data is of no later day than the latest letter it came with; it may belong to any of them."""
    dated = [found for path, _ in letters(case) if (found := letter_date(case, path)) is not None]
    for path, annex in annexes(case):
        stated = annex.as_of.value is not None or bool(annex.as_of.raw)
        if stated and case.document.letters:
            yield _not_after(annex.as_of.value, f"{path}.as_of", max(dated, default=None), "ข้อมูล ณ", "the as-of date")


@rule(
    "D08",
    th="กำหนดส่งหลังวันที่หนังสือ และมีเวลาพอ",
    en="the deadline is after the letter, with enough lead",
    severity=Severity.WARNING,
    needs="deadline, public holidays",
    source="order of events; public holidays; the lead is a setting (rules.deadline_working_days)",
)
def deadline_leaves_time(case: Case) -> Iterator[Observation]:
    """A deadline leaves at least the set number of working days after the letter, its own day among them.

    Saturdays, Sundays and public holidays are no working days. A deadline that is told of as past is left out.
    """
    for path, letter in letters(case):
        base = letter_date(case, path)
        for index, deadline in enumerate(letter.deadlines):
            place = f"{path}.deadlines[{index}].date"
            day = deadline.date.value
            if deadline.past:
                continue
            if day is None or base is None:
                yield could_not_run(
                    "อ่านกำหนดหรือวันที่หนังสือไม่ได้", "the deadline or the letter's date was not read", [place]
                )
            else:
                yield _lead(day, place, base, case.settings.deadline_working_days)


@rule(
    "D09",
    th="วันรับ ≥ วันที่หนังสือ",
    en="receipt is not before the letter",
    severity=Severity.ERROR,
    needs="stamp date",
    source=_ORDER_OF_EVENTS,
)
def received_after_dated(case: Case) -> Iterator[Observation]:
    """A letter was received no earlier than it is dated, by its own date or by that which its cover quotes for it."""
    for path, letter in letters(case):
        if letter.receipt is None:
            continue
        base = letter_date(case, path)
        received = letter.receipt.date.value
        evidence = (f"{path}.receipt.date", base[1] if base else f"{path}.date")
        if received is None or base is None:
            yield could_not_run("อ่านวันรับหรือวันที่หนังสือไม่ได้", "the date of receipt or of the letter was not read", evidence)
        elif received < base[0]:
            yield violated(
                f"รับ {thai_day(received)} ก่อนวันที่หนังสือ {thai_day(base[0])}",
                f"received {received}, before the letter's date {base[0]}",
                evidence,
            )
        else:
            yield passed(*evidence)


def _dates(case: Case) -> Iterator[tuple[str, Field[dt.date]]]:
    """Yield every date of the document with its path."""
    for path, letter in letters(case):
        yield f"{path}.date", letter.date
        yield from ((f"{path}.references[{i}].date", quoted.date) for i, quoted in enumerate(letter.references))
        yield from ((f"{path}.enclosures[{i}].date", quoted.date) for i, quoted in enumerate(letter.enclosures))
        yield from ((f"{path}.deadlines[{i}].date", deadline.date) for i, deadline in enumerate(letter.deadlines))
        if letter.receipt is not None:
            yield f"{path}.receipt.date", letter.receipt.date
    for path, annex in annexes(case):
        yield f"{path}.as_of", annex.as_of


def _lead(day: dt.date, place: str, base: tuple[dt.date, str], least: int) -> Observation:
    """Judge the time between a letter and its deadline."""
    evidence = (place, base[1])
    days = (day - base[0]).days
    if days <= 0:
        return violated(
            f"กำหนด {thai_day(day)} ไม่อยู่หลังวันที่หนังสือ {thai_day(base[0])}",
            f"the deadline {day} is not after the letter of {base[0]}",
            evidence,
        )
    working = working_days(base[0], day)
    if working >= least:
        return passed(*evidence)
    return violated(
        f"กำหนด {thai_day(day)} เหลือ {thai(days)} วัน เป็นวันทำการ {thai(working)} วัน น้อยกว่า {thai(least)} วันทำการ",
        f"the deadline {day} leaves {days} days, {working} of them working days, fewer than {least}",
        evidence,
    )


def _not_after(day: dt.date | None, place: str, bound: tuple[dt.date, str] | None, th: str, en: str) -> Observation:
    """Judge that a day is not after a letter's date; `th` and `en` name whose day it is."""
    evidence = (place, bound[1]) if bound else (place,)
    if day is None or bound is None:
        return could_not_run(
            f"อ่านวันที่ของ{th}หรือวันที่หนังสือไม่ได้",
            f"the date of {en.removeprefix('the ')} or of the letter was not read",
            evidence,
        )
    if day > bound[0]:
        return violated(
            f"{th} {thai_day(day)} อยู่หลังวันที่หนังสือ {thai_day(bound[0])}",
            f"{en} ({day}) is after the letter ({bound[0]})",
            evidence,
        )
    return passed(*evidence)
