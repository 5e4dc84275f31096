"""The text layer of a born-digital PDF page: is it sound, and what does it say.

A layer may lie: glyphs in the private-use area, า for ำ, Arabic digits that the font shows as Thai ones. One that
looks so is not mended but put aside, and the page is read as a picture.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from core.limits import Limits
from ingest.pixels import GrayImage
from ingest.recognition.word_grouping import Token, build_line
from ingest.segmentation.sheet_gutter import find_gutter
from ingest.sources.page_loading import find_faint_texts, measure_pictures
from ingest.sources.plain_text import parse_mark
from ingest.tables.table_detection import CellBox, DetectedTable, build_table
from ingest.text_layer.character_layers import Char, CharacterLayers, get_light, split_characters
from models.field import Box, Source
from models.ocr import Cell, Grid, InkIsland, IslandKind, Line, OcrPage
from models.provenance import Preparation
from thai.text import PRIVATE_GLYPHS, normalize

ENGINE = "text layer (pdfplumber)"

_DIGITS_STAND = frozenset({"digit_face", "sara_am"})
"""Reasons for which a layer's letters are wrong, or its digits of the wrong script, but no digit is another."""
HIDDEN = Preparation.LAYER_HIDDEN_TEXT.value
"""Letters in the color of the paper were left out: nobody sees them."""
_WHITE = 0.97
"""Least share of every color's light in what is white."""
_MIN_CHARS = 20
"""Letters below which a page has no text layer."""
_LEAST_UPRIGHT = 0.9
"""Share of the letters that stand upright, below which the page lies on a side."""
_POINTS = 72
"""Points an inch."""
_PICTURE_POINTS = 20.0
"""Least side of a picture that shows something, in points; less is a line or a dot of a pattern."""
_ISLAND_CHARS = 500
"""Letters that are kept of a watermark, which says the same over and over."""
_SCAN_SHARE, _PICTURE_SHARE = 0.8, 0.25
"""Share of the page that pictures cover, from which it is a scan, or may hold text that the layer lacks."""
_PRIVATE_SHARE, _LONE_SHARE = 0.002, 0.01
"""Share of letters that a code of a face's own stands for, and of Thai ones that are marks without a consonant, above
which a layer is distrusted."""
_RUNNING_TEXT, _MANY_AA = 400, 30
"""Thai letters, and า among them, from which there would be an ำ."""
_RUN_GAP, _RUN_LEVEL = 0.8, 0.35
"""How far apart, and how far off its base line, a character of one run follows another, in heights."""
_LINE_LEVEL = 0.4
"""How far apart the base lines of two runs of one line are, in heights."""
_WORD_GAP = 0.16
"""Gap that separates words of a layer, in heights: its boxes are exact, so that less does than in a picture."""
_PRIVATE = re.compile(r"[\ue000-\uf8ff\ufffd]|\(cid:\d+\)")
_LONE = re.compile(r"(?:^|[\s0-9A-Za-z])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
_THAI = re.compile(r"[\u0e01-\u0e5b]")
# Faces whose Arabic digits are drawn as Thai ones ("SarabunIT๙", "Sarabun IT9"): the layer holds the wrong script.
_DIGIT_FACES = re.compile(r"IT(?:9|๙|\\xf9|#E0#B9#99|#F9)|IT$", re.IGNORECASE)


def find_distrust_reasons(text: str, faces: Sequence[str]) -> tuple[str, ...]:
    """Return why a text layer cannot be trusted; empty where it can.

    Args:
        text: All of it, in reading order.
        faces: Names of the fonts it uses.
    """
    thai = len(_THAI.findall(text))
    found = []
    if len(text.strip()) < _MIN_CHARS:
        found.append("empty")
    if len(_PRIVATE.findall(text)) > _PRIVATE_SHARE * len(text):
        found.append("private_use")
    if thai and len(_LONE.findall(text)) > _LONE_SHARE * thai:
        found.append("lone_marks")
    # In running Thai ำ is about 1 % of letters; none among many า means that ำ came out as า.
    if thai > _RUNNING_TEXT and "ำ" not in text and "ํา" not in text and text.count("า") > _MANY_AA:
        found.append("sara_am")
    if thai and any(_DIGIT_FACES.search(face) for face in faces) and re.search("[0-9]", text):
        found.append("digit_face")
    return tuple(found)


def read_text_layer(path: Path, number: int, limits: Limits) -> tuple[OcrPage | None, tuple[str, ...]]:
    """Return page `number` from its text layer, and the reasons not to trust it; None where nothing of it counts.

    A layer beside reasons is not to be taken for the page; only the values of its digits are as they should be.
    A page that is one full-page picture is a scan: what lies over it is somebody's OCR and is not taken for text.
    """
    if measure_pictures(path, number) > _SCAN_SHARE:
        return None, ("scan",)
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        page = pdf.pages[number - 1]
        try:
            why = _find_unfit(page, limits)
            return (None, why) if why else _read(page, number, limits, find_faint_texts(path, number))
        finally:
            page.close()


def _find_unfit(page: Any, limits: Limits) -> tuple[str, ...]:  # noqa: ANN401 - pdfplumber carries no types
    """Return why a page is not read by its text layer whatever that says; empty where it may be."""
    area = float(page.width) * float(page.height)
    if len(page.chars) < _MIN_CHARS:
        return ("empty",)
    pictured = sum((i["x1"] - i["x0"]) * (i["bottom"] - i["top"]) for i in page.images)
    if pictured > _SCAN_SHARE * area:
        return ("scan",)
    if pictured > _PICTURE_SHARE * area:
        return ("pictures",)  # a large picture may hold text of its own
    return ("page_text_chars",) if len(page.chars) > limits.page_text_chars else ()


def _read(
    page: Any,  # noqa: ANN401 - pdfplumber carries no types
    number: int,
    limits: Limits,
    faint: Sequence[tuple[float, float, float, float]],
) -> tuple[OcrPage | None, tuple[str, ...]]:
    chars = [{**char, "text": char["text"].translate(PRIVATE_GLYPHS)} for char in page.chars]
    why = find_distrust_reasons("".join(c["text"] for c in chars), sorted({str(c["fontname"]) for c in chars}))
    if not _DIGITS_STAND.issuperset(why):
        return None, why
    shown = _leave_out_hidden(chars, (*page.rects, *page.curves))
    layers = split_characters(shown, faint)
    done = {
        HIDDEN: _count_inked(chars) > _count_inked(shown),
        Preparation.LAYER_OVERPRINT.value: layers.repeated > 0,
        Preparation.LAYER_WATERMARK.value: bool(layers.watermark),
    }
    prepared = tuple(code for code, is_done in done.items() if is_done)
    page_read, refused = _arrange(page, number, limits, layers, prepared)
    return (None, refused) if page_read is None else (page_read, why)


def _count_inked(chars: Sequence[Char]) -> int:
    return sum(bool(char["text"].strip()) for char in chars)


def _arrange(
    page: Any,  # noqa: ANN401 - pdfplumber carries no types
    number: int,
    limits: Limits,
    layers: CharacterLayers,
    prepared: tuple[str, ...],
) -> tuple[OcrPage | None, tuple[str, ...]]:
    """Return the letters of a page as lines and tables, or why they are not to be read so."""
    size = (float(page.width), float(page.height))
    inked = [char for char in layers.text if char["text"].strip()]
    upright = [char for char in inked if char.get("upright", True)]
    if len(upright) < _LEAST_UPRIGHT * len(inked):
        return None, ("turned",)
    aside = [char for char in inked if not char.get("upright", True)]
    tokens = list(map(_build_token, upright))
    tables = _tables(page)
    if sum(len(table.cells) for table in tables) > limits.page_cells:
        return None, ("page_cells",)
    outside = _find_outside(tokens, tables)
    gutter = find_gutter(_draw(tokens, page, size), _POINTS)
    grids = [_grid(table, tokens, size) for table in tables]
    grids.sort(key=lambda grid: gutter is not None and grid.box.center[0] > gutter)
    found = OcrPage(
        number=number,
        engine=ENGINE,
        rotation=int(page.rotation or 0) % 360,
        width=round(size[0]),
        height=round(size[1]),
        prepared=prepared,
        lines=tuple(line for half in _part(outside, gutter, size[0]) for line in _lines(_runs(half), size)),
        grids=tuple(grids),
        gutter=gutter,
        leftover=_list_leftover(page, layers.watermark, aside, size),
    )
    return found, ()


def _find_outside(tokens: Sequence[Token], tables: Sequence[DetectedTable]) -> list[Token]:
    """Return the letters that stand in no table."""
    return [token for token in tokens if not any(_inside(token, table) for table in tables)]


def _list_leftover(
    page: Any,  # noqa: ANN401
    watermark: Sequence[Char],
    aside: Sequence[Char],
    size: tuple[float, float],
) -> tuple[InkIsland, ...]:
    """Return what is on a page and in none of its lines: a watermark, letters that lie on a side, pictures."""
    pictures = (island for image in page.images for island in _build_island(_large(image), IslandKind.PICTURE, size))
    return (
        *_build_island(watermark, IslandKind.WATERMARK, size),
        *_build_island(aside, IslandKind.INK, size),
        *pictures,
    )


def _draw(tokens: Sequence[Token], page: Any, size: tuple[float, float]) -> GrayImage:  # noqa: ANN401
    """Return a picture of where a page has letters, rules and pictures, a pixel a point."""
    ink = np.zeros((round(size[1]), round(size[0])), np.uint8)
    boxes = [(token.left, token.top, token.right, token.bottom) for token in tokens]
    drawn = [*page.lines, *page.rects, *page.curves, *page.images]
    boxes += [(thing["x0"], thing["top"], thing["x1"], thing["bottom"]) for thing in drawn]
    for left, top, right, bottom in boxes:
        ink[max(int(top), 0) : int(bottom) + 1, max(int(left), 0) : int(right) + 1] = 255
    return ink


def _part(tokens: Sequence[Token], gutter: float | None, width: float) -> list[list[Token]]:
    """Return the letters of each page of a sheet, left to right."""
    if gutter is None:
        return [list(tokens)]
    return [[token for token in tokens if (token.left > gutter * width) is side] for side in (False, True)]


def _build_token(char: Char) -> Token:
    left, top, right, bottom = (float(char[side]) for side in ("x0", "top", "x1", "bottom"))
    return Token(char["text"], left, top, right, bottom, 1.0)


def _large(image: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """Return a picture, if it is large enough to show anything."""
    sides = image["x1"] - image["x0"], image["bottom"] - image["top"]
    return (image,) if min(sides) >= _PICTURE_POINTS else ()


def _build_island(
    drawn: Sequence[Mapping[str, Any]], kind: IslandKind, size: tuple[float, float]
) -> tuple[InkIsland, ...]:
    """Return what letters that are in no line, or a picture, leave on the page: one island with all that they say."""
    if not drawn:
        return ()
    left, top = (min(float(thing[side]) for thing in drawn) for side in ("x0", "top"))
    right, bottom = (max(float(thing[side]) for thing in drawn) for side in ("x1", "bottom"))
    text = normalize("".join(thing.get("text", "") for thing in drawn))
    edges = left / size[0], top / size[1], right / size[0], bottom / size[1]
    return (InkIsland(box=Box(*(min(max(edge, 0.0), 1.0) for edge in edges)), kind=kind, text=text[:_ISLAND_CHARS]),)


def _leave_out_hidden(chars: Sequence[dict[str, Any]], shapes: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the letters without those in the color of the paper that no dark shape lies under."""
    dark = [shape for shape in shapes if shape.get("fill") and not _is_white(shape)]
    return [char for char in chars if not _is_white(char) or any(_covers(shape, char) for shape in dark)]


def _is_white(thing: Mapping[str, Any]) -> bool:
    """Tell whether a letter or a shape is drawn in the color of the paper: who filled the form in hid it so."""
    color = thing.get("non_stroking_color")
    is_gray = isinstance(color, tuple) and len(color) == 1
    if is_gray and "Gray" not in str(thing.get("ncs")):
        return False  # one channel of an ink of its own: 1 is all of it
    return get_light(color) >= _WHITE


def _covers(shape: Mapping[str, Any], char: Mapping[str, Any]) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(shape["x0"] <= x <= shape["x1"] and shape["top"] <= y <= shape["bottom"])


def _runs(tokens: Sequence[Token]) -> list[list[Token]]:
    """Group characters into runs: those that follow each other in the file on one base line, left to right.

    The order of the file is kept within a run, so that a tone mark stays behind its consonant.
    """
    runs: list[list[Token]] = []
    for token in tokens:
        if runs:
            last, first = runs[-1][-1], runs[-1][0]
            size = first.bottom - first.top
            gap, step = token.left - last.right, token.bottom - first.bottom
            if abs(gap) <= _RUN_GAP * size and abs(step) <= _RUN_LEVEL * size:
                runs[-1].append(token)
                continue
        runs.append([token])
    return runs


def _lines(runs: Sequence[list[Token]], size: tuple[float, float]) -> list[Line]:
    """Join runs that stand on one base line, left to right, and order the lines down the page."""
    rows: list[list[list[Token]]] = []
    for run in sorted(runs, key=lambda r: (r[0].bottom, r[0].left)):
        tall = run[0].bottom - run[0].top
        if rows and abs(run[0].bottom - rows[-1][0][0].bottom) <= _LINE_LEVEL * tall:
            rows[-1].append(run)
        else:
            rows.append([run])
    lines = []
    for row in rows:
        tokens = [token for run in sorted(row, key=lambda r: r[0].left) for token in run]
        line = build_line(tokens, size, Source.TEXT_LAYER, gap=_WORD_GAP)
        if line is not None:
            lines.append(line)
    return lines


def _tables(page: Any) -> list[DetectedTable]:  # noqa: ANN401
    found = []
    for table in page.find_tables():
        built = build_table([tuple(map(float, cell)) for cell in table.cells], tolerance=2.0)  # type: ignore[misc]
        if built is not None:
            found.append(built)
    return sorted(found, key=lambda table: table.top)


def _inside(token: Token, area: DetectedTable | CellBox) -> bool:
    x, y = (token.left + token.right) / 2, (token.top + token.bottom) / 2
    return area.left <= x <= area.right and area.top <= y <= area.bottom


def _grid(table: DetectedTable, tokens: Sequence[Token], size: tuple[float, float]) -> Grid:
    width, height = size
    cells = []
    for cell in table.cells:
        lines = _lines(_runs([token for token in tokens if _inside(token, cell)]), size)
        text = "\n".join(line.text for line in lines)
        cells.append(
            Cell(
                row=cell.row,
                column=cell.column,
                row_span=cell.row_span,
                column_span=cell.column_span,
                box=Box(cell.left / width, cell.top / height, cell.right / width, cell.bottom / height),
                text=text,
                ink=float(bool(text)),
                mark=parse_mark(text),
                source=Source.TEXT_LAYER,
            )
        )
    box = Box(table.left / width, table.top / height, table.right / width, table.bottom / height)
    return Grid(box=box, rows=table.rows, columns=table.columns, cells=tuple(cells))
