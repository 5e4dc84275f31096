"""Letters of a text layer that are printed twice, or belong to a watermark."""

import math
from pathlib import Path

import pytest

from core.limits import Limits
from ingest.text_layer.character_layers import get_light, split_characters
from ingest.text_layer.extraction import read_text_layer
from models.ocr import IslandKind

CASES = Path(__file__).parents[2] / "fixtures/cases"
BLACK, PALE = (0.0, 0.0, 0.0), (0.75, 0.75, 0.75)


def written(text, left=100.0, top=100.0, size=16.0, color=BLACK, degrees=0.0):
    turn = math.radians(degrees)
    chars = []
    for n, letter in enumerate(text):
        x, y = left + n * 0.45 * size * math.cos(turn), top - n * 0.45 * size * math.sin(turn)
        chars.append(
            {
                "text": letter,
                "matrix": (math.cos(turn), math.sin(turn), -math.sin(turn), math.cos(turn), x, 800 - y),
                "fontname": "Sarabun",
                "adv": 0.45 * size,
                "size": size,
                "non_stroking_color": color,
                "x0": x,
                "x1": x + 0.42 * size,
                "top": y,
                "bottom": y + size,
            }
        )
    return chars


def text(chars):
    return "".join(char["text"] for char in chars)


@pytest.mark.parametrize("shift", [0.0, 0.3, 1.0, 1.8])
def test_what_is_printed_twice_is_taken_once(shift):
    line = written("ที่ อต 52401/ว 467")
    layers = split_characters([*line, *written("ที่ อต 52401/ว 467", left=100.0 + shift)])
    assert text(layers.text).replace(" ", "") == "ที่อต52401/ว467"
    assert layers.repeated


@pytest.mark.parametrize("word", ["กกก", "๐ ๕๕๑๑ ๒๒๓๓", "....", "1,111,111"])
def test_letters_that_follow_themselves_stay(word):
    layers = split_characters(written(word))
    assert (text(layers.text), layers.repeated) == (word, 0)


@pytest.mark.parametrize(
    "mark",
    [
        written("สำเนา", degrees=45),
        written("ลับ", size=60, color=PALE, top=400),
        written("ทดสอบ", color=PALE),
        [c for n in range(3) for c in written("ทดสอบ", color=PALE, top=300 + 100 * n)],
    ],
    ids=["slanted", "large", "under the text", "repeated"],
)
def test_a_watermark_is_no_text(mark):
    layers = split_characters([*mark, *written("เรื่อง การประชุม")])
    assert text(layers.text) == "เรื่อง การประชุม"
    assert layers.watermark == mark


@pytest.mark.parametrize(
    "own",
    [
        written("หมายเหตุ", color=PALE, top=700),
        [c for n in range(9) for c in written("รายงานแล้ว", top=300 + 20 * n)],
        written("เอกสารแนบ", degrees=90, top=500),
    ],
    ids=["pale", "repeated", "upright on its side"],
)
def test_what_only_looks_a_little_like_one_stays(own):
    layers = split_characters([*written("เรื่อง การประชุม"), *own])
    assert text(layers.text) == "เรื่อง การประชุม" + text(own)


def test_writing_that_the_paper_shows_through_is_pale():
    mark, line = written("ร่าง", size=60), written("เรื่อง การประชุม", top=300)
    assert split_characters([*line, *mark]).watermark == []
    assert split_characters([*line, *mark], [(90, 90, 300, 170)]).watermark == mark


@pytest.mark.parametrize(
    ("color", "light"), [((0.5,), 0.5), (PALE, 0.75), ((0, 0, 0, 0.25), 0.75), (None, 0.0), (("P1",), 0.0), ((), 0.0)]
)
def test_the_light_of_a_color(color, light):
    assert get_light(color) == light


def test_the_words_of_a_watermark_are_kept_beside_the_lines():
    page, why = read_text_layer(CASES / "h27-watermark.pdf", 1, Limits())
    assert why == ()
    [island] = page.leftover
    assert island.kind is IslandKind.WATERMARK
    assert island.text.startswith("สำนักงานทดสอบกฎหมายกลาง")
    assert "กฎหมายกลาง" not in page.text
    assert page.prepared == ("layer.watermark",)


def test_a_layer_that_is_printed_twice_says_each_line_once():
    page, why = read_text_layer(CASES / "h17-overprint.pdf", 1, Limits())
    assert why == ()
    assert page.lines[0].text == "ที่ อต ๕๒๔๐๑/ว ๔๖๗ สำนักงานเทศบาลตำบลทดสอบ"
    assert page.prepared == ("layer.overprint",)
