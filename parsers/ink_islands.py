"""What a page holds beside text, cells and codes → what of the form it is, or that nobody knows it.

A letter has a garuda at its head and a signature above its signer's name, a stamp has a frame. What else stands on a
page, such as a stamp of which nothing was read, is told of.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.accounting import Ornament, PagePart, PartKind
from models.annex import Annex
from models.field import Box, Field, PageNumber, Source
from models.letter import Letter
from models.ocr import InkIsland, IslandKind, Line, OcrPage

_KINDS = {
    IslandKind.INK: PartKind.INK,
    IslandKind.WRITING: PartKind.INK,
    IslandKind.STAMP: PartKind.STAMP,
    IslandKind.ANNOTATION: PartKind.ANNOTATION,
    IslandKind.PICTURE: PartKind.PICTURE,
    IslandKind.WATERMARK: PartKind.WATERMARK,
}
_ALONE: dict[IslandKind, Ornament | None] = {IslandKind.WATERMARK: Ornament.WATERMARK, IslandKind.ANNOTATION: None}
"""What islands are wherever they stand."""


@dataclass(frozen=True, slots=True)
class OrnamentPlaces:
    """Where the form of a letter has what is no text, in shares of the page.

    Attributes:
        emblem_depth: Down to where the middle of a garuda may lie: 3 cm high below a margin of 1.5 cm on A4.
        emblem_size: Height and width that a garuda has at most.
        above_name: How far above a signer's name a signature or the seal across it may have its middle.
        below_name: How far below it.
        beside_name: How far to either side of the middle of the name.
        near_stamp: How far the frame of a stamp reaches beyond the lines that were read of it.
    """

    emblem_depth: float = 0.16
    emblem_size: float = 0.2
    above_name: float = 0.14
    below_name: float = 0.04
    beside_name: float = 0.25
    near_stamp: float = 0.04


PLACES = OrnamentPlaces()
_CONSONANT = re.compile("[ก-ฮ]")
_SCRAWL_CONFIDENCE = 0.1
"""Confidence below which a line was read as anything at all: strokes that are no letters."""
_SCRAWL_HEIGHT = 1.4
"""How many times as high as the signer's printed name a signature is at least that was taken for a line."""
_SCRAWL_LETTERS = 3
"""Thai consonants that strokes may be misread as at most; more of them may have been a rank or a word."""


def account_for_islands(
    page: OcrPage,
    letters: Sequence[Letter],
    annexes: Sequence[Annex],
    parts: Sequence[PagePart],
    places: OrnamentPlaces = PLACES,
) -> Iterator[PagePart]:
    """Yield what else a page holds, each with what of the form it is; without an owner what is nothing known.

    Args:
        page: The page.
        letters: All letters of the document.
        annexes: All annexes of the document.
        parts: The lines, cells and codes of the page.
        places: Where the form has what.
    """
    names = find_signer_names(page.number, letters)
    stamps = [part.box for part in parts if part.kind is PartKind.STAMP and part.box is not None and part.owner]
    heads = {pages[0] for pages in (*(each.pages for each in letters), *(each.pages for each in annexes)) if pages}
    for island in page.leftover:
        ornament = _classify_island(island, names, stamps, places, is_head=page.number in heads)
        owner = None if ornament is None else f"ornament.{ornament}"
        box = island.box if page.has_layout else None
        yield PagePart(page=page.number, box=box, kind=_KINDS[island.kind], text=island.text, owner=owner)


def _classify_island(
    island: InkIsland, names: Sequence[Box], stamps: Sequence[Box], places: OrnamentPlaces, *, is_head: bool
) -> Ornament | None:
    """Return what of the form an island is; None where it is nothing known."""
    if island.kind in _ALONE:
        return _ALONE[island.kind]
    if island.kind is IslandKind.WRITING:  # it may have been the urgency, or the last line of the text
        return Ornament.SIGNATURE if any(_is_scrawl_by(island.box, name, places) for name in names) else None
    if is_head and _is_emblem(island, places):
        return Ornament.EMBLEM
    if any(_is_signature_by(island.box, name, places) for name in names):
        return Ornament.SIGNATURE
    if any(_touches(island.box, stamp, places.near_stamp) for stamp in stamps):
        return Ornament.STAMP_FRAME
    return None


def find_signer_names(page: PageNumber, letters: Sequence[Letter]) -> list[Box]:
    """Return where on a page the names of those stand who signed or certified its letters."""
    return list(_find_signers(page, letters))


def is_signature(line: Line, names: Sequence[Box], places: OrnamentPlaces = PLACES) -> bool:
    """Whether a line is a signature that was taken for print: by a printed name, higher than it, and no word.

    Args:
        line: The line.
        names: Where the names of signers stand on its page.
        places: Where the form has what.
    """
    if line.source is not Source.PRINT or line.confidence >= _SCRAWL_CONFIDENCE:
        return False
    if len(_CONSONANT.findall(line.text)) > _SCRAWL_LETTERS:
        return False
    return any(_is_scrawl_by(line.box, name, places) for name in names)


def _find_signers(page: PageNumber, letters: Sequence[Letter]) -> Iterator[Box]:
    for letter in letters:
        signers = (letter.signer, letter.certified_by)
        fields: list[Field[str]] = [
            signer if isinstance(signer, Field) else signer.name for signer in signers if signer is not None
        ]
        yield from (field.box for field in fields if field.page == page and field.box is not None)


def _is_emblem(island: InkIsland, places: OrnamentPlaces) -> bool:
    box = island.box
    return box.center[1] <= places.emblem_depth and max(box.height, box.width) <= places.emblem_size


def _is_by_name(box: Box, name: Box, places: OrnamentPlaces) -> bool:
    (x, y), (middle, level) = box.center, name.center
    return abs(x - middle) <= places.beside_name and -places.above_name <= y - level <= places.below_name


def _is_scrawl_by(box: Box, name: Box, places: OrnamentPlaces) -> bool:
    """Whether what was taken for a line is higher than the printed name that it stands by."""
    return _is_by_name(box, name, places) and box.height > _SCRAWL_HEIGHT * name.height


def _is_signature_by(box: Box, name: Box, places: OrnamentPlaces) -> bool:
    """Whether ink stands by a printed name, and is no larger than the room that is kept for a signature."""
    fits = box.height <= places.above_name + places.below_name and box.width <= 2 * places.beside_name
    return fits and _is_by_name(box, name, places)


def _touches(box: Box, other: Box, reach: float) -> bool:
    level = box.y0 - reach < other.y1 and other.y0 - reach < box.y1
    return level and box.x0 - reach < other.x1 and other.x0 - reach < box.x1
