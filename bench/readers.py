"""The recognizers side by side on the same images of lines: what they read, and what a line costs.

    python bench/readers.py                             fixtures/lines: clean, office, poor
    python bench/readers.py --faces FACES --lines 20    held-out faces and words as well, as bench/recognizer.py
    python bench/readers.py --compact compact.onnx      the compact network too, of this file
    python bench/readers.py --pages FOLDER              pages: each PDF with a text file of its name beside it

CPU seconds are of this process and its children, each reader after one line that it warms up on. Spaces are not
compared. Of pages, the lines are found once and cut out for both; their text is compared with the file's as a whole,
so that what the file has and the page has not counts against both alike.
"""

import argparse
import itertools
import math
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from rapidfuzz.distance import Levenshtein

from bench.cost import cpu
from bench.recognizer import Score, bare, held_out_lines
from core.limits import Limits
from fixtures import lines as kept
from ingest.pixels import GrayImage
from ingest.recognition.line_network import find_line_network
from ingest.recognition.recognizer import Glyph, TextRecognizer
from ingest.recognition.tesseract import find_recognizer
from ingest.segmentation.line_detection import find_lines
from ingest.sources.page_loading import load_pdf_page
from training import faces
from training.lines import SyntheticLine
from training.wear import Level

_DPI = 200
_NUMBER = re.compile(r"[๐-๙0-9]+(?:[./,-][๐-๙0-9]+)*")
"""A number of a letter, with what stands within it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader made of some lines, and the CPU seconds that it took."""

    lines: list[list[Glyph]]
    seconds: float

    @property
    def texts(self) -> list[str]:
        """The text of each line as it is compared."""
        return [bare("".join(glyph.text for glyph in line)) for line in self.lines]


def read(reader: TextRecognizer, images: Sequence[GrayImage], dpi: int = _DPI) -> Reading:
    """Return what a reader makes of lines, all of them handed over at once."""
    reader.read_lines(images[:1], dpi)
    before = cpu()
    lines = reader.read_lines(images, dpi)
    return Reading(lines, cpu() - before)


def compare_lines(name: str, readers: Mapping[str, TextRecognizer], lines: Sequence[SyntheticLine]) -> None:
    """Print a row for each reader on lines whose text is known, and how often they part."""
    truths = [bare(line.text) for line in lines]
    texts: dict[str, list[str]] = {}
    for label, reader in readers.items():
        reading, found = read(reader, [line.picture for line in lines]), Score()
        texts[label] = reading.texts
        for truth, text in zip(truths, reading.texts, strict=True):
            found.add(truth, text)
        digits = f"{100 * found.share('Thai digit'):.1f} | {100 * found.exact / found.lines:.0f}"
        cost = 1000 * reading.seconds / len(lines)
        print(f"{name} | {label} | {len(lines)} | {100 * found.error_rate:.2f} | {digits} | {cost:.1f}", flush=True)
    for one, other in itertools.combinations(texts, 2):
        _print_partings(f"{name} | {one}, {other}", truths, texts[one], texts[other])


def measure_correlation(one: Sequence[bool], other: Sequence[bool]) -> float:
    """Return φ of what two readers get wrong: 0 where the one says nothing of the other, 1 where both err alike."""
    both = sum(a and b for a, b in zip(one, other, strict=True))
    first, second, count = sum(one), sum(other), len(one)
    spread = math.sqrt(first * (count - first) * second * (count - second))
    return (count * both - first * second) / spread if spread else float("nan")


def count_numbers(truths: Sequence[str], one: Sequence[str], other: Sequence[str]) -> Counter[tuple[bool, bool]]:
    """Count the numbers that one reader reads: whether the other agrees, and whether they are right."""
    found: Counter[tuple[bool, bool]] = Counter()
    for truth, first, second in zip(truths, one, other, strict=True):
        right, agreed = Counter(_NUMBER.findall(truth)), Counter(_NUMBER.findall(second))
        for number in _NUMBER.findall(first):
            found[agreed[number] > 0, right[number] > 0] += 1
            agreed[number] -= 1
            right[number] -= 1
    return found


