"""Letters as a graph of who names whom, and the part of it around one document."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from models.filed_letter import Citation, FiledLetter
from models.thread import Basis, Copy, Link, Relation, Thread, ThreadLetter
from thai.addressees import is_to, normalize_office
from thai.letter_identity import Likeness, bare, names_letter, same_letter, same_office
from thai.text import search_form

Key = tuple[str, dt.date | None]
"""A letter's number and date; one without a number is known by its place, a missing one by how it is named."""

_LAST: Final = dt.date.max
_BASES: Final[dict[Likeness, Basis]] = {
    Likeness.SAME: "same",
    Likeness.UNDATED: "undated",
    Likeness.OTHER_DATE: "other_date",
    Likeness.MISREAD: "misread",
}


def build_thread(filed: Sequence[FiledLetter], document: str, most: int) -> Thread:
    """Return the chain around the letters of one file.

    Args:
        filed: All letters that may be of it.
        document: SHA-256 of the file.
        most: How many letters at most; the nearest come first, the rest are counted.
    """
    graph = _Graph(filed)
    focus = [key for key, letters in graph.letters.items() if any(each.document == document for each in letters)]
    reached = list(dict.fromkeys(focus))[:most]
    left_out: set[Key] = set()
    for key in reached:  # it grows as we go: nearer letters come before farther ones
        for other in graph.neighbors[key]:
            if other in reached:
                continue
            if len(reached) < most:
                reached.append(other)
            else:
                left_out.add(other)
    order = sorted(reached, key=graph.when)
    place = {key: index for index, key in enumerate(order)}
    links = [each for each in graph.edges if each.source in place and each.target in place]
    return Thread(
        letters=tuple(graph.describe(key, in_focus=key in focus) for key in order),
        links=tuple(
            Link(
                source=place[each.source],
                target=place[each.target],
                relation=each.relation,
                basis=each.basis,
                differences=each.differences,
            )
            for each in sorted(links, key=lambda each: (place[each.source], place[each.target]))
        ),
        left_out=len(left_out - set(reached)),
    )


@dataclass(frozen=True, slots=True)
class _Edge:
    source: Key
    target: Key
    relation: Relation
    basis: Basis
    differences: tuple[tuple[str, str], ...] = ()


