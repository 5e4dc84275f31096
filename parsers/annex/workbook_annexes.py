"""All sheets of a workbook → annexes, one a province, with their totals, and what was not understood told."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from models.annex import Annex, ColumnKind, Row, Subtotal, SubtotalKind, Total
from models.field import Field, Source
from models.issue import Issue, Message, Severity
from models.sheet import Sheet
from models.table_facts import GivenDay, TableFacts
from parsers.annex.from_spreadsheet import SheetRow, build_province_annexes
from parsers.annex.sheet_tables import SheetTable, find_tables, join_cells
from parsers.annex.subtotals import subtotal_kind
from thai.dates import parse_date
from thai.numerals import parse_decimal

STRUCK_OUT: Final = "cell.struck_out"
"""Review code of a row with a text that is struck out: somebody took it back, and what holds now is not told."""
UNSAVED_FORMULA: Final = "formula.unsaved"
"""Review code of a cell whose formula was never computed: its value is not in the file."""
_LABELS: Final = frozenset({ColumnKind.SEQUENCE, ColumnKind.DISTRICT, ColumnKind.BODY, ColumnKind.REMARK})
"""Columns in which a row of totals says what it totals, and no total stands."""
_AS_OF: Final = re.compile(r"ณ\s*วันที่|ข้อมูล\s*ณ")
_PROVINCE: Final = re.compile(r"จังหวัด\s*([ก-ฺเ-๎]+)")
_DISTRICT: Final = re.compile(r"(?:^|\s)(?:กิ่ง)?อำเภอ\s?([ก-ฮเ-ไ][ก-ฺเ-๎]+)(?=$|\s)")
_CELL: Final = re.compile(r"([A-Z]+)([0-9]+)")
_ISSUE_CELLS: Final = 20
"""Cells that an issue names; of more it says how many."""
_LETTERS: Final = 26
"""Letters that columns of a sheet are counted in: A to Z, AA …"""


def build_annexes(sheets: Sequence[Sheet], stem: str, facts: TableFacts) -> tuple[list[Annex], list[Issue]]:
    """Return the annexes of a workbook, and what of it was not understood.

    Tables of one province with the same headers are one annex where no body stands in both, as in a workbook with a
    sheet for each district; where bodies come again, each sheet is an annex of its own, named after it. So is a hidden
    sheet, which whoever sent the workbook may not have meant to send.

    Args:
        sheets: All sheets.
        stem: Name of the file without its suffix, the title of last resort.
        facts: What a person says of the tables.

    Raises:
        SheetError: A person named a column that is in no sheet.
    """
    annexes: list[tuple[Sheet, Annex]] = []
    issues: list[Issue] = []
    for sheet in sheets:
        if sheet.is_hidden and not sheet.is_empty:
            issues.append(_hidden(sheet))
        if hidden := _find_filled_hidden(sheet):
            issues.append(_partly_hidden(sheet, hidden))
        if sheet.unsaved:
            issues.append(_unsaved(sheet))
        tables = find_tables(sheet.rows, facts.columns) if not sheet.is_empty else []
        found = [annex for table in tables for annex in _table_annexes(sheet, table, stem, facts)]
        if not found and not sheet.is_empty:
            issues.append(_no_table(sheet))
        annexes.extend((sheet, annex) for annex in found)
    merged = _merge(annexes)
    if any(annex.as_of.value is None for annex in merged):
        issues.append(_undated())
    return merged, issues


def _table_annexes(sheet: Sheet, table: SheetTable, stem: str, facts: TableFacts) -> Iterator[Annex]:
    heading = " ".join(table.titles)
    title = facts.title or heading or _title_from_name(stem)
    province = facts.province or _find_province(heading)
    rows = _with_district(table.rows, table, heading)
    annexes = build_province_annexes(rows, table.layout, title, province)
    for index, (annex, own) in enumerate(annexes):
        totals = [row for row in table.totals if _covers(row, table, annex, index, len(annexes))]
        notes = (*(table.notes if index == 0 else ()), *_words(totals))
        yield annex.model_copy(
            update={
                "pages": (sheet.number,),
                "as_of": _as_field(facts.as_of) if facts.as_of else _parse_data_day(heading, sheet.number),
                "title": annex.title if facts.title else annex.title.model_copy(update={"source": Source.DATA}),
                "rows": tuple(_placed(row, at, sheet, table.left) for row, at in zip(annex.rows, own, strict=True)),
                **_sums(annex, own, totals, sheet.number),
                "notes": tuple(_note(text, sheet.number) for text in notes),
            }
        )


def _title_from_name(stem: str) -> str:
    """Return a file's name without numbers and dashes, or as it is where it has nothing else."""
    return re.sub(r"[\d_\-.]+", " ", stem).strip() or stem


def _find_province(heading: str) -> str | None:
    found = _PROVINCE.search(heading)
    return found[1] if found else None


