"""Is whatever gets lost told of: 1,000 planted losses and additions, none of which may pass without a word.

    python bench/planted_losses.py                    1,000 of all kinds
    python bench/planted_losses.py --count 60 --seed 7 --misses

A loss takes something from what the parsers are given (a word, a line, a row, a cell, a mark, a table, a page, a
sheet) while the page is as it was; an addition puts onto the page what no parser knows (a stamp, handwriting, a code,
ink, a picture, an annotation, a table, a sheet, a part of a DOCX file, an attachment of a PDF file). A case is

* told: the record is not `ok` and names the page and the text or the place, as the record without the plant does not;
* told, elsewhere: it names the text, but on another page or place, where the same words stand twice;
* held: nothing asks, but a value has the text, as the body of a letter has a line that was added to it;
* silent: anything else.
"""

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from pydantic import BaseModel

from bench.planted_files import plant_in_files
from bench.planted_pages import Case, plant_in_pages
from bench.planted_sheets import plant_in_sheets
from models.document import Document, DocumentStatus
from models.field import Box, PageNumber
from models.record_path import walk_fields
from thai.text import normalize

_Sign = tuple[str, PageNumber | None, str, Box | None]
"""What says it (an issue's code, or "" for a part of the ledger), the page, the text and the place."""
_NEAR = 0.02
"""How far beside a plant, as a share of the page, a box may lie that names it."""
_SHARED = 4
"""Letters in a row that two texts share where one names the other; all of it where it is shorter."""


def main() -> None:
    """Plant, count, print; exit code 1 where a case is silent."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", action="store_true", help="print what was not told of")
    arguments = parser.parse_args()
    scores: dict[str, Counter[str]] = {}
    for case in plant(arguments.count, arguments.seed):
        verdict = judge(case)
        scores.setdefault(case.kind, Counter())[verdict] += 1
        if arguments.misses and verdict != "told":
            print(f"  {case.kind} {case.source} {verdict}: page {case.page} {case.text!r}")
    print("kind | told | told, elsewhere | held | silent")
    whole = Counter[str]()
    for kind, score in sorted(scores.items()):
        whole += score
        print(f"{kind} | {_line(score)}")
    print(f"all {whole.total()} | {_line(whole)}")
    sys.exit(bool(whole["silent"]))


def plant(count: int, seed: int) -> Iterator[Case]:
    """Yield cases of all kinds, the same for the same seed.

    Args:
        count: How many.
        seed: Of the choice of what is planted where.
    """
    chance = random.Random(seed)  # noqa: S311
    makers = [plant_in_pages(chance), plant_in_sheets(chance), plant_in_files(chance)]
    weights = (0.7, 0.18, 0.12)
    for _ in range(count):
        yield next(chance.choices(makers, weights)[0])


def judge(case: Case) -> str:
    """Return how a case ended: `told`, `told, elsewhere`, `held` or `silent`."""
    fresh = list((Counter(list_signs(case.planted)) - Counter(list_signs(case.before))).elements())
    if case.planted.status is not DocumentStatus.OK:
        if any(_names(sign, case) for sign in fresh):
            return "told"
        if any(_says(sign[2], case.text) for sign in fresh):
            return "told, elsewhere"
    return "held" if case.is_added and _squeeze(case.text) in _squeeze(_values(case.planted)) else "silent"


def list_signs(document: Document) -> list[_Sign]:
    """Return all by which a record says that something may be wrong: its page, its text and its place."""
    signs: list[_Sign] = [("", part.page, part.text, part.box) for part in document.unaccounted]
    signs += [(issue.code, issue.page, issue.message.en, None) for issue in document.issues]
    # A value that is missing has no page: it is looked for on the first of its record.
    records: list[tuple[BaseModel, PageNumber]] = [(letter, letter.pages[0]) for letter in document.letters]
    records += [(annex, annex.pages[0]) for annex in document.annexes]
    for record, first in records:
        for path, field in walk_fields(record):
            signs += [(f"{path}: {code}", field.page or first, field.raw, None) for code in field.review]
    return signs


def _names(sign: _Sign, case: Case) -> bool:
    """Whether a sign names the page of a plant and there its place or its text, or is an issue of that page."""
    code, page, text, box = sign
    if page != case.page:
        return False
    if box is not None and case.box is not None:
        apart_x = max(box.x0 - case.box.x1, case.box.x0 - box.x1)
        apart_y = max(box.y0 - case.box.y1, case.box.y0 - box.y1)
        return max(apart_x, apart_y) <= _NEAR
    return bool(code) or _says(text, case.text)


def _says(sign: str, text: str) -> bool:
    """Whether two texts share letters in a row, as many as a word has."""
    one, other = sorted((_squeeze(sign), _squeeze(text)), key=len)
    if not one:
        return not other
    length = min(len(one), _SHARED)
    return any(one[at : at + length] in other for at in range(len(one) - length + 1))


def _values(document: Document) -> str:
    parts = [record.model_dump_json() for record in (*document.letters, *document.annexes, *document.tables)]
    return "".join(json.loads(f'"{json.dumps(part)[1:-1]}"') for part in parts)


def _squeeze(text: str) -> str:
    return "".join(normalize(text).split())


def _line(score: Counter[str]) -> str:
    return " | ".join(str(score[name]) for name in ("told", "told, elsewhere", "held", "silent"))


def judged(cases: Sequence[Case]) -> Counter[str]:
    """Return how many of some cases ended how."""
    return Counter(map(judge, cases))


if __name__ == "__main__":
    main()
