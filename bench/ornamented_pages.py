"""Drawn pages with ornaments around or under their text, to see what they cost and whether the text is read.

Each is the same page of a fixture, made smaller where a border takes its room. The ornaments are drawn here, after
those of deeds, share certificates and certificates of honor, whose originals are not ours to pass on.
"""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from core.limits import Limits
from ingest.pixels import GrayImage
from ingest.sources.page_loading import load_pdf_page

DPI = 300
_PAGE = Path(__file__).parent.parent / "fixtures" / "round1" / "clean-300.pdf"
_MM = DPI / 25.4
"""Pixels of a millimetre."""
_BORDER = 20.0
"""Breadth of a border in mm."""
_SCALE = 0.74
"""How much smaller the text is that a border is drawn around."""
_PALE = 200
"""Gray of what is printed under a text."""

Drawing = Callable[[GrayImage], None]


def draw_pages() -> dict[str, GrayImage]:
    """Return the pages by their names: `plain` first, the same text with nothing around it."""
    text = load_pdf_page(_PAGE, 1, Limits()).gray
    pages = {"plain": _shrink(text)}
    for name, draw in _BORDERS.items():
        pages[name] = _shrink(text)
        draw(pages[name])
    pages["letter-grid"] = _draw_letter_grid(text)
    return pages


def save_pages(folder: Path) -> list[Path]:
    """Write the pages as PNG into a folder, and return their paths in the order of `draw_pages`."""
    from PIL import Image

    paths = []
    for name, page in draw_pages().items():
        paths.append(folder / f"{name}.png")
        Image.fromarray(page).save(paths[-1], dpi=(DPI, DPI))
    return paths


