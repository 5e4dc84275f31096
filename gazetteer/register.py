"""The shipped register, loaded."""

import csv
import datetime as dt
import functools
import hashlib
from collections.abc import Iterator
from importlib import resources

from models.annex import BodyKind
from models.register import Body, LetterCode, Register

_BANGKOK = "กรุงเทพมหานคร"


@functools.cache
def load() -> Register:
    """Return the register that ships with the package: every body, its districts, and the letter codes."""
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
