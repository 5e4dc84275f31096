import csv
import datetime as dt
import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer.reconcile import reconcile
from gazetteer.register import load
from models.annex import Annex, BodyKind, BodyRef, Row, Status
from models.field import Field, Source

AS_OF = dt.date(2021, 4, 16)
UTTARADIT = "อุตรดิตถ์"
PROVINCES = ("น่าน", "สุโขทัย", "ตรัง", "นนทบุรี", "สุรินทร์")


def row(number, district, body):
    return Row(
        sequence=Field[int](value=number, raw=str(number)),
        district=Field[str](raw=district, page=1 if district else None),
        body=Field[BodyRef](raw=body, page=1 if body else None, confidence=0.9),
        cells={},
        status=Field[Status](),
        remark=Field[str](),
        review=("sequence.gap",) if number == 7 else (),
    )


def annex(pairs, province=UTTARADIT, as_of=AS_OF):
    return Annex(
        title=Field[str](),
        province=Field[str](value=province, raw=province or ""),
        as_of=Field[dt.date](value=as_of),
        pages=(1,),
        shape="marks",
        columns=(),
        rows=tuple(row(number, *pair) for number, pair in enumerate(pairs, 1)),
    )


def readings():
    with (Path(__file__).parents[1] / "data" / "uttaradit_readings.csv").open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def truth():
    return readings()


@pytest.fixture(scope="module")
def seed(truth):
    return reconcile(annex([(t["district_read"], t["body_read"]) for t in truth]), load())


def test_all_eighty_rows_of_a_real_annex_get_their_bodies(seed, truth):
    done, issues = seed
    assert [(r.district.value, r.body.value.label) for r in done.rows] == [(t["district"], t["body"]) for t in truth]
    assert len({r.body.value.code for r in done.rows}) == 80
    assert issues == ()


def test_only_the_two_rows_that_read_alike_may_ask_for_review(seed):
    done, _ = seed
    doubted = {r.sequence.value for r in done.rows if r.body.review}
    assert 16 in doubted
    assert doubted <= {15, 16}
    assert "body.duplicate" in done.rows[15].body.review


def test_a_repair_keeps_the_reading_and_shows_what_was_done(seed, truth):
    done, _ = seed
    for read, said in zip(done.rows, truth, strict=True):
        assert read.body.raw == said["body_read"]
        assert read.body.source is Source.PRINT
        if said["body_read"] == said["body"]:
            assert read.body.repair is None or read.body.repair.cost == 0
        else:
            assert read.body.repair.cost > 0
            assert read.body.repair.rule == "register.assignment"
            # Rows 15 and 16 read alike: which of them is which, nothing tells.
            assert (read.body.repair.margin > 0) == (read.sequence.value != 16)


def test_a_misread_district_is_repaired_for_its_whole_block(seed):
    done, _ = seed
    block = [r for r in done.rows if r.district.raw == "ทองแสงขัน"]
    assert len(block) == 5
    assert {r.district.value for r in block} == {"ทองแสนขัน"}
    assert all(r.district.repair.rule == "register.nearest" and not r.district.review for r in block)


def test_a_row_gathers_the_reviews_of_its_fields_and_keeps_its_own(seed):
    done, _ = seed
    assert "sequence.gap" in done.rows[6].review
    assert set(done.rows[15].body.review) <= set(done.rows[15].review)


def test_the_name_of_a_town_and_of_an_sao_are_not_merged(seed):
    done, _ = seed
    homonyms = {r.body.value.code for r in done.rows if r.body.value.name in ("แสนตอ", "ท่าสัก", "บ้านแก่ง")}
    assert len(homonyms) == 6


CONFUSIONS = {
    "ผ": "พ", "พ": "ผ", "ด": "ต", "ต": "ด", "ซ": "ช", "ช": "ซ", "ข": "บ", "ฟ": "พ", "ม": "ณ", "ว": "ร", "น": "ก",
    "ล": "ค", "ก": "อ",
}  # fmt: skip
TONES = "่้"


def damaged(name, rate, rng):
    """Misread a name as scans do: measured confusions, tones lost, swapped and invented, now and then any letter."""
    read = []
    for letter in name:
        if rng.random() >= rate:
            read.append(letter)
        elif letter in TONES:
            read.append(rng.choice(("", *TONES)))
        elif letter in CONFUSIONS and rng.random() < 0.7:
            read.append(CONFUSIONS[letter])
        else:
            read.append(rng.choice((letter + rng.choice(TONES), "", rng.choice("กขคงจชซดตถทนบปผพมยรลวสห"))))
    return "".join(read)


def outcomes(rate, share, seed):
    """Count right and wrong rows, asking for review or silent, over damaged annexes that list a share of the bodies."""
    rng = random.Random(seed)  # noqa: S311 - damage that is the same on every run
    counted: Counter[str] = Counter()
    for province in PROVINCES:
        bodies = [body for body in load().find_bodies(province, AS_OF) if rng.random() < share]
        pairs = [(b.district, b.label.removesuffix(b.name) + damaged(b.name, rate, rng)) for b in bodies]
        done, _ = reconcile(annex(pairs, province), load())
        for body, read in zip(bodies, done.rows, strict=True):
            right = read.body.value is not None and read.body.value.code == body.code
            counted["right" if right else "wrong", "review" if read.review else "silent"] += 1
    return counted


