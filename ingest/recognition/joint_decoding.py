"""Two networks' readings of one line → one text, and how far the two bear it out.

Where their best paths differ, both texts of the stretch are put to both networks: how likely is it, along these steps,
that exactly this stands there (CTC's forward pass)? Words speak, too: "ส่งเสริม" is one, and no word goes across the
place where "สงเสริม" has lost a mark. The text that all of it together finds likelier stays.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein, Opcode

from ingest.recognition.ctc_decoding import NULL, SPACE, BestPath, Probabilities
from thai import lexicon

_LEAST = 1e-4
"""Probability that an output has at least: no network is surer than that of what it was not trained on."""
MOST_MARGIN = 8.0
"""Logarithm beyond which it says nothing more by how much one reading of a stretch is likelier than the other."""
_IMPOSSIBLE = -1e6
"""Logarithm that stands for a text with more characters than there are steps."""

_MOST_LONGER = 6
"""Characters by which one word may be longer than the other and count for more."""
_SURE = 0.97
"""Probability from which a character needs no word to be borne out."""

_AT_ONCE = 32
"""Texts that are scored at once: of a line with so many, 18 MB at most."""

Outputs = tuple[int, ...]
_Stretch = tuple[Probabilities, Outputs]
"""Steps of a line, and a text that may stand along them."""


@dataclass(frozen=True, slots=True)
class NetworkReading:
    """What one network says of a line.

    Attributes:
        probabilities: Of each output at each step.
        path: The best path through them.
        step: Columns of the normal line for each step.
    """

    probabilities: Probabilities
    path: BestPath
    step: float


@dataclass(frozen=True, slots=True)
class Dispute:
    """A stretch that two readings have otherwise: where it begins and ends among the outputs of each."""

    first: slice
    second: slice


@dataclass(frozen=True, slots=True)
class Spelling:
    """How the outputs of networks are spelled, and what words are worth.

    Attributes:
        characters: Text of each output.
        weight: What it counts, as a logarithm, by how many characters a word is longer than the other reading's.
    """

    characters: Sequence[str]
    weight: float

    def measure_word(self, outputs: Sequence[int], place: slice) -> int:
        """Return how many characters the longest word has that goes across a place among outputs; 0 for none."""
        texts = [self.characters[output] for output in outputs]
        start = sum(map(len, texts[: place.start]))
        stop = start + sum(map(len, texts[place]))
        return lexicon.measure_word("".join(texts), slice(start, stop))

    def is_spelled(self, output: int) -> bool:
        """Whether an output is a letter that words are made of."""
        return lexicon.is_spelled(self.characters[output])


@dataclass(frozen=True, slots=True)
class JointCharacter:
    """A character that two networks together read on a line.

    Attributes:
        output: Which of the networks' outputs.
        middle: Where on the line, in pixels of the normal line.
        probability: What the network gives to it that it is taken from.
        agreed: What the second network gives to it too; None where the two differ.
        margin: By how much, as a logarithm, the two together find its stretch likelier than the other reading of it,
            `MOST_MARGIN` at most; None where they agree.
        other: What the other network reads in its place; the whole of a stretch stands at its first character.
        beside: Whether it is the other reading of what stands beside it that is in dispute: nothing, or something.
        word: Characters of the longest word that it stands in, 0 for none; None where it is surely read, or no letter.
    """

    output: int
    middle: int
    probability: float
    agreed: float | None = None
    margin: float | None = None
    other: Outputs | None = None
    beside: bool = False
    word: int | None = None


def decode_jointly(
    first: NetworkReading, second: NetworkReading, weight: float, spelling: Spelling
) -> list[JointCharacter]:
    """Return what two networks make of a line together, its spaces among the characters.

    Args:
        first: The reading that stays where nothing speaks against it, and with it where words part.
        second: The other, of the same characters.
        weight: What a logarithm of the second counts beside one of the first.
        spelling: What words have to say.
    """
    ours, theirs = tuple(first.path.outputs.tolist()), tuple(second.path.outputs.tolist())
    others = _list_characters(second.path)
    agreed = {here: others[there].probability for here, there in find_agreements(ours, theirs)}
    found = _list_characters(first.path, agreed)
    disputes = find_disputes(ours, theirs)
    # From the end, so that the places of the disputes before stay what they are.
    for dispute, scored in reversed(list(zip(disputes, _measure_gains(first, second, disputes, weight), strict=True))):
        kept, left = found[dispute.first], theirs[dispute.second]
        gain = scored + spelling.weight * _lengthen(spelling, found, dispute.first, left)
        # A line on which one of the two reads something is no empty one.
        if (gain > 0 and _list_letters(theirs)) or not _list_letters(ours):
            kept, left = others[dispute.second], ours[dispute.first]
        _settle(found, dispute.first, kept, left, min(abs(gain), MOST_MARGIN))
    return _find_words(found, spelling)


def _lengthen(spelling: Spelling, found: Sequence[JointCharacter], place: slice, text: Outputs) -> int:
    """Return by how many characters the word is longer that goes across a place with another text in it.

    Where either text has a digit, words have nothing to say: "ข้อ ๑ ความ" would be "ข้อความ" without it.
    """
    if any(spelling.characters[output].isdigit() for output in (*text, *(each.output for each in found[place]))):
        return 0
    outputs = [character.output for character in found]
    there = slice(place.start, place.start + len(text))
    longer = spelling.measure_word([*outputs[: place.start], *text, *outputs[place.stop :]], there)
    return min(max(longer - spelling.measure_word(outputs, place), -_MOST_LONGER), _MOST_LONGER)


def _find_words(found: Sequence[JointCharacter], spelling: Spelling) -> list[JointCharacter]:
    """Return the characters of a line, those of its letters that are not surely read with the words they stand in."""
    outputs = [character.output for character in found]
    return [
        replace(character, word=spelling.measure_word(outputs, slice(place, place + 1)))
        if min(character.probability, character.agreed or 0.0) < _SURE and spelling.is_spelled(character.output)
        else character
        for place, character in enumerate(found)
    ]


def _list_characters(path: BestPath, agreed: Mapping[int, float] | None = None) -> list[JointCharacter]:
    columns = (path.outputs.tolist(), path.middles.tolist(), path.probabilities.tolist())
    both = map((agreed or {}).get, range(len(path.outputs)))
    return [JointCharacter(*character) for character in zip(*columns, both, strict=True)]


def find_agreements(first: Outputs, second: Outputs) -> Iterator[tuple[int, int]]:
    """Yield where the characters stand, in the one reading and in the other, that two readings have alike."""
    places, others = _list_letters(first), _list_letters(second)
    for step in _compare(first, second):
        if step.tag == "equal":
            yield from zip(places[step.src_start : step.src_end], others[step.dest_start : step.dest_end], strict=True)


def find_disputes(first: Outputs, second: Outputs) -> list[Dispute]:
    """Return the stretches on which two readings differ, in order; spaces are not compared."""
    places, others = _list_letters(first), _list_letters(second)
    spans: list[tuple[int, int, int, int]] = []
    for step in _compare(first, second):
        if step.tag == "equal":
            continue
        start, _, other_start, _ = (
            spans.pop()
            if spans and spans[-1][1::2] == (step.src_start, step.dest_start)
            else (step.src_start, 0, step.dest_start, 0)
        )
        spans.append((start, step.src_end, other_start, step.dest_end))
    return [Dispute(_stretch(places, *span[:2]), _stretch(others, *span[2:])) for span in spans]


def _compare(first: Outputs, second: Outputs) -> Iterable[Opcode]:
    return Levenshtein.opcodes(*([output for output in side if output != SPACE] for side in (first, second)))


def _list_letters(outputs: Outputs) -> list[int]:
    return [place for place, output in enumerate(outputs) if output != SPACE]


def _stretch(places: Sequence[int], start: int, stop: int) -> slice:
    """Return where letters stand among all characters; for none, the place behind the letter before them."""
    if start < stop:
        return slice(places[start], places[stop - 1] + 1)
    behind = places[start - 1] + 1 if start else 0
    return slice(behind, behind)


def _settle(
    found: list[JointCharacter], place: slice, kept: Sequence[JointCharacter], left: Outputs, margin: float
) -> None:
    """Put what was decided of a stretch into a line, in place, and beside it what the other network reads."""
    others: list[Outputs] = [left, *[()] * (len(kept) - 1)]
    found[place] = [replace(each, agreed=None, margin=margin, other=o) for each, o in zip(kept, others, strict=False)]
    if kept:
        return
    # Nothing stands there: the letter beside it knows that the other network reads something. A space would not do:
    # it gets no glyph.
    before = [number for number in range(place.start) if found[number].output != SPACE]
    behind = (number for number in range(place.start, len(found)) if found[number].output != SPACE)
    beside = before[-1] if before else next(behind, None)
    if beside is None:
        return
    own = found[beside]
    read = own.other if own.other is not None else (own.output,)
    other = (*read, *left) if before else (*left, *read)
    nearest = margin if own.margin is None else min(margin, own.margin)
    found[beside] = replace(own, agreed=None, margin=nearest, other=other, beside=True)


def _measure_gains(
    first: NetworkReading, second: NetworkReading, disputes: Sequence[Dispute], weight: float
) -> list[float]:
    """Return for each stretch how much likelier two networks together find the second text of it than the first."""
    stretches: list[_Stretch] = []
    for dispute in disputes:
        texts = (
            tuple(first.path.outputs[dispute.first].tolist()),
            tuple(second.path.outputs[dispute.second].tolist()),
        )
        stretches += _cut_stretch(first, dispute.first, texts) + _cut_stretch(second, dispute.second, texts)
    gains = np.diff(score_texts(stretches).reshape(-1, 2, 2))[..., 0]
    return [float(own + weight * other) for own, other in gains]


def _cut_stretch(reading: NetworkReading, place: slice, texts: tuple[Outputs, Outputs]) -> list[_Stretch]:
    """Return what a network says along a stretch, with each of two texts of it.

    Args:
        reading: What the network says.
        place: The stretch among the characters of its best path; those before and behind it hold its ends.
        texts: The two texts.
    """
    path = reading.path
    steps = np.clip(path.middles // reading.step, 0, len(reading.probabilities) - 1).astype(np.int64)
    head, tail = path.outputs[: place.start][-1:].tolist(), path.outputs[place.stop :][:1].tolist()
    start = int(steps[place.start - 1]) if head else 0
    stop = int(steps[place.stop]) + 1 if tail else len(reading.probabilities)
    return [(reading.probabilities[start:stop], (*head, *text, *tail)) for text in texts]


def score_texts(stretches: Sequence[_Stretch]) -> npt.NDArray[np.float64]:
    """Return of each text the logarithm of the probability that exactly it stands along its steps, one at least.

    Many are worked out at once.
    """
    scores = np.zeros(len(stretches))
    order = sorted(range(len(stretches)), key=lambda number: -len(stretches[number][0]))
    for start in range(0, len(order), _AT_ONCE):
        numbers = order[start : start + _AT_ONCE]
        scores[numbers] = _score_at_once([stretches[number] for number in numbers])
    return scores


def _score_at_once(stretches: Sequence[_Stretch]) -> npt.NDArray[np.float64]:
    """Return the scores of some stretches, those of the most steps first."""
    lengths = [len(probabilities) for probabilities, _ in stretches]
    symbols = np.full((len(stretches), 2 * max(len(text) for _, text in stretches) + 1), NULL)
    steps = np.zeros((lengths[0], *symbols.shape))
    for number, (probabilities, text) in enumerate(stretches):
        symbols[number, 1 : 2 * len(text) : 2] = text
        steps[: lengths[number], number] = probabilities[:, symbols[number]]
    steps = np.log(np.maximum(steps, _LEAST))
    skips = np.zeros(symbols.shape, np.bool_)
    skips[:, 2:] = (symbols[:, 2:] != NULL) & (symbols[:, 2:] != symbols[:, :-2])
    forward = np.full(symbols.shape, _IMPOSSIBLE)
    forward[:, :2] = steps[0][:, :2]
    one, two = np.full_like(forward, _IMPOSSIBLE), np.full_like(forward, _IMPOSSIBLE)
    live = len(stretches)
    for place in range(1, lengths[0]):
        while lengths[live - 1] <= place:
            live -= 1
        own = forward[:live]
        one[:live, 1:] = own[:, :-1]
        two[:live, 2:] = np.where(skips[:live, 2:], own[:, :-2], _IMPOSSIBLE)
        forward[:live] = np.logaddexp(np.logaddexp(own, one[:live]), two[:live]) + steps[place, :live]
    ends = (
        row[max(2 * len(text) - 1, 0) : 2 * len(text) + 1] for row, (_, text) in zip(forward, stretches, strict=True)
    )
    return np.array([np.logaddexp.reduce(end) for end in ends])
