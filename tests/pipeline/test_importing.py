"""The import: all that was met is accounted for, no fault of one file takes another along, no record gets worse."""

import json
import os
import signal
import time
import zipfile
from collections import Counter
from pathlib import Path

import pytest

import pipeline.document_work
import pipeline.worker_pool
from core.errors import MissingToolError
from core.limits import Limits
from core.progress import NullProgress
from core.settings import Settings
from ingest.page_image_reader import blank_page
from ingest.page_reader import PageReading, PageTask, read_page
from ingest.recognition.tesseract import TesseractRecognizer
from ingest.sources.file_type import MediaType
from ingest.sources.listing import SkipReason
from models.document import DocumentStatus
from models.issue import Issue, Message, Severity
from pipeline.import_outcome import ImportSummary
from pipeline.importing import Result, import_files
from pipeline.reading import assemble
from pipeline.worker_pool import page_work
from pipeline.workers import LocalPool
from store.archive import Archive
from tests.commands.test_cli import saraban

NOBODY = TesseractRecognizer("none", Path("/nonexistent"), "no engine")
LETTER = "ที่ มท ๐๘๑๐.๒/ว {}\n\nเรื่อง การบันทึกข้อมูล\n\nเรียน ผู้ว่าราชการจังหวัด ทุกจังหวัด\n"
TABLE = "จังหวัด,อำเภอ,ชื่อ อปท.,ผล\nอุตรดิตถ์,ตรอน,ทต.ตรอน,ผ่าน\n"


@pytest.fixture
def archive(tmp_path):
    with Archive.open(tmp_path / "archive") as store:
        yield store


@pytest.fixture
def letter(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text(LETTER.format("๑๐๐"), "utf-8")
    return path


def run(archive, *paths, **settings):
    return list(import_files(paths, archive, Settings(jobs=1, **settings), NOBODY, NullProgress()))


def issue(severity, code="page.test"):
    return Issue(code=code, severity=severity, stage="ingest", message=Message(th="ทดสอบ", en="test"))


def fails(task):
    return PageReading(page=blank_page(task.number, "fake"), issues=(issue(Severity.ERROR),))


def leaves_the_proof_out(task):
    reading = read_page(task)
    return reading.model_copy(update={"is_final": False, "issues": (issue(Severity.WARNING),)})


def notes_each_reading(task):
    with task.path.parent.parent.with_name("readings").open("a") as log:
        log.write(f"{task.number}\n")
    return read_page(task).model_copy(update={"issues": (issue(Severity.INFO),)})


def loses_the_tool_on_page_1(task):
    if task.number == 1:
        time.sleep(1)
        raise MissingToolError("gone")
    return read_page(task)


def dies(task):
    os.kill(os.getpid(), signal.SIGKILL)


# --- what is read is what is kept ------------------------------------------------------------------------------------


def test_a_file_that_changes_after_it_was_kept_is_read_as_it_was_kept(archive, letter, monkeypatch):
    real = Archive.keep_original

    def keep_and_change(self, path, *names):
        sha = real(self, path, *names)
        path.write_text(LETTER.format("๙๙๙"), "utf-8")
        return sha

    monkeypatch.setattr(Archive, "keep_original", keep_and_change)
    [outcome] = run(archive, letter)
    record = archive.document(outcome.sha256)
    assert record.letters[0].number.value == "มท 0810.2/ว 100"
    assert archive.original(outcome.sha256).read_text("utf-8") == LETTER.format("๑๐๐")


def test_a_damaged_original_is_mended_by_importing_the_true_file(archive, letter):
    [outcome] = run(archive, letter)
    kept = archive.original(outcome.sha256)
    kept.chmod(0o600)
    kept.write_bytes(b"")
    assert [each.result for each in run(archive, letter)] == [Result.UNCHANGED]
    assert kept.read_bytes() == letter.read_bytes()


def test_a_worse_reading_does_not_take_the_place_of_a_better_one(archive, letter, monkeypatch):
    [good] = run(archive, letter)
    before = archive.document(good.sha256)
    monkeypatch.setattr(pipeline.worker_pool, "read_page", fails)
    other = {"limits": Limits(render_dpi=299)}
    [worse] = run(archive, letter, **other)
    assert (worse.result, worse.reasons) == (Result.BETTER_KEPT, ("page.test", "document.nothing_read"))
    assert archive.document(good.sha256) == before
    monkeypatch.undo()
    assert [each.result for each in run(archive, letter, **other)] == [Result.IMPORTED]


def test_a_failed_reading_is_kept_where_there_is_no_better_one_and_tried_again(archive, letter, monkeypatch):
    monkeypatch.setattr(pipeline.worker_pool, "read_page", fails)
    [outcome] = run(archive, letter)
    assert (outcome.result, outcome.status) == (Result.FAILED, DocumentStatus.FAILED)
    monkeypatch.undo()
    assert [each.status for each in run(archive, letter)] != [DocumentStatus.FAILED]


def test_a_proof_that_could_not_be_made_is_made_up_for(archive, letter, monkeypatch):
    monkeypatch.setattr(pipeline.worker_pool, "read_page", leaves_the_proof_out)
    [first] = run(archive, letter)
    assert [each.code for each in archive.document(first.sha256).issues] == ["page.test"]
    monkeypatch.undo()
    assert [each.result for each in run(archive, letter)] == [Result.IMPORTED]
    assert archive.document(first.sha256).issues == ()
    assert [each.result for each in run(archive, letter)] == [Result.UNCHANGED]


def test_pages_with_notes_alone_are_kept_with_them_and_not_read_again(archive, letter, monkeypatch):
    letter.write_text("\f".join(LETTER.format(number) for number in "๑๒๓"), "utf-8")
    monkeypatch.setattr(pipeline.worker_pool, "read_page", notes_each_reading)
    [first] = run(archive, letter)
    [again] = run(archive, letter, review_confidence=0.7)  # parsed anew, not read anew
    assert (first.result, again.result) == (Result.IMPORTED, Result.IMPORTED)
    assert (archive.folder / "readings").read_text().split() == ["1", "2", "3"]
    assert [each.code for each in archive.document(first.sha256).issues] == ["page.test"] * 3


def test_pages_are_kept_as_they_finish_whatever_came_before_them(archive, letter, monkeypatch):
    letter.write_text("\f".join(LETTER.format(number) for number in "๑๒๓"), "utf-8")
    monkeypatch.setattr(pipeline.worker_pool, "read_page", loses_the_tool_on_page_1)
    with pytest.raises(MissingToolError):
        list(import_files([letter], archive, Settings(jobs=2), NOBODY, NullProgress()))
    [sha] = {path.name[:64] for path in (archive.folder / "originals").rglob("*.txt")}
    assert [page.number for page in archive.pages(sha)] == [2, 3]


# --- what goes wrong ends nothing ------------------------------------------------------------------------------------


def broken_workbook(path, sheet):
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(("ชื่อ อปท.", "ผล"))
    book.save(path)
    with zipfile.ZipFile(path) as parts:
        kept = {name: parts.read(name) for name in parts.namelist()}
    kept["xl/worksheets/sheet1.xml"] = sheet
    with zipfile.ZipFile(path, "w") as parts:
        for name, content in kept.items():
            parts.writestr(name, content)


MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = b'<worksheet xmlns="' + MAIN + b'"><sheetData>%s</sheetData></worksheet>'
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "' + b"x" * 999 + b'">]>' + SHEET % b"<row><c><v>&a;</v></c></row>"
)


