"""A text layer held against the picture of its page, on the lines that hold a letter's number or date.

A layer can say what nobody sees on paper: digits of the other script where a face draws them so, words from a font
whose map is wrong, a number that was typed over. The few lines on which most depends are drawn, recognized and
compared. What differs is not mended: the page is read as a picture, or the words ask for review.
"""

from collections.abc import Sequence

import numpy as np

from ingest.recognition.recognizer import TextRecognizer
from ingest.recognition.text_lines import read_text_lines
from ingest.sources.page_image import PageImage
from models.ocr import Line, OcrPage
from thai.dates import find_dates
from thai.letter_number import find_letter_numbers
from thai.numerals import ARABIC_DIGITS, THAI_DIGITS, to_arabic
from thai.text import skeleton

_HEAD = 0.5
"""Share of a page's height within which its number and date stand."""
_MOST_LINES, _STAND_INS = 4, 2
"""Lines with a number or a date that are compared, and lines that stand in where there are none."""
_LIKE = 60.0
"""Per cent of letters that a layer and its picture have in common at least, if the layer says what is drawn."""
_ROOM = 0.35
"""What a cut shows around a line, in its height: a layer's box is that of the letters' bodies."""
_DOUBT = 0.5
"""Confidence of a word whose digits the picture does not confirm."""


def find_lines_to_verify(page: OcrPage) -> list[int]:
    """Return which lines of a page are compared: those in its upper half with a letter number or a date.

    A layer whose letters are all wrong names neither: on a first page the longest lines stand in for them.
    """
    head = [n for n, line in enumerate(page.lines) if line.box.y1 < _HEAD]
    told = [n for n in head if _tells(page.lines[n].text)]
    if told or page.number > 1:
        return told[:_MOST_LINES]
    return sorted(head, key=lambda n: len(_letters(page.lines[n].text)))[-_STAND_INS:]


def verify_text_layer(
    page: OcrPage, numbers: Sequence[int], picture: PageImage, recognizer: TextRecognizer
) -> tuple[OcrPage | None, tuple[str, ...]]:
    """Return the page with what the picture does not confirm doubted, or None and why the layer says something else.

    Args:
        page: As its text layer says it.
        numbers: The lines to compare, from `find_lines_to_verify`.
        picture: The same page, drawn.
        recognizer: What reads the picture.

    Raises:
        core.errors.RecognitionError: The recognizer failed.
    """
    read = read_text_lines(_show_only(picture, [page.lines[n] for n in numbers]), recognizer).lines
    pairs = [(n, "".join(seen.text for seen in read if _same_row(seen, page.lines[n]))) for n in numbers]
    if all(_likeness(page.lines[n].text, seen) < _LIKE for n, seen in pairs):
        return None, ("unlike_picture",)
    if any(_script(page.lines[n].text) not in {_script(seen), ""} and _script(seen) for n, seen in pairs):
        return None, ("digit_script",)
    lines = list(page.lines)
    for n, seen in pairs:
        if _digits(lines[n].text) != _digits(seen):  # what the picture does not show at all is doubted, too
            lines[n] = _doubted(lines[n])
    return page.model_copy(update={"lines": tuple(lines)}), ()


def flag_digit_mismatches(page: OcrPage, layer: OcrPage) -> OcrPage:
    """Return a page that was read as a picture, with the digits doubted that its text layer has otherwise.

    Args:
        page: As it was recognized.
        layer: Its text layer, whose letters may be wrong but whose digits have the right values.
    """
    lines = list(page.lines)
    for n in (n for n, line in enumerate(lines) if _tells(line.text)):
        said = "".join(line.text for line in layer.lines if _same_row(line, lines[n]))
        if _digits(said) and _digits(said) != _digits(lines[n].text):
            lines[n] = _doubted(lines[n])
    return page.model_copy(update={"lines": tuple(lines)})


def _tells(text: str) -> bool:
    """Tell whether a line holds a letter number or a date."""
    return bool(find_letter_numbers(text) or find_dates(text))


def _show_only(picture: PageImage, lines: Sequence[Line]) -> PageImage:
    """Return the page with nothing on it but some lines."""
    width, height = picture.size
    alone = np.full_like(picture.gray, int(picture.paper))
    for line in lines:
        room = _ROOM * line.box.height
        top, bottom = max(int((line.box.y0 - room) * height), 0), int((line.box.y1 + room) * height)
        left, right = max(int((line.box.x0 - room) * width), 0), int((line.box.x1 + room) * width)
        alone[top:bottom, left:right] = picture.gray[top:bottom, left:right]
    return PageImage(alone, picture.dpi)


def _same_row(seen: Line, said: Line) -> bool:
    middle = seen.box.center[1]
    return said.box.y0 <= middle <= said.box.y1


def _likeness(said: str, seen: str) -> float:
    from rapidfuzz.fuzz import ratio

    return ratio(_letters(said), _letters(seen))


def _letters(text: str) -> str:
    return "".join(character for character in skeleton(text) if character.isalpha() or "ะ" <= character <= "ฺ")


def _script(text: str) -> str:
    """Return whether digits are `thai` or `arabic`; empty where there are none, or both."""
    thai, arabic = (any(digit in text for digit in digits) for digits in (THAI_DIGITS, ARABIC_DIGITS))
    return "" if thai == arabic else "thai" if thai else "arabic"


def _digits(text: str) -> str:
    return "".join(character for character in to_arabic(text) if character in ARABIC_DIGITS)


def _doubted(line: Line) -> Line:
    words = tuple(
        word.model_copy(update={"confidence": min(word.confidence, _DOUBT)}) if _digits(word.text) else word
        for word in line.words
    )
    return line.model_copy(update={"words": words})
