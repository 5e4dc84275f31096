"""The command as a person meets it: help, exit codes, messages."""

import io
import json
import logging
import os
import re
import shutil
import subprocess
import sys
import zipfile
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from unittest import mock

import jsonschema
import pytest

import cli
from models.issue import IssueCode
from models.review import ReviewCode
from store import sqlite

ROOT = Path(__file__).parents[2]
HOSTILE = ROOT / "fixtures" / "hostile"
# All that `saraban --help` may load of this project, and what it must never load.
OURS = {
    "cli",
    "commands",
    "commands.accounts",
    "commands.archive",
    "commands.bodies",
    "commands.checks",
    "commands.choices",
    "commands.deciding",
    "commands.documents",
    "commands.exports",
    "commands.help_language",
    "commands.import_run",
    "commands.importing",
    "commands.keeping",
    "commands.letters",
    "commands.registers",
    "commands.rounds",
    "commands.searching",
    "commands.serving",
    "commands.session",
    "commands.statuses",
    "commands.terminal",
    "commands.terminal.standard_streams",
    "commands.usage_errors",
    "core",
    "core.errors",
    "core.language",
    "core.system_errors",
}
HEAVY = set(
    "numpy pandas pydantic pydantic_settings pytesseract pdfplumber pdfminer pythainlp cv2 PIL sqlalchemy alembic rich "  # noqa: SIM905
    "scipy pypdfium2 pikepdf jinja2 rapidfuzz pebble".split()
)


@dataclass
class Done:
    returncode: int
    stdout: str
    stderr: str


def saraban(*arguments, **environment):
    """Run the command in this process: a new one would take a second for its imports alone."""
    out, err = io.StringIO(), io.StringIO()
    command = ["saraban", *map(str, arguments)]
    with (
        mock.patch.dict(os.environ, {"SARABAN_LANG": "en", **environment}),
        mock.patch.object(sys, "argv", command),
        redirect_stdout(out),
        redirect_stderr(err),
        pytest.raises(SystemExit) as ending,
    ):
        cli.main()
    return Done(int(ending.value.code or 0), out.getvalue(), err.getvalue())


CODES = [str(code) for catalogue in (ReviewCode, IssueCode) for code in catalogue if "." in code or "_" in code]


@pytest.fixture(autouse=True)
def _keep_the_log():
    """The command sets the log of the process up; no other test is to see that."""
    root = logging.getLogger()
    before = root.level, list(root.handlers)
    yield
    root.level, root.handlers = before[0], before[1]


@pytest.fixture(scope="module")
def _imported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cli") / "archive"
    assert saraban("import", ROOT / "fixtures" / "seed-like" / "ocr.txt", "--archive", folder).returncode == 0
    return folder


@pytest.fixture
def archive(_imported, tmp_path):
    """An archive with one document."""
    return shutil.copytree(_imported, tmp_path / "an-archive")


def test_help_loads_nothing_heavy():
    code = (
        "import sys, cli\n"
        "from typer.testing import CliRunner\n"
        "before = set(sys.modules)\n"
        "import typer; typer.main.get_command(cli.app)(['--help'], standalone_mode=False)\n"
        "print('\\n'.join(sorted(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code.replace("from typer.testing import CliRunner\n", "")],
        capture_output=True, text=True, cwd=ROOT, check=True,
    )  # fmt: skip
    loaded = set(done.stderr.split())
    roots = {path.name for path in ROOT.iterdir() if (path / "__init__.py").is_file()} | {"cli"}
    assert {name for name in loaded if name.split(".")[0] in roots} == OURS
    assert loaded & HEAVY == set()
    assert "import" in done.stdout


