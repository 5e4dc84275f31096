"""T: printed totals against the rows above them."""

from collections.abc import Iterator

from models.annex import ColumnKind
from models.issue import Severity
from rules.engine.declaration import Case, Observation, could_not_run, passed, rule, violated
from rules.engine.messages import quote, thai
from rules.engine.record_paths import annexes, columns
from rules.totals.figures import agrees, counted, doubted_cells, figure, plain
from rules.totals.sums import is_nested


@rule(
    "T01",
    th="ยอดรวมท้ายตาราง = จำนวนแถว",
    en="printed totals add up to the row count",
    severity=Severity.ERROR,
    needs="rows, total row",
    source="arithmetic: the marks of a row exclude one another",
)
def totals_add_up(case: Case) -> Iterator[Observation]:
    """The printed totals of all mark columns add up to the number of rows.

    Only where there are two mark columns or more: with one, a blank cell is an answer too.
    """
    for path, annex in annexes(case):
        marks = columns(annex, ColumnKind.MARK)
        if len(marks) < 2 or not annex.totals:
            continue
        printed = {total.column: total.value.value for total in annex.totals}
        values = [printed.get(column.key) for column in marks]
        read = [value for value in values if isinstance(value, int)]
        evidence = (f"{path}.totals", f"{path}.rows")
        if len(read) < len(values):
            yield could_not_run(
                "อ่านยอดรวมได้ไม่ครบทุกคอลัมน์เครื่องหมาย", "not every mark column has a total that was read", evidence
            )
        elif sum(read) != len(annex.rows):
            added = "+".join(map(str, read))
            yield violated(
                f"ยอดรวม {thai(added)}={thai(sum(read))} ไม่ตรงกับ {thai(len(annex.rows))} แถว",
                f"the totals {added}={sum(read)} do not match {len(annex.rows)} rows",
                evidence,
            )
        else:
            yield passed(*evidence)


@rule(
    "T02",
    th="ยอดรวมแต่ละคอลัมน์ = จำนวนเครื่องหมายในคอลัมน์",
    en="each column total = count of its marks",
    severity=Severity.ERROR,
    needs="marks, total row",
    source="arithmetic",
)
def totals_count_marks(case: Case) -> Iterator[Observation]:
    """The printed total of a column of marks is how many there are, that of a column of counts is their sum.

    Marks that were not read may or may not be some: the rule is violated only where no reading of them would agree.
    Of rows that are sums of other rows T06 judges the total.
    """
    for path, annex in annexes(case):
        known = {column.key: column for column in annex.columns if column.kind in (ColumnKind.MARK, ColumnKind.COUNT)}
        for index, total in () if is_nested(annex, path) else enumerate(annex.totals):
            column = known.get(total.column)
            if column is None:
                continue
            header = quote(column.header or total.column)
            evidence = (f"{path}.totals[{index}]",)
            sure, unsure = counted(annex.rows, column)
            printed = figure(total.value)
            if printed is None:
                yield could_not_run(
                    f"อ่านยอดรวมของคอลัมน์ {header} ไม่ได้", f"the total of column {header} was not read", evidence
                )
                continue
            verdict = agrees(printed, column, sure, unsure)
            if verdict is None:
                yield could_not_run(
                    f"คอลัมน์ {header} อ่านไม่ได้ {thai(unsure)} ช่อง จึงเทียบกับยอด {thai(plain(printed))} ไม่ได้",
                    f"column {header}: {unsure} cells were not read, so the total {plain(printed)} cannot be checked",
                    evidence,
                )
            elif verdict:
                yield passed(*evidence)
            else:
                yield violated(
                    f"คอลัมน์ {header} พิมพ์ {thai(plain(printed))} นับได้ {thai(plain(sure))}",
                    f"column {header}: {plain(printed)} printed, {plain(sure)} counted",
                    (*evidence, *doubted_cells(path, annex.rows, column)),
                    None if unsure else thai(plain(sure)),
                )


@rule(
    "T03",
    th="ยอดรวมอยู่ตรงคอลัมน์ของตน",
    en="totals sit under the column they total",
    severity=Severity.WARNING,
    needs="cell positions",
    source="layout of the table: a reader takes a number for the column it stands under",
)
def totals_in_place(case: Case) -> Iterator[Observation]:
    """Each printed total stands under the column that it totals, not beside it."""
    for path, annex in annexes(case):
        headers = {column.key: column.header or column.key for column in annex.columns}
        for index, total in enumerate(annex.totals):
            evidence = (f"{path}.totals[{index}]",)
            where = total.printed_under
            if where is None:
                yield could_not_run(
                    "ไม่ทราบว่ายอดรวมพิมพ์อยู่ใต้คอลัมน์ใด", "it is not known where the total stands on paper", evidence
                )
            elif where != total.column:
                value = total.value.value if total.value.value is not None else total.value.raw
                under, own = quote(headers.get(where, where)), quote(headers.get(total.column, total.column))
                yield violated(
                    f"ยอด {thai(str(value))} พิมพ์อยู่ใต้คอลัมน์ {under} แต่เป็นยอดของคอลัมน์ {own}",
                    f"the total {value} is printed under column {under} but totals column {own}",
                    evidence,
                )
            else:
                yield passed(*evidence)
