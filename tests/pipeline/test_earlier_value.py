"""What the round before says of the same row, and when nothing is said."""

import pytest

from core.settings import Settings
from gazetteer.register import load
from models.doubt import Doubt
from models.record_path import get_field, put_part
from pipeline.earlier_value import find_earlier_value
from pipeline.questions import ask
from store.archive import Archive
from store.removals import note
from tests.web.archives import put

SETTINGS = Settings()
NAMES = ("ทต.ตรอน", "อบต.น้ำอ่าง", "อบต.วังแดง", "อบต.หาดสองแคว", "อบต.ข่อยสูง")
PLACE = "annexes[0].rows[1]"


def write(folder, day, words, amounts):
    lines = ["รายงานสถานะการบันทึกข้อมูล", f"ข้อมูล ณ วันที่ {day}", "จังหวัด,อำเภอ,ชื่อ อปท.,สถานะ,จำนวนเงิน,หมายเหตุ"]
    rows = zip(NAMES, words, amounts, strict=True)
    lines += [f"อุตรดิตถ์,ตรอน,{body},{word},{amount},ข้อ {amount}" for body, word, amount in rows]
    path = folder / f"{day}.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.fixture
def archive(tmp_path, either_database):
    with Archive.open(tmp_path / "archive") as opened:
        yield opened


@pytest.fixture
def rounds(archive, tmp_path):
    done, undone = "เรียบร้อย", "ไม่เรียบร้อย"
    return [
        put(archive, write(tmp_path, "26 เมษายน 2564", (done, undone, done, done, done), (1, 2, 3, 4, 5))),
        put(archive, write(tmp_path, "26 พฤษภาคม 2564", (done, done, done, undone, done), (1, 7, 3, 4, 5))),
    ]


def ask_for(archive, sha, path):
    document = archive.document(sha)
    doubt = Doubt(target=path, path=path, codes=("low_confidence",), weight=1)
    return ask(archive, document, doubt, load())


def test_the_fixture_has_two_rounds_of_one_series(archive, rounds) -> None:
    first, second = archive.snapshots()
    assert first.series == second.series
    assert first.as_of < second.as_of


@pytest.mark.parametrize(
    ("name", "typed"), [("status", "incomplete"), ("remark", "ข้อ 2"), ("cells.c5", "2"), ("body", "6530205")]
)
def test_a_value_of_the_round_before(archive, rounds, name, typed) -> None:
    found = find_earlier_value(archive, archive.document(rounds[1]), f"{PLACE}.{name}")
    assert found.typed.startswith(typed)
    assert found.as_of.isoformat() == "2021-04-26"


@pytest.mark.parametrize("path", [f"{PLACE}.sequence", f"{PLACE}.cells.c9", "annexes[0].title", "letters[0].number"])
def test_other_values_have_none(archive, rounds, path) -> None:
    assert find_earlier_value(archive, archive.document(rounds[1]), path) is None


def test_the_first_round_has_none(archive, rounds) -> None:
    assert find_earlier_value(archive, archive.document(rounds[0]), f"{PLACE}.status") is None


def test_a_round_that_was_taken_out_says_nothing(archive, rounds) -> None:
    with archive.writing() as connection:
        note(connection, rounds[0], "ซ้ำ", removed=True)
    assert find_earlier_value(archive, archive.document(rounds[1]), f"{PLACE}.status") is None


def test_a_row_whose_body_is_uncertain_is_told_nothing_but_its_likely_name(archive, rounds) -> None:
    document = archive.document(rounds[1])
    body = get_field(document, f"{PLACE}.body")
    misread = put_part(document, f"{PLACE}.body", body.model_copy(update={"value": None, "raw": "อบต.น้ำอ้าง"}))
    assert find_earlier_value(archive, misread, f"{PLACE}.status") is None
    assert find_earlier_value(archive, misread, f"{PLACE}.body").typed == body.value.code


class TestQuestion:
    def test_another_value_before_is_shown_and_takes_a_choice(self, archive, rounds) -> None:
        asked = ask_for(archive, rounds[1], f"{PLACE}.status")
        assert asked.earlier.endswith("(๒๖ เม.ย. ๒๕๖๔)")
        assert [choice.typed for choice in asked.choices] == ["complete", "incomplete"]
        assert not asked.by_default

    def test_the_same_value_before_is_shown_and_disputes_nothing(self, archive, rounds) -> None:
        asked = ask_for(archive, rounds[1], "annexes[0].rows[0].status")
        assert asked.earlier.startswith("เรียบร้อย")
        assert [choice.typed for choice in asked.choices] == ["complete"]
        assert asked.by_default
