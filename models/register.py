"""Facts that readings are held against: provinces, districts, local bodies and letter codes. Filled by `gazetteer`."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from models.annex import BodyKind, BodyRef
from models.field import Record


class Body(Record):
    """One local body at one time.

    Attributes:
        code: Register key: the department's seven-digit code where known, else `x:` and a stable slug.
        kind, name, province, district: As the department writes them.
        valid_from: First day it stood so, None for before our records.
        valid_to: Last day it stood so, None while it does.
        source: Where it is written that it stands so; "" for the lists that the shipped register was made from.
    """

    code: str
    kind: BodyKind
    name: str
    province: str
    district: str
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    source: str = ""

    def valid_on(self, day: dt.date | None) -> bool:
        """Whether it stood so on a day; with no day, whether it stands so now."""
        if day is None:
            return self.valid_to is None
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    @property
    def label(self) -> str:
        """Kind and name as offices write them."""
        return self.name if self.kind is BodyKind.SPECIAL else f"{self.kind.value}{self.name}"


class BodyChangeKind(StrEnum):
    """What became of a body."""

    NEW = "new"
    UPGRADED = "upgraded"
    RENAMED = "renamed"
    MOVED = "moved"
    MERGED = "merged"
    ENDED = "ended"


class BodyChange(Record):
    """One line of the dated ledger.

    Attributes:
        change: What it was.
        province: Where it is.
        before, after: The body as it was called until then, and from then on; None for what began or ended then.
        before_district, after_district: Where it lay.
        effective: First day that the new standing holds; None where the ledger knows the change but not its day.
        source: Where that is written, such as a volume of the Royal Gazette.
    """

    change: BodyChangeKind
    province: str
    before: BodyRef | None = None
    after: BodyRef | None = None
    before_district: str | None = None
    after_district: str | None = None
    effective: dt.date | None = None
    source: str


class LetterCode(Record):
    """A prefix of letter numbers (มท, อต …) and whose it is; `kind` is `province`, `ministry` or `independent`."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Register:
    """All facts, indexed for look-up. Plain data: loading is `gazetteer.register.load`."""

    bodies: tuple[Body, ...]
    districts: dict[str, tuple[str, ...]]
    letter_codes: dict[str, tuple[LetterCode, ...]]
    version: str
    _by_province: dict[str, tuple[Body, ...]] = field(default_factory=dict, repr=False)

    @property
    def provinces(self) -> tuple[str, ...]:
        """Names of all provinces, in the register's order."""
        return tuple(self.districts)

    def find_bodies(self, province: str, on: dt.date | None = None) -> tuple[Body, ...]:
        """Return the bodies of a province as they stood on a day, in the register's order."""
        if not self._by_province:
            grouped: dict[str, list[Body]] = {}
            for body in self.bodies:
                grouped.setdefault(body.province, []).append(body)
            self._by_province.update({name: tuple(found) for name, found in grouped.items()})
        return tuple(body for body in self._by_province.get(province, ()) if body.valid_on(on))
