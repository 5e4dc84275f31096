"""Rounds as they are frozen from a document, and known as one series."""

import datetime as dt

import pytest

from models.annex import Annex, BodyKind, BodyRef, Column, ColumnKind, Row, Status, Total
from models.document import Document, DocumentStatus, SourceDocument
from models.field import Box, Field
from models.finding import Basis, Finding, Outcome
from models.issue import Message, Severity
from models.letter import Deadline, Letter, LetterKind
from models.snapshot import Precision
from rounds.series import group_series, same_series
from rounds.snapshot import freeze, is_round, title_skeleton
from tests.rounds.builders import FIRST, TITLE, later, snapshot


class TestSeries:
    def test_a_misread_letter_in_the_title_is_the_same_series(self):
        misread = later(title=TITLE.replace("สถานะ", "สภานะ").replace("ที่", "ที"), series="t")
        assert same_series(snapshot(), misread)

    @pytest.mark.parametrize("other", [{"province": "แพร่"}, {"shape": "counts"}, {"title": "บัญชีจัดสรรเงินอุดหนุน"}])
    def test_another_province_shape_or_subject_is_another_series(self, other):
        assert not same_series(snapshot(), later(**{"series": "t", **other}))

    def test_the_date_in_a_title_does_not_count(self):
        dated = "สรุปผลการบันทึกข้อมูล ข้อมูล ณ วันที่ {} จังหวัดน่าน"
        assert title_skeleton(dated.format("๑๖ เมษายน ๒๕๖๔")) == title_skeleton(dated.format("7 พ.ค. 2564"))

    def test_rounds_stand_by_date_in_their_newest_reading(self):
        third = later(key="c", version=2, document="rescan")
        given = [later(key="b"), third, snapshot(key="d", as_of=None), snapshot(key="a")]
        (series,) = group_series(given)
        assert [each.key for each in series.rounds] == ["a", "c", "d"]
        assert (series.title, series.province) == (TITLE, "น่าน")

    def test_series_stand_apart(self):
        found = group_series([snapshot(), later(), snapshot(province="แพร่", series="t")])
        assert [(each.province, len(each.rounds)) for each in found] == [("น่าน", 2), ("แพร่", 1)]
        assert group_series([]) == []


def make_document(**more):
    body = Field[BodyRef](
        value=BodyRef(kind=BodyKind.SAO, name="ขุนฝาง", code="1"),
        raw="อบต.บุนฝ่าง",
        page=2,
        box=Box(0.1, 0.2, 0.3, 0.4),
        review=("register.near",),
    )
    read = Row(
        sequence=Field[int](value=1),
        district=Field[str](value="ปัว"),
        body=body,
        cells={},
        status=Field[Status](value=Status.INCOMPLETE),
        remark=Field[str](value="แค่ปี 2563"),
        remark_years=(2563,),
        review=("row.narrow",),
    )
    unread = Row(
        sequence=Field[int](value=2),
        district=Field[str](),
        body=Field[BodyRef](raw=" อบต.?? "),
        cells={},
        status=Field[Status](),
        remark=Field[str](),
    )
    annex = Annex(
        title=Field[str](value=TITLE),
        province=Field[str](value="น่าน"),
        as_of=Field[dt.date](value=FIRST),
        pages=(2,),
        shape="marks",
        columns=(Column(key="c1", header="ลำดับ", kind=ColumnKind.SEQUENCE),),
        rows=(read, unread),
        totals=(Total(column="c4", value=Field[int](value=21)),),
    )
    deadlines = tuple(
        Deadline(date=Field[dt.date](value=day), weekday=Field[int](), past=past)
        for day, past in ((dt.date(2021, 5, 7), False), (None, False), (dt.date(2021, 9, 30), True))
    )
    return Document(
        source=SourceDocument(name="a.pdf", sha256="ab" * 32, media_type="application/pdf", pages=2),
        status=DocumentStatus.NEEDS_REVIEW,
        text="",
        pages=(),
        letters=(Letter(kind=LetterKind.EXTERNAL_LETTER, pages=(1,), deadlines=deadlines),),
        annexes=(annex, annex),
        **more,
    )


def finding(rule, severity=Severity.ERROR, outcome=Outcome.VIOLATED, evidence=("annexes[0].rows[0]",)):
    return Finding(rule=rule, severity=severity, outcome=outcome, message=Message(th="ก", en="a"), evidence=evidence)


