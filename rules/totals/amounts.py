"""T: percentages, sums of money, and their words."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import permutations
from typing import Final

from models.annex import Annex, Column, ColumnKind, Row
from models.issue import Severity
from rules.engine.declaration import Case, Observation, could_not_run, passed, rule, violated
from rules.engine.messages import quote, rows_en, rows_th, thai
from rules.engine.record_paths import annexes, columns, letters, rows, unread
from rules.totals.figures import SUMMED, counted, doubted_cells, figure, plain
from rules.totals.sums import is_nested
from thai.baht import find_baht_words
from thai.numerals import parse_decimal, to_arabic

_MOST_PERCENT: Final = 100
"""Percent of a whole."""
_FITTING: Final = 0.8
"""Share of rows whose quotient two columns must give, so that a column is taken for their percentage: four of five."""
_FEWEST_ROWS: Final = 3
"""Rows that must tell of it at least: two may agree by chance."""
_BEFORE_WORDS = re.compile(r"(?P<number>[0-9๐-๙][0-9๐-๙,.]*)\s*(?:-\s*)?(?:บาท)?\s*[(（]\s*$")

Pair = tuple[Column, Column]


@rule(
    "T07",
    th="ร้อยละ = ส่วน/ทั้งหมด และอยู่ใน 0–100",
    en="a printed percentage re-computes and is in range",
    severity=Severity.WARNING,
    needs="numerator, denominator, percentage",
    source="arithmetic; the slack is a setting (rules.percent_units)",
)
def percentages(case: Case) -> Iterator[Observation]:
    """Every percentage is from 0 to 100, and is the quotient of the two columns that it is of.

    Which two these are, the table does not say: they are those that agree with four of five rows, of three or more.
    Where none do, only the range is judged.
    """
    for path, annex in annexes(case):
        numbers = [column for column in annex.columns if column.kind in SUMMED]
        for column in columns(annex, ColumnKind.PERCENT):
            yield from _judge_percentages(case, path, annex, column, _quotient(case, annex, column, numbers))


def _judge_percentages(case: Case, path: str, annex: Annex, column: Column, pair: Pair | None) -> Iterator[Observation]:
    unsure: list[tuple[str, int]] = []
    for where, number, row in rows(path, annex):
        place = f"{where}.cells.{column.key}"
        cell = row.cells.get(column.key)
        stated = figure(cell)
        if cell is None or unread(cell) or stated is None:
            unsure.append((place, number))
        elif not 0 <= stated <= _MOST_PERCENT:
            yield violated(
                f"{rows_th([number])}: ร้อยละ {thai(plain(stated))} อยู่นอกช่วง ๐–๑๐๐",
                f"{rows_en([number])}: {plain(stated)} percent is out of the range 0–100",
                [place],
            )
        elif pair is not None and _is_off(case, row, column, pair):
            yield _recomputed(where, number, row, column, pair)
        else:
            yield passed(place)
    if unsure:
        numbers = [number for _, number in unsure]
        yield could_not_run(
            f"{rows_th(numbers)} อ่านร้อยละไม่ได้",
            f"{rows_en(numbers)}: the percentage was not read",
            [place for place, _ in unsure],
        )


@rule(
    "T08",
    th="ยอดเงินรวม = ผลบวกแถว และตรงกับตัวอักษร",
    en="a total of money = the sum of its rows = its words",
    severity=Severity.ERROR,
    needs="amounts, amounts in words",
    source="arithmetic",
)
def amounts_add_up(case: Case) -> Iterator[Observation]:
    """The total of a column of amounts is their sum, and the words on the annex's pages say one of its totals.

    Where rows are sums of other rows T06 judges the total.
    In a letter the words in brackets say the number before them: ๑,๒๓๔.๕๐ บาท (หนึ่งพัน…สตางค์).
    """
    for path, annex in annexes(case):
        totals = []
        nested = is_nested(annex, path)
        for index, total in enumerate(annex.totals):
            column = next((c for c in columns(annex, ColumnKind.AMOUNT) if c.key == total.column), None)
            if column is not None:
                totals.append(figure(total.value))
                if not nested:
                    yield _sum(annex, column, totals[-1], f"{path}.totals[{index}]", path)
        if totals:
            yield from _total_in_words(case, annex, path, totals)
    for path, letter in letters(case):
        yield from _bracketed(letter.body.raw or letter.body.value or "", f"{path}.body")


def _quotient(case: Case, annex: Annex, percent: Column, numbers: list[Column]) -> Pair | None:
    """Return the columns whose quotient a column of percentages is, as most of its rows tell."""
    best: tuple[int, Pair] | None = None
    for pair in permutations(numbers, 2):
        told = [off for row in annex.rows if (off := _is_off(case, row, percent, pair)) is not None]
        fitting = told.count(False)
        if len(told) >= _FEWEST_ROWS and fitting >= _FITTING * len(told) and (best is None or fitting > best[0]):
            best = fitting, pair
    return best[1] if best else None


def _is_off(case: Case, row: Row, percent: Column, pair: Pair) -> bool | None:
    """Whether a row's percentage is another than its quotient; None where one of the three is not known."""
    stated, exact = figure(row.cells.get(percent.key)), _exact(row, pair)
    if stated is None or exact is None:
        return None
    exponent = stated.as_tuple().exponent
    unit = Decimal(1).scaleb(exponent) if isinstance(exponent, int) and exponent < 0 else Decimal(1)
    return abs(stated - exact) > unit * Decimal(str(case.settings.percent_units))


