"""Changes of bodies that an office adds to its own ledger, beside the shipped register."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from core.errors import UsageError
from core.settings import Settings
from gazetteer import ledger
from gazetteer.inferred_changes import FIELDS
from gazetteer.ledger_rows import CHANGES, THAI_FIELDS, FactError, _day
from gazetteer.register import load, own_changes
from gazetteer.search import named
from pipeline.bodies import update_bodies
from pipeline.doctor import examine
from pipeline.versions import engine_key
from tests.commands.test_cli import saraban

SOURCE = "ประกาศสมมติ"
MAE_RIM = ("เชียงใหม่", "แม่ริม")
UPGRADE = {
    "change": "upgraded",
    "province": "น่าน",
    "before_kind": "อบต.",
    "before_name": "นาซาว",
    "before_district": "เมืองน่าน",
    "after_kind": "ทต.",
    "after_name": "นาซาว",
    "after_district": "เมืองน่าน",
    "effective": "2025-03-10",
    "source": SOURCE,
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(bodies=tmp_path / "office" / "bodies.csv")


def table(folder: Path, *rows: dict[str, str], header: tuple[str, ...] = FIELDS) -> Path:
    path = folder / "changes.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows([row.get(name, "") for name in FIELDS] for row in rows)
    return path


def standing(settings: Settings, name: str, day: str) -> list[tuple[str, str, str]]:
    on = dt.date.fromisoformat(day)
    found = (body for body in named(load(settings.bodies), f"{name}, น่าน") if body.valid_on(on))
    return [(body.label, body.district, body.source) for body in found]


def test_an_upgrade_holds_from_its_day_in_every_look_up(tmp_path: Path, settings: Settings) -> None:
    done = update_bodies(table(tmp_path, UPGRADE), settings)
    assert (len(done.added), done.known, done.faults) == (1, 0, ())
    assert standing(settings, "อบต.นาซาว", "2025-03-09") == [("อบต.นาซาว", "เมืองน่าน", "")]
    assert standing(settings, "อบต.นาซาว", "2025-03-10") == []
    assert standing(settings, "ทต.นาซาว", "2025-03-09") == []
    assert standing(settings, "ทต.นาซาว", "2025-03-10") == [("ทต.นาซาว", "เมืองน่าน", SOURCE)]
    [line] = own_changes(settings.bodies)
    assert list(ledger.history(line.after.code or "", (line,))) == [line]
    assert ledger.successions((line,))[0].effective == dt.date(2025, 3, 10)
    assert load() is load(None)
    assert load().version != load(settings.bodies).version


def test_what_the_ledger_says_decides_whether_a_document_is_out_of_date(tmp_path: Path, settings: Settings) -> None:
    from ingest.sources.file_type import MediaType
    from pipeline.reading import build_recognizer

    recognizer = build_recognizer(settings)
    before = engine_key(MediaType.TEXT, recognizer, settings)
    update_bodies(table(tmp_path, UPGRADE), settings)
    assert engine_key(MediaType.TEXT, recognizer, settings) != before


def test_doing_it_twice_changes_nothing(tmp_path: Path, settings: Settings) -> None:
    path = table(tmp_path, UPGRADE)
    update_bodies(path, settings)
    first = settings.bodies.read_bytes()
    again = update_bodies(path, settings)
    assert (again.added, again.known, again.faults) == ((), 1, ())
    assert settings.bodies.read_bytes() == first


def test_check_writes_nothing(tmp_path: Path, settings: Settings) -> None:
    assert len(update_bodies(table(tmp_path, UPGRADE), settings, check=True).added) == 1
    assert not settings.bodies.exists()


@pytest.mark.slow
def test_every_kind_of_change_in_thai(tmp_path: Path, settings: Settings) -> None:
    old, new = ("before_kind", "before_name", "before_district"), ("after_kind", "after_name", "after_district")
    rows = [
        ("ตั้งใหม่", {}, dict(zip(new, ("", "ทต.สมมติ", "ปัว"), strict=True))),
        (
            "เปลี่ยนชื่อ",
            dict(zip(old, ("อบต.", "เจดีย์ชัย", "ปัว"), strict=True)),
            dict(zip(new, ("อบต.", "นามใหม่", "ปัว"), strict=True)),
        ),
        (
            "ย้ายอำเภอ",
            dict(zip(old, ("องค์การบริหารส่วนตำบล", "ป่ากลาง", "ปัว"), strict=True)),
            dict(zip(new, ("อบต.", "ป่ากลาง", "ท่าวังผา"), strict=True)),
        ),
        ("ยุบเลิก", dict(zip(old, ("อบต.", "สกาด", "ปัว"), strict=True)), {}),
        (
            "รวม",
            dict(zip(old, ("อบต.", "อวน", "ปัว"), strict=True)),
            dict(zip(new, ("ทต.", "ปัว", "ปัว"), strict=True)),
        ),
    ]
    told = [
        {"change": what, "province": "น่าน", "effective": "๑ มีนาคม ๒๕๖๘", "source": SOURCE, **before, **after}
        for what, before, after in rows
    ]
    done = update_bodies(table(tmp_path, *told, header=THAI_FIELDS), settings)
    assert done.faults == ()
    for name, before, after in (
        ("ทต.สมมติ", 0, 1),
        ("อบต.เจดีย์ชัย", 1, 0),
        ("อบต.นามใหม่", 0, 1),
        ("อบต.สกาด", 1, 0),
        ("อบต.อวน", 1, 0),
        ("ทต.ปัว", 1, 1),
    ):
        assert len(standing(settings, name, "2025-02-28")) == before, name
        assert len(standing(settings, name, "2025-03-01")) == after, name
    assert [place for _, place, _ in standing(settings, "อบต.ป่ากลาง", "2025-02-28")] == ["ปัว"]
    assert [place for _, place, _ in standing(settings, "อบต.ป่ากลาง", "2025-03-01")] == ["ท่าวังผา"]
    assert len({body.code for body in named(load(settings.bodies), "อบต.ป่ากลาง, น่าน")}) == 1


@pytest.mark.parametrize("day", ["2024-07-15", "2025-02-03"])
def test_an_upgrade_of_unknown_day_gets_its_day(tmp_path: Path, settings: Settings, day: str) -> None:
    fact = {"change": "upgraded", "province": "เชียงใหม่", "effective": day, "source": SOURCE}
    for side, kind in (("before", "ทต."), ("after", "ทม.")):
        fact |= {f"{side}_kind": kind, f"{side}_name": "สุเทพ", f"{side}_district": "เมืองเชียงใหม่"}
    assert update_bodies(table(tmp_path, fact), settings).faults == ()
    on = dt.date.fromisoformat(day)
    for when, kind in ((on - dt.timedelta(days=1), "ทต."), (on, "ทม.")):
        found = [b.kind for b in load(settings.bodies).find_bodies("เชียงใหม่", when) if b.name == "สุเทพ"]
        assert found == [kind]
    lines = [line for line in ledger.load(own_changes(settings.bodies)) if line.after and line.after.label == "ทม.สุเทพ"]
    assert [line.effective for line in lines] == [on]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"change": "promoted"}, "no such change"),
        ({"province": "เมืองสมมติ"}, "no such province"),
        ({"before_name": "นาซาวว"}, "is not in the register"),
        ({"before_district": "ปัว", "after_district": "ปัว"}, "is not in the register"),
        ({"after_district": "อำเภอสมมติ", "before_district": "อำเภอสมมติ"}, "no such district"),
        ({"after_kind": "อบต."}, "do not differ"),
        ({"after_name": ""}, "no kind and name"),
        ({"after_kind": "", "after_name": ""}, "must be given"),
        ({"effective": ""}, "unreadable"),
        ({"effective": "2999-01-01"}, "unreadable"),
        ({"source": ""}, "no source"),
        ({"before_code": "6999999"}, "the key of"),
        ({"before_code": "65"}, "seven digits"),
        ({"change": "new"}, "must be left empty"),
        ({"after_code": "6530305"}, "is that of"),
    ],
)
def test_a_line_that_cannot_be_is_refused_and_nothing_written(
    tmp_path: Path, settings: Settings, wrong: dict[str, str], says: str
) -> None:
    good = UPGRADE | {"before_name": "บ่อสวก", "after_name": "บ่อสวก"}
    done = update_bodies(table(tmp_path, good, UPGRADE | wrong), settings)
    [fault] = done.faults
    assert fault.line == 3
    assert says in fault.message.en
    assert fault.message.th != fault.message.en
    assert not settings.bodies.exists()


def test_a_line_that_contradicts_an_earlier_change_is_refused(tmp_path: Path, settings: Settings) -> None:
    update_bodies(table(tmp_path, UPGRADE), settings)
    first = settings.bodies.read_bytes()
    renamed = UPGRADE | {"change": "renamed", "effective": "2025-01-10", "after_kind": "อบต.", "after_name": "นามใหม่"}
    [fault] = update_bodies(table(tmp_path, renamed), settings).faults
    assert (fault.line, "is not in the register on 2025-03-09" in fault.message.en) == (0, True)
    assert settings.bodies.read_bytes() == first


def test_changes_that_follow_each_other_may_stand_in_any_order(tmp_path: Path, settings: Settings) -> None:
    renamed = UPGRADE | {"change": "renamed", "effective": "2025-05-10", "before_kind": "ทต.", "after_name": "นามใหม่"}
    assert update_bodies(table(tmp_path, renamed, UPGRADE), settings).faults == ()
    assert standing(settings, "ทต.นามใหม่", "2025-05-10") == [("ทต.นามใหม่", "เมืองน่าน", SOURCE)]
    code = own_changes(settings.bodies)[-1].after.code or ""
    assert [line.change for line in ledger.history(code, own_changes(settings.bodies))] == ["upgraded", "renamed"]


def test_a_body_that_stands_cannot_begin(tmp_path: Path, settings: Settings) -> None:
    fact = {
        "change": "new",
        "province": "น่าน",
        "after_kind": "อบต.",
        "after_name": "นาซาว",
        "after_district": "เมืองน่าน",
    }
    [fault] = update_bodies(table(tmp_path, fact | {"effective": "2025-01-05", "source": SOURCE}), settings).faults
    assert "in the register already" in fault.message.en


def test_a_table_without_its_columns_is_refused(tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "changes.csv"
    path.write_text("change,province\nnew,น่าน\n", "utf-8")
    [fault] = update_bodies(path, settings).faults
    assert "effective (มีผลตั้งแต่)" in fault.message.en


def test_a_ledger_that_does_not_fit_is_not_passed_over(tmp_path: Path, settings: Settings) -> None:
    update_bodies(table(tmp_path, UPGRADE), settings)
    text = settings.bodies.read_text("utf-8").replace("นาซาว", "ไม่มี", 1)
    other = tmp_path / "damaged.csv"
    other.write_text(text, "utf-8")
    with pytest.raises(UsageError, match=r"damaged\.csv:2"):
        load(other)
    [check] = [check for check in examine(Settings(bodies=other)) if check.name == "ทะเบียน อปท."]
    assert (check.good, "damaged.csv:2" in check.found) == (False, True)


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SARABAN_BODIES", str(tmp_path / "own.csv"))
    path = table(tmp_path, UPGRADE)
    assert "1 new" in saraban("bodies", "update", str(path), "--check").stderr
    assert saraban("bodies", "search", "ทต.นาซาว", "--province", "น่าน").returncode == 4
    assert "1 added" in saraban("bodies", "update", str(path)).stderr
    assert SOURCE in saraban("bodies", "show", "ทต.นาซาว, น่าน").stdout
    assert SOURCE in saraban("bodies", "history", "อบต.นาซาว, น่าน").stdout
    bad = saraban("bodies", "update", str(table(tmp_path, UPGRADE | {"source": ""})))
    assert (bad.returncode, "line 2" in bad.stderr) == (2, True)
    quiet = saraban("bodies", "history", "อบต.บ่อสวก, น่าน")
    assert (quiet.returncode, "no change is known" in quiet.stderr) == (0, True)


def test_the_manual_names_every_column_and_change() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "bodies.md").read_text("utf-8")
    assert [name for name in (*FIELDS, *THAI_FIELDS) if name not in manual] == []
    assert [word for word in CHANGES if word not in manual] == []


def test_a_day_that_its_year_has_not_is_told_and_not_an_error_of_ours() -> None:
    with pytest.raises(FactError):
        _day("2568-02-29")
