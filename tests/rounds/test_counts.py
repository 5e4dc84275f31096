"""Numbers and printed totals between two rounds."""

from bench import rounds_sql
from models.annex import BodyKind, ColumnKind, Status
from models.change import ChangeKind
from models.snapshot import SnapshotColumn
from rounds.diff import UNREAD_VALUE, compare
from tests.rounds.builders import later, row, snapshot


class TestCounts:
    def test_what_sql_counts_on_rounds_with_one_of_each(self):
        old = [
            row("ริม", code="1", status=Status.NOT_STARTED, remark="ยังไม่บันทึกข้อมูล"),
            row("ผาตอ", code="2"),
            row("ยม", remark="แค่ปี ๒๕๖๓"),
            row("เก่า", code="3"),
            row("ดู่ใต้"),
            row("ป่าคา"),
            row("หนองบัวทองใต้"),
            row("หายไป"),
            row("แสนทอง"),
            row("แสนทอง", status=Status.INCOMPLETE),
        ]
        new = [
            row("แสนทอง", status=Status.INCOMPLETE),
            row("ริม", code="1"),
            row("ผาตอ", code="2", status=Status.INCOMPLETE),
            row("ยม", remark="ขาดปี ๒๕๖๑"),
            row("ใหม่เอี่ยม", code="3"),
            row("ดู่ใต้", kind=BodyKind.SUBDISTRICT_MUNICIPALITY),
            row("ป่าคา", district="เวียงสา"),
            row("หนองบัวทอง"),
            row("จอมพระ"),
        ]
        counts = rounds_sql.counts(old, new)
        assert counts == {
            **dict.fromkeys(("status_up", "status_down", "remark", "upgraded", "moved", "added"), 1),
            **dict.fromkeys(("renamed", "removed"), 2),
        }
        found = compare(snapshot(*old), later(*new)).counts
        found["remark"] = sum(found.pop(f"remark_{way}", 0) for way in ("better", "worse", "other"))
        assert dict(found) == counts

    def test_the_counts_see_a_row_more(self):
        once, twice = [row("ริม")], [row("ริม"), row("ริม")]
        assert rounds_sql.counts(once, twice) == {"added": 1}
        assert rounds_sql.counts(once, once) == {}


class TestNumbers:
    HEADERS = (("c3", "จำนวนโครงการ", ColumnKind.COUNT), ("c4", "งบประมาณ (บาท)", ColumnKind.AMOUNT))

    def columns(self, *shift):
        return tuple(
            SnapshotColumn(key=f"c{int(k[1]) + sum(shift)}", header=h, kind=kind) for k, h, kind in self.HEADERS
        )

    def test_a_number_that_changed_is_told_with_its_column(self):
        before = snapshot(row("ริม", values={"c3": 2, "c4": 1500.5}), columns=self.columns(), shape="counts")
        after = later(row("ริม", values={"c4": 3, "c5": 1500.5}), columns=self.columns(1), shape="counts")
        (change,) = compare(before, after).changes
        assert (change.kind, change.column, change.before_value, change.after_value) == (
            ChangeKind.VALUE,
            "จำนวนโครงการ",
            2,
            3,
        )
        assert change.review == ()

    def test_a_number_that_is_gone_is_told_with_doubt(self):
        before = snapshot(row("ริม", values={"c3": 2, "c4": None}), columns=self.columns())
        (change,) = compare(before, later(row("ริม", values={"c3": None, "c4": None}), columns=self.columns())).changes
        assert (change.kind, change.after_value, change.review) == (ChangeKind.VALUE, None, (UNREAD_VALUE,))

    def test_two_readings_of_one_round_correct_each_number(self):
        before = snapshot(row("ริม", values={"c3": 2, "c4": 8}), columns=self.columns())
        after = snapshot(row("ริม", values={"c3": 3, "c4": 9}), columns=self.columns(), document="another scan")
        changes = compare(before, after).changes
        assert [(each.kind, each.column) for each in changes] == [
            (ChangeKind.CORRECTED, header) for _, header, _ in self.HEADERS
        ]

    def test_totals(self):
        mark = SnapshotColumn(key="c5", header="เรียบร้อย", kind=ColumnKind.MARK, status=Status.COMPLETE)
        moved = mark.model_copy(update={"key": "c6", "header": "เรียบรอยแล้ว"})
        gone = SnapshotColumn(key="c9", header="จำนวน", kind=ColumnKind.COUNT)
        before = snapshot(columns=(mark, gone), totals={"c5": 21, "c9": 4})
        comparison = compare(before, later(columns=(moved,), totals={"c6": 29}))
        assert [each.model_dump() for each in comparison.totals] == [
            {"column": "เรียบรอยแล้ว", "before": 21, "after": 29, "corrects": False}
        ]
        assert comparison.differs
        assert dict(comparison.counts) == {"total": 1}
        assert not compare(before, later(columns=(moved,), totals={"c6": 21})).differs
