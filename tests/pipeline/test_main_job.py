"""The main job end to end with the real recognizer, under thresholds: two scanned rounds in, a change list out."""

import json
from pathlib import Path
from typing import Any

import pytest

from core.progress import NullProgress
from core.settings import Settings
from models.document import Document
from models.document_status import asks_review
from models.finding import Outcome
from pipeline.comparing import choose_rounds, compare_rounds, write_report
from pipeline.importing import Result, import_files
from pipeline.judging import judge_document
from pipeline.reading import build_recognizer, read_document
from store.archive import Archive

pytestmark = pytest.mark.ocr
FIXTURES = Path(__file__).parents[2] / "fixtures"
ROUNDS = ("round1", "round2")
VIOLATED = "D02 D09 L01 M02 M07 N01 N02 N03 N05 O02 O03 O04 O05 Q01 Q02 T03"
PASSED = "D01 D03 D04 D05 D06 D08 M01 M03 M04 N07 N08 O01 T01 T02"


@pytest.fixture(scope="module")
def settings() -> Settings:
    return Settings(jobs=2)


@pytest.fixture(scope="module")
def archive(tmp_path_factory, settings):
    """An archive with the office scans of both rounds."""
    with Archive.open(tmp_path_factory.mktemp("archive")) as store:
        files = [FIXTURES / name / "office-200.pdf" for name in ROUNDS]
        done = list(import_files(files, store, settings, build_recognizer(settings), NullProgress()))
        assert [item.result for item in done] == [Result.IMPORTED, Result.IMPORTED]
        yield store


@pytest.fixture(scope="module", params=ROUNDS)
def scanned(request, archive) -> tuple[Document, dict[str, Any]]:
    truth = json.loads((FIXTURES / request.param / "truth.json").read_text("utf-8"))
    document = next(
        found
        for summary in archive.documents()
        if (found := archive.document(summary.sha256)).letters[0].number.value == truth["letters"][0]["number"]
    )
    return document, truth


def without_spaces(text: str) -> str:
    return "".join(text.split())


def test_the_header_fields_of_both_letters_are_exact(scanned):
    document, truth = scanned
    assert len(document.letters) == 2
    for letter, right in zip(document.letters, truth["letters"], strict=True):
        assert letter.number.value == right["number"]
        assert str(letter.date.value) == right["date"]
        assert letter.urgency.value == right["urgency"]
        exact = without_spaces(letter.subject.value) == without_spaces(right["subject"])
        assert exact or letter.subject.review, letter.subject
        assert [(r.number.value, str(r.date.value)) for r in letter.references] == [
            (r["number"], r["date"]) for r in right["references"]
        ]
        assert [str(d.date.value) for d in letter.deadlines] == [d["date"] for d in right["deadlines"]]


def test_no_row_is_lost_or_silently_wrong_and_78_of_80_are_right(scanned):
    document, truth = scanned
    [annex], [right] = document.annexes, truth["annexes"]
    assert len(annex.rows) == len(right["rows"]) == 80
    wrong = []
    for row, wanted in zip(annex.rows, right["rows"], strict=True):
        got = {
            "sequence": row.sequence.value,
            "district": row.district.value,
            "kind": row.body.value.kind.value if row.body.value else None,
            "name": row.body.value.name if row.body.value else None,
            "status": row.status.value.value if row.status.value else None,
            "remark": row.remark.value or "",
        }
        if got != {key: wanted[key] or "" if key == "remark" else wanted[key] for key in got}:
            wrong.append((wanted["sequence"], got, row.review))
    assert len(wrong) <= 2, wrong
    assert all(review for *_, review in wrong), wrong


def test_the_printed_totals_are_confirmed_by_the_rows(scanned, settings):
    document, truth = scanned
    outcomes = {verdict.rule: verdict.outcome for verdict in judge_document(document, settings)}
    printed = [total.value.value for total in document.annexes[0].totals]
    assert printed == [total["value"] for total in truth["annexes"][0]["totals"]]
    for rule in ("T01", "T02", "M01", "O01", "O02", "O04", "D01", "N05"):
        assert outcomes[rule] is Outcome.PASSED, rule
    assert outcomes["T03"] is Outcome.VIOLATED  # the sheet prints its first total one column to the left


def test_the_change_list_is_the_planted_one(archive, tmp_path):
    comparison = compare_rounds(choose_rounds(archive, None, None, latest=True), force=False)
    planted = json.loads((FIXTURES / "round2" / "changes.json").read_text("utf-8"))
    planted = planted["changes"] if isinstance(planted, dict) else planted
    assert sorted(change.after.sequence or 0 for change in comparison.changes) == sorted(c["sequence"] for c in planted)
    report = tmp_path / "changes.html"
    write_report(archive, comparison, report)
    assert "บัญชีติดตาม" in report.read_text("utf-8")


def test_importing_again_changes_nothing(archive, settings):
    before = [archive.document(s.sha256).model_dump_json() for s in archive.documents()]
    files = [FIXTURES / name / "office-200.pdf" for name in ROUNDS]
    done = list(import_files(files, archive, settings, build_recognizer(settings), NullProgress()))
    assert [item.result for item in done] == [Result.UNCHANGED, Result.UNCHANGED]
    assert [archive.document(s.sha256).model_dump_json() for s in archive.documents()] == before
    assert len(archive.snapshots()) == 2


def test_the_original_bytes_are_in_the_archive(archive):
    for name in ROUNDS:
        kept = {archive.original(summary.sha256).read_bytes() for summary in archive.documents()}
        assert (FIXTURES / name / "office-200.pdf").read_bytes() in kept


def test_a_born_digital_letter_is_read_without_the_recognizer(settings):
    document = read_document(FIXTURES / "round1" / "circular.pdf", settings, build_recognizer(settings))
    truth = json.loads((FIXTURES / "round1" / "truth.json").read_text("utf-8"))
    assert {page.engine for page in document.pages} == {"text layer (pdfplumber)"}
    assert [row.body.value.name for row in document.annexes[0].rows] == [r["name"] for r in truth["annexes"][0]["rows"]]
    assert not any(asks_review(row) for row in document.annexes[0].rows)


def test_a_single_page_picture_is_a_letter_too(settings):
    document = read_document(FIXTURES / "round1" / "office-200-page1.jpg", settings, build_recognizer(settings))
    assert document.letters[0].number.value == "อต 0023.3/ว 1774"


def test_the_text_of_an_earlier_reading_gives_the_known_verdicts(settings):
    """The fixture keeps the misreadings of the real document; so the verdicts are those found for that one."""
    document = read_document(FIXTURES / "seed-like" / "ocr.txt", settings, build_recognizer(settings))
    assert (len(document.letters), [len(annex.rows) for annex in document.annexes]) == (2, [80])
    outcomes = {verdict.rule: verdict.outcome.value for verdict in judge_document(document, settings)}
    violated = VIOLATED.split()
    passed = PASSED.split()
    assert {rule: outcomes[rule] for rule in violated} == dict.fromkeys(violated, "violated")
    assert {rule: outcomes[rule] for rule in passed} == dict.fromkeys(passed, "passed")
    assert outcomes["N06"] == "could_not_run"
    assert [row.sequence.value for row in document.annexes[0].rows if row.body.review] == [
        15,
        16,
    ]  # read alike: either may be the other
    truth = json.loads((FIXTURES / "round1" / "truth.json").read_text("utf-8"))
    names = [row.body.value.name for row in document.annexes[0].rows]
    assert names == [right["name"] for right in truth["annexes"][0]["rows"]]
