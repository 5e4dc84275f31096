"""N: letter numbers, and what a cover says of the letter it encloses."""

import re
from collections.abc import Iterator
from itertools import pairwise

from models.field import Source
from models.issue import Severity
from models.letter import Enclosure, Letter, LetterKind, NumberField, Reference
from parsers.thai.letter_number import parse_letter_number
from parsers.thai.numerals import to_arabic
from rules.agencies import Owner, is_province_code, likely_code, owner_of
from rules.base import Case, Observation, could_not_run, passed, rule, violated
from rules.parts import enclosed, letters, names_a_letter, reading
from rules.wording import quote, thai_day

_REGULATION = "ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. ๒๕๒๖ ภาคผนวก ๑"
_SAME_LETTER = "a cover quotes the letter that it encloses"
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
_URGENCY = re.compile(r"ด่วน(?:ที่สุด|มาก)?")


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
    for path, number, _ in numbers_of(case):
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
    """The consonants of every letter number, own or quoted, are the code of a province or a ministry."""
    for path, number, office in numbers_of(case):
        prefix = _prefix(number)
        if prefix is None or not case.register.letter_codes:
            yield could_not_run("อ่านรหัสพยัญชนะไม่ได้ หรือไม่มีตารางรหัส", "no prefix was read, or no codes are known", [path])
        elif prefix in case.register.letter_codes:
            yield passed(path)
        else:
            likely = likely_code(prefix, owner_of(*office, case.register), case.register)
            yield violated(
                f"ไม่มีรหัส {quote(prefix)}" + (f" น่าจะเป็น {quote(likely)}" if likely else ""),
                f"there is no code {quote(prefix)}" + (f"; likely {quote(likely)}" if likely else ""),
                [path],
                likely,
            )


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
        prefix = _prefix(letter.number)
        if prefix is None and letter.kind not in _NUMBERED_KINDS:
            continue
        owner = owner_of(*_office(letter), case.register)
        if prefix is None or not owner.codes:
            yield could_not_run(
                "อ่านรหัสไม่ได้ หรือไม่รู้จักหน่วยงานเจ้าของหนังสือ", "no prefix was read, or the issuer is not known", evidence
            )
        elif prefix in owner.codes:
            yield passed(*evidence)
        elif owner.sure or _unlike(prefix, owner, case):
            issuer = quote(letter.issuer.value or letter.issuer.raw)
            likely = likely_code(prefix, owner, case.register)
            yield violated(
                f"รหัส {quote(prefix)} ไม่ใช่ของ {issuer}" + (f" น่าจะเป็น {quote(likely)}" if likely else ""),
                f"the code {quote(prefix)} is not that of {issuer}" + (f"; likely {quote(likely)}" if likely else ""),
                evidence,
                likely,
            )
        else:
            yield could_not_run(
                f"ไม่ทราบว่ารหัส {quote(prefix)} เป็นของหน่วยงานนี้หรือไม่",
                f"whether the code {quote(prefix)} is this office's is not known",
                evidence,
            )


@rule(
    "N05",
    th="เลขที่แนบตามหนังสือนำ = เลขบนหนังสือแนบ",
    en="the cover's enclosure number = the enclosed letter's number",
    severity=Severity.ERROR,
    needs="both letters",
    source=_SAME_LETTER,
)
def enclosed_number_agrees(case: Case) -> Iterator[Observation]:
    """The number that a cover quotes is the one on the letter behind it; of two the undoubted one is suggested."""
    for pair in enclosed(case):
        quoted, own = pair.quote.number, pair.letter.number
        evidence = (f"{pair.quote_path}.number", f"{pair.path}.number")
        if quoted.value is None or own.value is None:
            yield could_not_run(
                "อ่านเลขที่ในหนังสือนำหรือบนหนังสือแนบไม่ได้", "the number quoted or the enclosed one was not read", evidence
            )
        elif _bare(quoted.value) == _bare(own.value):
            yield passed(*evidence)
        else:
            yield violated(
                f"หนังสือนำอ้าง {quote(reading(quoted))} แต่หนังสือแนบเลขที่ {quote(reading(own))}",
                f"the cover quotes {quoted.value}, the enclosed letter reads {own.value}",
                evidence,
                _likelier(quoted, own, case),
            )
    yield from _unpaired(case)


@rule(
    "N06",
    th="วันที่แนบตามหนังสือนำ = วันที่บนหนังสือแนบ",
    en="the enclosure's date agrees",
    severity=Severity.ERROR,
    needs="both letters",
    source=_SAME_LETTER,
)
def enclosed_date_agrees(case: Case) -> Iterator[Observation]:
    """The date that a cover quotes for an enclosed letter is the one on it."""
    for pair in enclosed(case):
        quoted, own = pair.quote.date.value, pair.letter.date.value
        evidence = (f"{pair.quote_path}.date", f"{pair.path}.date")
        if quoted is None or own is None:
            yield could_not_run(
                "อ่านวันที่ในหนังสือนำหรือบนหนังสือแนบไม่ได้", "the date quoted or the enclosed one was not read", evidence
            )
        elif quoted == own:
            yield passed(*evidence)
        else:
            yield violated(
                f"หนังสือนำอ้างวันที่ {thai_day(quoted)} แต่หนังสือแนบลงวันที่ {thai_day(own)}",
                f"the cover quotes {quoted}, the enclosed letter is dated {own}",
                evidence,
            )


