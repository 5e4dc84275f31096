"""Comparing rounds invents no change and loses none, whatever the rows; the counts are those of SQL."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bench import rounds_sql
from models.annex import BodyKind, Status
from models.change import ChangeKind
from rounds.diff import compare
from tests.rounds.builders import DISTRICTS, NAMES, later, row, snapshot

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
    @settings(max_examples=60)
    @given(st.lists(loose_rows, max_size=25))
    def test_a_round_does_not_differ_from_itself(self, rows):
        assert compare(snapshot(*rows), later(*rows)).changes == ()

    @settings(max_examples=60)
    @given(st.lists(loose_rows, max_size=25).flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))))
    def test_another_order_is_no_change(self, orders):
        before, after = orders
        assert compare(snapshot(*before), later(*after)).changes == ()

    @settings(max_examples=60)
    @given(st.lists(loose_rows, max_size=20), st.lists(loose_rows, max_size=20))
    def test_no_row_is_lost_or_told_of_twice(self, old, new):
        changes = compare(snapshot(*old), later(*new)).changes
        gone = sum(change.kind is ChangeKind.REMOVED for change in changes)
        come = sum(change.kind is ChangeKind.ADDED for change in changes)
        assert len(old) - gone == len(new) - come

    @settings(max_examples=60)
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

    @settings(max_examples=60)
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
