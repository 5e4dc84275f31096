"""A doubt as a question to a person: what was read, why it is doubted, and which answers there are."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from rapidfuzz import fuzz
from sqlalchemy import func, select

from core.errors import Language, UsageError
from gazetteer.search import search as search_bodies
from models.annex import BodyRef, Row
from models.decision import Answer, Decision
from models.document import Document
from models.doubt import Doubt, find_notices
from models.field import Box, Field
from models.finding import Finding, Outcome
from models.issue import Severity
from models.letter import NumberField
from models.record_path import get_field, parent, resolve, template
from models.register import Register
from pipeline.earlier_value import find_earlier_value
from pipeline.raw_support import is_supported
from pipeline.reasons import explain_code, name_value
from pipeline.typed_values import parse_value
from pipeline.value_text import show_value, typed_text
from reports.labels import date_short
from store.archive import Archive
from store.schema import decisions
from thai.text import search_form

_MOST_CHOICES: Final = 9
"""As many as there are digits to pick them by."""
_MOST_BODIES: Final = 4
"""Bodies of the register that are offered for a name at most."""
_MOST_DECISIONS: Final = 2_000
"""Decisions of the archive that are learned from, the newest."""
_ALIKE: Final = 80
"""How alike, in hundredths, a confirmed value must be to what was read to be proposed."""
_SAME: Final = 100
"""As `_ALIKE`: the very same reading."""
_UNSURE_ONLY: Final = frozenset({"low_confidence", "handwriting.suspected"})
"""Doubts about how clearly something was read, which nothing else contradicts."""
_CONFIDENCE_RULES: Final = frozenset({"Q05"})
"""Rules that say no more than those."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that a digit picks.

    Attributes:
        text: The value, in words.
        typed: The value as it may be typed.
        origin: Where it comes from, in words.
        confirms: Whether it is the value as it stands.
    """

    text: str
    typed: str
    origin: str
    confirms: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A doubt with all that a person needs to answer it.

    Attributes:
        doubt: What is in doubt.
        field: The value; None for a finding that rests on no single value.
        finding: The finding, where it is one.
        name: Which value it is, in words.
        reasons: Why it is doubted, in words.
        choices: Answers to pick, the likeliest first.
        by_default: Whether Enter takes the first choice: only where nothing speaks against the value but how clearly
            it was read. Where readings or rules disagree a person has to choose.
        box, page: Where it stands.
        earlier: What the round before says, and the day of that round, in words; empty where it says nothing.
    """

    doubt: Doubt
    field: Field[Any] | None
    finding: Finding | None
    name: str
    reasons: tuple[str, ...]
    choices: tuple[Choice, ...]
    by_default: bool
    page: int | None
    box: Box | None
    earlier: str = ""


def ask(archive: Archive, document: Document, doubt: Doubt, register: Register, language: Language = "th") -> Question:
    """Return the question that a doubt is."""
    field = get_field(document, doubt.path) if doubt.path else None
    finding = None if doubt.rule is None else _finding(document, doubt)
    choices: tuple[Choice, ...] = ()
    earlier = None
    if doubt.rule is None and field is not None:
        earlier = _find_earlier(archive, document, doubt.path, register, language)
        offered = [] if earlier is None else [(earlier.typed, earlier.origin)]
        choices = tuple(_choices(archive, document, doubt, field, register, language, offered))[:_MOST_CHOICES]
    codes = (*doubt.codes, *doubt.rules)
    reasons = [reason for code in codes for reason in _reasons(document, doubt, code, language)]
    return Question(
        doubt=doubt,
        field=field,
        finding=finding,
        name=name_value(document, doubt.path, language),
        reasons=tuple(dict.fromkeys(reasons)),
        choices=choices,
        by_default=field is not None and doubt.rule is None and _undisputed(document, doubt, field, choices),
        page=doubt.page or (field.page if field else None),
        box=field.box if field else None,
        earlier=_tell_earlier(earlier, language),
    )


def _tell_earlier(earlier: Choice | None, language: Language) -> str:
    if earlier is None:
        return ""
    return f"{earlier.text} ({earlier.origin.removeprefix(_word('earlier', language)).strip()})"


def _find_earlier(
    archive: Archive, document: Document, path: str, register: Register, language: Language
) -> Choice | None:
    """Return what the round before says as an answer."""
    found = find_earlier_value(archive, document, path)
    if found is None:
        return None
    try:
        value = parse_value(document, path, found.typed, register)
    except UsageError:
        return None
    origin = f"{_word('earlier', language)} {date_short(found.as_of, language)}"
    return Choice(show_value(value, language), typed_text(value), origin)


def _undisputed(document: Document, doubt: Doubt, field: Field[Any], choices: tuple[Choice, ...]) -> bool:
    """Whether nothing speaks against a value but how clearly it was read."""
    repaired = field.repair is not None and field.repair.cost > 0
    alone = len(choices) == 1 and choices[0].confirms
    disputed = any(_disputes(finding, doubt.path) for finding in document.findings)
    agreed = alone and not repaired and not disputed and is_supported(document, doubt.path, field)
    return agreed and _UNSURE_ONLY.issuperset(doubt.codes)


def _disputes(finding: Finding, path: str) -> bool:
    """Whether a finding speaks against a value.

    So does a rule that could not be run because of this value alone: an unknown code is likely a misread one.
    """
    if finding.severity is Severity.INFO or finding.rule in _CONFIDENCE_RULES:
        return False
    return finding.evidence == (path,) or (finding.outcome is Outcome.VIOLATED and path in finding.evidence)


