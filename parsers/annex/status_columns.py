"""Which column of a table says how far each body is, and what its words and signs mean there.

The same for every input. Evidence is taken together: the header, the words, which of them exclude each other, the
printed total, and the remarks beside them. What is not understood is said to be so, value by value; nothing is taken
for "no status" because it is not known.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from models.annex import Status
from parsers.annex.status_evidence import NO_EVIDENCE, StatusEvidence
from parsers.annex.status_words import (
    Sign,
    has_doubtful_circle,
    is_bare_letter,
    is_nil,
    names_status,
    negates,
    parse_digit,
    parse_paired_word,
    parse_sign,
    parse_word,
    says_not_yet,
    word_key,
)
from thai.numerals import parse_decimal

NOT_UNDERSTOOD: Final = "status.not_understood"
"""A status was read, but means nothing known."""
REPAIRED: Final = "status.repaired"
"""A status is a misreading of one that other rows have; which it is was told by the letters that they share."""
CONTRADICTED: Final = "status.contradicted"
"""A sign says one thing, the printed total or the remarks beside it another."""


@dataclass(frozen=True, slots=True)
class StatusColumnSettings:
    """How a column of statuses is told.

    Attributes:
        least_understood: Share of a column's filled cells that must be words or signs known, where its header does
            not say that it holds a status: half, so that one odd wording does not hide the others.
        most_alike: Different wordings at most where neither header nor words tell: what divides bodies into two or
            three groups may be a status.
        misread: Share of the letters of a wording that may be misread where no other wording is as near.
        remark_lead: How much larger the share of rows with a remark must be among the done than among the others to
            contradict a sign.
    """

    least_understood: float = 0.5
    most_alike: int = 3
    misread: float = 0.2
    remark_lead: float = 0.5


SETTINGS: Final = StatusColumnSettings()


@dataclass(frozen=True, slots=True)
class StatusColumn:
    """What a column's values mean.

    Attributes:
        index: Which column it is.
        meanings: Status by value as written; a value that is not in it was not understood.
        contradicted: Whether totals or remarks speak against it.
    """

    index: int
    meanings: Mapping[str, Status] = field(default_factory=dict)
    contradicted: bool = False

    def parse(self, text: str) -> tuple[Status | None, tuple[str, ...]]:
        """Return the status that a cell states, and why a person should look."""
        said = text.strip()
        if not said:
            return None, ("missing",)
        status = self.meanings.get(said)
        if status is not None:
            return status, (CONTRADICTED,) if self.contradicted else ()
        nearest = _find_nearest(said, self.meanings)
        return (None, (NOT_UNDERSTOOD,)) if nearest is None else (self.meanings[nearest], (REPAIRED,))


def _find_nearest(text: str, wordings: Iterable[str]) -> str | None:
    """Return the wording that a text is a misreading of; None where it is near none, or as near to two."""
    from rapidfuzz.distance import Levenshtein

    key = word_key(text)
    near = sorted((Levenshtein.distance(key, word_key(wording)), wording) for wording in wordings)
    if not near or near[0][0] > SETTINGS.misread * len(word_key(near[0][1])):
        return None
    return None if len(near) > 1 and near[1][0] == near[0][0] else near[0][1]


def read_meanings(header: str, values: Sequence[str]) -> dict[str, Status]:
    """Return what the values of one column mean.

    Args:
        header: Its header.
        values: Its cells, top to bottom; empty ones say nothing.
    """
    said = dict.fromkeys(value.strip() for value in values if value.strip())
    found = {text: status for text in said if (status := parse_word(text) or parse_paired_word(text, said))}
    partial = any(status is Status.INCOMPLETE and not says_not_yet(text) for text, status in found.items())
    if partial:
        # Of three states ยังไม่… is the one that nothing was begun in.
        found |= {t: Status.NOT_STARTED for t, s in found.items() if s is Status.INCOMPLETE and says_not_yet(t)}
    return found | _read_signs(header, [text for text in said if text not in found], alone=not found)


def _read_signs(header: str, texts: Sequence[str], *, alone: bool) -> dict[str, Status]:
    """Return what signs mean: those of a pair, or a tick alone; nothing where one may be a letter or a number."""
    digits = names_status(header) and {parse_digit(text) for text in texts} == {Sign.YES, Sign.NO}
    signs = {text: sign for text in texts if (sign := (parse_digit if digits else parse_sign)(text)) is not None}
    understood = alone and Sign.YES in signs.values() and len(signs) == len(texts)
    if not understood or (not digits and _may_mean_other(signs)):
        return {}
    done, undone = Status.COMPLETE, Status.INCOMPLETE
    if negates(header):
        done, undone = undone, done
    return {text: done if sign is Sign.YES else undone for text, sign in signs.items()}


def _may_mean_other(signs: Collection[str]) -> bool:
    """Tell whether signs may be a letter, or a circle that says yes in many an office."""
    return has_doubtful_circle(signs) or (len(signs) == 1 and all(is_bare_letter(text) for text in signs))


def find_status_column(
    headers: Sequence[str],
    columns: Sequence[Sequence[str]],
    free: Sequence[int],
    remarks: Sequence[str] = (),
    *,
    named: bool = False,
    evidence: StatusEvidence = NO_EVIDENCE,
) -> StatusColumn | None:
    """Return the column that says how far each body is, or None where no column does.

    A column whose header says that it holds a status is one whatever its words are. Without such a header it is the
    first whose values are understood; and where that is none, the only one that parts the bodies into two or three
    groups, whose values are then not understood.

    Args:
        headers: The header of each column.
        columns: The cells of each column, top to bottom.
        free: The columns that hold nothing else: no names, numbers, remarks.
        remarks: The remark of each row, where there is such a column.
        named: Whether a person says that the free column is the one.
        evidence: What the annex itself says of its signs.
    """
    likely = [at for at in free if named or (names_status(headers[at]) and not _is_numeric(columns[at]))]
    read = {at: read_meanings(headers[at], columns[at]) for at in free}
    understood = [at for at in free if _share_understood(columns[at], read[at]) > SETTINGS.least_understood]
    both = [at for at in understood if at in likely or len(set(read[at].values())) > 1]
    chosen = _find_first([at for at in both if at in likely], both, likely)
    if chosen is None:
        found = _find_doubtful_column(headers, columns, free)
    else:
        found = StatusColumn(chosen, read[chosen], _speaks_against(columns[chosen], read[chosen], remarks))
    return found and _weigh(found, columns[found.index], evidence)


def _weigh(column: StatusColumn, values: Sequence[str], evidence: StatusEvidence) -> StatusColumn:
    """Return what a column means by a legend or printed numbers, too: what is not understood, or is contradicted."""
    said = evidence.tell(Counter(value.strip() for value in values if value.strip()))
    against = any(
        (column.meanings.get(text, status) is Status.COMPLETE) != (status is Status.COMPLETE)
        for text, status in said.items()
    )
    return replace(column, meanings={**said, **column.meanings}, contradicted=column.contradicted or against)


def _find_first(*groups: Sequence[int]) -> int | None:
    """Return the first member of the first group that has any."""
    return next((at for group in groups for at in group), None)


def _find_doubtful_column(
    headers: Sequence[str], columns: Sequence[Sequence[str]], free: Sequence[int]
) -> StatusColumn | None:
    """Return the only column of ticks and gaps, else the only one that parts the bodies into a few groups."""
    ticked = [at for at in free if any(columns[at]) and all(not c or parse_sign(c) is Sign.YES for c in columns[at])]
    if len(ticked) == 1 and not all(is_bare_letter(text) for text in columns[ticked[0]] if text):
        return StatusColumn(ticked[0], read_meanings(headers[ticked[0]], columns[ticked[0]]))
    groups = [at for at in free if _is_grouping(headers[at], columns[at])]
    return StatusColumn(groups[0]) if len(groups) == 1 else None


def _share_understood(values: Sequence[str], meanings: Mapping[str, Status]) -> float:
    said = [value.strip() for value in values if value.strip()]
    return sum(text in meanings for text in said) / max(len(said), 1)


def _is_numeric(values: Sequence[str]) -> bool:
    """Tell whether a column holds numbers other than 1 for yes and 0 for no."""
    said = [value for value in values if not is_nil(value)]
    digits = {parse_digit(value) for value in said} == {Sign.YES, Sign.NO}
    return bool(said) and not digits and sum(parse_decimal(value) is not None for value in said) > len(said) / 2


def _is_grouping(header: str, values: Sequence[str]) -> bool:
    """Tell whether a column parts the bodies into a few groups in short words or signs that are no kind of thing."""
    said = Counter(value.strip() for value in values if value.strip())
    few = 2 <= len(said) <= SETTINGS.most_alike < said.total()
    short = all(len(text) <= _LONGEST_STATUS for text in said)
    numeric = any(parse_decimal(text) is not None and parse_digit(text) is None for text in said)
    return few and short and not numeric and min(said.values()) > 1 and not _sorts(header)


_LONGEST_STATUS: Final = 30
"""Characters of the longest wording of a status; a longer one is a sentence."""


def _sorts(header: str) -> bool:
    """Tell whether a header names a sort of thing rather than a state."""
    return any(
        word in header
        for word in ("จำนวน", "ประเภท", "ขนาด", "ชนิด", "กลุ่ม", "สังกัด", "ตำบล", "โทร", "ระดับ", "เขต", "จังหวัด")
    )


def _speaks_against(values: Sequence[str], meanings: Mapping[str, Status], remarks: Sequence[str]) -> bool:
    """Tell whether remarks of what is wanting stand beside signs of what is done, rather than beside the others."""
    if not remarks or any(parse_word(text) for text in meanings):
        return False
    wanting: dict[bool, list[bool]] = {True: [], False: []}
    for value, remark in zip(values, remarks, strict=True):
        status = meanings.get(value.strip())
        if status is not None:
            wanting[status is Status.COMPLETE].append(bool(remark.strip()) and negates(remark))
    shares = {done: sum(found) / max(len(found), 1) for done, found in wanting.items()}
    return shares[True] - shares[False] > SETTINGS.remark_lead
