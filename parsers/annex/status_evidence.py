"""What an annex itself says of its signs: a legend (/ หมายถึง ส่งแล้ว), and how many did and did not (ส่งแล้ว ๕๙ แห่ง)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from models.annex import Status
from parsers.annex.status_words import parse_paired_word, parse_word
from thai.numerals import parse_int
from thai.text import normalize

_COUNT: Final = re.compile(
    r"(?P<wording>[ก-๎]{2,}?)\s*(?:จำนวน|รวม)?\s*(?P<count>[0-9๐-๙][0-9๐-๙,]*)\s*(?:แห่ง|อปท|หน่วยงาน|ราย)"
)
_LEGEND: Final = re.compile(
    r"(?<![0-9๐-๙,.])(?P<sign>[^\sก-๎0-9,.:()“”\"]|[0-9])\s*(?:=|หมายถึง|คือ)\s*(?P<wording>[ก-๎]{2,})"
)


@dataclass(frozen=True, slots=True)
class StatusEvidence:
    """What an annex says of the signs in it.

    Attributes:
        legend: Status by sign.
        done, undone: How many bodies did what is asked and did not, as printed; None where it says no such thing.
    """

    legend: Mapping[str, Status] = field(default_factory=dict)
    done: int | None = None
    undone: int | None = None

    def tell(self, counts: Mapping[str, int]) -> dict[str, Status]:
        """Return what the values of a column mean by this; nothing where it does not tell, or tells it two ways.

        Args:
            counts: How many rows have each value.
        """
        if counts and all(value in self.legend for value in counts):
            return {value: self.legend[value] for value in counts}
        yes, no = (_find_only(counts, printed) for printed in (self.done, self.undone))
        if len(counts) != len(("yes", "no")) or yes is None or (self.undone is not None and no is None):
            return {}
        return {value: Status.COMPLETE if value == yes else Status.INCOMPLETE for value in counts}


def _find_only(counts: Mapping[str, int], printed: int | None) -> str | None:
    """Return the one value that so many rows have; None where none has, or several have."""
    found = [value for value, count in counts.items() if count == printed]
    return found[0] if len(found) == 1 else None


NO_EVIDENCE: Final = StatusEvidence()


def find_evidence(texts: Iterable[str]) -> StatusEvidence:
    """Return what the notes, titles and rows of totals of an annex say of its signs."""
    said = [normalize(text).replace("\n", " ") for text in texts]
    counts = {match["wording"]: parse_int(match["count"]) for text in said for match in _COUNT.finditer(text)}
    legend = {match["sign"]: match["wording"] for text in said for match in _LEGEND.finditer(text)}
    stated = {wording: _parse(wording, counts) for wording in counts}
    done = {counts[wording] for wording, status in stated.items() if status is Status.COMPLETE}
    undone = {counts[wording] for wording, status in stated.items() if status not in (None, Status.COMPLETE)}
    return StatusEvidence(
        {sign: status for sign, wording in legend.items() if (status := _parse(wording, legend.values())) is not None},
        done.pop() if len(done) == 1 else None,
        undone.pop() if len(undone) == 1 else None,
    )


def _parse(wording: str, others: Iterable[str]) -> Status | None:
    return parse_word(wording) or parse_paired_word(wording, list(others))
