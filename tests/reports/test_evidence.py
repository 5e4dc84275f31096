"""Places of a record in words."""

import pytest

from models.annex import Annex, Row
from models.letter import Letter
from reports.evidence import _PLACE_WORDS, describe_place


@pytest.mark.parametrize(
    ("path", "thai", "english"),
    [
        ("annexes[0].rows[14].body", "บัญชีที่ 1 แถวที่ 15 อปท.", "annex 1 row 15 local body"),
        ("annexes[1].rows[0].cells.c5", "บัญชีที่ 2 แถวที่ 1 คอลัมน์ที่ 5", "annex 2 row 1 column 5"),
        ("letters[0].body", "หนังสือฉบับที่ 1 เนื้อหา", "letter 1 body"),
        ("letters[0].references[1].number", "หนังสือฉบับที่ 1 อ้างถึงที่ 2 เลขที่", "letter 1 reference 2 number"),
    ],
)
def test_a_place_is_told_in_words(path: str, thai: str, english: str) -> None:
    assert (describe_place(path), describe_place(path, "en")) == (thai, english)


def test_every_part_that_a_rule_may_name_has_words() -> None:
    unnamed = {"kind", "pages", "shape", "cells", "review", "remark_years", "past", "parts"}
    names = {name for record in (Letter, Annex, Row) for name in record.model_fields} - unnamed
    assert names - set(_PLACE_WORDS) == set()
