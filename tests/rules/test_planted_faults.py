"""A true paper raises nothing; the same paper with one fault planted raises the rule that is for it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.settings import Settings
from gazetteer.register import load
from models.document import Document, DocumentStatus
from models.finding import Outcome
from models.issue import Severity
from pipeline.judging import judge_document
from tests.paper import Paper, build_paper
from thai.numerals import to_thai

PROVINCE = "อุตรดิตถ์"
PROVINCES = [name for name in load().provinces if load().find_bodies(name)]


def violated(document: Document) -> set[str]:
    return {verdict.rule for verdict in judge_document(document, Settings()) if verdict.outcome is Outcome.VIOLATED}


@pytest.fixture(scope="module")
def paper() -> Paper:
    return build_paper(PROVINCE)


@pytest.mark.parametrize(
    "province", [PROVINCE, *(pytest.param(name, marks=pytest.mark.slow) for name in PROVINCES if name != PROVINCE)]
)
def test_a_true_paper_of_any_province_raises_nothing(province: str, tmp_path: Path) -> None:
    """Not an error, and nothing less either; 532 of them were measured, seven a province."""
    document = build_paper(province).read(tmp_path)
    assert document.findings == ()
    assert document.status is DocumentStatus.OK


def first(paper: Paper, done: bool) -> int:  # noqa: FBT001 - the value itself
    return next(at for at, line in enumerate(paper.lines) if bool(line.done) is done)


def index(paper: Paper, label: str) -> int:
    return next(at for at, line in enumerate(paper.lines) if line.label == label)


def without(paper: Paper, at: int) -> Paper:
    return replace(paper, lines=paper.lines[:at] + paper.lines[at + 1 :])


def doubled(paper: Paper, at: int) -> Paper:
    return replace(paper, lines=(*paper.lines[: at + 1], *paper.lines[at:]))


def renumbered(paper: Paper) -> Paper:
    lines = tuple(replace(line, sequence=n) for n, line in enumerate(paper.lines, start=1))
    done = sum(bool(line.done) for line in lines)
    return replace(paper, lines=lines, totals=(done, len(lines) - done))


def shifted(paper: Paper, **changes: int) -> Paper:
    """Return the paper with its first total off by so much, or its second."""
    return replace(paper, totals=(paper.totals[0] + changes.get("done", 0), paper.totals[1] + changes.get("left", 0)))


def changed(**parts: Any) -> Callable[[Paper], Paper]:
    return lambda paper: replace(paper, **parts)


def text(right: str, wrong: str) -> Callable[[Paper], Paper]:
    return lambda paper: replace(paper, changed={right: wrong})


FAULTS: dict[str, tuple[Callable[[Paper], Paper], str]] = {
    "total off by one": (lambda p: shifted(p, done=1), "T01 T02"),
    "totals off against each other": (lambda p: shifted(p, done=1, left=-1), "T02"),
    "total under another column": (
        lambda p: replace(p, changed={f"\t\t\t{to_thai(str(p.totals[0]))}\t": f"\t\t{to_thai(str(p.totals[0]))}\t\t"}),
        "T03",
    ),
    "row dropped": (lambda p: replace(without(p, 30), body_count=len(p.lines)), "O01 T01 O04 T09 T10"),
    "row dropped and the rest renumbered": (lambda p: renumbered(without(p, 30)), "O04 T10"),
    "row doubled": (lambda p: doubled(p, 30), "O01 O02 T01"),
    "row doubled and renumbered": (lambda p: renumbered(doubled(p, 30)), "O02"),
    "two rows changed places": (
        lambda p: replace(p, lines=(*p.lines[:3], p.lines[4], p.lines[3], *p.lines[5:])),
        "O01",
    ),
    "district of another row": (lambda p: p.with_line(index(p, "อบต.หาดล้า"), district="ตรอน"), "O06 O09"),
    "district that is none": (lambda p: p.with_line(index(p, "อบต.หาดล้า"), district="ท่าปา"), "O05"),
    "name misread": (lambda p: p.with_line(index(p, "อบต.ผาเลือด"), label="อบต.พาเลือด"), "O03"),
    "name of another province": (lambda p: p.with_line(index(p, "อบต.ผาเลือด"), label="อบต.เชียงยืน"), "O03 O04 O07"),
    "abbreviation misread": (lambda p: p.with_line(index(p, "อบต.ผาเลือด"), label="อบด.ผาเลือด"), "O08"),
    "kind of another body": (lambda p: p.with_line(index(p, "อบต.ผาเลือด"), label="ทต.ผาเลือด"), "O03"),
    "both marks": (lambda p: p.with_line(first(p, done=True), left="✗"), "M01 T02"),
    "no mark": (lambda p: p.with_line(first(p, done=True), done=""), "M01 T02"),
    "another sign": (lambda p: p.with_line(first(p, done=False), left="x"), "M02"),
    "no remark": (lambda p: p.with_line(first(p, done=False), remark=""), "M03"),
    "remark on what is done": (lambda p: p.with_line(first(p, done=True), remark="ยังไม่บันทึกข้อมูล"), "M04"),
    "remark misspelt": (lambda p: p.with_line(first(p, done=False), remark="ยังไม่บันทีกข้อมูล"), "M05"),
    "year after the range": (
        lambda p: p.with_line(first(p, done=False), remark="บันทึกข้อมูลไม่ครบถ้วน (บันทึกข้อมูลแค่ปี ๒๕๖๔)"),
        "M06",
    ),
    "number of bodies in the letter": (lambda p: replace(p, body_count=len(p.lines) - 1), "T09"),
    "wrong weekday": (changed(weekday="พุธ"), "D01"),
    "impossible date": (changed(date="๓๑ เมษายน ๒๕๖๔"), "D02 L01"),
    "no date": (changed(date="วัน เดือน ๒๕๖๔"), "D02 L01"),
    "year of the common era": (changed(date="๒๙ เมษายน ๒๐๒๑"), "D03"),
    "reference from the future": (changed(reference_date="๗ ตุลาคม ๒๕๖๕"), "D04"),
    "data after the letter": (lambda p: replace(p, as_of=dt.date(2021, 5, 3)), "D06"),
    "old data": (lambda p: replace(p, as_of=dt.date(2021, 2, 1)), "D07"),
    "deadline before the letter": (lambda p: replace(p, deadline=dt.date(2021, 4, 20)), "D08"),
    "deadline too near": (lambda p: replace(p, deadline=dt.date(2021, 4, 30)), "D08"),
    "prefix that is none": (text("ที่ อต ๐๐๒๓.๓/ว ๑๗๗", "ที่ ฮต ๐๐๒๓.๓/ว ๑๗๗"), "N02 N03"),
    "prefix of another province": (text("ที่ อต ๐๐๒๓.๓/ว ๑๗๗", "ที่ อด ๐๐๒๓.๓/ว ๑๗๗"), "N03"),
    "two strokes in the number": (changed(number="๐๐๒๓.๓/ว ๑๗๗/๔"), "N01"),
    "unit of another office": (text("สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด", "ที่ทำการปกครองจังหวัด"), "N04"),
    "reference without its date": (text(" ลงวันที่ ๗ ตุลาคม ๒๕๖๓", ""), "N11"),
    "closing of another salutation": (changed(closing="ขอแสดงความนับถืออย่างยิ่ง"), "L02"),
    "letters of a name lost": (changed(signer="นายส. ตัวอย่างดี"), "L04"),
    "province misread": (text("ผู้ว่าราชการจังหวัดอุตรดิตถ์", "ผู้ว่าราชการจังหวัดอุดรดิตถ์"), "L05"),
    "postcode of another province": (text("ถนนตัวอย่าง อต", "ถนนตัวอย่าง จังหวัดอุตรดิตถ์ ๔๑๐๐๐"), "L06"),
    "telephone number with hyphens": (text("๐ ๒๐๐๐ ๐๐๐๐", "๐-๒๐๐๐-๐๐๐๐"), "L07"),
    "telephone number cut short": (text("๐ ๒๐๐๐ ๐๐๐๐", "๐ ๒๐๐๐ ๐๐๐"), "L07"),
    "code that was not decoded": (text("รายละเอียดปรากฏ", "รายละเอียดตาม QR Code ปรากฏ"), "L09"),
    "label misspelt": (text("อ้างถึง หนังสือ", "อ้างถง หนังสือ"), "L10"),
    "letter of another script": (lambda p: p.with_line(index(p, "อบต.ผาเลือด"), label="อบต.ຜາເລືອດ"), "Q01"),
    "mark on nothing": (lambda p: p.with_line(index(p, "อบต.ผาเลือด"), label="อบต. ูาเลือด"), "Q02"),
    "mixed digits": (changed(number="๐๐๒3.๓/ว ๑๗๗"), "Q04"),
    "line that repeats itself": (
        text("จึงเรียนมาเพื่อทราบและดำเนินการ", "\n".join(["จึงเรียนมาเพื่อทราบและดำเนินการ"] * 6)),
        "Q06",
    ),
}

# One of the numbers, one of the rows and one of the letter: all the others are `slow`.
QUICK = ("total off by one", "both marks", "no date")


@pytest.mark.parametrize(
    "fault", [fault if fault in QUICK else pytest.param(fault, marks=pytest.mark.slow) for fault in FAULTS]
)
def test_a_planted_fault_is_found(fault: str, paper: Paper, tmp_path: Path) -> None:
    plant, rules = FAULTS[fault]
    found = violated(plant(paper).read(tmp_path))
    assert set(rules.split()) <= found, found


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(province=st.sampled_from(PROVINCES), off=st.sampled_from([-7, -1, 1, 2, 10]), second=st.booleans())
def test_any_total_that_is_off_is_an_error(province: str, off: int, second: bool, tmp_path: Path) -> None:  # noqa: FBT001
    paper = build_paper(province)
    wrong = shifted(paper, left=off) if second else shifted(paper, done=off)
    if min(wrong.totals) < 0:
        return
    document = wrong.read(tmp_path)
    rules = {finding.rule for finding in document.findings if finding.severity is Severity.ERROR}
    assert {"T01", "T02"} <= rules
    assert document.status is DocumentStatus.NEEDS_REVIEW


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(province=st.sampled_from(PROVINCES), share=st.floats(0, 0.999))
def test_any_dropped_row_is_found_even_where_the_rest_hides_it(province: str, share: float, tmp_path: Path) -> None:
    paper = build_paper(province)
    wrong = renumbered(without(paper, int(share * len(paper.lines))))
    assert {"O04", "T10"} <= violated(wrong.read(tmp_path))