def _exact(row: Row, pair: Pair) -> Decimal | None:
    part, whole = (figure(row.cells.get(column.key)) for column in pair)
    return None if part is None or not whole else 100 * part / whole


def _recomputed(where: str, number: int, row: Row, percent: Column, pair: Pair) -> Observation:
    stated, exact = figure(row.cells.get(percent.key)), _exact(row, pair)
    likely = plain(round(exact or Decimal(0), 2))
    part, whole = (plain(figure(row.cells.get(column.key)) or Decimal(0)) for column in pair)
    read = plain(stated or Decimal(0))
    return violated(
        f"{rows_th([number])}: ร้อยละ {thai(read)} แต่ {thai(part)}/{thai(whole)} = {thai(likely)}",
        f"{rows_en([number])}: {read} percent, but {part}/{whole} is {likely}",
        [f"{where}.cells.{column.key}" for column in (percent, *pair)],
        thai(likely),
    )


def _sum(annex: Annex, column: Column, printed: Decimal | None, place: str, path: str) -> Observation:
    header = quote(column.header or column.key)
    added, unsure = counted(annex.rows, column)
    if printed is None or unsure:
        return could_not_run(
            f"คอลัมน์ {header}: อ่านจำนวนเงินหรือยอดรวมได้ไม่ครบ", f"column {header}: not every amount was read", [place]
        )
    if printed == added:
        return passed(place, f"{path}.rows")
    return violated(
        f"คอลัมน์ {header} รวม {thai(plain(printed))} แต่บวกได้ {thai(plain(added))}",
        f"column {header}: {plain(printed)} printed, {plain(added)} added up",
        [place, f"{path}.rows", *doubted_cells(path, annex.rows, column)],
        thai(plain(added)),
    )


def _total_in_words(case: Case, annex: Annex, path: str, totals: list[Decimal | None]) -> Iterator[Observation]:
    for index, page in enumerate(case.document.pages):
        if page.number not in annex.pages:
            continue
        for words in find_baht_words(page.text):
            if words.amount is not None and words.amount in totals:
                yield passed(f"pages[{index}].text")
            elif words.amount is not None and None not in totals and _BEFORE_WORDS.search(page.text[: words.span[0]]):
                named = " ".join(thai(plain(total)) for total in totals if total is not None)
                yield violated(
                    f"ตัวอักษร {quote(words.raw)} เท่ากับ {thai(plain(words.amount))} ไม่ตรงกับยอดรวม {named}",
                    f"the words {quote(words.raw)} say {plain(words.amount)}, which is no total of the table",
                    [f"pages[{index}].text", f"{path}.totals"],
                )


def _bracketed(text: str, place: str) -> Iterator[Observation]:
    for words in find_baht_words(text):
        before = _BEFORE_WORDS.search(text[: words.span[0]])
        if before is None:
            continue
        number = parse_decimal(to_arabic(before["number"]).rstrip(".,"))
        if number is None or words.amount is None:
            yield could_not_run(
                f"อ่านจำนวนเงินหรือตัวอักษร {quote(words.raw)} ไม่ได้",
                f"the amount or the words {quote(words.raw)} make no number",
                [place],
            )
        elif number == words.amount:
            yield passed(place)
        else:
            yield violated(
                f"จำนวนเงิน {quote(before['number'])} ไม่ตรงกับตัวอักษร {quote(words.raw)}",
                f"the amount {quote(before['number'])} is not what the words {quote(words.raw)} say",
                [place],
            )
