"""Letter numbers: ที่ มท ๐๘๑๐.๒/ว ๘๕๖ is ministry มท, unit 0810.2, circular, running number 856.

After ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. ๒๕๒๖, annex 1: consonants of the ministry or province, the digits
of the office, a stroke, and the running number; a circular (หนังสือเวียน) has ว before it and a series of its own.
Codes of what is wrong or doubtful:

    number.running_missing  nothing after the stroke, as in a draft not yet numbered
    number.running_split    more digits stand one space behind the running number
    number.malformed        a stroke too many or too few, a comma for a point, an office code of fewer than four
                            digits, or a range that runs backwards
    number.unit_split       a space between digits of the office code, where a point may have been lost; after four
                            digits it is taken for one
    number.mixed_digits     both scripts in one group of digits
"""

import re
from dataclasses import dataclass

from thai.months import MONTHS_SHORT
from thai.numerals import mixed_digits, to_arabic
from thai.text import LETTER

_S = r"[^\S\n]{0,3}"
_BREAK = r"[^\S\n]{0,3}(?:\n[^\S\n]{0,3})?"
_CIRCULAR = rf"ว(?![{LETTER}])"
_TO = rf"{_S}(?:[-–]|ถึง){_S}"
"""Between the first and the last number of several letters."""
_FORM = re.compile(
    rf"(?:(?<![{LETTER}])|(?<=ที่)|(?<=ที))(?P<prefix>[ก-ฮ](?:\.?[ก-ฮ]){{0,2}}\.?){_BREAK}"
    rf"(?P<committee>\([ก-ฮ.]{{2,10}}\){_S})?"
    r"(?P<office>\d(?: ?\d){0,6})(?P<levels>(?: ?[.,] ?\d{1,4}){0,4})"
    rf"(?:{_S}(?P<stroke>/)(?:{_BREAK}(?P<circular>{_CIRCULAR}))?|{_S}(?P<bare_circular>{_CIRCULAR}))"
    rf"(?:{_S}\.?{_S}(?P<running>\d{{1,7}})"
    rf"(?:{_TO}(?:{_CIRCULAR}{_S})?(?P<last>\d{{1,7}})(?![\d/-])|(?P<more>(?: ?/ ?\d{{1,6}}){{1,3}}))?)?(?!\d)"
)
_SPLIT_AFTER = re.compile(r" \d{1,4}(?=\s*(?:$|\n|\)|ลง|ลว))")
_NOTHING_AFTER = re.compile(rf"[^\S\n]*(?![{LETTER}A-Za-z])")
_SPACES_AND_POINTS = re.compile(r"[.\s]")
_YEAR = re.compile(r"2[4-6]\d\d")
_DATE_WORDS = {_SPACES_AND_POINTS.sub("", short) for short in MONTHS_SHORT} | {"พศ", "คศ"}
# Words and abbreviations of consonants only that stand before numbers and are no code: acts, units, addresses.
_WORDS = frozenset({"พรบ", "พรก", "กม", "ตรม", "ตรกม", "คน", "รวม", "ครบ", "ผล", "ถนน", "ตรอก", "น", "บท", "หมด"})
_OFFICE_DIGITS = 4
"""Digits of the number of an office (รหัสตัวเลข), which the regulation has at four."""
_LOST_POINT = re.compile(r"\d{4} \d{1,2}")
"""An office has four digits, and what follows them after a point is a part of it."""


@dataclass(frozen=True, slots=True)
class LetterNumber:
    """A letter number found in a text; `str()` gives its canonical form, such as `มท 0810.2/ว 856`.

    Attributes:
        prefix: Consonants of the ministry or province, without points.
        unit: Office code in Arabic digits; a committee's letters stand before it, as in `(กวจ) 0405.2`.
        circular: True where ว stands before the running number.
        running: Running number in Arabic digits with its leading zeros, or a range of them, such as `12-14`; empty
            where it is missing.
        raw: As it stands in the text.
        span: Where `raw` stands, as indices into the text.
        problems: Codes of what is wrong or doubtful; empty for a number that is plainly printed.
    """

    prefix: str
    unit: str
    circular: bool
    running: str
    raw: str
    span: tuple[int, int]
    problems: tuple[str, ...] = ()

    def __str__(self) -> str:
        marked = f"ว {self.running}".rstrip() if self.circular else self.running
        return f"{self.prefix} {self.unit}/{marked}"


def parse_letter_number(text: str) -> LetterNumber | None:
    """Return the first letter number of a text, or None."""
    return next(iter(find_letter_numbers(text)), None)


def find_letter_numbers(text: str) -> list[LetterNumber]:
    """Return every letter number of a text, in order.

    Dates, telephone and house numbers, and numbers of orders (๑๒/๒๕๖๔, which name no office) are none.
    """
    plain = to_arabic(text)
    read = (_read(text, match) for match in _FORM.finditer(plain))
    return [number for number in read if number is not None]


def _read(text: str, match: re.Match[str]) -> LetterNumber | None:
    prefix = _SPACES_AND_POINTS.sub("", match["prefix"])
    office = match["office"].replace(" ", "")
    levels = match["levels"].replace(" ", "").replace(",", ".")
    if _LOST_POINT.fullmatch(match["office"]) and not levels:
        office, levels = office[:_OFFICE_DIGITS], "." + office[_OFFICE_DIGITS:]
    if not _is_office(prefix, office, levels, match):
        return None
    committee = match["committee"].rstrip() + " " if match["committee"] else ""
    more = (match["more"] or "").replace(" ", "")
    raw = match.group().rstrip()
    return LetterNumber(
        prefix=prefix,
        unit=committee + office + levels,
        circular=match["circular"] is not None or match["bare_circular"] is not None,
        running=(match["running"] or "") + (f"-{match['last']}" if match["last"] else "") + more,
        raw=text[match.start() : match.start() + len(raw)],
        span=(match.start(), match.start() + len(raw)),
        problems=_problems(text, match, office),
    )


def _is_range(match: re.Match[str]) -> bool:
    """Tell whether the last number of a range is above the first, as every range has it; true where there is none."""
    first, last = match["running"], match["last"]
    return not last or len(last) < len(first) or int(last) > int(first)


def _is_office(prefix: str, office: str, levels: str, match: re.Match[str]) -> bool:
    """Tell a letter number from other words that stand before digits and a stroke."""
    if prefix in _WORDS or (prefix in _DATE_WORDS and not levels and _YEAR.fullmatch(office)):
        return False
    circular = match["circular"] or match["bare_circular"]
    if len(office) < _OFFICE_DIGITS and (len(prefix) == 1 or not (levels or circular)):
        return False
    if match["running"]:
        return True
    return match["stroke"] is not None and _NOTHING_AFTER.match(match.string, match.end()) is not None


def _problems(text: str, match: re.Match[str], office: str) -> tuple[str, ...]:
    """Return the codes of what is wrong or doubtful, each once."""
    problems = []
    if not match["running"]:
        problems.append("number.running_missing")
    elif not match["more"] and _SPLIT_AFTER.match(match.string, match.end()):
        problems.append("number.running_split")
    if (
        match["more"]
        or not _is_range(match)
        or match["stroke"] is None
        or len(office) < _OFFICE_DIGITS
        or "," in match["levels"]
    ):
        problems.append("number.malformed")
    if " " in match["office"]:
        problems.append("number.unit_split")
    if mixed_digits(text[match.start() : match.end()].replace(" ", "")):
        problems.append("number.mixed_digits")
    return tuple(problems)
