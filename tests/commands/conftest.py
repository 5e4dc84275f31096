"""An archive of one letter, and the command run on it within this process."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import app
from store.archive import Archive
from tests.web.archives import SMALL, put


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
