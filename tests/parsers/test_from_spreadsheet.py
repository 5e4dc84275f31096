"""CSV and XLSX annexes as rounds: columns found, rows reconciled, rules run, rounds compared."""

import csv
import datetime as dt
import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from core.errors import DamagedFileError, EmptyFileError, InputError, LimitError, UsageError
from core.limits import Limits
from core.progress import NullProgress
from core.settings import Settings
from gazetteer.register import load
from ingest.recognition.tesseract import TesseractRecognizer
from ingest.sources.spreadsheet import read_rows
from models.annex import ColumnKind, Status
from models.document import Document
from models.finding import Outcome
from models.table_facts import GivenDay, TableFacts
from parsers.annex.from_spreadsheet import detect_sheet_layout
from parsers.annex.sheet_roles import SheetError
from pipeline.checking import judge
from pipeline.importing import Result, import_files
from pipeline.reading import read_document
from store.archive import Archive
from tests.commands.test_cli import saraban
from thai.typed_dates import parse_typed_day

PROVINCES = ("อุตรดิตถ์", "บุรีรัมย์")
HEADER = ("province", "district", "kind", "name", "status_side44", "จำนวนครัวเรือน")
THEN = dt.date(2022, 12, 31)

NOBODY = TesseractRecognizer("none", Path("/nonexistent"), "no engine")


def read_table(path: Path) -> Document:
    return read_document(path, Settings(), NOBODY, facts=TableFacts(as_of=GivenDay(day=THEN)))


def rows_of(day: dt.date, done: int = 3) -> list[tuple[str, ...]]:
    """All bodies of two provinces as they stood on a day; every so many of them has not passed."""
    bodies = [body for name in PROVINCES for body in load().find_bodies(name, day)]
    return [
        (b.province, b.district, b.kind.value, b.name, "ไม่ผ่าน" if at % done == 0 else "ผ่าน", str(at))
        for at, b in enumerate(bodies)
    ]


def write(path: Path, rows: list[tuple[str, ...]], header: tuple[str, ...] = HEADER, **options) -> Path:
    text = io.StringIO()
    csv.writer(text, **options).writerows([header, *rows])
    path.write_bytes(text.getvalue().encode("utf-8-sig"))
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return write(tmp_path / "lpa_2565.csv", rows_of(THEN))


def test_a_national_table_is_an_annex_a_province_whose_bodies_are_all_found(table: Path) -> None:
    document = read_table(table)
    assert [annex.province.value for annex in document.annexes] == list(PROVINCES)
    rows = [row for annex in document.annexes for row in annex.rows]
    assert len(rows) == len(rows_of(THEN))
    assert all(row.body.value is not None and row.body.value.code for row in rows)
    assert [row.status.value for row in rows[:4]] == [
        Status.INCOMPLETE,
        Status.COMPLETE,
        Status.COMPLETE,
        Status.INCOMPLETE,
    ]
    # The register lists the bodies of a district in an order of its own.
    assert {finding.rule for finding in document.findings} <= {"O09"}
    assert document.annexes[0].as_of.value == THEN


def test_columns_are_found_by_header_or_by_what_is_in_them() -> None:
    layout = detect_sheet_layout(
        [("ชื่อ อปท.", "อำเภอ", "ปี ๒๕๖๕", "อื่น"), ("อบต.ก", "ข", "ผ่าน", "x1"), ("อบต.ค", "ข", "ไม่ผ่าน", "y")]
    )
    assert layout.roles == {"name": 0, "district": 1, "status": 2}
    named = detect_sheet_layout([("หน่วย", "ก"), ("อบต.ก", "1")], {"name": "หน่วย"})
    assert named.roles["name"] == 0
    for header, columns in ((("ก", "ข"), {}), (("ชื่อ",), {"district": "เขตอื่น"}), (("ชื่อ",), {"color": "ชื่อ"})):
        with pytest.raises(SheetError):
            detect_sheet_layout([header, ("1", "2")], columns)


def test_numbers_are_counts_and_words_are_text(table: Path) -> None:
    [first, _] = read_table(table).annexes
    assert [column.kind for column in first.columns] == [
        ColumnKind.TEXT,
        ColumnKind.DISTRICT,
        ColumnKind.TEXT,
        ColumnKind.BODY,
        ColumnKind.TEXT,
        ColumnKind.COUNT,
    ]


