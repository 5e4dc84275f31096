import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thai.labels import fuzzy_label

LABELS = (
    "ที่", "เรื่อง", "เรียน", "กราบเรียน", "อ้างถึง", "สิ่งที่ส่งมาด้วย", "ถึง", "โทร", "โทรสาร", "ส่วนราชการ",
    "ด่วน", "ด่วนมาก", "ด่วนที่สุด", "ขอแสดงความนับถือ",
)  # fmt: skip


@pytest.mark.parametrize(
    ("line", "label", "rest"),
    [
        ("สิงที่ส่งมาด้วย สำเนาหนังสือ", "สิ่งที่ส่งมาด้วย", " สำเนาหนังสือ"),
        ("สิ่ง ที่ ส่งมาดัวย ๑.", "สิ่งที่ส่งมาด้วย", " ๑."),
        ("เรือง การบันทึก", "เรื่อง", " การบันทึก"),
        ("  เรื่อง การบันทึก", "เรื่อง", " การบันทึก"),
        ("อางถึง หนังสือ", "อ้างถึง", " หนังสือ"),
        ("เรียบ นายอำเภอ", "เรียน", " นายอำเภอ"),
        ("กราบเรียน นายกรัฐมนตรี", "กราบเรียน", " นายกรัฐมนตรี"),
        ("โทรสาร ๐", "โทรสาร", " ๐"),
        ("โทรสาน ๐", "โทรสาร", " ๐"),
        ("โทร. ๐", "โทร", ". ๐"),
        ("ด่วนมาก", "ด่วนมาก", ""),
        ("ด่วนที่สุต", "ด่วนที่สุด", ""),
        ("ด่วน", "ด่วน", ""),
        ("ที่ มท ๐๘๑๐.๒", "ที่", " มท ๐๘๑๐.๒"),
        ("ขอแสดงควานนับถือ", "ขอแสดงความนับถือ", ""),
    ],
)
def test_labels_survive_misreading(line: str, label: str, rest: str) -> None:
    found = fuzzy_label(line, LABELS)
    assert found is not None
    assert (found[0], line[found[1] :]) == (label, rest)


@pytest.mark.parametrize("line", ["", "   ", "ดึง", "การเรื่อง", "จึงเรียนมา", "๒๙ เมษายน ๒๕๖๔", "\nเรื่อง", "ข่าว"])
def test_other_lines_have_no_label(line: str) -> None:
    assert fuzzy_label(line, LABELS) is None


def test_two_labels_equally_near_are_none() -> None:
    assert fuzzy_label("กขคงฉ", ("กขคงจ", "กขคงช")) is None
    assert fuzzy_label("กขคงจ", ("กขคงจ", "กขคงช")) == ("กขคงจ", 5)


def test_the_caller_may_forbid_edits() -> None:
    assert fuzzy_label("เรียบ นาย", LABELS, max_edits=0) is None
    assert fuzzy_label("เรียน นาย", LABELS, max_edits=0) == ("เรียน", 5)


@given(st.sampled_from(LABELS), st.text(alphabet=" :๑a", max_size=5))
@settings(max_examples=60)
def test_a_label_read_right_is_always_found(label: str, rest: str) -> None:
    assert fuzzy_label(label + rest, LABELS) == (label, len(label))


@given(st.text(max_size=40))
@settings(max_examples=100)
def test_no_text_breaks_it(text: str) -> None:
    found = fuzzy_label(text, LABELS)
    assert found is None or (found[0] in LABELS and 0 < found[1] <= len(text))
