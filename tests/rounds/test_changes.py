"""What became of a body between two rounds, and what the dated ledger explains."""

import datetime as dt

import pytest

from core.errors import UnsafeComparisonError
from models.annex import BodyKind, Status
from models.change import ChangeKind, Succession
from rounds.diff import UNREAD_STATUS, compare, remark_is_better
from rounds.match import DUPLICATE, UNCERTAIN
from tests.rounds.builders import FIRST, kinds, later, row, snapshot


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
            with pytest.raises(UnsafeComparisonError, match="O02, T01") as refused:
                compare(before, after)
            assert "--force" in refused.value.hint("th")
            assert any("O02, T01" in warning for warning in compare(before, after, force=True).warnings)

    def test_another_subject_or_a_date_that_runs_back_is_warned_of(self):
        assert compare(snapshot(), later()).warnings == ()
        assert len(compare(snapshot(), later(province="แพร่")).warnings) == 1
        assert len(compare(later(), snapshot()).warnings) == 1
