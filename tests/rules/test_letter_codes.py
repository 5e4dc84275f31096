"""Letter codes of offices outside the ministries, by the shipped table."""

import pytest

from gazetteer.register import load
from models.finding import Outcome
from rules.runner import ALL, judge
from tests.rules import builders as b


@pytest.mark.parametrize(
    ("code", "office"),
    [
        ("ตช", "สำนักงานตำรวจแห่งชาติ"),
        ("ตผ", "สำนักงานการตรวจเงินแผ่นดิน"),
        ("ปช", "สำนักงาน ป.ป.ช."),
        ("ทช", "สำนักงานคณะกรรมการกิจการโทรคมนาคมแห่งชาติ"),
        ("ดศ", "กระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม"),
    ],
)
def test_codes_of_bodies_outside_the_ministries_are_known(code: str, office: str) -> None:
    letter = b.circular(number=b.number(f"{code} ๐๐๑๑.๒๕/๑๒๓"), issuer=b.text(office))
    case = b.case((letter,), register=load())
    assert judge(ALL["N02"], case).outcome is Outcome.PASSED
    assert judge(ALL["N03"], case).outcome is Outcome.PASSED


def test_a_code_that_the_table_lacks_is_unknown_and_not_wrong() -> None:
    letter = b.circular(number=b.number("ฮฮ ๐๐๑๑.๒๕/๑๒๓"), issuer=b.text("มูลนิธิตัวอย่าง"), address=b.text(None))
    [finding] = judge(ALL["N02"], b.case((letter,), register=load())).findings
    assert finding.outcome is Outcome.COULD_NOT_RUN
    assert finding.suggestion is None


def test_every_code_of_the_table_has_an_owner_and_a_source() -> None:
    import csv
    from importlib import resources

    text = (resources.files("gazetteer") / "data" / "letter_codes.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert {row["kind"] for row in rows} == {"province", "ministry", "independent"}
    assert all(row["name"] and row["source"] for row in rows)
