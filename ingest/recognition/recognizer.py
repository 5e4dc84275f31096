"""What a recognizer of print is to everything else: images of lines in, glyphs with boxes and confidence out.

One that is bound to a model, a time limit and its own temporary files stands behind this protocol; nothing else of the
package knows which one it is. It goes to worker processes with their tasks and so must be picklable.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ingest.pixels import GrayImage

UNREAD = "\N{REPLACEMENT CHARACTER}"
"""Text of the one glyph, of no confidence, that stands for a line on which the recognizer failed."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A piece of text that has a box of its own: in Thai, often one character.

    Attributes:
        left, top, right, bottom: Box in pixels of its image.
        text: What it says, without spaces around it.
        confidence: 0 to 1.
        spaced: Whether a space was read before it; None where the recognizer does not tell.
        other: What a second reader makes of it, where it was read twice and otherwise; None where nothing differs.
    """

    left: int
    top: int
    right: int
    bottom: int
    text: str
    confidence: float
    spaced: bool | None = None
    other: str | None = None


class TextRecognizer(Protocol):
    """Reads images of single lines."""

    @property
    def engine(self) -> str:
        """What keys a reading: the names and versions of program, model and confidence curve."""
        ...

    def read_lines(self, images: Sequence[GrayImage], dpi: int) -> list[list[Glyph]]:
        """Return the glyphs of each image, from left to right.

        Args:
            images: Each shows one line of text; any size.
            dpi: Their resolution.

        Raises:
            core.errors.RecognitionError: It failed on all of them, or ran out of time.
            core.errors.MissingToolError: What it needs is gone.
        """
        ...


def unread() -> list[Glyph]:
    """Return what stands for a line on which the recognizer failed, so that nothing goes missing unsaid."""
    return [Glyph(0, 0, 1, 1, UNREAD, 0.0)]