def test_every_command_has_help():
    listed = saraban("--help").stdout
    for command in ["import", "read", "list", "show", "check", "rounds", "diff", "export", "schema", "doctor"]:
        assert f"  {command} " in listed
        assert saraban(command, "--help").returncode == 0


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("empty.pdf", "input.empty"),
        ("truncated.pdf", "input.damaged"),
        ("encrypted.pdf", "input.encrypted"),
        ("html-named.pdf", "input.format"),
        ("zero-pages.pdf", "input.damaged"),
        ("missing.pdf", "input.not_found"),
    ],
)
def test_bad_input_has_one_clear_message_the_next_step_and_exit_code_4(name, slug):
    done = saraban("read", HOSTILE / name)
    assert done.returncode == 4
    assert f"[{slug}]" in done.stderr
    assert "→" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_text_in_an_unknown_encoding(tmp_path):
    path = tmp_path / "odd.txt"
    path.write_bytes("ที่ มท".encode("utf-32-be"))
    done = saraban("read", path)
    assert (done.returncode, "[input.encoding]" in done.stderr) == (4, True)


def test_a_folder_without_documents(tmp_path):
    done = saraban("import", tmp_path, "--archive", tmp_path / "archive")
    assert (done.returncode, "[input.not_found]" in done.stderr) == (4, True)


@pytest.mark.slow
def test_a_bad_file_does_not_stop_the_batch(tmp_path):
    good = tmp_path / "letter.txt"
    shutil.copy(ROOT / "fixtures" / "seed-like" / "ocr.txt", good)
    shutil.copy(HOSTILE / "truncated.pdf", tmp_path / "bad.pdf")
    archive = tmp_path / "archive"
    done = saraban("import", tmp_path / "bad.pdf", good, "--archive", archive)
    assert done.returncode == 5
    assert "[input.damaged]" in done.stderr
    listed = saraban("list", "--archive", archive)
    assert "letter.txt" in listed.stdout
    assert "bad.pdf" not in listed.stdout
    failing = saraban("check", "--archive", archive, "--fail-on", "error")
    assert failing.returncode == 6
    shown = saraban("show", "letter.txt", "--json", "--archive", archive)
    assert json.loads(shown.stdout)["schema"] == "saraban/1"


def test_a_missing_recognizer_is_exit_code_3_and_names_the_file(tmp_path):
    done = saraban("read", HOSTILE / "empty.pdf", SARABAN_TESSDATA=str(tmp_path))
    assert done.returncode == 3
    assert "saraban.onnx" in done.stderr
    assert ("SARABAN_TESSDATA" in done.stderr, "apt-get" in done.stderr) == (True, False)
    done = saraban("read", HOSTILE / "empty.pdf", SARABAN_TESSDATA=str(tmp_path), SARABAN_READER="tesseract")
    assert (done.returncode, "saraban.traineddata" in done.stderr, "apt-get" in done.stderr) == (3, True, False)


def test_a_doctor_who_finds_a_model_missing_says_so_and_no_command_that_does_not_help(tmp_path):
    done = saraban("doctor", SARABAN_TESSDATA=str(tmp_path))
    assert done.returncode == 3
    assert "saraban.onnx" in done.stdout
    assert "→ check SARABAN_READER, SARABAN_RECOGNIZER and SARABAN_TESSDATA" in done.stdout
    assert "apt-get install tesseract-ocr" not in done.stdout + done.stderr


@pytest.mark.slow
def test_a_missing_tesseract_is_exit_code_3_with_the_command_that_installs_it():
    command = [sys.executable, str(ROOT / "cli.py"), "read", str(HOSTILE / "empty.pdf")]
    # Of a process of its own: what was found once is remembered.
    environment = {**os.environ, "PATH": "/nonexistent", "SARABAN_READER": "tesseract"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 3
    assert "apt-get install tesseract-ocr" in done.stderr


def test_messages_come_in_thai_too():
    done = saraban("read", HOSTILE / "empty.pdf", SARABAN_LANG="th")
    assert "ไฟล์ว่างเปล่า" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [["diff"], ["read", "x.pdf", "--format", "xml"], ["check", "--fail-on", "fatal"], ["nonsense"], ["read"]],
)
def test_wrong_usage_is_exit_code_2(arguments, archive):
    done = saraban(*arguments, SARABAN_ARCHIVE=str(archive))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_wrong_setting_names_its_variable():
    done = saraban("doctor", SARABAN_JOBS="many")
    assert (done.returncode, "SARABAN_JOBS" in done.stderr) == (2, True)


