"""Help and errors of usage are in one language, and fit a terminal of 80 columns."""

import re

import pytest
import typer

import cli
from commands.help_language import choose_side, speak
from commands.usage_errors import explain_usage

THAI = re.compile("[ก-๙]")
NAMES = re.compile(
    r"--\w[\w-]*(?: json)?|SARABAN_\w+|saraban[ \w-]*|[\w.\[\]]+\.\w+|\.\w+|"
    r"\b(?:JSON|HTML|XML|PDF|ZIP|TOML|TLS|Schema|Ctrl|Ray|Ghostscript|status|json|text|order|annex|receipts|xml|"
    r"statuses given|bodies confirmed)\b"
)
"""What is the same in every language: names of commands, options, settings, values and forms of files."""


def texts(command):
    yield from (text for text in (command.help, command.short_help) if text)
    yield from (parameter.help for parameter in command.params if getattr(parameter, "help", None))
    for below in getattr(command, "commands", {}).values():
        yield from texts(below)


def spoken(language):
    command = typer.main.get_command(cli.app)
    speak(command, language)
    return command


def frame(text):
    """What Typer itself says of its options; the frame around the texts puts it into Thai."""
    return text.startswith(("Show this", "Install completion", "Show completion"))


def test_thai_help_has_thai_words_alone():
    thai = [text for text in texts(spoken("th")) if not frame(text)]
    paragraphs = {part for text in thai for part in text.split("\n\n") if not part.startswith("saraban ")}
    left = {part: re.findall("[A-Za-z]{3,}", NAMES.sub("", part)) for part in paragraphs}
    assert {part: words for part, words in left.items() if words} == {}


def test_english_help_has_no_sentence_in_thai():
    found = [text for text in texts(spoken("en")) if re.search("[ก-๙]{4,}.* .*[ก-๙]{4,}.* .*[ก-๙]{4,}", text)]
    assert found == []


def test_no_thai_text_is_cut_within_a_word_at_80_columns():
    """Typer breaks at spaces, and anywhere in what is longer than its column."""
    runs = {word for text in texts(spoken("th")) for word in text.split()}
    assert [word for word in runs if len(word) > 70] == []


@pytest.mark.parametrize(
    ("text", "th", "en"),
    [
        ("โฟลเดอร์คลัง / folder [SARABAN_ARCHIVE]", "โฟลเดอร์คลัง [SARABAN_ARCHIVE]", "folder [SARABAN_ARCHIVE]"),
        ("saraban set scan.pdf 1", "saraban set scan.pdf 1", "saraban set scan.pdf 1"),
        ("แสดงหนึ่งฉบับ / one document.", "แสดงหนึ่งฉบับ", "one document"),
    ],
)
def test_a_side_of_a_text(text, th, en):
    assert (choose_side(text, "th"), choose_side(text, "en")) == (th, en)


@pytest.mark.parametrize(
    ("words", "thai"),
    [
        (["lst"], "ไม่มีคำสั่ง lst อาจหมายถึง 'list'"),
        (["rounds", "mrge"], "ไม่มีคำสั่ง mrge อาจหมายถึง 'merge'"),
        (["list", "--statu", "ok"], "ไม่มีตัวเลือก --statu อาจหมายถึง"),
        (["list", "--status", "bad"], "--status: bad ไม่ใช่ค่าที่เลือกได้ เลือกได้จาก 'ok'"),
        (["list", "--limit", "0"], "--limit: ต้องไม่น้อยกว่า 1"),
        (["list", "--limit", "x"], "--limit: ต้องเป็นจำนวน"),
        (["show"], "ยังไม่ได้ระบุ document"),
        (["show", "a", "b"], "มีสิ่งที่ระบุเกินมา: b"),
        (["watch", "nowhere"], "folder: ไม่พบ nowhere"),
    ],
)
def test_what_is_wrong_is_said_in_thai_with_what_was_meant(words, thai):
    with pytest.raises(Exception) as caught:  # noqa: PT011 - Typer does not export its errors
        spoken("th")(words, prog_name="saraban", standalone_mode=False)
    said = explain_usage(caught.value, "th")
    assert thai in said
    assert "→ ดูวิธีใช้ด้วย saraban" in said
    assert THAI.search(explain_usage(caught.value, "en")) is None


def test_the_line_of_usage_is_in_thai_too():
    command = spoken("th").commands["rounds"]
    with command.make_context("rounds", [], resilient_parsing=True) as context:
        assert command.get_usage(context) == "วิธีใช้: rounds [ตัวเลือก] คำสั่ง [สิ่งที่ระบุ]..."
