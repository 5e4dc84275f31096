"""Pages of lines → the records of the letters that stand on them."""

from collections.abc import Sequence

from models.field import Field
from models.letter import Letter, LetterKind
from models.null_reason import NullReason
from models.ocr import OcrPage
from parsers.fields import FieldBuilder
from parsers.letter.copy_certification import parse_certifier, parse_gazette_date, split_own_lines
from parsers.letter.cues import Label
from parsers.letter.kinds import KINDS
from parsers.letter.labeled_letter import parse_labeled_letter
from parsers.letter.receipt_stamp import parse_receipt
from parsers.letter.zones import Zones, split_zones
from parsers.segmentation.qr_codes import assign_qr_codes
from parsers.segmentation.segments import Segment, SegmentKind, segment
from parsers.text_span import PagedLine, join_lines, reflowed

KIND_NOT_UNDERSTOOD = "kind.not_understood"
"""The paper is of no kind that is known."""
_SIGNED = frozenset({LetterKind.EXTERNAL_LETTER, LetterKind.INTERNAL_MEMO})
"""Kinds that somebody must have signed."""


def parse_letters(
    pages: Sequence[OcrPage], review_confidence: float = 0.80
) -> tuple[tuple[Letter, ...], tuple[PagedLine, ...]]:
    """Return the letters of a document, and the lines that no letter claims, for the annexes.

    Args:
        pages: The pages as they were read, in order.
        review_confidence: A value read with less confidence asks for review.
    """
    segments = segment(pages)
    parts = [part for part in segments if part.kind is SegmentKind.LETTER]
    assigned = assign_qr_codes(parts, pages, FieldBuilder(review_confidence))
    letters = tuple(
        parse_letter(part, pages, review_confidence).model_copy(
            update={"qr": tuple(own.codes), "qr_captions": tuple(own.captions)}
        )
        for part, own in zip(parts, assigned, strict=True)
    )
    rest = tuple(line for part in segments if part.kind is SegmentKind.ANNEX for line in part.lines)
    return letters, rest


def parse_letter(part: Segment, pages: Sequence[OcrPage], review_confidence: float = 0.80) -> Letter:
    """Return the record of one letter, by the parser of its kind. Never raises, whatever the lines say.

    Args:
        part: Its lines.
        pages: All pages of the document.
        review_confidence: A value read with less confidence asks for review.
    """
    make = FieldBuilder(review_confidence)
    form = KINDS.get(part.title).parse_form if part.title else None
    if form is not None:
        own = {line.page for line in part.lines}
        untitled = [line for line in part.lines if KINDS.find_titled(line.text) is None]
        letter = form(untitled, [page for page in pages if page.number in own], make)
    else:
        lines = split_own_lines(part.lines)
        zones = split_zones(lines.own)
        letter = parse_labeled_letter(KINDS.get(part.title or _untitled_kind(zones)), lines.own, zones, make)
        others = {
            "certified_by": parse_certifier(lines.certification, make),
            "gazette_date": parse_gazette_date(lines.gazette, make),
            "pages": tuple(sorted({line.page for line in part.lines})),
        }
        letter = letter.model_copy(update=others)
    letter = letter.model_copy(update={"receipt": parse_receipt(part.receipt, review_confidence)})
    return letter.model_copy(update={"null_reasons": _find_null_reasons(letter)})


def parse_unknown_paper(pages: Sequence[OcrPage], review_confidence: float = 0.80) -> Letter | None:
    """Return the record of a document that holds no known paper and no table: of kind `other`, with all of its text.

    Its subject says why: `kind.not_understood`. None where it has no text.

    Args:
        pages: All pages of the document.
        review_confidence: A value read with less confidence asks for review.
    """
    lines = [PagedLine(page.number, line, page.has_layout) for page in pages for line in page.lines]
    body = FieldBuilder(review_confidence).text(join_lines(lines, reflowed))
    if body.value is None:
        return None
    unknown = Field[str](page=body.page, review=(KIND_NOT_UNDERSTOOD,))
    return Letter(kind=LetterKind.OTHER, pages=tuple(page.number for page in pages), subject=unknown, body=body)


def _find_null_reasons(letter: Letter) -> dict[str, NullReason]:
    """Return why a letter has no signer, receipt stamp or contacts; a letter that closes must be signed."""
    unsigned = NullReason.MISSING if letter.kind in _SIGNED or letter.closing.value else NullReason.ABSENT
    parts = {"signer": letter.signer, "receipt": letter.receipt, "contacts": letter.contacts}
    return {name: unsigned if name == "signer" else NullReason.ABSENT for name, part in parts.items() if not part}


def _untitled_kind(zones: Zones) -> LetterKind:
    """Return the kind of a letter without a title: ถึง and no subject are the stamped letter's."""
    salutation = zones.entry(Label.SALUTATION)
    if salutation is not None and salutation.name == "ถึง" and zones.entry(Label.SUBJECT) is None:
        return LetterKind.STAMPED_LETTER
    return LetterKind.EXTERNAL_LETTER
