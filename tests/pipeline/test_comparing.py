"""Choosing rounds of an archive, correcting what series they form, and writing what changed."""

import datetime as dt

import pytest

from core.errors import NotFoundError, UsageError
from models.annex import BodyKind, BodyRef, Status
from models.document import Document, DocumentStatus, SourceDocument
from models.snapshot import Place, Snapshot, SnapshotRow
from pipeline.comparing import (
    Asked,
    choose_rounds,
    compare_rounds,
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
        assert [each.key for each in pair] == ["b", "c"]
        assert [each.key for each in rounds_before(archive, pair)] == ["a"]

    def test_a_deadline_that_no_letter_names(self, archive, tmp_path):
        comparison = compare_rounds(choose_rounds(archive, "b.pdf", "a.pdf", latest=False), force=False)
        day = dt.date(2021, 5, 7)
        (path,) = write_report(archive, comparison, tmp_path / "r.md", Asked(made_on=dt.date(2021, 5, 2), deadline=day))
        assert "เหลือเวลา ๕ วัน" in path.read_text("utf-8")

    def test_reports_whole_and_by_district(self, archive, tmp_path):
        comparison = compare_rounds(choose_rounds(archive, "a.pdf", "c.pdf", latest=False), force=False)
        (whole,) = write_report(
            archive, comparison, tmp_path / "r.html", Asked(made_on=dt.date(2021, 5, 2), digits="arabic")
        )
        assert "1 พฤษภาคม 2564" in whole.read_text("utf-8")
        parts = write_report(archive, comparison, tmp_path / "r.md", Asked(by_district=True))
        assert [path.name for path in parts] == ["r-อำเภอปัว.md", "r-อำเภอเวียงสา.md"]
        assert "เวียงสา" not in parts[0].read_text("utf-8")
