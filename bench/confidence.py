"""What a confidence is worth: how often a line is right whose least sure glyph has it; and the curve that says so.

    python bench/confidence.py FACES                    the table, of the curve that is in the package
    python bench/confidence.py FACES --reader fast      the same of the reader that onnxruntime runs
    python bench/confidence.py FACES --fit FILE.json    fit the curve anew, on other lines than the table's

The lines are synthetic, in held-out faces and words, clean, office and poor alike. The curve is fitted on lines of
one set of seeds and the table drawn from another, so it does not show itself.
"""

import argparse
import itertools
import json
import os
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein

from bench.recognizer import bare
from ingest.recognition.line_network import LineNetwork, find_line_network
from ingest.recognition.recognizer import TextRecognizer
from ingest.recognition.tesseract import TesseractRecognizer, find_recognizer
from training import faces
from training.lines import LineMaker, SyntheticLine
from training.wear import Level

_SECONDS = 900.0
_KNOTS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.88, 0.9, 0.92, 0.94, 0.96, 0.98, 0.99, 1.0)
_BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1.0001)

Judged = tuple[float, bool]


def make_lines(folder: Path, purpose: str, count: int) -> list[SyntheticLine]:
    """Return lines of every held-out face and wear; another purpose has other lines."""
    made = []
    for face in faces.HELD_OUT:
        for level in Level:
            maker = LineMaker(folder, zlib.crc32(f"{purpose} {face.file} {level}".encode()), (face,), held_out=True)
            made += [maker.make(level) for _ in range(count)]
    return made


def judged(lines: Sequence[SyntheticLine], recognizer: TextRecognizer) -> Iterator[list[Judged]]:
    """Yield for each line the confidence of every glyph, and whether it is right."""
    glyphs = recognizer.read_lines([line.picture for line in lines], dpi=200)
    for line, found in zip(lines, glyphs, strict=True):
        read = "".join(glyph.text for glyph in found)
        wrong = {e.dest_pos for e in Levenshtein.editops(bare(line.text), read) if e.tag != "delete"}
        place, result = 0, []
        for glyph in found:
            result.append((glyph.confidence, not any(place + n in wrong for n in range(len(glyph.text)))))
            place += len(glyph.text)
        yield result


def least_sure(line: Sequence[Judged]) -> Judged:
    """Return a line's confidence, which is that of its least sure glyph, and whether all of it is right."""
    return min(confidence for confidence, _ in line), all(good for _, good in line)


def fit(pairs: Sequence[Judged]) -> list[tuple[float, float]]:
    """Return a rising curve from confidence to the share that is right, at fixed knots (pool adjacent violators)."""
    raw = np.array([confidence for confidence, _ in pairs])
    right = np.array([good for _, good in pairs], dtype=np.float64)
    knots = np.array(_KNOTS)
    nearest = np.abs(raw[:, None] - knots[None, :]).argmin(axis=1)
    weight = np.bincount(nearest, minlength=len(knots)).astype(np.float64)
    # One right and one wrong are added to each knot: no confidence is certainty.
    share = (np.bincount(nearest, weights=right, minlength=len(knots)) + 1) / (weight + 2)
    return [(float(k), round(float(s), 4)) for k, s in zip(knots, _rising(share, weight + 2), strict=True)]


def _rising(values: npt.NDArray[np.float64], weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    blocks: list[list[float]] = []
    for value, weight in zip(values, weights, strict=True):
        blocks.append([float(value), float(weight), 1.0])
        while len(blocks) > 1 and blocks[-2][0] >= blocks[-1][0]:
            last, before = blocks.pop(), blocks.pop()
            whole = before[1] + last[1]
            blocks.append([(before[0] * before[1] + last[0] * last[1]) / whole, whole, before[2] + last[2]])
    return np.array([value for value, _, count in blocks for _ in range(int(count))])


def table(name: str, pairs: Sequence[Judged]) -> None:
    """Print how many stand in each bin of confidence, what it says on average, and how many are right."""
    print(f"\n{name} | count | said | right")
    for low, high in itertools.pairwise(_BINS):
        inside = [(confidence, good) for confidence, good in pairs if low <= confidence < high]
        if inside:
            said = sum(confidence for confidence, _ in inside) / len(inside)
            right = sum(good for _, good in inside) / len(inside)
            print(f"{low:.3f}–{min(high, 1.0):.3f} | {len(inside)} | {100 * said:.1f} % | {100 * right:.1f} %")


def main() -> None:
    """Fit the curve or print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("faces", type=Path)
    parser.add_argument("--model", default="saraban")
    parser.add_argument("--reader", choices=("fast", "tesseract"), default="tesseract")
    parser.add_argument("--tessdata", type=Path)
    parser.add_argument("--lines", type=int, default=60, help="of each face and wear")
    parser.add_argument("--fit", type=Path, help="write the curve here")
    arguments = parser.parse_args()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    recognizer: TesseractRecognizer | LineNetwork = (
        find_line_network(arguments.model, arguments.tessdata)
        if arguments.reader == "fast"
        else find_recognizer(arguments.model, arguments.tessdata, _SECONDS)
    )
    if arguments.fit is not None:
        read = judged(make_lines(arguments.faces, "fit", arguments.lines), replace(recognizer, curve=()))
        curve = fit([least_sure(line) for line in read if line])
        arguments.fit.write_text(json.dumps({"curve": curve}, indent=1) + "\n", "utf-8")
        print(curve)
        return
    read_lines = [line for line in judged(make_lines(arguments.faces, "table", arguments.lines), recognizer) if line]
    table("glyphs", [pair for line in read_lines for pair in line])
    table("lines, by their least sure glyph", [least_sure(line) for line in read_lines])


if __name__ == "__main__":
    main()
