"""L: how a letter greets, closes and is signed."""

import re
from collections.abc import Iterator
from typing import Final

from models.field import Field
from models.issue import Severity
from models.letter import Letter
from rules.engine.declaration import Case, Observation, could_not_run, passed, rule, violated
from rules.engine.messages import quote
from rules.engine.record_paths import letters, reading
from thai.text import illegal_sequences

_FORMS = "ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. ๒๕๒๖ ภาคผนวก ๒"
_CLOSINGS: Final = {
    "เรียน": ("ขอแสดงความนับถือ",),
    "กราบเรียน": ("ขอแสดงความนับถืออย่างยิ่ง",),
    "นมัสการ": ("ขอนมัสการด้วยความเคารพ", "ขอนมัสการด้วยความเคารพอย่างยิ่ง"),
}
"""Closings by salutation, for those that civil letters use."""
_TITLES: Final = re.compile(
    r"^(?:นางสาว|นาง|นาย|ว่าที่\s*|สิบ(?:ตรี|โท|เอก)|จ่าสิบ(?:ตรี|โท|เอก)|ดาบตำรวจ|สิบตำรวจ(?:ตรี|โท|เอก)|"
    r"(?:ร้อย|พัน|พล)ตำรวจ(?:ตรี|โท|เอก)|(?:ร้อย|พัน|พล)(?:ตรี|โท|เอก)|พัน(?:จ่า)(?:ตรี|โท|เอก)|"
    r"(?:เรือ|เรืออากาศ|นาวา|นาวาอากาศ|พลเรือ|พลอากาศ)(?:ตรี|โท|เอก)|หม่อมหลวง|หม่อมราชวงศ์|หม่อมเจ้า|"
    r"คุณหญิง|ท่านผู้หญิง|ดอกเตอร์|(?:ผู้ช่วย|รอง)?ศาสตราจารย์|นายแพทย์|แพทย์หญิง|ทันตแพทย์หญิง|ทันตแพทย์|"
    r"หญิง|(?:[ก-ฮ]{1,2}\.){2,4}|(?:ดร|ผศ|รศ|ศ|ว่าที่\s*ร\.ต)\.)\s*"
)
_MONKS: Final = ("พระ", "สมเด็จพระ")
# ณ is a word of its own in family names such as ณ อยุธยา.
_NAME: Final = re.compile(r"[ก-๎]{2,}(?:[ -][ก-๎]{2,}| ณ(?= )){1,4}")


@rule(
    "L02",
    th="คำขึ้นต้น–คำลงท้ายคู่กัน",
    en="the salutation fits the closing",
    severity=Severity.INFO,
    needs="salutation, closing",
    source=_FORMS,
)
def closing_fits(case: Case) -> Iterator[Observation]:
    """A letter that begins with เรียน, กราบเรียน or นมัสการ ends with the closing that goes with it."""
    for path, letter in letters(case):
        expected = _CLOSINGS.get("".join((letter.salutation.value or "").split()))
        closing = "".join((letter.closing.value or "").split())
        if expected is None or not closing:
            continue
        evidence = (f"{path}.salutation", f"{path}.closing")
        if closing in expected:
            yield passed(*evidence)
        else:
            yield violated(
                f"คำขึ้นต้น {quote(letter.salutation.value or '')} คู่กับ {quote(expected[0])} ไม่ใช่ {quote(closing)}",
                f"{quote(letter.salutation.value or '')} goes with {quote(expected[0])}, not with {quote(closing)}",
                evidence,
                expected[0],
            )


@rule(
    "L03",
    th="ผู้ลงนามแทนระบุตำแหน่งตน+อำนาจ+เจ้าของ",
    en="who signs for another states the own position, the authority and the position acted for",
    severity=Severity.WARNING,
    needs="signature",
    source="ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. ๒๕๒๖ ภาคผนวก ๓",
)
def acting_signature_whole(case: Case) -> Iterator[Observation]:
    """Where a signature says ปฏิบัติราชการแทน or the like, it has the signer's position and the one acted for."""
    for path, letter in letters(case):
        signer = letter.signer
        if signer is None or not (signer.authority.value or signer.principal.value):
            continue
        missing = [
            (name, th, en)
            for name, field, th, en in (
                ("position", signer.position, "ตำแหน่งของผู้ลงนาม", "own position"),
                ("authority", signer.authority, "อำนาจที่ลงนามแทน", "authority"),
                ("principal", signer.principal, "ตำแหน่งเจ้าของอำนาจ", "position acted for"),
            )
            if not field.value
        ]
        if missing:
            yield violated(
                "การลงนามแทนขาด" + "และ".join(th for _, th, _ in missing),
                "the signature for another lacks the " + " and the ".join(en for _, _, en in missing),
                [f"{path}.signer.{name}" for name, _, _ in missing],
            )
        else:
            yield passed(f"{path}.signer.position", f"{path}.signer.authority", f"{path}.signer.principal")


@rule(
    "L04",
    th="ชื่อบุคคลรูปแบบสมเหตุผล",
    en="a person's name is plausible",
    severity=Severity.WARNING,
    needs="names of the signer and of contacts",
    source="Thai names: a title, a given name and a family name, without points, digits or Latin letters",
)
def name_plausible(case: Case) -> Iterator[Observation]:
    """After its title a name is two to five Thai words. A point within is the mark of letters that were not read.

    Monks sign with one word, their rank and name together, and are left out.
    """
    for path, letter in letters(case):
        for place, field in _names(path, letter):
            read = reading(field).strip().strip("()").strip()
            if not read:
                if field.review:
                    yield could_not_run("อ่านชื่อผู้ลงนามไม่ได้", "the signer's name was not read", [place])
                continue
            if read.startswith(_MONKS):
                continue
            fault = _fault(read)
            if fault is None:
                yield passed(place)
            else:
                yield violated(f"{quote(read)}: {fault[0]}", f"{quote(read)}: {fault[1]}", [place])


def _names(path: str, letter: Letter) -> Iterator[tuple[str, Field[str]]]:
    if letter.signer is not None:
        yield f"{path}.signer.name", letter.signer.name
    for index, contact in enumerate(letter.contacts):
        if contact.kind == "person":
            yield f"{path}.contacts[{index}].value", contact.value


def _fault(name: str) -> tuple[str, str] | None:
    bare = name
    while (title := _TITLES.match(bare)) and title.end():
        bare = bare[title.end() :]
    bare = " ".join(bare.split())
    if "." in bare:
        return "มีจุดในชื่อ", "a point within the name"
    if any(character.isdigit() for character in bare):
        return "มีตัวเลขในชื่อ", "a digit within the name"
    if any(character.isalpha() and character.isascii() for character in bare):
        return "มีอักษรละตินในชื่อ", "Latin letters within the name"
    if illegal_sequences(bare):
        return "ลำดับสระหรือวรรณยุกต์ผิด", "a sequence that Thai does not have"
    if not _NAME.fullmatch(bare):
        return "ไม่ใช่ชื่อและชื่อสกุล", "not a given name and a family name"
    return None