@pytest.mark.slow
def test_a_misread_name_and_a_doubled_row_are_found_as_in_a_scan(tmp_path: Path) -> None:
    rows = rows_of(THEN)
    at = next(at for at, row in enumerate(rows) if row[3] == "ผาเลือด")
    rows[at] = (*rows[at][:3], "พาเลือด", *rows[at][4:])
    rows.append(rows[-1])
    document = read_table(write(tmp_path / "t.csv", rows))
    violated = {finding.rule for finding in document.findings if finding.outcome is Outcome.VIOLATED}
    assert {"O02", "O03"} <= violated
    assert document.annexes[0].rows[at].body.value.name == "ผาเลือด"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_spreadsheet_and_any_delimiter_give_the_same_rows(tmp_path: Path, delimiter: str) -> None:
    rows = rows_of(THEN)[:5]
    book = Workbook()
    for row in (HEADER, *rows):
        book.active.append(row)
    book.save(tmp_path / "t.xlsx")
    text = write(tmp_path / "t.csv", rows, delimiter=delimiter)
    assert read_rows(text, Limits()) == read_rows(tmp_path / "t.xlsx", Limits()) == [HEADER, *rows]


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("empty.csv", b"", EmptyFileError),
        ("blank.csv", b"\n,,\n", EmptyFileError),
        ("broken.xlsx", b"PK\x03\x04 no more", DamagedFileError),
        ("quote.csv", b'a,b\n"x,y', DamagedFileError),
        ("odd.csv", "ก".encode("utf-32-be"), InputError),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, name: str, content: bytes, error: type[InputError]) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(error):
        read_rows(path, Limits())


def test_a_file_that_is_too_large_is_refused_before_it_is_read(table: Path) -> None:
    with pytest.raises(LimitError):
        read_rows(table, Limits(file_bytes=10))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2565", dt.date(2022, 12, 31)),
        ("2022-05-01", dt.date(2022, 5, 1)),
        ("๑๖ เมษายน ๒๕๖๔", dt.date(2021, 4, 16)),
        ("next year", None),
        ("2022", None),
    ],
)
def test_the_day_of_a_table(text: str, day: dt.date | None) -> None:
    if day is None:
        with pytest.raises(UsageError):
            parse_typed_day(text, "--as-of", whole_years=True)
    else:
        assert parse_typed_day(text, "--as-of", whole_years=True) == day


@pytest.mark.slow
def test_two_rounds_are_one_series_and_the_rules_between_them_run(tmp_path: Path) -> None:
    earlier = write(tmp_path / "lpa_2565.csv", rows_of(THEN, done=2))
    later = write(tmp_path / "lpa_2568.csv", rows_of(dt.date(2025, 12, 31), done=3))
    with Archive.open(tmp_path / "archive") as store:
        for path, year in ((earlier, 2565), (later, 2568)):
            facts = TableFacts(as_of=GivenDay(day=dt.date(year - 543, 12, 31)))
            for expected in (Result.IMPORTED, Result.UNCHANGED):
                [done] = import_files([path], store, Settings(jobs=1), NOBODY, NullProgress(), facts)
                assert done.result is expected
        assert len(store.snapshots()) == 4
        [(_, verdicts)] = judge(store, ["lpa_2568.csv"], Settings(), ("X01", "X02", "X03"))
    outcomes = {verdict.rule: verdict for verdict in verdicts}
    assert outcomes["X03"].outcome is Outcome.PASSED
    assert outcomes["X02"].outcome is Outcome.VIOLATED
    # บุรีรัมย์ had upgrades between the two, which the ledger explains; อบต.หนองคู and ทต.อิสาณ are gone without a line.
    [gone] = outcomes["X01"].findings
    assert "อบต.หนองคู" in gone.message.th
    assert "ทต.อิสาณ" in gone.message.th
    assert "หาย ๒ " in gone.message.th
    assert "เพิ่ม ๐" in gone.message.th


@pytest.mark.slow
def test_the_command_imports_a_table(table: Path, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    done = saraban("import", table, "--as-of", "2565", "--archive", archive)
    assert (done.returncode, "2 annexes" in done.stderr) == (0, True), done.stderr
    assert "unchanged" in saraban("import", table, "--as-of", "2565", "--archive", archive).stderr
    assert "lpa_2565.csv" in saraban("list", "--archive", archive).stdout
    wrong = saraban("import", table, "--as-of", "soon", "--archive", archive)
    assert (wrong.returncode, "Traceback" in wrong.stderr) == (2, False)
