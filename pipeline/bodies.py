"""Changes of bodies that an office knows of: from its table into its own ledger, beside the shipped register."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from core.errors import UsageError
from core.settings import Settings
from gazetteer.inferred_changes import FIELDS
from gazetteer.ledger_rows import Fault, as_row, read_facts
from gazetteer.register import load, own_changes, with_changes
from ingest.sources.spreadsheet import read_rows
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
    """Add the changes of a table (`gazetteer.ledger_rows`) to the office's own ledger, all or none.

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
    fresh: dict[tuple[object, ...], tuple[int, BodyChange]] = {}
    told = {_keyless(change) for change in earlier}
    for number, change in lines:
        if _keyless(change) not in told:
            fresh.setdefault(_keyless(change), (number, change))
    # All are judged together in the order of time, as they will be whenever the register is loaded.
    _, applied, misfits = with_changes(load(), [*((0, change) for change in earlier), *fresh.values()])
    changes = tuple(change for _, change in applied)
    added = tuple(change for number, change in applied if number)
    update = Update(added, len(lines) - len(fresh), (*faults, *misfits))
    if added and not update.faults and not check:
        _write(settings.bodies, changes)
    return update


def _keyless(change: BodyChange) -> tuple[object, ...]:
    """Return what a line tells, whether it names the keys of its bodies or not."""
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
        raise UsageError.from_system(path, error) from error
