"""Remarks held against the wordings an annex uses often."""

import pytest

from models.annex import Row
from parsers.annex.wording_likeness import consensus
from tests.parsers.annex.builders import HEADERS, NOT_DONE, UNSURE, body, one, page, remarks_of, table

WORDING = "บันทึกข้อมูลไม่ครบถ้วน ปี ๒๕๖๓"


def test_a_misread_form_of_a_frequent_wording_takes_the_wording_and_keeps_its_digits() -> None:
    rows = remarks_of(*[WORDING] * 4, "บันทกข้อมูลไม่ครบถวน ปี ๒๕๖๓")
    assert rows[4].remark.value == WORDING
    assert rows[4].remark.raw == "บันทกข้อมูลไม่ครบถวน ปี ๒๕๖๓"
    assert rows[4].remark.repair is not None
    assert rows[4].remark.repair.rule == "remark.code_book"
    assert rows[0].remark.repair is None
    assert rows[4].remark_years == (2563,)
    other_year = remarks_of(*[WORDING] * 4, "บันทกข้อมูลไม่ครบถวน ปี ๒๕๖๒")[4]
    assert (other_year.remark.value, other_year.remark_years) == ("บันทึกข้อมูลไม่ครบถ้วน ปี ๒๕๖๒", (2562,))


def test_a_wording_that_is_not_frequent_repairs_nothing() -> None:
    rows = remarks_of("บันทึกข้อมูลแล้ว", "บันทึกข้อมูลแล้ว", "บันทกข้อมูลแล้ว")
    assert [row.remark.value for row in rows] == ["บันทึกข้อมูลแล้ว"] * 2 + ["บันทกข้อมูลแล้ว"]


def test_a_misreading_met_often_leads_to_the_more_frequent_wording() -> None:
    rows = remarks_of(*["บันทึกข้อมูลแล้ว"] * 6, *["บันทกข้อมูลแล้ว"] * 3, confidence=0.95)
    assert {row.remark.value for row in rows} == {"บันทึกข้อมูลแล้ว"}


def test_what_was_written_so_and_not_read_from_a_picture_is_never_reworded() -> None:
    rows = remarks_of(*["ระดับ A"] * 6, *["ระดับ C"] * 3, *["บันทกข้อมูลแล้ว"], confidence=1.0)
    assert [row.remark.value for row in rows[6:]] == ["ระดับ C"] * 3 + ["บันทกข้อมูลแล้ว"]


def test_a_short_remark_is_never_taken_for_another() -> None:
    rows = remarks_of(*["ครบ"] * 6, *["รอ"] * 3, confidence=0.95)
    assert [row.remark.value for row in rows[6:]] == ["รอ"] * 3


@pytest.mark.parametrize("rare", ["บันทึกข้อมูลไม่ครบถ้วน", "บันทกข้อมูลไม่ครบถ้วน"])
def test_a_negation_is_never_dropped(rare: str) -> None:
    rows = remarks_of(*["บันทึกข้อมูลครบถ้วน"] * 5, rare)
    assert rows[5].remark.value == rare


def test_a_negation_is_never_added() -> None:
    rows = remarks_of(*["บันทึกข้อมูลไม่ครบถ้วน"] * 5, "บันทึกข้อมูลครบถ้วน")
    assert rows[5].remark.value == "บันทึกข้อมูลครบถ้วน"


@pytest.mark.parametrize(
    ("frequent", "rare"),
    [
        ("บันทึกข้อมูลครบถ้วน", "บันทึกข้อมูลไมครบถ้วน"),
        ("ได้บันทึกข้อมูลในระบบแล้ว", "มิได้บันทึกข้อมูลในระบบแล้ว"),
        ("มิได้บันทึกข้อมูลในระบบ", "ได้บันทึกข้อมูลในระบบ"),
    ],
)
def test_a_negation_of_two_letters_is_not_bridged_silently(frequent: str, rare: str) -> None:
    row = remarks_of(*[frequent] * 5, rare)[5]
    assert row.remark.value == rare or row.remark.review


