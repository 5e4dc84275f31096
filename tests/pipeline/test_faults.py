"""What breaks in the middle of the work: a killed worker, a page without end, a page that fails."""

import multiprocessing
import os
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from multiprocessing.util import Finalize
from pathlib import Path

import numpy as np
import pytest

import pipeline.worker_pool
from core.errors import LimitError
from core.limits import Limits
from ingest.page_image_reader import blank_page
from ingest.page_reader import PageReading, PageTask, read_page
from ingest.recognition import tesseract
from ingest.recognition.recognizer import UNREAD, Glyph
from ingest.recognition.tesseract import TesseractFailedError, TesseractRecognizer, TesseractTimeoutError
from ingest.sources.file_type import MediaType
from pipeline.worker_bounds import prepare_worker
from pipeline.worker_pool import page_work
from pipeline.workers import LocalPool

pytestmark = pytest.mark.slow

RUN = os.getpid()
"""Tells the tools of these tests from those that another run left behind."""
NOBODY = TesseractRecognizer("none", Path("/nonexistent"), "no engine")


def tasks(folder, count=3, **limits):
    return [PageTask(folder / "scan.pdf", MediaType.PDF, n, NOBODY, Limits(**limits)) for n in range(1, count + 1)]


def dies_on_page_2(task):
    if task.number == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return PageReading(page=blank_page(task.number, "fake"))


def dies_once_on_page_2(task):
    marker = task.path.with_suffix(".died")
    if task.number == 2 and not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return PageReading(page=blank_page(task.number, "fake"))


def never_ends_on_page_2(task):
    if task.number == 2:
        time.sleep(60)
    return PageReading(page=blank_page(task.number, "fake"))


def codes(readings):
    return [[issue.code for issue in reading.issues] for reading in readings]


@pytest.mark.parametrize(
    ("reader", "expected"),
    [
        (dies_on_page_2, [[], ["page.worker_died"], []]),
        (dies_once_on_page_2, [[], [], []]),
        (never_ends_on_page_2, [[], ["page.timeout"], []]),
    ],
)
def test_one_lost_page_is_an_issue_and_the_others_are_read(monkeypatch, tmp_path, reader, expected):
    monkeypatch.setattr(pipeline.worker_pool, "read_page", reader)
    with LocalPool(2, Limits(stall_seconds=1.5)) as pool:
        readings = list(pool.run(tasks(tmp_path)))
    assert codes(readings) == expected
    assert [reading.page.number for reading in readings] == [1, 2, 3]


def image(number):
    return np.full((2, 3), number, np.uint8)


def test_a_line_that_kills_the_recognizer_takes_no_other_along(monkeypatch):
    deadly = 9

    def reads(pictures, recognizer, **_):
        numbers = [path.read_bytes()[-1] for path in pictures]
        if deadly in numbers:
            raise TesseractFailedError("-8")
        return [[Glyph(0, 0, 1, 1, str(number), 0.9)] for number in numbers]

    monkeypatch.setattr(tesseract, "read_files", reads)
    lines = NOBODY.read_lines([image(number) for number in (0, 1, deadly, 3, 4)], dpi=300)
    read = [(glyph.text, glyph.confidence) for glyphs in lines for glyph in glyphs]
    # What was lost is said: without a sign in its place a line would be missing and nobody would know.
    assert read == [("0", 0.9), ("1", 0.9), (UNREAD, 0.0), ("3", 0.9), ("4", 0.9)]


def test_a_recognizer_that_hangs_whatever_it_is_given_is_given_up_at_once(monkeypatch):
    runs = []

    def hangs(pictures, recognizer, **_):
        runs.append(len(pictures))
        raise TesseractTimeoutError("timeout")

    monkeypatch.setattr(tesseract, "read_files", hangs)
    with pytest.raises(TesseractTimeoutError):
        NOBODY.read_lines([image(number) for number in range(40)], dpi=300)
    assert runs == [40, 20, 20]


def test_a_line_that_hangs_the_recognizer_takes_no_other_along(monkeypatch):
    def reads(pictures, recognizer, **_):
        numbers = [path.read_bytes()[-1] for path in pictures]
        if 9 in numbers:
            raise TesseractTimeoutError("timeout")
        return [[Glyph(0, 0, 1, 1, str(number), 0.9)] for number in numbers]

    monkeypatch.setattr(tesseract, "read_files", reads)
    lines = NOBODY.read_lines([image(number) for number in (0, 1, 9, 3, 4)], dpi=300)
    assert [glyphs[0].text for glyphs in lines] == ["0", "1", UNREAD, "3", "4"]


def test_a_recognizer_that_fails_on_every_line_is_no_empty_page(monkeypatch):
    def fails(pictures, recognizer, **_):
        raise TesseractFailedError("no space left on device")

    monkeypatch.setattr(tesseract, "read_files", fails)
    with pytest.raises(TesseractFailedError, match="no space"):
        NOBODY.read_lines([image(0), image(1), image(2)], dpi=300)


def test_a_page_that_cannot_be_decoded_is_an_issue_not_an_exception(tmp_path):
    path = tmp_path / "scan.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n broken")
    reading = read_page(PageTask(path, MediaType.PNG, 1, NOBODY, Limits()))
    assert [issue.code for issue in reading.issues] == ["page.unread"]
    assert reading.page.number == 1


