"""The numbers of the rows: the oracle that tells whether a row was lost."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from models.annex import Annex, ColumnKind
from models.field import Field, Repair
from models.issue import Issue, Message, Severity
from thai.numerals import parse_int, to_thai

_WINDOW, _REACH = 6, 12
"""How many numbers before and after one tell what it should be, and how many rows off they are looked for."""
_VOTES, _MAJORITY = 3, 0.7
"""How many of them, and what share, must agree on one that was not read, where they do not all."""
_CERTAIN, _UNSURE = 6, 0.8
"""Numbers that agree on one that was read with less, the next on either side among them, so that it does not ask."""
_VOTING = 0.5
"""Confidence from which a number tells what those around it should be; where most are read with less, all do."""
_REPAIRED = "sequence.repaired"
"""Review code of a number that those around it tell."""
_JUMP = "sequence.jump"
"""Review code of a number that does not go on from those before it."""
_STEP = 4
"""A number printed twice or a lost row shifts those behind it by less; more is a misread digit."""


def numbered(read: Sequence[Field[str]]) -> list[Field[int]]:
    """Return the sequence numbers; one that the numbers around it contradict is repaired.

    It asks, since the paper may be wrong, unless it was hardly read, the next on either side were read well and all
    around it agree. One that was read as the next one is may be printed twice, and asks.
    """
    every = [parse_int(item.value or "") for item in read]
    counted = [index for index in range(len(read)) if not _stands_between(index, read, every)]
    values = [every[index] for index in counted]
    # Numbers that count on from each other differ from their places by the same; one alone with its own is misread.
    shifts = _find_shifts(values)
    voting = _keep_voting(shifts, [read[index].confidence for index in counted])
    places = {index: place for place, index in enumerate(counted)}
    result: list[Field[int]] = []
    for index, item in enumerate(read):
        if item.raw == "" and every[index] is None and item.page is None:
            result.append(Field[int]())
        elif index in places:
            place = places[index]
            around = _around(place, voting)
            value, doubts = _settled(place, values, shifts[place], around)
            is_twice = values[max(place - 1, 0) : place + 2].count(values[place]) > 1
            certain = item.confidence < _UNSURE and around.is_certain and not is_twice
            result.append(_number(item, value, doubts, is_certain=certain))
        else:
            result.append(_number(item, None, ("sequence.none",)))
    return _doubt_jumps(result)


def _number(item: Field[str], value: int | None, doubts: tuple[str, ...], *, is_certain: bool = False) -> Field[int]:
    """Return a number as it was settled; a repair that all around it agree on asks nothing."""
    repair = Repair(rule="sequence.neighbours", cost=1.0) if _REPAIRED in doubts else None
    review = tuple(dict.fromkeys((*item.review, *(() if repair and is_certain else doubts))))
    known = item.model_dump(exclude={"value", "review", "repair"})
    return Field[int](**known, value=value, review=review, repair=repair)


def _doubt_jumps(read: Sequence[Field[int]]) -> list[Field[int]]:
    """Return the numbers with a doubt at each that does not go on from the last one that is not doubted.

    A row was not found or not printed there, or both it and its neighbor are misread alike.
    """
    result: list[Field[int]] = []
    expected = 1
    for item in read:
        if item.value is None:
            result.append(item)
            continue
        goes_on = item.review or item.value in (1, expected)
        result.append(item if goes_on else item.doubted(_JUMP))
        stands = not item.review or _JUMP in item.review
        expected = (item.value if stands else expected) + 1
    return result


def _stands_between(index: int, read: Sequence[Field[str]], values: Sequence[int | None]) -> bool:
    """Whether a row has no number on paper: its cell is empty, and the numbers around count on past it."""
    if read[index].raw or read[index].review:
        return False
    before = next((value for value in reversed(values[:index]) if value is not None), None)
    after = next((value for value in values[index + 1 :] if value is not None), None)
    return before is not None and after == before + 1


def _find_shifts(values: Sequence[int | None]) -> list[int | None]:
    return [None if value is None else value - place for place, value in enumerate(values)]


def _keep_voting(shifts: Sequence[int | None], confidences: Sequence[float]) -> list[int | None]:
    """Return the shifts of the numbers that were read well enough to tell others, of all where few were."""
    voting = [shift if sure >= _VOTING else None for shift, sure in zip(shifts, confidences, strict=True)]
    few = sum(shift is not None for shift in voting) < sum(shift is not None for shift in shifts) / 2
    return list(shifts) if few else voting


def _settled(
    index: int, values: Sequence[int | None], own: int | None, around: "_Around"
) -> tuple[int | None, tuple[str, ...]]:
    """Return one number and why it is doubted."""
    if own is None:
        repaired = around.usual is not None and around.tells_unread
        return (index + (around.usual or 0), (_REPAIRED,)) if repaired else (None, ("unreadable",))
    if around.usual is None or _begins_anew(own, values):
        return values[index], ()
    if own == around.usual or (own > around.usual - _STEP and own == _mode(around.after)):
        return values[index], (_JUMP,) if index and around.is_far_from_those_before(own) else ()
    if _jumps(own, around, is_last=index == len(values) - 1):
        return values[index], (_JUMP,)
    if around.votes > 1 or not around.after:
        return index + around.usual, (_REPAIRED,)
    return values[index], ("low_confidence",)


@dataclass(frozen=True, slots=True)
class _Around:
    """By how much the numbers around one differ from their places.

    Attributes:
        before, after: The shifts before it and behind it, nearest last and first.
        usual: What most of them are.
        votes: How many are.
        beside: The shifts of the next on either side, None where it has no vote.
    """

    before: Sequence[int]
    after: Sequence[int]
    usual: int | None
    votes: int
    beside: tuple[int | None, int | None]

    @property
    def is_certain(self) -> bool:
        """Whether the next on either side have votes and go with most of the others."""
        agreed = self.usual is not None and self.beside == (self.usual, self.usual)
        return agreed and self.votes >= max(_CERTAIN, _MAJORITY * (len(self.before) + len(self.after)))

    @property
    def tells_unread(self) -> bool:
        """Whether they agree so far that they tell a number that was not read."""
        sides = {_mode(side) for side in (self.before, self.after) if side}
        total = len(self.before) + len(self.after)
        return sides == {self.usual} or (self.votes >= _VOTES and self.votes >= _MAJORITY * total)

    def is_far_from_those_before(self, shift: int) -> bool:
        """Whether no number before goes with one: those behind it do where a digit is misread in all of them."""
        return bool(self.before) and all(abs(shift - other) >= _STEP for other in self.before)


def _around(index: int, shifts: Sequence[int | None]) -> _Around:
    before = [s for s in shifts[max(index - _REACH, 0) : index] if s is not None][-_WINDOW:] or ([] if index else [1])
    after = [s for s in shifts[index + 1 : index + 1 + _REACH] if s is not None][:_WINDOW]
    votes = Counter([*before, *after])
    usual, most = max(votes.items(), key=lambda vote: (vote[1], vote[0] in before), default=(None, 0))
    beside = (shifts[index - 1] if index else 1, shifts[index + 1] if index + 1 < len(shifts) else None)
    return _Around(before, after, usual, most, beside)


def _jumps(own: int, around: _Around, *, is_last: bool) -> bool:
    """Tell whether a number goes on past some that are not there: with the one before it, or at the very end."""
    usual = around.usual or 0
    near = usual - _STEP < own < usual + _STEP
    return near and (own in around.before[-1:] or (own > usual and is_last))


def _mode(shifts: Sequence[int]) -> int | None:
    return Counter(shifts).most_common(1)[0][0] if shifts else None


def _begins_anew(shift: int, values: Sequence[int | None]) -> bool:
    """Whether numbers of a shift count from a 1 that stands in the middle of the table."""
    first = 1 - shift
    return 0 < first < len(values) - 1 and list(values[first : first + 2]) == [1, 2]


def gaps(annex: Annex) -> list[Issue]:
    """Return an issue for each place where the numbers jump: a row was not found, or was not printed."""
    if not any(column.kind is ColumnKind.SEQUENCE for column in annex.columns):
        return []
    found = []
    before = 0
    for row in annex.rows:
        number = row.sequence.value
        if number is None:
            before += 1
            continue
        if number > before + 1:
            found.append(_gap(before + 1, number - 1, row.sequence.page))
        before = number
    return found


def _gap(first: int, last: int, page: int | None) -> Issue:
    span = str(first) if first == last else f"{first}–{last}"
    return Issue(
        code="annex.sequence_gap",
        severity=Severity.WARNING,
        stage="parse",
        page=page,
        message=Message(
            th=f"ไม่พบแถวลำดับที่ {to_thai(span)} ในตาราง โปรดตรวจกับต้นฉบับ",
            en=f"row {span} of the table was not found; compare with the paper",
        ),
    )
