"""Decisions and search from the command line."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import app
from core.errors import UsageError
from store.archive import Archive
from tests.web.archives import SMALL, put

NUMBER = "letters[0].number"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "หนังสือ.txt"
    path.write_text(SMALL, "utf-8")
    with Archive.open(tmp_path / "archive") as archive:
        put(archive, path)
    monkeypatch.setenv("SARABAN_ARCHIVE", str(tmp_path / "archive"))
    monkeypatch.setenv("SARABAN_LANG", "en")
    runner = CliRunner()

    def call(*words: str):
        done = runner.invoke(app, list(words))
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.output

    return call


def test_a_value_is_put_right_found_and_taken_back(run) -> None:
    assert NUMBER in run("settle", "หนังสือ.txt")
    assert "decision 1 kept" in run("set", "หนังสือ.txt", NUMBER, "อต ๐๐๒๓.๓/ว ๑๗๗๔", "--why", "ดูแล้ว", "--as", "ก")
    [hit] = [json.loads(line) for line in run("search", "ว1774", "--json").splitlines()]
    assert hit["name"] == "หนังสือ.txt"
    assert "taken back" in run("undo", "หนังสือ.txt")
    assert run("search", "ว1774", "--json") == ""


def test_a_search_says_where_it_shows_and_looks_for_less(run, tmp_path) -> None:
    assert "there are more" not in run("search", "ว1774", "--limit", "1")
    other = tmp_path / "อื่น.txt"
    other.write_text(SMALL.replace("๒๙ เมษายน", "๓๐ เมษายน"), "utf-8")
    with Archive.open(tmp_path / "archive") as archive:
        put(archive, other)
    assert "there are more than these 1 " in run("search", "ระบบข้อมูลกลาง", "--limit", "1")
    assert "only its beginning" in run("search", *map(str, range(20)))
    assert "only its beginning" not in run("search", *map(str, range(16)))


def test_every_doubt_is_settled_by_its_path_or_its_rule(run) -> None:
    output = ""
    for path in (NUMBER, "N01"):
        output = run("settle", "หนังสือ.txt", path)
    assert "kept" in output


@pytest.mark.parametrize("words", [("set", "หนังสือ.txt", "letters[0].date", "เมื่อวาน"), ("settle", "หนังสือ.txt", "T01")])
def test_what_cannot_be_meant_is_refused(run, words) -> None:
    with pytest.raises(UsageError):
        run(*words)


def test_a_certificate_that_is_none_is_refused_before_anything_is_served(run, tmp_path) -> None:
    none = tmp_path / "none.pem"
    none.write_text("-", "ascii")
    for words in (
        ("--tls-cert", str(none)),
        ("--tls-cert", str(none), "--tls-key", str(none)),
        ("--tls-key", str(none)),
    ):
        with pytest.raises(UsageError, match="--tls"):
            run("serve", "--no-browser", *words)
