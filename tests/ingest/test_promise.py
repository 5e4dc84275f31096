"""What may be promised of values that ask for nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.promise import _NUMBER, judge_values, promise
from core.settings import Settings
from ingest.recognition.promise import MOST_SILENT, bound_share, read_promises
from ingest.recognition.recognizer import Glyph
from pipeline.doctor import describe_promises


def glyphs(text, confidence=0.95):
    return [Glyph(0, 0, 1, 1, character, confidence) for character in text]


@pytest.mark.parametrize(
    ("wrong", "count", "bound"), [(0, 100, 0.0295), (0, 3000, 0.000998), (2, 100, 0.0616), (5, 5, 1)]
)
def test_the_bound_is_that_of_the_tables(wrong, count, bound):
    assert bound_share(wrong, count) == pytest.approx(bound, rel=0.01)


@given(st.integers(0, 50), st.integers(1, 2000))
def test_a_bound_is_above_the_share_and_falls_with_more_values(wrong, more):
    count = wrong + more
    assert wrong / count < bound_share(wrong, count) <= 1
    assert bound_share(wrong, 2 * count) < bound_share(wrong, count)


def test_a_value_is_right_only_where_it_stands():
    assert list(judge_values(_NUMBER, "ก๑๒ข๓๔", glyphs("ก๑๒ข๓๔"))) == [(0.95, True), (0.95, True)]
    assert list(judge_values(_NUMBER, "ก๑๒ข๓๔", glyphs("ก๑๓ข๓๔"))) == [(0.95, False), (0.95, True)]
    assert [right for _, right in judge_values(_NUMBER, "ก๑๒๓", glyphs("ก๑๓"))] == [False]
    assert [right for _, right in judge_values(_NUMBER, "ก๑๓", glyphs("ก๑๒๓"))] == [False]
    assert [right for _, right in judge_values(_NUMBER, "กข", glyphs("ก๑"))] == [False]
    assert [right for _, right in judge_values(_NUMBER, "๑๒๓ก", glyphs("๒๓ก"))] == [False]


def test_of_few_values_nothing_strict_can_be_promised():
    few = promise("number", [(0.99, True)] * 100)
    assert few.strict is None
    assert few.asks_strict == few.right == 100
    assert few.bound > MOST_SILENT
    many = promise("number", [(0.99, True)] * 4000 + [(0.5, False)] * 40)
    assert many.strict is not None
    assert 0.5 < many.strict <= 0.99
    assert (many.silent, many.asks, many.asks_strict) == (0, 0, 0)


@pytest.mark.parametrize("reader", ["tesseract", "fast", "both"])
@pytest.mark.parametrize("lang", ["th", "en"])
def test_every_reader_that_ships_says_what_it_is_worth(reader, lang):
    assert [each.kind for each in read_promises("saraban", reader)] == ["number", "words"]
    first, second, basis = describe_promises(Settings(reader=reader, lang=lang))
    assert "%" in first
    assert "%" in second
    assert ("Real papers" if lang == "en" else "เอกสารจริง") in basis


def test_of_another_model_nothing_is_promised(tmp_path):
    [sentence] = describe_promises(Settings(tessdata=tmp_path, lang="en"))
    assert "nothing" in sentence
