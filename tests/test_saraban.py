"""The public interface: what docs/python.md shows runs, and says what it says."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import saraban
from core.errors import NoArchiveError

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "python.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
LETTER = ROOT / "fixtures" / "seed-like" / "ocr.txt"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with the two files of the page; in the second the data is of a later day and a body is complete."""
    text = LETTER.read_text("utf-8")
    (tmp_path / "letter.txt").write_text(text, "utf-8")
    (tmp_path / "next.txt").write_text(text.replace("๑๖ เมษายน", "๒๓ เมษายน").replace("\t✗\t", "\t✓\t", 1), "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SARABAN_JOBS", "1")
    return tmp_path


@pytest.mark.slow
def test_the_examples_of_the_page_run(folder, capsys):
    assert len(EXAMPLES) == 5
    names: dict[str, object] = {}
    for example in EXAMPLES:
        exec(compile(example, "docs/python.md", "exec"), names)  # noqa: S102 - the examples of our own page
    assert "input.not_found" in capsys.readouterr().out


def test_all_that_is_named_is_there_and_documented():
    for name in saraban.__all__:
        assert getattr(saraban, name) is not None
        assert name == "__version__" or getattr(saraban, name).__doc__


def test_importing_it_is_light():
    code = (
        "import sys, saraban; print(sorted({'numpy', 'pandas', 'cv2', 'sqlalchemy', 'pytesseract'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.postgresql
def test_the_records_are_in_the_database_that_the_settings_name(tmp_path, monkeypatch, postgresql_databases):
    monkeypatch.setenv("SARABAN_DATABASE", postgresql_databases.address(tmp_path))
    with saraban.Archive(tmp_path / "archive", create=True) as archive:
        assert archive.documents() == []
    assert not list(tmp_path.rglob("saraban.db"))


@pytest.mark.slow
def test_tables_as_dicts_and_as_frames(folder):
    with saraban.Archive("archive", create=True) as archive:
        [imported] = archive.import_("letter.txt")
        assert imported.error is None
        [letter, *_] = archive.letters()
        frame = archive.letters().to_frame()
        assert frame.loc[0, "number"] == letter["number"]
        assert frame.loc[0, "date"].date() == letter["date"]
        rows = archive.rows("letter.txt")
        assert (len(rows), len(rows.to_frame())) == (80, 80)
        assert set(rows.to_frame()["status"].dropna()) <= {"complete", "incomplete", "not_started"}
        assert str(rows.to_frame()["sequence"].dtype) == "Int64"
        assert list(archive.findings().to_frame().columns) == archive.findings().columns
        assert archive.check("letter.txt", rules=["T01"])[0][1][0].rule == "T01"
        assert archive.rounds()[0].rounds
        assert archive.thread("letter.txt").letters


def test_an_empty_table_has_its_columns_and_types(folder):
    with saraban.Archive("archive", create=True) as archive:
        frame = archive.rows().to_frame()
    assert (len(frame), str(frame["as_of"].dtype)) == (0, "datetime64[s]")


def test_where_there_is_no_archive(tmp_path):
    with pytest.raises(NoArchiveError):
        saraban.Archive(tmp_path / "none")
