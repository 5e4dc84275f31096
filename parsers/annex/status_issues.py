"""Statuses that were read but not understood → one issue for each annex that names the column and its values."""

from collections import Counter
from collections.abc import Sequence

from models.annex import Annex, Row
from models.issue import Issue, Message, Severity
from parsers.annex.status_columns import NOT_UNDERSTOOD
from thai.numerals import to_thai


def unread_statuses(annex: Annex) -> list[Issue]:
    """Return an issue where a column of statuses has words that mean nothing known; none where all are understood."""
    rows = [row for row in annex.rows if NOT_UNDERSTOOD in row.status.review]
    if not rows:
        return []
    header = find_header(annex, rows)
    counts = Counter(row.status.raw.strip() for row in rows).most_common()
    thai = " ".join(f"“{text}” {to_thai(str(count))} แถว" for text, count in counts)
    english = ", ".join(f"“{text}” in {count} rows" for text, count in counts)
    return [
        Issue(
            code="annex.status_not_understood",
            severity=Severity.WARNING,
            stage="parse",
            page=rows[0].status.page,
            message=Message(
                th=f"ไม่ทราบความหมายของสถานะในคอลัมน์ “{header}”: {thai} โปรดระบุว่าแต่ละคำหมายถึงสถานะใด",
                en=f"column “{header}” has statuses that are not understood: {english}; say what each of them means",
            ),
        )
    ]


def find_header(annex: Annex, rows: Sequence[Row]) -> str:
    """Return the header of the column that the statuses of some rows stand in."""
    for column in annex.columns:
        cells = [row.cells.get(column.key) for row in rows]
        if all(cell is not None and cell.raw == row.status.raw for cell, row in zip(cells, rows, strict=True)):
            return column.header or column.key
    return ""
