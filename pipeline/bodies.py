"""Changes of bodies that an office knows of: from its table into its own ledger, beside the shipped register."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from core.errors import UsageError
from core.settings import Settings
from gazetteer.changes import FIELDS
from gazetteer.facts import Fault, as_row, read_facts
from gazetteer.register import load, own_changes, with_changes
from ingest.sheets import read_rows
from models.register import BodyChange


@dataclass(frozen=True, slots=True)
class Update:
    """What a table of changes would do, or did.

    Attributes:
        added: The changes that are new, with the keys of their bodies.
        known: How many the ledger has already.
        faults: Why lines cannot be taken; with any, nothing is.
    """

    added: tuple[BodyChange, ...]
    known: int
    faults: tuple[Fault, ...]


def update_bodies(path: Path, settings: Settings, *, check: bool = False) -> Update:
    """Add the changes of a table (`gazetteer.facts`) to the office's own ledger, all or none.

    Args:
        path: CSV or XLSX.
        settings: Name the ledger, which is made where there is none.
        check: Judge the table and write nothing.

    Raises:
        core.errors.InputError: The table cannot be read.
        UsageError: The ledger cannot be read or written.
    """
    earlier = own_changes(settings.bodies)
    lines, faults = read_facts(read_rows(path, settings.limits))
    register, misfits = load(settings.bodies), list[Fault]()
    fresh = list[BodyChange]()
    # Each line is judged with those before it in time, and told from those that the ledger has by what it came to.
    for number, change in sorted(lines, key=lambda line: line[1].effective.toordinal() if line[1].effective else 0):
        if any(_same(change, each) for each in (*earlier, *fresh)):
            continue
        register, applied, found = with_changes(register, [(number, change)])
        fresh.extend(applied)
        misfits.extend(found)
    update = Update(tuple(fresh), len(lines) - len(fresh) - len(misfits), (*faults, *misfits))
    if fresh and not update.faults and not check:
        _write(settings.bodies, (*earlier, *fresh))
    return update


def _same(line: BodyChange, known: BodyChange) -> bool:
    """Whether a line tells what the ledger has, with the keys of its bodies or without."""
    return _keyless(line) == _keyless(known)


def _keyless(change: BodyChange) -> tuple[object, ...]:
    before, after = change.before, change.after
    sides = before.label if before else None, after.label if after else None
    places = change.before_district, change.after_district
    return (change.change, change.province, change.effective, *sides, *places)


def _write(path: Path, changes: tuple[BodyChange, ...]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([FIELDS, *map(as_row, changes)])
    written = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        written.write_text(text.getvalue(), "utf-8")
        written.replace(path)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from error
