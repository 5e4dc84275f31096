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
        struck: Cells whose text is struck out, such as `C7`; they are in `rows`. This and what follows only XLSX tells.
        hidden_rows: Numbers of rows that the sheet hides; they are in `rows`.
        hidden_columns: Columns that it hides, such as `D` or `F:H`; they are in `rows`.
        annotations: What stands beside its cells: comments, each with its cell, such as `C7: …`, text boxes, and what
            is printed above and below its pages.
        pictures: How many pictures and charts stand on it.
    """

    number: PageNumber = 1
    name: str = ""
    rows: tuple[tuple[str, ...], ...]
    is_hidden: bool = False
    unsaved: tuple[str, ...] = ()
    struck: tuple[str, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[str, ...] = ()
    annotations: tuple[str, ...] = ()
    pictures: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return not any(map(any, self.rows))

    @property
    def has_content(self) -> bool:
        """Whether anything stands in it, in cells or beside them."""
        return not self.is_empty or bool(self.unsaved or self.annotations or self.pictures)

    @property
    def text(self) -> str:
        """A row a line, its cells separated by tabs."""
        return "\n".join("\t".join(row).rstrip("\t") for row in self.rows)