def _print_partings(name: str, truths: Sequence[str], one: Sequence[str], other: Sequence[str]) -> None:
    """Print how many lines two readers read otherwise, who is nearer to the truth, and what both have wrong alike."""
    wrong = [[read != truth for truth, read in zip(truths, texts, strict=True)] for texts in (one, other)]
    alike = sum(a == b != t for t, a, b in zip(truths, one, other, strict=True))
    print(f"{name} | φ of a line wrong {measure_correlation(*wrong):.2f}; {alike} lines of {len(truths)} wrong alike")
    numbers = count_numbers(truths, one, other)
    print(f"{name} | numbers agreed on: {numbers[True, True]} right, {numbers[True, False]} wrong; "
          f"not: {numbers[False, True]} right, {numbers[False, False]} wrong")  # fmt: skip
    apart = [triple for triple in zip(truths, one, other, strict=True) if triple[1] != triple[2]]
    gains = [Levenshtein.distance(t, a) - Levenshtein.distance(t, b) for t, a, b in apart]
    better, worse = sum(gain > 0 for gain in gains), sum(gain < 0 for gain in gains)
    distance = sum(Levenshtein.distance(a, b) for _, a, b in apart) / max(sum(map(len, truths)), 1)
    print(f"{name} | otherwise: {len(apart)} lines, {100 * distance:.2f} % of the characters; the second is nearer in "
          f"{better}, farther in {worse}")  # fmt: skip


def cut_pages(file: Path) -> Iterator[tuple[list[GrayImage], int]]:
    """Yield the lines of each page of a PDF, top to bottom, and the page's resolution."""
    import pikepdf

    with pikepdf.open(file) as pdf:
        count = len(pdf.pages)
    for number in range(1, count + 1):
        page = load_pdf_page(file, number, Limits())
        layout = find_lines(page.ink, page.dpi)
        order = sorted(range(len(layout.lines)), key=lambda n: layout.lines[n].middle)
        yield [layout.cut(page.gray, n)[0] for n in order], page.dpi


def compare_pages(readers: Mapping[str, TextRecognizer], file: Path) -> None:
    """Print a row for each reader on the pages of one file."""
    truth = bare(file.with_suffix(".txt").read_text("utf-8"))
    pages = list(cut_pages(file))
    count = sum(len(images) for images, _ in pages)
    for label, reader in readers.items():
        readings = [read(reader, images, dpi) for images, dpi in pages if images]
        text = "".join(text for reading in readings for text in reading.texts)
        wrong = Levenshtein.distance(truth, text) / max(len(truth), 1)
        cost = 1000 * sum(reading.seconds for reading in readings) / max(count, 1)
        print(f"{file.stem} | {label} | {count} | {100 * wrong:.2f} | – | – | {cost:.1f}", flush=True)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="saraban")
    parser.add_argument("--faces", type=Path)
    parser.add_argument("--lines", type=int, default=20, help="of each held-out face and wear")
    parser.add_argument("--compact", type=Path, help="file of a compact network")
    parser.add_argument("--pages", type=Path, help="folder of PDFs and texts")
    arguments = parser.parse_args()
    readers: dict[str, TextRecognizer] = {
        "tesseract": find_recognizer(arguments.model),
        "fast": find_line_network(arguments.model),
    }
    if arguments.compact:
        readers["compact"] = find_line_network(arguments.compact.stem, arguments.compact.parent)
    print("set | reader | lines | CER % | Thai digits % | exact % | CPU ms a line")
    if arguments.pages:
        for file in sorted(arguments.pages.glob("*.pdf")):
            if file.with_suffix(".txt").is_file():
                compare_pages(readers, file)
        return
    for level in Level:
        compare_lines(f"fixtures {level}", readers, [line for line in kept.load() if line.level is level])
    if arguments.faces:
        for level in Level:
            count = arguments.lines
            drawn = [made for face in faces.HELD_OUT for made in held_out_lines(arguments.faces, face, level, count)]
            compare_lines(f"held out {level}", readers, drawn)


if __name__ == "__main__":
    main()
