r"""The shapes in which dates stand on paper, as regular expressions over text with Arabic digits.

Every repeat is bounded and no two neighbors can share a character, so that hostile text costs no more than its
length. `{1,12}` spaces are what a blank in a typed form comes to.
"""

import re

from thai.months import MONTHS, MONTHS_SHORT
from thai.text import LETTER

_T = f"[{LETTER}]"
_SPACE = r"[^\S\n]{0,12}(?:\n[^\S\n]{0,12})?"
_RANGE_MARK = r"(?:-|–|—|ถึง)"
_ERA = r"(?P<era>พ ?\. ?ศ ?\.?|ค ?\. ?ศ ?\.?|พศ\.?|คศ\.?|ปี)"
_NAME = rf"{_T}(?:[. ]{{0,2}}{_T}){{1,18}}?\.?"
_FULL_NAME = "|".join(MONTHS)
_SHORT_NAME = "|".join(re.escape(name).replace(r"\.", r"\. ?") for name in MONTHS_SHORT)
_EXACT_NAME = rf"(?:{_FULL_NAME}|(?<!{_T})(?:{_SHORT_NAME}))"


def _day(prefix: str = "") -> str:
    """Return the pattern of `วันศุกร์ที่ ๗`; groups are named with the prefix.

    Four more digits are the clock of a military date-time group, such as ๒๐๐๗๔๕ ก.พ. ๖๗.
    """
    return (
        rf"(?P<{prefix}lead>วัน ?(?:(?P<{prefix}weekday>(?!ที่)(?!เดือน){_T}{{2,9}}?ฯ?) ?)?(?:ที่)?{_SPACE})?"
        rf"(?<![\d.,/:])(?P<{prefix}day>\d\d?)(?:(?<=\d\d)[0-2]\d[0-5]\d)?(?!\d)"
    )


WRITTEN = re.compile(
    rf"(?:{_day('first_')}(?:{_SPACE}(?P<first_month>{_NAME}))?{_SPACE}{_RANGE_MARK}{_SPACE})?"
    rf"{_day()}{_SPACE}(?:เดือน ?)?(?P<month>{_NAME}){_SPACE}(?:{_ERA}{_SPACE})?"
    r"(?P<year>2[45] \d\d|\d{2,6})(?!\d|[.:]\d)"
)
"""`๒๙ เมษายน ๒๕๖๔`, with or without weekday, พ.ศ. and the first day of a range."""

NUMERIC = re.compile(
    r"(?<![\d/.\-])(?P<day>\d\d?)(?: ?(?P<slash>/) ?|(?P<mark>[.\-]))(?P<month>\d\d?)"
    r"(?(slash) ?/ ?|(?P=mark))(?P<year>\d{4}|\d\d)(?![\d/\-]|\.\d)"
)
"""`29/4/2564`, `29-04-64`, `29.4.2564`."""

ISO = re.compile(r"(?<![\d/.\-])(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?![\d/\-])")
"""`2021-04-29`."""

_ENGLISH_NAME = r"(?P<month>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})\.?"

ENGLISH = re.compile(
    rf"(?<![\w./-])(?P<day>\d\d?)(?:st|nd|rd|th)?(?: (?:of )?|-){_ENGLISH_NAME}(?: |, ?|-)"
    r"(?P<year>\d{4}|\d\d)(?![\d/-])",
    re.IGNORECASE,
)
"""`12 March 2021`, `12th of March, 2021`, `12-Mar-21`."""

AMERICAN = re.compile(
    rf"(?<!\w){_ENGLISH_NAME} (?P<day>\d\d?)(?:st|nd|rd|th)?(?:, ?| )(?P<year>\d{{4}})(?![\d/-])", re.IGNORECASE
)
"""`March 12, 2021`."""

BLANK = re.compile(rf"วัน(?:ที่)?[\s.…_]{{0,40}}เดือน[\s.…_]{{0,40}}(?:{_ERA}[\s.…_]{{0,40}})?(?P<year>\d{{2,6}})(?!\d)")
"""`วัน เดือน ๒๕๖๔`: a form that nobody filled in."""

MONTH_YEAR = re.compile(
    rf"(?:(?<!{_T})(?:เดือน ?)?(?={_T}{{5,14}}{_SPACE}(?:พ|ค|ปี|2))|(?={_EXACT_NAME}))"
    rf"(?P<month>{_EXACT_NAME}|{_T}{{5,14}}){_SPACE}(?:{_ERA}{_SPACE})?(?P<year>2[45] \d\d|\d{{3,6}})(?!\d|[.:]\d)"
)
"""`พฤศจิกายน ๒๕๕๓`, its day missing; a misspelt name must begin a word."""

DAY_MONTH = re.compile(rf"{_day()}{_SPACE}(?:เดือน ?)?(?P<month>{_EXACT_NAME})")
"""`๗ พฤษภาคม`, its year missing; only names spelt right, for nothing else shows that it is a date."""
