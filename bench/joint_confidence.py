"""What two readings of a line are worth together: the file that `ingest.recognition.cascade` judges by.

    python bench/joint_confidence.py FACES --fit FILE           on held-out synthetic lines (training.faces.HELD_OUT)
    python bench/joint_confidence.py FACES                      how many that are right ask, beside one network alone

FACES is the folder that `python -m training.faces FACES` filled. The table is of other lines than those of `--fit`.
A character is wrong where it is not the line's, or where the line has another one behind it that was not read.
"""

import argparse
import itertools
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein

from bench.confidence import fit, make_lines
from bench.recognizer import bare
from ingest.recognition.cascade import SECOND_NETWORK, build_reading, find_cascade
from ingest.recognition.confidence_curve import calibrate
from ingest.recognition.ctc_decoding import SPACE
from ingest.recognition.joint_confidence import JointConfidence, list_evidence
from ingest.recognition.joint_decoding import JointCharacter, NetworkReading, Spelling, decode_jointly
from ingest.recognition.line_network import LineNetwork, find_line_network, load_network
from training.lines import SyntheticLine
from training.wear import Level

_WEIGHTS, _SPELLINGS = (0.5, 0.8, 1.2), (0.0, 0.6, 1.2, 1.8)
"""Weights of the second reading and of words that are tried; those with the fewest wrong characters are kept."""
_ROUNDS, _SHRINKAGE = 60, 0.1
"""Newton's steps of the logistic regression, and what holds its factors near 0."""
_SILENT = (0.001, 0.002, 0.005)
"""Shares of silently wrong characters that the table is made for."""
_DIGITS = frozenset("๐๑๒๓๔๕๖๗๘๙0123456789")

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """The characters that were read of a line, without its spaces; what each says, and whether it is right."""

    characters: list[JointCharacter]
    texts: list[str]
    right: list[bool]


@dataclass(frozen=True, slots=True)
class LineReadings:
    """Two readings of a line whose text is known, and how worn it is."""

    truth: str
    level: Level
    first: NetworkReading
    second: NetworkReading


def read_twice(lines: Sequence[SyntheticLine], first: LineNetwork, second: LineNetwork) -> list[LineReadings]:
    """Return what two networks say of lines."""
    one, other = load_network(first.model), load_network(second.model)
    seen = first.read_normal_lines([line.picture for line in lines])
    again = other.read({number: line.seen for number, line in seen.items()})
    return [
        LineReadings(
            bare(lines[number].text),
            lines[number].level,
            build_reading(line.probabilities, one.step),
            build_reading(again[number], other.step),
        )
        for number, line in seen.items()
    ]


def judge_lines(readings: Sequence[LineReadings], weight: float | None, spelling: Spelling) -> Iterator[JudgedLine]:
    """Yield lines with what is right of them.

    Args:
        readings: What was read.
        weight: Of the second reading beside the first; None for the first alone.
        spelling: What the outputs stand for, and what words count.
    """
    characters = spelling.characters
    for reading in readings:
        second = reading.first if weight is None else reading.second
        found = decode_jointly(reading.first, second, weight or 0.0, spelling)
        letters = [character for character in found if character.output != SPACE]
        texts = [characters[character.output] for character in letters]
        owners = [number for number, text in enumerate(texts) for _ in text]
        wrong = set[int]()
        for edit in Levenshtein.editops(reading.truth, "".join(texts)):
            place = edit.dest_pos - (edit.tag == "delete")
            if owners:
                wrong.add(owners[min(max(place, 0), len(owners) - 1)])
        yield JudgedLine(letters, texts, [number not in wrong for number in range(len(letters))])


def regress(evidence: Numbers, right: Numbers) -> list[float]:
    """Return what is added and what each piece of evidence counts: a logistic regression by Newton's method.

    Args:
        evidence: Characters × pieces.
        right: 1 where a character is right.
    """
    design = np.column_stack([np.ones(len(evidence)), evidence])
    factors = np.zeros(design.shape[1])
    for _ in range(_ROUNDS):
        share = 1 / (1 + np.exp(-np.clip(design @ factors, -30, 30)))
        slope = design.T @ (right - share) - _SHRINKAGE * factors
        bend = (design * (share * (1 - share))[:, None]).T @ design + _SHRINKAGE * np.eye(len(factors))
        factors += np.linalg.solve(bend, slope)
    return [round(float(factor), 4) for factor in factors]


