"""Files that were damaged at random end as a record or as an error of ours, and the workers go on."""

import random

import pytest

from bench.fuzz import SAMPLES, damage, read_damaged
from bench.planted_pages import FIXTURES
from core.limits import Limits
from models.document import DocumentStatus
from pipeline.workers import LocalPool

LIMITS = Limits(open_seconds=10, page_seconds=20, document_seconds=20)
DAMAGES = 8
"""Damaged files of each kind; `python -m bench.fuzz --seconds 3600` tries more."""


@pytest.mark.slow
@pytest.mark.parametrize("sample", SAMPLES)
def test_a_damaged_file_ends_as_a_record_or_an_error_of_ours(tmp_path, sample):
    chance, sound = random.Random(sample), FIXTURES / sample  # noqa: S311
    path = tmp_path / f"damaged{sound.suffix}"
    statuses = {status.value for status in DocumentStatus}
    with LocalPool(1, LIMITS) as pool:
        ends = []
        for _ in range(DAMAGES):
            path.write_bytes(damage(sound.read_bytes(), chance))
            ends.append(read_damaged(pool, path, LIMITS))
    assert all(end in statuses or end.startswith("input.") for end in ends), ends


def test_damage_changes_a_file_and_is_the_same_for_the_same_seed():
    first, again = (damage(b"0123456789" * 50, random.Random(7)) for _ in range(2))  # noqa: S311
    assert first == again != b"0123456789" * 50