class TestFreeze:
    def test_it_keeps_what_was_read_and_where(self):
        frozen = freeze(make_document(), 0)
        first, second = frozen.rows
        assert (first.label, first.place.raw, first.place.page) == ("อบต.ขุนฝาง", "อบต.บุนฝ่าง", 2)
        assert first.place.box == Box(0.1, 0.2, 0.3, 0.4)
        assert first.review == ("row.narrow", "register.near")
        assert (second.label, second.body, second.status, second.remark) == ("อบต.??", None, None, "")
        assert (frozen.as_of, frozen.province, frozen.shape, frozen.totals) == (FIRST, "น่าน", "marks", {"c4": 21})
        assert frozen.deadline == dt.date(2021, 5, 7)
        assert frozen.version == 1

    def test_numbers_are_kept_with_their_columns(self):
        columns = tuple(
            Column(key=key, header=header, kind=kind)
            for key, header, kind in (
                ("c1", "ลำดับ", ColumnKind.SEQUENCE),
                ("c2", "จำนวน", ColumnKind.COUNT),
                ("c3", "บาท", ColumnKind.AMOUNT),
            )
        )
        document = make_document()
        annex = document.annexes[0]
        texts = ("๑,๒๓๔", "-"), ("", "๑๒a")
        rows = tuple(
            one.model_copy(update={"cells": {k: Field(value=v) for k, v in zip(("c2", "c3"), text, strict=True)}})
            for one, text in zip(annex.rows, texts, strict=True)
        )
        counted = annex.model_copy(update={"columns": columns, "rows": rows, "shape": "counts"})
        frozen = freeze(document.model_copy(update={"annexes": (counted,)}), 0)
        assert [one.values for one in frozen.rows] == [{"c2": 1234, "c3": 0}, {"c2": None, "c3": None}]
        assert [column.key for column in frozen.columns] == ["c2", "c3"]

    def test_the_same_reading_has_the_same_key_and_another_has_another(self):
        document = make_document()
        assert freeze(document, 0) == freeze(document, 0)
        assert freeze(document, 0).key != freeze(document, 1).key
        assert freeze(document, 0).series == freeze(document, 1).series
        assert freeze(document, 0).key != freeze(make_document(findings=(finding("T01"),)), 0).key

    @pytest.mark.parametrize(
        ("shape", "kept"), [("marks", True), ("counts", True), ("amounts", True), ("other", False)]
    )
    def test_what_is_compared(self, shape, kept):
        annex = make_document().annexes[0].model_copy(update={"shape": shape})
        assert is_round(annex) is kept
        assert not is_round(annex.model_copy(update={"rows": ()}))

    def test_only_violated_errors_of_this_annex_block(self):
        findings = (
            finding("O02"),
            finding("T01", outcome=Outcome.COULD_NOT_RUN),
            finding("M01", severity=Severity.WARNING),
            finding("O03"),
            finding("T02", evidence=("annexes[1].totals[0]",)),
            finding("M01", evidence=()),
        )
        document = make_document(findings=findings)
        assert freeze(document, 0).blocked_by == ("M01", "O02")
        assert freeze(document, 1).blocked_by == ("M01", "T02")

    def test_there_is_no_such_annex(self):
        with pytest.raises(IndexError):
            freeze(make_document(), 2)


def test_a_status_in_words_is_kept_and_a_year_is_known_to_be_one() -> None:
    document = make_document()
    annex = document.annexes[0]
    first = annex.rows[0]
    said = first.status.model_copy(update={"raw": "ไม่ผ่าน", "value": Status.INCOMPLETE})
    rows = (first.model_copy(update={"status": said}), *annex.rows[1:])
    as_of = annex.as_of.model_copy(update={"raw": "พ.ศ. ๒๕๖๕"})
    frozen = freeze(
        document.model_copy(update={"annexes": (annex.model_copy(update={"rows": rows, "as_of": as_of}),)}), 0
    )
    assert frozen.rows[0].said == "ไม่ผ่าน"
    assert {row.said for row in frozen.rows[1:]} <= {""}
    assert frozen.as_of_precision is Precision.YEAR


@pytest.mark.parametrize(
    ("basis", "severity", "blocks"),
    [("paper", "error", True), ("doubted", "warning", True), ("paper", "warning", False)],
)
def test_a_doubted_total_blocks_a_comparison_as_a_wrong_one_does(basis: str, severity: str, blocks: bool) -> None:  # noqa: FBT001
    found = finding("T02", Severity(severity), evidence=("annexes[0].totals[0]",))
    found = found.model_copy(update={"basis": Basis(basis)})
    frozen = freeze(make_document().model_copy(update={"findings": (found,)}), 0)
    assert bool(frozen.blocked_by) is blocks
