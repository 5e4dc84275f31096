"""The rules over whole rounds of the country, and over papers without fault: time, totals, and false alarms.

    python bench/rules.py FOLDER            four national rounds, then 608 papers
    python bench/rules.py FOLDER --papers 0

FOLDER holds rounds as `lpa_YEAR.csv` and the official totals of each as `meta.json`. A round goes the whole way of
`saraban import`: an annex a province, reconciled with the register, held against the rules, frozen, stored. A paper is
invented: a letter with an annex of all bodies of a province, as they stood in a year, with marks, remarks and totals.
The exit status is 1 where a total differs, or a paper without fault raises an error.
"""

import argparse
import datetime as dt
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from core.progress import NullProgress
from core.settings import Settings
from gazetteer.register import load
from ingest.recognition.tesseract import TesseractRecognizer
from models.annex import Status
from models.document import Document
from models.finding import Finding, Outcome
from models.table_facts import GivenDay, TableFacts
from pipeline.importing import Result, import_files
from store.archive import Archive
from tests.paper import build_paper

NOBODY = TesseractRecognizer("none", Path("/nonexistent"), "no engine")
"""No picture is read here."""
YEARS = (2019, 2021, 2023, 2025)
"""Years that papers are of: the register of each is another one."""


def violations(document: Document) -> list[Finding]:
    """Return what is violated in a document."""
    return [finding for finding in document.findings if finding.outcome is Outcome.VIOLATED]


def count_totals(document: Document) -> dict[str, int]:
    """Return how many bodies a round has, and how many of them passed and failed."""
    counts = Counter(row.status.value for annex in document.annexes for row in annex.rows)
    return {
        "total_lpa": counts.total(),
        "lpa_side_pass": counts[Status.COMPLETE],
        "lpa_side_fail": counts[Status.INCOMPLETE],
    }


def rounds(folder: Path) -> bool:
    """Import every round, print a line each, and return whether all totals are the official ones."""
    meta = json.loads((folder / "meta.json").read_text("utf-8"))
    official = {each["year"]: each for each in meta["countrySummaries"]}
    right, began = True, time.process_time()
    with tempfile.TemporaryDirectory() as scratch, Archive.open(Path(scratch) / "archive") as archive:
        for path in sorted(folder.glob("lpa_*.csv")):
            year, start = path.stem[-4:], time.process_time()
            facts = TableFacts(as_of=GivenDay(day=dt.date(int(year) - 543, 12, 31)))
            [outcome] = import_files([path], archive, Settings(jobs=1), NOBODY, NullProgress(), facts)
            document = archive.document(outcome.sha256 or "")
            if document is None or outcome.result is not Result.IMPORTED:
                raise SystemExit(f"{path}: the same round twice")
            seconds, found = time.process_time() - start, count_totals(document)
            agrees = found == {name: official[int(year)][name] for name in found}
            right &= agrees
            rules = Counter(f"{finding.rule} {finding.severity}" for finding in violations(document))
            print(f"{year}: {len(document.annexes)} annexes, {found}, {'official' if agrees else 'DIFFERS'},", end=" ")
            print(f"{seconds:.1f} CPU seconds, {dict(rules)}", flush=True)
            for finding in violations(document):
                if finding.rule == "O02":
                    print(f"    {finding.message.en}")
    print(f"all rounds: {time.process_time() - began:.1f} CPU seconds")
    return right


def papers(count: int) -> bool:
    """Read so many papers, print what they raise, and return whether none raises an error."""
    alarms: Counter[str] = Counter()
    wrong, began = 0, time.process_time()
    with tempfile.TemporaryDirectory() as scratch:
        for (province, year, seed), _ in zip(_each_paper(), range(count), strict=False):
            found = violations(build_paper(province, seed, year).read(Path(scratch)))
            alarms.update(f"{finding.rule} {finding.severity}" for finding in found)
            errors = [finding for finding in found if finding.severity == "error"]
            wrong += bool(errors)
            for finding in errors:
                print(f"    {province} {year}: {finding.rule} {finding.message.en}")
    seconds = time.process_time() - began
    print(f"{count} papers: {wrong} with an error, {dict(alarms)}, {seconds:.1f} CPU seconds")
    return wrong == 0


def _each_paper() -> Iterator[tuple[str, int, int]]:
    register, seed = load(), 0
    provinces = [name for name in register.provinces if register.find_bodies(name)]
    while True:
        yield from ((province, year, seed) for year in YEARS for province in provinces)
        seed += 1


def main() -> int:
    """Measure both; the exit status is 1 where something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--papers", type=int, default=608)
    arguments = parser.parse_args()
    return 0 if all([rounds(arguments.folder), papers(arguments.papers)]) else 1


if __name__ == "__main__":
    sys.exit(main())
