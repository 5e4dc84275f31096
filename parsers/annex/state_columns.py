"""Columns that are named by states, one of which has a sign in each row: ส่งแล้ว | ยังไม่ส่ง."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from models.annex import Status
from parsers.annex.status_columns import NOT_UNDERSTOOD, read_meanings
from parsers.annex.status_words import Sign, is_nil, parse_digit, parse_sign

_LEAST_EXCLUSIVE: Final = 0.9
"""Share of the rows that must have one sign exactly, where headers do not tell that columns exclude each other."""
_LEAST_ROWS: Final = 3
"""Rows below which signs in different columns do not tell that these exclude each other."""


@dataclass(frozen=True, slots=True)
class StateColumns:
    """Columns that exclude each other.

    Attributes:
        statuses: What a sign in each column says, by index; None where its header means nothing known.
        names: What each column is called, without the heading over all of them.
        has_ticks: Whether ticks stand in them, so that a cross among them may say the opposite.
    """

    statuses: Mapping[int, Status | None]
    names: Mapping[int, str]
    has_ticks: bool = True

    def parse(self, row: Sequence[str]) -> tuple[int | None, str, Status | None, tuple[str, ...]]:
        """Return which column a row marks, by what sign, the status of the column, and why a person should look.

        A column whose name is not understood is told by its name, since it is that which has to be given a meaning.
        """
        marked = [at for at in self.statuses if at < len(row) and not is_nil(row[at])]
        if len(marked) != 1:
            return None, "", None, ("mark.none",) if not marked else ("mark.several",)
        said, status = row[marked[0]], self.statuses[marked[0]]
        if self.has_ticks and parse_sign(said) is Sign.NO:
            return marked[0], said, None, (NOT_UNDERSTOOD,)
        if status is None:
            return marked[0], self.names[marked[0]], None, (NOT_UNDERSTOOD,)
        return marked[0], said, status, ()


def find_state_columns(
    headers: Sequence[str], columns: Sequence[Sequence[str]], free: Sequence[int]
) -> StateColumns | None:
    """Return the columns that exclude each other, with signs below their headers; None for fewer than two.

    Columns whose headers are states do, where one says that all is done. Beside these, or where no header is
    understood, those do of which each row marks one: what they mean is then not known, and asks.

    Args:
        headers: The header of each column.
        columns: The cells of each column, top to bottom.
        free: The columns that hold nothing else.
    """
    signed = [at for at in free if all(map(_is_nil_or_mark, columns[at]))]
    names = dict(zip(signed, _without_group([headers[at].strip() for at in signed]), strict=True))
    understood = _understand(names)
    marked = [at for at in signed if at in understood or not all(map(is_nil, columns[at]))]
    exclusive = len(marked) > 1 and _are_exclusive(columns, marked)
    statuses = {at: understood.get(at) for at in (marked if exclusive else understood)}
    signs = {text for at in statuses for text in columns[at] if not is_nil(text)}
    return StateColumns(statuses, names, any(map(_is_tick, signs))) if signs else None


def _understand(names: Mapping[int, str]) -> dict[int, Status]:
    """Return the states that columns are named by, one of which says that all is done; nothing for fewer than two."""
    meanings = read_meanings("", list(names.values()))
    known = {at: meanings[name] for at, name in names.items() if name in meanings}
    return known if len(known) > 1 and list(known.values()).count(Status.COMPLETE) == 1 else {}


def _without_group(headers: Sequence[str]) -> list[str]:
    """Return headers without the words that all of them begin with: the heading over a group of columns."""
    words = [header.split() for header in headers]
    shared = 0
    while len(words) > 1 and all(len(own) > shared + 1 and own[shared] == words[0][shared] for own in words):
        shared += 1
    return [" ".join(own[shared:]) for own in words]


def _are_exclusive(columns: Sequence[Sequence[str]], chosen: Sequence[int]) -> bool:
    """Tell whether nearly every row marks one of some columns, and none two."""
    marks = [sum(not is_nil(text) for text in row) for row in zip(*(columns[at] for at in chosen), strict=True)]
    return len(marks) >= _LEAST_ROWS and max(marks) == 1 and sum(marks) >= _LEAST_EXCLUSIVE * len(marks)


def _is_nil_or_mark(text: str) -> bool:
    return is_nil(text) or _is_mark(text)


def _is_mark(text: str) -> bool:
    """Tell whether a text is a sign that marks a column: any of a pair, or 1."""
    return parse_sign(text) is not None or parse_digit(text) is Sign.YES


def _is_tick(text: str) -> bool:
    return parse_sign(text) is Sign.YES or parse_digit(text) is Sign.YES
