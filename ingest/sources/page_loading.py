"""One page of a document → a picture, by the cheapest way that loses nothing.

A scan's own full-page picture is taken out of the PDF; other pages are rendered. What is decoded is bounded by
`Limits.page_pixels` before it is decoded.
"""

import ctypes
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps

from core.errors import DamagedFileError, EncryptedFileError, LimitError, UnsupportedFormatError
from core.limits import Limits
from ingest.sources.file_type import HEIF_HEADER_BYTES, is_heif_header
from ingest.sources.page_image import PageImage

_BEYOND_PAGE = 1.02
"""How large a picture of a whole page may be, in sides of the page; a larger one is cut off by it."""
_TURNED = 1e-3
"""Points a pixel may lean on the page: above this the picture is turned."""
_DRAWN_WRONG = 0.01
"""Share of its width by which a page may be drawn wider or narrower than was asked for."""
_FULL_PAGE = 0.92
"""Share of the page that a picture must cover to be the page."""
_PAPER = 128.0
"""Median gray under which a picture is no paper with ink on it."""
_MIN_DPI, _MAX_DPI = 100.0, 650.0
"""A file that states a resolution beyond these states none that a page was scanned at."""
_DEFAULT_DPI = 300
"""What offices scan at, where neither the file nor the width of A4 tells."""
_A4_INCHES = 8.27
"""Width of A4."""
_COLORLESS = frozenset({"1", "L", "LA", "I", "F", "I;16", "I;16L", "I;16B", "I;16N"})
"""Pillow's modes without color."""
_FAINT = 128
"""Alpha of a fill, 0 to 255, below which more of the paper is seen than of what is drawn."""
_WRITTEN = frozenset({1, 5})
"""PDFium's types of page objects that hold text: text itself, and forms."""
_LOOK_PX = 400
"""Shorter side, in pixels, of the reduced picture that color is looked for on: noise is gone, a stamp is not."""
_STRIP_ROWS = 256
"""Rows of pixels that are taken out of a picture at once: 2 MB of a page at 300 dpi."""
_LEAST_CHROMA = 24
"""Difference between channels, in gray levels of a reduced picture, below which nothing on a page is colored."""

# What Pillow's readers raise on broken files, beside their own errors.
_BROKEN = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


@contextmanager
def bounded(limits: Limits, name: str) -> Iterator[None]:
    """Within it, Pillow refuses pictures above the limit, and its errors become ours."""
    before = Image.MAX_IMAGE_PIXELS
    Image.MAX_IMAGE_PIXELS = limits.page_pixels
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise LimitError(f"{name}: page_pixels {limits.page_pixels:,}") from error
    except _BROKEN as error:
        raise DamagedFileError(f"{name}: {error}") from error
    finally:
        Image.MAX_IMAGE_PIXELS = before


def _open(path: Path) -> Image.Image:
    """Open a picture; those of iPhones (HEIC) need a package of their own.

    Raises:
        UnsupportedFormatError: It is a HEIC picture, and the package is not there.
    """
    with path.open("rb") as stream:
        is_heic = is_heif_header(stream.read(HEIF_HEADER_BYTES))
    if is_heic:
        try:
            import pillow_heif
        except ImportError as error:
            raise UnsupportedFormatError(f"{path.name}: HEIC") from error
        pillow_heif.register_heif_opener()
    return Image.open(path)


def count_frames(path: Path, limits: Limits) -> int:
    """Return how many pictures an image file holds.

    Raises:
        DamagedFileError: It cannot be opened.
        LimitError: A frame is larger than `limits.page_pixels`.
    """
    with bounded(limits, path.name), _open(path) as image:
        # Only a TIFF holds pages; the second picture of a phone's photograph is its thumbnail.
        return int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1


def load_frame(path: Path, number: int, limits: Limits) -> PageImage:
    """Return frame `number` (from 1) of an image file.

    Raises:
        DamagedFileError: It cannot be decoded.
        LimitError: It is larger than `limits.page_pixels`.
    """
    with bounded(limits, path.name), _open(path) as image:
        image.seek(number - 1)
        if image.width * image.height > limits.page_pixels:
            raise LimitError(f"{path.name}: page_pixels {limits.page_pixels:,}")
        dpi = _stated_dpi(image.info.get("dpi"), image.width)
        ImageOps.exif_transpose(image, in_place=True)
        return _build_page(image, dpi).flattened()


