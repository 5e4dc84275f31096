"""N: what a cover says of the letter that it sends along, against that letter."""

import re
from collections.abc import Iterator
from itertools import pairwise

from models.issue import Severity
from models.letter import NumberField
from rules.engine.declaration import Case, Observation, could_not_run, passed, rule, violated
from rules.engine.messages import quote, thai_day
from rules.engine.record_paths import enclosed, letters, names_a_letter, reading
from rules.letter_numbers.cited_letters import forwarded
from rules.letter_numbers.number_form import read_prefix
from thai.numerals import to_arabic

_SAME_LETTER = "a cover quotes the letter that it encloses"
_URGENCY = re.compile(r"ด่วน(?:ที่สุด|มาก)?")


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
    needs="both letters, in the file or the archive",
    source=_SAME_LETTER,
)
def enclosed_subject_agrees(case: Case) -> Iterator[Observation]:
    """A cover that forwards a letter bears its subject, spaces and script of digits aside.

    The letter is the one behind it in the file, else the one in the archive with the number and date that it quotes.
    """
    for pair in enclosed(case):
        evidence = (f"{pair.cover_path}.subject", f"{pair.path}.subject")
        yield _same_subject(pair.cover.subject.value, pair.letter.subject.value, evidence)
    for named in forwarded(case):
        yield _same_subject(named.letter.subject.value, named.filed.subject, (f"{named.path}.subject",))


def _same_subject(cover: str | None, own: str | None, evidence: tuple[str, ...]) -> Observation:
    if not cover or not own:
        return could_not_run(
            "อ่านเรื่องของหนังสือนำหรือหนังสือแนบไม่ได้", "the subject of one of the letters was not read", evidence
        )
    if _bare(cover) == _bare(own):
        return passed(*evidence)
    return violated(
        f"เรื่องต่างกัน: {quote(cover)} กับ {quote(own)}",
        f"the subjects differ: {quote(cover)}, {quote(own)}",
        evidence,
    )


def _likelier(quoted: NumberField, own: NumberField, case: Case) -> str | None:
    """Return the number that nothing doubts where something doubts the other."""

    def doubted(number: NumberField) -> bool:
        return bool(number.review) or read_prefix(number) not in case.register.letter_codes

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
