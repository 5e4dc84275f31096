import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thai.numerals import to_thai
from thai.phones import find_phones


@pytest.mark.parametrize(
    ("text", "digits", "extension"),
    [
        ("โทร. ๐ ๕๕๐๐ ๐๐๐๐ ต่อ ๒๒๑๔", "055000000", "2214"),
        ("โทร. ๐-๕๕๐๐-๐๐๐๐ ต่อ ๓", "055000000", "3"),
        ("โทรสาร ๐ ๕๕๐๐ ๐๐๐๐", "055000000", ""),
        ("0 5500 0000-5", "055000000", ""),
        ("05-500-0000 ต่อ 12, 13", "055000000", "12, 13"),
        ("๐๘ ๐๐๐๐ ๐๐๐๐", "0800000000", ""),
        ("080-000-0000", "0800000000", ""),
        ("0800000000", "0800000000", ""),
        ("โทร. ๑๑๑๑", "1111", ""),
    ],
)
def test_phones(text: str, digits: str, extension: str) -> None:
    (phone,) = find_phones(text)
    assert (phone.digits, phone.extension, phone.problems) == (digits, extension, ())
    assert text[slice(*phone.span)] == phone.raw


def test_several_in_a_line() -> None:
    found = find_phones("โทร. ๐ ๕๕๐๐ ๐๐๐๐, ๐ ๕๕๐๐ ๐๐๐๑ โทรสาร ๐ ๕๕๐๐ ๐๐๐๒")
    assert [phone.digits for phone in found] == ["055000000", "055000001", "055000002"]


@pytest.mark.parametrize("text", ["โทร ๐ ๕๕๐๐ ๐๐๐", "โทร. ทบ. ๐๐๐๐๐", "โทร. ๐ ๕๕๐๐ ๐๐๐๐๐", "โทร. 0100 0000 00"])
def test_a_wrong_length_after_a_label_is_marked(text: str) -> None:
    (phone,) = find_phones(text)
    assert phone.problems == ("phone.length",)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ที่ มท ๐๘๑๐.๒/ว ๘๕๖",
        "๒๙ เมษายน ๒๕๖๔",
        "0-1000-00000-00-0",
        "1-5500-00000-12-3",
        "๐๐๓๓๑๐๕/๐๐๐๖",
        "ยอด 0550000001234",
    ],
)
def test_what_is_no_phone(text: str) -> None:
    assert find_phones(text) == []


@given(st.from_regex(r"0[2-7][0-9]{7}|0[689][0-9]{8}", fullmatch=True), st.sampled_from(["", " ", "-"]))
@settings(max_examples=100)
def test_numbers_are_read_back_in_every_grouping(digits: str, gap: str) -> None:
    printed = gap.join((digits[:-8], digits[-8:-4], digits[-4:]))
    (phone,) = find_phones(to_thai(printed))
    assert (phone.digits, phone.problems) == (digits, ())


@given(st.text(alphabet="0258๐๒๕๘ -.ต่อโทร,#\n", max_size=40))
@settings(max_examples=100)
def test_no_text_breaks_it(text: str) -> None:
    for phone in find_phones(text):
        assert text[slice(*phone.span)] == phone.raw
        assert phone.digits.isascii()
        assert phone.digits.isdigit()