def commands_with(mark):
    """Return the commands that run with a mark in them, half a minute at most after they were ended."""
    mark = mark.encode()
    until = time.monotonic() + 30
    while True:
        commands = []
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):
                commands.append(path.read_bytes())
        found = [command for command in commands if mark in command]
        if not found or time.monotonic() > until:
            return found
        time.sleep(0.05)


def starts_a_tool_and_hangs(task):
    subprocess.Popen(["sleep", f"3456.{RUN}"])
    (Path(tempfile.gettempdir()) / "left-behind").write_text(tempfile.gettempdir())
    task.path.with_suffix(".began").write_text(tempfile.gettempdir())
    time.sleep(60)


def starts_a_tool_and_is_killed(task):
    subprocess.Popen(["sleep", f"3456.{RUN}"])
    task.path.with_suffix(".began").write_text(tempfile.gettempdir())
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("reader", [starts_a_tool_and_hangs, starts_a_tool_and_is_killed])
def test_the_tools_and_the_temporary_files_of_a_lost_worker_go_with_it(monkeypatch, tmp_path, reader):
    monkeypatch.setattr(pipeline.worker_pool, "read_page", reader)
    with LocalPool(1, Limits(stall_seconds=1.0)) as pool:
        assert codes(pool.run(tasks(tmp_path, 1))) != [[]]
    assert not commands_with(f"3456.{RUN}")
    assert not Path((tmp_path / "scan.began").read_text()).exists()


def leaves_a_tool(task):
    subprocess.Popen(["sh", "-c", f"trap '' TERM; sleep 3457.{RUN}; sleep 3457.{RUN}"])
    return PageReading(page=blank_page(task.number, "fake"))


def test_what_a_tool_left_running_ends_with_the_worker(monkeypatch, tmp_path):
    monkeypatch.setattr(pipeline.worker_pool, "read_page", leaves_a_tool)
    with LocalPool(1) as pool:
        assert codes(pool.run(tasks(tmp_path, 1))) == [[]]
    assert not commands_with(f"3457.{RUN}")


def is_stopped_while_it_ends(folder, began):
    prepare_worker(str(folder), 2_000_000_000)
    subprocess.Popen(["sh", "-c", f"trap '' TERM; sleep 3458.{RUN}; sleep 3458.{RUN}"])
    Finalize(None, os.kill, (os.getpid(), signal.SIGTERM), exitpriority=1)
    began.set()


def test_tools_end_with_a_worker_that_is_stopped_while_it_ends(tmp_path):
    # A pool stops its workers just when they see that there is no more work: CI met it once in a thousand runs.
    forked = multiprocessing.get_context("fork")
    began = forked.Event()
    worker = forked.Process(target=is_stopped_while_it_ends, args=(tmp_path, began))
    worker.start()
    worker.join(30)
    assert began.is_set()
    assert not commands_with(f"3458.{RUN}")


def computes_on_page_2(task):
    while task.number == 2:
        pass
    return PageReading(page=blank_page(task.number, "fake"))


def takes_memory_on_page_2(task):
    taken = bytearray(600_000_000) if task.number == 2 else b""
    return PageReading(page=blank_page(task.number + len(taken), "fake"))


def waits_on_page_2(task):
    time.sleep(1.5 if task.number == 2 else 0)
    return PageReading(page=blank_page(task.number, "fake"))


@pytest.mark.parametrize(
    ("reader", "expected"),
    [
        (computes_on_page_2, [[], ["page.timeout"], []]),
        (takes_memory_on_page_2, [[], ["page.worker_died"], []]),
        (waits_on_page_2, [[], [], []]),
    ],
)
def test_a_page_is_bounded_in_processor_time_and_memory_and_not_in_time_on_the_clock(
    monkeypatch, tmp_path, reader, expected
):
    monkeypatch.setattr(pipeline.worker_pool, "read_page", reader)
    with LocalPool(2, Limits(memory_bytes=500_000_000)) as pool:
        readings = list(pool.run(tasks(tmp_path, page_seconds=1.0)))
    assert codes(readings) == expected


def takes_a_little(task):
    taken = bytearray(100_000_000)
    return PageReading(page=blank_page(min(task.number, len(taken)), "fake"))


def test_what_a_worker_inherits_of_a_large_parent_does_not_use_up_its_memory(monkeypatch, tmp_path):
    monkeypatch.setattr(pipeline.worker_pool, "read_page", takes_a_little)
    ballast = bytearray(600_000_000)
    with LocalPool(1, Limits(memory_bytes=500_000_000)) as pool:
        readings = list(pool.run(tasks(tmp_path)))
    assert (codes(readings), len(ballast)) == ([[], [], []], 600_000_000)


def test_a_result_that_is_too_large_never_reaches_the_parent(monkeypatch, tmp_path):
    monkeypatch.setattr(pipeline.worker_pool, "read_page", waits_on_page_2)
    with LocalPool(1, Limits(result_bytes=10)) as pool, pytest.raises(LimitError, match="result_bytes"):
        pool.begin(page_work(tasks(tmp_path)[0])).result()