def _shrink(text: GrayImage) -> GrayImage:
    """Return a page with its text in the middle, as much smaller as a border needs."""
    small = np.asarray(cv2.resize(text, None, fx=_SCALE, fy=_SCALE, interpolation=cv2.INTER_AREA), np.uint8)
    page = np.full_like(text, 255)
    top, left = ((whole - part) // 2 for whole, part in zip(page.shape, small.shape, strict=True))
    page[top : top + small.shape[0], left : left + small.shape[1]] = small
    return page


def _draw_meshes(page: GrayImage, side: float = 3.2) -> None:
    """Draw rows of small squares around the page, as on a deed."""
    step = round(side * _MM)
    inner = page[_inside(page)].copy()
    page[round(5 * _MM) :: step] = 0
    page[:, round(5 * _MM) :: step] = 0
    page[_inside(page)] = inner
    _clear_rim(page)


def _draw_large_meshes(page: GrayImage) -> None:
    """The same in squares of 6 mm, in which letters could stand."""
    _draw_meshes(page, 6.0)


def _draw_letters_in_meshes(page: GrayImage) -> None:
    """Draw squares of 4 mm around the page, each with a letter in it."""
    side = 4.0
    step, first = round(side * _MM), round(5 * _MM)
    _draw_meshes(page, side)
    inside = _inside(page)
    for top in range(first, page.shape[0] - first - step, step):
        for left in range(first, page.shape[1] - first - step, step):
            if not _lies_in((top + step // 2, left + step // 2), inside):
                _write(page, "AENSH"[(top + left) // step % 5], (left + step // 4, top + round(step * 0.8)), step * 0.5)


def _draw_guilloche(page: GrayImage, gray: int = 0) -> None:
    """Draw bands of woven waves on all four sides."""
    middle = _BORDER / 2 * _MM
    height, width = page.shape
    for phase in np.linspace(0, 2 * np.pi, 9):
        for along, lines in ((width, (middle, height - middle)), (height, (middle, width - middle))):
            x = np.arange(0, along, 4, dtype=np.float64)
            for at in lines:
                y = at + 0.35 * _BORDER * _MM * np.sin(x / (4 * _MM) + phase) * np.cos(x / (31 * _MM))
                points = np.stack([x, y] if along == width else [y, x], axis=1)
                _draw_curve(page, points, gray)


def _draw_certificate(page: GrayImage) -> None:
    """Draw a double frame with scrolls along it and rosettes in its corners."""
    height, width = page.shape
    for inset in (6.0, 7.5, 17.0, 18.0):
        rim = round(inset * _MM)
        cv2.rectangle(page, (rim, rim), (width - rim, height - rim), 0, 2)
    turn = np.linspace(0, 2.6 * np.pi, 80)
    radius = np.linspace(4.2, 0.6, 80) * _MM
    at = round(12.2 * _MM)  # the middle of the band between the frames
    for way, (along, across) in enumerate(((width, height), (height, width))):
        for place in range(at + round(9 * _MM), along - at - round(9 * _MM), round(9.5 * _MM)):
            for other in (at, across - at):
                x, y = place + radius * np.cos(turn), other + radius * np.sin(turn)
                _draw_curve(page, np.stack([y, x] if way else [x, y], axis=1), 0, 3)
    angle = np.linspace(0, 2 * np.pi, 400)
    for column in (at, width - at):
        for row in (at, height - at):
            for petal in (3, 5, 8):
                reach = (3.4 + 1.4 * np.sin(petal * angle)) * _MM
                _draw_curve(page, np.stack([column + reach * np.cos(angle), row + reach * np.sin(angle)], axis=1), 0)


def _draw_hatching(page: GrayImage) -> None:
    """Draw a border of crossed slanting lines within two frames."""
    inner = page[_inside(page)].copy()
    height, width = page.shape
    for start in range(-height, width + height, round(2.4 * _MM)):
        cv2.line(page, (start, 0), (start + height, height), 0, 2)
        cv2.line(page, (start, 0), (start - height, height), 0, 2)
    page[_inside(page)] = inner
    _clear_rim(page)
    for inset in (5.0, _BORDER):
        at = round(inset * _MM)
        cv2.rectangle(page, (at, at), (width - at, height - at), 0, 4)


def _draw_dots(page: GrayImage) -> None:
    """Draw a border of discs and diamonds."""
    height, width = page.shape
    inside = _inside(page)
    step = round(2.2 * _MM)
    for row, y in enumerate(range(round(6 * _MM), height - round(6 * _MM), step)):
        for column, x in enumerate(range(round(6 * _MM), width - round(6 * _MM), step)):
            if _lies_in((y, x), inside):
                continue
            if (row + column) % 2:
                cv2.circle(page, (x, y), round(0.7 * _MM), 0, -1)
            else:
                points = np.array([(x - 9, y), (x, y - 9), (x + 9, y), (x, y + 9)], np.int32)
                cv2.polylines(page, [points], isClosed=True, color=0, thickness=2)


def _draw_underprint(page: GrayImage) -> None:
    """Draw pale waves under all of the text, as on security paper."""
    under = np.full_like(page, 255)
    x = np.arange(0, page.shape[1], 4, dtype=np.float64)
    for at in np.arange(0, page.shape[0], 1.6 * _MM):
        y = at + 3 * _MM * np.sin(x / (9 * _MM) + at / (40 * _MM))
        _draw_curve(under, np.stack([x, y], axis=1), _PALE)
    np.minimum(page, under, out=page)


def _draw_letter_grid(text: GrayImage, columns: int = 32, rows: int = 59, side: float = 4.8) -> GrayImage:
    """Return a page of 1,888 squares of 4.8 mm with a letter in each: a sheet of codes."""
    page = np.full_like(text, 255)
    step = side * _MM
    left, top = round((page.shape[1] - columns * step) / 2), round((page.shape[0] - rows * step) / 2)
    for row in range(rows + 1):
        y = round(top + row * step)
        cv2.line(page, (left, y), (round(left + columns * step), y), 0, 2)
    for column in range(columns + 1):
        x = round(left + column * step)
        cv2.line(page, (x, top), (x, round(top + rows * step)), 0, 2)
    for row in range(rows):
        for column in range(columns):
            at = round(left + (column + 0.25) * step), round(top + (row + 0.82) * step)
            _write(page, "AENSHKLM"[(row * 5 + column * 3) % 8], at, step * 0.55)
    return page


_BORDERS: dict[str, Drawing] = {
    "meshes": _draw_meshes,
    "large-meshes": _draw_large_meshes,
    "letters-in-meshes": _draw_letters_in_meshes,
    "guilloche": _draw_guilloche,
    "certificate": _draw_certificate,
    "hatching": _draw_hatching,
    "dots": _draw_dots,
    "underprint": _draw_underprint,
}


def _draw_curve(page: GrayImage, points: npt.NDArray[np.float64], gray: int, thickness: int = 2) -> None:
    cv2.polylines(page, [np.round(points).astype(np.int32)], isClosed=False, color=gray, thickness=thickness)


def _write(page: GrayImage, letter: str, at: tuple[int, int], height: float) -> None:
    cv2.putText(page, letter, at, cv2.FONT_HERSHEY_SIMPLEX, height / 22, 0, 2, cv2.LINE_AA)


def _inside(page: GrayImage) -> tuple[slice, slice]:
    rim = round(_BORDER * _MM)
    return slice(rim, page.shape[0] - rim), slice(rim, page.shape[1] - rim)


def _lies_in(point: tuple[int, int], inside: tuple[slice, slice]) -> bool:
    return bool(inside[0].start <= point[0] < inside[0].stop and inside[1].start <= point[1] < inside[1].stop)


def _clear_rim(page: GrayImage) -> None:
    rim = round(4.5 * _MM)
    for side in (page[:rim], page[-rim:], page[:, :rim], page[:, -rim:]):
        side[...] = 255
