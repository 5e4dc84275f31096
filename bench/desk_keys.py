"""An archive of letters cleared by keys alone, in a real browser: how many presses a doubt takes, and what it ends in.

    saraban import FOLDER/letters/*.jpg --archive ARCHIVE
    python -m bench.desk_keys ARCHIVE FOLDER/headers.tsv [--chromium /usr/bin/chromium]

Works on a copy of the archive. Whoever presses the keys knows the header fields by heart (the table's) and takes
the shortest way to them that the page offers: Enter, a digit, or putting the text right in its place. What the table
does not tell is accepted as it stands, by a finding "the paper is indeed so".
"""

import argparse
import csv
import shutil
import statistics
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, sync_playwright

from bench.accuracy import judge
from bench.desk_pictures import serving
from core.errors import UsageError
from core.settings import Settings
from gazetteer.register import load
from models.decision import left_for_later
from models.document import Document, DocumentStatus
from models.doubt import Doubt, find_doubts
from models.record_path import get_field
from models.register import Register
from pipeline.deciding import history
from pipeline.questions import ask
from pipeline.typed_values import parse_value, to_json
from store.archive import Archive

COLUMNS: Final = {
    "number": ("number_arabic", "number_as_written"),
    "date": ("date_iso", "date_as_written"),
    "subject": ("subject", "subject"),
    "urgency": ("urgency", "urgency"),
    "issuer": ("issuer", "issuer"),
}
"""Columns of the table by field: the value, and how it is written."""
_MOST_ANSWERS: Final = 2_000
"""Answers after which something goes round in circles."""
_FRESH: Final = "() => document.querySelector('#desk') && !document.querySelector('#desk').dataset.old"
Truth = dict[str, dict[str, str]]
"""Rows of the table by file name."""


@dataclass(slots=True)
class Tally:
    """What was pressed.

    Attributes:
        presses: Keys of each answer.
        ways: How often each way was taken.
    """

    presses: list[int] = field(default_factory=list)
    ways: Counter[str] = field(default_factory=Counter)


