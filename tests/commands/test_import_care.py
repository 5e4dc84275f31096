"""Importing in bulk from the command line: a plan first, a soft stop, what failed, what is taken out, copies."""

import json
import signal
from pathlib import Path

import pytest

from commands.import_run import Brake
from commands.terminal.import_progress import describe_tally
from core.progress import NullProgress
from core.settings import Settings
from pipeline.import_control import ImportControl, ImportEvent
from pipeline.import_tally import ImportTally
from pipeline.importing import import_files
from store.archive import Archive
from tests.commands.test_cli import saraban
from tests.pipeline.test_importing import LETTER, NOBODY, TABLE


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "in"
    made.mkdir()
    for number in range(3):
        (made / f"{number}.txt").write_text("\f".join([LETTER.format(number)] * (number + 1)), "utf-8")
    (made / "broken.pdf").write_bytes(b"%PDF-1.4 no more")
    return made


@pytest.fixture
def archive(folder, tmp_path):
    assert saraban("import", folder, "--archive", tmp_path / "archive").returncode == 5
    return tmp_path / "archive"


def test_a_plan_writes_nothing_and_says_what_would_be_done(folder, tmp_path):
    done = saraban("import", folder, "--dry-run", "--json", "--archive", tmp_path / "archive")
    plan = json.loads(done.stdout)
    assert done.returncode == 5
    assert (plan["met"], plan["known"], plan["to_read"], plan["pages"]) == (4, 0, 3, {"text/plain": 6})
    assert [(each["path"][-10:], each["reason"]) for each in plan["failures"]] == [("broken.pdf", "input.damaged")]
    assert plan["disk_bytes"] > 0
    assert not (tmp_path / "archive").exists()


def test_a_plan_knows_what_is_there(folder, archive):
    (folder / "broken.pdf").unlink()
    (folder / "new.txt").write_text(LETTER.format(9), "utf-8")
    done = saraban("import", folder, "--dry-run", "--archive", archive)
    assert done.returncode == 0
    assert "3 are in the archive, 1 files of 1 pages" in done.stdout


@pytest.mark.slow
def test_what_failed_is_in_quarantine_until_it_is_mended(folder, archive):
    listed = saraban("quarantine", "--archive", archive, "--json")
    [failure] = map(json.loads, listed.stdout.splitlines())
    assert (failure["name"], failure["slug"], failure["attempts"]) == ("broken.pdf", "input.damaged", 1)
    assert saraban("retry", "--archive", archive).returncode != 0
    assert '"attempts":2' in saraban("quarantine", "--archive", archive, "--json").stdout
    table = folder / "table.csv"
    table.write_text('ชื่อ,ผล\n"ก,ข\n', "utf-8")
    saraban("import", table, "--archive", archive)
    assert "not readable (saraban quarantine): 2" in saraban("status", "--archive", archive).stdout
    table.write_text(TABLE, "utf-8")
    saraban("retry", "--archive", archive)
    assert "table.csv" not in saraban("quarantine", "--archive", archive).stdout
    assert "table.csv" in saraban("list", "--archive", archive).stdout


def test_a_document_is_taken_out_with_a_reason_and_put_back(folder, archive):
    assert saraban("remove", "0.txt", "--archive", archive, "--reason", "ซ้ำ").returncode == 0
    assert "0.txt" not in saraban("list", "--archive", archive).stdout
    assert "[archive.removed]" in saraban("show", "0.txt", "--archive", archive).stderr
    assert "ซ้ำ" in saraban("status", "--archive", archive).stdout
    again = saraban("import", folder / "0.txt", "--archive", archive, "--json")
    assert json.loads(again.stdout.splitlines()[0])["reason"] == "removed"
    assert saraban("remove", "0.txt", "--archive", archive, "--reason", "ผิด", "--undo").returncode == 0
    assert "0.txt" in saraban("list", "--archive", archive).stdout


