"""Comparing rounds at national size: the same counts as in SQL, how long it takes, and how much memory.

    python bench/rounds.py FOLDER [ROWS]

FOLDER holds rounds as `lpa_YEAR.csv` (province, district, kind, name, status_side44); ROWS is the size of an invented
pair, 1,000,000 if not given. Each measurement is a process of its own, so that the memory is that of one.
"""

import csv
import datetime as dt
import itertools
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from models.annex import AnnexShape, BodyKind, BodyRef, Status
from models.snapshot import Place, Snapshot, SnapshotRow
from rounds.diff import compare

STATUSES = {"ผ่าน": Status.COMPLETE, "ไม่ผ่าน": Status.INCOMPLETE, "ไม่มีข้อมูล": Status.NOT_STARTED}
KINDS = {kind.value: kind for kind in BodyKind}


def national(path: Path) -> Snapshot:
    """Return one published round as a snapshot; its rows know no codes, only what the list says."""
    with path.open(encoding="utf-8-sig") as stream:
        rows = [_row(number, row) for number, row in enumerate(csv.DictReader(stream), start=1)]
    as_of = dt.date(int(path.stem[-4:]) - 543, 12, 31)
    return _snapshot(rows, as_of)


def invented(size: int, as_of: dt.date, *, later: bool) -> Snapshot:
    """Return a round of so many bodies; in the later one every tenth has another status and every 5,000th is gone."""
    rows = []
    for number in range(size):
        if later and number % 5000 == 0:
            continue
        status = Status.COMPLETE if later and number % 10 == 0 else Status.INCOMPLETE
        body = BodyRef.model_construct(kind=BodyKind.SAO, name=f"บ้าน{number}", code=None)
        place = Place.model_construct(document="", page=None, box=None, raw="")
        rows.append(
            SnapshotRow.model_construct(
                sequence=number, province=f"จ{number % 77}", district=f"อ{number % 9000}", body=body, label=body.label,
                status=status, remark="", remark_years=(), values={}, review=(), place=place,
            )
        )  # fmt: skip
    return _snapshot(rows, as_of)


def _row(number: int, row: dict[str, str]) -> SnapshotRow:
    body = BodyRef(kind=KINDS.get(row["kind"], BodyKind.SPECIAL), name=row["name"])
    return SnapshotRow(
        sequence=number,
        province=row["province"],
        district=row["district"],
        body=body,
        label=body.label,
        status=STATUSES.get(row["status_side44"]),
        remark="",
        place=Place(document="", raw=body.label),
    )


def _snapshot(rows: list[SnapshotRow], as_of: dt.date) -> Snapshot:
    return Snapshot.model_construct(
        key=str(as_of), series="s", title="", province=None, shape=AnnexShape.MARKS, as_of=as_of, document=str(as_of),
        annex=0, version=1, columns=(), rows=tuple(rows), totals={}, deadline=None, blocked_by=(),
    )  # fmt: skip


def measure(before: Snapshot, after: Snapshot) -> dict[str, object]:
    """Return the counts of one comparison, its seconds, and the most memory that the process has held."""
    began = time.perf_counter()
    comparison = compare(before, after)
    seconds = time.perf_counter() - began
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"counts": dict(comparison.counts), "seconds": round(seconds, 2), "MB": round(most)}


def one(arguments: list[str]) -> None:
    """Measure one pair in this process and print it as JSON, with what SQL makes of it where that is asked for."""
    if arguments[0] == "invented":
        size = int(arguments[1])
        pair = [invented(size, dt.date(2024, 1, day), later=day == 2) for day in (1, 2)]
        print(json.dumps(measure(*pair)))
        return
    pair = [national(Path(each)) for each in arguments]
    found = measure(*pair)
    from bench.rounds_sql import counts

    print(json.dumps({**found, "sql": counts(*(each.rows for each in pair))}))


def main(arguments: list[str]) -> int:
    """Print a line a pair; the exit status is 1 where the counts differ."""
    folder, size = Path(arguments[0]), int(arguments[1]) if len(arguments) > 1 else 1_000_000
    files = sorted(folder.glob("lpa_*.csv"))
    pairs = [[str(a), str(b)] for a, b in itertools.pairwise(files)]
    pairs.append([str(files[0]), str(files[-1])])
    wrong = 0
    for pair in [*pairs, ["invented", str(size)]]:
        done = subprocess.run(  # noqa: S603 - this very script
            [sys.executable, __file__, "--one", *pair], capture_output=True, text=True, check=True
        )
        found = json.loads(done.stdout)
        agrees = "" if "sql" not in found else "equals SQL" if found["sql"] == found["counts"] else "DIFFERS"
        wrong += agrees == "DIFFERS"
        name = " → ".join(Path(each).stem for each in pair)
        print(f"{name}: {found['seconds']} s, {found['MB']} MB, {found['counts']} {agrees}")
        if agrees == "DIFFERS":
            print(f"    SQL: {found['sql']}")
    return 1 if wrong else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2:])
    else:
        sys.exit(main(sys.argv[1:]))