def load_pdf_page(path: Path, number: int, limits: Limits) -> PageImage:
    """Return page `number` (from 1) of a PDF as pixels: its own full-page picture, else a rendering.

    Raises:
        EncryptedFileError: It wants a password.
        DamagedFileError: The page cannot be opened or drawn.
        LimitError: The page is too large for `limits.page_pixels` at any sensible resolution.
    """
    import pypdfium2 as pdfium

    try:
        with pdfium.PdfDocument(path) as document:
            page = document[number - 1]
            embedded = _embedded(page, limits)
            return embedded.flattened() if embedded is not None else _rendered(page, limits, path.name)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise EncryptedFileError(path.name) from error
        raise DamagedFileError(f"{path.name}: {error}") from error


def measure_pictures(path: Path, number: int) -> float:
    """Return the share of page `number` (from 1) of a PDF that its pictures cover; those one over another add up.

    0.0 for a page that cannot be opened: whoever reads it says why.
    """
    import pypdfium2 as pdfium
    from pypdfium2 import raw

    try:
        with pdfium.PdfDocument(path) as document:
            page = document[number - 1]
            width, height = page.get_size()
            bounds = [item.get_bounds() for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])]
    except pdfium.PdfiumError:
        return 0.0
    covered = sum((right - left) * (top - bottom) for left, bottom, right, top in bounds)
    return float(covered / max(width * height, 1.0))


def find_faint_texts(path: Path, number: int) -> list[tuple[float, float, float, float]]:
    """Return where page `number` (from 1) of a PDF has text that the paper shows through, as a watermark has.

    Left, top, right and bottom in points from the top left; nothing for a page that is turned or cannot be opened.
    """
    import pypdfium2 as pdfium
    from pypdfium2 import raw

    try:
        with pdfium.PdfDocument(path) as document:
            page = document[number - 1]
            if page.get_rotation():
                return []
            height = page.get_height()
            outer = [item for item in page.get_objects(max_depth=1) if item.type in _WRITTEN]
            forms = [item for item in outer if item.type == raw.FPDF_PAGEOBJ_FORM]
            bounds = [item.get_bounds() for item in outer if item.type == raw.FPDF_PAGEOBJ_TEXT and _is_faint(item.raw)]
            bounds += [item.get_bounds() for item in forms if any(map(_is_faint, _get_texts(item.raw)))]
    except pdfium.PdfiumError:
        return []
    return [(left, height - top, right, height - bottom) for left, bottom, right, top in bounds]


def _get_texts(form: Any) -> Iterator[Any]:  # noqa: ANN401 - pypdfium2 objects carry no types
    from pypdfium2 import raw

    inner = (raw.FPDFFormObj_GetObject(form, index) for index in range(raw.FPDFFormObj_CountObjects(form)))
    return (item for item in inner if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_TEXT)


def _is_faint(item: Any) -> bool:  # noqa: ANN401
    from pypdfium2 import raw

    channels = [ctypes.c_uint() for _ in range(4)]
    found = raw.FPDFPageObj_GetFillColor(item, *map(ctypes.byref, channels))
    return bool(found) and channels[3].value < _FAINT


def full_page_picture(page: Any) -> Any | None:  # noqa: ANN401 - pypdfium2 objects carry no types
    """Return the one picture that is the whole page, or None where the page is made otherwise."""
    from pypdfium2 import raw

    width, height = page.get_size()
    if raw.FPDFPage_GetAnnotCount(page.raw):
        return None
    found = None
    for item in page.get_objects(max_depth=2):
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            covers = (right - left) * (top - bottom) >= _FULL_PAGE * width * height
            covers = covers and right - left <= _BEYOND_PAGE * width and top - bottom <= _BEYOND_PAGE * height
            if found is not None or not covers:
                return None
            found = item
        elif item.type in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING) or _is_visible_text(item):
            return None
    return found


def _is_visible_text(item: Any) -> bool:  # noqa: ANN401
    """Whether text is painted over the scan, such as a receipt number: then only a rendering shows all of the page."""
    from pypdfium2 import raw

    return bool(
        item.type == raw.FPDF_PAGEOBJ_TEXT
        and raw.FPDFTextObj_GetTextRenderMode(item.raw) != raw.FPDF_TEXTRENDERMODE_INVISIBLE
    )


