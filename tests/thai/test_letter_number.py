import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thai.letter_number import LetterNumber, find_letter_numbers, parse_letter_number
from thai.numerals import to_thai

NUMBER_SOUP = st.lists(
    st.sampled_from(["ที่", "มท", "นร.", "ว", "/", ".", " ", "\n", "๐๘๑๐", "0023", "๒", "7", "(กวจ)", "ลง", "เรื่อง", "-"]),
    max_size=14,
).map("".join)


def read(text: str) -> LetterNumber:
    found = parse_letter_number(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("ที่ มท ๐๘๑๐.๒/ว ๘๕๖ ลงวันที่ ๒๖ เมษายน ๒๕๖๔", "มท 0810.2/ว 856"),
        ("ที่ อต ๐๐๒๓.๓/ว ๘๕๓", "อต 0023.3/ว 853"),
        ("นม ๐๐๓๗.๖/๘๔๗๑", "นม 0037.6/8471"),
        ("นม 0037.6/๘๔๗๑", "นม 0037.6/8471"),
        ("ทช ๔๑๐๐/ว๙๒๑๒", "ทช 4100/ว 9212"),
        ("มท ๐๕๑๖.๓ / ว๒๙๔๓๕", "มท 0516.3/ว 29435"),
        ("มท ๐๘๑๐. ๒/ว ๘๕๖", "มท 0810.2/ว 856"),
        ("ที่มท๐๘๑๐.๒/ว๘๕๖", "มท 0810.2/ว 856"),
        ("ทีมท ๐๘๑๐.๒/ว ๘๕๖", "มท 0810.2/ว 856"),
        ("ที่ มท\n๐๘๑๐.๒/ว ๘๕๖", "มท 0810.2/ว 856"),
        ("มท ๐๘๑๐.๒/ว ๘๕๖   ๒๖ เมษายน ๒๕๖๔", "มท 0810.2/ว 856"),
        ("กห ๐๓๑๒/๔", "กห 0312/4"),
        ("กห ๐๓๐๑.๑๐.๑/๒๖๐", "กห 0301.10.1/260"),
        ("ศธ 0514.1.31/ว 630", "ศธ 0514.1.31/ว 630"),
        ("นม 92701/567", "นม 92701/567"),
        ("ศธ 0527.10/ว 099", "ศธ 0527.10/ว 099"),
        ("นร. ๑๓๐๕/ว ๖๐๖๙", "นร 1305/ว 6069"),
        ("อว ๐๒๐๖/ว ๑", "อว 0206/ว 1"),
        ("มค ๐๐๑๘.๑/๒", "มค 0018.1/2"),
        ("กค (กวจ) ๐๔๐๕.๒/ว ๑๑๙", "กค (กวจ) 0405.2/ว 119"),
    ],
)
def test_plainly_printed_numbers(text: str, canonical: str) -> None:
    found = read(text)
    assert (str(found), found.problems) == (canonical, ())
    assert text[slice(*found.span)] == found.raw


@pytest.mark.parametrize(
    ("text", "canonical", "problem"),
    [
        ("สห ๐๐๓๓.๒๐๕.๑๒/", "สห 0033.205.12/", "number.running_missing"),
        ("สห ๐๐๓๓.๒๐๕.๑๒/\n๑ มกราคม ๒๕๖๔", "สห 0033.205.12/", "number.running_missing"),
        ("มท ๐๘๑๐.๒/ ว.......", "มท 0810.2/ว", "number.running_missing"),
        ("อต ๐๐๒๓.๓/ว ๑๗๗/๔", "อต 0023.3/ว 177/4", "number.malformed"),
        ("มท ๐๘๑๐.๒ ว ๘๕๖", "มท 0810.2/ว 856", "number.malformed"),
        ("มท ๘๑๐.๒/ว ๘๕๖", "มท 810.2/ว 856", "number.malformed"),
        ("มท ๐๘๑๐.๒/ว ๘ ๕๖ ลงวันที่", "มท 0810.2/ว 8", "number.running_split"),
        ("มท ๐๘๑๐ ๒/ว ๘๕๖", "มท 0810.2/ว 856", "number.unit_split"),
        ("กห ๐๓๐๑.๑๐,๑/๒๖๐", "กห 0301.10.1/260", "number.malformed"),
        ("นม ๙๒ ๗๐๑/๕๕๔", "นม 92701/554", "number.unit_split"),
        ("อต ๐๐๓๓๑๐๕/๐๐๐6", "อต 0033105/0006", "number.mixed_digits"),
    ],
)
def test_a_doubtful_number_is_read_and_marked(text: str, canonical: str, problem: str) -> None:
    found = read(text)
    assert (str(found), found.problems) == (canonical, (problem,))


