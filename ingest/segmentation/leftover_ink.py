"""Ink of a page that gave no line, cell or code → where it is, so that no stamp or note vanishes without a word."""

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from ingest.pixels import ColorImage, Mask
from ingest.sources.page_image import PageImage
from models.field import Box, Source
from models.ocr import InkIsland, IslandKind, Line


@dataclass(frozen=True, slots=True)
class LeftoverSettings:
    """What of the ink beside text is told of; lengths are inches.

    Attributes:
        dpi: Resolution that it is looked at.
        above, beside: How far the marks of a line reach above and below it, in its heights, and its ends beyond it.
        rule: Length from which a straight stroke is a rule or a frame, and nothing to be read.
        apart: Widest gap within a stamp or a scrawl.
        side: Least width and height of what is told of: a short line of letters is lower, a signature is not.
        ink: Least ink of it, in square inches; a stamp of three short lines has ten times that.
        density: Least share of its box that is ink.
        rim: How far from the edge of the paper there are shadows and holes, and no ink.
        colored: Share of its ink that is colored, from which it is a stamp.
        chroma: Difference between channels, in gray levels, of what is colored.
        solid, picture: Share of its box that is ink, and its least side, from which it is a picture.
        most: Islands from which a page is drawn on or dirty all over, which is told of once.
    """

    dpi: int = 75
    above: float = 0.6
    beside: float = 0.12
    rule: float = 1.0
    apart: float = 0.12
    side: float = 0.3
    ink: float = 0.02
    density: float = 0.06
    rim: float = 0.25
    colored: float = 0.5
    chroma: int = 40
    solid: float = 0.4
    picture: float = 0.8
    most: int = 12


SETTINGS = LeftoverSettings()
_STROKE_DPI = 150
"""Resolution at which no stroke of a pen falls between two pixels."""
_SOME = 40
"""Gray of a coarse pixel, of 255, that holds some of a stroke."""
_TALL = 0.5
"""Share of the height of illegible writing from which a word in it is all of it, and not one line of two."""


