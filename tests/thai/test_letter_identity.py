"""Which letter numbers are taken for one another, and which never are."""

import datetime as dt

import pytest

from thai.addressees import is_to
from thai.letter_identity import Likeness, bare, misread, names_letter, same_letter

DAY = dt.date(2021, 4, 26)


@pytest.mark.parametrize(
    ("one", "other", "differences"),
    [
        ("มท 0810.2/ว 856", "มท 0810.2/ว 456", (("8", "4"),)),
        ("มท 0810.2/ว 856", "มท 0810.2/ว 846", (("5", "4"),)),
        ("มท 0810.2/ว 856", "นท 0810.2/ว 856", (("ม", "น"),)),
        ("มท 0810.2/ว 856", "มท 0810.2/856", (("ว", ""),)),
        ("มท 0810.2/ว 856", "มท 0810.2/ว 56", (("8", ""),)),
        ("๑๒/๒๕๖๔", "มท 0810.2/ว 856", None),
        ("นม 0036.7/8253", "นม 0037.6/8253", (("6", "7"), ("7", "6"))),
        ("กค 0402.5/ว 135", "กค 0402.5/ว 153", (("3", "5"), ("5", "3"))),
        ("มท 0810.2/ว 856", "มท 0810.2/ว 857", None),  # ๖ and ๗ are not read as each other
        ("มท 0810.2/ว 856", "มท 0810.2/ว 499", None),
        ("มท 0810.2/ว 856", "กค 0810.2/ว 856", None),
        ("มท 0810.2/ว 856", "มท 0810.2/ว", None),
    ],
)
def test_numbers_that_may_be_misread_as_one_another(one: str, other: str, differences) -> None:
    assert misread(one, other) == differences
    back = None if differences is None else tuple(pair[::-1] for pair in differences)
    assert misread(other, one) == back


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("มท 0810.2/ว 856", DAY), ("มท ๐๘๑๐.๒/ว๘๕๖", DAY), Likeness.SAME),
        (("มท 0810.2/ว 856", None), ("มท 0810.2/ว 856", DAY), Likeness.UNDATED),
        (("มท 0810.2/ว 856", DAY), ("มท 0810.2/ว 856", dt.date(2021, 4, 28)), Likeness.OTHER_DATE),
        (("มท 0810.2/ว 856", DAY), ("มท 0810.2/ว 856", dt.date(2020, 4, 26)), Likeness.OTHER_DATE),
        (("มท 0810.2/ว 856", DAY), ("มท 0810.2/ว 456", DAY), Likeness.MISREAD),
        (("มท 0810.2/ว 856", DAY), ("มท 0810.2/ว 856", dt.date(2020, 8, 1)), None),
        (("มท 0810.2/ว 856", DAY), ("มท 0810.2/ว 456", dt.date(2021, 4, 27)), None),
        (("มท 0810.2/ว 856", None), ("มท 0810.2/ว 456", None), None),
        (("", DAY), ("", DAY), None),
    ],
)
def test_two_mentions_of_a_letter(one, other, expected) -> None:
    likely = same_letter(one, other)
    assert (likely and likely.likeness) == expected


def test_equal_is_without_spaces_and_in_any_digits() -> None:
    assert bare("ที่ มท ๐๘๑๐.๒ / ว ๘๕๖") == bare("มท0810.2/ว856")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("หนังสือจังหวัดน่าน", True),
        ("๑. สำเนาหนังสือกรมที่ดิน ด่วนที่สุด", True),
        ("บันทึกข้อความ", True),
        ("หนังสือรับรองเงินเดือน", False),
        ("พระราชบัญญัติเทศบาล", False),
    ],
)
def test_papers_that_are_letters(title: str, expected: bool) -> None:  # noqa: FBT001
    assert names_letter(title) is expected


@pytest.mark.parametrize(
    ("recipient", "issuer", "expected"),
    [
        ("นายอำเภอปัว", "ที่ว่าการอำเภอปัว", True),
        ("ผู้ว่าราชการจังหวัดน่าน", "ศาลากลางจังหวัดน่าน", True),
        ("ท้องถิ่นจังหวัดน่าน", "ศาลากลางจังหวัดน่าน", True),
        ("นายกเทศมนตรีตำบลเวียงสา", "สำนักงานเทศบาลตำบลเวียงสา", True),
        ("อธิบดีกรมที่ดิน", "กรมที่ดิน", True),
        ("นายกองค์การบริหารส่วนจังหวัดน่าน", "ศาลากลางจังหวัดน่าน", False),
        ("นายอำเภอทุกอำเภอ", "ที่ว่าการอำเภอ", False),
        ("นายอำเภอปัว", "ที่ว่าการอำเภอเวียงสา", False),
        ("", "", False),
    ],
)
def test_a_recipient_is_the_office_or_its_head(recipient: str, issuer: str, expected: bool) -> None:  # noqa: FBT001
    assert is_to(recipient, issuer) is expected
