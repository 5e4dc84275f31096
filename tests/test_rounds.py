"""Rounds: frozen as they were read, known as one series, and compared without inventing or losing a change."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import rounds_sql
from core.errors import UsageError
from models.annex import Annex, BodyKind, BodyRef, Column, ColumnKind, Row, Status, Total
from models.change import ChangeKind, Succession
from models.document import Document, DocumentStatus, SourceDocument
from models.field import Box, Field
from models.finding import Finding, Outcome
from models.issue import Message, Severity
from models.letter import Deadline, Letter, LetterKind
from models.snapshot import Place, Snapshot, SnapshotColumn, SnapshotRow
from rounds.diff import UNREAD_STATUS, UNREAD_VALUE, compare, remark_is_better
from rounds.match import DUPLICATE, UNCERTAIN
from rounds.series import same_series, series_of
from rounds.snapshot import freeze, is_round, title_skeleton

FIRST, SECOND = dt.date(2021, 4, 16), dt.date(2021, 5, 7)
TITLE = "สถานะการบันทึกข้อมูลความตกลงความร่วมมือระหว่างประเทศ จังหวัดน่าน"
DISTRICTS = ("เมืองน่าน", "ปัว", "เวียงสา", "ท่าวังผา")
NAMES = ("กลางเวียง", "ริม", "ดู่ใต้", "ศรีภูมิ", "ผาตอ", "ยม", "จอมพระ", "แสนทอง", "ป่าคา", "ตาลชุม", "นาปัง", "ไชยสถาน")


def row(name, district="ปัว", kind=BodyKind.SAO, status=Status.COMPLETE, **more):
    code = more.pop("code", None)
    body = None if name is None else BodyRef(kind=kind, name=name, code=code)
    label = more.pop("label", body.label if body else "")
    fields = {"sequence": None, "remark": "", "place": Place(document="d", raw=label), **more}
    return SnapshotRow(district=district, body=body, label=label, status=status, **fields)


def snapshot(*rows, as_of=FIRST, **more):
    fields = {"key": "k", "series": "s", "title": TITLE, "province": "น่าน", "document": f"doc {as_of}", "annex": 0}
    return Snapshot(**{**fields, **more}, as_of=as_of, rows=tuple(rows))


def later(*rows, **more):
    return snapshot(*rows, as_of=SECOND, **more)


def kinds(comparison):
    return [(change.kind.value, change.body) for change in comparison.changes]


statuses = st.sampled_from([*Status, None])
remarks = st.sampled_from(["", "ยังไม่บันทึกข้อมูล", "บันทึกข้อมูลแค่ปี ๒๕๖๓", "ขาดปี ๒๕๖๒"])
loose_rows = st.builds(
    row,
    st.sampled_from([*NAMES, None]),
    district=st.sampled_from([*DISTRICTS, None]),
    kind=st.sampled_from([BodyKind.SAO, BodyKind.SUBDISTRICT_MUNICIPALITY]),
    status=statuses,
    remark=remarks,
    code=st.sampled_from([None, None, "6550101", "6550102"]),
)
bodies = st.lists(
    st.tuples(st.sampled_from(DISTRICTS), st.sampled_from(list(BodyKind)[:5]), st.sampled_from(NAMES)),
    min_size=1,
    max_size=40,
    unique=True,
)


one_kind_a_name = bodies.map(
    lambda known: [*{(district, name): (district, kind, name) for district, kind, name in known}.values()]
)


class TestProperties:
    @settings(deadline=None, max_examples=60)
    @given(st.lists(loose_rows, max_size=25))
    def test_a_round_does_not_differ_from_itself(self, rows):
        assert compare(snapshot(*rows), later(*rows)).changes == ()

    @settings(deadline=None, max_examples=60)
    @given(st.lists(loose_rows, max_size=25).flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))))
    def test_another_order_is_no_change(self, orders):
        before, after = orders
        assert compare(snapshot(*before), later(*after)).changes == ()

    @settings(deadline=None, max_examples=60)
    @given(st.lists(loose_rows, max_size=20), st.lists(loose_rows, max_size=20))
    def test_no_row_is_lost_or_told_of_twice(self, old, new):
        changes = compare(snapshot(*old), later(*new)).changes
        gone = sum(change.kind is ChangeKind.REMOVED for change in changes)
        come = sum(change.kind is ChangeKind.ADDED for change in changes)
        assert len(old) - gone == len(new) - come

    @settings(deadline=None, max_examples=60)
    @given(st.data(), bodies)
    def test_planted_changes_of_status_are_all_found_and_nothing_else(self, data, known):
        old = [row(name, district, kind, data.draw(st.sampled_from(Status))) for district, kind, name in known]
        planted = data.draw(st.sets(st.integers(0, len(old) - 1)))
        new = list(old)
        for index in planted:
            others = [status for status in Status if status is not old[index].status]
            new[index] = old[index].model_copy(update={"status": data.draw(st.sampled_from(others))})
        changes = compare(snapshot(*old), later(*data.draw(st.permutations(new)))).changes
        found = {(change.district, change.body, change.before.status, change.after.status) for change in changes}
        assert found == {(old[i].district, old[i].label, old[i].status, new[i].status) for i in planted}
        assert len(changes) == len(planted)
        assert {change.kind for change in changes} <= {ChangeKind.STATUS}
        assert all(change.review == () for change in changes)

    @settings(deadline=None, max_examples=60)
    @given(one_kind_a_name, one_kind_a_name, st.data())
    def test_the_counts_are_those_of_sql(self, old, new, data):
        kept = data.draw(st.lists(st.sampled_from(old), max_size=30))
        named = {(district, name): kind for district, kind, name in kept}
        # Two kinds of one name that both come or go are a tie, which either way of counting may break as it likes.
        new = [each for each in new if named.get((each[0], each[2]), each[1]) is each[1]]
        rounds = [
            [
                row(name, district, kind, data.draw(statuses), province="น่าน", sequence=number)
                for number, (district, kind, name) in enumerate(known)
            ]
            for known in (old, [*kept, *new])
        ]
        found = compare(snapshot(*rounds[0]), later(*rounds[1])).counts
        assert dict(found) == rounds_sql.counts(*rounds)


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


class TestKinds:
    def test_status_for_the_better_and_the_worse(self):
        order = [Status.NOT_STARTED, Status.INCOMPLETE, Status.COMPLETE]
        for low, high in ((0, 1), (1, 2), (0, 2)):
            up = compare(snapshot(row("ริม", status=order[low])), later(row("ริม", status=order[high])))
            down = compare(snapshot(row("ริม", status=order[high])), later(row("ริม", status=order[low])))
            assert [up.changes[0].better, down.changes[0].better] == [True, False]

    def test_a_status_that_could_not_be_read_is_told_and_doubted(self):
        (change,) = compare(snapshot(row("ริม")), later(row("ริม", status=None))).changes
        assert (change.kind, change.better, change.review) == (ChangeKind.STATUS, None, (UNREAD_STATUS,))

    def test_added_and_gone(self):
        comparison = compare(snapshot(row("ริม"), row("ผาตอ")), later(row("ผาตอ"), row("จอมพระ")))
        assert kinds(comparison) == [("added", "อบต.จอมพระ"), ("removed", "อบต.ริม")]

    def test_renamed_with_the_register_is_sure(self):
        (change,) = compare(snapshot(row("เก่า", code="1")), later(row("ใหม่กว่า", code="1"))).changes
        assert (change.kind, change.review) == (ChangeKind.RENAMED, ())

    def test_a_name_that_is_only_alike_asks_for_review(self):
        before = snapshot(row("บางบัวทอง"), row("ไชยสถาน"))
        (change,) = compare(before, later(row("ใหม่บางบัวทอง"), row("ไชยสถาน"))).changes
        assert (change.kind, change.review) == (ChangeKind.RENAMED, (UNCERTAIN,))

    def test_alike_names_in_other_districts_are_other_bodies(self):
        comparison = compare(snapshot(row("บางบัวทอง")), later(row("บางบัวทาง", district="เวียงสา")))
        assert [kind for kind, _ in kinds(comparison)] == ["added", "removed"]

    def test_likeness_is_shared_out_for_the_best_of_all(self):
        old, new = ("บ้านด่านนาขาม", "บ้านด่าน"), ("บ้านด่านนาขา", "บ้านต่าน")
        changes = compare(snapshot(*map(row, old)), later(*map(row, new))).changes
        assert [(change.before.body.name, change.after.body.name) for change in changes] == list(
            zip(old, new, strict=True)
        )

    @pytest.mark.parametrize(("codes", "review"), [(("6", "5"), ()), ((None, None), (UNCERTAIN,))])
    def test_raised_in_status(self, codes, review):
        before = snapshot(row("ริม", code=codes[0]))
        after = later(row("ริม", kind=BodyKind.SUBDISTRICT_MUNICIPALITY, code=codes[1]))
        (change,) = compare(before, after).changes
        assert (change.kind, change.body, change.review) == (ChangeKind.UPGRADED, "ทต.ริม", review)

    def test_two_kinds_of_one_name_in_one_district_stay_two_bodies(self):
        rows = (row("ริม"), row("ริม", kind=BodyKind.SUBDISTRICT_MUNICIPALITY, status=Status.INCOMPLETE))
        assert compare(snapshot(*rows), later(*reversed(rows))).changes == ()

    def test_moved_to_another_district(self):
        (change,) = compare(snapshot(row("ริม", code="1")), later(row("ริม", district="เวียงสา", code="1"))).changes
        assert (change.kind, change.district, change.review) == (ChangeKind.MOVED, "เวียงสา", ())

    def test_the_same_body_twice_is_paired_with_doubt(self):
        before = snapshot(row("ริม"), row("ริม", status=Status.INCOMPLETE))
        after = later(row("ริม"), row("ริม", status=Status.NOT_STARTED))
        (change,) = compare(before, after).changes
        assert (change.kind, change.review) == (ChangeKind.STATUS, (DUPLICATE,))

    def test_of_two_rows_of_a_body_the_one_that_says_the_same_is_meant(self):
        before = snapshot(row("ริม", status=Status.INCOMPLETE))
        (change,) = compare(before, later(row("ริม"), row("ริม", status=Status.INCOMPLETE))).changes
        assert (change.kind, change.after.status) == (ChangeKind.ADDED, Status.COMPLETE)

    def test_provinces_are_not_mixed(self):
        """อำเภอเฉลิมพระเกียรติ lies in five provinces."""
        before = snapshot(row("ริม", province="น่าน"))
        after = later(row("ริม", province="สระบุรี"))
        assert [kind for kind, _ in kinds(compare(before, after))] == ["added", "removed"]

    def test_a_second_row_of_a_body_comes_and_goes_with_doubt(self):
        once, twice = (row("ริม"),), (row("ริม"), row("ริม", status=Status.NOT_STARTED))
        for before, after, kind in ((once, twice, ChangeKind.ADDED), (twice, once, ChangeKind.REMOVED)):
            changes = compare(snapshot(*before), later(*after)).changes
            assert kind in {change.kind for change in changes}
            assert {change.review for change in changes} == {(DUPLICATE,)}

    def test_a_row_that_asks_for_review_makes_its_change_doubtful(self):
        doubted = row("ริม", status=Status.INCOMPLETE, review=("register.near",))
        for before, after in ((doubted, row("ริม")), (row("ริม"), doubted)):
            (change,) = compare(snapshot(before), later(after)).changes
            assert change.review == ("register.near",)


class TestLedger:
    def line(self, old, new, **more):
        more = {"effective": dt.date(2021, 4, 20), "source": "ราชกิจจานุเบกษา", **more}
        return Succession(before=old.body, after=new.body, **more)

    def test_what_no_likeness_could_tell_is_sure_by_the_ledger(self):
        old, new = row("ริม", code="6"), row("จอมพระ", kind=BodyKind.SUBDISTRICT_MUNICIPALITY, code="5")
        line = self.line(old, new)
        (change,) = compare(snapshot(old), later(new), ledger=[line]).changes
        assert (change.kind, change.review, change.succession) == (ChangeKind.RENAMED, (), line)
        assert [kind for kind, _ in kinds(compare(snapshot(old), later(new)))] == ["added", "removed"]

    def test_the_ledger_goes_before_likeness(self):
        old, near, right = row("หนองบัวทอง"), row("หนองบัวทาง"), row("จอมพระ")
        changes = compare(snapshot(old), later(near, right), ledger=[self.line(old, right)]).changes
        assert {(c.kind.value, c.body) for c in changes} == {("renamed", "อบต.จอมพระ"), ("added", "อบต.หนองบัวทาง")}

    def test_a_body_that_both_rounds_still_call_as_before_is_no_change(self):
        old, new = row("ริม", code="6"), row("จอมพระ", code="5")
        assert compare(snapshot(old), later(old), ledger=[self.line(old, new)]).changes == ()

    def test_homonyms_are_told_apart_by_the_district_or_not_paired(self):
        old, other, new = row("ริม"), row("ริม", district="เวียงสา"), row("จอมพระ")
        before, after = snapshot(old, other), later(new, other)
        assert [c.kind for c in compare(before, after, ledger=[self.line(old, new, before_district="ปัว")]).changes] == [
            ChangeKind.RENAMED
        ]
        assert len(compare(before, after, ledger=[self.line(old, new)]).changes) == 2

    def test_of_two_that_became_one_the_second_is_gone_and_explained(self):
        one, two, new = row("ริม"), row("ยม"), row("จอมพระ", kind=BodyKind.TOWN)
        lines = [self.line(one, new), self.line(two, new)]
        changes = compare(snapshot(one, two), later(new), ledger=lines).changes
        assert [(c.kind.value, c.succession) for c in changes] == [("renamed", lines[0]), ("removed", lines[1])]

    def test_a_line_of_another_province_is_not_meant(self):
        old, new = row("ริม"), row("จอมพระ")
        line = self.line(old, new, province="แพร่")
        assert len(compare(snapshot(old), later(new), ledger=[line]).changes) == 2
        old, new = (each.model_copy(update={"province": "น่าน"}) for each in (old, new))
        pair = snapshot(old, province=None), later(new, province=None)
        assert len(compare(*pair, ledger=[line]).changes) == 2
        assert len(compare(*pair, ledger=[line.model_copy(update={"province": "น่าน"})]).changes) == 1


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


class TestRemarks:
    ONLY, MISSING = "บันทึกข้อมูลไม่ครบถ้วน (บันทึกข้อมูลแค่ปี {})", "ยังขาดข้อมูลปี {}"

    def change(self, old, new, old_years=(), new_years=()):
        rows = [
            row("ริม", status=Status.INCOMPLETE, remark=text, remark_years=years)
            for text, years in ((old, old_years), (new, new_years))
        ]
        return compare(snapshot(rows[0]), later(rows[1])).changes

    @pytest.mark.parametrize(("form", "better"), [(ONLY, True), (MISSING, False)])
    def test_more_years_done_is_better_and_more_outstanding_is_worse(self, form, better):
        one, two = form.format("๒๕๖๓"), form.format("๒๕๖๒-๒๕๖๓")
        assert [change.better for change in self.change(one, two, (2563,), (2562, 2563))] == [better]
        assert [change.better for change in self.change(two, one, (2562, 2563), (2563,))] == [not better]

    def test_a_lost_tone_mark_does_not_turn_the_meaning(self):
        one, two = "บันทึกข้อมูลแคปี ๒๕๖๓", "บันทึกข้อมูลแค่ปี ๒๕๖๒-๒๕๖๓"
        assert self.change(one, two, (2563,), (2562, 2563))[0].better is True

    @pytest.mark.parametrize(
        ("old", "new", "years"),
        [
            (ONLY.format("๒๕๖๓"), MISSING.format("๒๕๖๒-๒๕๖๓"), ((2563,), (2562, 2563))),
            (ONLY.format("๒๕๖๓"), ONLY.format("๒๕๖๒"), ((2563,), (2562,))),
            ("ปี ๒๕๖๓", "ปี ๒๕๖๒-๒๕๖๓", ((2563,), (2562, 2563))),
        ],
    )
    def test_what_the_years_do_not_tell_is_left_open(self, old, new, years):
        assert [change.better for change in self.change(old, new, *years)] == [None]

    def test_a_misread_letter_is_no_change(self):
        assert self.change("บันทึกข้อมูลแคปี ๒๕๖๓", "บันทึก ข้อมูลแค่ปี ๒๕๖๓", (2563,), (2563,)) == ()

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("บันทึกข้อมูลไม่ครบถ้วน ขาด ๓ รายการ", "บันทึกข้อมูลไม่ครบถ้วน ขาด ๕ รายการ"),
            ("บันทึกข้อมูลแล้วแต่ถูกต้องครบถ้วนสมบูรณ์", "บันทึกข้อมูลแล้วแต่ไม่ถูกต้องครบถ้วนสมบูรณ์"),
        ],
    )
    def test_a_number_or_a_not_is_a_change_however_alike_the_rest(self, old, new):
        assert [change.kind for change in self.change(old, new)] == [ChangeKind.REMARK]

    def test_with_another_status_the_remark_is_part_of_that_change(self):
        before = row("ริม", status=Status.NOT_STARTED, remark="ยังไม่บันทึกข้อมูล")
        assert [change.kind for change in compare(snapshot(before), later(row("ริม"))).changes] == [ChangeKind.STATUS]

    def test_equal_years_are_neither(self):
        assert remark_is_better(row("ริม", remark="ขาดปี"), row("ริม", remark="ขาดปี")) is None


class TestCorrections:
    old = (row("ริม", status=Status.INCOMPLETE), row("จันทร์"))
    new = (row("ริม"), row("ขุนฝาง"))

    @pytest.mark.parametrize(
        "after",
        [
            snapshot(*new, document="another scan"),
            later(*new, document=f"doc {FIRST}"),
        ],
    )
    def test_two_readings_of_one_round_correct_us(self, after):
        changes = compare(snapshot(*self.old), after).changes
        assert len(changes) == 3
        assert {change.kind for change in changes} == {ChangeKind.CORRECTED}
        assert {change.better for change in changes} == {None}

    def test_undated_rounds_of_two_papers_are_two_rounds(self):
        before, after = snapshot(*self.old, as_of=None, document="a"), snapshot(*self.new, as_of=None, document="b")
        assert ChangeKind.CORRECTED not in {change.kind for change in compare(before, after).changes}


class TestRefusal:
    def test_a_blocked_round_is_refused_unless_forced(self):
        blocked = later(row("ริม"), blocked_by=("O02", "T01"))
        for before, after in ((snapshot(row("ริม")), blocked), (blocked, snapshot(row("ริม")))):
            with pytest.raises(UsageError, match=r"O02, T01.*--force"):
                compare(before, after)
            assert any("O02, T01" in warning for warning in compare(before, after, force=True).warnings)

    def test_another_subject_or_a_date_that_runs_back_is_warned_of(self):
        assert compare(snapshot(), later()).warnings == ()
        assert len(compare(snapshot(), later(province="แพร่")).warnings) == 1
        assert len(compare(later(), snapshot()).warnings) == 1


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
        (series,) = series_of(given)
        assert [each.key for each in series.rounds] == ["a", "c", "d"]
        assert (series.title, series.province) == (TITLE, "น่าน")

    def test_series_stand_apart(self):
        found = series_of([snapshot(), later(), snapshot(province="แพร่", series="t")])
        assert [(each.province, len(each.rounds)) for each in found] == [("น่าน", 2), ("แพร่", 1)]
        assert series_of([]) == []


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
