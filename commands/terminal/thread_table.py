"""The chain of letters around a document, as a table for the terminal."""

from typing import TYPE_CHECKING, Final

from commands.terminal.archive_tables import plain_table
from commands.terminal.document_list import get_terminal_width
from core.errors import Language
from models.thread import Link, Relation, Thread, ThreadLetter
from reports.labels import NONE, date_short
from thai.numerals import to_thai

if TYPE_CHECKING:
    from rich.table import Table

_WIDE: Final = 110
"""Columns of a terminal from which on it is told who a letter is from."""
_HEADER: Final = {
    "th": ("", "ลำดับ", "ลงวันที่", "ที่", "เรื่อง", "จาก", "อยู่ที่", "ความเกี่ยวข้อง"),
    "en": ("", "no.", "date", "number", "subject", "from", "file", "relation"),
}
_RELATION: Final = {
    Relation.REFERS_TO: ("อ้างถึงลำดับที่ {}", "refers to {}"),
    Relation.ANSWERS: ("ตอบลำดับที่ {}", "answers {}"),
    Relation.ENCLOSES: ("ส่งลำดับที่ {} มาด้วย", "encloses {}"),
}
_BASIS: Final = {
    "same": ("", ""),
    "not_found": ("", ""),
    "undated": ("น่าจะใช่ เลขที่ตรงกัน ไม่ทราบวันที่", "probable: same number, date not known"),
    "other_date": ("น่าจะใช่ เลขที่ตรงกัน วันที่ต่างกัน", "probable: same number, another date"),
    "misread": ("น่าจะใช่ วันที่ตรงกัน เลขที่ต่างกัน {}", "probable: same date, the numbers differ {}"),
    "number_unread": ("น่าจะใช่ วันที่และหน่วยงานตรงกัน อ่านเลขที่ไม่ได้", "probable: same date and office, number not read"),
    "subject": ("น่าจะใช่ วันที่และเรื่องตรงกัน เลขที่ต่างกัน", "probable: same date and subject, another number"),
    "next_in_file": ("น่าจะใช่ เป็นฉบับถัดไปในแฟ้มเดียวกัน", "probable: the letter behind it in the file"),
}


def thread_table(thread: Thread, language: Language = "th") -> "Table":
    """Return the chain, one line a letter in order of time; ▶ marks the letters of the document itself."""
    rows = [_row(thread, index, language) for index in range(len(thread.letters))]
    title = ""
    if thread.left_out:
        title = {
            "th": f"ยังมีอีก {to_thai(str(thread.left_out))} ฉบับที่ไม่ได้แสดง (limits.thread_letters)",
            "en": f"{thread.left_out} more letters are not shown (limits.thread_letters)",
        }[language]
    header: tuple[str, ...] = _HEADER[language]
    width = get_terminal_width()
    if width is not None and width < _WIDE:
        header, rows = _without_offices(header), [_without_offices(row) for row in rows]
        return plain_table(header, rows, title=title, numbers=(1,), cut={4: None, 5: 12})
    return plain_table(header, rows, title=title, numbers=(1,), cut={4: None, 5: 16, 6: 18})


def _without_offices(row: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out who a letter is from, which its number tells, too."""
    return (*row[:5], *row[6:])


def _row(thread: Thread, index: int, language: Language) -> tuple[str, ...]:
    letter = thread.letters[index]
    return (
        "▶" if letter.in_focus else "",
        _digits(str(index + 1), language),
        date_short(letter.date, language),
        _digits(letter.number or NONE, language),
        letter.title or NONE,
        letter.issuer or NONE,
        _where(letter, language),
        "\n".join(_said(link, language) for link in thread.links if link.source == index),
    )


def _where(letter: ThreadLetter, language: Language) -> str:
    if not letter.copies:
        return "ไม่มีในคลัง (ต้องค้นหา)" if language == "th" else "not in the archive (to find)"
    names = (
        f"{copy.name} ({_digits(str(copy.index + 1), language)})" if copy.index else copy.name for copy in letter.copies
    )
    return ", ".join(names)


def _said(link: Link, language: Language) -> str:
    at = 0 if language == "th" else 1
    said = _RELATION[link.relation][at].format(_digits(str(link.target + 1), language))
    pairs = ", ".join(f"{one or NONE}/{other or NONE}" for one, other in link.differences)
    why = _BASIS[link.basis][at].format(_digits(pairs, language))
    return f"{said} ({why})" if why else said


def _digits(text: str, language: Language) -> str:
    return to_thai(text) if language == "th" else text