@pytest.fixture
def hostile(tmp_path):
    """Entries that cannot be read, by name, and what they are called in the outcome."""
    folder = tmp_path / "hostile"
    folder.mkdir()
    (folder / "empty").mkdir()
    (folder / "folder.csv").mkdir()
    os.mkfifo(folder / "pipe.csv")
    (folder / "zero.csv").symlink_to("/dev/zero")
    (folder / "nul.csv").write_bytes(b"a,b\n\x00\x01,c\n")
    (folder / "quote.csv").write_text('ชื่อ,ผล\n"ก,ข\n', "utf-8")
    (folder / "nothing.csv").write_bytes(b"")
    (folder / "cut.xlsx").write_bytes(b"PK\x03\x04 no more")
    (folder / "no-zip.xlsx").write_bytes(b"\x89PNG no workbook")
    (folder / "cut.xls").write_bytes(b"\xd0\xcf\x11\xe0 no more")
    (folder / "cut.zip").write_bytes(b"PK\x03\x04 no more")
    (folder / "cut.pdf").write_bytes(b"%PDF-1.4 no more")
    broken_workbook(folder / "xml.xlsx", b"<worksheet><sheetData><row>")
    return [*sorted(folder.iterdir()), folder / "vanished.txt", Path("x" * 5000), folder / ("ก" * 200)]


