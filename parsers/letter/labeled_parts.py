"""The labeled parts of a letter: subject, recipients, references, enclosures; and the deadlines in its body."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from models.field import Field
from models.letter import Deadline, Enclosure, NumberField, Reference
from models.null_reason import NullReason
from parsers.fields import DATE_UNREADABLE, MISSING, FieldBuilder, first_date, first_number
from parsers.letter.cues import SECRECIES, URGENCIES
from parsers.text_span import TextSpan
from thai.dates import ThaiDate, find_dates
from thai.letter_number import LetterNumber
from thai.months import WEEKDAYS
from thai.numerals import parse_int

_CITES = re.compile(r"(?:ที่?|ข้อ|มาตรา|วรรค|หมวด|งวด|ปี|บท|ส่วน|ตอน)\s*$")
"""What stands before a number that is a part of a name (ฉบับที่ ๓), not of a list."""
_ITEM = re.compile(r"(?:(?<=\s)|^)[0-9๐-๙]{1,2}\s?[.)](?![0-9๐-๙])\s*")
_BRACKETED_ITEM = re.compile(r"(?:(?<=\s)|^)\((?P<number>[0-9๐-๙]{1,2})\)\s*")
_DASHED_ITEM = re.compile(r"^\s*[-–•]\s*")
_ADDRESSEE = r"(?:นายก|นายอำเภอ|ผู้|ประธาน|อธิบดี|ปลัด|เลขา|ผอ\.|หัวหน้า|รัฐมนตรี|ท้องถิ่น|คณบดี|อธิการ|กำนัน)"
_NEXT_RECIPIENT = re.compile(rf"\s*(?:,|\n)\s*|\s+(?:และ\s*)?(?={_ADDRESSEE})|\s*และ\s*(?={_ADDRESSEE})")
_COPIES = re.compile(r"จำนวน\s*(?P<count>[0-9๐-๙]+)\s*(?:ชุด|ฉบับ|เล่ม|แผ่น|หน้า|รายการ|อัน|ม้วน|แฟ้ม|ซอง|สำเนา)")
_SHORT_LINE = 0.70
"""Share of the page's width left of which a line ends that does not go on below; full lines end at 0.85 and more."""
_GOES_ON = re.compile(r"\s*(?:ลงวัน|ลว\.|และ|หรือ|พ\s?\.\s?ศ|จำนวน|\(ฉบับ|ว่าด้วย)")
"""How a line begins that goes on with the one above, however short that is."""
SEVERAL_POSSIBLE = "enclosure.several_possible"
"""Lines without numbers or counts: one thing said on several lines, or several things."""
_THE = re.compile(r"(?:เลข)?ที่?\s*$")
_DATED = re.compile(r"^\s*(?:ลง)?(?:วัน)?(?:ที่?)?\s*$")
_LEAD = re.compile(r"(?:ลงวันที่|ลงวัน|ลว\.|วันที่|ลง)\s*$")
_MARKS = re.compile(rf"\s*(?:{'|'.join((*URGENCIES, *SECRECIES))})\s*$")

_BY = re.compile(r"(?:ภายใน|ไม่เกิน|ไม่ช้ากว่า|ก่อน)[\s.…]*(?:กำหนด)?[\s.…]*(?:วัน\S{0,9}ที่|วันที่|วัน\S{3,8}|ที่)?[\s.…]*$")
_BY_UNREAD = re.compile(r"ภายใน\s*วัน(?:\s?\S{2,9}?)?ที่")
# The tone mark is easily lost, and the next paragraph may follow without a space: ๒๕๖๔ นันบัดนี้
_PAST = re.compile(r"^[^\n]{0,60}?(?:^|\s|แล้ว)นั้?น(?=$|[^ก-ฮ]|บัด|กรม|จังหวัด|สำนัก|โดย|อำเภอ|เนื่อง)")
_BY_REACH = 30
"""Letters before a date within which ภายใน makes it a deadline."""
_UNREAD_REACH = 20
"""Letters behind ภายในวันที่ that are shown for a date that could not be read."""
_NUMBER_WORD = r"(?:หนึ่ง|เอ็ด|สอง|ยี่|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ|ร้อย)"
_COUNTED_DAYS = re.compile(
    rf"(?:ภายใน(?:กำหนด|ระยะเวลา)?|ไม่เกิน)\s*(?P<days>[0-9๐-๙]{{1,3}}|{_NUMBER_WORD}{{1,6}})\s*"
    r"(?:\([^)\n]{1,12}\)\s*)?(?P<unit>วัน(?:ทำการ)?|สัปดาห์|เดือน|ปี)\s*"
    r"(?:นับ(?:ถัด)?(?:แต่|จาก|ตั้งแต่)|ตั้งแต่|หลังจาก)\s*"
    r"(?P<event>วัน(?:ที่)?(?:ได้?รับ|รับ|ถัดจาก|ลง|ประกาศ|แจ้ง|ทราบ|สิ้นสุด|ครบ|ออก|ยื่น|ที่)[^\s,.]{0,30})"
)
_EXAMPLE = re.compile(r"(?:เช่น|ยกตัวอย่าง|ตัวอย่างเช่น|อาทิ)(?!เดียวกัน)[^\n]*$")
_EXAMPLE_REACH = 80
"""Characters before a date within which เช่น makes it an example."""