class _Graph:
    """Letters by what they are known by, and who names whom. Copies of one letter are one node."""

    def __init__(self, filed: Iterable[FiledLetter]) -> None:
        self.letters: dict[Key, list[FiledLetter]] = defaultdict(list)
        self.named: dict[Key, Citation] = {}
        self._named_on: dict[dt.date | None, list[Key]] = defaultdict(list)
        self._by_number: dict[str, list[Key]] = defaultdict(list)
        self._by_date: dict[dt.date, list[Key]] = defaultdict(list)
        self._by_place: dict[tuple[str, int], Key] = {}
        for letter in filed:
            self._add(letter)
        # Two copies of one letter name the same others; the graph says so once.
        found = (edge for key, letters in [*self.letters.items()] for each in letters for edge in self._from(key, each))
        self.edges = list(dict.fromkeys(found))
        self.neighbors: dict[Key, list[Key]] = defaultdict(list)
        for edge in self.edges:
            self.neighbors[edge.source].append(edge.target)
            self.neighbors[edge.target].append(edge.source)

    def when(self, key: Key) -> tuple[dt.date, str]:
        """Return what a letter is ordered by: its date, then its number."""
        return key[1] or _LAST, key[0]

    def describe(self, key: Key, *, in_focus: bool) -> ThreadLetter:
        """Return the record of one node."""
        if key in self.named:
            cited = self.named[key]
            return ThreadLetter(number=cited.number or cited.raw or None, date=cited.date, title=cited.title)
        letters = self.letters[key]
        first = max(letters, key=lambda each: bool(each.subject))
        return ThreadLetter(
            number=first.number,
            date=first.date,
            title=first.subject or "",
            issuer=first.issuer,
            copies=tuple(Copy(document=each.document, name=each.name, index=each.index) for each in letters),
            in_focus=in_focus,
        )

    def _add(self, letter: FiledLetter) -> None:
        place = f"{letter.document}:{letter.index}"
        known = letter.number is not None and letter.date is not None
        key: Key = (bare(letter.number), letter.date) if known and letter.number else (place, letter.date)
        if key not in self.letters:
            if letter.number:
                self._by_number[bare(letter.number)].append(key)
            if letter.date:
                self._by_date[letter.date].append(key)
        self.letters[key].append(letter)
        self._by_place[letter.document, letter.index] = key

    def _from(self, key: Key, letter: FiledLetter) -> Iterator[_Edge]:
        for cited in letter.cites:
            if not (cited.number or names_letter(cited.title)):
                continue
            found = list(self._find(letter, cited, key))
            yield from found or [self._to_find(key, letter, cited)]

    def _to_find(self, own: Key, letter: FiledLetter, cited: Citation) -> _Edge:
        """Return the edge to a letter that is not in the archive; another one may have named it before."""
        relation = _relation(cited, letter, [])
        for known in self._named_on[cited.date]:
            likely = same_letter((cited.number or "", cited.date), (self.named[known].number or "", cited.date))
            if likely is not None and likely.likeness is Likeness.MISREAD:
                return _Edge(own, known, relation, "misread", likely.differences)
        target: Key = (f"? {bare(cited.number or cited.raw or cited.title)}", cited.date)
        if target not in self.named:
            self.named[target] = cited
            self._named_on[cited.date].append(target)
        return _Edge(own, target, relation, "not_found")

    def _find(self, letter: FiledLetter, cited: Citation, own: Key) -> Iterator[_Edge]:
        """Yield the letters that are surely meant; where there are none, those that likely are."""
        candidates = dict.fromkeys(
            [
                *(self._by_number[bare(cited.number)] if cited.number else ()),
                *(self._by_date[cited.date] if cited.date else ()),
            ]
        )
        likely: list[_Edge] = []
        for target in candidates:
            basis, differences = self._basis(letter, cited, target)
            if target == own or basis is None:
                continue
            likely.append(_Edge(own, target, _relation(cited, letter, self.letters[target]), basis, differences))
        sure = [edge for edge in likely if edge.basis == "same"]
        if sure or likely:
            yield from sure or likely
        elif self._sends_next(letter, cited):
            target = self._by_place[letter.document, letter.index + 1]
            yield _Edge(own, target, Relation.ENCLOSES, "next_in_file")

    def _basis(
        self, letter: FiledLetter, cited: Citation, target: Key
    ) -> tuple[Basis | None, tuple[tuple[str, str], ...]]:
        """Return why a letter is the one that is named, if it is. A reply or a cover bears the subject of the other."""
        found = self.letters[target][0]
        likely = same_letter((cited.number or "", cited.date), (found.number or "", found.date))
        if likely is not None:
            return _BASES[likely.likeness], likely.differences
        if cited.date is None or found.date != cited.date:
            return None, ()
        named = found.issuer is not None and normalize_office(found.issuer) in "".join(cited.title.split())
        if named and cited.number is None:
            return "number_unread", ()
        likely_office = named or same_office(cited.number, found.number)
        return ("subject" if likely_office and _same_subject(letter.subject, found.subject) else None), ()

    def _sends_next(self, letter: FiledLetter, cited: Citation) -> bool:
        """Whether the letter behind a cover in its file must be the one that it sends along: it sends no other."""
        sent = [each for each in letter.cites if each.cited_as == "enclosure" and (each.number or each.date)]
        return (
            cited.cited_as == "enclosure" and sent == [cited] and (letter.document, letter.index + 1) in self._by_place
        )


def _same_subject(one: str | None, other: str | None) -> bool:
    return bool(one and other) and _compared(one or "") == _compared(other or "")


@lru_cache(maxsize=65_536)
def _compared(subject: str) -> str:
    """Return a subject as it is compared; kept, since each is held against those of many letters of its day."""
    return search_form(subject)


def _relation(cited: Citation, letter: FiledLetter, targets: Sequence[FiledLetter]) -> Relation:
    if cited.cited_as == "enclosure":
        return Relation.ENCLOSES
    issuers = [target.issuer for target in targets if target.issuer] or [cited.title.removeprefix("หนังสือ")]
    others = [each for each in issuers if not is_to(letter.issuer or "", each)]
    answered = any(is_to(recipient, issuer) for recipient in letter.recipients for issuer in others)
    return Relation.ANSWERS if answered else Relation.REFERS_TO
