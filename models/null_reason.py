"""Why a value is null: the catalogue of reasons."""

from enum import StrEnum


class NullReason(StrEnum):
    """Why there is no value; the words for each are in `reports.code_labels`.

    Attributes:
        ABSENT: The paper does not have it, and need not.
        MISSING: The paper ought to have it, and it was not found.
        UNREADABLE: It is there, and could not be read.
        NOT_UNDERSTOOD: It was read, and what it says is no such value.
        NOT_LOOKED_FOR: This kind of paper is not searched for it.
    """

    ABSENT = "absent"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    NOT_UNDERSTOOD = "not_understood"
    NOT_LOOKED_FOR = "not_looked_for"
