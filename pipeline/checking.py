"""Holding documents of an archive against the rules, with what the archive knows beside them."""

from collections.abc import Iterable, Iterator
from typing import Final

from core.errors import UsageError
from core.settings import Settings
from core.suggestions import describe_choice, with_suggestion
from gazetteer.confirmed_names import settle_confirmed
from gazetteer.register import load
from models.document import Document
from models.finding import Verdict
from models.issue import Severity
from pipeline.archive_context import ArchiveContext
from pipeline.judging import judge_document
from rules.runner import by_weight
from rules.selection import chosen
from store.archive import Archive

_WORST_FIRST: Final = tuple(Severity)


def judge(
    archive: Archive, names: Iterable[str], settings: Settings, rules: Iterable[str] = (), least: str | None = None
) -> Iterator[tuple[Document, tuple[Verdict, ...]]]:
    """Yield documents with what the rules say of them, what weighs most first.

    Names that people confirmed since a document was read count as they said.

    Args:
        archive: Where they are.
        names: File names or first digits of SHA-256; none for all.
        settings: Thresholds and the choice of rules.
        rules: Ids of rules, for those alone.
        least: The least severity, for rules of that or a worse one.

    Raises:
        UnknownDocumentError: A document is not in the archive.
        UsageError: A rule or a severity is none, or is switched off.
    """
    wanted = _wanted(settings, tuple(rules), least)
    known = ArchiveContext(archive, settings)
    register = load(settings.bodies)
    confirmed = [remembered.confirmation for remembered in archive.confirmations()]
    named = list(names)
    for read in map(archive.require_document, named) if named else archive.iterate_records():
        document = settle_confirmed(read, register, confirmed)
        verdicts = judge_document(document, settings, known.build_context(document))
        yield document, by_weight(verdict for verdict in verdicts if verdict.rule in wanted)


def at_least(least: str) -> frozenset[Severity]:
    """Return a severity and the worse ones.

    Raises:
        UsageError: It is none.
    """
    if least not in [each.value for each in _WORST_FIRST]:
        raise UsageError(*describe_choice(least, [each.value for each in _WORST_FIRST]))
    return frozenset(_WORST_FIRST[: _WORST_FIRST.index(Severity(least)) + 1])


def _describe_unknown(rule: str, known: Iterable[str]) -> tuple[str, str]:
    th, en = with_suggestion(rule, known)
    return f"--rule {th}: ไม่มีกฎนี้ หรือปิดไว้ในการตั้งค่า", f"--rule {en}: no such rule, or it is switched off"


def _wanted(settings: Settings, rules: tuple[str, ...], least: str | None) -> frozenset[str]:
    known = {rule.id: rule.severity for rule in chosen(settings.rules)}
    named = tuple(rule.upper() for rule in rules)
    unknown = [rule for rule in named if rule not in known]
    if unknown:
        raise UsageError(*_describe_unknown(unknown[0], known))
    severities = at_least(least) if least else frozenset(_WORST_FIRST)
    return frozenset(rule for rule in (named or known) if known[rule] in severities)
