"""The command as a person meets it: help, exit codes, messages. Each run is a process of its own."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).parents[2]
HOSTILE = ROOT / "fixtures" / "hostile"
# All that `saraban --help` may load of this project, and what it must never load.
OURS = {
    "cli",
    "commands",
    "commands.bodies",
    "commands.importing",
    "commands.letters",
    "commands.rounds",
    "commands.session",
    "core",
    "core.errors",
}
HEAVY = set(
    "numpy pandas pydantic pydantic_settings pytesseract pdfplumber pdfminer pythainlp cv2 PIL sqlalchemy alembic rich "  # noqa: SIM905
    "scipy pypdfium2 pikepdf jinja2 rapidfuzz pebble".split()
)


def saraban(*arguments, **environment):
    return subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=180,
        env={**os.environ, "SARABAN_LANG": "en", **environment},
        check=False,
    )


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
    path.write_bytes("ที่ มท".encode("utf-16"))
    done = saraban("read", path)
    assert (done.returncode, "[input.encoding]" in done.stderr) == (4, True)


def test_a_folder_without_documents(tmp_path):
    done = saraban("import", tmp_path, "--archive", tmp_path / "archive")
    assert (done.returncode, "[input.not_found]" in done.stderr) == (4, True)


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
    assert "saraban.traineddata" in done.stderr
    assert saraban("doctor", SARABAN_TESSDATA=str(tmp_path)).returncode == 3


def test_a_missing_tesseract_is_exit_code_3_with_the_command_that_installs_it():
    done = saraban("read", HOSTILE / "empty.pdf", PATH="/nonexistent")
    assert done.returncode == 3
    assert "apt-get install tesseract-ocr" in done.stderr


def test_messages_come_in_thai_too():
    done = saraban("read", HOSTILE / "empty.pdf", SARABAN_LANG="th")
    assert "ไฟล์ว่างเปล่า" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [["diff"], ["read", "x.pdf", "--format", "xml"], ["check", "--fail-on", "fatal"], ["nonsense"], ["read"]],
)
def test_wrong_usage_is_exit_code_2(arguments, tmp_path):
    saraban("import", ROOT / "fixtures" / "seed-like" / "ocr.txt", "--archive", tmp_path)
    done = saraban(*arguments, SARABAN_ARCHIVE=str(tmp_path))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_wrong_setting_names_its_variable():
    done = saraban("doctor", SARABAN_JOBS="many")
    assert (done.returncode, "SARABAN_JOBS" in done.stderr) == (2, True)


def test_an_archive_that_is_no_archive_is_exit_code_8(tmp_path):
    (tmp_path / "saraban.db").write_text("this is no database, and long enough to look at " * 50)
    assert saraban("list", "--archive", tmp_path).returncode == 8


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
