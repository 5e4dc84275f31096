"""A quick part of the hostile corpus, imported at once; `python -m bench.hostile` runs the whole of it."""

import pytest

from bench.hostile import is_plain, run_together
from fixtures.hostile_cases import CASES

QUICK = (
    *("g01", "g02", "g03-head", "g03-truncated-half", "g04-tree-cycle", "g04-nested", "g17-user", "n-no-catalog"),
    *("n-pdf-of-null", "g24-gif", "n23-0x0", "n24-webp", "g29-nul", "g29-bidi", "g33-huge", "n29-utf16", "s-csv-nul"),
    *("s-csv-empty", "s-csv-no-names", "s-xlsx-bad", "s-xlsx-foreign", "s-xlsx-row-9", "n-xlsx-column", "n-xls-noise"),
    *("n-docx-no", "n-docx-bad", "n-docx-foreign", "g25-names", "g25-link", "g25-thai", "g25-encrypted", "n25-method"),
    *("n25-size", "g26-not-utf8", "g26-newline", "g26-255", "g26-terminal", "g27-links", "g27-hole-csv", "g28"),
)
"""Beginnings of names of cases that cost next to nothing."""


def test_every_case_has_a_name_of_its_own():
    names = [case.name for case in CASES]
    assert len(names) == len(set(names)) >= 400


def test_every_beginning_of_a_name_is_one():
    assert not [each for each in QUICK if not any(case.name.startswith(each) for case in CASES)]


@pytest.mark.slow
def test_each_case_ends_as_it_may_and_the_letter_beside_them_is_read(tmp_path):
    cases = [case for case in CASES if case.name.startswith(QUICK) and is_plain(case)]
    ends, whole = run_together(cases, tmp_path / "run")
    assert [f"{case.name}: {end.faults}" for case, end in zip(cases, ends, strict=True) if end.faults] == []
    assert (whole.verdict, whole.faults) == ("ok", [])