def test_each_hostile_entry_fails_with_a_reason_and_the_others_go_on(archive, letter, hostile):
    named = letter.with_name(os.fsdecode("หนังสือ.txt".encode("cp874")))
    named.write_text(LETTER.format("๒"), "utf-8")
    last = letter.with_name("z.csv")
    last.write_text(TABLE, "utf-8")
    outcomes = run(archive, *hostile, named, letter, last)
    assert len(outcomes) == len(hostile) + 3
    by_result = Counter(outcome.result for outcome in outcomes)
    failed = {outcome.name[:20] for outcome in outcomes if outcome.result is Result.FAILED}
    assert by_result[Result.IMPORTED] == 3, [outcome for outcome in outcomes if outcome.result is Result.FAILED]
    assert by_result[Result.FAILED] == len(hostile), failed
    assert all(outcome.error is not None and outcome.error.slug.startswith("input.") for outcome in outcomes[:-3])
    assert outcomes[-3].name == "หนังสือ.txt"
    assert archive.document("หนังสือ.txt") is not None
    kept = [path for path in (archive.folder / "originals").rglob("*") if path.is_file()]
    assert len(kept) == 3  # what is no document leaves nothing behind


@pytest.mark.parametrize(("name", "content"), [("cut.pdf", b"%PDF-1.4 no more"), ("odd.txt", bytes(range(128, 256)))])
def test_an_error_names_the_file_and_not_the_copy_of_it(archive, letter, name, content):
    path = letter.with_name(name)
    path.write_bytes(content)
    [outcome] = run(archive, path)
    assert outcome.error.detail.startswith(name)
    assert str(archive.folder) not in outcome.error.detail


def test_rows_without_end_and_entities_end_nothing(archive, tmp_path, letter):
    broken_workbook(tmp_path / "far.xlsx", SHEET % b'<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>')
    broken_workbook(tmp_path / "laughs.xlsx", LAUGHS)
    outcomes = run(archive, tmp_path / "far.xlsx", tmp_path / "laughs.xlsx", letter)
    assert outcomes[-1].result is Result.IMPORTED
    assert all(outcome.result in (Result.FAILED, Result.IMPORTED) for outcome in outcomes)


def test_a_fault_of_ours_on_one_document_ends_nothing(archive, letter, monkeypatch):
    other = letter.with_name("other.txt")
    other.write_text(LETTER.format("๗"), "utf-8")
    real = assemble

    def odd(source, *rest):
        if source.name == "letter.txt":
            raise ZeroDivisionError
        return real(source, *rest)

    monkeypatch.setattr(pipeline.document_work, "assemble", odd)
    first, second = run(archive, letter, other)
    assert (first.result, first.error.slug, second.result) == (Result.FAILED, "internal", Result.IMPORTED)


def test_the_same_file_twice_is_read_from_its_bytes_although_the_first_reading_failed(archive, letter, monkeypatch):
    copy = letter.with_name("other.txt")
    copy.write_bytes(letter.read_bytes())
    real = assemble

    def odd(source, *rest):
        if source.name == "letter.txt":
            raise ZeroDivisionError
        return real(source, *rest)

    monkeypatch.setattr(pipeline.document_work, "assemble", odd)
    first, second = run(archive, letter, copy)
    assert (first.result, second.result) == (Result.FAILED, Result.IMPORTED)
    assert archive.original(second.sha256) is not None


def test_a_worker_that_is_killed_while_it_waits_costs_nothing(tmp_path):
    tasks = [PageTask(tmp_path / "a.txt", MediaType.TEXT, number, NOBODY, Limits()) for number in (1, 2, 3)]
    (tmp_path / "a.txt").write_text("ก\fข\fค", "utf-8")
    with LocalPool(1) as pool:
        for task in tasks:
            assert pool.begin(page_work(task)).result().page.text == "กขค"[task.number - 1]
            [worker] = pool.current._pool_manager.worker_manager.workers
            os.kill(worker, signal.SIGKILL)
            time.sleep(0.3)


# --- everything that was met ----------------------------------------------------------------------------------------


class OldInfo(zipfile.ZipInfo):
    """A member as Thai Windows wrote it: its name in the old code page, with no flag."""

    def _encodeFilenameFlags(self):  # noqa: N802 - the name is zipfile's
        return self.filename.encode("cp874"), self.flag_bits & ~0x800


@pytest.fixture
def shelf(tmp_path):
    """A folder as offices have them."""
    folder = tmp_path / "shelf"
    (folder / ".hidden").mkdir(parents=True)
    (folder / "year").mkdir()
    (folder / "a.txt").write_text(LETTER.format("๑"), "utf-8")
    (folder / "year" / "table.csv").write_text(TABLE, "utf-8")
    (folder / "year" / "broken.pdf").write_bytes(b"%PDF-1.4")
    (folder / "notes.doc").write_bytes(b"x")
    (folder / "photo.webp").write_bytes(b"x")
    (folder / "Thumbs.db").write_bytes(b"x")
    (folder / "~$บัญชี.xlsx").write_bytes(b"x")
    (folder / "link.txt").symlink_to(folder / "a.txt")
    os.mkfifo(folder / "pipe.txt")
    with zipfile.ZipFile(folder / "scans.zip", "w") as parts:
        parts.writestr("ปี/b.txt", LETTER.format("๒"))
        parts.writestr("../../outside.txt", LETTER.format("๓"))
        parts.writestr("__MACOSX/._b.txt", "x")
        parts.writestr("odd.exe", "x")
        parts.writestr(OldInfo("หนังสือเก่า.txt"), LETTER.format("๔"))
    return folder


