"""Remarks held against the wordings that an annex itself uses often."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from models.field import Field, Repair
from thai.numerals import to_arabic
from thai.text import skeleton
from thai.years import find_years

_SURE = 0.90
"""Confidence from which a remark stands as it was read."""
_STRAY, _UNSURE = 2, 0.5
"""How many letters, read with less, are a stroke of a pen or the rest of a stamp rather than a remark."""
_REMARK_LIKENESS = 88.0
"""Per cent of letters in common from which a remark is a reading of a wording."""
_REPEATED = 0.2
"""How much less surely than the threshold a remark may be read, since an office repeats a few wordings."""
_FREQUENT = 3
"""Times that an annex uses a wording, from which it is one of the office's own."""
_DOMINANT = 2
"""How many times as often the right wording is met as a misreading of it."""
_MISREAD_EDITS = 2
"""Letters in which a misreading that is met often may differ from its wording."""
_LETTERS_AN_EDIT = 8
"""Letters that a wording must have for each of them."""
_RARE = 10
"""One row of so many at least has the years of a remark, unless they are misread."""
_LIKELY = 0.35
"""Share of its letters that may be misread where only one wording is near; a person confirms it."""
_NUMBER = re.compile("[๐-๙0-9]+(?:[ -]+[๐-๙0-9]+)*")
_BROKEN_YEAR = re.compile("(?<![๐-๙0-9])(?=(?:[๐-๙0-9] ?){4}(?! ?[๐-๙0-9]))[๐-๙0-9]+(?: [๐-๙0-9]+)+")
_CENTURIES = {"24", "25"}
_LEGIBLE = re.compile("[ก-ฮ๐-๙0-9A-Za-z]")
_NEGATION = re.compile("ไม|มิ")


def correct_remarks(read: Sequence[Field[str]], review_confidence: float) -> list[Field[str]]:
    """Hold each remark against the wordings that this annex itself uses often.

    An office repeats a few wordings down the page, differing in years. A reading close to a frequent wording is a
    misreading of it: it takes the wording and keeps its own digits.
    """
    read = [_legible(item) for item in read]
    book = _code_book([item for item in read if item.value])
    return [_corrected(item, book, review_confidence) if item.value else item for item in read]


def _legible(item: Field[str]) -> Field[str]:
    """Return a remark as official typing spaces it; a sign or two that hardly read are none, but ink to look at."""
    if not item.value:
        return item
    stray = len(skeleton(item.value)) <= _STRAY and item.confidence < _UNSURE
    if stray or (not _LEGIBLE.search(item.value) and item.value.strip() != "-"):
        return item.model_copy(update={"value": None}).doubted("unreadable")
    mended = _BROKEN_YEAR.sub(_as_year, item.value)
    doubt = ["remark.digits"] if mended != item.value else []
    return item.model_copy(update={"value": _spaced(mended)}).doubted(*doubt)


def _as_year(broken: re.Match[str]) -> str:
    """Return digits that a gap parts as one number where that is a year of this century or the last."""
    joined = broken[0].replace(" ", "")
    return joined if to_arabic(joined)[:2] in _CENTURIES else broken[0]


def _spaced(text: str) -> str:
    """Space a remark as official typing does: before a bracket and a number, none inside either, none in a range."""
    text = re.sub(r"(?<=[ก-๎])\s*\(\s*", " (", text)
    text = re.sub(r"\s+\)", ")", text)
    text = re.sub(r"(?<=[๐-๙0-9])\s*[-–—]\s*(?=[๐-๙0-9])", "-", text)
    return re.sub(r"(?<=[ก-๎])\s*(?=[๐-๙0-9])", " ", text)


Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class _CodeBook:
    """The wordings an annex uses often, and the numbers that it fills into them.

    Attributes:
        spaced: Wording without spaces, numbers masked → as it is usually spaced. Misread forms lead to the right one.
        uses: How often each wording was read so, letter by letter.
        numbers: How often each tuple of numbers occurs in the whole annex.
    """

    spaced: dict[str, str]
    uses: Counter[str]
    numbers: Counter[tuple[int, ...]]


