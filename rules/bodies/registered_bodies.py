"""The bodies of an annex beside those that the register has for its province and day."""

import datetime as dt
from collections.abc import Iterator

from models.annex import Annex, ColumnKind
from models.register import Body
from rules.engine.declaration import Case, Observation, could_not_run
from rules.engine.messages import quote
from rules.engine.record_paths import annexes, columns, letter_date, letters


def with_bodies(case: Case) -> Iterator[tuple[str, Annex]]:
    """Yield the annexes that have rows with a body each."""
    for path, annex in annexes(case):
        if annex.rows and columns(annex, ColumnKind.BODY):
            yield path, annex


def bare(text: str) -> str:
    """Return a name without spaces, whose number is chance."""
    return "".join(text.split())


def find_data_day(case: Case, annex: Annex) -> dt.date | None:
    """Return the day of an annex's data, else that of the latest letter it came with."""
    if annex.as_of.value is not None:
        return annex.as_of.value
    dated = [found[0] for path, _ in letters(case) if (found := letter_date(case, path)) is not None]
    return max(dated, default=None)


def registered_bodies(case: Case, annex: Annex) -> tuple[Body, ...]:
    """Return the bodies of the annex's province on its day."""
    if annex.province.value is None:
        return ()
    return case.register.find_bodies(annex.province.value, find_data_day(case, annex))


def covers_all(case: Case, annex: Annex, registered: tuple[Body, ...]) -> bool:
    """Whether an annex is of all bodies of its province, not of a choice; one cut short is found by other rules."""
    return len(annex.rows) >= case.settings.register_share * len(registered)


def no_register(path: str, annex: Annex) -> Observation:
    """Say that the register has nothing to hold an annex against."""
    province = annex.province.value or annex.province.raw
    named = quote(province) if province else ""
    return could_not_run(
        f"ไม่ทราบจังหวัดของตาราง หรือไม่มีจังหวัดนี้ในทะเบียน {named}".rstrip(),
        f"the province of the table is not known, or is not in the register {named}".rstrip(),
        [f"{path}.province"],
    )
