"""Holding documents of an archive against the rules, with what the archive knows beside them."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from core.errors import UsageError
from core.settings import Settings
from core.suggestions import describe_choice, with_suggestion
from gazetteer import ledger
from gazetteer.confirmed_names import settle_confirmed
from gazetteer.register import load, own_changes
from models.annex import AnnexShape
from models.document import Document
from models.filed_letter import FiledLetter
from models.finding import Verdict
from models.issue import Severity
from models.snapshot import Snapshot
from pipeline.comparing import read_rounds
from pipeline.reading import Context, judge_document
from rounds.selection import find_round_before
from rounds.snapshot import freeze
from rules.runner import by_weight
from rules.selection import chosen
from store.archive import Archive

_WORST_FIRST: Final = tuple(Severity)


class ArchiveContext:
    """What an archive knows beside each of its documents; the archive is read once for all of them."""

    def __init__(self, archive: Archive, settings: Settings) -> None:
        self._successions = ledger.successions(own_changes(settings.bodies))
        self._filed = tuple(archive.letters())
        self._snapshots = read_rounds(archive)
        self._days = _latest_days(self._filed)

    def build_context(self, document: Document) -> Context:
        """Return the letters of other documents, and the round before each of its annexes."""
        return Context(filed=self._filed, earlier=dict(self._rounds_before(document)), successions=self._successions)

    def _rounds_before(self, document: Document) -> Iterator[tuple[int, Snapshot]]:
        """Yield the round before each annex.

        By the date of the letter that it came with: the day of its data is what a rule judges by that order.
        """
        dated = [(other, self._when(other, self._days)) for other in self._snapshots]
        for index, annex in enumerate(document.annexes):
            if annex.shape is not AnnexShape.MARKS:
                continue
            own = freeze(document, index)
            before = find_round_before(own, self._when(own, self._days), dated)
            if before is not None:
                yield index, before

    @staticmethod
    def _when(snapshot: Snapshot, days: Mapping[str, dt.date]) -> dt.date | None:
        return days.get(snapshot.document) or snapshot.as_of


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
    for name in names or [summary.sha256 for summary in archive.documents()]:
        document = settle_confirmed(archive.require_document(name), register, confirmed)
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


def _latest_days(filed: Iterable[FiledLetter]) -> dict[str, dt.date]:
    days: dict[str, dt.date] = {}
    for letter in filed:
        if letter.date is not None:
            days[letter.document] = max(letter.date, days.get(letter.document, letter.date))
    return days
