"""The register, loaded: the shipped one, and with it the changes that an office knows of itself."""

import csv
import datetime as dt
import functools
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib import resources
from pathlib import Path

from core.errors import UsageError
from core.fingerprint import fingerprint
from gazetteer.body_changes import apply
from gazetteer.ledger_rows import FactError, Fault, as_row, read_facts
from models.annex import BodyKind
from models.register import Body, BodyChange, LetterCode, Register

_BANGKOK = "กรุงเทพมหานคร"


def load(own: Path | None = None) -> Register:
    """Return the register: every body at all times, its districts, and the letter codes.

    Args:
        own: The office's own ledger of changes beside the shipped one; no file there means no changes.

    Raises:
        UsageError: The ledger cannot be read, or a line of it does not fit the register.
    """
    if own is None or not own.is_file():
        return _shipped()
    return _with_own(own, own.stat().st_mtime_ns)[0]


def own_changes(own: Path | None) -> tuple[BodyChange, ...]:
    """Return the office's own changes, earliest first, as they are in force in `load`.

    Raises:
        UsageError: As `load`.
    """
    return () if own is None or not own.is_file() else _with_own(own, own.stat().st_mtime_ns)[1]


def with_changes(
    register: Register, lines: Iterable[tuple[int, BodyChange]]
) -> tuple[Register, list[tuple[int, BodyChange]], list[Fault]]:
    """Return a register with dated changes, the earliest first; the changes as applied; and why lines do not fit.

    Args:
        register: As it stands without them.
        lines: The changes, each with the number that it is told by.
    """
    bodies = register.bodies
    applied: list[tuple[int, BodyChange]] = []
    faults: list[Fault] = []
    for number, change in sorted(lines, key=lambda line: line[1].effective or dt.date.min):
        try:
            bodies, done = apply(bodies, change, register.districts)
        except FactError as error:
            faults.append(Fault(number, error.message))
        else:
            applied.append((number, done))
    told = fingerprint(*(field for _, change in applied for field in as_row(change)))[:8]
    version = f"{register.version}+{told}" if applied else register.version
    return replace(register, bodies=bodies, version=version, _by_province={}), applied, faults


@functools.lru_cache(maxsize=2)
def _with_own(own: Path, _modified: int) -> tuple[Register, tuple[BodyChange, ...]]:
    try:
        rows = list(csv.reader(own.read_text("utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{own}: {error}") from error
    lines, faults = read_facts(rows) if rows else ([], [])
    register, applied, misfits = with_changes(_shipped(), lines)
    for fault in (*faults, *misfits):
        raise UsageError(f"{own}:{fault.line}: {fault.message.th}", f"{own}:{fault.line}: {fault.message.en}")
    return register, tuple(change for _, change in applied)


@functools.cache
def _shipped() -> Register:
    # the table is our own and tested; validating 7,886 records again would double the time to load it
    bodies = tuple(
        Body.model_construct(
            code=row["code"],
            kind=BodyKind(row["kind"]),
            name=row["name"],
            province=row["province"],
            district=row["district"],
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
        )
        for row in _rows("bodies.csv")
    )
    districts: dict[str, dict[str, None]] = {_BANGKOK: {}}
    for body in bodies:
        districts.setdefault(body.province, {}).setdefault(body.district)
    codes: dict[str, list[LetterCode]] = {}
    for row in _rows("letter_codes.csv"):
        codes.setdefault(row["code"], []).append(LetterCode(code=row["code"], name=row["name"], kind=row["kind"]))
    return Register(
        bodies=bodies,
        districts={province: tuple(names) for province, names in districts.items()},
        letter_codes={code: tuple(owners) for code, owners in codes.items()},
        version=_version(),
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = (resources.files("gazetteer") / "data" / name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _version() -> str:
    data = resources.files("gazetteer") / "data"
    digest = hashlib.sha256(b"".join((data / name).read_bytes() for name in ("bodies.csv", "letter_codes.csv")))
    return digest.hexdigest()[:8]
