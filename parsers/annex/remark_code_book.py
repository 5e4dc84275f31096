"""The wordings that an annex uses in its remarks, and which of them a remark is a reading of."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from models.field import Field
from parsers.annex.wording_likeness import consensus, is_likely_misreading, is_misreading
from thai.numerals import to_arabic
from thai.text import skeleton
from thai.years import find_years

FREQUENT: Final = 3
"""Times that an annex uses a wording, from which it is one of the office's own."""
SURE: Final = 0.90
"""Confidence from which a remark stands as it was read."""
_DOMINANT = 2
"""How many times as often the right wording is met as a misreading of it."""
_REMARK_LIKENESS = 88.0
"""Per cent of letters in common from which a remark is a reading of a wording."""
_SURER = 2.0
"""How many times as surely as a remark another wording was read that it may be a misreading of, though no frequent one,
where it was not read surely at all."""
_EVEN = 0.5
"""Confidence that such a wording was read with at least."""
_CONFIRMING = 2
"""Readings that do not ask, from which a wording confirms those that were read less surely."""
_DISPUTED = 2
"""Readings of a wording in which a second reader had other letters, from which all of them are doubted."""
_NUMBER = re.compile("[๐-๙0-9]+(?:[ -]+[๐-๙0-9]+)*")
_YEAR = "2[4-6][0-9]{2}"
_YEARS = re.compile(f"{_YEAR}(?:[ -]+(?:{_YEAR}|[0-9]{{2}}))*")
_RANGE = re.compile(f"{_YEAR}-{_YEAR}")
_PARTED = re.compile(f"(?<![0-9])({_YEAR}) ?({_YEAR})(?![0-9])")


def mask_numbers(text: str) -> str:
    """Return the wording of a remark: its text without spaces, each number (and range) a mask."""
    return _NUMBER.sub("#", text).replace(" ", "")


def fill_numbers(wording: str, text: str) -> str:
    """Return a wording with the numbers of a reading in their places."""
    numbers = iter(_NUMBER.findall(text))
    return "".join(next(numbers, "") if character == "#" else character for character in wording)


@dataclass(frozen=True)
class CodeBook:
    """The wordings an annex uses, and the numbers that it fills into them.

    A wording is the text of a remark without spaces, its numbers masked.

    Attributes:
        spaced: Frequent wording → as it is usually spaced. Misread forms lead to the right one.
        usual: Every wording → as it is usually spaced.
        readings: The readings of each wording, letter by letter so.
        numbers: How often each tuple of years occurs in the whole annex.
    """

    spaced: Mapping[str, str]
    usual: Mapping[str, str]
    readings: Mapping[str, Sequence[Field[str]]]
    numbers: Counter[tuple[int, ...]]

    def count(self, bare: str) -> int:
        """Return how often a wording was read letter by letter so."""
        return len(self.readings.get(bare, ()))

    def is_confirmed(self, bare: str, confidence: float) -> bool:
        """Whether a wording is frequent and was read surely, more than once: then a less sure reading of it stands.

        One letter of a face may be misread down the whole page, never surely: repeating confirms nothing then.
        """
        surely = [item for item in self.readings.get(bare, ()) if item.confidence >= confidence]
        return bare in self.spaced and bare not in self.rivaled and len(surely) >= _CONFIRMING

    def find_near(self, bare: str) -> tuple[str, float] | None:
        """Return the frequent wording that one is a misreading of, and how far it is, in per cent."""
        from rapidfuzz import fuzz, process

        match = process.extractOne(bare, self.spaced.keys(), scorer=fuzz.ratio, score_cutoff=_REMARK_LIKENESS)
        if match is None or not is_misreading(bare, match[0]) or not self._same_letters(bare, match[0]):
            return None
        return match[0], round(100.0 - match[1], 2)

    def find_likely(self, bare: str, confidence: float) -> str | None:
        """Return, as it is spaced, the one wording that a badly misread one may be: near, all others clearly further.

        It is a frequent one, or one read surely elsewhere where the reading itself is worse than even.
        """
        for spaced in (self.spaced, self._read_surely() if confidence < _EVEN else {}):
            known = _find_only_likely(bare, spaced)
            if known is not None:
                return spaced[known] if self._same_letters(bare, known) else None
        return None

    def _read_surely(self) -> dict[str, str]:
        surely = (known for known, readings in self.readings.items() if _is_read_surely(readings))
        return {known: self.usual[known] for known in surely}

    def find_surer(self, bare: str, confidence: float) -> str | None:
        """Return the wording that a reading is, or is alone near, and that was read much more surely elsewhere."""
        least = min(SURE, max(_EVEN, _SURER * confidence))
        surer = [
            known
            for known, readings in self.readings.items()
            if max(item.confidence for item in readings) >= least and is_misreading(bare, known)
        ]
        if bare in surer:
            return bare
        return surer[0] if len(surer) == 1 and self._same_letters(bare, surer[0]) else None

    def _same_letters(self, bare: str, known: str) -> bool:
        """Whether the letters that stand alone in two wordings are the same: ข้อ ก is no misreading of ข้อ ข."""
        alone = [
            [word for word in self.usual.get(each, each).split() if len(word) == 1 and word != "#"]
            for each in (bare, known)
        ]
        return not all(alone) or alone[0] == alone[1]

    @cached_property
    def disputed(self) -> frozenset[str]:
        """The wordings of which a second reader had other letters in half of the readings, and more than once.

        One letter of a face may be misread by one of the readers down the whole page, and by both in some rows.
        """
        return frozenset(
            bare
            for bare, readings in self.readings.items()
            if sum(_differs(item.other, bare) for item in readings) >= max(_DISPUTED, len(readings) / 2)
        )

    @cached_property
    def rivaled(self) -> frozenset[str]:
        """The wordings that another, a slip away, may be the right one of: one of the two is misread."""
        surely = self._read_surely()
        return frozenset(
            bare
            for bare in self.readings
            for known in self.readings
            if known != bare
            and self._rivals(known, bare, surely)
            and is_misreading(bare, known)
            and self._same_letters(bare, known)
        )

    def _rivals(self, known: str, bare: str, surely: Collection[str]) -> bool:
        """Whether a wording was met as often as another, or more often where that one alone was read surely.

        Where it alone was, the other must be met twice as often to stand. One that leads to the other is no rival.
        """
        often, uses = self.count(known), self.count(bare)
        surer = (known in surely) - (bare in surely)
        is_met = _DOMINANT * often > uses if surer > 0 else often >= uses - surer
        return is_met and self.spaced.get(known) != self.usual[bare]

    @cached_property
    def dated(self) -> frozenset[str]:
        """The wordings of which most remarks have years for numbers."""
        return frozenset(
            bare
            for bare, readings in self.readings.items()
            if "#" in bare and sum(are_years(item.value or "") for item in readings) > len(readings) / 2
        )

    @cached_property
    def has_ranges(self) -> bool:
        """Whether remarks of this annex have years joined by a dash, and fewer surely two years without one."""
        said = [(item, to_arabic(item.value or "")) for items in self.readings.values() for item in items]
        joined = sum(bool(_RANGE.search(text)) for _, text in said)
        return joined > sum(bool(_PARTED.search(text)) for item, text in said if item.confidence >= SURE)


