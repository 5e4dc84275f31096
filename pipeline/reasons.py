"""Why a value is doubted, and what a value is, in words."""

import re
from typing import Final

from core.errors import Language
from models.document import Document
from models.doubt import NoticeCode
from models.issue import IssueCode
from models.part_names import name_part
from reports.code_labels import label_issue, label_reviews
from rules.runner import ALL
from thai.numerals import to_thai

_NOTICES: Final = {
    NoticeCode.NO_RECORDS: ("ไม่พบหนังสือหรือบัญชีในเอกสาร", "neither a letter nor an annex was found"),
    NoticeCode.UNACCOUNTED: ("มีส่วนของหน้าที่ไม่อยู่ในข้อมูลใด", "parts of a page are in no value"),
}
_CELL = re.compile(r"(?P<row>annexes\[(?P<annex>\d+)\]\.rows\[\d+\])\.cells\.(?P<key>\w+)")


def explain_code(code: str, language: Language = "th") -> str:
    """Say why a value is doubted; a rule says what it demands."""
    if code in set(NoticeCode):
        return _NOTICES[NoticeCode(code)][language == "en"]
    if code in ALL:
        statement = ALL[code].statement
        return f"ไม่ผ่านกฎ {code} {statement.th}" if language == "th" else f"violates rule {code}: {statement.en}"
    return label_issue(code, language) if code in set(IssueCode) else label_reviews([code], language)


def name_value(document: Document, path: str, language: Language = "th") -> str:
    """Say which value a path names: แถว ๑๕ ชื่อ อปท. Of the one letter or annex of a document it is not said which."""
    if not path:
        return document.source.name
    cell = _CELL.fullmatch(path)
    name = name_part(path if cell is None else cell["row"], language)
    for part in ("letters", "annexes"):
        if path.startswith(f"{part}[0].") and len(getattr(document, part)) == 1:
            name = name.removeprefix(name_part(f"{part}[0]", language)).strip() or name
    if cell is not None:
        name = f"{name} “{_header(document, int(cell['annex']), cell['key'])}”"
    return to_thai(name) if language == "th" else name


def _header(document: Document, annex: int, key: str) -> str:
    """Return the header of a column by its key; the key itself where there is none."""
    columns = document.annexes[annex].columns if annex < len(document.annexes) else ()
    return next((column.header for column in columns if column.key == key and column.header), key)
