"""M: the wording of remarks, and the years they name."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from rapidfuzz.distance import Levenshtein

from models.annex import Annex, ColumnKind
from models.issue import Severity
from rules.engine.declaration import Case, Observation, could_not_run, passed, rule, violated
from rules.engine.messages import quote, rows_en, rows_th, thai
from rules.engine.record_paths import annexes, columns, reading, rows
from rules.totals.figures import NO_MARK
from thai.numerals import to_arabic
from thai.text import skeleton

CODES: Final = (
    "ยังไม่บันทึกข้อมูล",
    "ยังไม่ได้บันทึกข้อมูล",
    "ไม่ได้บันทึกข้อมูล",
    "บันทึกข้อมูลไม่ครบถ้วน",
    "บันทึกข้อมูลไม่สมบูรณ์",
    "บันทึกข้อมูลไม่ถูกต้อง",
    "บันทึกข้อมูลแค่ปี #",
    "บันทึกข้อมูลถึงปี #",
    "บันทึกข้อมูลเฉพาะปี #",
    "ไม่มีข้อมูลปี #",
    "ขาดข้อมูลปี #",
    "ไม่มีข้อมูล",
    "บันทึกข้อมูลครบถ้วน",
    "บันทึกข้อมูลเรียบร้อยแล้ว",
    "ยังไม่ดำเนินการ",
    "ยังไม่ได้ดำเนินการ",
    "อยู่ระหว่างดำเนินการ",
    "ดำเนินการไม่ครบถ้วน",
    "ดำเนินการแล้วเสร็จ",
    "ดำเนินการเรียบร้อยแล้ว",
    "ยังไม่รายงาน",
    "ยังไม่ได้รายงาน",
    "รายงานไม่ครบถ้วน",
    "ยังไม่ส่งข้อมูล",
    "ส่งข้อมูลไม่ครบถ้วน",
    "ยกฐานะปี #",
)
"""Wordings that status annexes use; # stands for a year or years."""

_MOST_EDITS: Final = 2
"""Letters in which a remark may differ from a known wording and still be a misprint of it."""
_SHARE_OF_EDITS: Final = 0.15
"""The same as a share of the wording's letters: one in seven, so that short wordings are not taken for one another."""
_MOST_QUOTED: Final = 5
"""Unknown wordings that are quoted in one message."""
_Wordings = dict[str, list[tuple[str, int]]]
_YEARS = re.compile(r"[0-9๐-๙]{2,4}(?:\s*(?:-|–|ถึง|,|และ)\s*(?:ปี\s*)?[0-9๐-๙]{2,4})*")
_PARTS = re.compile(r"[(),;/]")
_RANGE = re.compile(
    r"(?P<before>ก่อน\s*)?(?:ปี)?\s*(?:พ\.?ศ\.?)?\s*(?P<first>\d{4})\s*(?:ถึง|-|–)\s*(?:ปี)?\s*(?:พ\.?ศ\.?)?\s*(?P<last>\d{4})"
)


@rule(
    "M05",
    th="หมายเหตุอยู่ในชุดคำ",
    en="a remark is of the code book",
    severity=Severity.INFO,
    needs="classes of remarks",
    source="wordings of status annexes; more may be given in the settings (rules.remark_codes)",
)
def remarks_coded(case: Case) -> Iterator[Observation]:
    """Every part of a remark is a known wording, years aside. One that is nearly so is a misprint or a misreading.

    Of wordings that are like none it is not known whether they are right; they are told of once for all rows.
    """
    codes = {_bare(code): code for code in (*CODES, *case.settings.remark_codes)}
    for path, annex in annexes(case):
        if not columns(annex, ColumnKind.REMARK):
            continue
        misread: _Wordings = defaultdict(list)
        unknown: _Wordings = defaultdict(list)
        for where, number, row in rows(path, annex):
            faults = [part for part in _parts(reading(row.remark)) if _bare(part) not in codes]
            for part in faults:
                (misread if _nearest(part, codes) else unknown)[part].append((f"{where}.remark", number))
            if not faults and reading(row.remark).strip() not in NO_MARK:
                yield passed(f"{where}.remark")
        for part, found in misread.items():
            yield _misread_wording(part, found, _nearest(part, codes))
        if unknown:
            yield _unknown_wordings(unknown)


