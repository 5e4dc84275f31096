"""What a person confirmed of a repair: that a reading is a certain body."""

import datetime as dt

from models.annex import BodyRef
from models.field import Record


class Confirmation(Record):
    """A reading of a place, and the body that a person says it is.

    Attributes:
        province, district: Where the row stands, as the register writes them.
        reading: Kind and name as they were read, without spaces.
        body: What it is, with its key.
    """

    province: str
    district: str
    reading: str
    body: BodyRef


class StoredConfirmation(Record):
    """A confirmation in force.

    Attributes:
        id: What it is called by, to forget it.
        decided_at: When it was given, UTC.
    """

    id: int
    decided_at: dt.datetime
    confirmation: Confirmation