def _with_district(rows: Sequence[SheetRow], table: SheetTable, heading: str) -> list[SheetRow]:
    """Return rows with the district that the title of their table names, where no column and no row names it."""
    found = _DISTRICT.search(heading)
    if found is None or "district" in table.layout.roles:
        return list(rows)
    return [replace(row, district=row.district or found[1]) for row in rows]


def _as_field(given: GivenDay) -> Field[dt.date]:
    """Return the day that a person gave the data, with what was typed: a year alone is meant as no day."""
    return Field[dt.date](value=given.day, raw=given.text, confidence=1.0, source=Source.PERSON)


def _parse_data_day(heading: str, page: int) -> Field[dt.date]:
    """Return the day that title rows give the data, with what is doubtful of it."""
    cue = _AS_OF.search(heading)
    read = parse_date(heading[cue.start() :]) if cue else None
    if read is None:
        return Field[dt.date]()
    return Field[dt.date](
        value=read.date, raw=read.raw, confidence=1.0, page=page, source=Source.DATA, review=read.problems
    )


def _covers(row: SheetRow, table: SheetTable, annex: Annex, index: int, count: int) -> bool:
    """Whether a row of totals is of an annex: of its province, or, where it names none, of the only one."""
    named = table.layout.get(row.cells, "province")
    if named and not named.startswith("รวม"):
        return named == annex.province.raw
    return count == 1 or index == 0


def _sums(annex: Annex, rows: Sequence[SheetRow], totals: Sequence[SheetRow], page: int) -> dict[str, object]:
    """Return the totals of an annex: the last row below all bodies is of them all, those between are of a district."""
    whole: list[Total] = []
    parts: list[Subtotal] = []
    for total in totals:
        above = sum(row.number < total.number for row in rows)
        is_last = above == len(rows) and total is totals[-1]
        for key, value in _numbers(annex, total, page):
            if is_last:
                whole.append(Total(column=key, value=value))
            elif above:
                kind = subtotal_kind(join_cells(total.cells)) or SubtotalKind.DISTRICT
                district = annex.rows[above - 1].district
                parts.append(Subtotal(kind=kind, district=district, rows_above=above, column=key, value=value))
    return {"totals": tuple(whole), "subtotals": tuple(parts)}


def _numbers(annex: Annex, total: SheetRow, page: int) -> Iterator[tuple[str, Field[int | float]]]:
    for column, text in zip(annex.columns, total.cells, strict=False):
        number = None if column.kind in _LABELS else parse_decimal(text)
        if number is not None:
            value = int(number) if number == int(number) else float(number)
            yield column.key, Field[int | float](value=value, raw=text, confidence=1.0, page=page, source=Source.DATA)


def _words(totals: Iterable[SheetRow]) -> tuple[str, ...]:
    """Return what rows of totals say, so that nothing of them is lost."""
    return tuple(join_cells(row.cells) for row in totals)


def _note(text: str, page: int) -> Field[str]:
    return Field[str](value=text, raw=text, confidence=1.0, page=page, source=Source.DATA)


def _placed(row: Row, at: SheetRow, sheet: Sheet, left: int) -> Row:
    """Return a row with the sheet as its page, in doubt where a cell was never computed or is struck out."""
    cells = {key: field.model_copy(update={"page": sheet.number}) for key, field in row.cells.items()}
    review = list(row.review)
    for code, listed in ((UNSAVED_FORMULA, sheet.unsaved), (STRUCK_OUT, sheet.struck)):
        doubted = [cell for cell in listed if int(_CELL.fullmatch(cell)[2]) == at.number]  # type: ignore[index]
        keys = [key for cell in doubted if (key := f"c{_column_index(cell) + 1 - left}") in cells]
        review += [code] if keys else []
        for key in keys:
            lost = {"value": None} if code == UNSAVED_FORMULA else {}
            cells[key] = cells[key].model_copy(update=lost).doubted(code)
    moved = {
        name: getattr(row, name).model_copy(update={"page": sheet.number})
        for name in ("district", "body", "status", "remark")
    }
    return row.model_copy(update={**moved, "cells": cells, "review": tuple(review)})


def _column_index(cell: str) -> int:
    index = 0
    for letter in _CELL.fullmatch(cell)[1]:  # type: ignore[index]
        index = index * _LETTERS + ord(letter) - ord("A") + 1
    return index - 1


def _merge(found: Sequence[tuple[Sheet, Annex]]) -> list[Annex]:
    """Return annexes with those of one province put together, unless a body would stand in one of them twice."""
    groups: dict[object, list[tuple[Sheet, Annex]]] = {}
    for sheet, annex in found:
        headers = tuple(column.header for column in annex.columns)
        alone = sheet.number if sheet.is_hidden else None
        key = (annex.province.raw, annex.shape, annex.as_of.value, headers, alone)
        groups.setdefault(key, []).append((sheet, annex))
    merged: list[Annex] = []
    for group in groups.values():
        bodies = [{(row.district.raw, row.body.raw) for row in annex.rows} for _, annex in group]
        is_beside = group[0][0].is_hidden and len(groups) > 1
        if sum(map(len, bodies)) == len(set().union(*bodies)) and not is_beside:
            merged.append(_joined([annex for _, annex in group]))
            continue
        for sheet, annex in group:
            title = f"{annex.title.value} {sheet.name}".strip()
            merged.append(annex.model_copy(update={"title": annex.title.model_copy(update={"value": title})}))
    return merged


