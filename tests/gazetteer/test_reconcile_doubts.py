"""Where a wrong name could pass for right: each of these has to ask for review."""

import datetime as dt
import random

import pytest

from gazetteer.reconcile import reconcile
from gazetteer.register import load
from models.annex import Annex, BodyRef, Row, Status
from models.field import Field

AS_OF = dt.date(2021, 4, 16)
UTTARADIT = "อุตรดิตถ์"


def annex(pairs, province=UTTARADIT, as_of=AS_OF):
    rows = tuple(
        Row(
            sequence=Field[int](value=number),
            district=Field[str](raw=district, page=1),
            body=Field[BodyRef](raw=body, page=1),
            cells={},
            status=Field[Status](),
            remark=Field[str](),
        )
        for number, (district, body) in enumerate(pairs, 1)
    )
    return Annex(
        title=Field[str](),
        province=Field[str](value=province, raw=province or ""),
        as_of=Field[dt.date](value=as_of),
        pages=(1,),
        shape="marks",
        columns=(),
        rows=rows,
    )


def test_two_rows_that_read_alike_are_both_in_doubt():
    done, _ = reconcile(annex([("เมืองอุตรดิตถ์", "อบต.บ้านด่านนาขาม")] * 2), load())
    assert done.rows[0].body.value.code != done.rows[1].body.value.code
    assert all("body.duplicate" in r.review for r in done.rows)


def test_a_national_table_is_of_no_province():
    bodies = [b for b in load().bodies if b.valid_on(AS_OF)][::40]
    done, [issue] = reconcile(annex([(b.district, b.label) for b in bodies], None), load())
    assert done.province.value is None
    assert issue.code == "annex.province_unknown"
    assert all(r.review for r in done.rows)


def test_a_province_read_as_another_one_is_contradicted_by_its_districts():
    bodies = load().find_bodies(UTTARADIT, AS_OF)
    done, _ = reconcile(annex([(b.district, b.label) for b in bodies], "อุดรธานี"), load())
    assert "province.contradicted" in done.province.review
    assert all(r.body.review for r in done.rows)


@pytest.mark.parametrize(
    ("printed", "district"),
    [("อ.ตรอน", "ตรอน"), ("อำเภอพิชัย", "พิชัย"), ("เมือง", "เมืองอุตรดิตถ์"), ("เมืองฯ", "เมืองอุตรดิตถ์"), ("ท่า\nปลา", "ท่าปลา")],
)
def test_districts_as_offices_write_them(printed, district):
    [read] = reconcile(annex([(printed, "อบต.-")]), load())[0].rows
    assert (read.district.value, read.district.review) == (district, ())


def test_a_body_upgraded_on_another_day_is_found_by_its_name():
    [read] = reconcile(annex([("แม่ริม", "อบต.ดอนแก้ว")], "เชียงใหม่", dt.date(2025, 6, 1)), load())[0].rows
    assert (read.body.value.label, read.body.review) == ("ทม.ดอนแก้ว", ("body.kind_differs",))


def test_names_of_strangers_rarely_pass():
    rng = random.Random(7)  # noqa: S311 - the same strangers on every run
    strangers = silent = 0
    others = load().find_bodies("ขอนแก่น", AS_OF)
    for province in ("น่าน", "สุโขทัย", "ตรัง", "นนทบุรี", "สุรินทร์", "เชียงใหม่"):
        bodies = load().find_bodies(province, AS_OF)
        chosen = {i for i in range(len(bodies)) if rng.random() < 0.1}
        kind = [b.label.removesuffix(b.name) for b in bodies]
        pairs = [
            (b.district, kind[i] + rng.choice(others).name if i in chosen else b.label) for i, b in enumerate(bodies)
        ]
        done, _ = reconcile(annex(pairs, province), load())
        taken = [done.rows[i] for i in chosen if pairs[i][1] != bodies[i].label]
        strangers += len(taken)
        silent += sum(not r.review for r in taken)
    assert strangers > 50
    assert silent <= 0.08 * strangers
