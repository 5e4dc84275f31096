"""What lines say: words for training and words for measuring, never the same ones."""

import csv
import re
import string
from functools import cache

import numpy as np
import pytest

from training.characters import canonical, is_writable
from training.wording import HELD_OUT_PROVINCES, MOST_CHARACTERS, ROOT, Writer, is_held_out, vocabulary

CONSONANTS = {chr(code) for code in range(ord("ก"), ord("ฮ") + 1)} - set("ฤฦ")
OBSOLETE = set("ฃฅ")


def written(words, seed, count):
    writer = Writer(np.random.default_rng(seed), words)
    return [writer.line() for _ in range(count)]


@cache
def lines(*, held_out=False):
    return written(vocabulary(held_out=held_out), 1, 3000)


def provinces_named(texts):
    names = "|".join([*vocabulary().provinces, *vocabulary(held_out=True).provinces])
    return set(re.findall(f"จังหวัด({names})", "\n".join(texts)))


@pytest.mark.parametrize("kind", ["common", "rare", "given", "family", "english"])
def test_a_word_is_for_training_or_for_measuring(kind):
    trained, held_out = getattr(vocabulary(), kind), getattr(vocabulary(held_out=True), kind)
    assert len(trained) > 3000
    assert len(held_out) > 100
    assert not any(map(is_held_out, trained))
    assert all(map(is_held_out, held_out))
    assert set(map(canonical, trained)) == set(trained)


def test_one_word_in_twenty_is_held_out_and_always_the_same_ones():
    trained, held_out = vocabulary().rare, vocabulary(held_out=True).rare
    assert len(held_out) / len(trained + held_out) == pytest.approx(0.05, abs=0.005)
    # The digest decides: were it another one, words that were trained on would be measured with.
    assert {word for word in ("สงขลา", "ระยอง", "กำแพงเพชร", "เชียงใหม่", "ลำปาง") if is_held_out(word)} == {
        "สงขลา",
        "ระยอง",
        "กำแพงเพชร",
    }


def test_every_province_is_for_training_or_for_measuring():
    trained, held_out = vocabulary().provinces, vocabulary(held_out=True).provinces
    assert set(held_out) == HELD_OUT_PROVINCES
    assert not HELD_OUT_PROVINCES & set(trained)
    assert len(trained) + len(held_out) == 76  # Bangkok has no local bodies of these kinds


def test_a_place_of_a_held_out_province_is_trained_only_where_another_province_has_its_name():
    with (ROOT / "gazetteer" / "data" / "bodies.csv").open(encoding="utf-8") as stream:
        bodies = list(csv.DictReader(stream))
    elsewhere = {
        row[key] for row in bodies for key in ("name", "district") if row["province"] not in HELD_OUT_PROVINCES
    }
    assert set(vocabulary().places) <= elsewhere
    assert len(set(vocabulary(held_out=True).places) - elsewhere) > 100


def test_no_word_for_training_is_the_name_of_a_held_out_province():
    assert HELD_OUT_PROVINCES & {*vocabulary().common, *vocabulary().rare} == set()


def test_every_line_can_be_written_and_is_short_enough():
    for texts in (lines(), lines(held_out=True)):
        assert [text for text in texts if text and not is_writable(text)] == []
        assert texts.count("") <= 3  # a lone ( is cut off, and such a line is left out of training
        assert [text for text in texts if canonical(text) != text] == []
        assert MOST_CHARACTERS - 4 <= max(map(len, texts)) <= MOST_CHARACTERS
        assert min(len(text) for text in texts if text) <= 2
        assert [text for text in texts if text[-1:] in set("เแโใไ(")] == []


def test_the_same_seed_writes_the_same_lines_and_another_seed_others():
    assert written(vocabulary(), 1, 200) == lines()[:200]
    assert written(vocabulary(), 2, 200) != lines()[:200]


def test_lines_hold_every_sign_that_letters_use():
    met = set("".join(lines()))
    assert {*"๐๑๒๓๔๕๖๗๘๙", *string.digits, *string.ascii_letters, *"ะัาำิีึืุูเแโใไ็่้๊๋์ฯๆฤ().,/-:“”"} - met == set()
    assert CONSONANTS - OBSOLETE - met == set()


def test_digits_are_a_good_share_of_what_is_written_and_thai_ones_most_of_them():
    text = "".join(lines())
    thai = len(re.findall("[๐-๙]", text))
    assert thai > 0.05 * len(text)
    assert thai > 2 * len(re.findall("[0-9]", text))
    assert min(text.count(digit) for digit in "๐๑๒๓๔๕๖๗๘๙") > 0.05 * thai


def test_letters_name_the_provinces_that_they_may():
    assert provinces_named(lines(held_out=True)) <= HELD_OUT_PROVINCES
    assert len(provinces_named(lines(held_out=True))) > 1
    assert not provinces_named(lines()) & HELD_OUT_PROVINCES
    assert len(provinces_named(lines())) > 5
