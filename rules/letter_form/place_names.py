"""L: the names of provinces, departments and districts in a letter, and its postcode."""

import re
from collections.abc import Iterator
from typing import Final

from rapidfuzz.distance import Levenshtein

from models.field import Field
from models.issue import Severity
from models.letter import Letter
from rules.engine.declaration import Case, Observation, passed, rule, violated
from rules.engine.messages import quote, thai
from rules.engine.record_paths import annexes, letters, reading
from rules.reference.agency_codes import DEPARTMENTS
from rules.reference.postcodes import BANGKOK, BANGKOK_DISTRICTS, PROVINCES
from thai.numerals import to_arabic

_PROVINCE = re.compile(r"(?:จังหวัด|(?<![ก-๎])จ\.)(?P<name>[ก-๎]{2,})")
# What may follow จังหวัด without being the name of one.
_NO_NAME = re.compile(r"ที่|ทุก|และ|ใน|นี้|นั้น|ดังกล่าว|ละ|อื่น|ต่าง|ของ|แจ้ง|ได้|จะ|โดย|เพื่อ|ให้|มี|เป็น|หรือ|ชายแดน|ภาค|กลุ่ม")
_DEPARTMENT = re.compile(r"กรม[ก-๎]{4,}")
_MOST_EDITS = 2
"""Letters in which a name may differ from a known one and still be a misreading of it."""
_SHARE_OF_EDITS = 0.25
"""The same as a share of the known name: one letter in four."""
_POSTCODE = re.compile(r"(?<![\d/.-])[1-9]\d{4}(?!\d)")
_DISTRICT = re.compile(r"เขต\s?(?P<name>[ก-๎]{2,})")
_CAPITAL = re.compile(r"กทม|กรุงเทพ")
_BANGKOK: Final = "กรุงเทพมหานคร"


@rule(
    "L05",
    th="ชื่อหน่วยงาน/จังหวัดมีจริง",
    en="the agency and the province exist",
    severity=Severity.WARNING,
    needs="lists of provinces and departments",
    source="register of provinces; departments of the ministries",
)
def names_exist(case: Case) -> Iterator[Observation]:
    """What follows จังหวัด is a province, and no department is named but for a letter or two.

    A name that is far from all is left alone: it may be an office that the lists do not have.
    """
    provinces = case.register.provinces
    departments = [name for names in DEPARTMENTS.values() for name in names if name.startswith("กรม")]
    for place, field in _named(case):
        text = "".join(reading(field).split())
        for match in _PROVINCE.finditer(text):
            yield from _judge(place, match["name"], provinces, "จังหวัด", "province")
        for match in _DEPARTMENT.finditer(text):
            yield from _judge(place, match.group(), departments, "", "department")


@rule(
    "L06",
    th="ที่อยู่สอดคล้องรหัสไปรษณีย์",
    en="the address fits its postcode",
    severity=Severity.INFO,
    needs="address, postcodes",
    source="postcodes of Thailand Post",
)
def postcode_fits(case: Case) -> Iterator[Observation]:
    """A postcode is one of the province, and in Bangkok of the district, that the address names."""
    for path, letter in letters(case):
        text = letter.address.raw or letter.address.value or ""
        codes = _POSTCODE.findall(to_arabic(text))
        if not codes:
            continue
        code, place = codes[-1], f"{path}.address"
        district = _DISTRICT.search(text)
        if _CAPITAL.search(text) and district:
            yield _in_bangkok(place, code, district["name"])
            continue
        province = _BANGKOK if _CAPITAL.search(text) else _find_province(case, letter, text)
        if province is None:
            continue
        here = PROVINCES.get(code[:2], ())
        if province in here:
            yield passed(place)
        else:
            likely = f"จังหวัด{here[0]}" if len(here) == 1 else None
            yield violated(
                f"รหัส {thai(code)} ไม่ใช่ของ{province}" + (f" แต่เป็นของ{'หรือ'.join(here)}" if here else ""),
                f"the postcode {code} is not of {province}" + (f" but of {' or '.join(here)}" if here else ""),
                [place],
                likely,
            )


def _named(case: Case) -> Iterator[tuple[str, Field[str]]]:
    """Yield the fields that name offices and provinces."""
    for path, letter in letters(case):
        for name in ("issuer", "unit"):
            yield f"{path}.{name}", getattr(letter, name)
        for index, recipient in enumerate(letter.recipients):
            yield f"{path}.recipients[{index}]", recipient
        if letter.signer is not None:
            yield f"{path}.signer.position", letter.signer.position
            yield f"{path}.signer.principal", letter.signer.principal
        if letter.receipt is not None:
            yield f"{path}.receipt.office", letter.receipt.office
        for index, quoted in enumerate(letter.references):
            yield f"{path}.references[{index}].title", quoted.title
        for index, sent in enumerate(letter.enclosures):
            yield f"{path}.enclosures[{index}].title", sent.title
    for path, annex in annexes(case):
        yield f"{path}.province", annex.province


def _judge(place: str, read: str, known: list[str] | tuple[str, ...], lead: str, en: str) -> Iterator[Observation]:
    """Judge a name that runs on into other words: one of the known must begin it, or nearly."""
    if any(read.startswith(name) for name in known):
        yield passed(place)
        return
    if lead and _NO_NAME.match(read):
        return
    best = min(
        (
            (Levenshtein.distance(read[:length], name), abs(length - len(name)), name, length)
            for name in known
            for length in range(max(2, len(name) - 1), min(len(read), len(name) + 1) + 1)
        ),
        default=None,
    )
    if best is None or best[0] > min(_MOST_EDITS, _SHARE_OF_EDITS * len(best[2])):
        return
    likely, shown = best[2], read[: best[3]]
    yield violated(
        f"ไม่มี{lead or 'หน่วยงาน'} {quote(shown)}",
        f"there is no {en} {quote(shown)}",
        [place],
        likely,
    )


def _in_bangkok(place: str, code: str, read: str) -> Observation:
    here = BANGKOK.get(code, ())
    if any(read.startswith(name) for name in here):
        return passed(place)
    exists = any(read.startswith(name) for name in BANGKOK_DISTRICTS)
    named = "หรือ".join(f"เขต{name}" for name in here)
    no_th = "" if exists else f"ไม่มีเขต {quote(read)} "
    no_en = "" if exists else f"there is no เขต {quote(read)}; "
    return violated(
        f"{no_th}{thai(code)} เป็นรหัสของ{named}" if here else f"{no_th}ไม่มีรหัส {thai(code)} ในกรุงเทพมหานคร",
        f"{no_en}{code} is the postcode of {named}" if here else f"{no_en}Bangkok has no postcode {code}",
        [place],
        f"เขต{here[0]}" if len(here) == 1 else None,
    )


def _find_province(case: Case, letter: Letter, address: str) -> str | None:
    """Return the province that an address or its office names, in full or by the code before the postcode."""
    texts = ["".join(text.split()) for text in (address, letter.issuer.value or letter.issuer.raw)]
    for text in texts:
        for match in _PROVINCE.finditer(text):
            found = next((name for name in case.register.provinces if match["name"].startswith(name)), None)
            if found is not None:
                return found
    code = re.search(r"(?<![ก-๎])([ก-ฮ]{2})\.?\s*[0-9๐-๙]{5}", address)
    owners = case.register.letter_codes.get(code.group(1), ()) if code else ()
    return next((owner.name for owner in owners if owner.kind == "province"), None)