def _code_book(read: Sequence[Field[str]]) -> _CodeBook:
    """Return the wordings of an annex: of each group of remarks that are readings of one, what most of them say."""
    spacings, weights = _count_wordings(read)
    book: dict[str, str] = {}
    rare: dict[str, list[str]] = {}
    for bare in sorted(spacings, key=lambda bare: (-spacings[bare].total(), -weights[bare])):
        # A wording met often may be the same misreading met often: it leads to the more frequent one beside it.
        uses = spacings[bare].total()
        better = _find_dominant(bare, uses, book, spacings)
        if uses >= _FREQUENT:
            book[bare] = book[better] if better else _usual_spacing(spacings, bare)
        elif not better:
            first = next((k for k in rare if _is_likely_misreading(bare, k)), bare)
            rare.setdefault(first, []).append(bare)
    for group in rare.values():
        if sum(spacings[bare].total() for bare in group) > _FREQUENT:
            agreed = consensus(group, [weights[bare] for bare in group])
            book.setdefault(agreed, _usual_spacing(spacings, agreed))
    every = Counter({bare: forms.total() for bare, forms in spacings.items()})
    return _CodeBook(book, every, Counter(find_years(item.value or "") for item in read))


def _find_dominant(bare: str, uses: int, book: Iterable[str], spacings: Mapping[str, Counter[str]]) -> str | None:
    """Return the wording of the book of which another, met so often, is a misreading; None where it is none."""
    return next((k for k in book if _is_misreading(bare, k) and spacings[k].total() >= _DOMINANT * uses), None)


def _usual_spacing(spacings: Mapping[str, Counter[str]], bare: str) -> str:
    """Return how a wording is usually spaced; one that was never read so stands without spaces."""
    return spacings[bare].most_common(1)[0][0] if bare in spacings else bare


def _count_wordings(read: Sequence[Field[str]]) -> tuple[dict[str, Counter[str]], dict[str, float]]:
    """Return the spacings of each wording, numbers masked, and the confidence with which it was read in all."""
    spacings: dict[str, Counter[str]] = {}
    weights: dict[str, float] = {}
    for item in read:
        wording = _NUMBER.sub("#", item.value or "")
        bare = wording.replace(" ", "")
        spacings.setdefault(bare, Counter())[wording] += 1
        weights[bare] = weights.get(bare, 0.0) + item.confidence
    return spacings, weights


def consensus(readings: Sequence[str], weights: Sequence[float]) -> str:
    """Return what most of several readings of one text say, letter by letter, along the first of them.

    Args:
        readings: The same text as read several times, the likeliest first.
        weights: How much each counts.
    """
    from rapidfuzz.distance import Levenshtein

    along = readings[0]
    letters: list[Weights] = [{} for _ in along]
    between: list[Weights] = [{} for _ in range(len(along) + 1)]
    for reading, weight in zip(readings, weights, strict=True):
        put = [""] * (len(along) + 1)
        for step in Levenshtein.opcodes(along, reading):
            if step.tag == "insert":
                put[step.src_start] += reading[step.dest_start : step.dest_end]
            for place in range(step.src_start, step.src_end):
                kept = step.tag in {"equal", "replace"}
                letter = reading[step.dest_start + place - step.src_start] if kept else ""
                letters[place][letter] = letters[place].get(letter, 0.0) + weight
        for place, text in enumerate(put):
            between[place][text] = between[place].get(text, 0.0) + weight
    said = itertools.zip_longest(between, letters, fillvalue={"": 1.0})
    return "".join(max(put, key=put.__getitem__) + max(letter, key=letter.__getitem__) for put, letter in said)


