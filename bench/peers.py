"""Saraban beside what one would otherwise run, on the same pages: right, wrong, silently wrong, and CPU seconds.

    python bench/peers.py fixtures shapes digital --python PEERS/bin/python --keep FOLDER
    python bench/peers.py annexes --faces FACES --rounds ROUNDS …     one typeset annex of each style of `tables.py`
    python bench/peers.py letters --table headers.tsv …               real letters that one keeps oneself

PEERS is a virtual environment with `pip install ocrmypdf img2table pdfplumber`; FOLDER keeps what each tool said, so
that it is scored again without running it. Header fields are taken from a peer's text by `peer_fields`, rows from its
tables by `grids`, or from the wide gaps in its lines where it gave no table. A peer has no review: what it says wrongly
is silent. What it does not say at all (a field, all rows of a document) is *missing*, for nobody is misled by it.
"""

import argparse
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.accuracy import judge
from bench.cost import cpu
from bench.grids import Cells, align, join_rows, marked_columns, parse_table, said, status_cells, wrong_cells
from bench.peer_cases import CASES, FIELDS, Case, page_count
from bench.peer_fields import fields
from core.settings import Settings
from ingest.recognition.tesseract import find_recognizer
from models.field import Field
from pipeline.reading import build_recognizer, read_document

ROOT = Path(__file__).parent.parent
TOOLS = ("saraban", "tesseract", "ocrmypdf", "img2table", "pdfplumber")
Score = Counter[str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a tool said: header fields by page, rows with whether it asks to look at them, and what that took."""

    letters: dict[int, dict[str, Field[Any]]]
    rows: list[tuple[Cells, bool]]
    loss_told: bool
    pages: int
    cpu_seconds: float


def main() -> None:
    """Run what is asked for and print a line for each set and tool."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", choices=list(CASES))
    parser.add_argument("--tools", default=",".join(TOOLS), help="NAME, or NAME+saraban for it with our recognizer")
    parser.add_argument("--python", type=Path, default=Path(sys.executable), help="interpreter that has the peers")
    parser.add_argument("--keep", type=Path, required=True, help="folder for what the tools said, and for annexes")
    parser.add_argument("--faces", type=Path)
    parser.add_argument("--rounds", type=Path)
    parser.add_argument("--table", type=Path, help="headers.tsv, its letters beside it")
    parser.add_argument("--misses", action="store_true", help="print what each tool said wrongly")
    arguments = parser.parse_args()
    arguments.keep.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    settings = Settings()
    read_document(ROOT / "fixtures/shapes/names.tif", settings, build_recognizer(settings))  # warm up
    for name in arguments.sets:
        cases = list(CASES[name](arguments))
        for tool in arguments.tools.split(","):
            # text that is there needs no OCR, and scans have none
            if tool != "saraban" and (tool == "pdfplumber") != (name == "digital"):
                continue
            score, pages, spent = Counter[str](), 0, 0.0
            for case in cases:
                answer = _ours(case, settings) if tool == "saraban" else _peer(tool, case, arguments)
                for verdict, what in judged(case, answer, silent=tool != "saraban"):
                    score[verdict] += 1
                    if arguments.misses and not verdict.endswith("right"):
                        print(f"  {tool} {case.file.name} {verdict}: {what}")
                pages, spent = pages + answer.pages, spent + answer.cpu_seconds
            print(f"{name} | {tool} | {_line(score)} | {spent / max(pages, 1):.2f} s/page", flush=True)


def judged(case: Case, answer: Answer, *, silent: bool) -> Iterator[tuple[str, str]]:
    """Return a verdict for each field, row and cell.

    Args:
        case: What was printed.
        answer: What was said.
        silent: Whether the tool has no way to ask for review.
    """
    for page, wanted in case.letters.items():
        got = answer.letters.get(page, {})
        for name in FIELDS:
            value = got.get(name, Field[Any]())
            verdict = judge(value, wanted[name] or None)
            missing = verdict != "right" and value.value is None
            yield f"field {'missing' if missing else verdict}", f"{name} {value.value!s:.60} ≠ {wanted[name]!s:.60}"
    marks = marked_columns(case.rows)
    for index, at in align(case.rows, [cells for cells, _ in answer.rows]):
        if index is None and at is not None:
            cells, doubted = answer.rows[at]
            if any(c.isdigit() for c in cells[0]):
                yield f"row invented{'' if doubted or answer.loss_told else ', silent'}", " ".join(cells)
        elif at is None and index is not None:
            told = answer.loss_told or not answer.rows
            yield ("row missing" if not answer.rows else f"row lost{'' if told else ', silent'}"), str(index + 1)
        elif at is not None and index is not None:
            cells, doubted = answer.rows[at]
            printed = case.rows[index]
            wrong = wrong_cells(printed, cells, marks)
            for column in sorted(set(range(len(printed))) - set(wrong)):
                yield f"{'mark' if column in marks else 'cell'} right", ""
            verdict = "right" if not wrong else "silent" if silent or not doubted else "flagged"
            yield f"row {verdict}", f"{index + 1}: " + "; ".join(f"{cells[c : c + 1]} ≠ {printed[c]}" for c in wrong)


def _ours(case: Case, settings: Settings) -> Answer:
    before = cpu()
    document = read_document(case.file, settings, build_recognizer(settings))
    spent = cpu() - before
    letters = {letter.pages[0] - 1: {name: getattr(letter, name) for name in FIELDS} for letter in document.letters}
    if case.first_page and document.letters:
        letters = {0: letters[min(letters)]}
    rows = [
        (cells[: len(case.rows[0])], bool(row.review))
        for annex in document.annexes
        for row, cells in zip(annex.rows, map(status_cells, annex.rows) if case.bodies else said(annex), strict=True)
        if case.rows
    ]
    told = any(issue.code == "annex.sequence_gap" for issue in document.issues)
    return Answer(letters, rows, told, len(document.pages), spent)


def _peer(tool: str, case: Case, arguments: argparse.Namespace) -> Answer:
    kept = arguments.keep / f"{tool}-{case.file.parent.name}-{case.file.name}.json"
    if not kept.exists():
        name, _, model = tool.partition("+")
        ours = ["--model", model, "--tessdata", str(find_recognizer(model).tessdata)] if model else []
        first = ["--pages", "1"] if case.first_page else []
        script = Path(__file__).with_name("peer_tools.py")
        command = [str(arguments.python), str(script), name, str(case.file), *ours, *first]
        run = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 - our own words
        if run.returncode:
            sys.exit(run.stderr.strip().splitlines()[-1])
        # one of them has its Tesseract announce itself on standard output
        kept.write_text(run.stdout.splitlines()[-1], encoding="utf-8")
        print(f"  {json.loads(kept.read_text('utf-8'))['versions']} {case.file.name}", file=sys.stderr, flush=True)
    said_by = json.loads(kept.read_text("utf-8"))
    pages: list[str] = said_by["pages"]
    letters = {
        page: {name: Field[Any](value=value) for name, value in fields(pages[page]).items()}
        for page in case.letters
        if page < len(pages)
    }
    columns = len(case.rows[0]) - (not case.remarks) if case.rows else 0
    tables = said_by["tables"] or [parse_table(page, columns - case.headed) for page in pages]
    rows = [(row if case.remarks else (*row, ""), False) for row in join_rows(tables, columns, headed=case.headed)]
    return Answer(
        letters,
        rows if case.rows else [],
        False,
        1 if case.first_page else page_count(case.file),
        said_by["cpu_seconds"],
    )


def _line(score: Score) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(score.items()))


if __name__ == "__main__":
    main()