def test_every_entry_is_accounted_for_and_the_numbers_add_up(archive, shelf, tmp_path):
    summary = ImportSummary()
    outcomes = run(archive, shelf)
    for outcome in outcomes:
        summary.add(outcome)
    names = {outcome.origin.removeprefix(f"{shelf}/"): outcome for outcome in outcomes}
    imported = {name for name, outcome in names.items() if outcome.result is Result.IMPORTED}
    assert imported == {
        "a.txt", "year/table.csv", "scans.zip!/ปี/b.txt", "scans.zip!/../../outside.txt", "scans.zip!/หนังสือเก่า.txt"
    }  # fmt: skip
    skipped = {name: outcome.skipped for name, outcome in names.items() if outcome.skipped}
    assert skipped == {
        ".hidden": SkipReason.HIDDEN,
        "notes.doc": SkipReason.FORMAT,
        "photo.webp": SkipReason.FORMAT,
        "Thumbs.db": SkipReason.SYSTEM_FILE,
        "~$บัญชี.xlsx": SkipReason.SYSTEM_FILE,
        "link.txt": SkipReason.LINK,
        "pipe.txt": SkipReason.SPECIAL,
        "scans.zip!/__MACOSX/._b.txt": SkipReason.HIDDEN,
        "scans.zip!/odd.exe": SkipReason.FORMAT,
    }
    assert [name for name, outcome in names.items() if outcome.result is Result.FAILED] == ["year/broken.pdf"]
    assert summary.met == sum(summary.results.values()) == len(outcomes) == 15
    assert not (tmp_path / "outside.txt").exists()
    assert archive.origins(names["scans.zip!/ปี/b.txt"].sha256) == [f"{shelf}/scans.zip!/ปี/b.txt"]
    assert {each.result for each in run(archive, shelf)} == {Result.UNCHANGED, Result.SKIPPED, Result.FAILED}


def test_the_same_bytes_from_two_places_are_one_document_with_two_origins(archive, letter, tmp_path):
    copy = tmp_path / "copy" / "scan.txt"
    copy.parent.mkdir()
    copy.write_bytes(letter.read_bytes())
    first, second = run(archive, letter, copy)
    assert first.sha256 == second.sha256
    assert archive.origins(first.sha256) == [str(letter), str(copy)]


def nested(path, depth, content=b"x"):
    name = "inner.txt"
    for level in range(depth):
        target = path.with_name(f"{level}.zip")
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as parts:
            parts.writestr(name, content)
        content, name = target.read_bytes(), target.name
    target.replace(path)


@pytest.mark.parametrize(
    ("depth", "content", "limits", "slug"),
    [
        (1, b"0" * 2_000_000, {}, "input.limit"),
        (4, LETTER.format("๑").encode(), {}, "input.limit"),
        (1, LETTER.format("๑").encode(), {"archive_bytes": 10}, "input.limit"),
        (3, LETTER.format("๑").encode(), {}, None),
    ],
)
def test_a_zip_file_is_bounded(archive, tmp_path, depth, content, limits, slug):
    nested(tmp_path / "all.zip", depth, content)
    [outcome] = run(archive, tmp_path / "all.zip", limits=Limits(**limits))
    assert (outcome.error.slug if outcome.error else None) == slug


@pytest.mark.slow
def test_the_command_tells_of_every_entry(shelf, tmp_path):
    done = saraban("import", shelf, "--archive", tmp_path / "other", "--json")
    *entries, sums = map(json.loads, done.stdout.splitlines())
    assert done.returncode == 5
    assert sums["met"] == len(entries) == sum(sums["results"].values()) == 15
    assert {entry["reason"] for entry in entries if entry["result"] == "skipped"} == set(sums["skipped"])
    told = saraban("import", shelf, "--archive", tmp_path / "other")
    assert "save it as PDF first" in told.stderr
    assert "year/broken.pdf [input.damaged]" in told.stderr


def test_a_zip_file_without_a_file_is_told_of(archive, tmp_path):
    path = tmp_path / "empty.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("folder/", b"")
    [outcome] = import_files([path], archive, Settings(jobs=1), NOBODY, NullProgress())
    assert outcome.error is not None
    assert outcome.error.slug == "input.not_found"