def parse_recipients(content: TextSpan, make: FieldBuilder) -> tuple[Field[str], ...]:
    """Return the recipients, one by one."""
    places, start = [], 0
    for match in _NEXT_RECIPIENT.finditer(content.text):
        places.append(content.slice(start, match.start()))
        start = match.end()
    places.append(content.slice(start))
    return tuple(make.text(place) for place in places if place)


def parse_references(content: TextSpan, make: FieldBuilder) -> tuple[Reference, ...]:
    """Return the letters referred to; one without number or date asks for review."""
    references = []
    for item in _items(content, [date.span[1] for date in find_dates(content.text)]):
        number, date = first_number(item), first_date(item)
        references.append(
            Reference(
                title=make.text(_before(item, number, date)),
                number=make.number(item, number) if number else NumberField(review=(MISSING,)),
                date=make.date(item, date) if date else Field[dt.date](review=(MISSING,)),
            )
        )
    return tuple(references)


def parse_enclosures(content: TextSpan, make: FieldBuilder) -> tuple[Enclosure, ...]:
    """Return the things sent along; they need no number, date or count."""
    enclosures = []
    for item in _items(content, [match.end() for match in _COPIES.finditer(content.text)]):
        number, date = first_number(item), first_date(item)
        copies = _COPIES.search(item.text)
        is_one = len(_list_starts(item)) == 1 or _is_listed(content)
        doubts = () if number or date or copies or is_one else (SEVERAL_POSSIBLE,)
        enclosures.append(
            Enclosure(
                title=_enclosure_title(item, number, date, copies, make).doubted(*doubts),
                number=make.number(item, number) if number else NumberField(),
                date=make.date(item, date) if date else Field[dt.date](),
                copies=_copies(item, copies, make),
            )
        )
    return tuple(enclosures)


def parse_deadlines(body: TextSpan, make: FieldBuilder) -> tuple[Deadline, ...]:
    """Return the days by which something is to be done, in the order of the text."""
    found: list[tuple[int, Deadline]] = list(_counted_deadlines(body, make))
    covered: list[tuple[int, int]] = []
    for date in find_dates(body.text):
        before = body.text[max(0, date.span[0] - _BY_REACH) : date.span[0]]
        match = _BY.search(before)
        if match is None or _is_example(body.text[: date.span[0]]):
            continue
        covered.append((date.span[0] - len(before) + match.start(), date.span[1]))
        past = _PAST.match(body.text[date.span[1] :]) is not None
        found.append(
            (date.span[0], Deadline(date=make.date(body, date), weekday=_weekday(body, date, make), past=past))
        )
    for match in _BY_UNREAD.finditer(body.text):
        if any(start <= match.start() < end for start, end in covered) or _is_example(body.text[: match.start()]):
            continue
        place = body.slice(match.start(), match.end() + _UNREAD_REACH)
        unread = make.unread_date(place, DATE_UNREADABLE)
        found.append((match.start(), Deadline(date=unread, weekday=Field[int]())))
    return tuple(deadline for _, deadline in sorted(found, key=lambda pair: pair[0]))


def _is_example(before: str) -> bool:
    """Tell whether what follows a text is one of its examples (เช่น …)."""
    return _EXAMPLE.search(before[-_EXAMPLE_REACH:]) is not None


def _counted_deadlines(body: TextSpan, make: FieldBuilder) -> Iterator[tuple[int, Deadline]]:
    """Yield the deadlines that are counted from an event: ภายใน ๔๕ วัน นับแต่วันที่ได้รับหนังสือ."""
    for match in _COUNTED_DAYS.finditer(body.text):
        if _is_example(body.text[: match.start()]):
            continue
        # A month has no number of days: what it comes to is for a person to say.
        days = _parse_days(match["days"]) if match["unit"].startswith("วัน") else None
        if days is None:
            unread = make.unread_date(body.slice(*match.span()), DATE_UNREADABLE)
            yield match.start(), Deadline(date=unread, weekday=Field[int]())
            continue
        place = body.slice(*match.span())
        stated = make.digits(place, place.text)
        date = Field[dt.date](**{**stated.model_dump(), "value": None, "null_reason": NullReason.ABSENT})
        event = body.slice(*match.span("event")).text
        yield match.start(), Deadline(date=date, weekday=Field[int](), within_days=days, counted_from=event)


def _parse_days(text: str) -> int | None:
    """Return a number of days in digits of either script or in words; None where it is neither."""
    number = parse_int(text)
    if number is not None:
        return number
    from pythainlp.util import thaiword_to_num

    try:
        return int(thaiword_to_num(text))
    except ValueError:
        return None


