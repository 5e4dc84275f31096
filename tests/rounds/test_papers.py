"""Papers of one day: readings of the same bodies give way to the newest, those of other bodies are put together."""

import pytest

from models.annex import ColumnKind, Status
from models.snapshot import AnnexPlace, SnapshotColumn
from rounds.papers import combine_papers
from rounds.series import group_series, renamed
from tests.rounds.builders import NAMES, row, snapshot


def paper(name, *rows, version=1, annex=0, **more):
    return snapshot(*rows, key=f"{name}{annex}", document=name, annex=annex, version=version, **more)


def rows(names, district="ปัว", **more):
    return [row(name, district, **more) for name in names]


def labels(one):
    return [each.body.name for each in one.rows]


def test_two_scans_of_one_table_are_readings_of_it_and_the_older_one_is_named():
    misread = [*NAMES[:5], "ยน", "จอมพธะ"]
    older, newer = paper("a", *rows(NAMES[:7])), paper("b", *rows(misread, status=Status.INCOMPLETE), version=2)
    for given in ((older, newer), (newer, older)):
        one = combine_papers(given)
        assert one == newer.model_copy(update={"displaced": (AnnexPlace(document="a", annex=0),)})
    assert combine_papers([older]) == older


@pytest.mark.parametrize("district", ["ปัว", "เวียงสา"])
def test_tables_of_other_bodies_are_parts_of_one_round(district):
    first, second = paper("a", *rows(NAMES[:3])), paper("b", *rows(NAMES[3:5], district), version=2)
    one = combine_papers([first, second])
    assert labels(one) == list(NAMES[:5])
    assert one.parts == (first.place, second.place)
    assert (one.displaced, one.key in ("a0", "b0"), one.as_of) == ((), False, first.as_of)


def test_bodies_of_one_name_in_two_districts_are_two():
    first, second = paper("a", *rows(NAMES[:3])), paper("b", *rows(NAMES[:3], "เวียงสา"), version=2)
    assert len(combine_papers([first, second]).rows) == 6


def test_of_a_body_that_is_in_two_parts_the_newest_row_holds():
    first = paper("a", *rows(NAMES[:6], status=Status.INCOMPLETE))
    late = paper("b", *rows(NAMES[1:3]), version=2)
    one = combine_papers([first, late])
    assert sorted(labels(one)) == sorted(NAMES[:6])
    assert {each.body.name for each in one.rows if each.status is Status.COMPLETE} == set(NAMES[1:3])


def test_alike_names_are_no_reason_to_leave_a_row_out():
    first, second = paper("a", row("บางบัวทอง"), *rows(NAMES[:3])), paper("b", row("ใหม่บางบัวทอง"), version=2)
    assert len(combine_papers([first, second]).rows) == 5


def test_numbers_stand_in_the_columns_of_their_headers():
    columns = {
        key: SnapshotColumn(key=key, header=header, kind=ColumnKind.COUNT)
        for key, header in (("c2", "จำนวนโครงการ"), ("c3", "งบประมาณที่ได้รับ"))
    }
    swapped = (columns["c2"].model_copy(update={"header": "งบประมาณที่ได้รับ"}),)
    first = paper("a", row(NAMES[0], values={"c2": 1.0, "c3": 2.0}), columns=tuple(columns.values()))
    second = paper("b", row(NAMES[1], values={"c2": 3.0}), columns=swapped, version=2)
    third = paper("c", row(NAMES[2], values={"c2": 4.0}), version=3)
    other = SnapshotColumn(key="c2", header="ผู้รับผิดชอบ", kind=ColumnKind.PERCENT)
    third = third.model_copy(update={"columns": (other,)})
    one = combine_papers([first, second, third])
    assert [each.header for each in one.columns] == ["จำนวนโครงการ", "งบประมาณที่ได้รับ", "ผู้รับผิดชอบ"]
    assert [each.values for each in one.rows] == [{"c2": 1, "c3": 2}, {"c3": 3}, {one.columns[2].key: 4}]
    assert len({each.key for each in one.columns}) == 3


def test_what_a_person_says_of_a_round_holds_for_all_its_papers():
    first, second = paper("a", *rows(NAMES[:3])), paper("b", *rows(NAMES[3:5]), version=2)
    third = paper("c", *rows(NAMES[3:5]), version=3)
    [series] = group_series([first, second, third])
    assert [each.rows for each in series.rounds] == [(*first.rows, *third.rows)]
    choices = renamed(series, "ชื่อใหม่")
    assert {each.document for each in choices} == {"a", "b", "c"}
    assert group_series([first, second, third], choices) == [series.model_copy(update={"title": "ชื่อใหม่"})]
