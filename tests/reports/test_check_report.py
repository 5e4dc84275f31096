"""What the rules say, as JSON, CSV, JUnit XML and HTML; nothing that was read becomes part of the form."""

import csv
import io
import json
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from models.field import Box
from models.finding import Outcome
from reports.check_report import Judged, as_csv, as_html, as_json, as_junit
from reports.evidence import locate
from rules.runner import check
from tests.rules import builders as b

EVIL = "=HYPERLINK(\"http://x\")<script>alert('x')</script>&\x00\x0b"


def judged(**changes) -> Judged:
    letter = b.cover(**changes)
    case = b.case((letter,), (b.annex(totals=(b.total("c4", 9), b.total("c5", 3))),))
    return Judged(case.document, check(case))


def named(one: Judged, name: str) -> Judged:
    source = one.document.source.model_copy(update={"name": name})
    return Judged(one.document.model_copy(update={"source": source}), one.verdicts)


def lines_of(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_json_has_every_verdict() -> None:
    one = judged()
    said = json.loads(as_json(one))
    assert said["name"] == "test.pdf"
    assert {verdict["rule"]: verdict["outcome"] for verdict in said["verdicts"]} == {
        verdict.rule: verdict.outcome.value for verdict in one.verdicts
    }


def test_json_says_where_the_values_stand_that_a_finding_rests_on() -> None:
    one = judged(number=b.number("อต ๐๐๒๓.๓/ว ๑๗๗/๔", page=1, box=Box(0.1, 0.1, 0.3, 0.12)))
    [number] = [verdict for verdict in json.loads(as_json(one))["verdicts"] if verdict["rule"] == "N01"]
    [finding] = number["findings"]
    assert finding["places"] == [
        {"path": "letters[0].number", "page": 1, "box": [0.1, 0.1, 0.3, 0.12], "raw": "อต ๐๐๒๓.๓/ว ๑๗๗/๔"}
    ]


def test_csv_has_a_line_a_finding_with_what_it_rests_on() -> None:
    one = judged()
    lines = lines_of(as_csv([one], "en"))
    assert len(lines) == sum(len(verdict.findings) for verdict in one.verdicts)
    [total] = [line for line in lines if line["rule"] == "T02"]
    assert (total["severity"], total["outcome"], total["likely"]) == ("error", "violated", "๒")
    assert total["place"] == "annex 1 total 1"
    assert {line["rule"] for line in lines_of(as_csv([one], "en", every=True))} == {v.rule for v in one.verdicts}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "＝"])
def test_no_cell_of_the_csv_is_a_formula(start: str) -> None:
    one = named(judged(subject=b.text(None, raw=f"{start}1+1")), f"{start}cmd|'/c calc'!A1.pdf")
    for line in csv.reader(io.StringIO(as_csv([one], "th", every=True))):
        assert not any(cell.lstrip(" \t").startswith(("=", "+", "-", "@", "＝")) for cell in line), line


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
    one = named(judged(subject=b.text(None, raw=EVIL), number=b.number(EVIL)), EVIL)
    page = as_html([one], "th", every=True)
    seen = Tags()
    seen.feed(page)
    assert "script" not in seen.tags
    assert "alert('x')" in seen.text
    assert "ไม่ผ่าน" in seen.text
    assert "src=" not in page
    assert "http" not in page.replace("http://x", "")


def test_html_says_the_same_in_english() -> None:
    seen = Tags()
    seen.feed(as_html([judged()], "en"))
    assert "violated" in seen.text
    assert "9 printed, 2 counted" in seen.text
    assert "ไม่ผ่าน" not in seen.text


def test_junit_is_well_formed_whatever_was_read() -> None:
    one = named(judged(subject=b.text(None, raw=EVIL), number=b.number(EVIL)), EVIL)
    suite = ET.fromstring(as_junit([one], "en").encode()).find("testsuite")  # noqa: S314 - our own
    assert suite is not None
    outcomes = {verdict.rule: verdict.outcome for verdict in one.verdicts}
    assert int(suite.get("tests")) == len(suite.findall("testcase")) == len(outcomes)
    failed = {case.get("name").split()[0] for case in suite.iter("testcase") if case.find("failure") is not None}
    assert failed == {rule for rule, outcome in outcomes.items() if outcome is Outcome.VIOLATED}
    assert int(suite.get("failures")) == len(failed)
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
