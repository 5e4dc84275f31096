"""Tables for the terminal lose nothing, however narrow it is, and part no word that fits."""

import sys

import pytest
from rich.console import Console

from commands.terminal.archive_tables import plain_table

CHANGE = (
    "ย้ายอำเภอ",
    "อบต.ท่าแฝก อ.ท่าปลา",
    "อบต.ท่าแฝก อ.น้ำปาด",
    "อุตรดิตถ์",
    "๑๔ ก.พ. ๒๕๕๘",
    "ราชกิจจานุเบกษา เล่ม ๑๓๒ ตอนที่ ๑๐ ก วันที่ ๑๓ กุมภาพันธ์ ๒๕๕๘",
)
HEADER = ("การเปลี่ยนแปลง", "เดิม", "ใหม่", "จังหวัด", "มีผล", "ที่มา")


def draw(capsys, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    Console(width=width, highlight=False, color_system=None).print(plain_table(HEADER, [CHANGE]))
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("width", [80, 100, 120])
def test_columns_of_short_words_give_way_before_anything_is_cut_off(capsys, monkeypatch, width):
    lines = draw(capsys, monkeypatch, width)
    letters = "".join("".join(lines).split())
    assert sorted("".join("".join((*HEADER, *CHANGE)).split())) == sorted(letters)
    assert any("๑๔ ก.พ. ๒๕๕๘" in line for line in lines), "a date stays on its line where there is room"
