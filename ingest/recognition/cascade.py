"""Two recognizers as one: the fast one reads every line, the other reads again what must not be wrong.

Where both say the same, that is it. Where they differ, the surer of the two is kept and nobody stands by it: its
confidence is that of something in dispute, which asks for review.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from ingest.pixels import GrayImage
from ingest.recognition.recognizer import Glyph, TextRecognizer

_DISPUTED = 0.5
"""Confidence that a glyph has at most on which the two differ: of such, about half are right."""


@dataclass(frozen=True, slots=True)
class CascadeRecognizer:
    """A `TextRecognizer` made of two.

    Attributes:
        first: Reads every line.
        second: Reads again the lines with digits, and those that the first is not sure of.
        sure: Confidence of its least sure glyph from which a line without digits is read once only.
    """

    first: TextRecognizer
    second: TextRecognizer
    sure: float = 0.95

    @property
    def engine(self) -> str:
        """Both engines."""
        return f"{self.first.engine} + {self.second.engine}"

    def read_lines(self, images: Sequence[GrayImage], dpi: int) -> list[list[Glyph]]:
        """Return the glyphs of each image, from left to right.

        Raises:
            core.errors.RecognitionError: One of the two failed.
            core.errors.MissingToolError: What one of them needs is gone.
        """
        lines = self.first.read_lines(images, dpi)
        again = [number for number, line in enumerate(lines) if self._matters(line)]
        if again:
            others = self.second.read_lines([images[number] for number in again], dpi)
            for number, other in zip(again, others, strict=True):
                lines[number] = reconcile_readings(lines[number], other)
        return lines

    def _matters(self, line: Sequence[Glyph]) -> bool:
        if any(character.isdigit() for glyph in line for character in glyph.text):
            return True
        return min((glyph.confidence for glyph in line), default=0.0) < self.sure


def reconcile_readings(one: Sequence[Glyph], other: Sequence[Glyph]) -> list[Glyph]:
    """Return one line from two readings of it: the glyphs of the first where they agree, doubtful ones elsewhere."""
    if not one:
        return [_dispute(glyph) for glyph in other]
    found: list[Glyph] = []
    in_doubt = set[int]()
    for step in Levenshtein.opcodes([glyph.text for glyph in one], [glyph.text for glyph in other]):
        mine, theirs = one[step.src_start : step.src_end], other[step.dest_start : step.dest_end]
        start = len(found)
        if step.tag == "replace":
            found += max(mine, theirs, key=lambda glyphs: min(glyph.confidence for glyph in glyphs))
        else:
            found += mine
        if step.tag != "equal":
            in_doubt.update(range(start, len(found)))
        if step.tag == "insert":
            # The other reads something where this one reads nothing: what stands beside it may not be all.
            in_doubt.update((start - 1, start))
    return [_dispute(glyph) if number in in_doubt else glyph for number, glyph in enumerate(found)]


def _dispute(glyph: Glyph) -> Glyph:
    return replace(glyph, confidence=min(glyph.confidence, _DISPUTED))
