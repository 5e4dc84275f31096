"""Two readings of a line → one: what is in dispute, who is right, and what it is worth."""

import itertools
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.recognition.ctc_decoding import NULL, SPACE, decode_best_path
from ingest.recognition.joint_confidence import JointConfidence
from ingest.recognition.joint_decoding import (
    MOST_MARGIN,
    JointCharacter,
    NetworkReading,
    Spelling,
    _cut_stretch,
    decode_jointly,
    find_disputes,
    score_texts,
)

CHARACTERS = (" ", "joined", "null", *"กขx๐๑๒๓๔๕๖๗๘๙าว่")
OUTPUTS = {character: number for number, character in enumerate(CHARACTERS)}


def encode(text):
    return tuple(OUTPUTS[character] for character in text)


def write_reading(text, sure=0.9, rival=None, step=3, steps=200):
    """Return what a network would say that reads a text: each character at every third step, none between.

    Args:
        text: What it reads.
        sure: Probability that it gives to each character; the rest is the rival's.
        rival: Text whose character stands second at each place; None for x everywhere.
    """
    rest = rival or "x" * len(text)
    probabilities = np.full((steps, len(CHARACTERS)), 1e-6, np.float32)
    probabilities[:, NULL] = 0.99
    for place, (character, other) in enumerate(itertools.zip_longest(text, rest[: len(text)])):
        row = probabilities[2 + 3 * place]
        row[NULL] = 1e-4
        row[OUTPUTS[other]] = 1 - sure
        row[OUTPUTS[character]] = sure
    return NetworkReading(probabilities, decode_best_path(probabilities, step), step)


def decode(first, second, weight, words=0.0):
    return decode_jointly(first, second, weight, Spelling(CHARACTERS, words))


def read(characters):
    return "".join(CHARACTERS[character.output] for character in characters)


def test_two_that_agree_bear_each_other_out():
    found = decode(write_reading("ก๑๒", 0.9), write_reading("ก๑๒", 0.8), 0.5)
    assert read(found) == "ก๑๒"
    assert [character.margin for character in found] == [None] * 3
    # Sure of itself, and of nothing beside it: ctc_decoding has both in one.
    assert found[0].agreed == pytest.approx(0.8**2, abs=0.01)


def test_the_likelier_reading_stays_and_the_other_is_kept_beside_it():
    unsure, sure = write_reading("๑๓๒", 0.55, rival="๑๔๒"), write_reading("๑๔๒", 0.99)
    found = decode(unsure, sure, 1.0)
    assert read(found) == "๑๔๒"
    assert [character.other for character in found] == [None, encode("๓"), None]
    assert read(decode(sure, unsure, 1.0)) == "๑๔๒"
    assert 0 < (found[1].margin or 0) <= MOST_MARGIN


def test_a_weight_of_nothing_leaves_the_first_reading():
    found = decode(write_reading("๑๓๒", 0.55, rival="๑๔๒"), write_reading("๑๔๒", 0.99), 0.0)
    assert read(found) == "๑๓๒"
    assert found[1].other == encode("๔")


def test_spaces_are_the_first_ones_own():
    found = decode(write_reading("ก ๑๒"), write_reading("ก๑ ๒"), 0.5)
    assert read(found) == "ก ๑๒"
    assert all(character.margin is None for character in found)


def test_what_was_left_out_stands_beside_its_neighbor():
    found = decode(write_reading("๑๓", 0.999), write_reading("๑๒๓", 0.6), 0.1)
    assert read(found) == "๑๓"
    assert found[0].other == encode("๑๒")
    first = decode(write_reading("๓", 0.999), write_reading("๑๓", 0.6), 0.1)
    assert first[0].other == encode("๑๓")


def test_a_line_that_one_finds_empty():
    assert decode(write_reading(""), write_reading(""), 0.5) == []
    assert decode(write_reading("", steps=1), write_reading("", steps=1), 0.5) == []
    assert read(decode(write_reading("๑", 0.6), write_reading(""), 9.0)) == "๑"
    assert read(decode(write_reading(""), write_reading("๑", 0.6), 0.1)) == "๑"


def test_the_score_of_a_text_is_the_sum_over_all_its_alignments():
    random = np.random.default_rng(3)
    steps = random.dirichlet(np.ones(len(CHARACTERS)), 4).astype(np.float32)
    for text in ("", "ก", "กข", "กก", "๑๒๓"):
        wanted = 0.0
        for path in itertools.product(range(len(CHARACTERS)), repeat=4):
            kept = tuple(output for output, _ in itertools.groupby(path) if output != NULL)
            if kept == encode(text):
                wanted += float(np.prod(steps[np.arange(4), path]))
        [found] = score_texts([(steps, encode(text))])
        assert np.exp(found) == pytest.approx(wanted, rel=1e-3)


