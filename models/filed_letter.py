"""A letter of the archive in brief: what other letters are held against."""

import datetime as dt
from typing import Literal, Self

from models.field import Field, Record
from models.letter import Enclosure, Letter, LetterKind, Reference

CitedAs = Literal["reference", "enclosure"]
"""Under which label a letter is named: อ้างถึง or สิ่งที่ส่งมาด้วย."""


class Citation(Record):
    """What one letter says of another, or of some other paper that it names.

    Attributes:
        title: Such as `หนังสือจังหวัดน่าน`.
        number: As in `FiledLetter`; None where it has none or none was read.
        raw: The number as it was read.
    """

    cited_as: CitedAs
    title: str = ""
    number: str | None = None
    date: dt.date | None = None
    raw: str = ""


class FiledLetter(Record):
    """One letter that was read before.

    Attributes:
        document: SHA-256 of the file it is in.
        index: Which letter of the file, from 0.
        name: Name of the file.
        number: Its number in Arabic digits, such as `มท 0810.2/ว 856`.
        deadline: The last day it asks for.
        recipients: To whom it is.
        cites: What it refers to and sends along.
        doubted: Which of `number` and `date` ask for review.
    """

    document: str
    index: int
    name: str
    kind: LetterKind | None = None
    number: str | None
    date: dt.date | None
    subject: str | None
    issuer: str | None
    deadline: dt.date | None = None
    recipients: tuple[str, ...] = ()
    cites: tuple[Citation, ...] = ()
    doubted: tuple[str, ...] = ()

    @classmethod
    def from_letter(cls, letter: Letter, document: str, index: int, name: str) -> Self:
        """Return a letter of a document in brief."""
        return cls(
            document=document,
            index=index,
            name=name,
            kind=letter.kind,
            number=letter.number.value,
            date=letter.date.value,
            subject=letter.subject.value,
            issuer=letter.issuer.value or letter.unit.value,
            deadline=last_deadline(letter),
            recipients=tuple(_said(field) for field in letter.recipients),
            cites=(
                *(_citation(quoted, "reference") for quoted in letter.references),
                *(_citation(quoted, "enclosure") for quoted in letter.enclosures),
            ),
            doubted=tuple(name for name in ("number", "date") if getattr(letter, name).review),
        )


def last_deadline(letter: Letter) -> dt.date | None:
    """Return the last day that a letter asks for; what it tells of as past is none."""
    return max((each.date.value for each in letter.deadlines if not each.past and each.date.value), default=None)


def _citation(quoted: Reference | Enclosure, cited_as: CitedAs) -> Citation:
    return Citation(
        cited_as=cited_as,
        title=_said(quoted.title),
        number=quoted.number.value,
        date=quoted.date.value,
        raw=quoted.number.raw,
    )


def _said(field: Field[str]) -> str:
    return field.value or field.raw