def test_both_senses_met_often_stay_apart() -> None:
    both = ["บันทึกข้อมูลไม่ครบถ้วน"] * 6 + ["บันทึกข้อมูลครบถ้วน"] * 5
    assert [row.remark.value for row in remarks_of(*both)] == both


def test_a_year_that_hardly_any_row_has_asks_for_review() -> None:
    rows = remarks_of(*[WORDING] * 5, "บันทึกข้อมูลไม่ครบถ้วน ปี ๒๕๖๗")
    assert [row.remark.review for row in rows] == [()] * 5 + [("remark.digits",)]
    assert rows[5].remark_years == (2567,)


def test_a_year_of_a_text_layer_is_not_doubted() -> None:
    rows = remarks_of(*[WORDING] * 5, "บันทึกข้อมูลไม่ครบถ้วน ปี ๒๕๖๗", confidence=1.0)
    assert not any(row.review for row in rows)


def test_a_badly_read_remark_asks_for_review() -> None:
    assert remarks_of("แก้ไข", "รอตรวจ", confidence=UNSURE)[0].remark.review == ("low_confidence",)


def test_an_unsure_remark_of_no_known_wording_is_called_unusual() -> None:
    rows = remarks_of(*[WORDING] * 4, "รอผลการตรวจสอบจากหน่วยงานอื่น", confidence=0.85)
    assert "remark.unusual" in rows[4].remark.review
    assert "remark.unusual" not in rows[0].remark.review


@pytest.mark.parametrize(
    ("read", "spaced"),
    [
        ("ไม่ครบถ้วน( แค่ปี๒๕๖๒ )", "ไม่ครบถ้วน (แค่ปี ๒๕๖๒)"),
        ("ปี  ๒๕๖๒ - ๒๕๖๓", "ปี ๒๕๖๒-๒๕๖๓"),
        ("แก้ไข\nข้อมูล", "แก้ไข ข้อมูล"),
    ],
)
def test_remarks_are_spaced_as_official_typing_does(read: str, spaced: str) -> None:
    row = remarks_of(read, "อื่น ๆ")[0]
    assert (row.remark.value, row.remark.raw) == (spaced, read)


def test_readings_of_one_wording_give_what_most_of_them_say_and_ask_for_review() -> None:
    rows = remarks_of("ยังไม่ไต้จัดส่งา", "ยังไม่ได้จัดล่ง", "ยังไม่ใด้จัดส่ง", "ยังไม่ได้จัตส่ง", "ยังไม่ได้จัดเพ่ง", confidence=UNSURE)
    assert [row.remark.value for row in rows] == ["ยังไม่ได้จัดส่ง"] * 5
    assert all(row.review for row in rows)


def test_a_consensus_is_taken_letter_by_letter() -> None:
    assert consensus(["abcd", "abxd", "bcd", "abcde"], [1.0, 1.0, 1.0, 1.0]) == "abcd"


@pytest.mark.parametrize("stray", ["ร", "C", "๘ .", "\\"])
def test_a_stray_sign_that_hardly_read_is_no_remark_but_asks_for_review(stray: str) -> None:
    row, *_ = remarks_of(stray, "", "", confidence=0.1)
    assert row.remark.value is None
    assert row.remark.raw == stray
    assert "unreadable" in row.review


def test_a_short_remark_that_read_well_is_one() -> None:
    row, *_ = remarks_of("มี", "", "")
    assert row.remark.value == "มี"


def test_dashes_of_any_length_between_years_are_one() -> None:
    row, *_ = remarks_of("ขาดข้อมูลปี ๒๕๖๕–๒๕๖๖", "", "")
    assert row.remark.value == "ขาดข้อมูลปี ๒๕๖๕-๒๕๖๖"
    assert row.remark_years == (2565, 2566)


