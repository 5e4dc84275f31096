"""A change of a body → the register as it stands with it: what was ends on the day before, what is begins."""

import datetime as dt
from collections.abc import Mapping, Sequence

from gazetteer.kinds import bare
from gazetteer.ledger_rows import FactError
from models.annex import BodyRef
from models.register import Body, BodyChange, BodyChangeKind
from thai.dates import format_date

_DAY = dt.timedelta(days=1)


def apply(
    bodies: Sequence[Body], change: BodyChange, districts: Mapping[str, Sequence[str]]
) -> tuple[tuple[Body, ...], BodyChange]:
    """Return the bodies with a change of known day among them, and the change with the keys of its bodies.

    A change that the register knows under another day, as it does where only two lists tell of it, gets this day.

    Args:
        bodies: At all times.
        change: Of known day.
        districts: By province.

    Raises:
        FactError: What is to change does not stand then, what is to begin stands already, or a place is unknown.
    """
    _places_are_known(change, districts)
    day = change.effective
    if day is None:
        raise FactError("ไม่ได้ระบุวันที่มีผล", "the day is not given")
    olds = _same(bodies, change.province, change.before_district, change.before)
    news = _same(bodies, change.province, change.after_district, change.after)
    result = list(bodies)
    at = len(result)
    old = None
    if change.before is not None:
        old = _standing(olds, news, day, change.before)
        at = result.index(old)
        result[at] = old.model_copy(update={"valid_to": day - _DAY})
        change = change.model_copy(update={"before": _keyed(change.before, old)})
    if change.after is not None:
        new = _known(news, change, old, day)
        if new is None:
            new = _begun(bodies, change, change.after, old, day)
            result.insert(at + 1, new)
        elif not _follows(old, new) and change.change is BodyChangeKind.MERGED:
            pass  # into a body that stands already
        else:
            result[result.index(new)] = new.model_copy(update={"valid_from": day, "source": change.source})
        change = change.model_copy(update={"after": _keyed(change.after, new)})
    return tuple(result), change


def _places_are_known(change: BodyChange, districts: Mapping[str, Sequence[str]]) -> None:
    if change.province not in districts:
        raise FactError(f"ไม่มีจังหวัด “{change.province}”", f"no such province: {change.province}")
    for district in filter(None, (change.before_district, change.after_district)):
        if district not in districts[change.province]:
            where = f"{district}, {change.province}"
            raise FactError(f"ไม่มีอำเภอ “{district}” ในจังหวัด{change.province}", f"no such district: {where}")


def _same(bodies: Sequence[Body], province: str, district: str | None, body: BodyRef | None) -> list[Body]:
    """Return every standing of the body that a change names."""
    if body is None:
        return []
    name = bare(body.name)
    return [
        each
        for each in bodies
        if (each.province, each.district, each.kind) == (province, district, body.kind) and bare(each.name) == name
    ]


def _standing(olds: Sequence[Body], news: Sequence[Body], day: dt.date, named: BodyRef) -> Body:
    """Return the body as it stood on the day before, or as it stood until the day that the register has for it."""
    standing = [old for old in olds if old.valid_on(day - _DAY)]
    until = [old for old in olds if any(_follows(old, new) or (old.valid_to and new.valid_from == day) for new in news)]
    for old in (*standing, *until):
        if old.valid_from is not None and old.valid_from >= day:
            begins = format_date(old.valid_from)
            raise FactError(f"{old.label} เริ่มตั้งแต่ {begins}", f"{old.label} begins on {old.valid_from} only")
        if named.code and named.code != old.code:
            raise FactError(f"รหัสของ {old.label} คือ {old.code}", f"the key of {old.label} is {old.code}")
        return old
    eve, label = day - _DAY, named.label
    raise FactError(f"ไม่พบ {label} ในทะเบียน ณ วันที่ {format_date(eve)}", f"{label} is not in the register on {eve}")


def _known(news: Sequence[Body], change: BodyChange, old: Body | None, day: dt.date) -> Body | None:
    """Return the body that is to begin where the register has it, None where it has not.

    Raises:
        FactError: It stands already, and not because of this change.
    """
    for new in news:
        if _follows(old, new) or (change.change is BodyChangeKind.MERGED and new.valid_on(day)):
            return new
        if new.valid_on(day) or (new.valid_from is not None and new.valid_from > day):
            raise FactError(f"มี {new.label} ในทะเบียนอยู่แล้ว", f"{new.label} is in the register already")
    return None


def _follows(old: Body | None, new: Body) -> bool:
    return old is not None and old.valid_to is not None and new.valid_from == old.valid_to + _DAY


def _begun(bodies: Sequence[Body], change: BodyChange, named: BodyRef, old: Body | None, day: dt.date) -> Body:
    """Return a body that begins; one that only moves or is renamed keeps its key."""
    keeps = old is not None and change.change in (BodyChangeKind.RENAMED, BodyChangeKind.MOVED)
    kept = old.code if old is not None and keeps else ""
    district = change.after_district or ""
    code = named.code or kept or f"x:{change.province}:{district}:{named.label}"
    owner = next((each for each in bodies if each.code == code and code != kept), None)
    if owner is not None:
        raise FactError(f"รหัส {code} เป็นของ {owner.label}", f"the key {code} is that of {owner.label}")
    return Body(
        code=code,
        kind=named.kind,
        name=named.name,
        province=change.province,
        district=district,
        valid_from=day,
        source=change.source,
    )


def _keyed(named: BodyRef, body: Body) -> BodyRef:
    return named.model_copy(update={"name": body.name, "code": body.code})
