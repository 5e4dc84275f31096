"""L: sentences that a cover takes over from the letter it encloses."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

from rapidfuzz.distance import Levenshtein

from models.field import Field
from models.issue import Severity
from rules.engine.declaration import Case, Observation, passed, rule, violated
from rules.engine.messages import quote
from rules.engine.record_paths import enclosed
from thai.numerals import to_arabic

_LONGEST_GAP: Final = 12
"""Letters that may differ on end: more are another sentence, not a slip."""
_LONGEST_BODY: Final = 3000
"""Letters of a body that are compared; the cost grows with their square."""
_SHOWN: Final = 8
"""Letters that are shown on either side of what differs."""
_LEAST_ALIKE: Final = 0.4
"""Likeness, 0 to 1, of two short passages that are one with a slip."""


@rule(
    "L08",
    th="ข้อความที่ยกมาตรงต้นฉบับ",
    en="a sentence taken over matches its source",
    severity=Severity.INFO,
    needs="bodies of both letters",
    source="a cover hands on the words of the letter that it encloses",
)
def taken_over_whole(case: Case) -> Iterator[Observation]:
    """Where a cover runs as the enclosed letter does, a few letters that differ in between are told of.

    Spaces and the script of digits aside. A gap that is long, or like nothing in the other, is another wording and
    no matter; how long the equal text on both sides must be is a setting (rules.quote_context).
    """
    least = case.settings.quote_context
    for pair in enclosed(case):
        cover, own = _bare(pair.cover.body), _bare(pair.letter.body)
        if not cover or not own:
            continue
        evidence = (f"{pair.cover_path}.body", f"{pair.path}.body")
        matcher = SequenceMatcher(None, cover[:_LONGEST_BODY], own[:_LONGEST_BODY], autojunk=False)
        blocks = [block for block in matcher.get_matching_blocks() if block.size >= least]
        differs = False
        for before, after in pairwise(blocks):
            ours = (before.a + before.size, after.a)
            theirs = (before.b + before.size, after.b)
            if not _is_slip(cover[slice(*ours)], own[slice(*theirs)]):
                continue
            differs = True
            one, other = _shown(cover, ours), _shown(own, theirs)
            yield violated(
                f"หนังสือนำ {quote(one)} หนังสือแนบ {quote(other)}",
                f"the cover has {quote(one)}, the enclosed letter {quote(other)}",
                evidence,
            )
        if blocks and not differs:
            yield passed(*evidence)


def _bare(field: Field[str]) -> str:
    return "".join(to_arabic(field.value or field.raw).split())


def _is_slip(one: str, other: str) -> bool:
    """Whether two short passages are one with a slip: words that are as good as other words are no slip."""
    longest = max(len(one), len(other))
    if not 0 < longest <= _LONGEST_GAP:
        return False
    return longest <= 2 or Levenshtein.normalized_similarity(one, other) >= _LEAST_ALIKE


def _shown(text: str, gap: tuple[int, int]) -> str:
    """Return a passage with some letters around it."""
    return f"…{text[max(0, gap[0] - _SHOWN) : gap[1] + _SHOWN]}…"
