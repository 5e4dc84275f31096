"""Two recognizers as one: the fast one reads every line, the other reads again what must not be wrong.

Where they differ, the first reading is kept and nobody stands by it: its confidence is that of something in dispute,
which asks for review. To keep the surer of the two instead was measured and made more wrong: docs/adr/0021.
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
                lines[number] = mark_disagreement(lines[number], other)
        return lines

    def _matters(self, line: Sequence[Glyph]) -> bool:
        if any(character.isdigit() for glyph in line for character in glyph.text):
            return True
        return min((glyph.confidence for glyph in line), default=0.0) < self.sure


def mark_disagreement(one: Sequence[Glyph], other: Sequence[Glyph]) -> list[Glyph]:
    """Return the first reading of a line, in doubt where the other differs; the other where the first is empty."""
    if not one:
        return [_dispute(glyph) for glyph in other]
    owners = [number for number, glyph in enumerate(one) for _ in glyph.text]
    texts = ("".join(glyph.text for glyph in line) for line in (one, other))
    in_doubt = set[int]()
    for step in Levenshtein.opcodes(*texts):
        # Where the other reads something and this one nothing, what stands beside it may not be all.
        beside = step.tag == "insert"
        if step.tag != "equal":
            in_doubt.update(owners[max(step.src_start - beside, 0) : step.src_end + beside])
    return [_dispute(glyph) if number in in_doubt else glyph for number, glyph in enumerate(one)]


def _dispute(glyph: Glyph) -> Glyph:
    return replace(glyph, confidence=min(glyph.confidence, _DISPUTED))
