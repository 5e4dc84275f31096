"""A letter of the archive in brief: what other letters are held against."""

import datetime as dt

from models.field import Record


class FiledLetter(Record):
    """One letter that was read before.

    Attributes:
        document: SHA-256 of the file it is in.
        index: Which letter of the file, from 0.
        name: Name of the file.
        number: Its number in Arabic digits, such as `มท 0810.2/ว 856`.
    """

    document: str
    index: int
    name: str
    number: str | None
    date: dt.date | None
    subject: str | None
    issuer: str | None