def test_an_archive_that_is_no_archive_is_exit_code_8(tmp_path):
    (tmp_path / "saraban.db").write_text("this is no database, and long enough to look at " * 50)
    assert saraban("list", "--archive", tmp_path).returncode == 8


@pytest.mark.slow
def test_the_command_is_installed_and_ends_with_its_exit_code():
    command = [sys.executable, str(ROOT / "cli.py"), "list", "--archive", "/nonexistent"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "[archive.missing]" in done.stderr) == (8, True)


def test_the_version():
    assert saraban("--version").stdout == f"saraban {version('saraban')}\n"


def test_a_misspelt_name_is_told_what_may_be_meant(archive):
    done = saraban("show", "ocr.tx", "--archive", archive)
    assert (done.returncode, "did you mean ocr.txt?" in done.stderr, "saraban list" in done.stderr) == (4, True, True)


def test_too_few_digits_of_an_id_are_told_so(archive):
    assert "at least" in saraban("show", "70", "--archive", archive).stderr.replace("4 digits at least", "at least")


@pytest.mark.parametrize("day", ["7/5/21x", "2021-13-01"])
def test_a_day_that_is_none_is_a_usage_error(day, archive):
    done = saraban("bodies", "search", "ริม", "--on", day, "--archive", archive)
    assert done.returncode == 2


def test_a_report_setting_without_a_report_is_a_usage_error(archive):
    done = saraban("diff", "--latest", "--deadline", "2021-05-07", "--archive", archive)
    assert (done.returncode, "--report" in done.stderr) == (2, True)


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_language_of_the_settings_file_holds_for_errors_too(language, tmp_path):
    (tmp_path / "settings.toml").write_text(f'lang = "{language}"\njobs = "many"\n', "utf-8")
    done = saraban("list", SARABAN_SETTINGS=str(tmp_path / "settings.toml"), SARABAN_LANG="")
    assert ("ค่ากำหนดไม่ถูกต้อง: jobs" in done.stderr) is (language == "th")


@pytest.mark.slow
def test_thai_output_has_no_code_of_ours(archive):
    for verb in (["show", "ocr.txt"], ["check"], ["check", "--format", "csv"], ["check", "--format", "html"]):
        done = saraban(*verb, "--archive", archive, SARABAN_LANG="th")
        assert done.returncode == 0
        assert not [code for code in CODES if code in done.stdout]


def test_a_target_that_cannot_be_written_is_told_with_the_next_step(archive, tmp_path):
    done = saraban("export", "rows", tmp_path / "none" / "rows.csv", "--archive", archive)
    assert (done.returncode, "[target.unwritable]" in done.stderr) == (2, True)


def test_a_table_goes_to_standard_output_as_it_goes_to_a_file(archive, tmp_path):
    assert saraban("export", "letters", tmp_path / "letters.csv", "--archive", archive).returncode == 0
    done = saraban("export", "letters", "-", "--archive", archive)
    assert (done.returncode, done.stdout) == (0, (tmp_path / "letters.csv").read_bytes().decode())
    assert saraban("export", "pdf", "-", "--archive", archive).returncode == 2


@pytest.mark.slow
def test_a_read_only_archive_is_listed_checked_and_shown(archive, monkeypatch):
    monkeypatch.setattr(sqlite, "is_writable", lambda _path: False)
    before = sorted((path.name, path.stat().st_mtime_ns) for path in archive.iterdir())
    assert "ocr.txt" in saraban("list", "--archive", archive).stdout
    for verb in (["show", "ocr.txt"], ["check"], ["rounds"]):
        assert saraban(*verb, "--archive", archive).returncode == 0
    done = saraban("import", ROOT / "fixtures" / "seed-like" / "ocr.txt", "--archive", archive)
    assert (done.returncode, "[archive.read_only]" in done.stderr) == (8, True)
    assert sorted((path.name, path.stat().st_mtime_ns) for path in archive.iterdir()) == before


