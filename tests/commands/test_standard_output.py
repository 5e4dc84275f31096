"""What becomes of a command whose output nobody takes."""

import subprocess
import sys
from pathlib import Path

import pytest

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
