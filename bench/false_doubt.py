"""How often does a record ask for what is right: the price of nothing being silent.

    python bench/false_doubt.py                       read the office fixtures and the typeset annexes
    python bench/false_doubt.py --records FOLDER      take what `saraban read` wrote of them: round1_office-200.pdf.json

Of rows and of letter fields that are as printed, those with a review code are counted, and the codes. What a value
stands on a line of its own is not: a document that asks for its stamp asks once.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.accuracy import judge, letter_fields, wrong_parts
from bench.grids import align, marked_columns, said, wrong_cells
from core.settings import Settings
from models.annex import Row
from models.document import Document
from models.field import Field
from pipeline.reading import build_recognizer, read_document

FIXTURES: Final = Path(__file__).parent.parent / "fixtures"
MOST: Final = {"rows": 0.03, "letter fields": 0.10}
"""Shares of right rows and right letter fields that may ask, so that people go on looking at what asks."""


def main() -> None:
    """Print, file by file and in all, how much that is right asks, and why."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=Path, help="folder of records that were read before")
    parser.add_argument("--only", default="", help="part of a file name")
    arguments = parser.parse_args()
    counts, reasons = Counter[str](), Counter[tuple[str, str]]()
    print("file | right rows that ask | right letter fields that ask")
    for path in sorted([*FIXTURES.glob("round?/*"), *FIXTURES.glob("shapes/*")]):
        if path.suffix not in (".pdf", ".tif") or arguments.only not in str(path):
            continue
        document = _load(path, arguments.records)
        if document is None:
            print(f"{path.parent.name}/{path.name} | no record")
            continue
        own = Counter[str]()
        for what, part, codes in find_right(document, path):
            own[what] += 1
            own[f"{what} that ask"] += bool(codes)
            reasons.update((what, f"{part}: {code}") for code in codes)
        counts += own
        print(f"{path.parent.name}/{path.name} | {_share(own, 'rows')} | {_share(own, 'letter fields')}", flush=True)
    print(f"all | {_share(counts, 'rows')} | {_share(counts, 'letter fields')}")
    for (what, reason), count in reasons.most_common():
        print(f"  {what}: {reason} {count}")
    sys.exit(any(counts[f"{what} that ask"] > most * counts[what] for what, most in MOST.items()))


def find_right(document: Document, path: Path) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield all that was read as it was printed: rows or letter fields, which part, and the codes it asks with.

    Args:
        document: What was read.
        path: The fixture, its truth beside it.
    """
    truth = json.loads((path.parent / "truth.json").read_text("utf-8"))
    if path.parent.name == "shapes":
        yield from _right_shape_rows(document, truth[path.stem])
        return
    for letter, wanted in zip(document.letters, truth["letters"], strict=False):
        for name, field, value in letter_fields(letter, wanted):
            if judge(field, value) == "right":
                yield "letter fields", name.partition("[")[0], field.review
    for annex, wanted in zip(document.annexes, truth["annexes"], strict=False):
        for row, right in zip(annex.rows, wanted["rows"], strict=False):
            if not wrong_parts(row, right):
                yield "rows", _doubted_part(row), row.review


def _right_shape_rows(document: Document, truth: dict[str, Any]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    printed = [tuple(row) for row in truth["rows"]]
    rows = [row for annex in document.annexes for row in annex.rows]
    cells = [row for annex in document.annexes for row in said(annex)]
    marks = marked_columns(printed)
    for index, at in align(printed, cells):
        if index is not None and at is not None and not wrong_cells(printed[index], cells[at], marks):
            yield "rows", _doubted_part(rows[at]), rows[at].review


def _doubted_part(row: Row) -> str:
    """Return which parts of a row ask."""
    parts: dict[str, Field[Any]] = {name: getattr(row, name) for name in ("sequence", "district", "body", "status")}
    parts |= {"remark": row.remark, "cell": next((cell for cell in row.cells.values() if cell.review), Field())}
    return "+".join(name for name, field in parts.items() if field.review) or "row"


def _load(path: Path, records: Path | None) -> Document | None:
    if records is None:
        settings = Settings()
        return read_document(path, settings, build_recognizer(settings))
    file = records / f"{path.parent.name}_{path.name}.json"
    return Document.model_validate_json(file.read_text("utf-8")) if file.is_file() else None


def _share(counts: Counter[str], what: str) -> str:
    asking, whole = counts[f"{what} that ask"], counts[what]
    return f"{asking} of {whole} ({asking / whole:.1%})" if whole else "–"


if __name__ == "__main__":
    main()