def test_a_fault_of_the_program_keeps_its_traceback_in_the_log(monkeypatch, archive):
    monkeypatch.setattr("commands.terminal.document_list.documents_table", lambda *_: 1 / 0)
    quiet = saraban("list", "--archive", archive)
    assert (quiet.returncode, "Traceback" in quiet.stderr) == (1, False)
    told = saraban("--verbose", "list", "--archive", archive)
    assert (told.returncode, "Traceback" in told.stderr) == (1, True)
    lines = saraban("--verbose", "--log-json", "list", "--archive", archive).stderr.splitlines()
    logged = [json.loads(line) for line in lines if line.startswith("{")]
    assert "ZeroDivisionError" in logged[-1]["traceback"]
    with pytest.raises(ZeroDivisionError):
        saraban("list", "--archive", archive, SARABAN_DEBUG="1")


def test_reading_a_folder_accounts_for_every_file_as_an_import_does(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "letter.txt").write_text("ที่ นน ๐๐๒๓.๓/๑\n", "utf-8")
    for name in ("old.doc", "notes.xyz", ".hidden.txt", "Thumbs.db", "broken.pdf"):
        (folder / name).write_bytes(b"%PDF-1.4 no more")
    with zipfile.ZipFile(folder / "more.zip", "w") as packed:
        packed.writestr("within.txt", "ที่ นน ๐๐๒๓.๓/๒\n")
        packed.writestr("within.exe", "x")
    done = saraban("read", folder, folder / "letter.txt", "--jobs", "1")
    assert done.returncode == 5
    read = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["source"]["name"] for each in read] == ["letter.txt", "within.txt"]
    for line in (
        "old.doc: skipped: of a kind that is not read (save it as PDF first)",
        "notes.xyz: skipped: of a kind that is not read",
        "more.zip!/within.exe: skipped: of a kind that is not read",
        ".hidden.txt: skipped: hidden",
        "broken.pdf [input.damaged]",
    ):
        assert line in done.stderr
    counts = {
        name.strip(): int(count) for name, count in re.findall(r"^ ?(.*?) {2,}([\d,]+) *$", done.stderr, re.MULTILINE)
    }
    assert counts["all entries"] == 9
    assert counts["read"] + counts["failed"] + counts["skipped"] == 9
    assert (counts["of a kind that is not read"], counts["hidden"], counts["named before"]) == (3, 1, 1)
    assert "1 of 3 were not" in done.stderr
    whole = tmp_path / "archive"
    imported = saraban("import", folder, folder / "letter.txt", "--archive", whole, "--json").stdout.splitlines()
    assert json.loads(imported[-1])["met"] == 9


def test_one_file_is_read_without_an_account(tmp_path):
    (tmp_path / "letter.txt").write_text("ที่ นน ๐๐๒๓.๓/๑\n", "utf-8")
    done = saraban("read", tmp_path / "letter.txt", "--format", "text")
    assert (done.returncode, "ที่ นน ๐๐๒๓.๓/๑" in done.stdout, done.stderr) == (0, True, "")


def test_rounds_are_corrected_by_verbs_of_their_own(archive):
    assert "--title" in saraban("rounds", "rename", "--help").stdout
    done = saraban("rounds", "--archive", archive, "rename", "ocr.txt", "--title", "ชื่อใหม่")
    assert (done.returncode, "ชื่อใหม่" in done.stdout) == (0, True)


@pytest.mark.slow
def test_the_record_conforms_to_the_schema_that_the_command_prints():
    schema = json.loads(saraban("schema").stdout)
    done = saraban("read", ROOT / "fixtures" / "seed-like" / "ocr.txt")
    [line] = done.stdout.splitlines()
    jsonschema.validate(json.loads(line), schema)


@pytest.mark.ocr
def test_the_doctor_reads_the_ten_thai_digits():
    done = saraban("doctor")
    assert done.returncode == 0
    assert "๐๑๒๓๔๕๖๗๘๙" in done.stdout
