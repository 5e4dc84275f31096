"""The characters in Tesseract's own form."""

import shutil
import string
import subprocess

import pytest

from training.characters import characters
from training.unicharset import unicharset

LINES = unicharset().splitlines()
NUMBERS = {character: number for number, character in enumerate(characters())}
LETTER, LOWER, UPPER, DIGIT, PUNCTUATION = 1, 2, 4, 8, 16


def entry(character):
    """Return the fields of a character that can be told apart: name, properties, box, script, other case, …"""
    return LINES[1 + NUMBERS[character]].split(" ")


def test_a_count_and_a_line_for_each_character_in_the_order_of_the_outputs():
    assert int(LINES[0]) == len(characters()) == len(LINES) - 1
    assert [line.split(" ")[0] for line in LINES[1:]] == ["NULL", *characters()[1:]]
    assert unicharset().endswith("\n")


@pytest.mark.parametrize(
    ("them", "properties"),
    [
        (string.ascii_lowercase, LETTER | LOWER),
        (string.ascii_uppercase, LETTER | UPPER),
        (string.digits + "๐๑๒๓๔๕๖๗๘๙", DIGIT),
        ("กฮเำๆ", LETTER),
        ("().,/-“”%", PUNCTUATION),
        ("ิ่์$+", 0),
    ],
)
def test_each_kind_of_character_has_its_properties(them, properties):
    assert {character: int(entry(character)[1], 16) for character in them} == dict.fromkeys(them, properties)


def test_each_character_knows_its_script():
    them = {"ก": "Thai", "่": "Thai", "๙": "Thai", "ฯ": "Thai", "a": "Latin", "Z": "Latin", "5": "Common", "฿": "Common"}
    assert {character: entry(character)[3] for character in them} == them


def test_a_latin_letter_points_to_its_other_case_and_all_else_to_itself():
    for character in characters()[3:]:
        wanted = NUMBERS[character.swapcase()] if character in string.ascii_letters else NUMBERS[character]
        assert int(entry(character)[4]) == wanted


def test_a_bracket_points_to_its_mirror_and_all_else_to_itself():
    pairs = {"(": ")", ")": "(", "[": "]", "]": "[", "<": ">", ">": "<", "«": "»", "»": "«"}
    for character in characters()[3:]:
        assert int(entry(character)[6]) == NUMBERS[pairs.get(character, character)]


def test_marks_digits_and_letters_have_their_directions():
    assert [entry(character)[5] for character in "กa1(่"] == ["0", "0", "2", "10", "17"]


@pytest.mark.ocr
@pytest.mark.skipif(shutil.which("combine_lang_model") is None, reason="Debian's tesseract-ocr is not installed")
def test_tesseract_takes_the_file_and_gives_every_character_an_output(tmp_path):
    (tmp_path / "unicharset").write_text(unicharset(), "utf-8")
    (tmp_path / "radical-stroke.txt").write_text("# not used: no Han characters\n", "utf-8")
    command = ["combine_lang_model", "--input_unicharset", tmp_path / "unicharset", "--script_dir", tmp_path]
    command += ["--lang", "new", "--output_dir", tmp_path, "--pass_through_recoder"]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    made = tmp_path / "new" / "new.traineddata"
    subprocess.run(["combine_tessdata", "-u", made, f"{tmp_path}/out."], check=True, capture_output=True, timeout=60)
    taken = (tmp_path / "out.lstm-unicharset").read_text("utf-8").splitlines()
    assert [line.split(" ")[0] for line in taken] == [line.split(" ")[0] for line in LINES]
    for character in "a๙(":
        fields = taken[1 + NUMBERS[character]].split("\t")[0].split(" ")
        assert (int(fields[1]), fields[3:7]) == (int(entry(character)[1], 16), entry(character)[3:7])
