"""QR codes on a page: what they say, and where.

What a code says comes from anyone who can print: it is text to be shown, never to be followed or run.
"""

import unicodedata

import zxingcpp

from core.limits import Limits
from ingest.pixels import GrayImage
from models.field import Box
from models.ocr import Code


def read_codes(gray: GrayImage, limits: Limits) -> tuple[Code, ...]:
    """Return the QR codes of an upright page, top to bottom.

    Args:
        gray: The page.
        limits: `page_codes` bounds how many are kept, `code_chars` how much of each.
    """
    height, width = gray.shape
    kinds = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    found = zxingcpp.read_barcodes(gray, formats=kinds, text_mode=zxingcpp.TextMode.Plain)
    codes = []
    for code in found:
        if not code.valid:
            continue
        place = code.position
        corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
        xs, ys = [corner.x / width for corner in corners], [corner.y / height for corner in corners]
        box = Box(*(min(max(side, 0.0), 1.0) for side in (min(xs), min(ys), max(xs), max(ys))))
        payload = _plain(code.text)
        codes.append(Code(payload=payload[: limits.code_chars], box=box, cut=len(payload) > limits.code_chars))
    return tuple(sorted(codes, key=lambda code: (code.box.y0, code.box.x0))[: limits.page_codes])


def _plain(text: str) -> str:
    """Return a payload without characters that hide or reorder what a person sees: controls, overrides, surrogates."""
    kept = (
        char if char == "\n" or unicodedata.category(char)[0] != "C" else "\N{REPLACEMENT CHARACTER}" for char in text
    )
    return unicodedata.normalize("NFC", "".join(kept)).strip()