def _embedded(page: Any, limits: Limits) -> PageImage | None:  # noqa: ANN401
    import pypdfium2 as pdfium

    item = full_page_picture(page)
    if item is None or page.get_rotation():
        return None
    matrix = item.get_matrix()
    if abs(matrix.b) > _TURNED or abs(matrix.c) > _TURNED or matrix.a <= 0 or matrix.d <= 0:
        return None  # turned or mirrored on the page: let the renderer place it
    width_px, height_px = item.get_px_size()
    dpi = width_px / (page.get_width() / 72.0)
    if width_px * height_px > limits.page_pixels or not _MIN_DPI <= dpi <= _MAX_DPI:
        return None
    try:
        picture = _build_page(item.get_bitmap(render=False).to_pil(), round(dpi))
    except (pdfium.PdfiumError, OSError, ValueError):
        return None
    # A stencil mask or a negative comes out dark; only the renderer knows how it is painted.
    return picture if float(np.median(picture.gray)) >= _PAPER else None


def _rendered(page: Any, limits: Limits, name: str) -> PageImage:  # noqa: ANN401
    width, height = page.get_size()
    if width <= 0 or height <= 0:
        raise DamagedFileError(f"{name}: empty page")
    scale = limits.render_dpi / 72.0
    scale = min(scale, (limits.page_pixels / (width * height)) ** 0.5)
    if scale * 72.0 < _MIN_DPI / 2:
        raise LimitError(f"{name}: {width:.0f}×{height:.0f} pt")
    image = page.render(scale=scale).to_pil()
    expected = width * scale
    if abs(image.width - expected) > max(2.0, _DRAWN_WRONG * expected):
        raise DamagedFileError(f"{name}: drawn {image.width} px wide, not {expected:.0f}")
    return _build_page(image, round(scale * 72.0), int(page.get_rotation()))


def _stated_dpi(stated: Any, width_px: int) -> int:  # noqa: ANN401 - whatever the file holds
    try:
        dpi = float(stated[0])
    except (TypeError, IndexError, ValueError, ZeroDivisionError):
        dpi = 0.0
    if not _MIN_DPI <= dpi <= _MAX_DPI:
        dpi = width_px / _A4_INCHES
    return round(dpi) if _MIN_DPI <= dpi <= _MAX_DPI else _DEFAULT_DPI


def _build_page(image: Image.Image, dpi: int, rotation: int = 0) -> PageImage:
    """Return a picture as a page: gray, and in color where its kind has color and it is not gray all over."""
    image = _on_paper(image)
    if image.mode.startswith("I;16"):
        return PageImage((np.asarray(image, dtype=np.uint16) >> 8).astype(np.uint8), dpi, rotation)
    colors = _to_array(image, "RGB") if image.mode not in _COLORLESS and _is_colored(image) else None
    return PageImage(_to_array(image, "L"), dpi, rotation, colors)


def _to_array(image: Image.Image, mode: str) -> npt.NDArray[np.uint8]:
    """Return the pixels of a picture in a mode, strip by strip: Pillow hands on a whole one by way of two copies."""
    width, height = image.size
    pixels = np.empty((height, width, 3) if mode == "RGB" else (height, width), np.uint8)
    for top in range(0, height, _STRIP_ROWS):
        strip = image.crop((0, top, width, min(top + _STRIP_ROWS, height)))
        pixels[top : top + _STRIP_ROWS] = np.asarray(strip if strip.mode == mode else strip.convert(mode))
    return pixels


def _is_colored(image: Image.Image) -> bool:
    few = image if image.mode == "RGB" else image.convert("RGB")
    few = few.reduce(max(min(image.size) // _LOOK_PX, 1))
    red, green, blue = (np.asarray(channel, dtype=np.int16) for channel in few.split())
    lightest, darkest = np.maximum(np.maximum(red, green), blue), np.minimum(np.minimum(red, green), blue)
    return bool((lightest - darkest >= _LEAST_CHROMA).any())


def _on_paper(image: Image.Image) -> Image.Image:
    """Return a picture on white, where some of it can be seen through."""
    if image.mode not in ("RGBA", "LA", "PA") and "transparency" not in image.info:
        return image
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image.convert("RGBA"))