@rule(
    "N07",
    th="ชั้นความเร็วตรงกัน",
    en="urgency agrees",
    severity=Severity.WARNING,
    needs="both letters",
    source=_SAME_LETTER,
)
def enclosed_urgency_agrees(case: Case) -> Iterator[Observation]:
    """The urgency that a cover quotes for an enclosed letter is the one on it.

    Where it quotes none, the cover's own may be the same; if it is not, nothing is wrong, for a cover may be more
    urgent than what it forwards.
    """
    for pair in enclosed(case):
        evidence = (f"{pair.quote_path}.title", f"{pair.path}.urgency")
        title = pair.quote.title
        quoted = _URGENCY.search(f"{title.raw} {title.value or ''} {pair.quote.number.raw}")
        own = pair.letter.urgency.value
        if quoted is not None and own is not None and quoted.group() != own:
            yield violated(
                f"หนังสือนำอ้างว่า {quoted.group()} แต่หนังสือแนบเป็น {own}",
                f"the cover quotes {quoted.group()}, the enclosed letter is {own}",
                evidence,
            )
        elif own is not None and own == (quoted.group() if quoted else pair.cover.urgency.value):
            yield passed(*evidence)
        elif quoted is not None or own is not None:
            yield could_not_run(
                "ไม่พบชั้นความเร็วในหนังสือนำหรือบนหนังสือแนบ", "the urgency was read in one of the letters only", evidence
            )


@rule(
    "N08",
    th="เรื่องตรงกัน",
    en="subject agrees",
    severity=Severity.WARNING,
    needs="both letters",
    source=_SAME_LETTER,
)
def enclosed_subject_agrees(case: Case) -> Iterator[Observation]:
    """A cover that forwards a letter bears its subject, spaces and script of digits aside."""
    for pair in enclosed(case):
        cover, own = pair.cover.subject.value, pair.letter.subject.value
        evidence = (f"{pair.cover_path}.subject", f"{pair.path}.subject")
        if not cover or not own:
            yield could_not_run(
                "อ่านเรื่องของหนังสือนำหรือหนังสือแนบไม่ได้", "the subject of one of the letters was not read", evidence
            )
        elif _bare(cover) == _bare(own):
            yield passed(*evidence)
        else:
            yield violated(
                f"เรื่องต่างกัน: {quote(cover)} กับ {quote(own)}",
                f"the subjects differ: {quote(cover)}, {quote(own)}",
                evidence,
            )


def numbers_of(case: Case) -> Iterator[tuple[str, NumberField, tuple[str, str]]]:
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


def _office(letter: Letter) -> tuple[str, str]:
    issuer = letter.issuer if letter.issuer.value or letter.issuer.raw else letter.unit
    return issuer.value or issuer.raw, letter.address.value or letter.address.raw


def _prefix(number: NumberField) -> str | None:
    """Return the consonants as they stand on paper: a repaired number keeps the wrong ones in its raw text."""
    if number.source is not Source.PERSON:
        parsed = parse_letter_number(number.raw)
        if parsed is not None:
            return parsed.prefix
        if match := _PREFIX.match(number.raw):
            return match.group(1).replace(".", "")
    return number.parts.prefix if number.parts is not None else None


def _unlike(prefix: str, owner: Owner, case: Case) -> bool:
    """Whether a code cannot be of an office that stands in a province: it is another province's, or none at all."""
    unknown = prefix not in case.register.letter_codes
    return unknown or (
        is_province_code(prefix, case.register) and any(is_province_code(c, case.register) for c in owner.codes)
    )


def _likelier(quoted: NumberField, own: NumberField, case: Case) -> str | None:
    """Return the number that nothing doubts where something doubts the other."""

    def doubted(number: NumberField) -> bool:
        return bool(number.review) or _prefix(number) not in case.register.letter_codes

    if doubted(quoted) == doubted(own):
        return None
    return own.value if doubted(quoted) else quoted.value


def _unpaired(case: Case) -> Iterator[Observation]:
    """Say where a letter follows a cover with several enclosures and nothing tells which of them it is."""
    paired = {pair.path for pair in enclosed(case)}
    numbered = list(letters(case))
    for (cover_path, cover), (path, _) in pairwise(numbered):
        if path not in paired and sum(map(names_a_letter, cover.enclosures)) > 1:
            yield could_not_run(
                "หนังสือนำแนบหลายฉบับ ไม่ทราบว่าฉบับนี้คือฉบับใด",
                "the cover has several enclosures; which of them this letter is cannot be told",
                [f"{cover_path}.enclosures", path],
            )


def _bare(text: str) -> str:
    return "".join(to_arabic(text).split())
