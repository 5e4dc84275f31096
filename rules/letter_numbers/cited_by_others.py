"""N: what other letters of the archive call a letter, against its own number and date."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from models.filed_letter import Citation, FiledLetter
from models.issue import Severity
from models.letter import Letter
from rules.engine.declaration import Case, Observation, could_not_run, passed, rule, violated
from rules.engine.messages import quote, thai_day
from rules.engine.record_paths import letters, reading
from rules.letter_numbers.cited_letters import ONE_LETTER, near_numbers
from thai.letter_identity import Likeness, bare, same_letter, same_office
from thai.letter_number import parse_letter_number
from thai.text import search_form

_MEANT: Final = frozenset({Likeness.SAME, Likeness.MISREAD, Likeness.OTHER_DATE})


@rule(
    "N13",
    th="เลขที่และวันที่ตรงกับที่หนังสืออื่นในคลังอ้าง",
    en="number and date are those that other letters of the archive name it by",
    severity=Severity.WARNING,
    needs="number, date, archive",
    source=ONE_LETTER,
)
def called_as_it_is(case: Case) -> Iterator[Observation]:
    """A letter that others refer to or send along is named by its own number and date.

    It is taken for the one that they name where the numbers are likely one (as in N12), or where date, office and
    subject agree, as those of a letter and its reply do. Where its own number or date asks for review, as what a hand
    filled in does, theirs is the likelier reading; where nothing is doubted, the letter that names it is told of
    instead, when that one is checked.
    """
    for path, letter in letters(case):
        named = _find_names(case, letter)
        evidence = [f"{path}.number", f"{path}.date"]
        if (bare(letter.number.value or ""), letter.date.value) in named:
            yield passed(*evidence)
        elif len(named) > 1:
            names = ", ".join(quote(filed.name) for filed, _ in named.values())
            yield could_not_run(
                f"หนังสือในคลังอ้างฉบับนี้ไม่ตรงกันเอง: {names}",
                f"letters of the archive name this one differently: {names}",
                evidence,
            )
        elif named and (letter.number.review or letter.number.value is None or letter.date.review):
            yield _called_otherwise(path, letter, *next(iter(named.values())))


def _find_names(case: Case, letter: Letter) -> dict[tuple[str, dt.date | None], tuple[FiledLetter, Citation]]:
    """Return the numbers and dates by which other letters of the archive name this one, each with one that does."""
    return {
        (bare(cited.number or ""), cited.date): (filed, cited)
        for filed in case.filed or ()
        if filed.document != case.document.source.sha256
        for cited in filed.cites
        if _means(filed, cited, letter)
    }


def _means(filed: FiledLetter, cited: Citation, letter: Letter) -> bool:
    """Whether a letter of the archive names this one."""
    day, number = letter.date.value, letter.number.value or ""
    if not cited.number or day is None:
        return False
    likely = same_letter((cited.number, cited.date), (number, day))
    if likely is not None and likely.likeness in _MEANT:
        return likely.likeness is not Likeness.MISREAD or not near_numbers(cited.number, number)
    if cited.date != day or not same_office(cited.number, number or reading(letter.number)):
        return False
    return search_form(filed.subject or "") == search_form(letter.subject.value or "") != ""


def _called_otherwise(path: str, letter: Letter, filed: FiledLetter, cited: Citation) -> Observation:
    number_differs = bare(cited.number or "") != bare(letter.number.value or "")
    day = thai_day(cited.date) if cited.date else ""
    return violated(
        f"{quote(filed.name)} อ้างฉบับนี้ว่า {quote(cited.number or '')} ลงวันที่ {day} "
        f"แต่อ่านได้ {quote(reading(letter.number))} ลงวันที่ {quote(reading(letter.date))}",
        f"{quote(filed.name)} names this letter {cited.number} of {cited.date}, "
        f"but {quote(reading(letter.number))} of {letter.date.value} was read",
        [f"{path}.number" if number_differs else f"{path}.date"],
        _likelier(letter, cited) if number_differs else day,
    )


def _likelier(letter: Letter, cited: Citation) -> str | None:
    """Return the number that the other letter has; None where the running numbers agree.

    A hand fills in the running number alone: of two offices' digits in print either may be the typist's slip.
    """
    own, other = (parse_letter_number(each or "") for each in (letter.number.value, cited.number))
    return None if own is not None and other is not None and own.running == other.running else cited.number
