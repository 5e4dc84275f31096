"""A scan as a PDF that can be searched and copied: the page as it is, and its text over it, unseen.

Each line of text is one run, as wide as the line on the page. Its face has one box for all letters and one for all
marks, never painted, so that neither the reader's fonts nor the shaping of Thai can part what belongs together: a vowel
or tone mark has no width of its own and stands with its letter, and a space is written only where the line has one.
"""

import io
import math
import unicodedata
from collections.abc import Iterator, Sequence
from importlib import resources
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image

from models.field import Box
from models.ocr import OcrPage
from models.provenance import Preparation
from reports.exports.pdf_cleaning import TextSilencer, remove_actions

_FONT: Final = "/SarabanText"
_WIDE: Final = 500
"""Advance of a letter, in thousandths of its size."""
_HEIGHT: Final = 0.8
"""Size of the text, as a share of the height of its line."""
_BLANK_ON_PAPER: Final = "text layer"
"""What the engine of a page is called that has its own text, which needs no other."""
_DPI: Final = 200.0
"""Dots an inch of a picture that does not say: an office scanner at its usual setting."""
_MODES: Final = ("1", "L", "RGB", "CMYK")
_EXIF_ORIENTATION: Final = 0x0112
"""Number of the Exif tag that says how a camera was held."""
_EXIF_TURNS: Final = {3: 180, 6: 90, 8: 270}

_A4_POINTS: Final = (595, 842)
"""A page in the place of a frame that cannot be decoded."""
_UNDECODABLE: Final = (OSError, ValueError, EOFError, SyntaxError, Image.DecompressionBombError)

Run = tuple[str, Box]
Matrix = tuple[float, float, float, float, float, float]


def as_searchable(original: bytes, media_type: str, pages: Sequence[OcrPage]) -> bytes:
    """Return the document as PDF with the text of its pages under every picture of a page, and nothing that acts.

    Scripts, actions and attached files of the original are left out; text of its own that was not believed, seen or
    unseen, says nothing any more.

    Args:
        original: The document as it came, a PDF or a picture.
        media_type: Of the original.
        pages: What was read of it; a page that is a text already is left as it is, and so is a photograph that was
            laid flat to be read: its boxes are of the flat sheet, and words in a wrong place are worse than none.
    """
    pdf = Pdf.open(io.BytesIO(original)) if media_type == "application/pdf" else _from_picture(original)
    remove_actions(pdf)
    font, silencer = _font(pdf), TextSilencer(pdf)
    for page in pages:
        is_flat = Preparation.PERSPECTIVE in page.prepared
        if _BLANK_ON_PAPER not in page.engine and page.has_layout and not is_flat and page.number <= len(pdf.pages):
            silencer.silence(pdf.pages[page.number - 1])
            _write(pdf, pdf.pages[page.number - 1], page, font)
    stream = io.BytesIO()
    pdf.save(stream, deterministic_id=True)
    return stream.getvalue()


def runs(page: OcrPage) -> Iterator[Run]:
    """Yield the lines of a page with their boxes: those of its text, then those in the cells of its tables."""
    for line in page.lines:
        if line.text.strip():
            yield line.text, line.box
    for grid in page.grids:
        for cell in grid.cells:
            texts = [text for text in cell.text.split("\n") if text.strip()]
            for index, text in enumerate(texts):
                top = cell.box.y0 + cell.box.height * index / len(texts)
                yield text, Box(cell.box.x0, top, cell.box.x1, top + cell.box.height / len(texts))


def _write(pdf: Pdf, target: pikepdf.Page, page: OcrPage, font: pikepdf.Object) -> None:
    level, upright = _to_paper(target, page)
    parts = ["q BT 3 Tr"]
    for text, box in runs(page):
        size = box.height * page.height * _HEIGHT
        length = sum(_WIDE * (not _is_mark(letter)) for letter in text) * size / 1000
        if size <= 0 or length <= 0:
            continue
        # Lines are put where they lie, by their middle, but not turned by the page's skew: of a text that slopes,
        # readers make a new line wherever it has come down by the height of a letter.
        x, y = box.center[0] * page.width, (1 - box.center[1]) * page.height
        shift = level[0] * x + level[2] * y + level[4] - x, level[1] * x + level[3] * y + level[5] - y
        base = (1 - box.y1) * page.height + size * (1 / _HEIGHT - 1)
        place = _times((1.0, 0.0, 0.0, 1.0, box.x0 * page.width + shift[0], base + shift[1]), upright)
        matrix = " ".join(f"{number:.4f}" for number in place)
        stretch = 100 * box.width * page.width / length
        parts.append(f"{_FONT} {size:.3f} Tf {stretch:.3f} Tz {matrix} Tm <{text.encode('utf-16-be').hex()}> Tj")
    parts.append("ET Q")
    target.contents_add(Stream(pdf, b"q"), prepend=True)  # whatever the page leaves turned or scaled ends with it
    target.contents_add(Stream(pdf, ("Q " + "\n".join(parts)).encode("ascii")))
    target.add_resource(font, Name.Font, Name(_FONT))
    target.rotate(page.rotation, relative=False)  # a page that lay on its side is shown upright


