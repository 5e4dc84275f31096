"""L: the parts a letter must have, and its printed labels."""

from collections.abc import Iterator
from typing import Final

from models.field import Field
from models.issue import Severity
from models.letter import Letter, LetterKind, Signer
from parsers.thai.labels import fuzzy_label
from rules.base import Case, Observation, passed, rule, violated
from rules.parts import letters
from rules.wording import quote

_REGULATION = "ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. ๒๕๒๖ ข้อ ๑๑–๑๔ และแบบที่ ๑–๓"

_NAMES: Final = {
    "number": ("เลขที่หนังสือ", "number"),
    "issuer": ("ส่วนราชการเจ้าของหนังสือ", "issuing office"),
    "date": ("วันที่", "date"),
    "subject": ("เรื่อง", "subject"),
    "recipients": ("ผู้รับ", "recipient"),
    "body": ("ข้อความ", "body"),
    "closing": ("คำลงท้าย", "closing"),
    "signer": ("ผู้ลงนาม", "signer"),
}
_MANDATORY: Final = {
    LetterKind.EXTERNAL_LETTER: tuple(_NAMES),
    LetterKind.INTERNAL_MEMO: ("issuer", "number", "date", "subject", "recipients"),
    LetterKind.STAMPED_LETTER: ("number", "recipients", "date"),
}
# The long labels only: one misread letter makes another word of a short one.
_LABELS: Final = ("อ้างถึง", "สิ่งที่ส่งมาด้วย", "ส่วนราชการ", "ขอแสดงความนับถือ")


@rule(
    "L01",
    th="ส่วนประกอบบังคับครบและเรียงลำดับ",
    en="mandatory fields, in order",
    severity=Severity.ERROR,
    needs="layout",
    source=_REGULATION,
)
def mandatory_parts(case: Case) -> Iterator[Observation]:
    """A letter has every part that its kind must have, and it was read. Their order on the page is not judged yet.

    Whether a part is missing on paper or was not read cannot be told apart; both are for a person to look at.
    """
    for path, letter in letters(case):
        for name in _MANDATORY.get(letter.kind, ()):
            place = f"{path}.{name}"
            th, en = _NAMES[name]
            if _has(letter, name):
                yield passed(place)
                continue
            value = getattr(letter, name)
            raw = value.raw if isinstance(value, Field) else ""
            yield violated(
                f"ไม่มี{th}ที่อ่านได้" + (f" (อ่านได้ว่า {quote(raw)})" if raw else ""),
                f"the {en} is missing or was not read" + (f" (read as {quote(raw)})" if raw else ""),
                [place],
            )


@rule(
    "L10",
    th="ป้ายกำกับสะกดถูก",
    en="labels are spelt right",
    severity=Severity.INFO,
    needs="labels",
    source=_REGULATION,
)
def labels_spelt(case: Case) -> Iterator[Observation]:
    """A line that begins with a label of the forms, but for a letter or a tone mark, begins with it as prescribed."""
    for index, page in enumerate(case.document.pages):
        evidence = f"pages[{index}].text"
        for line in page.text.splitlines():
            found = fuzzy_label(line, _LABELS, 1)
            if found is None or line[found[1] : found[1] + 1].strip(" :."):
                continue
            read = line[: found[1]].strip()
            if "".join(read.split()) == found[0]:
                yield passed(evidence)
            else:
                yield violated(
                    f"{quote(read)} ควรเป็น {quote(found[0])}",
                    f"{quote(read)} should be {quote(found[0])}",
                    [evidence],
                    found[0],
                )


def _has(letter: Letter, name: str) -> bool:
    """Whether a part was read; a memo's issuer may stand as its unit."""
    value = getattr(letter, name)
    if name == "issuer" and letter.kind is LetterKind.INTERNAL_MEMO and letter.unit.value:
        return True
    if isinstance(value, Signer):
        return bool(value.name.value)
    if isinstance(value, tuple):
        return any(field.value for field in value)
    return bool(value is not None and value.value)
