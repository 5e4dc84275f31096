"""A table that already is data: one sheet of a workbook, or the whole of a CSV file. Output of `ingest`."""

from models.field import PageNumber, Record


class Sheet(Record):
    """One sheet.

    Attributes:
        number: Its place in the workbook, from 1; it is the page of what was read from it.
        name: As its tab says; "" for a CSV file.
        rows: Every row down to the last that is not empty, all as wide, merged cells filled, spaces around texts off.
        is_hidden: Whether the workbook hides it.
        unsaved: Cells with a formula whose value was never computed, such as `C7`; they are empty in `rows`.
        hidden_rows: Numbers of rows that the sheet hides; they are in `rows`. Only XLSX tells.
        comments: What people noted beside cells, each with its cell, such as `C7: …`. Only XLSX tells.
    """

    number: PageNumber = 1
    name: str = ""
    rows: tuple[tuple[str, ...], ...]
    is_hidden: bool = False
    unsaved: tuple[str, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    comments: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return not any(map(any, self.rows))

    @property
    def text(self) -> str:
        """A row a line, its cells separated by tabs."""
        return "\n".join("\t".join(row).rstrip("\t") for row in self.rows)
