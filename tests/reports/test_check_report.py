"""What the rules say, as JSON, CSV, JUnit XML and HTML; nothing that was read becomes part of the form."""

import csv
import io
import json
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from core.errors import UsageError
from models.field import Box
from models.finding import Outcome
from reports.check_html import as_html
from reports.check_junit import as_junit
from reports.check_report import FORMATS, CheckedDocument, CheckOptions, write_check
from reports.check_tables import as_csv, as_json
from reports.evidence import locate
from rules.runner import check
from tests.rules import builders as b

TH, EN, ALL_TH = CheckOptions(), CheckOptions("en"), CheckOptions("th", include_passed=True)
EVIL = "=HYPERLINK(\"http://x\")<script>alert('x')</script>&\x00\x0b"


def checked(**changes) -> CheckedDocument:
    letter = b.cover(**changes)
    case = b.case((letter,), (b.annex(totals=(b.total("c4", 9), b.total("c5", 3))),))
    return CheckedDocument(case.document, check(case))


def named(one: CheckedDocument, name: str) -> CheckedDocument:
    source = one.document.source.model_copy(update={"name": name})
    return CheckedDocument(one.document.model_copy(update={"source": source}), one.verdicts)


def lines_of(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_json_has_every_verdict() -> None:
    one = checked()
    said = json.loads("".join(as_json([one], TH)))
    assert said["name"] == "test.pdf"
    assert {verdict["rule"]: verdict["outcome"] for verdict in said["verdicts"]} == {
        verdict.rule: verdict.outcome.value for verdict in one.verdicts
    }


def test_json_says_where_the_values_stand_that_a_finding_rests_on() -> None:
    one = checked(number=b.number("อต ๐๐๒๓.๓/ว ๑๗๗/๔", page=1, box=Box(0.1, 0.1, 0.3, 0.12)))
    [number] = [verdict for verdict in json.loads("".join(as_json([one], TH)))["verdicts"] if verdict["rule"] == "N01"]
    [finding] = number["findings"]
    assert finding["places"] == [
        {"path": "letters[0].number", "page": 1, "box": [0.1, 0.1, 0.3, 0.12], "raw": "อต ๐๐๒๓.๓/ว ๑๗๗/๔"}
    ]


def test_csv_has_a_line_a_finding_with_what_it_rests_on() -> None:
    one = checked()
    lines = lines_of("".join(as_csv([one], EN)))
    assert len(lines) == sum(len(verdict.findings) for verdict in one.verdicts)
    [total] = [line for line in lines if line["rule"] == "T02"]
    assert (total["severity"], total["outcome"], total["likely"]) == ("error", "violated", "๒")
    assert total["place"] == "annex 1 total"
    assert {line["rule"] for line in lines_of("".join(as_csv([one], CheckOptions("en", include_passed=True))))} == {
        v.rule for v in one.verdicts
    }


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t=", " =", "＝", "＋", "－", "＠", "\u00a0=", "\ufeff=", "\u200b@"]
)
def test_no_cell_of_the_csv_is_a_formula(start: str) -> None:
    one = named(checked(subject=b.text(None, raw=f"{start}1+1")), f"{start}cmd|'/c calc'!A1.pdf")
    for line in csv.reader(io.StringIO("".join(as_csv([one], ALL_TH)))):
        visible = [cell.lstrip(" \t\u00a0\ufeff\u200b") for cell in line]
        assert not any(cell.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) for cell in visible), line


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.append(tag)

    def handle_data(self, data) -> None:
        self.text += data


def test_html_shows_what_was_read_and_runs_none_of_it() -> None:
    one = named(checked(subject=b.text(None, raw=EVIL), number=b.number(EVIL)), EVIL)
    page = "".join(as_html([one], ALL_TH))
    seen = Tags()
    seen.feed(page)
    assert "script" not in seen.tags
    assert "alert('x')" in seen.text
    assert "ไม่ผ่าน" in seen.text
    assert "src=" not in page
    assert "http" not in page.replace("http://x", "").replace("http-equiv", "")
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page


def test_html_names_the_values_in_words_and_says_what_is_a_doubt_of_ours() -> None:
    doubted = b.number("ฮต ๐๐๒๓.๓/ว ๑๗๗").doubted("low_confidence")
    seen = Tags()
    seen.feed("".join(as_html([checked(number=doubted)], TH)))
    assert "หนังสือฉบับ ๑ เลขที่" in seen.text
    assert "letters[0]" not in seen.text
    assert "การอ่านที่ต้องตรวจทาน" in seen.text


def test_csv_says_what_each_finding_rests_on() -> None:
    doubted = b.number("ฮต ๐๐๒๓.๓/ว ๑๗๗").doubted("low_confidence")
    lines = lines_of("".join(as_csv([checked(number=doubted)], EN)))
    assert {(line["rule"], line["basis"], line["severity"]) for line in lines} >= {
        ("N02", "doubted reading", "warning"),
        ("T02", "paper", "error"),
    }


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_of_the_registry_can_be_written(name: str) -> None:
    assert "T02" in "".join(write_check(name, [checked()], TH))


def test_a_format_that_is_none_names_those_that_are() -> None:
    with pytest.raises(UsageError, match="junit"):
        write_check("docx", [checked()], TH)


def test_html_says_the_same_in_english() -> None:
    seen = Tags()
    seen.feed("".join(as_html([checked()], EN)))
    assert "violated" in seen.text
    assert "9 printed, 2 counted" in seen.text
    assert "ไม่ผ่าน" not in seen.text


def test_junit_is_well_formed_whatever_was_read() -> None:
    one = named(checked(subject=b.text(None, raw=EVIL), number=b.number(EVIL)), EVIL)
    suite = ET.fromstring("".join(as_junit([one], EN)).encode()).find("testsuite")  # noqa: S314 - our own
    assert suite is not None
    outcomes = {verdict.rule: verdict.outcome for verdict in one.verdicts}
    assert int(suite.get("tests", "")) == len(suite.findall("testcase")) == len(outcomes)
    failed = {case.get("name").split()[0] for case in suite.iter("testcase") if case.find("failure") is not None}
    assert failed == {rule for rule, outcome in outcomes.items() if outcome is Outcome.VIOLATED}
    assert int(suite.get("failures", "")) == len(failed)
    skipped = {case.get("name").split()[0] for case in suite.iter("testcase") if case.find("skipped") is not None}
    assert failed | skipped | {r for r, o in outcomes.items() if o is Outcome.PASSED} == set(outcomes)


def test_evidence_is_found_by_its_path() -> None:
    letter = b.cover()
    document = b.case((letter,), (b.annex(),), page="อบต.น้ำหมัน").document
    number = locate(document, "letters[0].number")
    assert (number.page, number.box, number.raw) == (1, letter.number.box, letter.number.raw)
    assert locate(document, "annexes[0].rows[1].body").raw == "อบต.ผาเลือด"
    assert locate(document, "annexes[0].rows[1].cells.c4").raw == "✓"
    assert locate(document, "pages[0].text").page == 1


@pytest.mark.parametrize("path", ["letters[9].number", "annexes[0].rows[1].nothing", "letters", "", "x[y"])
def test_a_path_that_names_no_value_gives_itself(path: str) -> None:
    found = locate(b.case((b.cover(),), (b.annex(),)).document, path)
    assert (found.path, found.raw) == (path, "")
