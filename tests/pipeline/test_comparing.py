"""Choosing rounds of an archive, correcting what series they form, and writing what changed."""

import datetime as dt

import pytest

from core.errors import NotFoundError, UsageError
from models.annex import BodyKind, BodyRef, Status
from models.document import Document, DocumentStatus, SourceDocument
from models.snapshot import Place, Snapshot, SnapshotRow
from pipeline.comparing import (
    ReportOptions,
    choose_rounds,
    compare_rounds,
    correct_rounds,
    correct_series,
    rounds_before,
    series_in,
    write_report,
)
from store.archive import Archive

DAYS = {"a": dt.date(2021, 3, 1), "b": dt.date(2021, 4, 1), "c": dt.date(2021, 5, 1), "x": dt.date(2021, 6, 1)}


def snapshot(name, title="การบันทึกข้อมูล", **more):
    rows = [
        SnapshotRow(
            sequence=number,
            district=district,
            body=(body := BodyRef(kind=BodyKind.SAO, name=district + "ก")),
            label=body.label,
            status=Status.COMPLETE if name > "a" else Status.NOT_STARTED,
            remark="",
            place=Place(document=name * 64, page=1, raw=body.label),
        )
        for number, district in enumerate(("ปัว", "เวียงสา"), start=1)
    ]
    facts = {"key": name, "series": title, "title": title, "province": "น่าน", "document": name * 64, "annex": 0}
    return Snapshot(**{**facts, "as_of": DAYS[name], "rows": tuple(rows), **more})


@pytest.fixture
def archive(tmp_path):
    """Three rounds of one annex, a to c, and one of another, x."""
    with Archive.open(tmp_path / "archive") as store:
        for name in DAYS:
            source = SourceDocument(name=f"{name}.pdf", sha256=name * 64, media_type="application/pdf", pages=1)
            record = Document(source=source, status=DocumentStatus.OK, text="", pages=())
            title = "การจัดสรรเงินอุดหนุนทั่วไปประจำปี" if name == "x" else "การบันทึกข้อมูล"
            store.put_document(record, "e", (snapshot(name, title),))
        yield store


def found(archive):
    return sorted("".join(each.key for each in series.rounds) for series in series_in(archive))


class TestSeries:
    def test_the_tool_finds_them(self, archive):
        assert found(archive) == ["abc", "x"]

    def test_merged_split_and_named(self, archive):
        correct_series(archive, "merge", ["a.pdf", "x.pdf"])
        assert found(archive) == ["abcx"]
        correct_series(archive, "split", ["b.pdf"])
        assert found(archive) == ["acx", "b"]
        correct_series(archive, "rename", ["c.pdf"], "ชื่อใหม่")
        assert [each.title for each in series_in(archive) if len(each.rounds) == 3] == ["ชื่อใหม่"]
        assert found(archive) == ["acx", "b"]

    def test_a_new_round_joins_what_was_merged_and_never_what_was_split(self, archive):
        correct_series(archive, "merge", ["a.pdf", "x.pdf"])
        correct_series(archive, "split", ["b.pdf"])
        archive.put_snapshot(snapshot("c", key="d", as_of=dt.date(2021, 7, 1), annex=1))
        assert found(archive) == ["acxd", "b"]

    def test_another_reading_of_a_round_is_split_with_it(self, archive):
        archive.put_snapshot(snapshot("c", key="b2", as_of=DAYS["b"], annex=1))
        correct_series(archive, "split", ["b.pdf"])
        assert found(archive) == ["ac", "b2", "x"]

    @pytest.mark.parametrize(
        ("action", "names", "title"),
        [
            ("merge", ["a.pdf"], ""),
            ("split", [], ""),
            ("rename", ["a.pdf"], ""),
            ("split", ["a.pdf"], "ชื่อ"),
            ("x", ["a.pdf"], ""),
        ],
    )
    def test_what_makes_no_sense_is_a_usage_error_and_changes_nothing(self, archive, action, names, title):
        with pytest.raises(UsageError):
            correct_series(archive, action, names, title)
        assert archive.round_choices() == []

    def test_a_document_that_is_not_there(self, archive):
        with pytest.raises(NotFoundError):
            correct_series(archive, "split", ["none.pdf"])


class TestRounds:
    def test_the_latest_two_and_those_before(self, archive):
        correct_series(archive, "split", ["x.pdf"])
        pair = choose_rounds(archive, None, None, latest=True)
        assert [each.key for each in (*pair.before, *pair.after)] == ["b", "c"]
        assert [each.key for each in rounds_before(archive, pair)] == ["a"]

    def test_a_deadline_that_no_letter_names(self, archive, tmp_path):
        comparison = compare_rounds(choose_rounds(archive, "b.pdf", "a.pdf", latest=False), force=False)
        day = dt.date(2021, 5, 7)
        (path,) = write_report(
            archive, comparison, tmp_path / "r.md", ReportOptions(made_on=dt.date(2021, 5, 2), deadline=day)
        )
        assert "เหลือเวลา ๕ วัน" in path.read_text("utf-8")

    def test_reports_whole_and_by_district(self, archive, tmp_path):
        comparison = compare_rounds(choose_rounds(archive, "a.pdf", "c.pdf", latest=False), force=False)
        (whole,) = write_report(
            archive, comparison, tmp_path / "r.html", ReportOptions(made_on=dt.date(2021, 5, 2), digits="arabic")
        )
        assert "1 พฤษภาคม 2564" in whole.read_text("utf-8")
        parts = write_report(archive, comparison, tmp_path / "r.md", ReportOptions(by_district=True))
        assert [path.name for path in parts] == ["r-อำเภอปัว.md", "r-อำเภอเวียงสา.md"]
        assert "เวียงสา" not in parts[0].read_text("utf-8")


