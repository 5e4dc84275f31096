"""What was put onto a page of a PDF after it was made: stamps, notes, ink, filled fields (ISO 32000-1, 12.5).

Whoever opens the file sees them like print, and no text layer has them.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from models.field import Box
from models.ocr import InkIsland, IslandKind, OcrPage
from thai.text import normalize

if TYPE_CHECKING:
    import pikepdf

_NOT_SHOWN: Final = 0x02 | 0x20
"""Flags of an annotation that is hidden, or not to be viewed (table 165)."""
_WRITTEN: Final = frozenset({"/Stamp", "/FreeText", "/Ink", "/Widget"})
"""Kinds whose appearance may hold text or a signature, so that the page is to be read as everybody sees it."""
_SILENT: Final = frozenset({"/Link", "/Popup", "/PrinterMark", "/TrapNet"})
"""Kinds that say nothing on the paper."""
_CORNER: Final = Box(0.0, 0.0, 0.02, 0.02)
"""Where a file that is attached to the whole document is told of: it has no place on its first page."""
_LEAST_POINTS: Final = 2.0
"""Sides in points below which nothing is seen of an annotation, such as a signature that is not shown."""
_FIELD_DEPTH: Final = 8
"""Fields above a field of a form that are looked at, so that a ring of them ends."""
_NOTE_CHARS: Final = 500
"""Characters of a note that are kept; more are a text of its own."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """One annotation that is shown.

    Attributes:
        box: Where it is on the page as it is shown.
        note: What its maker wrote of it; of a stamp often what it says, of a note the note.
        is_written: Whether its appearance may hold text.
    """

    box: Box
    note: str
    is_written: bool


def find_annotations(path: Path, number: int) -> tuple[Annotation, ...]:
    """Return the annotations that a reader sees on page `number` (from 1) of a PDF; links and empty fields are none.

    Files that are attached to the whole document are told of on its first page.

    Raises:
        pikepdf.PdfError: The page cannot be opened.
    """
    import pikepdf

    with pikepdf.open(path) as pdf:
        page = pdf.pages[number - 1]
        attached = tuple(Annotation(_CORNER, normalize(name), is_written=False) for name in _name_files(pdf, number))
        if "/Annots" not in page:
            return attached
        view = tuple(float(edge) for edge in page.cropbox)
        turn = int(page.get("/Rotate", 0)) % 360
        items = [item for item in page.Annots if isinstance(item, pikepdf.Dictionary)]
        return (*attached, *(found for item in items if (found := _read(item, view, turn)) is not None))


def _name_files(pdf: "pikepdf.Pdf", number: int) -> list[str]:
    return list(pdf.attachments) if number == 1 else []


def add_unread(page: OcrPage, annotations: tuple[Annotation, ...]) -> OcrPage:
    """Return a page with those annotations left over of which no line was read, or whose note nobody sees on paper."""
    unread = [each for each in annotations if not (each.is_written and _is_read(each, page))]
    islands = tuple(InkIsland(box=each.box, kind=IslandKind.ANNOTATION, text=each.note) for each in unread)
    return page.model_copy(update={"leftover": (*page.leftover, *islands)})


def _read(item: "pikepdf.Dictionary", view: tuple[float, ...], turn: int) -> Annotation | None:
    kind = str(item.get("/Subtype", ""))
    if kind in _SILENT or int(item.get("/F", 0)) & _NOT_SHOWN or "/Rect" not in item:
        return None
    x0, y0, x1, y1 = (float(edge) for edge in item["/Rect"])
    if abs(x1 - x0) < _LEAST_POINTS or abs(y1 - y0) < _LEAST_POINTS:
        return None
    drawn = "/AP" in item
    note = normalize(str(item.get("/Contents", "")))[:_NOTE_CHARS]
    if kind == "/Widget":
        filled = _read_filled(item)
        # A field without an appearance is drawn by the viewer, from its value.
        if filled is None or not (drawn or filled):
            return None
        note = note if drawn else filled
    # Of the rest viewers draw a sign themselves: a note without words, a file, a line through a word.
    box = _place((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)), view, turn)
    return Annotation(box, note, drawn and kind in _WRITTEN)


def _read_filled(item: "pikepdf.Dictionary") -> str | None:
    """Return what a field of a form is filled with; "" for a signature or a ticked box; None for an empty field."""
    kind, value = (_inherit(item, key) for key in ("/FT", "/V"))
    if kind == "/Sig":
        return "" if value else None
    if kind == "/Btn":
        return "" if str(item.get("/AS", "/Off")) not in ("/Off", "/") else None
    return normalize(value)[:_NOTE_CHARS] or None


def _inherit(item: "pikepdf.Dictionary", key: str) -> str:
    """Return an entry of a field as text, or of the fields that it is a part of (ISO 32000-1, 12.7.3.1)."""
    import pikepdf

    field: pikepdf.Object = item
    for _ in range(_FIELD_DEPTH):
        if key in field:
            entry = field[key]
            return "…" if isinstance(entry, (pikepdf.Dictionary, pikepdf.Stream)) else str(entry)
        if "/Parent" not in field:
            break
        field = field["/Parent"]
    return ""


def _place(rect: tuple[float, float, float, float], view: tuple[float, ...], turn: int) -> Box:
    """Return a rectangle of a page (points, from its bottom left) as shares of the page as it is shown."""
    left, bottom, right, top = view
    width, height = max(right - left, 1.0), max(top - bottom, 1.0)
    x0, x1 = (min(max((x - left) / width, 0.0), 1.0) for x in (rect[0], rect[2]))
    y0, y1 = (min(max((top - y) / height, 0.0), 1.0) for y in (rect[3], rect[1]))
    for _ in range(turn // 90):
        x0, y0, x1, y1 = 1 - y1, x0, 1 - y0, x1
    return Box(x0, y0, x1, y1)


def _is_read(annotation: Annotation, page: OcrPage) -> bool:
    """Whether a line or a cell with text has its middle within an annotation."""
    x0, y0, x1, y1 = annotation.box
    words = [word.box for line in page.lines for word in line.words] or [line.box for line in page.lines]
    places = [*words, *(cell.box for grid in page.grids for cell in grid.cells if cell.text)]
    return any(x0 <= box.center[0] <= x1 and y0 <= box.center[1] <= y1 for box in places)