@pytest.mark.parametrize(
    ("read", "value"),
    [("ขาดข้อมูลปี ๒๕๖ ๖", "ขาดข้อมูลปี ๒๕๖๖"), ("ขาดข้อมูลปี ๒๕๖๕ ๒๕๖๖", "ขาดข้อมูลปี ๒๕๖๕ ๒๕๖๖")],
)
def test_a_year_read_in_two_pieces_is_one_and_two_years_stay_two(read: str, value: str) -> None:
    row, *_ = remarks_of(read, "", "")
    assert row.remark.value == value


def test_wordings_that_differ_in_their_numbers_alone_are_one() -> None:
    rows = remarks_of("ขาดข้อมูลปี ๒๕๖๕", "ขาดข้อมูลปี ๒๕๖๕-๒๕๖๖", "ขาดข้อมูลปี ๒๕๖๖", "ชาดข้อมูลปี ๒๕๖๕-๒๕๖๖")
    assert rows[3].remark.value == "ขาดข้อมูลปี ๒๕๖๕-๒๕๖๖"
    assert "remark.repaired" in rows[3].review


@pytest.mark.parametrize("sign", ["\\", "✓", "=", "✓” ✓"])
def test_signs_alone_are_no_remark_however_sure(sign: str) -> None:
    row, *_ = remarks_of(sign, "", "")
    assert row.remark.value is None
    assert "unreadable" in row.review


@pytest.mark.parametrize("read", ["หมู่ ๑๒ ๑๓", "ข้อ ๑ ๒ ๓ ๔", "บ้านเลขที่ ๑ ๒๕๖"])
def test_numbers_that_make_no_year_are_not_joined(read: str) -> None:
    row, *_ = remarks_of(read, "", "")
    assert row.remark.value == read


def test_a_year_that_was_joined_asks_for_review() -> None:
    row, *_ = remarks_of("ขาดข้อมูลปี ๒๕๖ ๖", "", "")
    assert "remark.digits" in row.review


def test_a_doubtful_remark_with_nothing_to_hold_it_against_asks_for_review() -> None:
    row, *_ = remarks_of("รอผลการประชุม", "", "", confidence=0.7)
    assert "low_confidence" in row.review


def rows_read(*read: tuple[str, float], other: str = "", overlaid: bool = False) -> list[Row]:
    """Parse an annex whose remarks were read with these confidences, all by a second reader so."""
    grid = table([HEADERS, *(body(n, NOT_DONE, text) for n, (text, _) in enumerate(read, start=1))])
    cells = [
        cell.model_copy(update={"confidence": read[cell.row - 1][1], "other": other, "overlaid": overlaid})
        if cell.row and cell.column == len(HEADERS) - 1
        else cell
        for cell in grid.cells
    ]
    return list(one([page(1, grid.model_copy(update={"cells": tuple(cells)}))]).rows)


def test_a_wording_that_was_never_read_surely_confirms_none_of_its_readings() -> None:
    often = [("ชาดข้อมูลปี ๒๕๖๖", 0.68)] * 4
    assert all("low_confidence" in row.review for row in rows_read(*often))
    sure = [("ขาดข้อมูลปี ๒๕๖๖", 0.95)] * 3
    assert not any(row.review for row in rows_read(*sure, ("ขาดข้อมูลปี ๒๕๖๖", 0.68)))


def test_a_wording_that_a_second_reader_has_otherwise_down_the_page_asks() -> None:
    read = [("ชาดข้อมูลปี ๒๕๖๖", 0.85)] * 4
    assert not any(row.review for row in rows_read(*read, other="ชาดข้อมูลปี ๒๕๖๖"))
    assert all("low_confidence" in row.review for row in rows_read(*read, other="ขาดข้อมูลปี ๒๕๖๖"))


