"""The dated register: looking bodies up, and what became of them."""

import csv
import datetime as dt
from collections import Counter

import pytest

from gazetteer import inferred_changes
from gazetteer.ledger import history, load, successions
from gazetteer.register import load as load_register
from gazetteer.search import named, search
from models.annex import BodyKind
from tests.commands.test_cli import saraban

THA_FAEK = "6530305"


def labels(found) -> list[str]:
    return [body.label for body in found]


def test_every_line_that_tells_what_a_body_became_serves_to_compare_rounds() -> None:
    assert len(successions()) == len(load())


def test_the_ledger_has_the_37_upgrades_that_the_lists_of_2567_and_2568_show() -> None:
    lines = [line for line in load() if "2568" in line.source]
    assert len({(line.province, line.after.label) for line in lines}) == 37
    assert Counter(line.after.kind for line in lines) == {
        BodyKind.CITY: 5,
        BodyKind.TOWN: 33,
        BodyKind.SUBDISTRICT_MUNICIPALITY: 1,
    }
    assert all(line.source for line in load())


def test_both_sides_of_an_upgrade_are_bodies_of_the_register_at_their_time() -> None:
    by_code = {body.code: body for body in load_register().bodies}
    for line in load():
        if "2568" not in line.source:
            continue
        before, after = by_code[line.before.code], by_code[line.after.code]
        assert before.valid_to is not None
        assert after.valid_from is not None
        assert before.valid_to < after.valid_from
        assert (before.province, before.district) == (after.province, after.district)


def test_a_body_that_moved_is_in_one_district_on_every_day() -> None:
    def district(day: str) -> list[str]:
        bodies = load_register().find_bodies("อุตรดิตถ์", dt.date.fromisoformat(day))
        return [body.district for body in bodies if body.name == "ท่าแฝก"]

    assert district("2015-02-13") == ["ท่าปลา"]
    assert district("2015-02-14") == district("2021-04-16") == ["น้ำปาด"]
    [move] = history(THA_FAEK)
    assert (move.before_district, move.after_district) == ("ท่าปลา", "น้ำปาด")
    assert "ราชกิจจานุเบกษา" in move.source


def test_the_history_of_a_merged_body_has_a_line_for_each() -> None:
    [now] = [body for body in named(load_register(), "ทม.ประโคนชัย, บุรีรัมย์") if body.valid_to is None]
    assert {line.before.label for line in history(now.code)} == {"อบต.ประโคนชัย", "ทต.ประโคนชัย"}
    [old] = list(named(load_register(), "อบต.ประโคนชัย, บุรีรัมย์"))
    assert [line.after.label for line in history(old.code)] == ["ทม.ประโคนชัย"]


@pytest.mark.parametrize(
    ("text", "province", "first"),
    [
        ("ท่าแฝก", None, "อบต.ท่าแฝก"),
        ("อบต.ท่าแฝก", None, "อบต.ท่าแฝก"),
        ("ทาแฝก", "อุตรดิตถ์", "อบต.ท่าแฝก"),  # a tone mark is lost
        ("ท่าแผก", "อุตรดิตถ์", "อบต.ท่าแฝก"),  # a letter is misread
        ("หลวง", "อุตรดิตถ์", "อบต.ฝายหลวง"),
    ],
)
def test_a_body_is_found_by_its_name_or_nearly(text: str, province: str | None, first: str) -> None:
    assert labels(search(load_register(), text, province))[0] == first


def test_the_kind_and_the_day_narrow_a_search_down() -> None:
    register = load_register()
    assert {body.kind for body in search(register, "ท่าปลา", "อุตรดิตถ์")} == {
        BodyKind.SUBDISTRICT_MUNICIPALITY,
        BodyKind.SAO,
    }
    assert {body.kind for body in search(register, "ทต.ท่าปลา", "อุตรดิตถ์")} == {BodyKind.SUBDISTRICT_MUNICIPALITY}
    assert labels(search(register, "สุเทพ", "เชียงใหม่", dt.date(2024, 1, 1))) == ["ทต.สุเทพ"]
    assert labels(search(register, "สุเทพ", "เชียงใหม่")) == ["ทม.สุเทพ"]
    assert search(register, "ไม่มีชื่อนี้เลย") == []


OLD = {
    ("ก", "ข", "อบต.", "หนึ่ง"): "1",
    ("ก", "ข", "ทต.", "หนึ่ง"): "2",
    ("ก", "ข", "อบต.", "ตะวันออก"): "3",
    ("ก", "ค", "อบต.", "สอง"): "4",
}


def test_the_lists_prove_an_upgrade_a_merger_and_a_rename() -> None:
    new = {("ก", "ข", "ทม.", "หนึ่ง"): "5", ("ก", "ข", "อบต.", "ใหม่"): "6", ("ก", "ค", "ทต.", "สอง"): "7"}
    assert [(line[0], line[2], line[3], line[6]) for line in inferred_changes.raised(OLD, new, "s")] == [
        ("merged", "อบต.", "หนึ่ง", "ทม."),
        ("merged", "ทต.", "หนึ่ง", "ทม."),
        ("upgraded", "อบต.", "สอง", "ทต."),
    ]
    # Two of the kind are gone from the district, so which of them the new one is, nothing tells.
    assert list(inferred_changes.renamed(OLD, new, "s")) == []
    same = OLD | {("ก", "ข", "อบต.", "ใหม่"): "6"}
    del same["ก", "ข", "อบต.", "ตะวันออก"]
    assert [(line[3], line[7]) for line in inferred_changes.renamed(OLD, same, "s")] == [("ตะวันออก", "ใหม่")]


def test_another_spelling_is_no_rename() -> None:
    assert (
        list(inferred_changes.renamed({("ก", "ข", "อบต.", "กื้ดช้าง"): "1"}, {("ก", "ข", "อบต.", "กื๊ดช้าง"): ""}, "s")) == []
    )


def test_every_line_of_the_ledger_is_whole() -> None:
    for known in inferred_changes.KNOWN:
        assert len(known) == len(inferred_changes.FIELDS)
    for line in load():
        assert (line.before, line.before_district) != (line.after, line.after_district)


def test_the_commands() -> None:
    found = saraban("bodies", "search", "ท่าแฝก", "--on", "2010-01-01")
    assert (found.returncode, "ท่าปลา" in found.stdout, "2015-02-13" in found.stdout) == (0, True, True)
    assert saraban("bodies", "show", THA_FAEK).stdout.count(THA_FAEK) == 2
    told = saraban("bodies", "history", "อบต.ท่าแฝก, อุตรดิตถ์")
    assert "2015-02-14" in told.stdout
    missing = saraban("bodies", "show", "อบต.ไม่มี")
    assert (missing.returncode, "[register.no_body]" in missing.stderr) == (4, True)


def test_the_ledger_is_a_table_that_others_can_read() -> None:
    from importlib import resources

    text = (resources.files("gazetteer") / "data" / "ledger.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows) == len(load())
    assert tuple(rows[0]) == inferred_changes.FIELDS
