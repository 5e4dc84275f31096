import csv
import datetime as dt
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import build
from gazetteer.distance import distance
from gazetteer.kinds import bare, split_kind
from gazetteer.register import load
from models.annex import BodyKind

BEFORE = dt.date(2021, 4, 16)
AFTER = dt.date(2025, 6, 1)
UTTARADIT = "อุตรดิตถ์"


def kinds_on(day):
    return Counter(body.kind for body in load().bodies if body.valid_on(day))


def test_the_make_up_before_the_upgrades_is_that_of_the_department():
    assert kinds_on(BEFORE) == {
        BodyKind.PAO: 76,
        BodyKind.CITY: 30,
        BodyKind.TOWN: 195,
        BodyKind.SUBDISTRICT_MUNICIPALITY: 2247,
        BodyKind.SAO: 5300,
        BodyKind.SPECIAL: 1,
    }


def test_the_make_up_after_the_upgrades_counts_doubled_rows_once():
    counted = kinds_on(AFTER)
    assert counted.total() == 7844
    assert (counted[BodyKind.CITY], counted[BodyKind.TOWN], counted[BodyKind.SAO]) == (35, 221, 5293)
    huai_rat = [b.label for b in load().find_bodies("บุรีรัมย์", AFTER) if b.district == "ห้วยราช"]
    assert len(huai_rat) == len(set(huai_rat))


def test_every_code_is_of_one_body_on_any_day():
    for day in (BEFORE, AFTER, dt.date(2015, 2, 13), dt.date(2015, 2, 14), None):
        codes = [body.code for body in load().bodies if body.valid_on(day)]
        assert len(codes) == len(set(codes))
    known = {body.code for body in load().bodies}
    assert all(code.startswith("x:") or (code.isdigit() and len(code) == 7) for code in known)


def test_no_body_stands_twice_on_one_day():
    for day in (BEFORE, AFTER, None):
        keys = [(b.province, b.district, b.kind, b.name) for b in load().bodies if b.valid_on(day)]
        assert len(keys) == len(set(keys))


def test_an_upgraded_body_changes_its_kind_and_its_code_at_the_cut():
    def suthep(day):
        return [(b.kind, b.code) for b in load().find_bodies("เชียงใหม่", day) if b.name == "สุเทพ"]

    [(old_kind, old_code)], [(new_kind, new_code)] = suthep(dt.date(2024, 12, 31)), suthep(dt.date(2025, 1, 1))
    assert (old_kind, new_kind) == (BodyKind.SUBDISTRICT_MUNICIPALITY, BodyKind.TOWN)
    assert old_code != new_code
    assert suthep(None) == suthep(AFTER)


def test_a_district_is_where_the_body_lies_not_what_its_code_says():
    [body] = [b for b in load().find_bodies(UTTARADIT, BEFORE) if b.name == "ท่าแฝก"]
    assert body.district == "น้ำปาด"
    assert body.code.startswith("65303")


def test_provinces_are_the_77_of_the_letter_codes():
    register = load()
    owners = {code.name for same in register.letter_codes.values() for code in same if code.kind == "province"}
    assert len(register.provinces) == 77
    assert set(register.provinces) == owners
    assert register.districts["กรุงเทพมหานคร"] == ()
    assert register.find_bodies("กรุงเทพมหานคร") == ()


def test_letter_codes_keep_the_easily_confused_provinces_apart():
    names = {code: [owner.name for owner in load().letter_codes[code]] for code in ("อต", "อด", "มท")}
    assert names == {"อต": [UTTARADIT], "อด": ["อุดรธานี"], "มท": ["กระทรวงมหาดไทย"]}


def test_the_annex_province_counts_as_the_paper_says():
    counted = Counter(body.kind.value for body in load().find_bodies(UTTARADIT, BEFORE))
    assert counted == {"อบจ.": 1, "ทม.": 1, "ทต.": 25, "อบต.": 53}


def test_loading_twice_reads_once():
    assert load() is load()


