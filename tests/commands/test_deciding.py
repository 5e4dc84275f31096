"""Decisions from the command line."""

import json

import pytest

from core.errors import UsageError

NUMBER = "letters[0].number"


def test_a_value_is_put_right_found_and_taken_back(run) -> None:
    assert NUMBER in run("settle", "หนังสือ.txt")
    assert "decision 1 kept" in run("set", "หนังสือ.txt", NUMBER, "อต ๐๐๒๓.๓/ว ๑๗๗๔", "--why", "ดูแล้ว", "--as", "ก")
    [hit] = [json.loads(line) for line in run("search", "ว1774", "--json").splitlines()]
    assert hit["name"] == "หนังสือ.txt"
    assert "taken back" in run("undo", "หนังสือ.txt")
    assert run("search", "ว1774", "--json") == ""


def test_every_doubt_is_settled_by_its_path_or_its_rule(run) -> None:
    output = ""
    for path in (NUMBER, "N01"):
        output = run("settle", "หนังสือ.txt", path)
    assert "kept" in output


@pytest.mark.parametrize("words", [("set", "หนังสือ.txt", "letters[0].date", "เมื่อวาน"), ("settle", "หนังสือ.txt", "T01")])
def test_what_cannot_be_meant_is_refused(run, words) -> None:
    with pytest.raises(UsageError):
        run(*words)
