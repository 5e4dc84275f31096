"""Names and districts misread on purpose; the long form, with its table, is `bench/damage.py`."""

import random
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein
from scipy.optimize import linear_sum_assignment

from bench.damage import AS_OF, annex, halves, misread, province_bodies, score
from gazetteer.assignment import assign
from gazetteer.districts import settle_districts
from gazetteer.kinds import split_damaged
from gazetteer.reconcile import reconcile
from gazetteer.register import load
from models.annex import BodyKind
from models.field import Field

HELD_OUT = halves()[1][::6]


def damage(rate: float, variant: str) -> Counter[str]:
    return score(HELD_OUT, rate, variant, seed=11)


@pytest.mark.slow
@pytest.mark.parametrize(("rate", "right", "silent"), [(0.05, 0.998, 0), (0.10, 0.995, 0.001), (0.20, 0.97, 0.005)])
@pytest.mark.parametrize(("variant", "asked"), [("whole", 0.02), ("merged, clustered", 0.03), ("merged, kinds", 0.12)])
def test_a_whole_annex_comes_out_right(variant: str, asked: float, rate: float, right: float, silent: float) -> None:
    counted = damage(rate, variant)
    assert counted["rows"] > 400
    assert counted["right"] >= right * counted["rows"], counted
    assert counted["silent"] <= silent * counted["rows"], counted
    assert counted["asked"] <= asked * counted["rows"], counted


@pytest.mark.parametrize(("rate", "right"), [(0.05, 0.99), (0.20, 0.97)])
def test_strangers_and_missing_bodies_do_not_pass_in_silence(rate: float, right: float) -> None:
    counted = damage(rate, "merged, strangers")
    assert counted["strangers"] > 10
    assert counted["right"] >= right * counted["rows"], counted
    assert counted["silent"] <= 0.005 * counted["rows"], counted
    assert counted["asked"] <= 0.06 * counted["rows"], counted


def test_a_name_hardly_legible_is_the_one_that_is_left_only_where_the_table_is_whole() -> None:
    pairs = [(body.district, body.label) for body in province_bodies("อุตรดิตถ์")]
    pairs[pairs.index(("เมืองอุตรดิตถ์", "ทต.งิ้วงาม"))] = ("เมืองอุตรดิตถ์", "ทต.จั่งสาม")  # as a real annex was read

    def review(rows: list[tuple[str, str]]) -> tuple[str, ...]:
        done, _ = reconcile(annex("อุตรดิตถ์", rows), load())
        return done.rows[rows.index(("เมืองอุตรดิตถ์", "ทต.จั่งสาม"))].review

    assert review(pairs) == ()
    assert review([pair for pair in pairs if pair[0] != "พิชัย"]) == ()  # its districts are whole
    assert "body.repaired_far" in review([pair for pair in pairs if pair[1] not in ("อบต.ไร่อ้อย", "ทต.ตรอน")])


@pytest.mark.parametrize("rate", [0.05, 0.2])
def test_so_many_letters_are_damaged_as_is_said(rate: float) -> None:
    rng = random.Random(4)  # noqa: S311 - damage that is the same on every run
    names = [body.name for body in load().bodies if body.valid_on(AS_OF)][::4]
    edits = sum(Levenshtein.distance(name, misread(name, rate, rng)) for name in names)
    assert edits / sum(map(len, names)) == pytest.approx(rate, rel=0.1)


