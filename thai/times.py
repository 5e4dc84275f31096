"""Times of day as official papers print them."""

import datetime as dt
import re

from thai.numerals import to_arabic

_HOUR = r"(?:[01]?\d|2[0-3])"
_FULL_HOUR = r"(?:[01]\d|2[0-3])"
_MINUTE = r"[0-5]\d"
_SECONDS = r"(?::[0-5]\d)?"
_END = r"(?!\d|[.:,]\d)"
_OCLOCK = r"\s?(?:น\.|น(?![ก-๎])|นาฬิกา)"
_TO = r"\s?(?:-|–|—|ถึง)\s?"
_AMOUNT = r"(?!\s?(?:%|บาท|ล้าน|พัน|คะแนน|เปอร์เซ็นต์|กม|กิโล|เมตร|ตร|ไร่|ตัน|ลิตร))"

_SPAN_OF_DAY = re.compile(
    # a span of time, named as such before or after it: เวลา ๙.๐๐-๑๖.๐๐, ๐๙๓๐-๑๖๐๐ น.
    rf"เวลา[\s:.]{{0,4}}(?P<from_led>{_HOUR}[.:]?{_MINUTE}){_SECONDS}(?:{_TO}(?P<to_led>{_HOUR}[.:]?{_MINUTE}))?{_END}"
    rf"|(?<![\d.,:/\-])(?P<from>{_HOUR}[.:]?{_MINUTE}){_TO}(?P<to>{_HOUR}[.:]?{_MINUTE}){_OCLOCK}"
    rf"|(?<![\d.,:/\-])(?P<at>{_HOUR}[.:]?{_MINUTE}){_OCLOCK}"
    # alone: 14:00, or 10.30 where it is no amount
    rf"|(?<![\d.,:/])(?P<alone>{_HOUR}:{_MINUTE}(?={_SECONDS}{_END})|{_FULL_HOUR}\.{_MINUTE}){_SECONDS}{_END}{_AMOUNT}"
)
_DIGITS = re.compile(r"(\d{1,2})[.:]?(\d\d)")


def find_times(text: str) -> list[dt.time]:
    """Return the times of a text in order, both ends of a span such as ๐๘.๐๐-๑๖.๐๐ น.

    Without น. or เวลา, hours before a point must have two digits and no unit after them, for `๙.๕๐` is a number.
    Seconds, which electronic stamps add, are dropped. ๒๔.๐๐ น. is the end of a day, which `datetime.time` cannot say,
    and is left out.
    """
    times = []
    for match in _SPAN_OF_DAY.finditer(to_arabic(text)):
        for written in match.groups():
            if written and (parts := _DIGITS.fullmatch(written)):
                times.append(dt.time(int(parts[1]), int(parts[2])))
    return times
