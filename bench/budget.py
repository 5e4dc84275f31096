"""Tables of a born-digital budget volume, read from its pictures, against the words of the file itself.

    python bench/budget.py VOLUME.pdf           all pages, or those of --pages 11-30

The letters of such a file's text layer may be damaged (ำ and tone marks in Thai volumes), so that Saraban reads the
pages as pictures; its digits are sound, and so say what is printed. For each table: the printed rows (heights at which
figures stand beside the first column, and ruled bands without any, header aside) that are a row of the record each;
the printed figures that are read right, wrong and flagged, or *silently* wrong; and the printed sums, recomputed from
what was read as the rules do (`rules.totals.sums`): agreeing, disagreeing, not to be
checked. Sums of nothing are left out.
"""

import argparse
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

import pdfplumber
import pikepdf
from pdfplumber.page import Page as PdfPage

from core.settings import Settings
from models.annex import Annex, Subtotal, Total
from models.document import Document
from models.field import Field
from pipeline.reading import build_recognizer, read_document
from rules.totals.sum_hierarchy import build_lines
from rules.totals.sums import Sum, find_sums
from thai.numerals import parse_decimal, to_arabic

_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?|-")
_NIL = {"", "-"}
_TOTAL = re.compile(r"รวม")
_SAME_WORD = 1.0
"""Points between two pieces that are one word."""
_SPACE = 5.0
"""Points between two words of one text."""


_Word = tuple[float, float, float, float, str]


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed row: where it stands (share of the page), and its figures with where they stand across."""

    page: int
    y: float
    figures: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class Read:
    """One cell of the record with the row that it is of."""

    row: tuple[Any, ...]
    field: Field[Any]


def main() -> None:
    """Print a line for each page with tables, each figure that is not right, and each sum that does not agree."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("volume", type=Path)
    parser.add_argument("--pages", help="first and last page, such as 11-30")
    arguments = parser.parse_args()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    settings = Settings()
    with TemporaryDirectory() as scratch:
        file = _excerpt(arguments.volume, arguments.pages, Path(scratch))
        document = read_document(file, settings, build_recognizer(settings))
        with pdfplumber.open(file) as pdf:
            printed = {page.page_number: list(_printed(page)) for page in pdf.pages}
    whole = Counter[str]()
    for page, rows in printed.items():
        if rows:
            score = Counter[str](_judged(rows, list(_cells(document, page))))
            print(f"page {page} | {_line(score)}", flush=True)
            whole += score
    print(f"**all** | {_line(whole)}")
    _recompute(document)


def _excerpt(volume: Path, pages: str | None, folder: Path) -> Path:
    """Return a file with only some pages of a volume."""
    if pages is None:
        return volume
    first, last = (int(number) for number in pages.split("-"))
    target = folder / "excerpt.pdf"
    with pikepdf.open(volume) as whole, pikepdf.new() as part:
        part.pages.extend(whole.pages[first - 1 : last])
        part.save(target)
    return target


def _printed(page: PdfPage) -> Iterator[Printed]:
    """Yield the rows of the tables of a page, by its own rules and words."""
    words = _words(page)
    for table in page.find_tables():
        left = min(cell[0] for cell in table.cells)
        label = min(cell[2] for cell in table.cells if cell[0] <= left + 1)
        bands = [row.bbox for row in table.rows]
        inside = [word for word in words if table.bbox[1] <= (word[2] + word[3]) / 2 <= table.bbox[3]]
        figures = [w for w in inside if w[0] >= label - 1 and _FIGURE.fullmatch(w[4]) and not _is_worded(w, inside)]
        by_band = [[w for w in figures if top <= (w[2] + w[3]) / 2 < bottom] for _, top, _, bottom in bands]
        first = next((index for index, found in enumerate(by_band) if found), len(bands))
        for (_, top, _, bottom), found in list(zip(bands, by_band, strict=True))[first:]:
            heights: dict[float, list[tuple[float, str]]] = {}
            for x0, x1, y0, y1, text in found:
                middle = (y0 + y1) / 2
                height = next((known for known in heights if abs(known - middle) < (y1 - y0) / 2), middle)
                heights.setdefault(height, []).append(((x0 + x1) / 2 / page.width, text))
            for height, row in heights.items():
                yield Printed(page.page_number, height / page.height, tuple(row))
            if not heights and any(top <= (w[2] + w[3]) / 2 < bottom for w in inside):
                yield Printed(page.page_number, (top + bottom) / 2 / page.height, ())


