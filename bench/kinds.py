"""How right are the header fields of a paper of each kind.

    python bench/kinds.py                     laid out and as plain text: what the parser makes of right words
    python bench/kinds.py --picture           typeset, drawn and read as a scan, too

The papers are those of `fixtures/kinds.py`: invented and clean. They show that each kind's form is known, not how real
scans are read. *Flagged* is a wrong value that asks for review, *silent* one that does not.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from core.settings import Settings
from fixtures.kinds import SPECIMENS, Specimen, typeset
from ingest.sources.plain_text import read_pages
from models.field import Box, Source
from models.letter import Contact, Deadline, Enclosure, Letter, Reference, Signer
from models.ocr import Line, OcrPage, Word
from parsers.letters import parse_letters
from pipeline.reading import build_recognizer, read_document

_ROW, _TOP, _GLYPH = 0.025, 0.06, 0.0105
"""Height of a row, where the first stands, and width of a letter that takes room, in shares of an A4 page."""


def main() -> None:
    """Read every kind and print what was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--picture", action="store_true", help="draw and recognize, too: some seconds a page")
    arguments = parser.parse_args()
    scores: dict[str, Counter[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, paper in SPECIMENS.items():
            for form, letters in _readings(name, paper, Path(folder), picture=arguments.picture):
                for field, verdict, said in judged(paper, letters):
                    scores.setdefault(form, Counter())[verdict] += 1
                    if verdict != "right":
                        print(f"  {form} {name} {field} {verdict}: {said}")
    for form, score in scores.items():
        print(f"{form}: right {score['right']} flagged {score['flagged']} silent {score['silent']} of {score.total()}")


def _readings(name: str, paper: Specimen, folder: Path, *, picture: bool) -> Iterator[tuple[str, tuple[Letter, ...]]]:
    yield "laid out", parse_letters(laid_out(paper))[0]
    yield "plain text", parse_letters(as_text(paper, folder))[0]
    if picture:
        file = folder / f"{name}.pdf"
        file.write_bytes(typeset((paper,)))
        settings = Settings()
        yield "picture", read_document(file, settings, build_recognizer(settings)).letters


def laid_out(paper: Specimen, first: int = 1) -> list[OcrPage]:
    """Return the pages of a paper as a sound text layer would give them, numbered from `first`."""
    pages = []
    for number, rows in enumerate(paper.pages, start=first):
        lines = [_line(row, _TOP + at * _ROW) for at, row in enumerate(rows) if row]
        pages.append(OcrPage(number=number, engine="typeset", width=2100, height=2970, lines=tuple(lines)))
    return pages


def _line(row: tuple[tuple[float, str], ...], top: float) -> Line:
    words: list[Word] = []
    for start, said in row:
        left = start
        for text in said.split():
            width = sum(1 for letter in text if letter not in "ัิีึืฺุู็่้๊๋์ํ") * _GLYPH
            box = Box(left, top, min(left + width, 0.97), top + 0.018)
            words.append(Word(text=text, box=box, confidence=1.0))
            left = min(left + width + _GLYPH, 0.96)
    box = words[0].box
    for word in words[1:]:
        box = box.union(word.box)
    text = " ".join(word.text for word in words)
    return Line(text=text, box=box, confidence=1.0, words=tuple(words), source=Source.TEXT_LAYER)


def as_text(paper: Specimen, folder: Path) -> list[OcrPage]:
    """Return the pages of a paper as plain text."""
    file = folder / "paper.txt"
    file.write_text(paper.text, "utf-8")
    return read_pages(file, Settings().limits)


def judged(paper: Specimen, letters: tuple[Letter, ...]) -> Iterator[tuple[str, str, str]]:
    """Yield each field of a paper's truth: its name, `right`, `flagged` or `silent`, and what was read."""
    if len(letters) != 1 or letters[0].kind.value != paper.kind:
        kinds = [(letter.kind.value, letter.pages) for letter in letters]
        yield "kind", "silent", str(kinds)
        if not letters:
            return
    for name, wanted in paper.truth.items():
        got = spoken(letters[0], name)
        if "".join(got.split()) == "".join(wanted.split()):
            yield name, "right", got
        else:
            yield name, "flagged" if _asks(getattr(letters[0], name)) else "silent", f"{got!r} ≠ {wanted!r}"


def _asks(value: Any) -> bool:  # noqa: ANN401 - a field, or a record or tuple of fields
    if isinstance(value, tuple):
        return any(_asks(each) for each in value)
    if hasattr(value, "review"):
        return bool(value.review)
    return any(_asks(getattr(value, name)) for name in getattr(type(value), "model_fields", ()))


def spoken(letter: Letter, name: str) -> str:
    """Return a field of a letter as `fixtures.kinds` writes it in its truth."""
    value = getattr(letter, name)
    if name == "signer":
        return _signed(value)
    if isinstance(value, tuple):
        return " | ".join(_item(each) for each in value)
    return "" if value.value is None else str(value.value)


def _item(each: Any) -> str:  # noqa: ANN401 - one of a letter's references, enclosures, deadlines, contacts, names
    match each:
        case Reference():
            return f"{each.number.value} {each.date.value}"
        case Enclosure():
            return f"{each.title.value} {each.copies.value}"
        case Deadline():
            return f"{each.date.value}{' past' if each.past else ''}"
        case Contact():
            return f"{each.kind} {each.value.value}"
    return str(each.value)


def _signed(signer: Signer | None) -> str:
    if signer is None:
        return "-"
    return " / ".join(
        field.value or "-" for field in (signer.name, signer.position, signer.authority, signer.principal)
    )


if __name__ == "__main__":
    main()
