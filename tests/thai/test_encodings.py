"""Bytes that are Thai are read as Thai, and those of other languages are not."""

import pytest

from thai.encodings import decode_thai, reads_as_thai

THAI = "ลำดับ,อำเภอ,อปท.\n1,เมือง,ทน.น่าน\n"


@pytest.mark.parametrize("text", [THAI, "name,count\nA,1\n", "1,ทต.ปัว,ok\n", "ระบบINFOใหม่ “ทดสอบ”", ""])
def test_thai_and_plain_english_are_read(text: str) -> None:
    assert decode_thai(text.encode("cp874")) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Nom,Ville\nRené,Orléans\nThérèse,Besançon\n", "latin-1"),
        ("PRÉNOM;QUANTITÉ\nZOÉ;3\n", "latin-1"),
        ("Größe,Maß\nStraße,Äpfel\n", "latin-1"),
        ("naïve café\n", "latin-1"),
        ("price £ 100, 20°\n", "latin-1"),
        ("Привет, мир", "cp1251"),
    ],
)
def test_other_languages_are_none(text: str, encoding: str) -> None:
    assert decode_thai(text.encode(encoding)) is None


def test_marks_that_stand_on_no_letter_are_no_thai() -> None:
    assert not reads_as_thai("่่่ ้้้ ั๊ื")