def _words(page: PdfPage) -> list[_Word]:
    """Return the words of a page (left, right, top, bottom, text), pieces of one put together; none in brackets."""
    found: list[_Word] = []
    for word in page.extract_words():
        x0, x1, top, bottom, text = (word[key] for key in ("x0", "x1", "top", "bottom", "text"))
        if found and abs(found[-1][2] - top) < 1 and abs(x0 - found[-1][1]) < _SAME_WORD:
            before = found.pop()
            x0, text = before[0], before[4] + text
        found.append((x0, x1, top, bottom, text))
    bracketed = {index + 1 for index, word in enumerate(found) if word[4] == "("}
    return [word for index, word in enumerate(found) if index not in bracketed]


def _is_worded(word: _Word, words: list[_Word]) -> bool:
    """Whether a number or dash is part of a text: another word stands close to it, as in ปี 2564."""
    return any(
        other is not word and abs(other[2] - word[2]) < 1 and max(word[0] - other[1], other[0] - word[1]) < _SPACE
        for other in words
    )


def _cells(document: Document, page: int) -> Iterator[Read]:
    """Yield all cells of the tables on a page, totals among them."""
    for number, annex in enumerate(document.annexes):
        for index, row in enumerate(annex.rows):
            yield from (Read((number, "row", index), cell) for cell in row.cells.values() if cell.page == page)
        printed: list[Total | Subtotal] = [*annex.totals, *annex.subtotals]
        for total in printed:
            if total.value.page == page and total.value.box is not None:
                yield Read((number, "total", total.value.box.y0), total.value)


def _judged(rows: list[Printed], cells: list[Read]) -> Iterator[str]:
    """Yield what became of each row and each figure."""
    owners = [{c.row for c in cells if c.field.box and c.field.box.y0 <= row.y <= c.field.box.y1} for row in rows]
    for row, owner in zip(rows, owners, strict=True):
        shared = sum(bool(owner & other) for other in owners) > 1
        yield "rows found" if len(owner) == 1 and not shared else "rows not parted" if owner else "rows lost"
        if not owner:
            print(f"  page {row.page}: no row for {row.figures}")
        for x, text in row.figures:
            yield _figure(row, x, text, cells)


def _figure(row: Printed, x: float, text: str, cells: list[Read]) -> str:
    here = [c for c in cells if (b := c.field.box) and b.y0 <= row.y <= b.y1 and b.x0 <= x <= b.x1]
    if text == "-":
        read = here[0].field.raw.strip() if here else ""
        if not here or read in _NIL:
            return "nil right" if read == "-" else "nil read as empty"
    elif here and parse_decimal(to_arabic(here[0].field.raw.strip())) == parse_decimal(text):
        return "figures right, flagged" if here[0].field.review else "figures right"
    got = f"{here[0].field.raw!r} {list(here[0].field.review)}" if here else "nothing"
    print(f"  page {row.page}: {text} read as {got}")
    return "figures wrong, flagged" if here and here[0].field.review else "figures SILENTLY wrong"


def _recompute(document: Document) -> None:
    """Print what came of the sums: lines and columns called รวม, and other lines that their items make up."""
    verdicts = {True: "agree", False: "disagree", None: "not to be checked: not surely read"}
    for name, is_total in (("totals (รวม)", True), ("other sums", False)):
        score = Counter[str]()
        for annex in document.annexes:
            found = find_sums(annex, "")
            score["not to be checked: of what, the labels do not say"] += is_total * _unexplained(annex, found)
            for each in found:
                called = bool(_TOTAL.search(each.label)) or each.relation.endswith("across")
                if called is not is_total or not (each.printed or each.added):
                    continue
                score[verdicts[each.agrees]] += 1
                if not each.agrees:
                    print(f"  {annex.pages}: {each.label} | {each.column.header}: {each.whole.raw}, items {each.added}")
        print(f"{name} | {_line(+score)}")


def _unexplained(annex: Annex, found: list[Sum]) -> int:
    """Return how many printed totals no sum is known for."""
    known = {each.paths[0] for each in found}
    lines = [line for line in build_lines(annex, "") if line.total_scope is not None]
    totals = [(line, key) for line in lines for key, cell in line.cells.items() if parse_decimal(cell.raw)]
    for line, key in totals:
        if line.paths[key] not in known:
            print(f"  {annex.pages}: no items are known of {line.label} {line.cells[key].raw}")
    return sum(line.paths[key] not in known for line, key in totals)


def _line(score: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(score.items()))


if __name__ == "__main__":
    main()
