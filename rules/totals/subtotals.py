"""T: totals within a table, and how they add up to the last one."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from models.annex import Annex, Column, ColumnKind, Subtotal, SubtotalKind, Total
from models.issue import Severity
from rules.engine.declaration import Case, Observation, could_not_run, passed, rule, violated
from rules.engine.messages import quote, rows_en, rows_th, thai
from rules.engine.record_paths import annexes
from rules.totals.figures import SUMMED, agrees, counted, doubted_cells, figure, plain
from rules.totals.sums import find_sums, is_nested

_LEAST_SHOWN: Final = 2
"""Sums that must hold, or provinces that there must be, before one that differs is taken for a fault."""
_FORWARD = {
    SubtotalKind.CARRIED_FORWARD: ("ยอดยกไป", "the total carried forward"),
    SubtotalKind.BROUGHT_FORWARD: ("ยอดยกมา", "the total brought forward"),
    SubtotalKind.PAGE: ("ยอดรวมของหน้า", "the total of the page"),
}


@rule(
    "T04",
    th="ยอดรวมอำเภอ = แถวในอำเภอ",
    en="a district's subtotal = its rows",
    severity=Severity.ERROR,
    needs="district, subtotals",
    source="arithmetic",
)
def district_subtotals(case: Case) -> Iterator[Observation]:
    """A subtotal of a district is what its column comes to over the rows since the subtotal before it.

    Of rows that are sums of other rows T06 judges the totals.
    """
    for path, annex in annexes(case):
        if is_nested(annex, path):
            continue
        for index, each in _of_kind(annex, SubtotalKind.DISTRICT):
            name = each.district.value or each.district.raw
            of_th = f"อำเภอ{name}" if name else "ยอดรวมอำเภอ"
            of_en = f"district {quote(name)}" if name else "a district"
            first = _start(annex, each, {SubtotalKind.DISTRICT})
            yield _judge(annex, each, first, f"{path}.subtotals[{index}].value", of_th, of_en)


@rule(
    "T05",
    th="ยอดยกมา/ยกไปรายหน้า",
    en="totals carried and brought forward between pages agree",
    severity=Severity.WARNING,
    needs="page, subtotals",
    source="arithmetic",
)
def forwarded_totals(case: Case) -> Iterator[Observation]:
    """A total carried or brought forward counts all rows above it, one of a page those since the page before."""
    for path, annex in annexes(case):
        for kind, (th, en) in _FORWARD.items():
            for index, each in _of_kind(annex, kind):
                first = _start(annex, each, {kind}) if kind is SubtotalKind.PAGE else 0
                yield _judge(annex, each, first, f"{path}.subtotals[{index}].value", th, en)


@rule(
    "T06",
    th="ผลรวมอำเภอ = ยอดจังหวัด = ยอดประเทศ และผลรวมรายการย่อย = ยอดรายการใหญ่",
    en="district totals add up to the province's, and these to the country's; items add up to what they are parts of",
    severity=Severity.ERROR,
    needs="all levels of totals",
    source="arithmetic",
)
def levels_add_up(case: Case) -> Iterator[Observation]:
    """The districts of an annex add up to its last total, and the provinces of a document to that of the country.

    Subtotals are taken as printed; where none are, T02 and T08 hold the total against the rows. The annex of the
    country is the one that names no province where others with the same columns do.

    In a table of money whose lines are sums of others (รวมทั้งสิ้น, 2. and 2.1, a column รวม), each sum is recomputed as
    the labels say, but for rounding. One that differs is a fault only where the same sum holds in two others at least.
    """
    for path, annex in annexes(case):
        if is_nested(annex, path):
            yield from _items(annex, path)
            continue
        by_key = {column.key: column for column in annex.columns}
        for index, total in enumerate(annex.totals):
            column = by_key.get(total.column)
            if column is None or (column.kind is not ColumnKind.MARK and column.kind not in SUMMED):
                continue
            parts = [each for _, each in _of_kind(annex, SubtotalKind.DISTRICT) if each.column == column.key]
            if parts:
                yield _judge_districts(path, column, parts, figure(total.value), f"{path}.totals[{index}]")
    yield from _country(case)


def _items(annex: Annex, path: str) -> Iterator[Observation]:
    """Hold the sums within a table against their items; that a line is one must show in figures that do agree."""
    found = find_sums(annex, path)
    shown = Counter(each.relation for each in found if each.agrees and each.printed)
    against = Counter(each.relation for each in found if each.agrees is False)
    for each in found:
        if each.agrees:
            yield passed(*each.paths)
            continue
        if shown[each.relation] < max(_LEAST_SHOWN, against[each.relation] + 1):
            continue
        header, label = quote(each.column.header or each.column.key), quote(each.label)
        if each.agrees is None or each.added is None or each.printed is None:
            yield could_not_run(
                f"คอลัมน์ {header}: {label} หรือรายการย่อยอ่านได้ไม่ครบ",
                f"column {header}: {label} or one of its items was not surely read",
                each.paths,
            )
        else:
            yield violated(
                f"คอลัมน์ {header}: {label} พิมพ์ {thai(plain(each.printed))} รายการย่อยรวมได้ {thai(plain(each.added))}",
                f"column {header}: {label} is {plain(each.printed)}, its items add up to {plain(each.added)}",
                each.paths,
            )


def _judge_districts(
    path: str, column: Column, parts: Sequence[Subtotal], printed: Decimal | None, place: str
) -> Observation:
    header, figures = quote(column.header or column.key), [figure(each.value) for each in parts]
    evidence = (place, f"{path}.subtotals")
    if printed is None or None in figures:
        return could_not_run(
            f"คอลัมน์ {header}: อ่านยอดรวมหรือยอดของอำเภอได้ไม่ครบ",
            f"column {header}: not every total or district was read",
            evidence,
        )
    added = _add(figures)
    if added == printed:
        return passed(*evidence)
    return violated(
        f"คอลัมน์ {header}: ผลรวม {thai(len(parts))} อำเภอ {thai(plain(added))} ≠ {thai(plain(printed))}",
        f"column {header}: {len(parts)} districts add up to {plain(added)}, not {plain(printed)}",
        evidence,
    )


def _country(case: Case) -> Iterator[Observation]:
    """Hold the totals of several provinces against an annex of the country."""
    provinces = [(path, annex) for path, annex in annexes(case) if annex.province.value]
    for path, annex in annexes(case):
        if annex.province.value or not annex.totals:
            continue
        below = [(where, province) for where, province in provinces if _headers(province) == _headers(annex)]
        if len(below) >= _LEAST_SHOWN:
            for index, total in enumerate(annex.totals):
                yield _judge_country(total, f"{path}.totals[{index}]", below)


def _judge_country(total: Total, place: str, below: Sequence[tuple[str, Annex]]) -> Observation:
    parts = [figure(part.value) for _, province in below for part in province.totals if part.column == total.column]
    printed, added = figure(total.value), _add(parts)
    evidence = (place, *(f"{where}.totals" for where, _ in below))
    if printed is None or None in parts or len(parts) != len(below):
        return could_not_run("อ่านยอดของจังหวัดได้ไม่ครบ", "not every total of a province was read", evidence)
    if printed == added:
        return passed(*evidence)
    return violated(
        f"ผลรวม {thai(len(below))} จังหวัด {thai(plain(added))} ≠ {thai(plain(printed))}",
        f"{len(below)} provinces add up to {plain(added)}, not {plain(printed)}",
        evidence,
    )


def _headers(annex: Annex) -> list[str]:
    return [column.header for column in annex.columns]


def _add(numbers: Iterable[Decimal | None]) -> Decimal:
    return sum((number for number in numbers if number is not None), Decimal(0))


def _of_kind(annex: Annex, kind: SubtotalKind) -> Iterator[tuple[int, Subtotal]]:
    return ((index, each) for index, each in enumerate(annex.subtotals) if each.kind is kind)


def _start(annex: Annex, one: Subtotal, kinds: Iterable[SubtotalKind]) -> int:
    """Return the first row that a subtotal counts: the one after the subtotal before it."""
    return max((o.rows_above for o in annex.subtotals if o.kind in kinds and o.rows_above < one.rows_above), default=0)


def _judge(annex: Annex, one: Subtotal, first: int, place: str, th: str, en: str) -> Observation:
    """Hold a subtotal against the rows from the first to the one above it; `th` and `en` say whose it is."""
    column = next((column for column in annex.columns if column.key == one.column), None)
    printed = figure(one.value)
    counting = column is not None and column.kind in SUMMED | {ColumnKind.MARK}
    if column is None or printed is None:
        return could_not_run(f"{th}: อ่านยอดไม่ได้", f"{en}: the number was not read", [place])
    numbers = range(first + 1, one.rows_above + 1)
    sure, unsure = counted(annex.rows[first : one.rows_above], column)
    verdict = agrees(printed, column, sure, unsure if counting else 0)
    if verdict is None:
        return could_not_run(
            f"{th}: {rows_th(numbers)} อ่านได้ไม่ครบ", f"{en}: not all of {rows_en(numbers)} was read", [place]
        )
    if verdict:
        return passed(place)
    return violated(
        f"{th} พิมพ์ {thai(plain(printed))} นับได้ {thai(plain(sure))}",
        f"{en}: {plain(printed)} printed, {plain(sure)} counted",
        [place, *doubted_cells(place.partition(".")[0], annex.rows[first : one.rows_above], column, first)],
        thai(plain(sure)),
    )