class TestCorrections:
    def test_a_removed_round_is_in_no_series_until_it_is_restored(self, archive):
        before = archive.snapshots()
        correct_rounds(archive, "remove", "b.pdf", "นำเข้าผิดไฟล์")
        assert found(archive) == ["ac", "x"]
        with pytest.raises(NotFoundError):
            choose_rounds(archive, "a.pdf", "b.pdf", latest=False)
        correct_rounds(archive, "restore", "b.pdf", "ถูกต้องแล้ว")
        assert found(archive) == ["abc", "x"]
        assert archive.snapshots() == before
        assert [each.reason for each in archive.round_corrections()] == ["นำเข้าผิดไฟล์", "ถูกต้องแล้ว"]

    def test_a_round_gets_another_day(self, archive):
        correct_rounds(archive, "date", "a.pdf", "วันที่พิมพ์ผิด", dt.date(2021, 12, 31))
        assert found(archive) == ["bca", "x"]

    @pytest.mark.parametrize(("action", "reason", "day"), [("remove", " ", None), ("date", "x", None)])
    def test_no_reason_or_no_day_changes_nothing(self, archive, action, reason, day):
        with pytest.raises(UsageError):
            correct_rounds(archive, action, "a.pdf", reason, day)
        assert archive.round_corrections() == []

    def test_another_reading_of_the_same_annex_is_no_round_of_its_own(self, archive):
        archive.put_snapshot(snapshot("c", key="dated", as_of=dt.date(2021, 9, 1)))
        assert found(archive) == ["abdated", "x"]

    def test_a_round_is_not_compared_or_merged_with_itself(self, archive):
        with pytest.raises(UsageError, match="same annex"):
            compare_rounds(choose_rounds(archive, "a.pdf", "a.pdf", latest=False), force=True)
        with pytest.raises(UsageError, match="same round"):
            correct_series(archive, "merge", ["a.pdf", "a.pdf"])


@pytest.fixture
def national(tmp_path):
    """Two rounds of one table of three provinces each; one province is in either round alone."""
    with Archive.open(tmp_path / "national") as store:
        for name, provinces in (("a", ("น่าน", "แพร่", "ตราด")), ("b", ("น่าน", "แพร่", "ตรัง"))):
            source = SourceDocument(name=f"{name}.csv", sha256=name * 64, media_type="text/csv", pages=1)
            record = Document(source=source, status=DocumentStatus.OK, text="", pages=())
            parts = (
                snapshot(name, key=f"{name}{index}", province=province, series=province, annex=index)
                for index, province in enumerate(provinces)
            )
            store.put_document(record, "e", tuple(parts))
        yield store


class TestNational:
    @pytest.mark.parametrize(("names", "latest"), [(("a.csv", "b.csv"), False), ((None, None), True)])
    def test_all_provinces_are_compared_and_the_others_are_told(self, national, names, latest):
        comparison = compare_rounds(choose_rounds(national, *names, latest=latest), force=False)
        assert {row.province for row in comparison.after.rows} == {"น่าน", "แพร่"}
        assert (comparison.paired, len(comparison.changes)) == (4, 4)
        left_out = {(each.side, each.province, each.rows, each.reason) for each in comparison.exclusions}
        expected = {("before", "ตราด", 2, "no_counterpart"), ("after", "ตรัง", 2, "no_counterpart")}
        assert left_out == (set() if latest else expected)

    def test_one_province_or_one_annex(self, national):
        for pair in (
            choose_rounds(national, "a.csv", "b.csv", latest=False, province="แพร่"),
            choose_rounds(national, "a.csv#2", "b.csv#2", latest=False),
            choose_rounds(national, None, None, latest=True, province="แพร่"),
        ):
            comparison = compare_rounds(pair, force=False)
            assert (comparison.before.key, comparison.after.key) == ("a1", "b1")
        with pytest.raises(UsageError, match="น่าน"):
            choose_rounds(national, "a.csv", "b.csv", latest=False, province="ไม่มี")

    def test_a_province_that_violates_rules_is_left_out_and_named(self, national):
        national.put_snapshot(snapshot("b", key="b1x", province="แพร่", series="แพร่", annex=1, blocked_by=("T01",)))
        pair = choose_rounds(national, "a.csv", "b.csv", latest=False)
        comparison = compare_rounds(pair, force=False)
        assert (comparison.before.province, len(comparison.before.rows)) == ("น่าน", 2)
        assert ("after", "แพร่", ("T01",)) in {(each.side, each.province, each.rules) for each in comparison.exclusions}
        assert {row.province for row in compare_rounds(pair, force=True).before.rows} == {"น่าน", "แพร่"}

    def test_the_report_says_what_it_compared(self, national, tmp_path):
        comparison = compare_rounds(choose_rounds(national, "a.csv", "b.csv", latest=False), force=False)
        (path,) = write_report(national, comparison, tmp_path / "r.md", ReportOptions(made_on=dt.date(2021, 5, 2)))
        text = path.read_text("utf-8")
        assert "เปรียบเทียบ ๔ รายการ จากรอบก่อน ๔ แถว และรอบนี้ ๔ แถว" in text
        assert "ตราด" in text
        assert "ตรัง" in text
