"""What the bench says of two readers beside one another."""

import math

import pytest

from bench.readers import count_numbers, measure_correlation


def test_readers_that_err_alike_correlate_and_those_that_do_not_do_not():
    errs = [True, True, False, False]
    assert measure_correlation(errs, errs) == pytest.approx(1)
    assert measure_correlation(errs, [not wrong for wrong in errs]) == pytest.approx(-1)
    assert measure_correlation(errs, [True, False, True, False]) == pytest.approx(0)
    assert math.isnan(measure_correlation(errs, [False] * 4))


def test_each_number_is_agreed_on_once_for_each_time_that_it_is_read():
    truths = ["ที่๑๒/๓๔", "๕๕และ๕๕", "๗"]
    one, other = ["ที่๑๒/๓๔", "๕๕และ๕๕", "๘"], ["ที่๑๒/๓๔", "๕๕และ๖๕", "๘"]
    counts = count_numbers(truths, one, other)
    assert counts == {(True, True): 2, (False, True): 1, (True, False): 1}
