"""N and D: letters that a letter names, against those letters in the archive."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from models.filed_letter import FiledLetter
from models.issue import Severity
from models.letter import Enclosure, Letter, Reference
from rules.engine.declaration import Case, Observation, could_not_run, passed, rule, violated
from rules.engine.messages import quote, thai, thai_day
from rules.engine.record_paths import enclosed, letter_date, letters, names_a_letter, reading
from thai.addressees import is_to
from thai.letter_identity import Likely, Likeness, same_letter
from thai.letter_number import parse_letter_number

_A_DAY = 10
"""Numbers that an office may give on one day; within them a misread last digit cannot be told from the next letter."""
ONE_LETTER: Final = "a letter is known by its number and date, wherever it is named"
"""What rules N12 and N13 rest on."""


@dataclass(frozen=True, slots=True)
class ResolvedCitation:
    """A letter of the archive that a letter of the document names.

    Attributes:
        path, letter: The letter that names it.
        place, quoted: What it says of it.
        filed: The letter in the archive.
        likely: How the two differ.
    """

    path: str
    letter: Letter
    place: str
    quoted: Reference | Enclosure
    filed: FiledLetter
    likely: Likely


@rule(
    "N12",
    th="หนังสือที่อ้างถึงหรือส่งมาด้วยตรงกับฉบับในคลัง",
    en="a letter that is referred to or sent along is in the archive as it is named",
    severity=Severity.WARNING,
    needs="references, enclosures, archive",
    source=ONE_LETTER,
)
def named_as_filed(case: Case) -> Iterator[Observation]:
    """A letter that is named has the number and date of one in the archive, where one is likely the same.

    Likely is an equal number of the same year, or on the same day one that differs in digits that are read as one
    another, a lost digit, or two that changed places. The letter's own reading is the likelier one, unless it asks
    for review and the quotation does not. A letter that the archive does not have is no matter here.
    """
    for found in _by_quotation(case):
        first = found[0]
        evidence = (f"{first.place}.number", f"{first.place}.date")
        kinds = {each.likely.likeness for each in found}
        if Likeness.SAME in kinds:
            yield passed(*evidence)
        elif len({(each.filed.number, each.filed.date) for each in found}) > 1:
            names = ", ".join(quote(each.filed.name) for each in found)
            yield could_not_run(
                f"ในคลังมีหลายฉบับที่น่าจะเป็นฉบับที่อ้าง: {names}",
                f"several letters of the archive may be meant: {names}",
                evidence,
            )
        elif Likeness.UNDATED in kinds:
            yield could_not_run(
                f"เลขที่ตรงกับ {quote(first.filed.name)} แต่ไม่ทราบวันที่ทั้งสองแห่ง",
                f"the number is that of {quote(first.filed.name)}, but one of the dates was not read",
                evidence,
            )
        elif Likeness.OTHER_DATE in kinds:
            yield _other_date(first)
        elif near_numbers(first.quoted.number.value or "", first.filed.number or ""):
            yield could_not_run(
                f"ในคลังมี {quote(first.filed.number or '')} ลงวันเดียวกัน อาจอ่านผิดหรือเป็นคนละฉบับ",
                f"the archive has {first.filed.number} of the same day: a misreading, or another letter",
                evidence,
            )
        else:
            yield _misread(first)


@rule(
    "D13",
    th="หนังสือตอบลงวันที่ไม่เกินกำหนด",
    en="a reply is dated no later than the deadline that it answers",
    severity=Severity.INFO,
    needs="references, archive",
    source="order of events; the deadline of the letter that is answered",
)
def replied_in_time(case: Case) -> Iterator[Observation]:
    """A letter that goes to the office whose letter it refers to is dated by the day that letter asked for."""
    for found in _by_quotation(case):
        for named in found:
            deadline, issuer = named.filed.deadline, named.filed.issuer
            answers = issuer and any(is_to(field.value or "", issuer) for field in named.letter.recipients)
            if named.likely.likeness is not Likeness.SAME or ".references[" not in named.place:
                continue
            dated = letter_date(case, named.path)
            if deadline is None or not answers or dated is None:
                continue
            evidence = (dated[1], f"{named.place}.number")
            late = (dated[0] - deadline).days
            if late <= 0:
                yield passed(*evidence)
            else:
                asked = quote(named.filed.name)
                yield violated(
                    f"ตอบ {thai_day(dated[0])} หลังกำหนด {thai_day(deadline)} ของ {asked} {thai(late)} วัน",
                    f"answered {dated[0]}, {late} days after the deadline {deadline} of {asked}",
                    evidence,
                )


def forwarded(case: Case) -> Iterator[ResolvedCitation]:
    """Yield letters of the archive that a letter sends along and that are not in the file with it."""
    in_file = {pair.quote_path for pair in enclosed(case)}
    for found in _by_quotation(case):
        for named in found[:1]:
            sent = ".enclosures[" in named.place and named.place not in in_file
            if sent and named.likely.likeness is Likeness.SAME:
                yield named


def _by_quotation(case: Case) -> Iterator[list[ResolvedCitation]]:
    """Yield for each quotation the letters of other files that are likely meant, those that surely are first."""
    for path, letter in letters(case):
        quotes: list[tuple[str, Reference | Enclosure]] = [
            *((f"{path}.references[{index}]", quoted) for index, quoted in enumerate(letter.references)),
            *((f"{path}.enclosures[{i}]", sent) for i, sent in enumerate(letter.enclosures) if names_a_letter(sent)),
        ]
        for place, quoted in quotes:
            mention = (quoted.number.value or "", quoted.date.value)
            found = [
                ResolvedCitation(path, letter, place, quoted, filed, likely)
                for filed in case.filed or ()
                if filed.document != case.document.source.sha256
                and (likely := same_letter(mention, (filed.number or "", filed.date))) is not None
            ]
            if found:
                yield sorted(found, key=lambda each: each.likely.likeness is not Likeness.SAME)


def _other_date(named: ResolvedCitation) -> Observation:
    quoted, filed = named.quoted.date, named.filed
    own = thai_day(filed.date) if filed.date else ""
    return violated(
        f"อ้าง {quote(reading(named.quoted.number))} ลงวันที่ {quote(reading(quoted))} "
        f"แต่ {quote(filed.name)} ลงวันที่ {own}{_which(named, 'date')[0]}",
        f"{named.quoted.number.value} is quoted as of {quoted.value}, but {quote(filed.name)} is dated {filed.date}"
        f"{_which(named, 'date')[1]}",
        [f"{named.place}.date"],
        own if _filed_is_likelier(named, "date") else None,
    )


def _misread(named: ResolvedCitation) -> Observation:
    quoted, filed = named.quoted.number, named.filed
    pairs = ", ".join(f"{one or '–'}/{other or '–'}" for one, other in named.likely.differences)
    day = thai_day(filed.date) if filed.date else ""
    return violated(
        f"อ้างเลขที่ {quote(reading(quoted))} แต่ {quote(filed.name)} ลงวันที่เดียวกัน ({day}) เลขที่ "
        f"{quote(filed.number or '')} ต่างกันที่ {thai(pairs)}{_which(named, 'number')[0]}",
        f"{quoted.value} is quoted, but {quote(filed.name)} of the same day ({filed.date}) is {filed.number}; "
        f"they differ in {pairs}{_which(named, 'number')[1]}",
        [f"{named.place}.number"],
        filed.number if _filed_is_likelier(named, "number") else None,
    )


def near_numbers(one: str, other: str) -> bool:
    """Whether two numbers are so near that one office may well have given both on one day."""
    a, b = parse_letter_number(one), parse_letter_number(other)
    if a is None or b is None or (a.prefix, a.unit, a.circular) != (b.prefix, b.unit, b.circular):
        return False
    return a.running.isdigit() and b.running.isdigit() and abs(int(a.running) - int(b.running)) < _A_DAY


def _filed_is_likelier(named: ResolvedCitation, part: str) -> bool:
    doubted = named.quoted.number.review if part == "number" else named.quoted.date.review
    return part not in named.filed.doubted or bool(doubted)


def _which(named: ResolvedCitation, part: str) -> tuple[str, str]:
    """Say where it is the archive's own reading that is doubted."""
    if _filed_is_likelier(named, part):
        return "", ""
    return " ฉบับในคลังเป็นค่าที่ควรตรวจทาน", "; the one in the archive asks for review"
