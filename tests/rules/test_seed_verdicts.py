"""The verdicts that research found for the text the project began with, on its invented twin; and where ours differ.

The twin (`fixtures/seed-like/ocr.txt`) has the misreadings of that text. The number that research compared the series
with, a public circular of the same department, is given as a letter of the archive.
"""

import datetime as dt
from pathlib import Path

import pytest

from core.settings import Settings
from gazetteer.register import load
from ingest.page_reader import PageReading
from ingest.sources.plain_text import read_pages
from models.document import Document, SourceDocument
from models.filed_letter import FiledLetter
from models.finding import Outcome, Verdict
from pipeline.reading import assemble
from rules.engine.declaration import Case
from rules.runner import ALL, check

TWIN = Path(__file__).parents[2] / "fixtures" / "seed-like" / "ocr.txt"
VIOLATED = "T03 M02 M05 M07 O02 O03 O04 O05 D02 D09 D10 N01 N02 N03 N05 N09 L01 L04 L05 L06 L07 L08 L09 L10 Q01 Q02"
PASSED = (
    "T01 T02 T06 T10 M01 M03 M04 M06 O01 O06 O07 O08 O09 D01 D03 D04 D05 D06 D07 D08 D11 D12 N04 N07 N08 N11 L02 L03 "
    "Q03 Q04 Q06"
)
UNDECIDABLE = "N06"
GUARD = "O10"
NOT_APPLICABLE = "T04 T05 T07 T08 T09 N10 Q05 X01 X02 X03 X04"
OURS = "D13 N12 N13"
"""Rules that research did not name: of letters that the archive has, and of replies."""
DIFFERENT = {
    # The bodies of the twin's letters are invented apart, so that neither takes over a misread sentence of the other.
    # On the text itself the rule finds “สถานการณ์บันทึก” beside “สถานะการบันทึก”.
    "L08": Outcome.PASSED,
    # That research looked at letters with an archive that had none of them; ours has the one that N09 needs.
    "N10": Outcome.PASSED,
    # No subtotals are printed: T02 holds the totals against the marks, and T06 would say it again.
    "T06": Outcome.NOT_APPLICABLE,
}
ANCHOR = FiledLetter(
    document="1" * 64,
    index=0,
    name="ว1095.pdf",
    number="มท 0810.2/ว 1095",
    date=dt.date(2021, 5, 28),
    subject="เรื่องอื่น",
    issuer="กรมส่งเสริมการปกครองท้องถิ่น",
)


@pytest.fixture(scope="module")
def document() -> Document:
    settings = Settings()
    pages = read_pages(TWIN, settings.limits)
    source = SourceDocument(name=TWIN.name, sha256="0" * 64, media_type="text/plain", pages=len(pages))
    return assemble(source, [PageReading(page=page) for page in pages], settings)


@pytest.fixture(scope="module")
def verdicts(document: Document) -> dict[str, Verdict]:
    return {verdict.rule: verdict for verdict in check(Case(document, load(), filed=(ANCHOR,)))}


def test_the_list_is_of_all_rules_and_as_long_as_research_says() -> None:
    groups = [each.split() for each in (VIOLATED, PASSED, UNDECIDABLE, GUARD, NOT_APPLICABLE)]
    assert [len(each) for each in groups] == [26, 31, 1, 1, 11]
    assert sorted(rule for each in (*groups, OURS.split()) for rule in each) == sorted(ALL)


def test_the_verdicts_are_those_of_research_but_for_those_that_are_said_to_differ(verdicts) -> None:
    expected = {
        **dict.fromkeys(VIOLATED.split(), Outcome.VIOLATED),
        **dict.fromkeys(PASSED.split(), Outcome.PASSED),
        **dict.fromkeys([*NOT_APPLICABLE.split(), *OURS.split()], Outcome.NOT_APPLICABLE),
        UNDECIDABLE: Outcome.COULD_NOT_RUN,
        GUARD: Outcome.PASSED,
    }
    assert {rule: verdict.outcome for rule, verdict in verdicts.items()} == expected | DIFFERENT
    assert all(expected[rule] is not outcome for rule, outcome in DIFFERENT.items())


def test_without_an_archive_the_series_has_too_few_numbers_to_tell(document: Document) -> None:
    outcomes = {verdict.rule: verdict.outcome for verdict in check(Case(document, load()))}
    assert (outcomes["N09"], outcomes["N10"]) == (Outcome.PASSED, Outcome.NOT_APPLICABLE)


@pytest.mark.parametrize(
    ("rule", "passes"),
    [("M01", 80), ("M03", 59), ("M04", 21), ("D01", 3), ("D04", 2), ("L03", 2), ("T10", 4), ("O09", 9)],
)
def test_rules_looked_at_as_many_places_as_there_are(verdicts, rule: str, passes: int) -> None:
    assert verdicts[rule].passes == passes


def test_the_guard_keeps_nine_names_apart(verdicts) -> None:
    """Research counted eight: it left out that อบจ. and ทม.อุตรดิตถ์ share theirs, too."""
    assert verdicts[GUARD].passes == 9


@pytest.mark.parametrize(
    ("rule", "count", "says", "likely"),
    [
        ("T03", 1, "ยอด ๒๑ พิมพ์อยู่ใต้คอลัมน์ “อปท.”", None),
        ("M02", 1, "✗ ๓๓ x ๒๖", None),
        ("M05", 1, "๔๒ แถว", "บันทึกข้อมูลแค่ปี #"),
        ("O02", 1, "แถว ๑๕–๑๖", "อบต.บ้านด่าน"),
        ("O03", 32, "ในทะเบียน", None),
        ("O04", 1, "อบต.บ้านด่าน (๑ จาก ๘๐ แห่ง)", None),
        ("O05", 1, "แถว ๓๖–๔๐", "ทองแสนขัน"),
        ("D02", 1, "“วัน เดือน ๒๕๖๔”", "๒๖ เมษายน ๒๕๖๔"),
        ("D09", 1, "รับ ๒๗ มกราคม ๒๕๖๔ ก่อนวันที่หนังสือ ๒๖ เมษายน ๒๕๖๔", None),
        ("D10", 1, "เวลา", None),
        ("N02", 1, "“นท” และหน่วยงานนี้ใช้รหัส “มท” (๒ แห่ง)", "มท"),
        ("N05", 1, "ว ๘๕๖", "มท 0810.2/ว 856"),
        ("N09", 1, "ควรราว ๑๑ มีนาคม ๒๕๖๔", None),
        ("L05", 1, "“อุดรดิตถ์”", "อุตรดิตถ์"),
        ("L06", 1, "เขตดุสิต", "เขตดุสิต"),
        ("L10", 1, "“สิงที่ส่งมาด้วย”", "สิ่งที่ส่งมาด้วย"),
        ("Q01", 2, "U+0627", None),
    ],
)
def test_findings_say_what_research_says(verdicts, rule: str, count: int, says: str, likely: str | None) -> None:
    found = verdicts[rule].findings
    assert len(found) == count
    assert any(says in finding.message.th for finding in found), [finding.message.th for finding in found]
    if likely is not None:
        assert {finding.suggestion for finding in found} == {likely}
    assert all(finding.evidence for finding in found)
