"""What a person says of a table that the table does not: given with its import, and kept with the document."""

import datetime as dt
from collections.abc import Mapping

from models.field import Record


class GivenDay(Record):
    """A day that a person gave.

    Attributes:
        day: The day.
        text: What was typed for it: of a year alone, the day is its last and is not meant as a day.
    """

    day: dt.date
    text: str = ""


class TableFacts(Record):
    """What a person says of a table. A fact that is set to None is taken back; one that is not set is not spoken of.

    Attributes:
        as_of: Day the data is of.
        title: What it is about; without, its title rows, else the file's name, its digits aside.
        province: Of all its rows, where it has no column for that.
        columns: Headers by role, where headers and contents do not tell.
    """

    as_of: GivenDay | None = None
    title: str | None = None
    province: str | None = None
    columns: Mapping[str, str] | None = None

    def over(self, earlier: "TableFacts") -> "TableFacts":
        """Return what holds where this is said after something else: of each fact the last word."""
        return earlier.model_copy(update={name: getattr(self, name) for name in self.model_fields_set})

    def as_texts(self) -> tuple[str, ...]:
        """Return the facts as texts, for the key of what was read with them."""
        columns = sorted((self.columns or {}).items())
        day = (str(self.as_of.day), self.as_of.text) if self.as_of else ("None", "")
        return (*day, self.title or "", self.province or "", repr(columns))


NOTHING_SAID = TableFacts()