def _weekday(body: TextSpan, date: ThaiDate, make: FieldBuilder) -> Field[int]:
    if date.weekday is None:
        return Field[int]()
    place = body.slice(*date.span)
    name = WEEKDAYS[date.weekday - 1]
    at = place.text.find(name)
    raw = make.text(place.slice(at, at + len(name)) if at >= 0 else place)
    return Field[int](**{**raw.model_dump(), "value": date.weekday})


def _items(content: TextSpan, ends: Sequence[int]) -> list[TextSpan]:
    """Return the items of a part: numbered, behind dashes, or each up to where one ends; or all of it as the only one.

    Args:
        content: The part.
        ends: Where in its text an item without a number ends, if a line ends there, too: with its count or its date.
    """
    bounds = _find_numbers(content.text) or _find_dashes(content)
    if not bounds:
        bounds = [(start, start) for start in _find_unnumbered(content, ends)]
    stops = [*(mark for mark, _ in bounds[1:]), len(content.text)]
    items = [content.slice(start, stop) for (_, start), stop in zip(bounds, stops, strict=True)]
    return [item for item in items if item]


def _list_starts(item: TextSpan) -> list[int]:
    """Return where the lines of an item begin that do not go on with the one above, by their first word."""
    starts = [part.start for part in item.parts]
    return [start for start in starts if not start or not _GOES_ON.match(item.text[start:])]


def _is_listed(content: TextSpan) -> bool:
    return bool(_find_numbers(content.text) or _find_dashes(content))


def _find_numbers(text: str) -> list[tuple[int, int]]:
    """Return where each number of a list begins and ends: ๑. ๒. or ๑) ๒), or (๑) (๒) in their order; none for no list.

    What is in brackets is as often a part of what is said, so that only numbers that follow each other are a list.
    """
    marks = [mark.span() for mark in _ITEM.finditer(text) if _begins_item(text[: mark.start()])]
    if not marks:
        expected = 1
        for mark in _BRACKETED_ITEM.finditer(text):
            if parse_int(mark["number"]) == expected and _begins_item(text[: mark.start()]):
                marks.append(mark.span())
                expected += 1
    return marks if marks and marks[0][0] == 0 else []


def _begins_item(before: str) -> bool:
    """Tell whether a number may begin an item: it is no part of a name before it, nor of what stands in brackets."""
    return _CITES.search(before) is None and before.count("(") <= before.count(")")


def _find_dashes(content: TextSpan) -> list[tuple[int, int]]:
    """Return where the dash before each item begins and ends; that of the first may have gone with the label."""
    starts = (part.start for part in content.parts)
    marks = [(at, at + len(dash[0])) for at in starts if (dash := _DASHED_ITEM.match(content.text[at:]))]
    return marks if not marks or marks[0][0] == 0 else [(0, 0), *marks]


def _find_unnumbered(content: TextSpan, ends: Sequence[int]) -> list[int]:
    """Return where items without numbers begin: on a new line, behind what ends one or a line too short to go on."""
    starts = [0]
    for above, part in pairwise(content.parts):
        if _GOES_ON.match(content.text[part.start :]):
            continue
        short = above.line.has_layout and above.line.box.x1 < _SHORT_LINE
        ended = any(above.start < end <= part.start and not content.text[end : part.start].strip() for end in ends)
        if ended or (short and not ends):
            starts.append(part.start)
    return starts


def _before(item: TextSpan, number: LetterNumber | None, date: ThaiDate | None) -> TextSpan:
    """Return what stands before the number, or before the date where there is no number."""
    if number is not None:
        lead = item.text[: number.span[0]]
        return item.slice(0, len(_THE.sub("", lead)))
    if date is not None:
        lead = item.text[: date.span[0]]
        return item.slice(0, len(_LEAD.sub("", lead)))
    return item


def _enclosure_title(
    item: TextSpan, number: LetterNumber | None, date: ThaiDate | None, copies: re.Match[str] | None, make: FieldBuilder
) -> Field[str]:
    """Return what is sent along: all that is said of it but its number, date and count."""
    end = copies.start() if copies else len(item.text)
    counted = item.slice(0, end)
    if number is None:
        return make.text(counted)
    first = _before(item, number, date)
    last = max([number.span[1]] + ([date.span[1]] if date and date.span[1] <= end else []))
    between = item.text[last:end].strip()
    value = f"{first.text} {between}" if between and not _DATED.match(between) else first.text
    return make.text(counted, value=value)


def _copies(item: TextSpan, match: re.Match[str] | None, make: FieldBuilder) -> Field[int]:
    if match is None:
        return Field[int]()
    raw = make.digits(item.slice(*match.span()), match.group())
    count = parse_int(match["count"])
    review = raw.review if count is not None else (*raw.review, "count.unreadable")
    return Field[int](**{**raw.model_dump(), "value": count, "review": review})