def _joined(parts: Sequence[Annex]) -> Annex:
    if len(parts) == 1:
        return parts[0]
    rows: list[Row] = []
    subtotals: list[Subtotal] = []
    for part in parts:
        subtotals += [each.model_copy(update={"rows_above": each.rows_above + len(rows)}) for each in part.subtotals]
        rows += part.rows
        subtotals += [
            Subtotal(
                kind=SubtotalKind.DISTRICT,
                district=rows[-1].district if rows else Field[str](),
                rows_above=len(rows),
                column=total.column,
                value=total.value,
            )
            for total in part.totals
        ]
    return parts[0].model_copy(
        update={
            "pages": tuple(dict.fromkeys(page for part in parts for page in part.pages)),
            "rows": tuple(rows),
            "totals": (),
            "subtotals": tuple(subtotals),
            "notes": tuple(note for part in parts for note in part.notes),
        }
    )


def _issue(code: str, severity: Severity, page: int | None, th: str, en: str) -> Issue:
    return Issue(code=code, severity=severity, stage="parse", page=page, message=Message(th=th, en=en))


def _no_table(sheet: Sheet) -> Issue:
    return _issue(
        "sheet.no_table",
        Severity.WARNING,
        sheet.number,
        f"แผ่นงาน “{sheet.name}” ไม่มีคอลัมน์ชื่อ อปท. จึงไม่ได้แยกเป็นแถว ข้อความอยู่ในเนื้อหาของหน้า (ระบุหัวคอลัมน์ด้วย --columns)",
        f"sheet “{sheet.name}” has no column with names of bodies; it is in the text of the page, but not parted into"
        " rows (name the column by --columns)",
    )


def _hidden(sheet: Sheet) -> Issue:
    return _issue(
        "sheet.hidden",
        Severity.WARNING,
        sheet.number,
        f"แผ่นงาน “{sheet.name}” ซ่อนอยู่ในไฟล์ อ่านแยกเป็นบัญชีต่างหาก โปรดตรวจว่าเป็นข้อมูลที่ใช้จริง",
        f"sheet “{sheet.name}” is hidden in the file; it was read as an annex of its own: check whether it is meant",
    )


def _find_filled_hidden(sheet: Sheet) -> list[str]:
    """Return the hidden rows and columns of a sheet in which anything stands: offices hide all that is empty, too."""
    rows = [str(number) for number in sheet.hidden_rows if any(map(any, sheet.rows[number - 1 : number]))]
    columns = []
    for span in sheet.hidden_columns:
        first, _, last = span.partition(":")
        start, end = (_column_index(f"{letters}1") for letters in (first, last or first))
        if any(any(row[start : end + 1]) for row in sheet.rows):
            columns.append(span)
    return [*rows, *columns]


def _partly_hidden(sheet: Sheet, hidden: Sequence[str]) -> Issue:
    named = ", ".join(hidden[:_ISSUE_CELLS]) + (" …" if len(hidden) > _ISSUE_CELLS else "")
    return _issue(
        "sheet.hidden",
        Severity.WARNING,
        sheet.number,
        f"แผ่นงาน “{sheet.name}” ซ่อนแถวหรือคอลัมน์ที่ {named} ไว้ แต่อ่านด้วย โปรดตรวจว่าเป็นข้อมูลที่ใช้จริง",
        f"sheet “{sheet.name}” hides rows or columns {named}; they were read, too: check whether they are meant",
    )


def _unsaved(sheet: Sheet) -> Issue:
    named = ", ".join(sheet.unsaved[:_ISSUE_CELLS]) + (" …" if len(sheet.unsaved) > _ISSUE_CELLS else "")
    return _issue(
        "sheet.formula_unsaved",
        Severity.WARNING,
        sheet.number,
        f"แผ่นงาน “{sheet.name}” มีสูตรที่ยังไม่มีผลลัพธ์ {len(sheet.unsaved)} เซลล์ ({named})"
        " โปรดเปิดด้วยโปรแกรมตารางคำนวณ บันทึก แล้วนำเข้าใหม่",
        f"sheet “{sheet.name}” has {len(sheet.unsaved)} formulas without a value ({named}); open it in a spreadsheet,"
        " save it and import it again",
    )


def _undated() -> Issue:
    return _issue(
        "annex.undated",
        Severity.WARNING,
        None,
        "ไม่ทราบว่าเป็นข้อมูล ณ วันใด โปรดระบุด้วย --as-of ตอนนำเข้า หรือ saraban rounds date ภายหลัง",
        "the day of the data is not known: give it by --as-of, or later by saraban rounds date",
    )
