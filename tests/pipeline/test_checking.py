"""Documents of an archive against the rules: what the archive adds, and the command."""

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from core.errors import NotFoundError, UsageError
from core.limits import Limits
from core.settings import Settings
from models.document import Document
from models.finding import Outcome
from pipeline.checking import judge
from pipeline.thread import find_thread
from rounds.snapshot import freeze
from store.archive import Archive
from tests.commands.test_cli import saraban
from tests.paper import build_paper
from tests.rules import builders as b


def document(sha: str, name: str, letter, annex) -> Document:
    plain = b.case((letter,), (annex,)).document
    source = plain.source.model_copy(update={"sha256": sha * 64, "name": name})
    return plain.model_copy(update={"source": source})


EARLIER = document(
    "a",
    "earlier.pdf",
    b.cover(date=b.day("2021-04-09"), number=b.number("อต ๐๐๒๓.๓/ว ๑๕๐")),
    b.annex(as_of=b.day("2021-04-02")),
)
LATER = document(
    "b",
    "later.pdf",
    b.cover(),
    b.annex(rows=b.rows(b.row(1, "น้ำหมัน", done=False)), totals=(b.total("c4", 1), b.total("c5", 4))),
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive") as store:
        for each in (LATER, EARLIER):
            path = tmp_path / each.source.name
            path.write_text(each.source.name)
            sha = store.keep_original(path)
            stored = each.model_copy(update={"source": each.source.model_copy(update={"sha256": sha})})
            store.put_document(stored, "test", (freeze(stored, 0),))
        yield store


def outcomes(archive: Archive, name: str, *rules: str, settings: Settings | None = None) -> dict[str, Outcome]:
    [(_, verdicts)] = judge(archive, [name], settings or Settings(), rules)
    return {verdict.rule: verdict.outcome for verdict in verdicts}


def test_the_round_before_is_that_of_the_earlier_letter_whatever_was_imported_first(archive: Archive) -> None:
    assert outcomes(archive, "later.pdf", "X01", "X02", "X03", "X04") == {
        "X01": Outcome.PASSED,
        "X02": Outcome.VIOLATED,
        "X03": Outcome.PASSED,
        "X04": Outcome.PASSED,
    }
    first = outcomes(archive, "earlier.pdf", "X01", "X02", "X03", "X04")
    assert set(first.values()) == {Outcome.NOT_APPLICABLE}


def test_a_number_that_the_archive_has_is_found_and_so_is_one_out_of_line(archive: Archive, tmp_path: Path) -> None:
    again = document("c", "again.pdf", b.cover(date=b.day("2021-06-30")), b.annex())
    path = tmp_path / "again.pdf"
    path.write_text("again")
    sha = archive.keep_original(path)
    archive.put_document(
        again.model_copy(update={"source": again.source.model_copy(update={"sha256": sha})}), "test", ()
    )
    assert outcomes(archive, "again.pdf", "N10") == {"N10": Outcome.VIOLATED}
    assert outcomes(archive, "later.pdf", "N09") == {"N09": Outcome.PASSED}
    low = document("d", "low.pdf", b.cover(date=b.day("2021-06-30"), number=b.number("อต ๐๐๒๓.๓/ว ๑๖๐")), b.annex())
    path.write_text("low")
    sha = archive.keep_original(path)
    archive.put_document(low.model_copy(update={"source": low.source.model_copy(update={"sha256": sha})}), "test", ())
    assert outcomes(archive, sha, "N09") == {"N09": Outcome.VIOLATED}


def test_the_archive_lists_its_letters_in_brief(archive: Archive) -> None:
    assert [(letter.name, letter.index, letter.number, letter.date) for letter in archive.letters()] == [
        ("later.pdf", 0, "อต 0023.3/ว 177", dt.date(2021, 4, 29)),
        ("earlier.pdf", 0, "อต 0023.3/ว 150", dt.date(2021, 4, 9)),
    ]


def test_rules_and_severities_are_chosen(archive: Archive) -> None:
    assert set(outcomes(archive, "later.pdf", "t01", "D07")) == {"T01", "D07"}
    [(_, errors)] = judge(archive, ["later.pdf"], Settings(), (), "error")
    assert {verdict.severity for verdict in errors} == {"error"}
    [(_, worse)] = judge(archive, ["later.pdf"], Settings(), (), "warning")
    assert {verdict.severity for verdict in worse} == {"error", "warning"}
    assert len(list(judge(archive, [], Settings()))) == 2


def test_what_is_not_there_is_named(archive: Archive) -> None:
    with pytest.raises(NotFoundError, match="nothing"):
        list(judge(archive, ["nothing.pdf"], Settings()))
    for rules, least, says in ((("T99",), None, "T99"), ((), "fatal", "fatal")):
        with pytest.raises(UsageError, match=says):
            list(judge(archive, [], Settings(), rules, least))


def test_the_command_prints_each_format(archive: Archive) -> None:
    def run(*options: str) -> str:
        done = saraban("check", "later.pdf", "--archive", archive.folder, *options)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "X02" in run()
    assert json.loads(run("--format", "json"))["name"] == "later.pdf"
    suites = ET.fromstring(run("--format", "junit").encode())  # noqa: S314 - our own
    assert suites.find("testsuite").get("name") == "later.pdf"
    assert run("--format", "html", "--rule", "X02").count("<tr>") == 2  # the head and the finding
    lines = list(csv.reader(io.StringIO(run("--format", "csv", "--rule", "X02"))))
    assert [line[1] for line in lines] == ["rule", "X02"]


def test_the_command_fails_on_the_severity_that_is_asked_for(archive: Archive) -> None:
    chosen = ("check", "later.pdf", "--archive", archive.folder, "--rule", "X02")
    assert saraban(*chosen, "--fail-on", "error").returncode == 0
    done = saraban(*chosen, "--fail-on", "warning")
    assert (done.returncode, "X02" in done.stdout) == (6, True)


@pytest.mark.parametrize("options", [["--format", "xml"], ["--rule", "T99"], ["--severity", "x"], ["--fail-on", "x"]])
def test_wrong_options_are_exit_code_2(archive: Archive, options: list[str]) -> None:
    assert saraban("check", "--archive", archive.folder, *options).returncode == 2


@pytest.mark.slow
def test_a_letter_that_was_read_is_held_against_the_one_it_refers_to(tmp_path: Path) -> None:
    """From the text of two papers, by way of the archive: the reference has another day than the letter itself."""
    later = build_paper("น่าน")
    earlier = replace(later, number="๐๐๒๓.๓/ว ๘๕๓", date="๖ ตุลาคม ๒๕๖๓", reference_date="๑ กันยายน ๒๕๖๓")
    with Archive.open(tmp_path / "archive") as store:
        for name, paper in (("earlier.txt", earlier), ("later.txt", later)):
            read = paper.read(tmp_path)
            path = tmp_path / name
            path.write_text(paper.text(), "utf-8")
            source = read.source.model_copy(update={"sha256": store.keep_original(path), "name": name})
            store.put_document(read.model_copy(update={"source": source}), "test", ())
        [(_, verdicts)] = judge(store, ["later.txt"], Settings(), ("N12",))
        [finding] = verdicts[0].findings
        thread = find_thread(store, "later.txt", Limits())
    assert finding.suggestion == "๖ ตุลาคม ๒๕๖๓"
    assert finding.evidence == ("letters[0].references[0].date",)
    assert {link.basis for link in thread.links} == {"other_date", "not_found"}
