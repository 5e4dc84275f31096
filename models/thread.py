"""The chain of letters around one document: what it refers to, what refers to it, what encloses what, who answered."""

import datetime as dt
from enum import StrEnum
from typing import Literal

from models.field import Record


class Relation(StrEnum):
    """What one letter does with another."""

    REFERS_TO = "refers_to"
    ANSWERS = "answers"
    ENCLOSES = "encloses"


Basis = Literal["same", "undated", "other_date", "misread", "number_unread", "subject", "next_in_file", "not_found"]
"""Why two letters are joined: `same` is number and date; all others but `not_found` are for a person to look at."""


class Copy(Record):
    """Where in the archive a letter is: the file and, from 0, which letter of it."""

    document: str
    name: str
    index: int


class ThreadLetter(Record):
    """One letter of the chain.

    Attributes:
        number, date: Its own; of one that is not in the archive, what the letter that names it says.
        title: What it is about; of one that is not in the archive, what it is called there.
        copies: Where it is; empty for a letter that is named and is yet to be found.
        in_focus: Whether it is of the document that was asked for.
    """

    number: str | None
    date: dt.date | None
    title: str
    issuer: str | None = None
    copies: tuple[Copy, ...] = ()
    in_focus: bool = False


class Link(Record):
    """One letter naming another, both by their place in `Thread.letters`.

    Attributes:
        basis: Why it is that letter.
        differences: Of a misread number, the characters that are named and those of the letter found.
    """

    source: int
    target: int
    relation: Relation
    basis: Basis
    differences: tuple[tuple[str, str], ...] = ()


class Thread(Record):
    """The chain: letters in order of time, those without a date last.

    `left_out` counts the letters that a limit kept out of it.
    """

    letters: tuple[ThreadLetter, ...]
    links: tuple[Link, ...]
    left_out: int = 0
