"""What becomes of a command whose output nobody takes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from store.archive import Archive

ROOT = Path(__file__).parents[2]


def run(stdout):
    command = [sys.executable, "-m", "cli", "schema"]
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, text=True, cwd=ROOT, check=False)


@pytest.mark.slow
def test_a_full_disk_behind_standard_output_is_told_of():
    with Path("/dev/full").open("w") as full:
        done = run(full)
    assert done.returncode == 2
    assert done.stderr.startswith("✗ [target.unwritable]")
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@pytest.mark.slow
def test_a_reader_that_had_enough_is_told_nothing():
    command = [sys.executable, "-m", "cli", "schema"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT) as process:
        process.stdout.close()
        told = process.stderr.read()
    assert (process.returncode, told) == (1, "")


@pytest.mark.slow
@pytest.mark.parametrize("closed", [">&-", "2>/dev/full", "<&- >&- 2>&-"])
def test_an_import_goes_on_where_nothing_can_be_told(tmp_path, closed):
    letter = tmp_path / "a.txt"
    letter.write_text("ที่ มท ๐๘๑๐.๒/ว ๑๐๐\n\nเรื่อง การบันทึกข้อมูล\n", "utf-8")
    command = f"{sys.executable} -m cli import {letter} --archive {tmp_path / 'archive'} {closed}"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr.count("internal")) == (0, 0)
    with Archive.open(tmp_path / "archive") as archive:
        assert [each.name for each in archive.documents()] == ["a.txt"]


def test_reading_leaves_nothing_on_the_machine(tmp_path):
    """Libraries keep marks of the machine to tell their makers of it, unless they are told not to."""
    folders = {name: str(tmp_path / name) for name in ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "TMPDIR")}
    for folder in folders.values():
        Path(folder).mkdir()
    command = [sys.executable, "-m", "cli", "read", "fixtures/cases/h05-regulation-scan.pdf"]
    environment = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"} | folders
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, check=False)
    assert done.stdout
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