@pytest.mark.parametrize("share", [1.0, 0.5], ids=["whole table", "half a table"])
@pytest.mark.parametrize(("rate", "least", "silent"), [(0.05, 0.99, 0), (0.15, 0.98, 0), (0.3, 0.95, 0.005)])
def test_damaged_names_come_out_right_and_hardly_ever_silently_wrong(rate, least, silent, share):
    counted = outcomes(rate, share, seed=20)
    total = counted.total()
    assert counted["wrong", "silent"] <= silent * total, counted
    assert (counted["right", "silent"] + counted["right", "review"]) / total >= least, counted
    assert counted["right", "silent"] / total >= least - 0.1, counted


def only(done):
    [read] = done[0].rows
    return read


def test_a_body_of_another_district_is_given_only_with_review():
    read = only(reconcile(annex([("ตรอน", "อบต.คอรุม")]), load()))
    assert (read.body.value.name, bool(read.body.review)) == ("คอรุม", True)


def test_a_name_like_no_body_is_never_taken_for_one_silently():
    read = only(reconcile(annex([("ตรอน", "ทต.กขฃคฅฆงจฉช")]), load()))
    assert {"body.unknown", "body.repaired_far"} & set(read.body.review)
    assert read.body.repair.candidates


def test_a_lost_kind_asks_for_review():
    read = only(reconcile(annex([("ตรอน", "ข่อยสูง")]), load()))
    assert read.body.value.kind is BodyKind.SAO
    assert "body.kind_unread" in read.body.review


def test_the_day_of_the_annex_decides_which_bodies_there_are():
    pairs = [("เมืองเชียงใหม่", "ทต.สุเทพ"), ("เมืองเชียงใหม่", "ทม.สุเทพ")]
    for day, fits in ((dt.date(2024, 6, 1), 0), (dt.date(2025, 6, 1), 1)):
        read = only(reconcile(annex([pairs[fits]], "เชียงใหม่", day), load()))
        assert (read.body.value.label, read.body.review) == (pairs[fits][1], ())
        read = only(reconcile(annex([pairs[1 - fits]], "เชียงใหม่", day), load()))
        assert read.body.review


@pytest.mark.parametrize("province", [None, "", "อุดรดิตถ์"])
def test_the_districts_name_the_province(province, truth):
    done, issues = reconcile(annex([(t["district_read"], t["body_read"]) for t in truth], province), load())
    assert done.province.value == UTTARADIT
    assert issues == ()
    assert [r.body.value.label for r in done.rows] == [t["body"] for t in truth]


def test_without_a_province_nothing_is_guessed():
    done, [issue] = reconcile(annex([("ก", "อบต.ในเมือง")], None), load())
    assert done.rows[0].body.value is None
    assert done.rows[0].review
    assert issue.stage == "reconcile"


def test_of_rows_without_bodies_the_districts_are_settled_and_nothing_else():
    done, issues = reconcile(annex([("ตรอน", ""), ("พิซัย", "")]), load())
    assert [row.district.value for row in done.rows] == ["ตรอน", "พิชัย"]
    assert [row.body for row in done.rows] == [row(1, "", "").body] * 2
    assert issues == ()


def test_rows_that_name_nothing_or_are_of_no_province_are_left_alone():
    for plain in (annex([("", ""), ("", "")]), annex([("หนึ่ง", ""), ("สอง", "")], None)):
        assert reconcile(plain, load()) == (plain, ())


def test_a_province_without_bodies_is_no_trouble():
    done, _ = reconcile(annex([("ดุสิต", "อบต.ดุสิต")], "กรุงเทพมหานคร"), load())
    assert done.rows[0].review


LETTERS = st.text(alphabet="กขคดตนบมรอ่้ั. \nxໄ๕", max_size=9)
HERE = load().find_bodies(UTTARADIT, AS_OF)
PAIRS = st.tuples(
    st.one_of(st.sampled_from([b.district for b in HERE]), LETTERS),
    st.one_of(st.sampled_from([b.label for b in HERE]), LETTERS, LETTERS.map("อบต.".__add__)),
)


@pytest.mark.slow
@settings(max_examples=60)
@given(
    st.lists(PAIRS, max_size=8),
    st.sampled_from([UTTARADIT, None, "อุดรธานี", "กรุงเทพมหานคร"]),
    st.sampled_from([AS_OF, None]),
)
def test_no_two_rows_are_one_body_and_nothing_read_is_lost(pairs, province, as_of):
    before = annex(pairs, province, as_of)
    after, _ = reconcile(before, load())
    codes = [r.body.value.code for r in after.rows if r.body.value and r.body.value.code and not r.review]
    assert len(codes) == len(set(codes))
    assert [(r.district.raw, r.body.raw) for r in after.rows] == pairs
    for read in after.rows:
        if read.body.raw.strip() and (read.body.value is None or read.body.value.code is None):
            assert read.review


def test_a_district_that_could_not_be_read_is_proposed_by_its_bodies_and_asks_for_review():
    plain = annex([("ตรอน", "อบต.บ้านแก่ง"), *((("", name)) for name in ("อบต.ในเมือง", "อบต.บ้านดารา", "อบต.ไร่อ้อย"))])
    inked = [
        each.model_copy(update={"district": Field[str](page=1, review=("unreadable",))}) for each in plain.rows[1:]
    ]
    done, _ = reconcile(plain.model_copy(update={"rows": (plain.rows[0], *inked)}), load())
    assert [each.district.value for each in done.rows] == ["ตรอน", "พิชัย", "พิชัย", "พิชัย"]
    assert all("district.unread" in each.review for each in done.rows[1:])
