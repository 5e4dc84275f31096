"""Annexes in styles that the parser was not written for, as PDF, pictures and tables: rows right, flagged, silent.

    python -m bench.annex_styles                          all, in every form; pictures are of 200 dpi
    python -m bench.annex_styles --styles later --forms csv,xlsx
    python -m bench.annex_styles --styles words,boxes --forms pdf --rows 20 --keep FOLDER

The bodies are those of the register, the figures invented; the pages are set by Typst in the Thai faces of TLWG
(package fonts-tlwg), of which none sets a fixture. A row is *right* when sequence, district, kind, name, status and
every figure are; *flagged* when it is wrong and asks for review; *silent* when it is wrong, lost or invented and
nothing says so. `asks` counts rows that are right and ask all the same.
"""

import argparse
import os
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Final

from bench.annex_style_pages import StyledRow, compose, render, write_sheet
from bench.annex_styles_first import TEN
from bench.annex_styles_last import LAST
from bench.annex_styles_later import LATER
from core.settings import Settings
from models.annex import ColumnKind, Row
from models.document import Document
from pipeline.reading import build_recognizer, read_document

ALL: Final = TEN | LATER | LAST
_NUMERIC: Final = (ColumnKind.COUNT, ColumnKind.AMOUNT, ColumnKind.PERCENT)


def judge(rows: Sequence[StyledRow], document: Document) -> Iterator[tuple[str, str]]:
    """Yield `right`, `asks`, `flagged` or `silent` for each row that was printed or read, and what is wrong with it."""
    got = [(row, _figures(row, annex.columns)) for annex in document.annexes for row in annex.rows]
    gap = any(issue.code == "annex.sequence_gap" for issue in document.issues)
    names = [(row.body.value.kind.value, row.body.value.name) if row.body.value else ("", "") for row, _ in got]
    wanted = [(row.kind, row.name) for row in rows]
    for tag, a0, a1, b0, b1 in SequenceMatcher(a=wanted, b=names, autojunk=False).get_opcodes():
        pairs = a1 - a0 if tag == "equal" else min(a1 - a0, b1 - b0)
        for offset in range(pairs):
            yield _judge_row(rows[a0 + offset], *got[b0 + offset])
        for row in rows[a0 + pairs : a1]:
            left = any(row.name in part.text for part in document.unaccounted)
            unread = gap or left or not document.annexes
            yield "flagged" if unread and document.status.value != "ok" else "silent", f"row {row.sequence} lost"
        for extra, _ in got[b0 + pairs : b1]:
            yield "flagged" if extra.review else "silent", f"row invented: {extra.body.raw}"


def _figures(row: Row, columns: Sequence[object]) -> tuple[float, ...]:
    kinds = {getattr(column, "key", ""): getattr(column, "kind", None) for column in columns}
    cells = [cell.value for key, cell in row.cells.items() if kinds.get(key) in _NUMERIC]
    return tuple(float(value) for value in cells if isinstance(value, int | float))


def _judge_row(meant: StyledRow, row: Row, figures: tuple[float, ...]) -> tuple[str, str]:
    status = {True: "complete", False: "incomplete", None: None}[meant.done]
    value, read = row.body.value, row.status.value.value if row.status.value else None
    pairs = {
        "sequence": (row.sequence.value, meant.sequence),
        "district": (row.district.value, meant.district),
        "body": ((value.kind.value, value.name) if value else None, (meant.kind, meant.name)),
        # Which of the two states that are not done a wording means is the parser's to say.
        "status": ("incomplete" if read == "not_started" else read, status),
        # A status of 1 and 0 may stand in a column of counts.
        "figures": (figures if meant.figures else (), meant.figures),
    }
    wrong = [f"{name} {a} ≠ {b}" for name, (a, b) in pairs.items() if a != b]
    if not wrong:
        return "asks" if row.review else "right", f"row {meant.sequence}: {list(row.review)}"
    return "flagged" if row.review else "silent", f"row {meant.sequence}: {'; '.join(wrong)} {list(row.review)}"


def main() -> None:
    """Print a line for each annex and form, and each row that was not read right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--styles", default=",".join(ALL), help="names, or ten, later, last")
    parser.add_argument("--forms", default="pdf,scan,csv,xlsx")
    parser.add_argument("--rows", type=int, default=45, help="most rows of an annex")
    parser.add_argument("--keep", type=Path, help="folder to keep the files in")
    parser.add_argument("--verbose", action="store_true", help="say what is wrong with each row")
    arguments = parser.parse_args()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    settings = Settings()
    recognizer = build_recognizer(settings)
    whole: dict[str, Counter[str]] = defaultdict(Counter)
    for name in _choose(arguments.styles):
        style = ALL[name]
        rows, source = compose(style, list(ALL).index(name), arguments.rows)
        for form in arguments.forms.split(","):
            with tempfile.TemporaryDirectory() as scratch:
                file = (arguments.keep or Path(scratch)) / name
                sheet = form in ("csv", "xlsx")
                file = write_sheet(style, rows, form, file) if sheet else render(source, form, file)
                verdicts = list(judge(rows, read_document(file, settings, recognizer)))
            score = Counter(verdict for verdict, _ in verdicts)
            whole[form] += score
            print(f"{name} | {form} | {describe(score)}", flush=True)
            for verdict, what in verdicts if arguments.verbose else ():
                if verdict != "right":
                    print(f"  {verdict}: {what}", flush=True)
    for form, score in whole.items():
        print(f"**all** | {form} | {describe(score)}")


def _choose(styles: str) -> list[str]:
    """Return the names of styles, where a set may be named for all of its own."""
    return list({"ten": TEN, "later": LATER, "last": LAST}.get(styles, styles.split(",")))


def describe(score: Counter[str]) -> str:
    """Return the shares of a score; what asks and is right is right, too."""
    total = max(score.total(), 1)
    counts = {"right": score["right"] + score["asks"]} | {key: score[key] for key in ("asks", "flagged", "silent")}
    return " | ".join(f"{name} {count} ({100 * count / total:.1f} %)" for name, count in counts.items())


if __name__ == "__main__":
    main()
