"""How well the recognizer reads lines it was never trained on, beside Tesseract's own Thai models.

    python bench/recognizer.py FACES                    every condition: faces × wear (synthetic lines)
    python bench/recognizer.py FACES --short            a few lines, as the tests run it
    python bench/recognizer.py FACES --models tha,saraban --levels office --lines 200

FACES is the folder that `python -m training.faces FACES` filled. The faces, words and names are those that training
holds out (`training.faces.HELD_OUT`, `training.wording.is_held_out`). Spaces are not compared.
"""

import argparse
import os
import resource
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from rapidfuzz.distance import Levenshtein

from ingest.recognition.tesseract import TesseractRecognizer, find_recognizer
from training import faces
from training.characters import canonical
from training.faces import Face
from training.lines import LineMaker, SyntheticLine
from training.wear import Level

STOCK = Path("/usr/share/tesseract-ocr/5/tessdata")
PEERS = ("tha", "tha+eng", "Thai")
_THAI_DIGITS, _ARABIC_DIGITS = "๐๑๒๓๔๕๖๗๘๙", "0123456789"
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_SECONDS = 600.0
_LINE_MODE = 13
_SHORT_LINES = 8


@dataclass(slots=True)
class Score:
    """What was counted over some lines."""

    lines: int = 0
    exact: int = 0
    characters: int = 0
    errors: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    cpu: float = 0.0

    def add(self, truth: str, read: str) -> None:
        """Count one line."""
        edits = Levenshtein.editops(truth, read)
        self.lines += 1
        self.exact += truth == read
        self.characters += len(truth)
        self.errors += len(edits)
        wrong = {edit.src_pos for edit in edits if edit.tag != "insert"}
        for place, character in enumerate(truth):
            kind = classify_character(character)
            self.kinds[kind] += 1
            self.right[kind] += place not in wrong

    def merge(self, other: "Score") -> None:
        """Add the counts of other lines."""
        for name in ("lines", "exact", "characters", "errors", "kinds", "right", "cpu"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def error_rate(self) -> float:
        """Edits for each character of the truth."""
        return self.errors / max(self.characters, 1)

    def share(self, kind: str) -> float:
        """Share of the characters of a kind that were read right."""
        return self.right[kind] / self.kinds[kind] if self.kinds[kind] else float("nan")


def classify_character(character: str) -> str:
    """Return what a character is, for counting."""
    if character in _THAI_DIGITS:
        return "Thai digit"
    if character in _ARABIC_DIGITS:
        return "Arabic digit"
    return "Latin" if character in _LATIN else "other"


def bare(text: str) -> str:
    """Return a text as it is compared: canonical, without spaces."""
    return canonical(text).replace(" ", "")


def read_lines(lines: Sequence[SyntheticLine], recognizer: TesseractRecognizer, mode: int = _LINE_MODE) -> list[str]:
    """Return what a model reads in each line, without spaces."""
    found = replace(recognizer, segmentation=mode).read_lines([line.picture for line in lines], dpi=200)
    return [bare("".join(glyph.text for glyph in glyphs)) for glyphs in found]


def score(lines: Sequence[SyntheticLine], recognizer: TesseractRecognizer, mode: int = _LINE_MODE) -> Score:
    """Return how a model reads some lines, and the CPU seconds of doing so."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = Score()
    for line, read in zip(lines, read_lines(lines, recognizer, mode), strict=True):
        found.add(bare(line.text), read)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    found.cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return found


def held_out_lines(folder: Path, face: Face, level: Level, count: int) -> list[SyntheticLine]:
    """Return lines in one face and wear, always the same ones, in words that training holds out."""
    seed = zlib.crc32(f"{face.file} {level}".encode())
    maker = LineMaker(folder, seed, (face,), held_out=True)
    return [maker.make(level) for _ in range(count)]


def recognizers(names: Iterable[str], ours: Path | None) -> dict[str, TesseractRecognizer]:
    """Return the models to compare: Tesseract's own by name, and ours."""
    return {name: find_recognizer(name, STOCK if name in PEERS else ours, _SECONDS) for name in names}


def main() -> None:
    """Print a table: a line for each model, face and wear, and one over all faces."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("faces", type=Path)
    parser.add_argument("--models", default=",".join((*PEERS, "saraban")))
    parser.add_argument("--tessdata", type=Path, help="folder of our model, if not the package's")
    parser.add_argument("--levels", default=",".join(Level))
    parser.add_argument("--lines", type=int, default=100, help="of each face and wear")
    parser.add_argument("--seen", action="store_true", help="also the official faces that were trained on")
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--mode", type=int, default=_LINE_MODE, help="Tesseract's page segmentation mode")
    arguments = parser.parse_args()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    chosen = (*faces.HELD_OUT, *(faces.OFFICIAL if arguments.seen else ()))
    count = _SHORT_LINES if arguments.short else arguments.lines
    print("model | wear | face | lines | CER | exact | Thai digits | Arabic digits | Latin | CPU s a line")
    for level in (Level(name) for name in arguments.levels.split(",")):
        sets = {face: held_out_lines(arguments.faces, face, level, count) for face in chosen}
        for name, recognizer in recognizers(arguments.models.split(","), arguments.tessdata).items():
            together: dict[str, list[Score]] = {}
            for face, lines in sets.items():
                found = score(lines, recognizer, arguments.mode)
                together.setdefault("held out" if face.held_out else "seen", []).append(found)
                print(_row(name, level, face.file.removesuffix(".ttf"), found))
            for group, scores in together.items():
                print(_row(name, level, f"**all {group}**", _sum(scores)), flush=True)


def _sum(scores: Sequence[Score]) -> Score:
    whole = Score()
    for each in scores:
        whole.merge(each)
    return whole


def _row(model: str, level: Level, face: str, found: Score) -> str:
    shares = " | ".join(f"{100 * found.share(kind):.1f}" for kind in ("Thai digit", "Arabic digit", "Latin"))
    exact, cpu = 100 * found.exact / max(found.lines, 1), found.cpu / max(found.lines, 1)
    counts = f"{found.lines} | {100 * found.error_rate:.2f} | {exact:.0f}"
    return f"{model} | {level} | {face} | {counts} | {shares} | {cpu:.3f}"


if __name__ == "__main__":
    main()