@pytest.mark.parametrize(
    ("read", "confidence"),
    [
        ("ส่งเอกลารไม่ครบถ้วน", 0.3),
        ("ส่งเอกสารโม่ครบถ้วน", 0.3),
        ("ส่งเอกสารไม่ครบถ้วน\nร.", 0.3),
        ("\\\nส่งเอกสารไม่ครบถ้วน", 0.3),
    ],
)
def test_a_remark_near_one_read_surely_once_takes_its_wording_and_asks(read: str, confidence: float) -> None:
    rows = rows_read(("ส่งเอกสารไม่ครบถ้วน", 0.95), (read, confidence))
    assert rows[1].remark.value == "ส่งเอกสารไม่ครบถ้วน"
    assert rows[1].remark.raw == read
    assert rows[1].remark.review
    assert not rows[0].remark.review


@pytest.mark.parametrize(
    ("sure", "read"),
    [("ส่งเอกสารไม่ครบถ้วน", "ส่งเอกสารครบถ้วน"), ("ยังไม่ได้จัดส่ง", "ได้จัดส่ง"), ("ไม่ผ่านเกณฑ์ ข้อ ก", "ไม่ผ่านเกณฑ์ ข้อ ข")],
)
@pytest.mark.parametrize("confidence", [0.3, 0.7])
def test_no_negation_is_put_in_and_no_letter_that_stands_alone_is_changed(
    sure: str, read: str, confidence: float
) -> None:
    row = rows_read(*[(sure, 0.95)] * 2, (read, confidence))[2]
    assert row.remark.value == read
    assert row.remark.review


@pytest.mark.parametrize("instead", ["แล้ว", "มา", "ได้", "ไป", "ตาม", "รวม"])
def test_no_negation_is_put_in_place_of_a_word(instead: str) -> None:
    read = f"ส่งเอกสาร{instead}ครบถ้วน"
    rows = rows_read(*[("ส่งเอกสารไม่ครบถ้วน", 0.95)] * 6, (read, 0.85))
    assert rows[6].remark.value == read
    assert rows[6].remark.review


@pytest.mark.parametrize(
    ("wording", "read"),
    [
        ("ส่งเอกสารไม่ครบถ้วน", "ส่งเอกสารไน่ครบถ้วน"),
        ("ส่งเอกสารไม่ครบถ้วน", "ส่งเอกสารใม่ครบถ้วน"),
        ("มิได้จัดส่งเอกสาร", "นิได้จัดส่งเอกสาร"),
    ],
)
def test_a_negation_with_one_letter_misread_is_one_and_asks(wording: str, read: str) -> None:
    rows = rows_read(*[(wording, 0.95)] * 6, (read, 0.85))
    assert rows[6].remark.value == wording
    assert "remark.repaired" in rows[6].review


def test_a_part_of_a_frequent_wording_under_ink_is_the_wording_and_asks() -> None:
    row = rows_read(*[("อยู่ระหว่างตรวจสอบ", 0.97)] * 4, ("ระหว่างตรวจสอบ", 0.97), overlaid=True)[4]
    assert row.remark.value == "อยู่ระหว่างตรวจสอบ"
    assert "remark.repaired" in row.review


def test_a_dash_lost_between_a_year_and_the_next_is_put_back_where_the_annex_has_such() -> None:
    said = [("ขาดข้อมูลปี ๒๕๖๕-๒๕๖๖", 0.95)] * 2
    rows = rows_read(*said, ("ขาดข้อมูลปี ๒๕๖๕ ๒๕๖๖", 0.85), ("ขาดข้อมูลปี ๒๕๖๕๒๕๖๖", 0.85), ("ขาดข้อมูลปี ๒๕๖๓ ๒๕๖๖", 0.85))
    assert [row.remark.value for row in rows[2:4]] == ["ขาดข้อมูลปี ๒๕๖๕-๒๕๖๖"] * 2
    assert rows[4].remark.value == "ขาดข้อมูลปี ๒๕๖๓ ๒๕๖๖"
    assert all("remark.repaired" in row.review for row in rows[2:4])


