"""What gets lost, or what no parser knows, is told of: a sample of all kinds; `bench/planted_losses.py` has all."""

import random

import pytest

from bench.planted_files import list_zip_members, plant_in_files
from bench.planted_losses import judge, plant
from bench.planted_pages import plant_in_pages


@pytest.mark.slow
def test_of_planted_losses_none_is_silent():
    silent = [(case.kind, case.source, case.page, case.text) for case in plant(60, 20261129) if judge(case) == "silent"]
    assert silent == []


@pytest.mark.slow
def test_a_lost_part_that_nobody_tells_of_would_be_silent():
    """The judge can fail: the record without the plant is no record that tells of it."""
    case = next(case for case in plant_in_pages(random.Random(3)) if case.kind == "lost line")  # noqa: S311
    untold = type(case)(**{name: getattr(case, name) for name in case.__slots__} | {"planted": case.before})
    assert judge(case) == "told"
    assert judge(untold) == "silent"


def test_what_is_added_to_a_file_is_told_of_or_read():
    cases = plant_in_files(random.Random(5))  # noqa: S311
    verdicts = {next(cases).kind: judge(next(cases)) for _ in range(6)}
    assert "silent" not in verdicts.values()


def test_every_member_of_a_zip_file_is_accounted_for(tmp_path):
    names, told = list_zip_members(tmp_path, random.Random(1))  # noqa: S311
    assert names - told == set()
