"""Which words stand where in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thai.lexicon import LONGEST, is_spelled, load_words, measure_word

WORDS = sorted(word for word in load_words() if len(word) in (2, 3, 5, 9))


@pytest.mark.parametrize(
    ("text", "place", "longest"),
    [
        ("เพื่อส่งเสริม", slice(6, 7), 8),
        ("เพื่อสงเสริม", slice(6, 6), 2),
        ("ฝึกอบรม", slice(1, 2), 7),
        ("เพื่อxเสริม", slice(5, 6), 0),
        ("", slice(0, 0), 0),
        ("๑๒๓", slice(1, 2), 0),
    ],
)
def test_the_longest_word_that_goes_across_a_place_is_measured(text, place, longest):
    assert measure_word(text, place) == longest


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), st.data())
def test_it_is_what_looking_at_every_piece_of_the_text_finds(words, data):
    text = "".join(words)
    start = data.draw(st.integers(0, len(text) - 1))
    stop = data.draw(st.integers(start + 1, len(text)))
    every = [
        last - first
        for first in range(start + 1)
        for last in range(stop, len(text) + 1)
        if last - first <= LONGEST and text[first:last] in load_words()
    ]
    assert measure_word(text, slice(start, stop)) == max(every, default=0)


@given(st.sampled_from(WORDS), st.sampled_from(WORDS))
def test_a_place_between_two_letters_is_crossed_by_the_word_that_both_stand_in(one, other):
    assert measure_word(one + other, slice(1, 1)) >= len(one)


@pytest.mark.parametrize(("character", "spelled"), [("ก", True), ("ำ", True), ("่", True), ("๑", False), ("ฯ", False)])
def test_words_are_made_of_letters_and_marks(character, spelled):
    assert is_spelled(character) is spelled
    assert not is_spelled("")
    assert not is_spelled("a")
