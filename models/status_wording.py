"""What a person says that a wording or sign in a column of statuses means, for all documents alike."""

import datetime as dt
from typing import Final

from pydantic import Field as Constraint

from models.annex import Status
from models.field import Record

LONGEST_WORDING: Final = 200
"""Characters of a wording or header at most: more is a sentence, and means one row."""


class StatusWording(Record):
    """The meaning of one wording.

    Attributes:
        text: The wording or sign as documents have it.
        column: Header of the columns in which it means this; "" for every column of statuses. A column that is named
            here is one of statuses, even where the program found none.
        status: What it means.
        why: In the person's words.
    """

    text: str = Constraint(min_length=1, max_length=LONGEST_WORDING)
    column: str = Constraint(default="", max_length=LONGEST_WORDING)
    status: Status
    why: str = Constraint(default="", max_length=2_000)


class StoredStatusWording(Record):
    """A wording's meaning as it is kept.

    Attributes:
        id: What it is called by, to take it back.
        person: Who said so.
        decided_at: When, UTC.
        revoked: Whether it was taken back, or another meaning took its place.
    """

    id: int
    person: str
    decided_at: dt.datetime
    wording: StatusWording
    revoked: bool = False
