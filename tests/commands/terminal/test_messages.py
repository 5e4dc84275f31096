"""Messages are in one language each, and name the next step."""

import re

import pytest

from commands.terminal.messages import _wrap, describe_error
from docs._site.code_page import find_errors

NAMES = re.compile(
    r"saraban[\w /.-]*|sudo apt-get install [\w-]+|--[\w-]+|SARABAN_\w+|pip install '[^']+'|"
    r"qpdf [^ ]*|iconv|ray start[\w -]*|soffice[\w -]*|"
    r"\b(?:PDF|TIFF|PNG|JPEG|TXT|DOCX?|RTF|ODT|PPT|HEIC|UTF-8|Parquet|PostgreSQL|ZIP|RAM|Ray|Ghostscript|admin)\b|\.\w+|…html|"
    r"decrypt"
)


@pytest.mark.parametrize("error", find_errors(), ids=lambda error: error.__name__)
def test_every_error_says_in_either_language_what_happened_and_what_to_do(error):
    for text in (error.th, error.hint_th):
        assert re.search("[ก-๙]", text)
        assert re.findall("[A-Za-z]{3,}", NAMES.sub("", text)) == []
    assert not re.search("[ก-๙]", error.en + error.hint_en)
    assert describe_error(error("x"), "th").count("\n") == 1


def test_a_long_message_is_broken_between_syllables_and_indented():
    lines = _wrap("  → ตรวจชื่อไฟล์หรือโฟลเดอร์ ระบบอ่าน PDF ภาพ DOCX ตาราง ข้อความ และ ZIP", 30)
    assert lines[0].startswith("  → ตรวจ")
    assert len(lines) > 1
    assert all(line.startswith("    ") for line in lines[1:])