def _differs(other: str, bare: str) -> bool:
    """Whether a second reader read another wording, and not only other tone marks."""
    return bool(other) and skeleton(mask_numbers(other)) != skeleton(bare)


def _find_only_likely(bare: str, spaced: Mapping[str, str]) -> str | None:
    from rapidfuzz.distance import Levenshtein

    near = sorted((Levenshtein.distance(bare, known), known) for known in spaced)
    if not near or not is_likely_misreading(bare, near[0][1]):
        return None
    least, nearest = near[0]
    others = [cost for cost, known in near if spaced[known] != spaced[nearest] and not is_misreading(known, nearest)]
    return nearest if not others or others[0] >= 2 * least + 2 else None


def are_years(text: str) -> bool:
    """Whether all numbers of a remark are years, or ranges of them."""
    return all(_YEARS.fullmatch(to_arabic(number)) for number in _NUMBER.findall(text))


def join_years(text: str) -> str:
    """Return a remark with a dash between a year and the next one, where they stand beside each other."""
    for match in _PARTED.finditer(to_arabic(text)):
        if int(match[2]) == int(match[1]) + 1:
            first, second = (text[slice(*match.span(group))] for group in (1, 2))
            return f"{text[: match.start()]}{first}-{second}{text[match.end() :]}"
    return text


def build_code_book(read: Sequence[Field[str]]) -> CodeBook:
    """Return the wordings of an annex: of each group of remarks that are readings of one, what most of them say."""
    readings: dict[str, list[Field[str]]] = {}
    for item in read:
        readings.setdefault(mask_numbers(item.value or ""), []).append(item)
    usual = {bare: _usual_spacing(items) for bare, items in readings.items()}
    weights = {bare: sum(item.confidence for item in items) for bare, items in readings.items()}
    book: dict[str, str] = {}
    rare: dict[str, list[str]] = {}
    for bare in sorted(readings, key=lambda bare: (-len(readings[bare]), -weights[bare])):
        # A wording met often may be the same misreading met often: it leads to the more frequent one beside it.
        uses = len(readings[bare])
        better = _find_dominant(bare, uses, book, readings)
        if uses >= FREQUENT:
            book[bare] = book[better] if better else usual[bare]
        elif not better:
            first = next((k for k in rare if is_likely_misreading(bare, k)), bare)
            rare.setdefault(first, []).append(bare)
    for agreed in _find_agreed(rare.values(), readings, weights):
        book.setdefault(agreed, usual.get(agreed, agreed))
    return CodeBook(book, usual, readings, Counter(find_years(item.value or "") for item in read))


def _find_dominant(
    bare: str, uses: int, book: Iterable[str], readings: Mapping[str, Sequence[Field[str]]]
) -> str | None:
    """Return the wording of the book of which another, met so often, is a misreading; None where it is none.

    Either it is met twice as often, or it was read surely and the other never.
    """
    surely = _is_read_surely(readings[bare])
    return next(
        (
            known
            for known in book
            if known in readings
            and (len(readings[known]) >= _DOMINANT * uses or (not surely and _is_read_surely(readings[known])))
            and is_misreading(bare, known)
        ),
        None,
    )


def _is_read_surely(readings: Iterable[Field[str]]) -> bool:
    return any(item.confidence >= SURE for item in readings)


def _find_agreed(
    groups: Iterable[Sequence[str]], readings: Mapping[str, Sequence[Field[str]]], weights: Mapping[str, float]
) -> Iterator[str]:
    """Yield what each group of wordings that are readings of one agrees on, where together they are frequent."""
    for group in groups:
        if sum(len(readings[bare]) for bare in group) > FREQUENT:
            yield consensus(group, [weights[bare] for bare in group])


def _usual_spacing(items: Sequence[Field[str]]) -> str:
    """Return how a wording is usually spaced, its numbers masked."""
    return Counter(_NUMBER.sub("#", item.value or "") for item in items).most_common(1)[0][0]
