"""The parts of a letter's number and date that offices leave open, to be filled in by hand: where they are in a line.

A letter is typed as `ที่ นม ๐๐๓๗.๖/      ` and `      พฤศจิกายน ๒๕๕๓`; the running number and the day come when it is
signed. What the recognizer made of the ink there says little, so they are found by the print beside them.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from models.ocr import Line, Word
from thai.months import parse_month
from thai.numerals import to_arabic

_THE = r"^[\s.,'|]*ท[ัิีึืํ]?[่-๋์]*"
_CODE = (
    r"[\s.:]*(?:[ก-ฮ]\.?\s?){1,4}[\s.]*(?:\([^()]*\)\s*)?"
    r"(?P<print>\d[\d .]{2,14})(?:/\s*(?:ว(?![ะ-๎])[\s.]*)?|ว(?![ะ-๎]))"
)
_NUMBER, _BARE_NUMBER = re.compile(_THE + _CODE), re.compile(rf"(?:{_THE})?" + _CODE)
_MONTH = re.compile(
    r"(?P<month>[ก-ฮเ][ก-ฮะ-๎]{0,8}\.? ?[ก-ฮ][ก-ฮะ-๎]{0,8}\.?)\s*(?:พ\.?\s?ศ\.?\s*)?(?P<print>\d{3,4}|\d{2})\W*$"
)
_YEAR_AT_END = re.compile(r"\d\d\W*$")
_DAY_LABEL = re.compile(r"วัน(?:ที่|ที)[\s.…]*(?P<day>\S{0,6})\s*(?:เดือน\s*)?$")
_DATED_LINE = re.compile(rf"{_THE}\s|ณ\s*วันที่")
_EDGES = " .,'|"
_LABEL = re.compile(r"วัน(?:ที่|ที)")
_PRINTED_WORD = re.compile(r"[ก-ฮ][ก-ฮะ-๎]{3,}")
_SYLLABLE = re.compile("[ก-ฮ][ะ-ฺเ-๎]*[ก-ฮ][ะ-ฺเ-๎]|[ก-ฮ][ะ-ฺ็-๎]+[ก-ฮ]")
_DAY_LETTERS = 7
"""What stands before the month on a line of its own is a day of two digits, whatever it was read as."""


class FillInKind(StrEnum):
    """What is left open."""

    RUNNING = "running"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class FillInField:
    """A part of a line that may have been filled in by hand.

    Attributes:
        kind: What it is.
        before, after: What is printed on both sides; a word that runs into the part is cut.
        words: What was read in its place.
        print: The words that hold the digits printed beside it: the office's code, or the year.
        lead: The text from the first of these digits to the part, for a number.
        month: Month from 1, for a day.
    """

    kind: FillInKind
    before: tuple[Word, ...]
    words: tuple[Word, ...]
    after: tuple[Word, ...]
    print: tuple[Word, ...]
    lead: str = ""
    month: int = 0


def find_fill_in_fields(line: Line, *, bare_numbers: bool = False) -> list[FillInField]:
    """Return the parts of a line that may have been filled in by hand, from left to right.

    Args:
        line: As the recognizer read it.
        bare_numbers: Whether a number may stand without ที่, as under a label.
    """
    text = to_arabic(line.text)
    pattern = _BARE_NUMBER if bare_numbers else _NUMBER
    return [field for field in (_running(text, line, pattern), _day(text, line)) if field is not None]


def is_bare_number(text: str) -> bool:
    """Tell whether a line of text is a letter's number up to its stroke at least, with ที่ or without."""
    return _BARE_NUMBER.match(to_arabic(text)) is not None


def _running(text: str, line: Line, pattern: re.Pattern[str]) -> FillInField | None:
    match = pattern.match(text)
    if match is None:
        return None
    end = len(text)
    for begin, word in _placed(line):
        print_ = _LABEL.match(word.text) or _PRINTED_WORD.search(word.text)
        if begin >= match.end() and print_ is not None:
            # What stands at the right may have been read as one word with the last digits.
            end = begin + print_.start()
            break
    before, words, after = _parted(line, match.end(), end)
    printed = _parted(line, *match.span("print"))[1]
    return FillInField(
        FillInKind.RUNNING, before, words, after, printed, text[match.start("print") : match.end()].strip()
    )


def _day(text: str, line: Line) -> FillInField | None:
    found = _month(text)
    if found is None:
        return None
    match, month = found
    lead = text[: match.start()]
    label = _DAY_LABEL.search(lead)
    if label is not None and (not lead[: label.start()].strip(_EDGES) or _DATED_LINE.search(text)):
        start = label.start("day")
    elif len(lead.strip()) <= _DAY_LETTERS and not _SYLLABLE.search(lead):
        start = 0
    else:
        return None
    before, words, after = _parted(line, start, match.start())
    return FillInField(FillInKind.DAY, before, words, after, _parted(line, *match.span("print"))[1], month=month)


def _month(text: str) -> tuple[re.Match[str], int] | None:
    """Return the month and year that a text ends with; before a name with a wrong letter, one that is right.

    What was read of the day may be a letter, and go with the month's name for a letter too many.
    """
    if not _YEAR_AT_END.search(text):
        return None
    doubtful = None
    for start in range(len(text)):
        match = _MONTH.match(text, start)
        month = parse_month(match["month"]) if match else None
        if match is not None and month is not None:
            if month[1]:
                return match, month[0]
            doubtful = doubtful or (match, month[0])
    return doubtful


def _placed(line: Line) -> list[tuple[int, Word]]:
    """Return the words with the index in the line's text where each begins; none reaches into the next.

    Tesseract is sure where a word begins, and lets it end anywhere up to the end of the next.
    """
    found, at = [], 0
    for word, following in zip(line.words, [*line.words[1:], None], strict=True):
        box = word.box
        if following is not None and box.x0 < following.box.x0 < box.x1:
            box = box._replace(x1=following.box.x0)
        found.append((at, word.model_copy(update={"box": box})))
        at += len(word.text) + 1
    return found


def _parted(line: Line, start: int, end: int) -> tuple[tuple[Word, ...], tuple[Word, ...], tuple[Word, ...]]:
    """Return the words before, within and behind a span of the line's text; those it cuts are cut in proportion."""
    parts: tuple[list[Word], list[Word], list[Word]] = ([], [], [])
    for begin, word in _placed(line):
        cuts = [0, *(min(max(cut - begin, 0), len(word.text)) for cut in (start, end)), len(word.text)]
        for part, left, right in zip(parts, cuts, cuts[1:], strict=False):
            if left < right:
                box = word.box
                step = box.width / len(word.text)
                cut = box._replace(x0=box.x0 + left * step, x1=box.x0 + right * step)
                part.append(word.model_copy(update={"text": word.text[left:right], "box": cut}))
    return tuple(parts[0]), tuple(parts[1]), tuple(parts[2])
