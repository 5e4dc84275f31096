"""What an archive knows beside each of its documents, read as far as a document needs it."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import product

from core.settings import Settings
from gazetteer import ledger
from gazetteer.register import load, own_changes
from models.annex import AnnexShape
from models.document import Document
from models.filed_letter import FiledLetter
from models.snapshot import Snapshot
from pipeline.comparing import read_rounds
from pipeline.judging import Context
from pipeline.number_neighbors import NumberNeighbors
from rounds.selection import find_round_before
from rounds.snapshot import freeze
from store import dated_letters, mentions
from store.archive import Archive


class ArchiveContext:
    """What rules hold a document against.

    A rule asks of other letters no more than: those of the same number or day, those that name one of these, and those
    of the next lower and higher number of the same office in the same year. So no others are read.
    """

    def __init__(self, archive: Archive, settings: Settings) -> None:
        self._archive = archive
        self._successions = ledger.successions(own_changes(settings.bodies))
        self._neighbors = NumberNeighbors(archive, load(settings.bodies).letter_codes)

    def build_context(self, document: Document) -> Context:
        """Return the letters of other documents that may bear on it, and the round before each of its annexes."""
        return Context(
            filed=tuple(self._find_letters(document)),
            earlier=dict(self._rounds_before(document)),
            successions=self._successions,
        )

    def _find_letters(self, document: Document) -> Iterator[FiledLetter]:
        """Yield the letters that share a number or day, whole and in the order of their import, then the neighbors."""
        own = [
            FiledLetter.from_letter(letter, document.source.sha256, index, document.source.name)
            for index, letter in enumerate(document.letters)
        ]
        mentioned = [(letter.number, letter.date) for letter in own]
        mentioned += [(cited.number, cited.date) for letter in own for cited in letter.cites]
        wanted = mentions.Mentions(
            numbers=frozenset(number for number, _ in mentioned if number),
            dates=frozenset(day for _, day in mentioned if day),
        )
        if not wanted:
            return
        with self._archive.reading() as connection:
            found = mentions.find_documents(connection, wanted)
        whole = self._archive.letters(found)
        yield from whole
        known = {(letter.document, letter.index) for letter in whole}
        years = {day.year for day in wanted.dates}
        for number, year in product(sorted(wanted.numbers), sorted(years)):
            for beside in self._neighbors.find(number, year, document.source.sha256):
                if (beside.document, beside.index) not in known:
                    known.add((beside.document, beside.index))
                    yield beside

    @cached_property
    def _dated_rounds(self) -> Sequence[tuple[Snapshot, dt.date | None]]:
        """All rounds with the latest date of the letters that each came with, else the day of its data."""
        rounds = read_rounds(self._archive)
        with self._archive.reading() as connection:
            days = dated_letters.find_latest_days(connection, {each.document for each in rounds})
        return [(each, days.get(each.document) or each.as_of) for each in rounds]

    def _rounds_before(self, document: Document) -> Iterator[tuple[int, Snapshot]]:
        """Yield the round before each annex.

        By the date of the letter that it came with: the day of its data is what a rule judges by that order.
        """
        day = max((letter.date.value for letter in document.letters if letter.date.value), default=None)
        for index, annex in enumerate(document.annexes):
            if annex.shape is not AnnexShape.MARKS:
                continue
            own = freeze(document, index)
            before = find_round_before(own, day or own.as_of, self._dated_rounds)
            if before is not None:
                yield index, before
