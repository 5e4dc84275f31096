"""The parts of a DOCX file against the lines that were read of it: comments, footnotes, charts, pictures and the rest.

A reader takes the parts that it knows. What stands in any other, and in a place of a known one that it does not look
at, is found by holding all text of the file against what was read, and is told of.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from models.ocr import OcrPage
from thai.text import normalize

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
BLIP: Final = f"{_A}blip"
OLD_PICTURE: Final = "{urn:schemas-microsoft-com:vml}imagedata"
_PARAGRAPHS: Final = (f"{W}p", f"{_A}p", f"{_M}oMath")
_TEXTS: Final = frozenset({f"{W}t", f"{_A}t", f"{_M}t"})
_UNSEEN: Final = frozenset({f"{W}del", f"{W}moveFrom", FALLBACK})
"""What no reader sees: deletions, and the second copy of a text box for older programs."""
_SILENT: Final = re.compile(
    r"/(?:settings|styles|stylesWithEffects|numbering|fontTable|webSettings|theme|glossary|people|commentsIds"
    r"|commentsExtended|commentsExtensible|_rels|customXml|docProps)\b|/colors\d|/style\d"
)
"""Parts that say how a document looks, not what it says."""
_EMBEDDED: Final = "/word/embeddings/"
_PAGE_NUMBER: Final = re.compile(r"[-–—\s]*[0-9๐-๙]{1,3}[-–—\s]*")


@dataclass(frozen=True, slots=True)
class UnreadPart:
    """Something in a file that no line or cell holds.

    Attributes:
        text: What it says; the name of the part where it is no text.
        is_picture: Whether it is a picture.
        is_heading: Whether it stands in the header of a page, as an emblem may.
    """

    text: str
    is_picture: bool = False
    is_heading: bool = False


def find_unread_parts(document: Any, pages: Iterable[OcrPage]) -> list[UnreadPart]:  # noqa: ANN401 - untyped factory
    """Return what stands in a document of python-docx and was not read.

    Args:
        document: The document.
        pages: The pages that were read of it.
    """
    rest = _collect_read(pages)
    pictures = sum(len(page.leftover) for page in pages)
    unread: list[UnreadPart] = []
    paragraphs: list[str] = []
    for part in document.part.package.iter_parts():
        name = str(part.partname)
        if name.startswith(_EMBEDDED):
            unread.append(UnreadPart(name.rpartition("/")[2]))
        root = getattr(part, "element", None)
        root = root if root is not None else _parse(part.blob, part.content_type)
        if root is None or _SILENT.search(name) or not name.startswith("/word/"):
            continue
        paragraphs += _read_paragraphs(root)
        here = sum(not _is_unseen(each) for each in root.iter(BLIP, OLD_PICTURE))
        known = min(here, pictures) if name == "/word/document.xml" else 0
        unread += [UnreadPart("", is_picture=True, is_heading="/header" in name)] * (here - known)
    for text in sorted(paragraphs, key=len, reverse=True):  # so that no short one takes a piece of a long one
        piece = _squeeze(text)
        if piece in rest:
            rest = rest.replace(piece, "\0", 1)
        elif not _PAGE_NUMBER.fullmatch(text):
            unread.append(UnreadPart(text))
    return unread


def _collect_read(pages: Iterable[OcrPage]) -> str:
    """Return all that was read, piece by piece; what a merged cell says comes once more for each place it covers."""
    pieces = [line.text for page in pages for line in page.lines]
    pieces += [cell.text for page in pages for grid in page.grids for cell in grid.cells]
    return "\1".join(_squeeze(piece) for piece in pieces)


def _read_paragraphs(root: Any) -> Iterator[str]:  # noqa: ANN401 - an element of lxml
    """Yield the text of each paragraph line by line, without that of text boxes in it, which are paragraphs, too."""
    for paragraph in root.iter(*_PARAGRAPHS):
        if _is_unseen(paragraph):
            continue
        pieces = "".join(_read_own(paragraph)).split("\n")
        yield from (text for piece in pieces if (text := " ".join(piece.split())))


def _read_own(node: Any) -> Iterator[str]:  # noqa: ANN401 - an element of lxml
    for child in node:
        if child.tag in _TEXTS:
            yield child.text or ""
        elif child.tag in (f"{W}br", f"{W}lastRenderedPageBreak"):
            yield "\n"
        elif child.tag == f"{W}tab":
            yield " "
        elif child.tag not in _UNSEEN and child.tag not in _PARAGRAPHS:
            yield from _read_own(child)


def _is_unseen(node: Any) -> bool:  # noqa: ANN401 - an element of lxml
    return any(above.tag in _UNSEEN for above in node.iterancestors())


def _parse(blob: bytes, content_type: str) -> Any:  # noqa: ANN401 - an element of lxml
    if not content_type.endswith("xml"):
        return None
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    return etree.fromstring(blob, parser)


def _squeeze(text: str) -> str:
    return "".join(normalize(text).split())
