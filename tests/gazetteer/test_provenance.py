"""Where the shipped facts come from is told of every table that ships."""

import csv
from importlib import resources

from gazetteer.provenance import list_sources
from tests.commands.test_cli import saraban

DATA = resources.files("gazetteer") / "data"


def test_every_table_that_ships_has_its_source_and_its_rows():
    told = {each.file: each for each in list_sources("th")}
    assert set(told) == {path.name for path in DATA.iterdir() if path.name.endswith(".csv")}
    for file, each in told.items():
        with (DATA / file).open(encoding="utf-8") as stream:
            assert each.rows == sum(1 for _ in csv.DictReader(stream))
        assert each.file in (DATA / "PROVENANCE.md").read_text("utf-8")


def test_the_command_says_it_in_either_language():
    thai, english = (saraban("bodies", "sources", SARABAN_LANG=lang).stdout for lang in ("th", "en"))
    assert "กรมควบคุมโรค" in thai
    assert "Department of Disease Control" in english
