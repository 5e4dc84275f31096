"""The picture of a page → what it says: level it, find its tables, read text and cells."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from core.errors import DarkPageError
from core.limits import Limits
from ingest.handwriting.date_time_group import read_date_time_groups
from ingest.handwriting.fill_in_recognition import read_fill_ins
from ingest.handwriting.form_number import read_form_numbers
from ingest.pixels import GrayImage, Mask
from ingest.preprocessing import orientation
from ingest.preprocessing.border_noise import find_border_noise
from ingest.preprocessing.filled_areas import lift_filled_areas
from ingest.preprocessing.ink_separation import separate
from ingest.recognition.line_recognition import cut_lines
from ingest.recognition.qr_codes import read_codes
from ingest.recognition.recognizer import Glyph, TextRecognizer
from ingest.recognition.text_lines import read_text_lines, sort_down_the_page
from ingest.segmentation.leftover_ink import find_leftover_ink
from ingest.segmentation.line_detection import find_lines
from ingest.segmentation.sheet_gutter import find_gutter, is_wide
from ingest.sheet_halves import read_halves
from ingest.sources.page_image import Box, PageImage
from ingest.stamps.layered_recognition import LayeredText, read_layers
from ingest.tables import ornaments
from ingest.tables.cell_recognition import read_tables
from ingest.tables.rule_removal import find_components, remove_specks
from ingest.tables.table_candidates import may_hold_tables
from ingest.tables.table_detection import DetectedTable, find_ruling_lines, find_tables
from models.field import Box as PageBox
from models.field import Source
from models.ocr import Code, Grid, InkIsland, IslandKind, OcrPage
from models.provenance import Preparation

_BLANK = 0.0004
"""Share of ink below which a page is blank; a line of text on A4 is ten times that."""
_DARK = 60.0
"""Gray of the paper under which a page is none."""
_UPRIGHT_CONFIDENCE = 0.72
"""Mean confidence under which the page may stand on its head; level print reads at 0.85 and more."""
_LYING = 0.55
"""The same under which it may lie on a side as well, as a table that has no rules between its rows does unseen."""
_CHANCE = 0.3
"""Confidence at which print that lies on its side or its head is read as something."""
_SAMPLE_LINES, _SAMPLE_WIDTH = 8, 24.0
"""So many of the longest lines tell which way a page stands, as far as so many heights of a consonant, which is about
thirty letters."""


def read_page_image(page: PageImage, number: int, recognizer: TextRecognizer, limits: Limits) -> OcrPage:
    """Return what one page says.

    Args:
        page: The pixels.
        number: Page of the document, from 1.
        recognizer: What reads it.
        limits: How many QR codes are kept, and how much of each.

    Raises:
        core.errors.DarkPageError: The page is a negative, or no paper.
        core.errors.RecognitionError: The recognizer failed or ran out of time.
    """
    if page.paper < _DARK:
        raise DarkPageError
    if not page.has_ink(_BLANK):
        return blank_page(number, recognizer.engine, page.gray.shape)
    turned = 90 if orientation.lies_on_its_side(page.overview) else 0
    page = page.turned(turned)
    result = _read_sheet(page, number, recognizer, limits)
    confidence = _mean_confidence(result)
    if confidence < _UPRIGHT_CONFIDENCE:
        way = _find_orientation(page, recognizer, may_lie=confidence <= _LYING)
        if way:
            turned = (turned + way) % 360
            result = _read_sheet(page.turned(way), number, recognizer, limits)
    return result.model_copy(update={"rotation": (page.rotation + turned) % 360})


def blank_page(number: int, engine: str, shape: tuple[int, ...] = (1, 1)) -> OcrPage:
    """Return a page on which nothing was read."""
    return OcrPage(number=number, engine=engine, width=shape[1], height=shape[0])


def _read_sheet(page: PageImage, number: int, recognizer: TextRecognizer, limits: Limits) -> OcrPage:
    """Return what a sheet says, of two pages that lie on it side by side the left one first."""
    gutter = find_gutter(page.ink, page.dpi) if is_wide(page.size) else None
    if gutter is None:
        return _read_level(page, number, recognizer, limits)
    return read_halves(page, gutter, lambda half: _read_level(half, number, recognizer, limits))


def _read_level(page: PageImage, number: int, recognizer: TextRecognizer, limits: Limits) -> OcrPage:
    noise = find_border_noise(page.gray, page.dpi)
    page, skew = (page.cleared(noise.mask) if noise.found else page).deskewed()
    codes = read_codes(page.gray, limits)  # before filled areas are lifted: the squares of a code are such
    lifted = lift_filled_areas(page.gray, page.dpi)
    page = page if lifted.edges is None else replace(page, gray=lifted.gray)
    tables = _read_tables(page, lifted.edges, recognizer, limits)
    grids = read_form_numbers(read_date_time_groups(tables.grids, page, recognizer), page, recognizer)
    rest = page.without_regions([*tables.regions, *_code_regions(codes, page)])
    rest = rest if tables.dense_rules is None else rest.cleared(tables.dense_rules)
    text = _read_text(rest, recognizer)
    lines = sort_down_the_page(read_fill_ins(text.lines, page.ink))
    width, height = page.size
    return OcrPage(
        number=number,
        engine=recognizer.engine,
        skew=skew,
        width=width,
        height=height,
        lines=lines,
        grids=grids,
        prepared=(
            *((Preparation.PERSPECTIVE,) if page.is_flattened else ()),
            *noise.found,
            *tables.prepared,
            *text.prepared,
        ),
        codes=codes,
        leftover=(*tables.leftover, *find_leftover_ink(rest, lines, text.illegible)),
    )


@dataclass(frozen=True, slots=True)
class _TableReading:
    """What the rules of a page make.

    Attributes:
        grids: Its tables with what they say.
        regions: Where those are, and meshes that are no cells: no text is looked for there.
        dense_rules: The rules of tables with too many cells, whose text is read as lines; None without such.
        prepared: What was done: ornaments cleared, tables read as lines.
        leftover: What stands in meshes and is not read.
    """

    grids: tuple[Grid, ...]
    regions: list[Box]
    dense_rules: Mask | None
    prepared: tuple[str, ...]
    leftover: tuple[InkIsland, ...]


def _read_tables(page: PageImage, edges: GrayImage | None, recognizer: TextRecognizer, limits: Limits) -> _TableReading:
    """Return what the tables of a level page say, and what else its rules make.

    Args:
        page: The page, its filled areas made white.
        edges: The borders of those areas, 255 on 0; None where it had none.
        recognizer: What reads the cells.
        limits: How many cells are read.
    """
    inked = page.ink if edges is None else np.maximum(page.ink, edges)
    rules = find_ruling_lines(inked, page.dpi)
    if not may_hold_tables(rules, page.dpi):
        rules = np.zeros_like(inked), np.zeros_like(inked)  # columns of white space may make one all the same
    ink = remove_specks(inked, page.dpi)
    pieces = find_components(ink, rules, page.dpi)
    tables, meshes = ornaments.split_off_ornaments(find_tables(pieces, page.dpi), rules[0], page.dpi)
    tables, dense = ornaments.split_off_dense(tables, limits.scanned_cells)
    filled = ornaments.find_filled_row(meshes, pieces.labels, page.dpi) if meshes else None
    return _TableReading(
        grids=read_tables(page, ink, pieces, tables, recognizer) if tables else (),
        regions=[*_table_regions(tables, page.dpi), *meshes],
        dense_rules=_cut_rules(rules, _table_regions(dense, page.dpi)) if dense else None,
        prepared=(*((ornaments.CLEARED,) if meshes else ()), *((ornaments.READ_AS_LINES,) if dense else ())),
        leftover=(InkIsland(box=_place(filled, page), kind=IslandKind.INK),) if filled is not None else (),
    )


def _cut_rules(rules: tuple[GrayImage, GrayImage], regions: Sequence[Box]) -> Mask:
    """Return where rules run within some regions of a page, with their soft edges."""
    found = np.zeros_like(rules[0])
    for left, top, right, bottom in regions:
        window = slice(max(top, 0), bottom), slice(max(left, 0), right)
        found[window] = cv2.dilate(cv2.bitwise_or(rules[0][window], rules[1][window]), np.ones((5, 5), np.uint8))
    return found > 0


def _place(box: Box, page: PageImage) -> PageBox:
    """Return a box in pixels as shares of the page."""
    width, height = page.size
    left, top, right, bottom = box
    return PageBox(max(left / width, 0.0), max(top / height, 0.0), min(right / width, 1.0), min(bottom / height, 1.0))


def _read_text(page: PageImage, recognizer: TextRecognizer) -> LayeredText:
    """Return what a page says beside its tables: print and stamps apart where it has colored ink."""
    colors = page.draw_colors()
    layers = separate(colors, page.gray, page.dpi) if colors is not None else None
    del colors  # three times as much as the page in gray
    text = read_layers(page, layers, recognizer) if layers is not None else None
    if text is not None:
        return text
    reading = read_text_lines(page, recognizer)
    return LayeredText(reading.lines, reading.illegible, ())


def _table_regions(tables: Sequence[DetectedTable], dpi: int) -> list[Box]:
    """Return the regions of tables with the thickness of their outer rules."""
    rim = ornaments.measure_rim(dpi)
    return [
        (int(table.left) - rim, int(table.top) - rim, int(table.right) + rim, int(table.bottom) + rim)
        for table in tables
    ]  # fmt: skip


def _code_regions(codes: Sequence[Code], page: PageImage) -> list[Box]:
    """Return the regions of QR codes: read as letters, they would be boxes and crosses."""
    width, height = page.size
    return [
        (int(x0 * width), int(y0 * height), int(x1 * width) + 2, int(y1 * height) + 2)
        for x0, y0, x1, y1 in (code.box for code in codes)
    ]


def _mean_confidence(page: OcrPage) -> float:
    words = [
        (word.confidence, len(word.text)) for line in page.lines if line.source is Source.PRINT for word in line.words
    ]
    words += [(cell.confidence, len(cell.text)) for grid in page.grids for cell in grid.cells if cell.text]
    weight = sum(length for _, length in words)
    return sum(confidence * length for confidence, length in words) / weight if weight else 0.0


def _find_orientation(page: PageImage, recognizer: TextRecognizer, *, may_lie: bool) -> int:
    """Return by how many degrees clockwise a page is to be turned to stand upright, by what a few of its lines say.

    Args:
        page: A page that read badly.
        recognizer: What reads the lines, all of them at once.
        may_lie: Whether it may lie on a side, too.
    """
    samples: dict[int, list[GrayImage]] = {}
    for way in (0, 90) if may_lie else (0,):
        lines = _sample_lines(page.turned(way))
        samples[way], samples[way + 180] = lines, [orientation.quarter_turn(line, 180) for line in lines]
    read = iter(recognizer.read_lines([line for lines in samples.values() for line in lines], page.dpi))
    worths = {way: sum(_measure_worth(next(read)) for _ in lines) for way, lines in samples.items()}
    return max(worths, key=lambda way: worths[way])


def _sample_lines(page: PageImage) -> list[GrayImage]:
    """Return the beginnings of the longest lines of a page."""
    layout = find_lines(page.ink, page.dpi)
    longest = sorted(range(len(layout.lines)), key=lambda n: -len(layout.lines[n].parts))[:_SAMPLE_LINES]
    most = round(_SAMPLE_WIDTH * layout.height)
    return [np.ascontiguousarray(image.gray[:, :most]) for image in cut_lines(layout, page.gray, longest)]


def _measure_worth(glyphs: Sequence[Glyph]) -> float:
    """Return how much was read, and how surely."""
    return sum(max(glyph.confidence - _CHANCE, 0.0) * len(glyph.text) for glyph in glyphs)
