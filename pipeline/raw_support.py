"""Whether what was read at a place can stand for the value that is proposed: where it cannot, Enter does not take it.

Texts, days and names are not judged here: what was read of them is an answer of its own beside the value, and where the
two differ a person has to choose anyway.
"""

import re
from decimal import Decimal
from typing import Any, Final

from models.annex import Annex, Row, Status
from models.document import Document
from models.field import Field
from models.record_path import parent, resolve
from thai.numerals import parse_decimal, to_arabic

_NUMBER: Final = re.compile(r"\d[\d,]*(?:\.\d+)?")


def is_supported(document: Document, path: str, field: Field[Any]) -> bool:
    """Whether the text of a field says its value, as far as that can be told.

    Args:
        document: What it stands in; a status is held against the marks and words of its table.
        path: The field.
        field: What stands there.
    """
    if isinstance(field.value, Status):
        return _is_status_supported(document, path, field)
    if isinstance(field.value, int | float) and not isinstance(field.value, bool):
        numbers = map(parse_decimal, _NUMBER.findall(to_arabic(field.raw)))
        return Decimal(str(field.value)) in numbers
    return True


def _is_status_supported(document: Document, path: str, field: Field[Status]) -> bool:
    from parsers.annex.status_words import is_nil, parse_word  # with the first status that a desk shows

    annex, row = resolve(document, path.partition(".")[0]), resolve(document, parent(path))
    if not (isinstance(annex, Annex) and isinstance(row, Row)):
        return False
    marked = {
        column.status
        for column in annex.columns
        if column.status is not None and (cell := row.cells.get(column.key)) is not None and not is_nil(str(cell.value))
    }
    if marked:
        # What is not done yet is told from what was not begun by the words beside it.
        return {status is Status.COMPLETE for status in marked} == {field.value is Status.COMPLETE}
    alike = {each.status.value for each in annex.rows if each.status.raw == field.raw and not each.status.review}
    return (alike or {parse_word(field.raw)}) == {field.value}
