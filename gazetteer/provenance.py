"""Where the shipped facts come from, in short, for those who rely on them; in full: `gazetteer/data/PROVENANCE.md`."""

import hashlib
from dataclasses import dataclass
from importlib import resources
from typing import Final

from core.errors import Language


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table that ships.

    Attributes:
        file: Its name.
        rows: How many facts it has.
        version: The first digits of its SHA-256: what a record that was made with it depends on.
        as_of: The day that it stands for.
        source: Who published what it was made from.
    """

    file: str
    rows: int
    version: str
    as_of: str
    source: str


_TABLES: Final = (
    (
        "bodies.csv",
        ("รายชื่อ อปท. พ.ศ. 2567 และ พ.ศ. 2568", "the lists of 2567 and 2568 B.E."),
        (
            "รายชื่อที่หน่วยงานของกรมควบคุมโรคเผยแพร่ และรหัสของกรมส่งเสริมการปกครองท้องถิ่น พ.ศ. 2560",
            "lists published by a unit of the Department of Disease Control, codes of the DLA of 2560",
        ),
    ),
    (
        "ledger.csv",
        ("พ.ศ. 2560–2568", "2560–2568 B.E."),
        ("ผลต่างระหว่างรายชื่อข้างต้น", "what those lists show of one body under two kinds or names"),
    ),
    (
        "letter_codes.csv",
        ("ยังไม่ได้ตรวจกับประกาศทางราชการ", "not checked against the official annex"),
        ("รหัสจังหวัดจาก PyThaiNLP รหัสกระทรวงจาก KhamYo", "provinces from PyThaiNLP, ministries from KhamYo"),
    ),
)
"""File, what it stands for, and its source, in Thai and English."""


def list_sources(language: Language) -> list[SourceTable]:
    """Return the tables that ship, with where they come from in the language asked for."""
    found = []
    for file, as_of, source in _TABLES:
        content = (resources.files("gazetteer") / "data" / file).read_bytes()
        rows = len(content.decode("utf-8").splitlines()) - 1
        version = hashlib.sha256(content).hexdigest()[:8]
        found.append(SourceTable(file, rows, version, as_of[language == "en"], source[language == "en"]))
    return found