def _misread_wording(part: str, found: Sequence[tuple[str, int]], likely: str | None) -> Observation:
    numbers = [number for _, number in found]
    return violated(
        f"{quote(part)} ไม่อยู่ในชุดคำ {thai(len(found))} แถว ({rows_th(numbers)})",
        f"{quote(part)} is not in the code book: {len(found)} rows ({rows_en(numbers)})",
        [place for place, _ in found],
        likely,
    )


def _unknown_wordings(unknown: _Wordings) -> Observation:
    numbers = [number for found in unknown.values() for _, number in found]
    named = " ".join(quote(part) for part in list(unknown)[:_MOST_QUOTED])
    return could_not_run(
        f"{rows_th(numbers)} มีหมายเหตุที่ไม่อยู่ในชุดคำ {named}",
        f"{rows_en(numbers)}: wordings that the code book does not have {named}",
        [place for found in unknown.values() for place, _ in found],
    )


@rule(
    "M06",
    th="ปีในหมายเหตุอยู่ในช่วงที่กำหนดท้ายตาราง",
    en="years in a remark are within the range that the note below states",
    severity=Severity.WARNING,
    needs="range of years in the notes",
    source="the note below the table",
)
def years_in_range(case: Case) -> Iterator[Observation]:
    """Where a note says from which year to which data is asked for, remarks name years of that range only."""
    for path, annex in annexes(case):
        stated = _stated_range(annex)
        if stated is None:
            continue
        note, first, last = stated
        for where, number, row in rows(path, annex):
            outside = [year for year in row.remark_years if not first <= year <= last]
            if outside:
                named = ", ".join(map(str, outside))
                yield violated(
                    f"{rows_th([number])}: ปี {thai(named)} อยู่นอกช่วง {thai(first)}–{thai(last)}",
                    f"{rows_en([number])}: {named} is out of the range {first}–{last}",
                    [f"{where}.remark", f"{path}.notes[{note}]"],
                )
            elif row.remark_years:
                yield passed(f"{where}.remark")


def _stated_range(annex: Annex) -> tuple[int, int, int] | None:
    """Return the place of a note, the first and the last year it states; from 0 where it says `ก่อนปี`."""
    for index, note in enumerate(annex.notes):
        match = _RANGE.search(to_arabic(note.value or note.raw))
        if match and int(match["first"]) <= int(match["last"]):
            return index, 0 if match["before"] else int(match["first"]), int(match["last"])
    return None


def _parts(remark: str) -> list[str]:
    """Return the wordings of a remark: what stands in brackets and between commas, its years replaced by #."""
    if remark.strip() in NO_MARK:
        return []
    return [part.strip() for part in _PARTS.split(_YEARS.sub("#", remark)) if part.strip(" .")]


def _bare(text: str) -> str:
    return "".join(text.split())


def _nearest(part: str, codes: dict[str, str]) -> str | None:
    """Return the known wording that a part nearly is, None where it is like none or like two."""
    bare = _bare(part)
    most = min(_MOST_EDITS, int(_SHARE_OF_EDITS * len(bare)))
    ranked = sorted((_distance(bare, known), code) for known, code in codes.items())
    if ranked[0][0] > most or ranked[0][0] == ranked[1][0]:
        return None
    return ranked[0][1]


def _distance(one: str, other: str) -> float:
    """Return the edits between two wordings; a lost tone mark is half of one."""
    if skeleton(one) == skeleton(other):
        return 0.5
    return Levenshtein.distance(one, other)
