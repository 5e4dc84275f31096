"""What is looked at on a machine, and the command that mends what is missing."""

from collections import namedtuple
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from core.settings import Settings
from pipeline import doctor

Usage = namedtuple("Usage", "total used free")


@pytest.mark.parametrize(("free", "good"), [(doctor.LEAST_FREE - 1, False), (doctor.LEAST_FREE, True)])
def test_room_where_the_archive_is_to_be(monkeypatch, tmp_path, free, good):
    asked = []

    def measure(path):
        asked.append(path)
        return Usage(0, 0, free)

    monkeypatch.setattr("shutil.disk_usage", measure)
    found = doctor._disk(Settings(archive=tmp_path / "not" / "yet"))
    assert (found.good, found.optional, asked) == (good, False, [tmp_path])
    assert "SARABAN_ARCHIVE" in found.hint


@pytest.mark.parametrize("extra", doctor._EXTRAS, ids=lambda extra: extra[0])
def test_a_package_that_few_need_is_named_with_the_command(monkeypatch, extra):
    def missing(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr(doctor, "version", missing)
    found = doctor._extra(Settings(lang="th"), *extra)
    assert (found.good, found.optional, found.hint) == (False, True, f"pip install 'saraban[{extra[2]}]'")
    assert found.found == "ยังไม่ได้ติดตั้ง"
    assert doctor._extra(Settings(lang="en"), *extra).found == "not installed"


def test_without_ghostscript_the_command_that_installs_it_is_named(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda _: None)
    found = doctor._ghostscript(Settings(lang="th"))
    assert (found.good, found.optional) == (False, True)
    assert "apt-get install ghostscript" in found.hint


def test_every_extra_is_one_of_the_package():
    project = (Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8")
    assert [extra for _, _, extra in doctor._EXTRAS if f"\n{extra} = [" not in project] == []