def test_a_district_that_cannot_be_read_is_told_by_its_bodies() -> None:
    bodies = province_bodies("น่าน")
    told = bodies[len(bodies) // 2].district
    pairs = [("กขฃคฅฆ" if body.district == told else body.district, body.label) for body in bodies]
    done, _ = reconcile(annex("น่าน", pairs), load())
    block = [row for row, body in zip(done.rows, bodies, strict=True) if body.district == told]
    assert {row.district.value for row in block} == {told}
    assert {row.district.repair.rule for row in block if row.district.repair} == {"register.bodies"}
    assert not any(row.review for row in block)


def test_a_district_that_neither_name_nor_bodies_tell_stays_unknown() -> None:
    [field] = settle_districts([Field[str](raw="กขฃคฅฆ", page=1)], ["ท่าวังผา", "เวียงสา"], np.zeros((1, 2)))
    assert (field.value, field.review) == (None, ("district.unknown",))


def test_a_district_read_in_full_is_not_overruled() -> None:
    evidence = np.array([[9.0, 0.0]] * 5)
    fields = [Field[str](raw="ท่าวังผา", page=1)] * 5
    assert {f.value for f in settle_districts(fields, ["ท่าวังผา", "เวียงสา"], evidence)} == {"ท่าวังผา"}


def test_two_names_that_fit_crosswise_are_both_in_doubt() -> None:
    pairs = [(body.district, body.label) for body in province_bodies("มหาสารคาม")]
    place = "วาปีปทุม"
    first, second = pairs.index((place, "อบต.หนองแสง")), pairs.index((place, "อบต.หนองแสน"))
    pairs[first], pairs[second] = (place, "อบต.หนองแสบ"), (place, "อบต.หนองแสม")
    done, _ = reconcile(annex("มหาสารคาม", pairs), load())
    assert {index for index, row in enumerate(done.rows) if row.review} == {first, second}
    assert all(done.rows[index].body.repair.candidates for index in (first, second))


@pytest.mark.parametrize(
    ("label", "kind", "name"),
    [
        ("อบห.นาซาว", BodyKind.SAO, "นาซาว"),
        ("ทท.สมมติ", None, "สมมติ"),
        ("เทศบาสตำบลสมมติ", BodyKind.SUBDISTRICT_MUNICIPALITY, "สมมติ"),
        ("องค์กาบริหารสวนตำบลสมมติ", BodyKind.SAO, "สมมติ"),
        ("สมมติ", None, "สมมติ"),
    ],
)
def test_a_damaged_kind_is_told_from_the_name(label: str, kind: BodyKind | None, name: str) -> None:
    [(heads, rest)] = split_damaged([label])
    assert rest == name
    if kind is not None:
        assert [each for each in heads if heads[each] == min(heads.values())] == [kind]


def test_a_damaged_kind_that_the_body_tells_needs_no_review() -> None:
    pairs = [(body.district, body.label) for body in province_bodies("น่าน")]
    changed = pairs.index(("เมืองน่าน", "อบต.นาซาว"))
    pairs[changed] = ("เมืองน่าน", "อบห.นาซาว")
    done, _ = reconcile(annex("น่าน", pairs), load())
    assert [row.body.value.label for row in done.rows] == [body.label for body in province_bodies("น่าน")]
    assert not any(row.review for row in done.rows)


COSTS = st.integers(0, 30).map(lambda tenths: tenths / 10)


@given(st.integers(1, 6).flatmap(lambda n: st.lists(st.lists(COSTS, min_size=n, max_size=n), min_size=1, max_size=6)),
       st.lists(COSTS, min_size=6, max_size=6))  # fmt: skip
def test_a_margin_is_what_the_assignment_costs_more_without_the_pair(
    table: list[list[float]], idle: list[float]
) -> None:
    costs, alone = np.array(table), np.array(idle[: len(table)])
    given_to, margins = assign(costs, alone)
    rows, columns = costs.shape
    whole = np.hstack([costs, np.where(np.eye(rows, dtype=bool), alone[:, None], 1e6)])
    least = whole[linear_sum_assignment(whole)].sum()
    for row in range(rows):
        without = whole.copy()
        without[row, given_to[row] if given_to[row] >= 0 else columns + row] = 1e6
        dearer = without[linear_sum_assignment(without)].sum() - least
        assert margins[row] == pytest.approx(min(dearer, 1e3), abs=1e-6)
