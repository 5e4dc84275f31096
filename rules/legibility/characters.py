"""Q: characters that no Thai text can hold, the surest sign of a misreading."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from models.field import Field, Source
from models.issue import Severity
from rules.engine.declaration import Case, Observation, passed, rule, violated
from rules.engine.messages import quote
from rules.engine.record_paths import annexes, letters, rows
from thai.numerals import mixed_digits
from thai.text import foreign_letters, illegal_sequences, split_clusters

_MOST_WORDS = 5
"""Words that are quoted in one message."""
_NUMBER = re.compile(r"[0-9๐-๙]+(?:[.,][0-9๐-๙]+)*")


@rule(
    "Q01",
    th="ไม่มีอักษรต่างระบบปนในคำไทย",
    en="no foreign script inside Thai",
    severity=Severity.ERROR,
    needs="code points",
    source="Unicode scripts: Thai and Latin are at home in official papers",
    about_reading=True,
)
def no_foreign_letters(case: Case) -> Iterator[Observation]:
    """No letter is of a script other than Thai and Latin, such as Arabic or Lao."""
    yield from _scan(case, foreign_letters, "อักษรต่างระบบ", "foreign letters")


@rule(
    "Q02",
    th="ลำดับสระ/วรรณยุกต์ถูกต้อง",
    en="no illegal Thai sequence",
    severity=Severity.WARNING,
    needs="code points",
    source="order of Thai characters: consonant, vowel above or below, tone, vowel after",
    about_reading=True,
)
def no_illegal_sequences(case: Case) -> Iterator[Observation]:
    """No vowel or tone mark stands where Thai allows none, such as a vowel below without a consonant."""
    yield from _scan(case, illegal_sequences, "ลำดับสระหรือวรรณยุกต์ผิด", "an illegal sequence")


@rule(
    "Q03",
    th="ไม่มี ํ+า, เ+เ หรือช่องว่างก่อนสระ",
    en="no clusters in pieces, no space before a vowel",
    severity=Severity.INFO,
    needs="code points",
    source="Unicode: ำ and แ are one character each, and a mark stands on its consonant",
    about_reading=True,
)
def no_split_clusters(case: Case) -> Iterator[Observation]:
    """No ำ or แ is written as two characters, and no space parts a vowel or tone mark from its consonant."""
    yield from _scan(case, split_clusters, "สระหรือวรรณยุกต์ที่แยกเป็นส่วน", "a cluster in pieces")


@rule(
    "Q04",
    th="ไม่ปนเลขไทยกับเลขอารบิกในจำนวนเดียว",
    en="no Thai and Arabic digits mixed in one number",
    severity=Severity.WARNING,
    needs="digits",
    source="a number is printed in one script; two are a misreading",
    about_reading=True,
)
def no_mixed_digits(case: Case) -> Iterator[Observation]:
    """No number is written partly in Thai and partly in Arabic digits, such as ๐๐๐6."""
    yield from _scan(case, _mixed_numbers, "เลขไทยปนเลขอารบิก", "mixed digits")


def _mixed_numbers(text: str) -> list[str]:
    return [number for number in _NUMBER.findall(text) if mixed_digits(number)]


def _scan(case: Case, find: Callable[[str], list[str]], th: str, en: str) -> Iterator[Observation]:
    """Look at fields, then at the words of the pages that stand in none of them."""
    known: set[str] = set()
    for path, field in _fields(case):
        words = _words(field.raw, find)
        known.update(words)
        if field.source is Source.PERSON:
            continue
        yield _observe(path, words, find, th, en)
    for index, page in enumerate(case.document.pages):
        words = [word for word in _words(page.text, find) if not any(word in seen or seen in word for seen in known)]
        yield _observe(f"pages[{index}].text", words, find, th, en)


def _observe(path: str, words: list[str], find: Callable[[str], list[str]], th: str, en: str) -> Observation:
    if not words:
        return passed(path)
    found = ", ".join(dict.fromkeys(sign for word in words for sign in find(word)))
    named = " ".join(quote(word) for word in words[:_MOST_WORDS]) + (" …" if len(words) > _MOST_WORDS else "")
    return violated(f"{named} มี{th} ({found})", f"{named} holds {en} ({found})", [path])


def _words(text: str, find: Callable[[str], list[str]]) -> list[str]:
    """Return the words in which something is found, each once."""
    return list(dict.fromkeys(word for word in text.split() if find(word))) if find(text) else []


def _fields(case: Case) -> Iterator[tuple[str, Field[Any]]]:
    """Yield the texts that people and other rules rely on, as they were read."""
    for path, letter in letters(case):
        for name in ("issuer", "address", "subject", "body"):
            field = getattr(letter, name)
            if field.raw:
                yield f"{path}.{name}", field
        for index, recipient in enumerate(letter.recipients):
            yield f"{path}.recipients[{index}]", recipient
    for path, annex in annexes(case):
        for where, _, row in rows(path, annex):
            for name in ("district", "body", "remark"):
                field = getattr(row, name)
                if field.raw:
                    yield f"{where}.{name}", field
