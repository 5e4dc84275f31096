"""N: letter numbers, own and quoted."""

import re
from collections.abc import Iterator

from models.field import Source
from models.issue import Severity
from models.letter import Enclosure, Letter, LetterKind, NumberField, Reference
from rules.engine.declaration import Case, Observation, could_not_run, passed, rule, violated
from rules.engine.messages import quote
from rules.engine.record_paths import letters, reading
from rules.reference.agency_codes import Owner, find_owner, is_province_code, likely_code, proven_code
from thai.letter_number import parse_letter_number

_REGULATION = "ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. ๒๕๒๖ ภาคผนวก ๑"
_NUMBERED_KINDS = frozenset({LetterKind.EXTERNAL_LETTER, LetterKind.INTERNAL_MEMO, LetterKind.STAMPED_LETTER})
_UNPARSED = "unparsed"
_FAULTS = {
    "number.malformed": ("เครื่องหมาย / หรือรหัสหน่วยงานไม่ถูกรูปแบบ", "a stroke too many or too few, or a short office code"),
    "number.running_missing": ("ไม่มีเลขทะเบียนส่งหลังเครื่องหมาย /", "no running number after the stroke"),
    "number.running_split": ("มีตัวเลขแยกอยู่หลังเลขทะเบียนส่ง", "digits stand apart behind the running number"),
    "number.unit_split": ("รหัสหน่วยงานมีช่องว่างคั่น", "a space within the office code"),
    _UNPARSED: ("ไม่เป็นรูปแบบเลขที่หนังสือ", "not of the form of a letter number"),
}
_PREFIX = re.compile(r"^\s*(?:ที่|ที)?\s*([ก-ฮ](?:\.?[ก-ฮ]){1,3})\.?\s*(?:\([ก-ฮ.]{1,10}\)\s*)?[0-9๐-๙]")


@rule(
    "N01",
    th="รูปแบบเลขที่หนังสือถูกต้อง",
    en="the letter number parses",
    severity=Severity.ERROR,
    needs="number",
    source=_REGULATION,
)
def number_well_formed(case: Case) -> Iterator[Observation]:
    """A letter's own number and those it quotes have a code, an office, one stroke and a running number."""
    for path, number, _ in letter_numbers(case):
        if not reading(number):
            yield could_not_run("ไม่พบหรืออ่านเลขที่หนังสือไม่ได้", "no letter number was found", [path])
            continue
        parsed = parse_letter_number(reading(number))
        codes = [*number.review, *parsed.problems] if parsed is not None else [_UNPARSED]
        faults = [_FAULTS[code] for code in dict.fromkeys(codes) if code in _FAULTS]
        if faults:
            yield violated(
                f"{quote(reading(number))}: " + "; ".join(th for th, _ in faults),
                f"{quote(reading(number))}: " + "; ".join(en for _, en in faults),
                [path],
            )
        else:
            yield passed(path)


@rule(
    "N02",
    th="รหัสพยัญชนะมีจริง",
    en="the prefix is a known code",
    severity=Severity.ERROR,
    needs="code table",
    source=_REGULATION,
)
def prefix_known(case: Case) -> Iterator[Observation]:
    """The consonants of every letter number, own or quoted, are the code of a province, ministry or independent body.

    A code that the table lacks is unknown and not wrong: the table has no claim to be whole. It is wrong where its
    office is known and has another code.
    """
    for path, number, office in letter_numbers(case):
        prefix = read_prefix(number)
        if prefix is None or not case.register.letter_codes:
            yield could_not_run("อ่านรหัสพยัญชนะไม่ได้ หรือไม่มีตารางรหัส", "no prefix was read, or no codes are known", [path])
        elif prefix in case.register.letter_codes:
            yield passed(path)
        else:
            yield _unknown_prefix(prefix, find_owner(*office, case.register), case, path)


