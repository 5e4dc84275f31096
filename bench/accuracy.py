"""How right, and how silently wrong: fields and rows of documents against their truth.

    python bench/accuracy.py fixtures                        our fixtures (typeset: synthetic)
    python bench/accuracy.py shapes                          one annex of each shape, scanned and born digital
    python bench/accuracy.py headers FOLDER/headers.tsv      real letters that one keeps oneself

A value is *right*, *flagged* (wrong or missing, and the record asks for review or says null) or *silent* (wrong, and
nothing says so). The third number is the one to live by.
"""

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.grids import align, bare, marked_columns, said, wrong_cells
from core.settings import Settings
from models.annex import Row
from models.document import Document
from models.field import Field
from models.letter import Letter
from pipeline.reading import build_recognizer, read_document
from thai.text import normalize

ROOT = Path(__file__).parent.parent
Score = Counter[str]


def main() -> None:
    """Read what is named and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["fixtures", "shapes", "headers"])
    parser.add_argument("table", nargs="?", type=Path, help="headers.tsv, its letters beside it")
    parser.add_argument("--only", default="", help="part of a file name")
    arguments = parser.parse_args()
    settings = Settings()
    if arguments.what == "fixtures":
        fixtures(settings, arguments.only)
    elif arguments.what == "shapes":
        shapes(settings, arguments.only)
    elif arguments.table is not None:
        headers(settings, arguments.table)


def fixtures(settings: Settings, only: str) -> None:
    """Score every PDF and TIFF of the two rounds."""
    print("file | letters: right flagged silent | rows: right flagged silent | totals | misses")
    for path in sorted((ROOT / "fixtures").glob("round?/*.*")):
        if path.suffix not in (".pdf", ".tif") or only not in str(path):
            continue
        truth = json.loads((path.parent / "truth.json").read_text("utf-8"))
        document = read_document(path, settings, build_recognizer(settings))
        letters, rows, misses = score_document(document, truth)
        totals = [(t.column, t.value.value) for a in document.annexes for t in a.totals]
        print(
            f"{path.parent.name}/{path.name} | {_line(letters)} | {_line(rows)} | {totals} | {'; '.join(misses)[:900]}"
        )


def score_document(document: Document, truth: dict[str, Any]) -> tuple[Score, Score, list[str]]:
    """Return the scores of letter fields and of rows, and what was missed."""
    letters, rows, misses = Counter[str](), Counter[str](), list[str]()
    for index, wanted in enumerate(truth["letters"]):
        if index >= len(document.letters):
            letters["silent"] += 1
            misses.append(f"letter {index + 1} is missing")
            continue
        for name, field, value in letter_fields(document.letters[index], wanted):
            verdict = judge(field, value)
            letters[verdict] += 1
            if verdict != "right":
                misses.append(f"L{index + 1} {name} {verdict}: {field.value!s:.60} ≠ {value!s:.60}")
    for index, wanted in enumerate(truth["annexes"]):
        annex = document.annexes[index] if index < len(document.annexes) else None
        if annex is None:
            rows["silent"] += len(wanted["rows"])
            misses.append("annex missing")
            continue
        if len(annex.rows) != len(wanted["rows"]):
            misses.append(f"{len(annex.rows)} rows ≠ {len(wanted['rows'])}")
            rows["silent"] += abs(len(wanted["rows"]) - len(annex.rows))
        for row, right in zip(annex.rows, wanted["rows"], strict=False):
            got = row_values(row)
            wrong = wrong_parts(row, right)
            verdict = "right" if not wrong else "flagged" if row.review else "silent"
            rows[verdict] += 1
            rows["right, asks review"] += int(not wrong and bool(row.review))
            if wrong:
                misses.append(f"row {right['sequence']} {verdict}: " + ", ".join(f"{k}={got[k]}" for k in wrong))
    return letters, rows, misses


def row_values(row: Row) -> dict[str, object]:
    """Return what is compared of a row of bodies."""
    return {
        "sequence": row.sequence.value,
        "district": row.district.value,
        "kind": row.body.value.kind.value if row.body.value else None,
        "name": row.body.value.name if row.body.value else None,
        "status": row.status.value.value if row.status.value else None,
        "remark": row.remark.value or "",
    }


def wrong_parts(row: Row, right: dict[str, Any]) -> list[str]:
    """Return which parts of a row of bodies are not as they were printed."""
    return [k for k, v in row_values(row).items() if v != (right[k] or "" if k == "remark" else right[k])]


def shapes(settings: Settings, only: str) -> None:
    """Score rows, cells, marks and totals of each shape of annex."""
    print("file | rows: right flagged silent | cells right | marks right | totals right | misses")
    truth = json.loads((ROOT / "fixtures/shapes/truth.json").read_text("utf-8"))
    for name in truth:
        for path in (ROOT / f"fixtures/shapes/{name}.tif", ROOT / f"fixtures/shapes/{name}.pdf"):
            if only in str(path):
                score, misses = score_shape(read_document(path, settings, build_recognizer(settings)), truth[name])
                shares = " | ".join(f"{score[f'{what} right']}/{score[what]}" for what in ("cells", "marks", "totals"))
                print(f"{path.name} | {_line(score)} | {shares} | {'; '.join(misses)[:900]}", flush=True)


def score_shape(document: Document, truth: dict[str, Any]) -> tuple[Score, list[str]]:
    """Return the score of an annex whose cells are known, and what was missed; lost rows are lost with all cells."""
    printed = [tuple(row) for row in truth["rows"]]
    rows = [row for annex in document.annexes for row in annex.rows]
    cells = [row for annex in document.annexes for row in said(annex)]
    marks, told = marked_columns(printed), any(issue.code == "annex.sequence_gap" for issue in document.issues)
    score, misses = Counter[str](), list[str]()
    for index, at in align(printed, cells):
        if index is not None:
            score["marks"] += len(marks)
            score["cells"] += len(printed[index]) - len(marks)
        if index is None or at is None:
            score["flagged" if told or (at is not None and rows[at].review) else "silent"] += 1
            misses.append(f"row lost: {printed[index]}" if index is not None else f"row invented: {cells[at or 0]}")
            continue
        wrong = wrong_cells(printed[index], cells[at], marks)
        score["marks right"] += len(marks - set(wrong))
        score["cells right"] += len(printed[index]) - len(marks) - len(set(wrong) - marks)
        score["right" if not wrong else "flagged" if rows[at].review else "silent"] += 1
        score["right, asks review"] += int(not wrong and bool(rows[at].review))
        misses += [f"row {index + 1} {cells[at][c : c + 1]} ≠ {printed[index][c]}" for c in wrong]
    totals = {t.column: t.value.raw or "" for annex in document.annexes for t in annex.totals}
    score["totals"] = len(truth["totals"])
    score["totals right"] = sum(bare(totals.get(c, "")) == bare(text) for c, text in truth["totals"].items())
    return score, misses


def judge(field: Field[Any], wanted: object) -> str:
    """Return `right`, `flagged` or `silent` for one field."""
    value = field.value
    if isinstance(value, str) and isinstance(wanted, str):
        same = _bare(value) == _bare(wanted)
    else:
        same = str(value) == str(wanted)
    if same or (value is None and wanted in (None, "")):
        return "right"
    return "flagged" if field.review or value is None else "silent"


def _bare(text: str) -> str:
    return "".join(normalize(text).split())


def letter_fields(letter: Letter, wanted: dict[str, Any]) -> Iterator[tuple[str, Field[Any], object]]:
    """Yield the name, the field and the right value of what is compared of a letter."""
    yield "urgency", letter.urgency, wanted["urgency"]
    yield "number", letter.number, wanted["number"]
    yield "date", letter.date, wanted["date"]
    yield "subject", letter.subject, wanted["subject"]
    yield "issuer", letter.issuer, wanted["issuer"]
    for name in ("references", "enclosures"):
        for index, right in enumerate(wanted[name]):
            found = getattr(letter, name)
            missing: Field[Any] = Field()
            yield f"{name}[{index}].number", found[index].number if index < len(found) else missing, right["number"]
            yield f"{name}[{index}].date", found[index].date if index < len(found) else missing, right["date"]
    for index, right in enumerate(wanted["deadlines"]):
        found_deadline = letter.deadlines[index].date if index < len(letter.deadlines) else Field[Any]()
        yield f"deadlines[{index}]", found_deadline, right["date"]


def headers(settings: Settings, table: Path) -> None:
    """Score the header fields of real letters."""
    scores: dict[str, Score] = {name: Counter() for name in ("number", "date", "subject", "urgency", "issuer")}
    with table.open(encoding="utf-8") as stream:
        wanted = list(csv.DictReader(stream, delimiter="\t"))
    for row in wanted:
        document = read_document(table.parent / "letters" / row["file"], settings, build_recognizer(settings))
        letter = document.letters[0] if document.letters else None
        for name, column in (
            ("number", "number_arabic"), ("date", "date_iso"), ("subject", "subject"), ("urgency", "urgency"),
            ("issuer", "issuer"),
        ):  # fmt: skip
            field: Field[Any] = getattr(letter, name) if letter is not None else Field()
            verdict = judge(field, row[column] or None)
            scores[name][verdict] += 1
            if name == "number":
                scores.setdefault(f"number, {row['number_printed_or_hand']}", Counter())[verdict] += 1
            if verdict != "right":
                print(f"  {row['file']} {name} {verdict}: {field.value!s:.90} ≠ {row[column]:.90} {field.review}")
    for name, score in scores.items():
        print(f"{name}: {_line(score)} of {score.total()}")


def _line(score: Score) -> str:
    return " ".join(f"{name} {score[name]}" for name in ("right", "flagged", "silent")) + (
        f" (right but asks review {score['right, asks review']})" if score["right, asks review"] else ""
    )


if __name__ == "__main__":
    main()