def _to_paper(target: pikepdf.Page, page: OcrPage) -> tuple[Matrix, Matrix]:
    """Return what takes a point of the level page (pixels, origin bottom left) to the upright one, and that to paper.

    Undone are the levelling, about the middle of the upright page, and the quarter turns that made it upright;
    `rotation` counts those that the PDF itself asks for, too.
    """
    width, height = float(page.width), float(page.height)
    angle = -math.radians(page.skew)
    cos, sin = math.cos(angle), math.sin(angle)
    x, y = width / 2, height / 2
    level: Matrix = (cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y)
    turn: dict[int, Matrix] = {
        0: (1, 0, 0, 1, 0, 0),
        90: (0, 1, -1, 0, height, 0),
        180: (-1, 0, 0, -1, width, height),
        270: (0, -1, 1, 0, 0, width),
    }
    sideways = page.rotation in (90, 270)
    stored = (height, width) if sideways else (width, height)
    left, bottom, right, top = (float(number) for number in target.cropbox)
    fit: Matrix = ((right - left) / stored[0], 0, 0, (top - bottom) / stored[1], left, bottom)
    return level, _times(turn[page.rotation], fit)


def _times(a: Matrix, b: Matrix) -> Matrix:
    """Return the transform that does `a`, then `b`."""
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter) == "Mn"


def _font(pdf: Pdf) -> pikepdf.Object:
    """Return a face in which every character is one of two boxes, and says which character it is.

    Boxes and not nothing: PDFium takes a letter without extent, on a page that lies on its side, for no letter.
    """
    data = (resources.files("reports") / "data" / "unseen.ttf").read_bytes()
    marks = [code for code in range(0x0300, 0x2100) if _is_mark(chr(code))]
    glyphs = bytearray(b"\x00\x01" * 65_536)
    for code in marks:
        glyphs[2 * code + 1] = 2
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name.SarabanUnseen,
        Flags=4,
        FontBBox=[0, -200, _WIDE, 800],
        ItalicAngle=0,
        Ascent=800,
        Descent=-200,
        CapHeight=800,
        StemV=80,
        FontFile2=pdf.make_indirect(Stream(pdf, data)),
    )
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name.SarabanUnseen,
        CIDSystemInfo=Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
        DW=_WIDE,
        W=Array([item for code in marks for item in (code, code, 0)]),
        CIDToGIDMap=pdf.make_indirect(Stream(pdf, bytes(glyphs))),
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name.SarabanUnseen,
            Encoding=Name("/Identity-H"),
            DescendantFonts=[pdf.make_indirect(descendant)],
            ToUnicode=pdf.make_indirect(Stream(pdf, _TO_UNICODE)),
        )
    )


_TO_UNICODE: Final = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
    b"/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
    b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    b"1 beginbfrange <0000> <FFFF> <0000> endbfrange\n"
    b"endcmap CMapName currentdict /CMap defineresource pop end end"
)


def _from_picture(data: bytes) -> Pdf:
    """Return a picture as PDF, a page a frame, as large as its own resolution says, turned as its camera says.

    One frame is decoded at a time, whatever their number; one that cannot be decoded is an empty page, so that the
    pages after it keep their numbers.
    """
    pdf = Pdf.new()
    with Image.open(io.BytesIO(data)) as image:
        dpi = float(image.info.get("dpi", (_DPI, _DPI))[0]) or _DPI
        turned = _EXIF_TURNS.get(image.getexif().get(_EXIF_ORIENTATION, 1), 0)
        for number in range(getattr(image, "n_frames", 1)):
            try:
                image.seek(number)
                _add_frame(pdf, image, dpi)
            except _UNDECODABLE:
                if number == 0:
                    raise
                pdf.add_blank_page(page_size=_A4_POINTS)
    if turned:
        pdf.pages[0].rotate(turned, relative=False)
    return pdf


def _add_frame(pdf: Pdf, image: Image.Image, dpi: float) -> None:
    """Add the frame that a picture stands at as a page."""
    stream = io.BytesIO()
    frame = image.copy() if image.mode in _MODES else image.convert("RGB")
    # Black and white goes into the PDF as fax lines, without loss, and has no quality to choose.
    quality = {} if frame.mode == "1" else {"quality": 95}
    frame.save(stream, "PDF", resolution=dpi, **quality)
    pdf.pages.extend(Pdf.open(stream).pages)
