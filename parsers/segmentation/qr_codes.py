"""QR codes → the letters that they stand on."""

from collections.abc import Sequence

from models.field import Field, PageNumber
from models.ocr import Code, OcrPage
from parsers.segmentation.segments import Segment


def assign_qr_codes(parts: Sequence[Segment], pages: Sequence[OcrPage]) -> list[tuple[Field[str], ...]]:
    """Return the codes of each letter: those on its pages, below its first line where a page holds several letters."""
    found: list[list[Field[str]]] = [[] for _ in parts]
    for page in pages:
        for code in page.codes:
            owner = _owner(parts, page.number, code)
            if owner is not None:
                found[owner].append(_field(code, page.number))
    return [tuple(codes) for codes in found]


def _owner(parts: Sequence[Segment], page: PageNumber, code: Code) -> int | None:
    tops = {
        index: min(line.box.y0 for line in part.lines if line.page == page)
        for index, part in enumerate(parts)
        if any(line.page == page for line in part.lines)
    }
    above = [index for index, top in tops.items() if top <= code.box.y0]
    return max(above or tops, key=lambda index: tops[index], default=None)


def _field(code: Code, page: PageNumber) -> Field[str]:
    # A code that was decoded at all is right: it checks itself.
    review = ("qr.cut",) if code.cut else ()
    return Field[str](value=code.payload, raw=code.payload, confidence=1.0, page=page, box=code.box, review=review)