def test_documents_are_read_once_more_by_name_or_state(archive):
    assert saraban("reread", "--archive", archive).returncode == 2
    assert saraban("reread", "--state", "odd", "--archive", archive).returncode == 2
    done = saraban("reread", "1.txt", "--archive", archive)
    assert done.returncode == 0
    assert "1.txt" in done.stderr
    assert "2.txt" not in done.stderr


def test_an_archive_is_verified_copied_and_restored(archive, tmp_path):
    assert saraban("archive", "verify", "--archive", archive).returncode == 0
    assert saraban("archive", "backup", tmp_path / "copy", "--archive", archive).returncode == 0
    assert saraban("archive", "restore", tmp_path / "copy", "--archive", tmp_path / "new").returncode == 0
    assert saraban("archive", "migrate", "--archive", tmp_path / "new").returncode == 0
    kept = next((tmp_path / "new" / "originals").rglob("*.txt"))
    kept.chmod(0o600)
    kept.write_bytes(b"x")
    done = saraban("archive", "verify", "--archive", tmp_path / "new")
    assert done.returncode == 8
    assert "[original_damaged]" in done.stdout


@pytest.mark.slow
def test_shards_are_merged(folder, tmp_path):
    for index in (1, 2):
        saraban("import", folder, "--shard", f"{index}/2", "--archive", tmp_path / str(index))
    done = saraban("archive", "merge", tmp_path / "1", tmp_path / "2", "--archive", tmp_path / "all")
    assert done.returncode == 0
    with Archive.open(tmp_path / "all") as merged:
        assert sorted(each.name for each in merged.documents()) == ["0.txt", "1.txt", "2.txt"]
    assert saraban("import", folder, "--shard", "3/2", "--archive", tmp_path / "x").returncode == 2


def test_a_stop_keeps_what_was_read_and_a_second_run_goes_on(folder, tmp_path):
    with Archive.open(tmp_path / "archive") as archive:
        events: list[ImportEvent] = []
        control = ImportControl(must_stop=lambda: any(each.kind == "page" for each in events), note=events.append)
        first = list(import_files([folder], archive, Settings(jobs=1), NOBODY, NullProgress(), control=control))
        assert len(first) < 4
        shas = {path.name[:64] for path in (archive.folder / "originals").rglob("*.txt")}
        assert sum(len(archive.pages(sha)) for sha in shas) >= 1
        second = list(import_files([folder], archive, Settings(jobs=1), NOBODY, NullProgress()))
        assert len(second) == 4
        assert len(archive.documents()) == 3


def test_the_first_ctrl_c_is_soft_and_the_second_is_not():
    brake = Brake(Settings(lang="en"))
    with brake.listening():
        signal.raise_signal(signal.SIGINT)
        assert brake.is_pulled
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_the_rate_counts_pages_that_were_read_now_alone():
    now = [0.0]
    tally = ImportTally(10, lambda: now[0])
    for _ in range(6):
        tally.add(ImportEvent("done", "known.pdf", result="unchanged"))
    tally.add(ImportEvent("opened", "a.pdf", pages=4))
    assert tally.rate() is None
    for page in range(1, 5):
        now[0] += 2
        tally.add(ImportEvent("page", "a.pdf", page=page))
    tally.add(ImportEvent("done", "a.pdf", doubts=3, result="imported"))
    assert tally.rate() == pytest.approx(0.5)
    assert tally.pages_expected() < 4 + 3 * 4
    assert (tally.seconds_left() or 0) > 0
    line = describe_tally(tally, thai=False)
    assert "pages 4/~" in line
    assert "files 7/10" in line
    assert "doubts 3" in line
    assert "30/min" in line


def test_events_are_json_lines(folder, tmp_path):
    done = saraban("--log-json", "import", folder / "0.txt", "--archive", tmp_path / "archive")
    said = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    kinds = [each["event"]["kind"] for each in said if "event" in each]
    assert kinds == ["opened", "page", "done"]
    assert Path(tmp_path / "archive").exists()