def _is_misreading(bare: str, known: str) -> bool:
    """Whether two wordings differ by two letters at most, and not in a negation or in how many numbers they hold."""
    from rapidfuzz.distance import Levenshtein

    return (
        bare.count("#") == known.count("#")
        and _keeps_negation(skeleton(bare), skeleton(known))
        and Levenshtein.distance(bare, known) <= min(_MISREAD_EDITS, len(known) // _LETTERS_AN_EDIT)
    )


def _is_likely_misreading(bare: str, known: str) -> bool:
    """Whether two wordings may be one, both badly read."""
    from rapidfuzz.distance import Levenshtein

    return (
        bare.count("#") == known.count("#")
        and _keeps_negation(skeleton(bare), skeleton(known))
        and Levenshtein.distance(bare, known) <= _LIKELY * len(known)
    )


def _keeps_negation(bare: str, known: str) -> bool:
    """Whether no negation is lost, and none gained but from as many other letters in its place."""
    lost = len(_NEGATION.findall(bare)) - len(_NEGATION.findall(known))
    return lost == 0 or (lost < 0 and len(bare) == len(known))


def _corrected(item: Field[str], book: _CodeBook, review_confidence: float) -> Field[str]:
    from rapidfuzz import fuzz, process

    text = item.value or ""
    if item.confidence >= 1.0:
        return item  # no reading of a picture: what stands there was written so
    doubt = _reading_doubts(item, book, review_confidence)
    bare = _NUMBER.sub("#", text).replace(" ", "")
    if bare in book.spaced:
        doubt += ["remark.unusual"] if item.confidence < _SURE and book.uses[bare] < _FREQUENT else []
        value = _with_numbers(book.spaced[bare], text)
        repair = None
        if value.replace(" ", "") != text.replace(" ", ""):
            repair = Repair(rule="remark.code_book", cost=1.0)
            doubt += _letters_changed(text, value)
        return item.model_copy(update={"value": value, "repair": repair}).doubted(*doubt)
    match = process.extractOne(bare, book.spaced.keys(), scorer=fuzz.ratio, score_cutoff=_REMARK_LIKENESS)
    if match is None or not _is_misreading(bare, match[0]):
        return _unlike_any(item, bare, book, review_confidence, doubt)
    repair = Repair(rule="remark.code_book", cost=round(100.0 - match[1], 2))
    value = _with_numbers(book.spaced[match[0]], text)
    return item.model_copy(update={"value": value, "repair": repair}).doubted(*doubt, *_letters_changed(text, value))


def _reading_doubts(item: Field[str], book: _CodeBook, review_confidence: float) -> list[str]:
    """Return why a remark is doubtful as it was read; a year that hardly any other row has may be a misread digit."""
    doubt = ["low_confidence"] if item.confidence < review_confidence - _REPEATED else []
    years = find_years(item.value or "")
    if years and book.numbers[years] < max(_FREQUENT, book.numbers.total() // _RARE):
        doubt.append("remark.digits")
    return doubt


def _unlike_any(
    item: Field[str], bare: str, book: _CodeBook, review_confidence: float, doubt: Sequence[str]
) -> Field[str]:
    """Return a remark that is near no wording: as the only one it may badly be misread from, or as it was read."""
    likely = _only_likely(bare, book) if item.confidence < _SURE else None
    if likely is not None:
        repair = Repair(rule="remark.code_book", cost=1.0)
        value = _with_numbers(book.spaced[likely], item.value or "")
        return item.model_copy(update={"value": value, "repair": repair}).doubted(*doubt, "remark.repaired")
    unusual = ["remark.unusual"] if item.confidence < _SURE and book.spaced else []
    if not book.spaced and item.confidence < review_confidence:
        unusual = ["low_confidence"]  # nothing to hold it against: it is as sure as it was read
    return item.doubted(*unusual, *doubt)


def _only_likely(bare: str, book: _CodeBook) -> str | None:
    """Return the one wording that a badly misread remark may be: near enough, and all others clearly further."""
    from rapidfuzz.distance import Levenshtein

    near = sorted((Levenshtein.distance(bare, known), known) for known in book.spaced)
    if not near or not _is_likely_misreading(bare, near[0][1]):
        return None
    others = [cost for cost, known in near if book.spaced[known] != book.spaced[near[0][1]]]
    return near[0][1] if not others or others[0] >= 2 * near[0][0] + 2 else None


def _letters_changed(text: str, value: str) -> list[str]:
    """Return what to ask where a repair changed letters, and not only tone marks and signs."""
    return [] if skeleton(text) == skeleton(value) else ["remark.repaired"]


def _with_numbers(wording: str, text: str) -> str:
    """Return a wording with the numbers of a reading in their places."""
    numbers = iter(_NUMBER.findall(text))
    return "".join(next(numbers, "") if character == "#" else character for character in wording)
