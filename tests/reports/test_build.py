"""The report record: figures, extracts and words say what a comparison holds, all of it."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from core.errors import Language
from models.annex import Status
from models.change import ChangeKind, Comparison, TotalChange
from models.document import DocumentStatus
from models.finding import Outcome
from models.issue import Severity
from models.letter import LetterKind
from models.snapshot import Precision
from reports import labels
from reports.change_report import build
from reports.chart_geometry import pictures
from reports.html import as_html
from reports.labels import number
from reports.render import extract_path, extracts, render
from reports.sections import standing
from tests.reports.builders import DEADLINE, FIRST, SECOND, SECTIONS, TODAY, C, N, P, change, row, snapshot


class TestBuild:
    def test_the_figures(self, report):
        assert (report.before.tally.complete, report.before.tally.total) == (1, 6)
        assert report.after.tally.model_dump() == {
            "total": 6,
            "complete": 1,
            "incomplete": 2,
            "not_started": 2,
            "unread": 1,
        }
        assert (report.gained, report.remaining, report.days_left, report.needed_a_day) == (0, 5, 7, 0.8)

    def test_every_change_stands_in_exactly_one_section(self, report, comparison):
        lines = [*report.newly_complete, *report.fell_back, *report.remarks, *report.bodies, *report.corrected]
        assert sorted((line.kind, line.body) for line in lines) == sorted((c.kind, c.body) for c in comparison.changes)
        assert [line.body for line in report.newly_complete] == ["อบต.ริม"]
        assert [line.body for line in report.fell_back] == ["อบต.ผาตอ"]
        assert [line.body for line in report.remarks] == ["อบต.จอมพระ", "อบต.กลางเวียง"]

    def test_no_day_is_left(self, comparison):
        for today, left in ((DEADLINE, 0), (DEADLINE + dt.timedelta(3), -3)):
            late = build(comparison, today)
            assert (late.days_left, late.needed_a_day) == (left, None)

    def test_equals_share_a_rank(self):
        rows = [row(i, f"ก{i}", status, district=d) for i, (status, d) in enumerate([(C, "ก"), (C, "ข"), (P, "ค")])]
        old = [row(i, f"ก{i}", P if d == "ก" else C, district=d) for i, d in enumerate("กขค")]
        built = build(Comparison(before=snapshot(FIRST, old), after=snapshot(SECOND, rows), changes=()), TODAY)
        assert [(each.name, each.rank_before, each.rank_after) for each in built.districts] == [
            ("ก", 3, 1),
            ("ข", 1, 1),
            ("ค", 1, 3),
        ]
        assert all(each.few for each in built.districts)

    def test_kinds_stand_in_their_official_order(self, report):
        assert [(line.name, line.before.total, line.after.total) for line in report.kinds] == [
            ("ทม.", 0, 1),
            ("อบต.", 6, 5),
        ]

    def test_who_is_behind_and_for_how_long(self, comparison):
        first = snapshot(dt.date(2021, 3, 1), [row(3, "จอมพระ", N), row(4, "เก่า", C), row(2, "ผาตอ", N)])
        chase = {line.body: line.rounds for line in build(comparison, TODAY, earlier=[first]).chase}
        assert chase == {"อบต.ผาตอ": 1, "อบต.จอมพระ": 3, "อบต.ใหม่": 2, "ทม.เพิ่มมา": 1}

    def test_not_started_comes_before_incomplete_within_a_district(self, report):
        assert [(line.district, line.status) for line in report.chase] == [
            ("ปัว", N),
            ("ปัว", P),
            ("ปัว", P),
            ("เวียงสา", N),
        ]

    def test_doubts_and_repairs_are_listed(self, report):
        assert [(line.body, line.review) for line in report.doubts] == [
            ("อบต.จอมพระ", ("register.near",)),
            ("อบต.กลางเวียง", ("status.unread",)),
        ]
        assert [(line.raw, line.body) for line in report.repairs] == [("อบต.จอมพร", "อบต.จอมพระ")]

    def test_empty_rounds(self):
        empty = build(Comparison(before=snapshot(None, []), after=snapshot(None, []), changes=()), TODAY)
        assert empty.after.tally.percent is None
        assert all(heading in as_html(empty) for heading in SECTIONS)


class TestAnAnnexOfNumbers:
    """Counts and amounts say of no body that it is complete; the report then speaks of numbers alone."""

    @pytest.fixture
    def numbers(self):
        old, new = (row(1, "ริม", None, values={"c3": value}) for value in (2, 1500.5))
        planted = change(ChangeKind.VALUE, old, new).model_copy(
            update={"column": "จำนวนโครงการ", "before_value": 2, "after_value": 1500.5}
        )
        totals = (TotalChange(column="จำนวนโครงการ", before=20, after=21),)
        before, after = snapshot(FIRST, [old], shape="counts"), snapshot(SECOND, [new], shape="counts")
        return build(Comparison(before=before, after=after, changes=(planted,), totals=totals), TODAY)

    def test_it_names_the_numbers_and_no_share(self, numbers):
        page = as_html(numbers)
        assert "จำนวนโครงการ" in page
        assert "๑,๕๐๐.๕๐" in page
        assert "ยอดรวมท้ายบัญชีที่เปลี่ยน" in page
        assert "ต้องได้เฉลี่ยวันละ" not in page
        assert numbers.doubts == ()

    def test_every_format_takes_it(self, numbers, tmp_path):
        for suffix in (".xlsx", ".docx", ".md", ".csv", ".json"):
            render(numbers, tmp_path / f"a{suffix}")
        assert "จำนวนเปลี่ยน" in (tmp_path / "a.csv").read_text("utf-8")


class TestExtracts:
    def test_one_a_district_with_its_own_bodies_and_its_rank_among_all(self, comparison, report):
        found = list(extracts(comparison, TODAY))
        assert [each.scope for each in found] == ["ปัว", "เวียงสา"]
        assert [each.after.tally.total for each in found] == [4, 2]
        assert [line.rank_after for each in found for line in each.districts] == [
            line.rank_after for line in report.districts
        ]
        for each in found:
            lines: list[Any] = [
                *each.newly_complete,
                *each.fell_back,
                *each.remarks,
                *each.bodies,
                *each.chase,
                *each.doubts,
            ]
            assert {line.district for line in lines} == {each.scope}
        assert "เฉพาะอำเภอปัว" in as_html(found[0])

    def test_their_names_say_the_district_and_leave_the_folder_never(self, tmp_path):
        path = tmp_path / "รายงาน.docx"
        assert extract_path(path, "เมืองน่าน").name == "รายงาน-อำเภอเมืองน่าน.docx"
        assert extract_path(path, "../../x/ย").parent == tmp_path


class TestWords:
    def test_dates(self):
        assert labels.date_long(FIRST) == "๑๖ เมษายน ๒๕๖๔"
        assert labels.date_short(FIRST) == "๑๖ เม.ย. ๒๕๖๔"
        assert labels.date_short(FIRST, "en") == "2021-04-16"
        assert labels.date_with_weekday(DEADLINE) == "วันศุกร์ที่ ๗ พฤษภาคม ๒๕๖๔"
        assert {labels.date_long(None), labels.date_short(None), labels.date_with_weekday(None)} == {labels.NONE}

    def test_numbers(self):
        assert [labels.number(1234), labels.number(0), labels.number(26.25, 2), labels.number(None)] == [
            "๑,๒๓๔",
            "๐",
            "๒๖.๒๕",
            labels.NONE,
        ]

    def test_every_value_has_words_in_both_languages(self):
        labelled: tuple[tuple[Callable[[Any, Language], str], Iterable[Any]], ...] = (
            (labels.document_status, DocumentStatus),
            (labels.letter_kind, LetterKind),
            (labels.row_status, [*Status, None]),
            (labels.change_kind, ChangeKind),
            (labels.outcome, Outcome),
            (labels.severity, Severity),
        )
        for say, values in labelled:
            assert all(say(value, "th") and say(value, "en").isascii() for value in values)


class TestWhatWasCompared:
    def test_the_rows_of_either_round_are_counted_and_those_without_a_counterpart(self, report):
        coverage = report.coverage
        assert (coverage.before, coverage.after, coverage.paired) == (6, 6, 5)
        assert (coverage.before_alone, coverage.after_alone, coverage.unread) == (1, 1, 1)

    def test_every_report_says_so(self, report, tmp_path):
        render(report, tmp_path / "a.md")
        text = (tmp_path / "a.md").read_text("utf-8")
        assert "จับคู่ได้ ๕ แห่ง จากรอบก่อน ๖ แถว รอบนี้ ๖ แถว ไม่มีคู่ ๒ แถว" in text
        assert "แถวที่ไม่มีคู่ให้เปรียบเทียบ รอบก่อน ๑ แถว รอบนี้ ๑ แถว แสดงไว้ในข้อ ๕" in text


class TestWordsOfTheSource:
    def test_a_status_is_shown_as_the_table_words_it(self, tmp_path):
        before, after = row(1, "ริม", P, said="ไม่ผ่าน"), row(1, "ริม", C, said="ผ่าน")
        still = row(2, "ผาตอ", P, said="ไม่ผ่าน")
        done = change(ChangeKind.STATUS, before, after, better=True)
        rounds = Comparison(
            before=snapshot(FIRST, [before, still]),
            after=snapshot(SECOND, [after, still]),
            changes=(done,),
            warnings=(),
        )
        report = build(rounds, TODAY)
        assert report.wordings == (("ผ่าน", C), ("ไม่ผ่าน", P))
        render(report, tmp_path / "a.md")
        text = (tmp_path / "a.md").read_text("utf-8")
        assert "| ไม่ผ่าน | ผ่าน |" in text
        assert "“ไม่ผ่าน” นับเป็นไม่ครบถ้วน" in text
        assert [line.said for line in report.chase] == ["ไม่ผ่าน"]
        assert "| รอบ | ผ่าน | ไม่ผ่าน | รวม |" in text
        assert "มี อปท. ที่มีผล “ผ่าน” ๑ แห่ง" in text
        assert "## ๒ ผ่านเพิ่ม" in text
        assert "เรียบร้อย" not in text.replace("นับเป็นเรียบร้อย", "")
        assert {"ผ่าน ๑", "ไม่ผ่าน ๒"} <= {label.text for label in pictures(report, "thai")["movement"][0].labels}

    def test_two_words_for_a_status_are_no_word_for_it(self):
        rows = [row(1, "ริม", C, said="ผ่าน"), row(2, "ผาตอ", C, said="ครบ")]
        report = build(
            Comparison(before=snapshot(FIRST, rows), after=snapshot(SECOND, rows), changes=(), warnings=()), TODAY
        )
        assert report.get_status_word(C) == "เรียบร้อย"

    def test_a_year_is_no_day(self, tmp_path):
        first = snapshot(FIRST, [row(1, "ริม", P)], as_of_precision=Precision.YEAR)
        rounds = Comparison(before=first, after=snapshot(SECOND, [row(1, "ริม", P)]), changes=(), warnings=())
        render(build(rounds, TODAY), tmp_path / "a.md")
        text = (tmp_path / "a.md").read_text("utf-8")
        assert "รอบก่อน ข้อมูลปี ๒๕๖๔" in text
        assert "๑๖ เม.ย." not in text

    @pytest.mark.parametrize("suffix", [".html", ".xlsx", ".docx", ".md"])
    def test_nor_in_any_table_of_any_format(self, suffix, tmp_path):
        odd = [row(1, "ริม", P, raw="อบต.รึม"), row(2, "ผาตอ", N, review=("row.narrow",))]
        rounds = [snapshot(day, odd, as_of_precision=Precision.YEAR) for day in (FIRST, SECOND.replace(year=2022))]
        report = build(Comparison(before=rounds[0], after=rounds[1], changes=(), warnings=()), TODAY)
        assert report.doubts
        assert report.repairs
        render(report, tmp_path / f"a{suffix}")
        content = (tmp_path / f"a{suffix}").read_bytes()
        if suffix in (".xlsx", ".docx"):
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                content = b"".join(packed.read(name) for name in packed.namelist() if name.endswith(".xml"))
        text = content.decode()
        assert "ปี ๒๕๖๕" in text
        assert not re.search(r"๑๖ เม\.ย\.|๒๙ เม\.ย\.|<v>44[0-9]{3}</v>", text)


class TestNetAndGross:
    def test_what_came_and_went_stands_beside_the_net_change(self, report):
        text = standing(report)
        assert f"เปลี่ยนเป็นเรียบร้อย {number(len(report.newly_complete))} แห่ง" in text
        assert f"ถอยจากเรียบร้อย {number(report.lost)} แห่ง" in text

    def test_where_none_fell_back_the_change_is_told_once(self):
        before, after = row(1, "ริม", P), row(1, "ริม", C)
        rounds = Comparison(
            before=snapshot(FIRST, [before]),
            after=snapshot(SECOND, [after]),
            changes=(change(ChangeKind.STATUS, before, after, better=True),),
            warnings=(),
        )
        assert "เพิ่มขึ้นสุทธิจากรอบก่อน ๑ แห่ง คงเหลือ" in standing(build(rounds, TODAY))