def fit_jointly(readings: Sequence[LineReadings], characters: Sequence[str]) -> JointConfidence:
    """Return what two readings are worth, by lines whose text is known."""
    wrong = {
        (weight, words): sum(
            not right for line in judge_lines(readings, weight, Spelling(characters, words)) for right in line.right
        )
        for weight, words in itertools.product(_WEIGHTS, _SPELLINGS)
    }
    weight, words = min(wrong, key=lambda weights: wrong[weights])
    lines = list(judge_lines(readings, weight, Spelling(characters, words)))
    factors = []
    for kind in ((False, False), (True, False), (True, True)):  # agreed, disputed, beside a dispute
        pairs = [
            (list_evidence(character), right)
            for line in lines
            for character, right in zip(line.characters, line.right, strict=True)
            if (character.margin is not None, character.beside) == kind
        ]
        factors.append(regress(np.array([p for p, _ in pairs]), np.array([r for _, r in pairs], np.float64)))
    agreed, disputed, beside = ((a, b, c, d) for a, b, c, d in factors)
    bare_confidence = JointConfidence(weight, words, agreed, disputed, beside)
    pairs_of_lines = [
        (min(bare_confidence.judge(character) for character in line.characters), all(line.right))
        for line in lines
        if line.characters
    ]
    return replace(bare_confidence, curve=tuple(fit(pairs_of_lines)))


def print_asking(name: str, sure: Sequence[float], right: Sequence[bool]) -> None:
    """Print which share of the right characters asks where a share of all may be silently wrong."""
    order = np.argsort(-np.array(sure), kind="stable")
    good = np.array(right)[order]
    wrong = np.cumsum(~good)
    shares = []
    for silent in _SILENT:
        stood_by = int(np.max(np.flatnonzero(wrong <= silent * len(good)), initial=-1)) + 1
        shares.append(f"{100 * good[stood_by:].sum() / max(good.sum(), 1):.1f}")
    print(f"{name} | {len(good)} | {100 * (~good).mean():.2f} | {' | '.join(shares)}")


def measure_correlation(one: Sequence[bool], other: Sequence[bool]) -> float:
    """Return φ of two readers being wrong: 0 where the errors of one say nothing of the other's, 1 where they are all.

    Args:
        one: Whether the one is wrong, line by line.
        other: Whether the other is.
    """
    counts = Counter(zip(one, other, strict=True))
    both, neither, mine, theirs = (
        counts[pair] for pair in ((True, True), (False, False), (True, False), (False, True))
    )
    sides = (both + mine) * (theirs + neither) * (both + theirs) * (mine + neither)
    return (both * neither - mine * theirs) / math.sqrt(sides) if sides else 0.0


def print_correlation(readings: Sequence[LineReadings], spelling: Spelling, weight: float) -> None:
    """Print how many lines each network has wrong, and the two together, and how far they err together."""
    print("wear | lines | wrong by the first, the second, both together | phi of the two")
    for level in Level:
        lines = [reading for reading in readings if reading.level is level]
        first, second = (
            [_spell(path.outputs.tolist(), spelling) != line.truth for line, path in paths]
            for paths in ([(line, line.first.path) for line in lines], [(line, line.second.path) for line in lines])
        )
        joint = [not all(line.right) for line in judge_lines(lines, weight, spelling)]
        counts = ", ".join(str(sum(wrong)) for wrong in (first, second, joint))
        print(f"{level} | {len(lines)} | {counts} | {measure_correlation(first, second):.2f}")


def _spell(outputs: Sequence[int], spelling: Spelling) -> str:
    return "".join(spelling.characters[output] for output in outputs if output != SPACE)


def main() -> None:
    """Fit the file or print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("faces", type=Path)
    parser.add_argument("--model", default="saraban")
    parser.add_argument("--tessdata", type=Path)
    parser.add_argument("--lines", type=int, default=30, help="of each face and wear")
    parser.add_argument("--fit", type=Path, help="write the file here")
    arguments = parser.parse_args()
    first = find_line_network(arguments.model, arguments.tessdata)
    second = find_line_network(SECOND_NETWORK, arguments.tessdata)
    characters = load_network(first.model).characters
    lines = make_lines(arguments.faces, "fit" if arguments.fit else "table", arguments.lines)
    readings = read_twice(lines, first, second)
    if arguments.fit is not None:
        found = fit_jointly(readings, characters)
        content = asdict(found)
        arguments.fit.write_text(json.dumps(content, indent=1) + "\n", "utf-8")
        print(content)
        return
    joint = find_cascade(arguments.model, arguments.tessdata).confidence
    print_correlation(readings, Spelling(characters, joint.spelling), joint.weight)
    print("characters | count | wrong % | right that ask at 0.1, 0.2, 0.5 % silent")
    for name, weight in (("read once", None), ("read twice", joint.weight)):
        judged = [
            (text, calibrate(c.probability, first.curve) if weight is None else joint.judge(c), right)
            for line in judge_lines(readings, weight, Spelling(characters, joint.spelling))
            for c, text, right in zip(line.characters, line.texts, line.right, strict=True)
        ]
        digits = [each for each in judged if each[0] in _DIGITS]
        for kind, some in (("all", judged), ("digits", digits)):
            print_asking(f"{name}, {kind}", [sure for _, sure, _ in some], [right for *_, right in some])


if __name__ == "__main__":
    main()
