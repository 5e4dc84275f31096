"""The characters the recognizer can write, texts in its spelling, and texts as outputs and back."""

import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.characters import NULL, canonical, characters, decode, encode, is_writable

CONSONANTS = [chr(code) for code in range(ord("ก"), ord("ฮ") + 1)]
VOWELS, TONES, THAI_DIGITS = "ะัาำิีึืฺุูเแโใไๅ็", "่้๊๋", "๐๑๒๓๔๕๖๗๘๙"
REST_OF_THAI = "ฯๆ์ํ฿๏๚๛"
LETTERS = [character for character in characters() if len(character) == 1]
LOOK_ALIKES = "—‐‑−´′″„·\u00a0"
MIXED = st.text(st.sampled_from([*LETTERS, *LOOK_ALIKES, *"\t\nﬁＡ①"]) | st.sampled_from("กนาำํ่้๊ัิุ "), max_size=30)
WRITABLE = st.text(st.sampled_from(LETTERS) | st.sampled_from("กก11 "), min_size=1, max_size=40)


def test_no_character_that_letters_use_is_missing_and_none_is_twice():
    wanted = {*CONSONANTS, *VOWELS, *TONES, *THAI_DIGITS, *REST_OF_THAI, *string.ascii_letters, *string.digits}
    assert wanted - set(characters()) == set()
    assert len(CONSONANTS) == 46  # 44 consonants, ฤ and ฦ
    assert len(set(characters())) == len(characters())


def test_the_first_outputs_are_those_that_tesseract_keeps():
    assert characters()[0] == " "
    assert [number for number, character in enumerate(characters()) if len(character) > 1] == [1, NULL]
    assert characters()[NULL].startswith("|Broken")
    assert NULL == 2


def test_no_character_is_one_that_the_spelling_does_away_with():
    assert [character for character in LETTERS[1:] if canonical(character) != character] == []


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("ทํา", "ทำ"),
        ("นํ้า", "น้ำ"),
        ("น้ํา", "น้ำ"),
        ("คํ่า", "ค่ำ"),
        ("ทำ", "ทำ"),
        ("  ๑\u00a0–\t๒\n", "๑ – ๒"),
        ("๑—๒−๓‑๔", "๑–๒-๓-๔"),
        ("ตร.ม. ²", "ตร.ม. ²"),
        ("ﬁ Ａ ① …", "ﬁ Ａ ① …"),
        (" \t", ""),
    ],
)
def test_a_text_has_one_spelling_and_keeps_its_signs(raw, expected):
    assert canonical(raw) == expected


@given(MIXED)
def test_the_spelling_of_a_spelling_is_itself_and_takes_no_sara_am_apart(text):
    spelt = canonical(text)
    assert canonical(spelt) == spelt
    assert unicodedata.is_normalized("NFC", spelt)
    assert spelt.count("ำ") >= text.count("ำ")
    assert "ํา" not in spelt
    assert "  " not in spelt


@pytest.mark.parametrize(
    ("text", "expected"), [("", False), ("ก", True), ("ก漢", False), ("ก\u200b", False), ("ก\n", False), ("ก ๑", True)]
)
def test_what_has_an_output_for_every_character_can_be_written(text, expected):
    assert is_writable(text) is expected


def test_a_character_without_an_output_is_no_text():
    with pytest.raises(KeyError):
        encode("ก漢")


def test_repeats_are_read_once_and_blanks_not_at_all():
    ko, one = encode("ก๑")
    assert decode([]) == decode([NULL, NULL]) == ""
    assert decode([NULL, ko, ko, NULL, NULL, ko, one, one, ko, NULL]) == "กก๑ก"


@given(WRITABLE, st.data())
def test_a_text_comes_back_from_outputs_that_last_and_are_parted_by_blanks(text, data):
    outputs: list[int] = []
    for output in encode(text):
        blanks = data.draw(st.integers(int(outputs[-1:] == [output]), 2))
        outputs += [NULL] * blanks + [output] * data.draw(st.integers(1, 3))
    assert is_writable(text)
    assert decode(outputs) == text
