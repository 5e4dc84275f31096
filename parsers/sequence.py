"""The numbers of the rows: the oracle that tells whether a row was lost."""

from collections.abc import Sequence

from models.annex import Annex, ColumnKind
from models.field import Field, Repair
from models.issue import Issue, Message, Severity
from parsers.thai.numerals import parse_int, to_thai

_CONFIDENT = 0.6


def numbered(read: Sequence[Field[str]]) -> list[Field[int]]:
    """Return the sequence numbers; one that its neighbours on both sides contradict is repaired and says so."""
    values = [parse_int(item.value or "") for item in read]
    result: list[Field[int]] = []
    for index, item in enumerate(read):
        before = result[-1].value if result else 0
        after = values[index + 1] if index + 1 < len(values) else None
        expected = before + 1 if before is not None else None
        if expected is None and after is not None:
            expected = after - 1
        fits = after is None or expected is None or after == expected + 1
        value, review, repair = values[index], item.review, None
        if item.raw == "" and value is None and item.page is None:
            result.append(Field[int]())
            continue
        if value != expected and expected is not None and fits:
            repair = Repair(rule="sequence.neighbours", cost=1.0)
            review = (*review, "sequence.repaired")
            value = expected
        elif value is None:
            review = tuple(dict.fromkeys((*review, "unreadable")))
        elif item.confidence < _CONFIDENT and value != expected:
            review = (*review, "low_confidence")
        result.append(
            Field[int](
                **item.model_dump(exclude={"value", "review", "repair"}), value=value, review=review, repair=repair
            )
        )
    return result


def gaps(annex: Annex) -> list[Issue]:
    """Return an issue for each place where the numbers jump: a row was not found, or was not printed."""
    if not any(column.kind is ColumnKind.SEQUENCE for column in annex.columns):
        return []
    found = []
    before = 0
    for row in annex.rows:
        number = row.sequence.value
        if number is None:
            before += 1
            continue
        if number > before + 1:
            found.append(_gap(before + 1, number - 1, row.sequence.page))
        before = number
    return found


def _gap(first: int, last: int, page: int | None) -> Issue:
    span = str(first) if first == last else f"{first}–{last}"
    return Issue(
        code="annex.sequence_gap",
        severity=Severity.WARNING,
        stage="parse",
        page=page,
        message=Message(
            th=f"ไม่พบแถวลำดับที่ {to_thai(span)} ในตาราง โปรดตรวจกับต้นฉบับ",
            en=f"row {span} of the table was not found; compare with the paper",
        ),
    )
