"""A value with its provenance: what was read, where, how surely, by what means, and whether we stand by it."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any, Final, Generic, NamedTuple, Self, TypeVar

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic import Field as Constraint

from models.null_reason import NullReason

T = TypeVar("T")

Confidence = Annotated[float, Constraint(ge=0.0, le=1.0)]
PageNumber = Annotated[int, Constraint(ge=1)]


class Record(BaseModel):
    """Base of all records: frozen, and unknown keys are an error rather than lost."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Box(NamedTuple):
    """A rectangle on a page as fractions of its width and height (0–1, origin top left).

    The page is the upright one: after the `rotation` and `skew` that its page record states were undone.
    """

    x0: float
    y0: float
    x1: float
    y1: float

    def union(self, other: "Box") -> "Box":
        """Return the smallest box around both."""
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))

    @property
    def height(self) -> float:
        """Height as a fraction of the page."""
        return self.y1 - self.y0

    @property
    def width(self) -> float:
        """Width as a fraction of the page."""
        return self.x1 - self.x0

    @property
    def center(self) -> tuple[float, float]:
        """The middle point (x, y)."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2


class Source(StrEnum):
    """By what means a value was had; `data` is a cell of a file that already is a table."""

    PRINT = "print"
    HANDWRITING = "handwriting"
    STAMP = "stamp"
    TEXT_LAYER = "text-layer"
    DATA = "data"
    REGISTER = "register"
    DERIVED = "derived"
    PERSON = "person"


_MISSING_CODES: Final = frozenset({"missing", "mark.none"})
_UNREADABLE_CODES: Final = frozenset({"mark.unclear", "handwriting.suspected", "overlaid", "low_confidence"})


def find_null_reason(raw: str, review: Sequence[str]) -> NullReason:
    """Return why a field with this text and these doubts has no value."""
    if any(code.endswith("not_understood") for code in review):
        return NullReason.NOT_UNDERSTOOD
    if any(code.endswith("unreadable") or code in _UNREADABLE_CODES for code in review):
        return NullReason.UNREADABLE
    if not _MISSING_CODES.isdisjoint(review):
        return NullReason.MISSING
    return NullReason.NOT_UNDERSTOOD if review or raw.strip() else NullReason.ABSENT


class Candidate(Record):
    """A likelier reading that we propose but did not choose."""

    value: str
    code: str | None = None
    cost: float


class Repair(Record):
    """What was done to a raw reading to reach the value.

    Attributes:
        rule: What repaired it, such as `register.exact`, `register.assignment`, `ocr.kind`.
        cost: How far the value is from what was read, in weighted edits (0 is the same).
        margin: How much dearer the next best candidate was; small means doubtful.
        candidates: The next best, cheapest first.
    """

    rule: str
    cost: float
    margin: float | None = None
    candidates: tuple[Candidate, ...] = ()


class Field(Record, Generic[T]):
    """One value of a record.

    Attributes:
        value: The normalized value; None where it was not read.
        raw: The text as it was read, Thai digits and all.
        confidence: How sure the reading is, 0 to 1.
        page: Page of the document, from 1.
        box: Where on the page; None where the input has no layout (plain text).
        source: By what means it was had.
        review: Why a person should look; empty only where we stand by the value.
        repair: What was done to the raw reading, if anything was.
        null_reason: Why there is no value; None where there is one. What is not given is told by `raw` and `review`.
        other: The text as a second reader has it; empty where it was read once, or twice alike.
    """

    value: T | None = None
    raw: str = ""
    confidence: Confidence = 0.0
    page: PageNumber | None = None
    box: Box | None = None
    source: Source = Source.PRINT
    review: tuple[str, ...] = ()
    repair: Repair | None = None
    null_reason: NullReason | None = None
    other: str = ""

    @model_validator(mode="after")
    def _with_reason(self) -> Self:
        reason = self.null_reason or find_null_reason(self.raw, self.review)
        object.__setattr__(self, "null_reason", reason if self.value is None else None)
        return self

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy; the reason for a null follows what is updated."""
        changes = dict(update or {})
        if "null_reason" not in changes and changes.keys() & {"value", "raw", "review"}:
            copy = super().model_copy(update=changes, deep=deep)
            reason = find_null_reason(copy.raw, copy.review) if copy.value is None else None
            object.__setattr__(copy, "null_reason", reason)
            return copy
        return super().model_copy(update=changes, deep=deep)

    def doubted(self, *codes: str) -> "Field[T]":
        """Return a copy that asks for review for these reasons too."""
        merged = tuple(dict.fromkeys((*self.review, *codes)))
        return self.model_copy(update={"review": merged})
