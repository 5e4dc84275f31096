"""Several papers in one file: are as many letters found as were put in, and does each begin and end where it should.

    python bench/segmentation.py                         papers of fixtures/kinds.py, laid out and as plain text
    python bench/segmentation.py --real FOLDER/pages.tsv real files that one keeps oneself, beside the table

The table has the columns `file` and `letters`: the pages of each letter in it, such as `1 2-3` for a letter of one page
and one of two; pages that no letter claims are annexes. Files are read once and put together in random order. A letter
is *exact* if its pages are those that were put in, no more and no fewer; *files exact* counts whole compositions.
"""

import argparse
import csv
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.kinds import as_text, laid_out
from core.settings import Settings
from fixtures.kinds import SPECIMENS
from ingest.page_reader import describe
from models.ocr import Line, OcrPage
from parsers.letters import parse_letters
from pipeline.reading import build_recognizer, page_tasks, run_inline


@dataclass(frozen=True, slots=True)
class Part:
    """A file's pages, numbered from 1, and which of them each letter in it has."""

    name: str
    pages: tuple[OcrPage, ...]
    letters: tuple[tuple[int, ...], ...]


def main() -> None:
    """Put papers together, take them apart, and count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--real", type=Path, help="table of real files beside it")
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--lose", type=float, default=0.0, help="share of all lines that are left out by chance")
    arguments = parser.parse_args()
    if arguments.real is not None:
        measure("real", real_parts(arguments.real), arguments.rounds, lose=arguments.lose)
        return
    measure("laid out", synthetic(), arguments.rounds, lose=arguments.lose)
    with tempfile.TemporaryDirectory() as folder:
        texts = [Part(n, tuple(as_text(p, Path(folder))), _all(len(p.pages))) for n, p in SPECIMENS.items()]
    measure("plain text, a form feed between pages", texts, arguments.rounds)
    unpaged = [Part(part.name, (_one_page(part.pages),), ((1,),)) for part in texts]
    measure("plain text in one page", unpaged, arguments.rounds, one_page=True)


def synthetic() -> list[Part]:
    """Return the papers of each kind, laid out."""
    return [Part(n, tuple(laid_out(p)), _all(len(p.pages))) for n, p in SPECIMENS.items()]


def real_parts(table: Path) -> list[Part]:
    """Return the files of a table, read."""
    settings, parts = Settings(), []
    with table.open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            path = table.parent / row["file"]
            source = describe(path, settings.limits)
            readings = run_inline(page_tasks(path, source, build_recognizer(settings), settings))
            spans = [span.partition("-") for span in row["letters"].split()]
            letters = tuple(tuple(range(int(a), int(b or a) + 1)) for a, _, b in spans)
            parts.append(Part(row["file"], tuple(reading.page for reading in readings), letters))
    return parts


def measure(name: str, parts: Sequence[Part], rounds: int, *, one_page: bool = False, lose: float = 0.0) -> None:
    """Print how many letters of random compositions were found as they were put in.

    Args:
        name: What is measured.
        parts: What to put together, four to eight at a time.
        rounds: How many compositions.
        one_page: Put all on one page, and count letters only.
        lose: Share of lines to leave out, as a bad scan would.
    """
    chance = random.Random(7)  # noqa: S311 - an order of papers
    put = found = exact = files = 0
    missed: Counter[str] = Counter()
    for _ in range(rounds):
        chosen = chance.sample(parts, min(len(parts), chance.randint(4, 8)))
        pages, wanted = _composed(chosen)
        if one_page:
            pages = [_one_page(pages)]
        if lose:
            pages = [_with_losses(page, lose, chance) for page in pages]
        got = [letter.pages for letter in parse_letters(pages)[0]]
        put, found = put + len(wanted), found + len(got)
        if one_page:
            exact += min(len(got), len(wanted))
            files += len(got) == len(wanted)
            missed.update(["count"] * (len(got) != len(wanted)))
            continue
        exact += sum(letter in got for letter, _ in wanted)
        files += got == [letter for letter, _ in wanted]
        missed.update(owner for letter, owner in wanted if letter not in got)
    print(f"{name}: letters put {put}, found {found}, exact {exact}; files exact {files} of {rounds}")
    for owner, count in missed.most_common(8):
        print(f"  missed {count} times: {owner}")


def _composed(parts: Sequence[Part]) -> tuple[list[OcrPage], list[tuple[tuple[int, ...], str]]]:
    pages: list[OcrPage] = []
    wanted = []
    for part in parts:
        offset = len(pages)
        pages += [page.model_copy(update={"number": page.number + offset}) for page in part.pages]
        wanted += [(tuple(number + offset for number in letter), part.name) for letter in part.letters]
    return pages, wanted


def _one_page(pages: Sequence[OcrPage]) -> OcrPage:
    """Return plain text without its form feeds."""
    texts = [line for page in pages for line in page.lines]
    step = 1 / len(texts)
    lines = tuple(
        Line(text=line.text, box=line.box._replace(y0=n * step, y1=(n + 1) * step), confidence=1.0)
        for n, line in enumerate(texts)
    )
    return pages[0].model_copy(update={"lines": lines, "height": len(lines)})


def _with_losses(page: OcrPage, share: float, chance: random.Random) -> OcrPage:
    lines = tuple(line for line in page.lines if chance.random() >= share)
    return page.model_copy(update={"lines": lines})


def _all(pages: int) -> tuple[tuple[int, ...], ...]:
    return (tuple(range(1, pages + 1)),)


if __name__ == "__main__":
    main()