def test_a_text_with_more_characters_than_steps_is_impossible():
    steps = write_reading("๑", steps=3).probabilities
    one, other = score_texts([(steps, encode(text)) for text in ("๑", "๑๒๓๔๕")])
    assert one > -5 > -1000 > other


@given(st.text("กข๑๒ ", max_size=8), st.text("กข๑๒ ", max_size=8))
def test_disputes_and_what_they_leave_make_up_both_readings(one, other):
    first, second = encode(one), encode(other)
    disputes = find_disputes(first, second)
    rest = [list(first), list(second)]
    for dispute in reversed(disputes):
        del rest[0][dispute.first], rest[1][dispute.second]
    bare = [[output for output in side if output != SPACE] for side in rest]
    assert bare[0] == bare[1]


@given(st.text("กข๑๒ ", max_size=8), st.text("กข๑๒ ", max_size=8), st.sampled_from([0.0, 0.5, 5.0]))
def test_nothing_that_either_reads_is_lost(one, other, weight):
    found = decode(write_reading(one, 0.8), write_reading(other, 0.8), weight)
    letters = [each for each in found if each.output != SPACE]  # spaces get no glyph, and so nothing stands beside them
    rest = [(each.output,) if each.other is None else each.other for each in letters]
    both = Counter(each.output for each in letters) + Counter(output for stretch in rest for output in stretch)
    del both[SPACE]
    assert both == Counter(encode((one + other).replace(" ", "")))


def test_a_word_that_was_left_out_stands_beside_the_word_before_it():
    found = decode(write_reading("ก ๑ ข", 0.6), write_reading("ก ข", 0.99), 5.0)
    assert read(found).split() == ["ก", "ข"]
    assert found[0].other == encode("ก๑")
    assert found[0].beside


def test_what_a_reading_is_worth():
    agreed, disputed, beside = (0.0, 1.0, 0.0, 1.0), (0.0, 0.0, 1.0, 0.0), (-2.0, 0.0, 0.0, 0.0)
    worth = JointConfidence(0.5, 0.0, agreed, disputed, beside, curve=((0.0, 0.0), (1.0, 0.9)))
    assert worth.judge(JointCharacter(3, 0, 0.8, agreed=0.2)) == pytest.approx(0.72)
    assert worth.judge(JointCharacter(3, 0, 0.8, margin=0.0, other=())) == pytest.approx(0.45)
    assert worth.judge(JointCharacter(3, 0, 0.8, margin=8.0, other=())) > 0.89
    assert worth.judge(JointCharacter(3, 0, 0.8, margin=8.0, other=(3, 4), beside=True)) < 0.12
    in_a_word, in_none = (worth.judge(JointCharacter(3, 0, 0.8, agreed=0.8, word=word)) for word in (8, 0))
    assert in_none < worth.judge(JointCharacter(3, 0, 0.8, agreed=0.8)) < in_a_word


def test_a_word_goes_before_what_is_none_though_a_network_is_surer_of_that():
    none, word = write_reading("xาว", 0.7, rival="ขาว"), write_reading("ขาว", 0.55, rival="xาว")
    assert read(decode(none, word, 0.5)) == "xาว"
    found = decode(none, word, 0.5, words=1.0)
    assert read(found) == "ขาว"
    assert found[0].other == encode("x")


def test_words_say_nothing_of_numbers():
    one, other = write_reading("๑๓", 0.6), write_reading("๑๔", 0.55)
    assert decode(one, other, 0.5, words=9.0) == decode(one, other, 0.5)


def test_no_word_takes_a_digit_away():
    one, other = write_reading("ข๑าว", 0.6, rival="ขาวx"), write_reading("ขาว", 0.55)
    assert decode(one, other, 0.0, words=9.0) == decode(one, other, 0.0)


def test_a_stretch_begins_at_the_step_that_names_the_glyph_before_it():
    for start in range(1, 6):
        probabilities = np.full((12, len(CHARACTERS)), 1e-6, np.float32)
        probabilities[:, NULL] = 1.0
        probabilities[start, NULL], probabilities[start, OUTPUTS["ก"]] = 0.01, 0.99
        probabilities[start + 2, NULL], probabilities[start + 2, OUTPUTS["๑"]] = 0.4, 0.6
        first = NetworkReading(probabilities, decode_best_path(probabilities, 4), 4)
        [(along, text), _] = _cut_stretch(first, slice(1, 2), (encode("๑"), encode("๒")))
        assert text == encode("ก๑")
        assert along[0, OUTPUTS["ก"]] == pytest.approx(0.99)


def test_of_letters_that_are_not_surely_read_the_word_is_told():
    found = decode(write_reading("ขาว๓", 0.9), write_reading("ขาว๓", 0.8), 0.5)
    assert [character.word for character in found] == [3, 3, 3, None]
    found = decode(write_reading("ขาว", 0.999), write_reading("ขาว", 0.999), 0.5)
    assert [character.word for character in found] == [None] * 3
