"""Two archives compared to the row and to the byte of the originals, times of the import aside."""

import hashlib
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Final

from store.schema import metadata

_NOT_COMPARED: Final = frozenset(
    (
        "id",
        "attempts",
        "imported_at",
        "first_seen",
        "read_at",
        "frozen_at",
        "chosen_at",
        "given_at",
        "first_at",
        "last_at",
    )
)
"""Columns that tell when or how often, or count up."""


def count_rows(folder: Path) -> dict[str, Counter[str]]:
    """Return the rows of each table of an archive, and its originals, by digest."""
    with sqlite3.connect(f"file:{folder / 'saraban.db'}?mode=ro", uri=True) as database:
        found = {
            table.name: Counter(
                hashlib.sha256(repr(row).encode()).hexdigest()
                for row in database.execute(_select(table.name, [column.name for column in table.columns]))
            )
            for table in metadata.sorted_tables
        }
    database.close()
    originals = (path for path in (folder / "originals").rglob("*") if path.is_file())
    found["originals"] = Counter(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in originals)
    return found


def list_read(folder: Path) -> set[str]:
    """Return the SHA-256 of the documents that were read whole; the others are tried again at every import."""
    with sqlite3.connect(f"file:{folder / 'saraban.db'}?mode=ro", uri=True) as database:
        found = database.execute("SELECT sha256 FROM documents WHERE status NOT IN ('failed', 'partial')").fetchall()
    database.close()
    return {sha for (sha,) in found}


def compare(first: Path, second: Path) -> dict[str, tuple[int, int, int]]:
    """Return of each table that differs how many rows are in both, in the first alone, and in the second alone."""
    ours, theirs = count_rows(first), count_rows(second)
    return {
        name: ((rows & theirs[name]).total(), (rows - theirs[name]).total(), (theirs[name] - rows).total())
        for name, rows in ours.items()
        if rows != theirs[name]
    }


def _select(table: str, columns: list[str]) -> str:
    kept = ", ".join(f'"{column}"' for column in columns if column not in _NOT_COMPARED)
    return f'SELECT {kept} FROM "{table}"'  # noqa: S608 - names of our own schema
