"""L: the parts a letter must have, and its printed labels."""

from collections.abc import Iterator, Sequence
from typing import Final

from models.field import Field
from models.issue import Severity
from models.letter import Letter, LetterKind, Signer
from rules.engine.declaration import Case, Observation, passed, rule, violated
from rules.engine.messages import quote
from rules.engine.record_paths import letters
from rules.letter_form.part_order import ORDER, displaced
from thai.labels import fuzzy_label

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
    "references": ("อ้างถึง", "reference"),
    "enclosures": ("สิ่งที่ส่งมาด้วย", "enclosure"),
    "unit": ("ส่วนราชการเจ้าของเรื่อง", "office in charge"),
}
_MANDATORY: Final = {
    LetterKind.EXTERNAL_LETTER: ("number", "issuer", "date", "subject", "recipients", "body", "closing", "signer"),
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
    """A letter has every part that its kind must have, it was read, and the parts stand in the order of the form.

    Whether a part is missing on paper or was not read cannot be told apart; both are for a person to look at. So is
    a part out of order: it may stand so on paper, or something else was taken for it. Only external letters, memos
    and stamped letters have a form here, and a text without layout has no order.
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
        yield from _in_order(path, letter)


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


def _in_order(path: str, letter: Letter) -> Iterator[Observation]:
    kept, wrong = displaced(letter)
    for name in wrong:
        th, en = _NAMES[name]
        yield violated(
            f"{th}ไม่อยู่ในลำดับตามแบบ",
            f"the {en} does not stand where the form has it",
            [f"{path}.{name}", *(f"{path}.{other}" for other in _beside(letter.kind, name, kept))],
        )
    if len(kept) > 1 and not wrong:
        yield passed(*(f"{path}.{name}" for name in kept))


def _beside(kind: LetterKind, name: str, kept: Sequence[str]) -> Iterator[str]:
    """Yield the parts in order that should stand right above and right below one that is not."""
    names = [each for group in ORDER[kind] for each in group if each == name or each in kept]
    at = names.index(name)
    yield from names[max(at - 1, 0) : at] + names[at + 1 : at + 2]


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
