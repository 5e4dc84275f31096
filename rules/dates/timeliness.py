"""D: how old the data is, deadlines told twice, and the receipt stamp."""

import datetime as dt
from collections.abc import Iterator

from models.issue import Severity
from models.letter import Letter, Receipt
from rules.bodies.registered_bodies import find_data_day
from rules.engine.declaration import Case, Observation, could_not_run, passed, rule, violated
from rules.engine.messages import thai, thai_day
from rules.engine.record_paths import annexes, enclosed, letter_date, letters
from rules.letter_numbers.cited_letters import forwarded

_STAMP = "ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. ๒๕๒๖ ข้อ ๓๗ และแบบที่ ๑๒"


@rule(
    "D07",
    th="ข้อมูลไม่เก่าเกิน N วัน",
    en="the data is no older than N days",
    severity=Severity.INFO,
    needs="as-of date, date of the letter",
    source="use of the data; the days are a setting (rules.as_of_max_days)",
)
def data_is_fresh(case: Case) -> Iterator[Observation]:
    """Between an annex's data and the latest letter that it came with lie no more days than the setting allows."""
    dated = [found for path, _ in letters(case) if (found := letter_date(case, path)) is not None]
    if not dated:
        return
    day, place = max(dated)
    for path, annex in annexes(case):
        if annex.as_of.value is None:
            continue
        age = (day - annex.as_of.value).days
        if age <= case.settings.as_of_max_days:
            yield passed(f"{path}.as_of", place)
        else:
            yield violated(
                f"ข้อมูล ณ {thai_day(annex.as_of.value)} เก่า {thai(age)} วันเมื่อลงวันที่หนังสือ",
                f"the data of {annex.as_of.value} is {age} days older than the letter",
                [f"{path}.as_of", place],
            )


@rule(
    "D10",
    th="ตรารับครบ เลขรับ/วันที่/เวลา",
    en="the receipt stamp is complete: number, date, time",
    severity=Severity.INFO,
    needs="receipt stamp",
    source=_STAMP,
)
def stamp_complete(case: Case) -> Iterator[Observation]:
    """A receipt stamp has a number, a date and a time."""
    for path, letter in letters(case):
        if letter.receipt is None:
            continue
        missing = [part for part in _stamp_parts(letter.receipt) if not part[3]]
        if missing:
            yield violated(
                "ตรารับไม่มี" + " ".join(th for _, th, _, _ in missing) + " ที่อ่านได้",
                "the receipt stamp has no " + " and no ".join(en for _, _, en, _ in missing) + " that was read",
                [f"{path}.receipt.{name}" for name, _, _, _ in missing],
            )
        else:
            yield passed(f"{path}.receipt")


@rule(
    "D11",
    th="กำหนดส่งในหนังสือนำ = ในหนังสือแนบ",
    en="the cover's deadline = the enclosed letter's",
    severity=Severity.ERROR,
    needs="deadlines of both letters, in the file or the archive",
    source="a cover hands on the deadline of the letter that it encloses",
)
def deadlines_agree(case: Case) -> Iterator[Observation]:
    """A cover's last deadline is that of the enclosed letter.

    An office may ask for answers earlier than it must give them; whether an earlier day is that or a misreading,
    the letters do not tell. A later one is wrong. The enclosed letter is the one behind it in the file, else the one
    in the archive with the number and date that it quotes.
    """
    for pair in enclosed(case):
        cover, own = _deadline(pair.cover, pair.cover_path), _deadline(pair.letter, pair.path)
        if cover is not None and own is not None:
            yield _agree(cover[0], own[0], (cover[1], own[1]))
    for named in forwarded(case):
        cover = _deadline(named.letter, named.path)
        if cover is not None and named.filed.deadline is not None:
            yield _agree(cover[0], named.filed.deadline, (cover[1], f"{named.place}.number"))


@rule(
    "D12",
    th="กำหนดเดิม (…นั้น) ผ่านไปก่อนวันข้อมูล",
    en="an earlier deadline that is told of has passed before the day of the data",
    severity=Severity.INFO,
    needs="deadlines told of as past",
    source="order of events",
)
def past_deadline_passed(case: Case) -> Iterator[Observation]:
    """A deadline that a letter tells of as past is before the day of the annex's data, else before the letter."""
    data = min((day for _, annex in annexes(case) if (day := find_data_day(case, annex)) is not None), default=None)
    for path, letter in letters(case):
        base = letter_date(case, path)
        bound = data or (base[0] if base else None)
        for index, deadline in enumerate(letter.deadlines):
            place, day = f"{path}.deadlines[{index}].date", deadline.date.value
            if not deadline.past:
                continue
            if day is None or bound is None:
                yield could_not_run(
                    "อ่านกำหนดเดิมหรือวันของข้อมูลไม่ได้", "the earlier deadline or the day of the data was not read", [place]
                )
            elif day < bound:
                yield passed(place)
            else:
                yield violated(
                    f"กำหนดเดิม {thai_day(day)} ยังไม่ผ่านเมื่อ {thai_day(bound)}",
                    f"the earlier deadline {day} had not passed on {bound}",
                    [place],
                )


def _agree(cover: dt.date, own: dt.date, evidence: tuple[str, str]) -> Observation:
    told = f"หนังสือนำให้ส่งภายใน {thai_day(cover)} หนังสือแนบภายใน {thai_day(own)}"
    told_en = f"the cover asks by {cover}, the enclosed letter by {own}"
    if cover == own:
        return passed(*evidence)
    if cover > own:
        return violated(told, told_en, evidence, thai_day(own))
    return could_not_run(
        f"{told} อาจกำหนดให้เร็วขึ้นเองหรืออ่านผิด", f"{told_en}; it may ask earlier, or be misread", evidence
    )


def _deadline(letter: Letter, path: str) -> tuple[dt.date, str] | None:
    """Return the last deadline of a letter that is not told of as past, and its place."""
    open_ = [
        (each.date.value, f"{path}.deadlines[{index}].date")
        for index, each in enumerate(letter.deadlines)
        if not each.past and each.date.value is not None
    ]
    return max(open_, default=None)


def _stamp_parts(receipt: Receipt) -> tuple[tuple[str, str, str, bool], ...]:
    return (
        ("number", "เลขรับ", "number", bool(receipt.number.value)),
        ("date", "วันที่", "date", receipt.date.value is not None),
        ("time", "เวลา", "time", receipt.time.value is not None),
    )