def _reasons(document: Document, doubt: Doubt, code: str, language: Language) -> list[str]:
    """Say why: of a rule what it found at this value, of a review code what it means."""
    found = [
        each.message.th if language == "th" else each.message.en
        for each in (*document.findings, *find_notices(document))
        if each.rule == code and each.outcome is Outcome.VIOLATED and _concerns(each, doubt)
    ]
    return [f"{code}: {message}" for message in found] or [explain_code(code, language)]


def _concerns(finding: Finding, doubt: Doubt) -> bool:
    if doubt.rule is not None:
        return doubt.target.endswith(finding.message.th)
    return doubt.path in finding.evidence


def _finding(document: Document, doubt: Doubt) -> Finding | None:
    every = (*document.findings, *find_notices(document))
    found = (each for each in every if each.rule == doubt.rule and each.outcome is Outcome.VIOLATED)
    return next((each for each in found if doubt.target.endswith(each.message.th)), None)


def _choices(
    archive: Archive,
    document: Document,
    doubt: Doubt,
    field: Field[Any],
    register: Register,
    language: Language,
    offered: Sequence[tuple[str, str]],
) -> Iterator[Choice]:
    """Yield the answers that differ: the value, what stands on paper, and what the register and others propose."""
    known: set[str] = set()
    if field.value is not None:
        shown = show_value(field.value, language)
        known.add(search_form(shown))
        yield Choice(shown, typed_text(field.value), _word("as_is", language), confirms=True)
    for text, origin in (*offered, *_proposals(archive, document, doubt, field, register, language)):
        try:
            value = parse_value(document, doubt.path, text, register)
        except UsageError:
            continue
        shown = show_value(value, language)
        # The same in other digits or with other spaces is no other answer.
        if search_form(shown) not in known:
            known.add(search_form(shown))
            yield Choice(shown, typed_text(value), origin)


def _proposals(
    archive: Archive, document: Document, doubt: Doubt, field: Field[Any], register: Register, language: Language
) -> Iterator[tuple[str, str]]:
    if field.raw.strip() and not isinstance(field.value, BodyRef):
        yield " ".join(field.raw.split()), _word("raw", language)
    if field.other.strip():
        yield " ".join(field.other.split()), _word("second", language)
    for finding in document.findings:
        if finding.suggestion and doubt.path in finding.evidence:
            yield finding.suggestion, f"{_word('rule', language)} {finding.rule}"
    if field.repair is not None:
        for candidate in field.repair.candidates:
            yield candidate.code or candidate.value, _word("register", language)
    yield from _confirmed_before(archive, doubt.path, field, language)
    row = resolve(document, parent(doubt.path))
    if isinstance(row, Row) and template(doubt.path).endswith(".body") and field.raw.strip():
        province = get_field(document, f"{doubt.path.partition('.')[0]}.province")
        where = province.value if province is not None else None
        for body in search_bodies(register, field.raw, where)[:_MOST_BODIES]:
            yield body.code, _word("register", language)


def _confirmed_before(archive: Archive, path: str, field: Field[Any], language: Language) -> Iterator[tuple[str, str]]:
    """Yield what people of this archive said of values of the same meaning that were read alike, with how often."""
    raw = field.raw
    if not raw.strip():
        return
    # Numbers of one office are alike, and each is another letter's: of them the same reading alone says anything.
    least = _SAME if isinstance(field, NumberField) else _ALIKE
    counts: Counter[str] = Counter()
    for decision in confirmed_values(archive, path):
        value = decision.after if decision.answer is Answer.CORRECTED else decision.before
        if isinstance(value, str) and fuzz.ratio(decision.ground.raw, raw) >= least:
            counts[value] += 1
    for value, number in counts.most_common(3):
        times = show_value(number, language)
        yield value, f"{times} ครั้งในคลังนี้" if language == "th" else f"{times} times in this archive"


def confirmed_values(archive: Archive, path: str) -> list[Decision]:
    """Return the newest decisions that gave or confirmed values of the same meaning, in the whole archive."""
    form = template(path)
    with archive.reading() as connection:
        last = connection.execute(select(func.max(decisions.c.id))).scalar() or 0
    return [each for each in _list_newest(archive, last) if template(each.path) == form]


@lru_cache(maxsize=2)
def _list_newest(archive: Archive, last: int) -> tuple[Decision, ...]:
    """Return the newest answers that give a value, up to one; kept, since every question asks for the same."""
    revoked = select(decisions.c.revokes).where(decisions.c.revokes.is_not(None))
    query = (
        select(decisions.c.payload)
        .where(decisions.c.id <= last, decisions.c.payload.is_not(None), decisions.c.id.not_in(revoked))
        .order_by(decisions.c.id.desc())
        .limit(_MOST_DECISIONS)
    )
    with archive.reading() as connection:
        found = [Decision.model_validate_json(payload) for payload in connection.execute(query).scalars()]
    return tuple(each for each in found if each.rule is None and each.answer in (Answer.CONFIRMED, Answer.CORRECTED))


def _word(key: str, language: Language) -> str:
    words = {
        "as_is": ("ค่าที่โปรแกรมเสนอ", "as proposed"),
        "raw": ("ตามที่อ่านได้", "as read"),
        "second": ("ตามที่อ่านครั้งที่สอง", "by the second reader"),
        "rule": ("ตามกฎ", "by rule"),
        "earlier": ("รอบก่อน", "round before,"),
        "register": ("จากทะเบียน", "from the register"),
    }
    return words[key][language == "en"]
