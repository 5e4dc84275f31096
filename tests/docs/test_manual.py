"""The manuals tell the truth: every command on their pages is run, in order, from a fresh home."""

import io
import os
import re
import shlex
import shutil
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import pytest

import cli
from store.archive import Archive

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "fixtures"
MANUAL = ROOT / "docs" / "th"
PAGES = sorted(MANUAL.glob("*.md"))
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
NOT_RUN = {
    "serve",  # does not end; tests/web drives it in a browser
    "doctor",  # the answer depends on the machine; tests/pipeline/test_doctor.py
}

OLD = {"หนังสือเก่า.txt": "seed-like/ocr.txt"}
ROUNDS = {"รอบที่1.csv": "cases/h01-slash-round1.csv", "รอบที่2.csv": "cases/h01-slash-round2.csv"}


@dataclass(frozen=True)
class Given:
    """What lies in the folder before the commands of a page are run."""

    files: dict[str, str]
    imported: tuple[tuple[str, ...], ...] = ()


TWO_ROUNDS = (("--as-of", "30/4/2564", "รอบที่1.csv"), ("--as-of", "31/5/2564", "รอบที่2.csv"))
GIVEN = {
    "backup.md": Given(ROUNDS, TWO_ROUNDS),
    "bad-scans.md": Given(OLD | {f"สแกนใหม่/{name}": file for name, file in ROUNDS.items()}, (("หนังสือเก่า.txt",),)),
    "chase-district.md": Given(ROUNDS, TWO_ROUNDS),
    "doubts.md": Given(OLD, (("หนังสือเก่า.txt",),)),
    "install.md": Given({}),
    "new-round.md": Given(ROUNDS | {"หนังสือเข้า/ประกาศ.txt": "cases/h07-announcement.txt"}),
    "old-circulars.md": Given({"แฟ้มเก่า/2551/ประกาศ2551.txt": "cases/h07-announcement.txt"}),
    "first-day.md": Given(
        {
            "หนังสือเข้า/ว1774.pdf": "round1/circular.pdf",
            "หนังสือเข้า/หนังสือเก่า.txt": "cases/h21-urgency-misread.txt",
            "ว2358.pdf": "round2/circular.pdf",
        }
    ),
}


def read_commands(page):
    lines = [line for block in BLOCK.findall(page.read_text("utf-8")) for line in block.splitlines()]
    found = [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("saraban ")]
    return [words for words in found if words[0] not in NOT_RUN]


def run(*words):
    out, err = io.StringIO(), io.StringIO()
    with (
        mock.patch.object(sys, "argv", ["saraban", *words]),
        mock.patch.object(sys, "stdin", io.StringIO("รหัสผ่านที่ยาวพอ1\n")),
        redirect_stdout(out),
        redirect_stderr(err),
        pytest.raises(SystemExit) as ending,
    ):
        cli.main()
    assert ending.value.code == 0, f"saraban {shlex.join(words)}\n{out.getvalue()}{err.getvalue()}"
    return out.getvalue()


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A person's first day: an empty home, and no setting but that of one worker."""
    for name in [name for name in os.environ if name.startswith("SARABAN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("SARABAN_JOBS", "1")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def follow(page, given, home):
    for name, file in given.files.items():
        target = home / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(FIXTURES / file, target)
    for words in given.imported:
        run("import", *words)
    return {shlex.join(words): run(*words) for words in read_commands(page)}


def test_every_page_with_commands_is_followed():
    assert {page.name for page in PAGES if read_commands(page)} <= set(GIVEN)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(GIVEN) - {"first-day.md"}))
def test_what_a_page_tells_to_type_works(name, home):
    follow(MANUAL / name, GIVEN[name], home)


@pytest.mark.slow
@pytest.mark.ocr
def test_the_first_day_ends_with_the_report_and_an_answered_doubt(home):
    said = follow(MANUAL / "first-day.md", GIVEN["first-day.md"], home)
    assert "อต ๐๐๒๓.๓/ว ๑๗๗๔" in said[shlex.join(["show", "ว1774.pdf"])]
    report = (home / "รายงานความคืบหน้า.html").read_text("utf-8")
    assert "๒๙" in report
    with Archive.open(home / "saraban-archive", create=False) as archive:
        old = archive.require_document("หนังสือเก่า.txt")
    assert (old.letters[0].urgency.value, old.letters[0].urgency.review, old.status) == ("ด่วนที่สุด", (), "ok")
    with Archive.open(home / "สำเนาคลัง", create=False) as copy:
        assert len(copy.documents()) == 3


@pytest.mark.slow
def test_the_tutorial_for_engineers_works(home):
    (home / "fixtures").symlink_to(FIXTURES)
    said = follow(ROOT / "docs" / "tutorial.md", Given({}), home)
    assert "ทต.คุ้งตะเภา" in said["diff --latest"]
    assert (home / "changes.html").stat().st_size > 0