def test_parts() -> None:
    found = read("ที่ มท ๐๘๑๐.๒/ว ๘๕๖")
    assert (found.prefix, found.unit, found.circular, found.running) == ("มท", "0810.2", True, "856")
    assert read("สห ๐๐๓๓.๒๐๕.๑๒/").running == ""
    assert not read("นม ๐๐๓๗.๖/๘๔๗๑").circular


def test_every_number_of_a_line() -> None:
    found = find_letter_numbers("หนังสือ ที่ นม 0117/8378 ลงวันที่ 9 พฤศจิกายน 2553 และที่ มท 0808.4/ว277")
    assert [str(number) for number in found] == ["นม 0117/8378", "มท 0808.4/ว 277"]


@pytest.mark.parametrize(
    "text",
    [
        "", "๒๙ เมษายน ๒๕๖๔", "๒๙/๔/๒๕๖๔", "๐ ๕๕๐๐ ๐๐๐๐ ต่อ ๓", "๐-๕๕๐๐-๐๐๐๐", "พ.ศ. ๒๕๖๔/๑", "ม.ค. ๒๕๖๔/๑", "๑๒/๒๕๖๔",
        "บ้านเลขที่ ๑๒๓/๔ ม. ๕", "ซ. ๑๒๓/๔", "อต ๕๓๐๐๐", "กม ๑๒๐/ชม", "ต่อ กสบ.ฯ เลขรับ ๑๙/๖๖", "นม ๐๐๓๗.๖/วังน้ำเขียว",
        "กห ๓/๒๕๖๗", "เรื่อง การบันทึกข้อมูล", "รวม ๒๕๖๐/๑๒", "พ.ร.บ. ๒๕๖๐/๑", "โทร. ทบ. ๐๐๐๐๐", "ขนาด ๑๒๓๔/๕", "Dla0810.2/5",
    ],
)  # fmt: skip
def test_what_is_no_letter_number(text: str) -> None:
    assert find_letter_numbers(text) == []


@given(
    prefix=st.sampled_from(["มท", "อต", "นร", "ศธ", "กห", "อว", "มค", "ปปช"]),
    office=st.from_regex(r"[0-9]{4,5}", fullmatch=True),
    levels=st.lists(st.from_regex(r"[0-9]{1,3}", fullmatch=True), max_size=3),
    circular=st.booleans(),
    running=st.from_regex(r"[0-9]{1,5}", fullmatch=True),
    thai=st.booleans(),
)
@settings(max_examples=100)
def test_canonical_numbers_are_read_back(
    *, prefix: str, office: str, levels: list[str], circular: bool, running: str, thai: bool
) -> None:
    if prefix == "มค" and not levels and office.startswith("2"):
        return  # ม.ค. before a year is a month
    unit = ".".join([office, *levels])
    number = LetterNumber(prefix, unit, circular, running, "", (0, 0))
    found = read(to_thai(str(number)) if thai else str(number))
    assert (found.prefix, found.unit, found.circular, found.running) == (prefix, unit, circular, running)
    assert (str(found), found.problems) == (str(number), ())


@given(st.one_of(st.text(max_size=60), NUMBER_SOUP))
@settings(max_examples=150)
def test_no_text_breaks_it_and_reading_its_own_form_again_changes_nothing(text: str) -> None:
    for number in find_letter_numbers(text):
        assert text[slice(*number.span)] == number.raw
        again = read(str(number))
        assert (str(again), again.circular) == (str(number), number.circular)


@pytest.mark.parametrize("text", ["มท 0810.5/ว 123-125", "มท 0810.5/ว 123 – 125", "มท ๐๘๑๐.๕/ว ๑๒๓ ถึง ว ๑๒๕"])
def test_the_first_and_last_number_of_several_letters_are_a_range(text: str) -> None:
    number = parse_letter_number(text)
    assert number is not None
    assert (str(number), number.raw) == ("มท 0810.5/ว 123-125", text)
