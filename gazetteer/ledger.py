"""The shipped ledger of changes: bodies that were raised in status, merged, renamed or moved, with sources."""

import csv
import datetime as dt
import functools
from collections.abc import Iterator
from importlib import resources

from models.annex import BodyKind, BodyRef
from models.change import Succession


@functools.cache
def load() -> tuple[Succession, ...]:
    """Return the ledger, changes with a known day first."""
    text = (resources.files("gazetteer") / "data" / "ledger.csv").read_text(encoding="utf-8")
    return tuple(_succession(row) for row in csv.DictReader(text.splitlines()))


def history(code: str) -> Iterator[Succession]:
    """Yield the changes that led to a body or from it, by its key, earlier bodies first."""
    lines = load()
    for line in lines:
        if line.after.code == code:
            if line.before.code and line.before.code != code:
                yield from (each for each in history(line.before.code) if each.after.code == line.before.code)
            yield line
    yield from (line for line in lines if line.before.code == code and line.after.code != code)


def _succession(row: dict[str, str]) -> Succession:
    def body(side: str) -> BodyRef:
        kind, code = BodyKind(row[f"{side}_kind"]), row[f"{side}_code"] or None
        return BodyRef(kind=kind, name=row[f"{side}_name"], code=code)

    return Succession(
        province=row["province"],
        before=body("before"),
        after=body("after"),
        before_district=row["before_district"],
        after_district=row["after_district"],
        effective=dt.date.fromisoformat(row["effective"]) if row["effective"] else None,
        source=row["source"],
    )