def main() -> None:
    """Clear a copy of an archive, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("table", type=Path)
    parser.add_argument("--chromium", default=shutil.which("chromium") or "chromium")
    asked = parser.parse_args()
    with asked.table.open(encoding="utf-8") as stream:
        truth = {row["file"]: row for row in csv.DictReader(stream, delimiter="\t")}
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "archive"
        shutil.copytree(asked.archive, copy)
        settings = Settings(archive=copy)
        with Archive.open(copy) as archive, serving(archive, settings) as address, sync_playwright() as driver:
            print_score("before", archive, truth)
            browser = driver.chromium.launch(executable_path=asked.chromium, args=["--no-sandbox"])
            tally = clear(archive, truth, browser.new_page(), address)
            browser.close()
            print_score("after", archive, truth)
    pressed = sorted(tally.presses)
    print(f"{len(pressed)} answers: {', '.join(f'{way} {count}' for way, count in tally.ways.most_common())}")
    print(f"presses: median {statistics.median(pressed)}, most {pressed[-1]}, in all {sum(pressed)}")
    print(f"one press {sum(each == 1 for each in pressed)}, two or three {sum(1 < each <= 3 for each in pressed)}")


def clear(archive: Archive, truth: Truth, page: Page, address: str) -> Tally:
    """Answer every doubt by keys."""
    tally, register = Tally(), load()
    page.set_default_timeout(90_000)
    for summary in list(archive.iterate_documents()):
        page.goto(f"{address}/desk/{summary.sha256}")
        answered = -1
        for _ in range(_MOST_ANSWERS):
            document = archive.require_document(summary.sha256)
            held = [each for each in history(archive, summary.sha256) if not each.revoked]
            doubts = find_doubts(document, left_for_later(held))
            if not doubts:
                break
            if len(held) == answered:
                raise RuntimeError(f"{summary.name} {doubts[0].target}: {page.inner_text('#desk')}")
            answered = len(held)
            way, keys = choose_keys(archive, document, doubts[0], truth, register)
            tally.ways[way] += 1
            tally.presses.append(len(keys))
            page.evaluate("document.querySelector('#desk').dataset.old = 'yes'")
            for key in keys:
                press(page, key)
            try:
                page.wait_for_function(_FRESH)
            except PlaywrightError:
                print(
                    f"{document.source.name} {doubts[0].target}: {way} {keys} led nowhere: {page.inner_text('#desk')}"
                )
                raise
    return tally


def press(page: Page, key: str) -> None:
    """Press a key; a Thai letter goes in as the keyboard of its script would have it."""
    if len(key) == 1 and not key.isascii():
        page.keyboard.insert_text(key)
    else:
        page.keyboard.press(key)


def choose_keys(
    archive: Archive, document: Document, doubt: Doubt, truth: Truth, register: Register
) -> tuple[str, list[str]]:
    """Return the name of the way to answer a doubt, and its keys."""
    question = ask(archive, document, doubt, register)
    if doubt.rule is not None or question.field is None:
        return "the paper is so", ["1"]
    wanted = find_truth(document, doubt.path, truth)
    for number, choice in enumerate(question.choices, start=1):
        value = question.field.value if choice.confirms else _parse(document, doubt.path, choice.typed, register)
        if (wanted is None and choice.confirms) or (wanted is not None and _is_same(value, wanted[0])):
            is_default = choice.confirms and question.by_default
            return ("Enter", ["Enter"]) if is_default else ("a digit", [str(number)])
    if wanted is None or not wanted[0]:
        return "cannot be read", ["Delete"]
    forms = (wanted[1], wanted[0])
    typed = next((each for each in forms if _is_same(_parse(document, doubt.path, each, register), wanted[0])), None)
    return ("cannot be read", ["Delete"]) if typed is None else ("typed", _type_over(doubt, document, typed))


def find_truth(document: Document, path: str, truth: Truth) -> tuple[str, str] | None:
    """Return the right value of a field and how it is written; None where the table does not tell."""
    row, name = truth.get(document.source.name), path.removeprefix("letters[0].")
    if row is None or name not in COLUMNS:
        return None
    value, written = COLUMNS[name]
    return row[value], row[written]


def _type_over(doubt: Doubt, document: Document, text: str) -> list[str]:
    """Return the fewest keys that put a text in place of another: its end alone, or all of it."""
    from pipeline.value_text import edited_text

    found = get_field(document, doubt.path)
    before = edited_text(found.value if found else None)
    same = next((i for i, (a, b) in enumerate(zip(before, text, strict=False)) if a != b), min(len(before), len(text)))
    end = ["F2", *["Backspace"] * (len(before) - same), *text[same:], "Enter"]
    whole = ["F2", "Control+a", *text, "Enter"]
    return min(end, whole, key=len)


def _parse(document: Document, path: str, text: str, register: Register) -> object:
    try:
        return parse_value(document, path, text, register)
    except UsageError:
        return None


def _is_same(value: object, wanted: str) -> bool:
    said: Any = to_json(value)
    return "".join(str(said or "").split()) == "".join(wanted.split())


def print_score(when: str, archive: Archive, truth: Truth) -> None:
    """Print how many header fields are right, flagged or silently wrong, and how many documents are done."""
    score: Counter[str] = Counter()
    states: Counter[str] = Counter()
    for summary in archive.iterate_documents():
        states[summary.status.value] += 1
        document = archive.require_document(summary.sha256)
        row = truth.get(summary.name)
        if row is None or not document.letters:
            continue
        for name, (column, _) in COLUMNS.items():
            verdict = judge(getattr(document.letters[0], name), row[column] or None)
            score[verdict] += 1
            if when == "after" and verdict != "right":
                print(f"  {summary.name} {name}: {verdict}")
    done = states[DocumentStatus.OK.value]
    print(f"{when}: {dict(score)} of {score.total()} header fields; {done} of {states.total()} documents are ok")


if __name__ == "__main__":
    main()