@pytest.mark.parametrize(
    ("printed", "kind", "name"),
    [
        ("อบต.น้ำหมัน", BodyKind.SAO, "น้ำหมัน"),
        ("อบด.น้ำหมัน", BodyKind.SAO, "น้ำหมัน"),
        ("อปต.น้ำหมัน", BodyKind.SAO, "น้ำหมัน"),
        ("อบต น้ำหมัน", BodyKind.SAO, "น้ำหมัน"),
        ("อบต.\nน้ำหมัน", BodyKind.SAO, "น้ำหมัน"),
        ("อบต. น้ํา หมัน", BodyKind.SAO, "น้ําหมัน"),
        ("องค์การบริหารส่วนตำบลน้ำไผ่", BodyKind.SAO, "น้ำไผ่"),
        ("องค์การบริหารส่วนจังหวัดอุตรดิตถ์", BodyKind.PAO, UTTARADIT),
        ("อบจ.อุตรดิตถ์", BodyKind.PAO, UTTARADIT),
        ("เทศบาลนครหัวหิน", BodyKind.CITY, "หัวหิน"),
        ("เทศบาลเมือง อุตรดิตถ์", BodyKind.TOWN, UTTARADIT),
        ("เทศบาลตำบลท่าเสา", BodyKind.SUBDISTRICT_MUNICIPALITY, "ท่าเสา"),
        ("ทด.ตรอน", BodyKind.SUBDISTRICT_MUNICIPALITY, "ตรอน"),
        ("อบต.จ.ป.ร.", BodyKind.SAO, "จ.ป.ร."),
        ("เมืองพัทยา", BodyKind.SPECIAL, "เมืองพัทยา"),
        ("บ้านด่าน", None, "บ้านด่าน"),
        ("", None, ""),
    ],
)
def test_kinds_are_told_from_what_is_printed(printed, kind, name):
    assert split_kind(printed) == (kind, bare(name))


def test_every_label_of_the_register_comes_apart_into_its_kind_and_name():
    assert [b.label for b in load().bodies if split_kind(b.label) != (b.kind, b.name)] == []


WORDS = st.text(alphabet="กขคงชซดตนบผพมรลวอาิีุู่้็เไ", max_size=8)


@given(WORDS, WORDS)
def test_distance_is_zero_for_the_same_only_and_the_same_both_ways(left, right):
    assert (distance(left, right) == 0) == (left == right)
    assert distance(left, right) == distance(right, left)
    assert distance(left, right) <= len(left) + len(right)


def test_what_scans_confuse_is_nearer_than_what_they_do_not():
    assert 0 < distance("แสนดอ", "แสนตอ") < distance("แสนมอ", "แสนตอ")
    assert distance("ฝ่าย", "ฝาย") < distance("ฝกาย", "ฝาย")


def write(path, header, *rows):
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])


def test_building_joins_two_registers_and_fills_codes(tmp_path):
    header = ["province", "district", "type", "abbr", "name"]
    stays = ["ก", "ข", "อบต.", "อบต.", "ค"]
    write(
        tmp_path / "lao_registry_2567.csv",
        [*header, "dola_code_2560"],
        [*stays, "6000001"],
        ["ก", "ข", "เทศบาลตำบล", "ทต.", "ง", "5000001"],
        ["ก", "ข", "อบต.", "อบต.", "จ", ""],
    )
    upgraded = ["ก", "ข", "เทศบาลเมือง", "ทม.", "ง"]
    last = ["ก", "ข", "อบต.", "อบต.", "จ"]
    write(tmp_path / "lao_registry_2568.csv", header, stays, stays, upgraded, last)
    write(
        tmp_path / "lao_dola_2560_from_ahoerstemeier.csv",
        ["dola_code", "type", "name", "province", "district_from_dola_code"],
        ["6000002", "อบต.", "จ", "ก", "ข"],
    )
    (tmp_path / "letter_codes.tsv").write_text("kind\tcode\tname\nprovince\tกก\tก\n", encoding="utf-8")
    build.main(tmp_path, tmp_path)
    with (tmp_path / "bodies.csv").open(encoding="utf-8") as stream:
        rows = {(r["code"], r["valid_from"], r["valid_to"]) for r in csv.DictReader(stream)}
    assert rows == {
        ("6000001", "", ""),
        ("5000001", "", "2024-12-31"),
        ("6000002", "", ""),
        ("x:ก:ข:ทม.ง", "2025-01-01", ""),
    }