@rule(
    "N03",
    th="รหัสตรงกับหน่วยงานหัวหนังสือ",
    en="the prefix matches the issuer",
    severity=Severity.ERROR,
    needs="code and agency",
    source=_REGULATION,
)
def prefix_of_issuer(case: Case) -> Iterator[Observation]:
    """The code of a letter's own number is that of the province or ministry whose office issued it."""
    for path, letter in letters(case):
        evidence = (f"{path}.number", f"{path}.issuer")
        prefix = read_prefix(letter.number)
        if prefix is None and letter.kind not in _NUMBERED_KINDS:
            continue
        owner = find_owner(*_office(letter), case.register)
        if prefix is None or not owner.codes:
            yield could_not_run(
                "อ่านรหัสไม่ได้ หรือไม่รู้จักหน่วยงานเจ้าของหนังสือ", "no prefix was read, or the issuer is not known", evidence
            )
        elif prefix in owner.codes:
            yield passed(*evidence)
        elif owner.sure or _unlike(prefix, owner, case):
            issuer = quote(letter.issuer.value or letter.issuer.raw)
            yield violated(
                f"รหัส {quote(prefix)} ไม่ใช่ของ {issuer}",
                f"the code {quote(prefix)} is not that of {issuer}",
                evidence,
                likely_code(prefix, owner, case.register),
            )
        else:
            yield could_not_run(
                f"ไม่ทราบว่ารหัส {quote(prefix)} เป็นของหน่วยงานนี้หรือไม่",
                f"whether the code {quote(prefix)} is this office's is not known",
                evidence,
            )


def letter_numbers(case: Case) -> Iterator[tuple[str, NumberField, tuple[str, str]]]:
    """Yield every letter number, own or quoted, with its path and its office's name and address."""
    for path, letter in letters(case):
        # Orders and announcements are numbered ๑๒/๒๕๖๔, in a series of another form.
        if letter.kind in _NUMBERED_KINDS or letter.number.parts is not None:
            yield f"{path}.number", letter.number, _office(letter)
        quotes: list[tuple[str, Reference | Enclosure]] = [
            *((f"{path}.references[{index}]", quoted) for index, quoted in enumerate(letter.references)),
            *((f"{path}.enclosures[{index}]", quoted) for index, quoted in enumerate(letter.enclosures)),
        ]
        for where, quoted in quotes:
            if reading(quoted.number):
                yield f"{where}.number", quoted.number, (quoted.title.value or quoted.title.raw, "")


def _unknown_prefix(prefix: str, owner: Owner, case: Case, path: str) -> Observation:
    proven = proven_code(prefix, owner, case.register)
    if proven is None:
        return could_not_run(
            f"ไม่รู้จักรหัส {quote(prefix)} เพราะไม่อยู่ในตารางรหัส",
            f"the code {quote(prefix)} is not known: it is not in the table of codes",
            [path],
        )
    return violated(
        f"ไม่มีรหัส {quote(prefix)} และหน่วยงานนี้ใช้รหัส {quote(proven)}",
        f"there is no code {quote(prefix)}, and this office has {quote(proven)}",
        [path],
        proven,
    )


def _office(letter: Letter) -> tuple[str, str]:
    issuer = letter.issuer if letter.issuer.value or letter.issuer.raw else letter.unit
    return issuer.value or issuer.raw, letter.address.value or letter.address.raw


def read_prefix(number: NumberField) -> str | None:
    """Return the consonants as they stand on paper: a repaired number keeps the wrong ones in its raw text."""
    if number.source is not Source.PERSON:
        parsed = parse_letter_number(number.raw)
        if parsed is not None:
            return parsed.prefix
        if match := _PREFIX.match(number.raw):
            return match.group(1).replace(".", "")
    return number.parts.prefix if number.parts is not None else None


def _unlike(prefix: str, owner: Owner, case: Case) -> bool:
    """Whether a code cannot be of an office that stands in a province: it is another province's."""
    return is_province_code(prefix, case.register) and any(is_province_code(c, case.register) for c in owner.codes)
