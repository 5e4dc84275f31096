"""Every text of the product that is given in Thai and English is Thai on the one side, and fits a terminal."""

import ast
import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from rich.cells import cell_len

from commands.terminal.messages import _wrap, describe_error
from docs._site.code_page import find_errors

ROOT = Path(__file__).parents[1]
PACKAGES = (
    "commands",
    "core",
    "gazetteer",
    "ingest",
    "parsers",
    "pipeline",
    "reports",
    "rounds",
    "rules",
    "store",
    "web",
)
THAI = re.compile("[ก-๙]")
NAMES = re.compile(
    r"saraban[\w /.|-]*|sudo apt-get install [\w-]+|--[\w-]+|SARABAN_\w+|pip install '[^']+'|[\w.]+\.[\w{}.]+|…\w+|"
    r"\b(?:PDF(?:/A\S*)?|TIFF|PNG|JPEG|TXT|DOCX?|XLSX|CSV|RTF|ODT|PPT|HEIC|HTML|JSON|XML|UTF-8|Parquet|PostgreSQL|SQLite|ZIP|"
    r"RAM|Ray|TLS|IP|URL|API|QR Code|QR|OCR|CPU|INFO|Ghostscript|Tesseract|Word|Excel|LibreOffice|sha256|SHA-256|admin|"
    r"PyThaiNLP|KhamYo|export pdf|qpdf|Ctrl|Python|complete|incomplete|not_started|"
    r"iconv|decrypt|ray start|soffice|null|json|text|html|csv|junit|GB|MB)\b"
)
"""What is the same in every language: commands, options, settings, forms of files, programs."""
WORD = re.compile(r"[A-Za-z]{3,}")
COLUMNS = 80


def literal(node):
    """The text of a string as it stands in the code, its values as dots; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
    return None


@cache
def pairs():
    """Every Thai text that stands right before its English: arguments, keywords and members of a pair."""
    found = []
    for path in (ROOT / package for package in PACKAGES):
        for file in sorted(path.rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Call):
                    sides = [*node.args, *(each.value for each in node.keywords)]
                elif isinstance(node, ast.Tuple):
                    sides = node.elts
                else:
                    continue
                texts = [literal(each) for each in sides]
                for thai, english in pairwise(texts):
                    if thai and english and THAI.search(thai) and not THAI.search(english) and WORD.search(english):
                        found.append((f"{file.relative_to(ROOT)}:{node.lineno}", thai))
    return found


def test_there_are_many():
    assert len(pairs()) > 200


def test_the_thai_side_has_no_english_word():
    left = {(place, text): WORD.findall(NAMES.sub(" ", text)) for place, text in pairs()}
    assert {key: words for key, words in left.items() if words} == {}


@pytest.mark.parametrize("language", ["th", "en"])
def test_no_line_of_an_error_is_wider_than_a_terminal(language):
    lines = [line for error in find_errors() for line in describe_error(error("x"), language).splitlines()]
    assert max(cell_len(part) for line in lines for part in _wrap(line, COLUMNS)) <= COLUMNS


def test_no_message_is_wider_than_a_terminal():
    assert (
        max(cell_len(part) for _, text in pairs() for line in text.splitlines() for part in _wrap(line, COLUMNS))
        <= COLUMNS
    )
