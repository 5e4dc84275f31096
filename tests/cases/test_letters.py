"""Letters and papers that once gave a wrong or lost value without a word; `fixtures/cases` says what is right."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from core.limits import Limits
from ingest.sources.plain_text import read_pages
from models.field import Box
from models.letter import Letter, LetterKind
from models.null_reason import NullReason
from models.ocr import Line, OcrPage
from parsers.letters import parse_letters, parse_unknown_paper

CASES = Path("fixtures/cases")


def expected(name: str) -> dict[str, Any]:
    return json.loads((CASES / f"{name}.json").read_text("utf-8"))


def letter_of(name: str) -> Letter:
    [letter] = parse_letters(read_pages(CASES / f"{name}.txt", Limits()))[0]
    return letter


def born_digital(name: str) -> Letter:
    stored = json.loads((CASES / f"{name}.pages.json").read_text("utf-8"))
    [letter] = parse_letters([OcrPage.model_validate(page) for page in stored])[0]
    return letter


def test_the_subject_of_an_announcement_ends_where_its_recital_begins() -> None:
    assert letter_of("h07-announcement").subject.value == expected("h07-announcement")["subject"]


def test_a_number_within_a_name_begins_no_enclosure() -> None:
    letter = letter_of("h09-enclosures-chabab")
    titles = [enclosure.title.value.replace(" ", "") for enclosure in letter.enclosures]
    assert titles == [title.replace(" ", "") for title in expected("h09-enclosures-chabab")["titles"]]


def test_a_deadline_counted_from_receipt_is_told_as_days() -> None:
    [deadline] = letter_of("h09-enclosures-chabab").deadlines
    assert (deadline.within_days, deadline.counted_from) == (45, "วันที่ได้รับหนังสือนี้")
    assert (deadline.date.value, deadline.date.null_reason) == (None, NullReason.ABSENT)


def test_a_list_of_enclosures_without_numbers_is_read_whole() -> None:
    letter = letter_of("h11-enclosures-unnumbered")
    found = [[enclosure.title.value, enclosure.copies.value] for enclosure in letter.enclosures]
    assert found == expected("h11-enclosures-unnumbered")["enclosures"]


def test_who_certifies_a_copy_did_not_sign_the_letter() -> None:
    letter, right = letter_of("h13-certified-copy"), expected("h13-certified-copy")
    assert letter.signer is None
    assert letter.null_reasons["signer"] is NullReason.ABSENT
    assert letter.certified_by.value == right["certified_by"]
    assert (letter.unit.value, letter.number.value) == (right["unit"], right["number"])
    [contact] = letter.contacts
    assert contact.value.value == right["contact"].replace(" ", "", 2)


@pytest.mark.parametrize("code", ["ตช", "ตผ", "ปช"])
def test_a_code_of_a_body_outside_the_ministries_is_read(code: str) -> None:
    number = letter_of(f"h19-code-{code}").number
    assert number.parts.prefix == code
    assert number.review == ()


def test_a_word_that_stands_for_urgency_and_is_none_asks() -> None:
    urgency = letter_of("h21-urgency-misread").urgency
    assert (urgency.value, urgency.raw) == (None, "ด่วนปีสด")
    assert urgency.review == ("urgency.not_understood",)
    assert urgency.null_reason is NullReason.NOT_UNDERSTOOD


def test_a_range_of_numbers_is_read_whole() -> None:
    letter = letter_of("h23-number-range")
    assert letter.number.value == "ยธ 02002/12-14"
    assert letter.issuer.value == "สำนักงานทดสอบจังหวัด"


def test_a_ministerial_regulation_is_a_paper_of_a_kind() -> None:
    letter, right = letter_of("h35-ministerial-regulation"), expected("h35-ministerial-regulation")
    assert letter.kind is LetterKind.REGULATION
    assert letter.subject.value == right["subject"]
    assert letter.date.value == dt.date.fromisoformat(right["date"])
    assert letter.signer.name.value == "สมมติ ตัวอย่าง"


def test_a_regulation_in_the_gazette_has_its_own_date_and_a_signer_without_brackets() -> None:
    letter, right = born_digital("h05-regulation"), expected("h05-regulation")
    assert letter.kind is LetterKind.ORDER
    assert letter.subject.value == right["subject"]
    assert letter.date.value == dt.date.fromisoformat(right["date"])
    assert letter.gazette_date.value == dt.date.fromisoformat(right["gazette_date"])
    assert (letter.address.value, letter.address.null_reason) == (None, NullReason.ABSENT)
    signer = letter.signer
    parts = [getattr(signer, part).value for part in ("name", "position", "authority", "principal")]
    assert parts == [right[part] for part in ("signer", "position", "authority", "principal")]


def test_a_paper_of_no_known_kind_is_a_record_that_says_so() -> None:
    line = Line(text="ใบเสร็จรับเงินค่าธรรมเนียม", box=Box(0.1, 0.1, 0.5, 0.12), confidence=0.99)
    page = OcrPage(number=1, engine="test", width=100, height=100, lines=(line,))
    paper = parse_unknown_paper([page])
    assert paper.kind is LetterKind.OTHER
    assert paper.subject.review == ("kind.not_understood",)
    assert paper.subject.null_reason is NullReason.NOT_UNDERSTOOD
    assert parse_unknown_paper([page.model_copy(update={"lines": ()})]) is None
