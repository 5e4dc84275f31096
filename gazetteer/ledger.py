"""The ledger of changes: the shipped one, and the office's own beside it, which holds where both tell of one change."""

from collections.abc import Iterator, Sequence

from gazetteer import ledger_rows
from models.change import Succession
from models.register import BodyChange


def load(own: Sequence[BodyChange] = ()) -> tuple[BodyChange, ...]:
    """Return the ledger: the office's own changes (`register.own_changes`), then the shipped ones."""
    told = {_pair(line) for line in own}
    return (*own, *(line for line in ledger_rows.shipped() if _pair(line) not in told))


def successions(own: Sequence[BodyChange] = ()) -> tuple[Succession, ...]:
    """Return the lines that tell what one body became, as rounds are compared by."""
    return tuple(
        Succession(
            province=line.province,
            before=line.before,
            after=line.after,
            before_district=line.before_district,
            after_district=line.after_district,
            effective=line.effective,
            source=line.source,
        )
        for line in load(own)
        if line.before is not None and line.after is not None
    )


def history(code: str, own: Sequence[BodyChange] = ()) -> Iterator[BodyChange]:
    """Yield the changes that led to a body or from it, by its key, earlier bodies first."""
    yield from _history(code, load(own))


def _history(code: str, lines: Sequence[BodyChange]) -> Iterator[BodyChange]:
    for line in lines:
        if line.after is not None and line.after.code == code:
            earlier = line.before.code if line.before is not None else None
            if earlier and earlier != code:
                yield from (each for each in _history(earlier, lines) if each.after and each.after.code == earlier)
            yield line
    for line in lines:
        if line.before is not None and line.before.code == code and (line.after is None or line.after.code != code):
            yield line


def _pair(line: BodyChange) -> tuple[str, str | None, str | None, str | None, str | None]:
    before, after = line.before, line.after
    places = line.before_district, line.after_district
    return (line.province, before.label if before else None, after.label if after else None, *places)
