"""A document of a word processor (.docx) → pages of text and tables. It has an order but no layout.

Read as whoever opens it sees it: what was deleted under tracked changes is out, what was inserted is in. Page breaks
are those that the program that saved it wrote down. Pictures cannot be read, and are left over.
"""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from core.errors import DamagedFileError, LimitError
from core.limits import Limits
from ingest.sources.plain_text import parse_mark
from ingest.sources.word_parts import BLIP, FALLBACK, OLD_PICTURE, UnreadPart, W, find_unread_parts
from models.field import Box
from models.ocr import Cell, Grid, InkIsland, IslandKind, Line, OcrPage
from thai.text import normalize

if TYPE_CHECKING:
    from docx.table import Table

ENGINE: Final = "word document"
_PACKED_RATIO: Final = 20
"""How many times `Limits.file_bytes` its parts may unpack to; XML packs down to a tenth and less."""
_TEXT, _TAB, _BREAK, _RENDERED_BREAK = f"{W}t", f"{W}tab", f"{W}br", f"{W}lastRenderedPageBreak"
_UNSEEN: Final = frozenset({f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{W}rPr", FALLBACK})
"""What no reader sees: deletions, settings, and the second copy of a text box for older programs."""
_WRAPPERS: Final = frozenset({f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}smartTag"})
"""What paragraphs and tables may be wrapped into: content controls, insertions."""
_HEAD, _FOOT = Box(0.4, 0.0, 0.6, 0.05), Box(0.0, 0.99, 1.0, 1.0)
"""Where a picture of a page's header is taken to be, which may be an emblem, and all else that was not read."""
_PAGE, _LINE = "\f", "\n"


@dataclass(frozen=True, slots=True)
class _Block:
    """A line of text, a table, or a picture."""

    text: str = ""
    rows: Sequence[Sequence[str]] = ()
    is_picture: bool = False


def read_word_pages(path: Path, limits: Limits) -> list[OcrPage]:
    """Return the pages of a document.

    Raises:
        DamagedFileError: It is no document of a word processor, or broken.
        LimitError: It unpacks to more than the limits allow, or a page has too much text or too many cells.
    """
    import docx

    _check_size(path, limits)
    try:
        document = docx.Document(str(path))
        sheets = _part_pages(_read_blocks(document, limits))
        pages = [_build_page(number, blocks, limits, path.name) for number, blocks in enumerate(sheets, start=1)]
        unread = find_unread_parts(document, pages)
    except LimitError:
        raise
    except Exception as error:  # python-docx and lxml raise anything on a broken part
        raise DamagedFileError(f"{path.name}: {type(error).__name__}: {str(error)[:200]}") from error
    islands = tuple(_build_island(part) for part in unread)
    return [pages[0].model_copy(update={"leftover": (*pages[0].leftover, *islands)}), *pages[1:]]


def _build_island(part: UnreadPart) -> InkIsland:
    """Return what was not read as a part of the first page: nothing says where it would be printed."""
    kind = IslandKind.PICTURE if part.is_picture else IslandKind.ANNOTATION
    return InkIsland(box=_HEAD if part.is_heading else _FOOT, kind=kind, text=part.text)


def _check_size(path: Path, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(path) as parts:
            size = sum(part.file_size for part in parts.infolist())
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, NotImplementedError) as error:
        raise DamagedFileError(f"{path.name}: {error}") from error
    if size > limits.file_bytes * _PACKED_RATIO:
        raise LimitError(f"{path.name}: unpacks to more than {_PACKED_RATIO} × file_bytes {limits.file_bytes:,}")


def _read_blocks(document: Any, limits: Limits) -> Iterator[_Block]:  # noqa: ANN401 - python-docx's factory is untyped
    """Yield headers, then the body, then footers: each line of them, each table."""
    from docx.table import Table

    sections = list(document.sections)
    headers = dict.fromkeys(text for section in sections for text in _read_margin(section.header))
    footers = dict.fromkeys(text for section in sections for text in _read_margin(section.footer))
    yield from (_Block(text) for text in headers)
    for item in _iterate_items(document, document.element.body):
        if isinstance(item, Table):
            yield _Block(rows=_read_table(item, limits))
            continue
        pieces = "".join(_read_text(item._p))
        for number, piece in enumerate(pieces.split(_PAGE)):
            if number:
                yield _Block(_PAGE)
            yield from (_Block(line) for line in piece.split(_LINE))
        yield from (_Block(is_picture=True) for _ in item._p.iter(BLIP, OLD_PICTURE))
    yield from (_Block(text) for text in footers)


def _iterate_items(document: Any, parent: Any) -> Iterator[Any]:  # noqa: ANN401 - python-docx is untyped here
    """Yield paragraphs and tables in order, those within content controls too."""
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    for child in parent:
        if child.tag == f"{W}p":
            yield Paragraph(child, document)
        elif child.tag == f"{W}tbl":
            yield Table(child, document)
        elif child.tag in _WRAPPERS:
            yield from _iterate_items(document, child)


def _read_margin(margin: Any) -> Iterator[str]:  # noqa: ANN401 - a header or a footer
    if not margin.is_linked_to_previous:
        yield from (text for each in margin.paragraphs if (text := "".join(_read_text(each._p)).strip()))


def _read_text(node: Any) -> Iterator[str]:  # noqa: ANN401 - an element of lxml
    for child in node:
        if child.tag in _UNSEEN:
            continue
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag == _TAB:
            yield " "
        elif child.tag == _BREAK:
            yield _PAGE if child.get(f"{W}type") == "page" else _LINE
        elif child.tag == _RENDERED_BREAK:
            yield _PAGE
        else:
            if child.tag == f"{W}p":  # a paragraph of a text box
                yield _LINE
            yield from _read_text(child)


def _read_table(table: "Table", limits: Limits) -> list[list[str]]:
    """Return a table row by row; what a merged cell says stands in every place that it covers."""
    rows: list[list[str]] = []
    count = 0
    for row in table.rows:
        cells = [normalize(" ".join("".join(_read_text(cell._tc)).split())) for cell in row.cells]
        count += len(cells)
        if count > limits.page_cells:
            raise LimitError(f"> page_cells {limits.page_cells:,}")
        rows.append(["" for _ in range(row.grid_cols_before)] + cells)
    return rows


def _part_pages(blocks: Iterator[_Block]) -> list[list[_Block]]:
    """Return the blocks of each page; a break that a program wrote down beside one that a person made is one."""
    pages: list[list[_Block]] = [[]]
    for block in blocks:
        if block.text != _PAGE:
            pages[-1].append(block)
        elif any(each.text.strip() or each.rows or each.is_picture for each in pages[-1]):
            pages.append([])
    return pages


def _build_page(number: int, blocks: Sequence[_Block], limits: Limits, name: str) -> OcrPage:
    if sum(len(block.text) for block in blocks) > limits.page_text_chars:
        raise LimitError(f"{name}: > page_text_chars {limits.page_text_chars:,}")
    height = max(sum(len(block.rows) or 1 for block in blocks), 1)
    lines: list[Line] = []
    grids: list[Grid] = []
    pictures: list[InkIsland] = []
    top = 0
    for block in blocks:
        deep = len(block.rows) or 1
        box = Box(0.0, top / height, 1.0, (top + deep) / height)
        text = normalize(block.text)
        if block.rows:
            grids.append(_build_grid(block.rows, box))
        elif block.is_picture:
            pictures.append(InkIsland(box=box, kind=IslandKind.PICTURE))
        elif text:
            lines.append(Line(text=text, box=box, confidence=1.0))
        top += deep
    return OcrPage(
        number=number,
        engine=ENGINE,
        width=1,
        height=height,
        has_layout=False,
        lines=tuple(lines),
        grids=tuple(grids),
        leftover=tuple(pictures),
    )


def _build_grid(rows: Sequence[Sequence[str]], box: Box) -> Grid:
    columns = max(len(row) for row in rows)
    step = box.height / len(rows)
    cells = tuple(
        Cell(
            row=row,
            column=column,
            box=Box(column / columns, box.y0 + row * step, (column + 1) / columns, box.y0 + (row + 1) * step),
            text=text,
            ink=float(bool(text)),
            mark=parse_mark(text),
        )
        for row, texts in enumerate(rows)
        for column, text in enumerate([*texts, *[""] * (columns - len(texts))])
    )
    return Grid(box=box, rows=len(rows), columns=columns, cells=cells)