def test_two_years_without_a_dash_ask_where_no_remark_has_one() -> None:
    row, *_ = rows_read(*[("ขาดข้อมูลปี ๒๕๖๕ ๒๕๖๖", 0.95)] * 3)
    assert row.remark.value == "ขาดข้อมูลปี ๒๕๖๕ ๒๕๖๖"
    assert "remark.digits" in row.review


def test_a_number_that_is_no_year_where_the_others_are_asks() -> None:
    rows = rows_read(*[("ขาดข้อมูลปี ๒๕๖๖", 0.95)] * 4, ("ขาดข้อมูลปี ๒๕๖", 0.85))
    assert rows[4].remark.value == "ขาดข้อมูลปี ๒๕๖"
    assert "remark.digits" in rows[4].review
    assert not rows[0].review


@pytest.mark.parametrize(
    ("stray", "confidence"), [("อกก", 0.07), ("✓\\ ๑", 0.07), ("กกกกกกรกนการรรรรร", 0.05), ("L", 0.7)]
)
def test_ink_that_hardly_read_and_is_like_no_remark_of_the_annex_is_none(stray: str, confidence: float) -> None:
    rows = rows_read(*[("ยังไม่ได้จัดส่ง", 0.95)] * 3, (stray, confidence), overlaid=True)
    assert rows[3].remark.value is None
    assert rows[3].remark.raw == stray
    assert "unreadable" in rows[3].review


def test_of_two_wordings_a_slip_apart_that_are_both_read_surely_the_rarer_asks() -> None:
    rows = rows_read(*[("ส่งเอกสารไม่ครบถ้วน", 0.98)] * 2, ("ส่งเอกสารไม่ครมถ้วน", 0.98))
    assert [row.remark.review for row in rows] == [(), (), ("remark.unusual",)]
    rows = rows_read(*[("ขาดข้อมูลปี ๒๕๖๖", 0.98)] * 5, *[("ชาดข้อมูลปี ๒๕๖๖", 0.98)] * 3)
    assert [bool(row.review) for row in rows] == [False] * 5 + [True] * 3
    both = [("ไม่ผ่านเกณฑ์ ข้อ ก", 0.98), ("ไม่ผ่านเกณฑ์ ข้อ ข", 0.98)]
    assert not any(row.review for row in rows_read(*both))


@pytest.mark.parametrize(
    ("right", "slip", "asking"),
    [
        ((7, 0.85), (4, 0.85), "slip"),  # neither was read surely
        ((4, 0.85), (4, 0.85), "both"),
        ((4, 0.97), (5, 0.85), "both"),  # the slip is the more frequent
        ((5, 0.85), (4, 0.97), "both"),
    ],
)
def test_of_two_wordings_a_slip_apart_of_which_neither_is_far_more_frequent_the_doubtful_one_asks(
    right: tuple[int, float], slip: tuple[int, float], asking: str
) -> None:
    read = [("ขาดข้อมูลปี ๒๕๖๖", right[1])] * right[0] + [("ชาดข้อมูลปี ๒๕๖๖", slip[1])] * slip[0]
    rows = rows_read(*read)
    assert all(row.review for row in rows[right[0] :])
    assert all(bool(row.review) is (asking == "both") for row in rows[: right[0]])


def test_a_wording_met_often_but_never_surely_leads_to_the_more_frequent_one_that_was() -> None:
    rows = rows_read(*[("ขาดข้อมูลปี ๒๕๖๖", 0.95)] * 4, *[("ชาดข้อมูลปี ๒๕๖๖", 0.8)] * 3)
    assert [row.remark.value for row in rows] == ["ขาดข้อมูลปี ๒๕๖๖"] * 7
    assert [row.remark.review for row in rows] == [()] * 4 + [("remark.repaired",)] * 3