def find_leftover_ink(
    page: PageImage,
    lines: Sequence[Line],
    illegible: Sequence[InkIsland] = (),
    settings: LeftoverSettings = SETTINGS,
) -> tuple[InkIsland, ...]:
    """Return the islands of ink on a page that none of its lines says, top to bottom.

    Args:
        page: The level page with its tables and codes painted over.
        lines: The lines that were read of it.
        illegible: What looked like lines and could not be read; told of where no word has been found in it since.
        settings: What is told of.
    """
    size = _measure(page, settings)
    step = max(page.dpi // _STROKE_DPI, 1)
    ink = np.asarray(cv2.resize(page.ink[::step, ::step], size, interpolation=cv2.INTER_AREA) > _SOME, np.bool_)
    _paint_out(ink, lines, settings)
    ink &= ~_find_rules(ink, settings)
    reach = round(settings.apart * settings.dpi) | 1
    joined = cv2.morphologyEx(np.pad(ink.astype(np.uint8), reach), cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined[reach:-reach, reach:-reach], connectivity=8)
    kept = [n for n in range(1, len(stats)) if _is_large(stats[n], size, settings)]
    colors = page.draw_colors() if kept else None
    found = (_build_island(colors, stats[n], np.asarray((labels == n) & ink), settings) for n in kept)
    islands = [island for island in found if island is not None]
    filled = [word.box for line in lines for word in line.words if word.source is Source.HANDWRITING]
    beside = settings.beside * page.dpi / page.size[0]
    writing = [rest for island in illegible for rest in _take_out(island, filled, beside)]
    kinds = (_join_overlapping(islands), IslandKind.PICTURE), (_join_overlapping(writing), IslandKind.WRITING)
    return tuple(island for each, kind in kinds for island in _bound(each, kind, settings.most))


def _bound(islands: Sequence[InkIsland], kind: IslandKind, most: int) -> Sequence[InkIsland]:
    """Return islands, or where there are too many of them one of a kind around them all."""
    if len(islands) <= most:
        return islands
    return (InkIsland(box=functools.reduce(Box.union, (island.box for island in islands)), kind=kind),)


def _join_overlapping(islands: Sequence[InkIsland]) -> list[InkIsland]:
    """Return islands top to bottom, those of one kind whose boxes overlap as one: a seal has more rings than one."""
    joined: list[InkIsland] = []
    for island in sorted(islands, key=lambda island: island.box.y0):
        box = island.box
        for other in [other for other in joined if other.kind is island.kind and _overlap(other.box, box)]:
            joined.remove(other)
            box = box.union(other.box)
        joined.append(island.model_copy(update={"box": box}))
    return joined


def _take_out(island: InkIsland, filled: Sequence[Box], beside: float) -> Iterator[InkIsland]:
    """Yield what is left of an island where words that a hand wrote and that are as high as it are taken out of it.

    Args:
        island: Illegible writing.
        filled: Words that were read since, some of them in it.
        beside: What is wider than this, as a share of the page, is told of.
    """
    left, right = island.box.x0, island.box.x1
    words = sorted((word for word in filled if _fills(word, island.box)), key=lambda word: word.x0)
    if not words:
        yield island
        return
    for start, end in zip((left, *(word.x1 for word in words)), (*(word.x0 for word in words), right), strict=True):
        if end - start > beside:
            yield island.model_copy(update={"box": island.box._replace(x0=start, x1=end)})


def _fills(word: Box, box: Box) -> bool:
    """Whether a word stands in a box and is about as high."""
    x, y = word.center
    is_tall = min(word.y1, box.y1) - max(word.y0, box.y0) >= _TALL * box.height
    return is_tall and box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1


def _overlap(one: Box, other: Box) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.y0 < other.y1 and other.y0 < one.y1


def _measure(page: PageImage, settings: LeftoverSettings) -> tuple[int, int]:
    scale = min(settings.dpi / page.dpi, 1.0)
    return max(round(page.size[0] * scale), 1), max(round(page.size[1] * scale), 1)


def _paint_out(ink: Mask, lines: Sequence[Line], settings: LeftoverSettings) -> None:
    """Clear the words of lines with their marks."""
    height, width = ink.shape
    beside = settings.beside * settings.dpi
    for line in lines:
        for box in [word.box for word in line.words] or [line.box]:
            room = settings.above * max(box.height, line.box.height / 2) * height
            top, bottom = max(int(box.y0 * height - room), 0), int(box.y1 * height + room) + 1
            ink[top:bottom, max(int(box.x0 * width - beside), 0) : int(box.x1 * width + beside) + 1] = False


def _find_rules(ink: Mask, settings: LeftoverSettings) -> Mask:
    """Return where straight strokes run, with the raggedness of their edges."""
    length = round(settings.rule * settings.dpi)
    rules = np.zeros(ink.shape, np.uint8)
    for shape, ragged in (((1, length), (3, 1)), ((length, 1), (1, 3))):
        strokes = cv2.morphologyEx(ink.astype(np.uint8), cv2.MORPH_OPEN, np.ones(shape, np.uint8))
        rules |= np.asarray(cv2.dilate(strokes, np.ones(ragged, np.uint8)), np.uint8)
    return np.asarray(rules > 0)


def _is_large(stats: npt.NDArray[np.int32], size: tuple[int, int], settings: LeftoverSettings) -> bool:
    left, top, width, height = (int(value) for value in stats[:4])
    rim = settings.rim * settings.dpi
    inside = rim < left + width and left < size[0] - rim and rim < top + height and top < size[1] - rim
    return inside and min(width, height) >= settings.side * settings.dpi


def _build_island(
    colors: ColorImage | None, stats: npt.NDArray[np.int32], own: Mask, settings: LeftoverSettings
) -> InkIsland | None:
    left, top, width, height = (int(value) for value in stats[:4])
    count = int(np.count_nonzero(own))
    density = count / (width * height)
    if count < settings.ink * settings.dpi**2 or density < settings.density:
        return None
    rows, columns = own.shape
    box = Box(left / columns, top / rows, (left + width) / columns, (top + height) / rows)
    kind = IslandKind.INK
    if _count_colored(colors, box, own[top : top + height, left : left + width], settings) >= settings.colored * count:
        kind = IslandKind.STAMP
    elif density >= settings.solid and min(width, height) >= settings.picture * settings.dpi:
        kind = IslandKind.PICTURE
    return InkIsland(box=box, kind=kind)


def _count_colored(colors: ColorImage | None, box: Box, own: Mask, settings: LeftoverSettings) -> int:
    """Return how many of an island's coarse pixels are colored."""
    if colors is None:
        return 0
    height, width = colors.shape[:2]
    cut = colors[int(box.y0 * height) : round(box.y1 * height), int(box.x0 * width) : round(box.x1 * width)]
    small = cv2.resize(cut, (own.shape[1], own.shape[0]), interpolation=cv2.INTER_AREA).astype(np.int16)
    return int(np.count_nonzero(own & (small.max(axis=2) - small.min(axis=2) >= settings.chroma)))
