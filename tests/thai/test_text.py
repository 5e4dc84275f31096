import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thai.text import (
    foreign_letters,
    illegal_sequences,
    normalize,
    search_form,
    skeleton,
    split_clusters,
)

ROOT = Path(__file__).resolve().parents[2]
THAI_SOUP = st.text(alphabet=st.sampled_from("กขมทว่้๊็ัิีุูํำาะเแโฤๅๆฯ์ฺ๐๕0 .\n\t\u200b\u00a0\uf70a\ud800"), max_size=40)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("ลําดับ", "ลำดับ"),
        ("นํ้า", "น้ำ"),
        ("น้ํา", "น้ำ"),
        ("เเม่พูล", "แม่พูล"),
        ("ก่ี", "กี่"),
        ("ที่ี", "ที่"),
        ("ก่่", "ก่"),
        ("เมือง\u200bอุตร\ufeffดิตถ์", "เมืองอุตรดิตถ์"),
        ("ที่\u00a0\u00a0มท", "ที่ มท"),
        ("ที\uf70aดิน", "ที่ดิน"),
        ("  ก    ข  ", "ก ข"),
        ("ก\r\nข\fค", "ก\nข\nค"),
        ("ก\t\tข\n\nค", "ก\t\tข\n\nค"),
        ("plain  ascii\n two", "plain ascii\ntwo"),
        ("น้ำ", "น้ำ"),
        ("", ""),
    ],
)
def test_normalize(raw: str, expected: str) -> None:
    assert normalize(raw) == expected


@given(st.one_of(st.text(max_size=60), THAI_SOUP))
@settings(max_examples=150)
def test_normalize_twice_changes_nothing(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once
    assert not re.search(r"[\u200b\ufeff\u00a0\r]|ํ[่-๋]?า|เเ", once)


@given(st.lists(st.text(alphabet="กขค ", max_size=5), max_size=6))
@settings(max_examples=50)
def test_normalize_keeps_lines_and_cells(cells: list[str]) -> None:
    assert normalize("\n".join(cells)).count("\n") == "\n".join(cells).count("\n")
    assert normalize("\t".join(cells)).count("\t") == "\t".join(cells).count("\t")


def test_a_page_of_nothing_but_marks_is_cheap_to_normalize() -> None:
    # Unbounded, this takes the square of its length: half a minute.
    assert normalize("ก" + "่ี" * 30_000) == "กี่"


@pytest.mark.parametrize("same", ["ที่ มท ๐๘๑๐.๒/ว ๘๕๖", "ที่มท ๐๘๑๐.๒/ว๘๕๖", "ที่ มท 0810.2/ว 856", "ที่\nมท  ๐๘๑๐.๒/ว 856"])
def test_one_search_form_for_every_way_of_typing_a_number(same: str) -> None:
    assert search_form(same) == "ที่มท0810.2/ว856"


def test_search_form_keeps_spaces_that_part_digits_or_latin_words() -> None:
    assert search_form("โทร. ๐ ๕๕๐๐  ๐๐๐๐ QR  Code") == "โทร. 0 5500 0000 qr code"


@given(st.one_of(st.text(max_size=60), THAI_SOUP))
@settings(max_examples=100)
def test_search_form_of_a_search_form_is_itself(text: str) -> None:
    once = search_form(text)
    assert search_form(once) == once


@pytest.mark.parametrize(
    "text",
    [
        "สิ่งที่ส่งมาด้วย",
        "เกาะ เยอะแยะ ตัวะ เปี๊ยะ เอ๊ะ",
        "พันธุ์ สิทธิ์ เสน่ห์",
        "ฤๅษี",
        "น้ำ นํ้า",
        "เเม่",
        "ก็ เก้า",
        "ใน ไม่ โดย",
        "abc 12 ๑๒",
    ],
)
def test_lawful_thai_has_no_illegal_sequences(text: str) -> None:
    assert illegal_sequences(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ทต.พاجูก", ["جู"]),
        ("่ที่", ["่"]),
        ("ก่่า", ["่่"]),
        ("ก่ี", ["่ี"]),
        ("คำ่", ["ำ่"]),
        ("กีี", ["ีี"]),
        ("ะ", ["ะ"]),
        ("เ ก", ["เ"]),
        ("แา", ["แ", "แา"]),
        ("กา์", ["า์"]),
        ("กๅ", ["กๅ"]),
    ],
)
def test_illegal_sequences(text: str, expected: list[str]) -> None:
    assert illegal_sequences(text) == expected


def test_foreign_letters_are_named_with_their_code_points() -> None:
    assert foreign_letters("ทต.พاجูก และ น้ำໄผ") == ["U+0627 ا", "U+062C ج", "U+0EC4 ໄ"]
    assert foreign_letters("๑ ٣ ²") == ["U+0663 ٣"]
    assert foreign_letters("ทต. INFO café “ระบบใหม่” ✓ ✗ ๆ ฯ ฿ × –") == []


def test_split_clusters() -> None:
    assert split_clusters("ลําดับ") == ["ลําด"]
    assert split_clusters("เเม่") == ["เเม"]
    assert split_clusters("ก ่า") == ["ก ่"]
    assert split_clusters("ลำดับ แม่ กา ขา") == []


def test_skeleton_is_the_same_for_what_scans_confuse() -> None:
    assert skeleton("สิ่งที่ส่งมาด้วย") == skeleton("สิงที สงมาดวย")
    assert skeleton("สำเนา") == skeleton("สําเนา") == skeleton("สาเนา")
    assert skeleton("เรื่อง") != skeleton("เรียน")


def test_compatibility_folding_is_used_nowhere() -> None:
    """It takes ำ apart into two characters, and every later comparison fails."""
    form = re.compile(r"""normali[sz]ed?\(\s*["']NFK""")
    sources = [path for path in ROOT.rglob("*.py") if not {".venv", "build", ".git"} & set(path.parts)]
    assert Path(__file__) in sources
    assert [str(path) for path in sources if form.search(path.read_text(encoding="utf-8"))] == []


def test_the_language_floor_does_not_load_pythainlp_on_import() -> None:
    modules = "dates, labels, letter_number, months, numerals, phones, text, times, years"
    code = f"import sys; from thai import {modules}; sys.exit('pythainlp' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
