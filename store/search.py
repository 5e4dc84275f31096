"""Finding text in the archive: any part of a word, either script of digits, whatever the line breaks.

SQLite's trigram index gives candidates and every one of them is held against the text itself, because an index of
trigrams cannot answer for terms of one or two characters and leaves them out of a query without a word. For a query of
such terms alone `store.pair_index` gives the candidates.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, delete, func, insert, or_, select, true

from models.document import Document
from models.field import Field, Record
from models.record_path import walk_fields
from store import pair_index, removals, trigram_index
from store.schema import documents, passages, status_rows
from thai.text import search_form, skeleton
from thai.years import BUDDHIST_OFFSET

_MOST_TERMS: Final = 16
"""Words of one search at most."""
_MOST_CHARACTERS: Final = 300
"""Longest query; a longer one is cut, and `Query.cut` says so."""
_PUT: Final = insert(passages).returning(passages.c.id)
_TERMS = re.compile(r'"([^"]*)"|(\S+)')


class Query(Record):
    """What is looked for.

    Attributes:
        text: Terms parted by spaces, all of which must be on one page; a phrase may stand in quotation marks.
        loose: Whether tone marks and signs above may differ.
        kind, year, urgency, status: Of the letter or document; the year is of the Buddhist era.
        office: A part of the issuer's name or of the letter number's prefix.
        body: A part of the name of a local body (อปท.) that a row of an annex is about.
        body_keys: Keys of the bodies of the register that are meant by it; rows about another are not.
        document: Within one document.
    """

    text: str = ""
    loose: bool = False
    kind: str | None = None
    year: int | None = None
    urgency: str | None = None
    status: str | None = None
    office: str | None = None
    body: str | None = None
    body_keys: tuple[str, ...] = ()
    document: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether neither a term nor a filter says what is looked for."""
        filters = (self.kind, self.year, self.urgency, self.status, self.office, self.body)
        return not self.terms and not any(filters)

    @property
    def cut(self) -> bool:
        """Whether the text is longer than what is looked for."""
        return len(self.text) > _MOST_CHARACTERS or len(list(_TERMS.finditer(self.text))) > _MOST_TERMS

    @property
    def terms(self) -> tuple[str, ...]:
        """The terms in the form in which they are compared."""
        found = (
            match[1] if match[1] is not None else match[2] for match in _TERMS.finditer(self.text[:_MOST_CHARACTERS])
        )
        forms = (compact(term) for term in found)
        return tuple(dict.fromkeys(form for form in forms if form))[:_MOST_TERMS]


class Passage(Record):
    """One page on which all terms stand; page 0 stands for the values of the record, where people corrected some."""

    document: str
    name: str
    page: int
    text: str


class TextForms(NamedTuple):
    """A text as search compares it.

    Attributes:
        compact: In one spelling, without spaces.
        loose: Without tone marks and signs, too.
        pairs: Its characters and pairs, as their index is given them.
    """

    compact: str
    loose: str
    pairs: str

    @classmethod
    def of_text(cls, words: str) -> "TextForms":
        """Return the forms of a text."""
        form = compact(words)
        loose = loosen(form)
        return cls(form, loose, pair_index.join(loose))


def compact(words: str) -> str:
    """Return text as search compares it: see `thai.text.search_form`; all spaces and line breaks are out."""
    return "".join(search_form(words).split())


def loosen(form: str) -> str:
    """Return a compared text without tone marks and signs; never empty where there was something."""
    return skeleton(form) or form


def prepare(document: Document) -> dict[str, TextForms]:
    """Return every text of a document with the forms in which search compares it; it is most of the work of `put`."""
    return {text: TextForms.of_text(text) for text in _texts(document).values()}


def put(connection: Connection, document: Document, forms: Mapping[str, TextForms] | None = None) -> None:
    """Put the text of a document in the place of what search knew of it; pages that did not change stay.

    Args:
        connection: The archive.
        document: The record.
        forms: What `prepare` made of it, or of an earlier state of it; what is not among it is made here.
    """
    sha, facets = document.source.sha256, _facets(document)
    wanted = _texts(document)
    for row in connection.execute(select(passages).where(passages.c.document == sha)).mappings().all():
        same = wanted.get(row["page"]) == row["text"] and all(row[name] == value for name, value in facets.items())
        if same:
            del wanted[row["page"]]
        else:
            trigram_index.remove(connection, row["id"], row["loose"])
            pair_index.remove(connection, row["id"], row["loose"])
            connection.execute(delete(passages).where(passages.c.id == row["id"]))
    for page, words in wanted.items():
        known = (forms or {}).get(words)
        form = TextForms.of_text(words) if known is None else known
        added = {"document": sha, "page": page, "text": words, "form": form.compact, "loose": form.loose, **facets}
        number = connection.execute(_PUT, added).scalar_one()
        trigram_index.add(connection, number, form.loose)
        pair_index.add(connection, number, form.pairs)


def find(connection: Connection, query: Query, most: int, offset: int = 0) -> list[Passage]:
    """Return the pages that a query finds, the newest documents first; page 0 only of documents with no such page.

    Args:
        connection: The archive.
        query: What is looked for; without a term and without a filter nothing is found.
        most: How many at most.
        offset: How many to leave out first.
    """
    if query.is_empty:
        return []
    short = list(_short_terms(query))
    rare = pair_index.find_rare(connection, short) if short and len(short) < len(query.terms) else None
    statement = _statement(query, connection.dialect.name, rare).limit(most).offset(offset)
    return [
        Passage(document=sha, name=name, page=page, text=words)
        for sha, name, page, words in connection.execute(statement)
    ]


def _statement(query: Query, dialect: str, rare: list[int] | None = None) -> Select[Any]:
    """Return the query for passages; of the few in `rare` alone, where short terms stand on no others."""
    statement: Select[Any] = select(passages.c.document, documents.c.name, passages.c.page, passages.c.text)
    trigrams = list(dict.fromkeys(part for term in query.terms for part in trigram_index.split(loosen(term))))
    short = list(_short_terms(query))
    if rare is not None:
        statement = statement.select_from(passages).where(passages.c.id.in_(rare)).order_by(passages.c.id.desc())
    elif trigrams:
        statement = trigram_index.narrow(statement, trigrams, dialect)
        if short and pair_index.has_pairs(dialect):
            statement = statement.where(passages.c.id.in_(pair_index.find(short)))
    elif short:
        index = pair_index if pair_index.has_pairs(dialect) else trigram_index
        statement = index.narrow(statement, short, dialect)
    else:
        statement = statement.select_from(passages).order_by(passages.c.id.desc())
    statement = statement.join(documents, documents.c.sha256 == passages.c.document)
    statement = statement.where(documents.c.sha256.not_in(removals.hidden()))
    if query.terms:
        # A value stands on a page, too, unless somebody corrected it: the page is what people want to see.
        pages = passages.alias()
        on_page = select(pages.c.id).where(
            pages.c.document == passages.c.document, pages.c.page > 0, *_match(query, pages)
        )
        statement = statement.where(*_match(query, passages), or_(passages.c.page > 0, ~on_page.exists()))
    return statement.where(*iterate_filters(query))


def _match(query: Query, searched: FromClause) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions that all terms stand in one passage."""
    shown = searched.c.loose if query.loose else searched.c.form
    return (func.instr(shown, loosen(term) if query.loose else term) > 0 for term in query.terms)


def _short_terms(query: Query) -> Iterator[str]:
    """Yield the terms of one or two characters without their tone marks; a mark alone is in no index."""
    forms = (skeleton(term) for term in query.terms)
    return (form for form in forms if 0 < len(form) <= pair_index.LENGTH)


def iterate_filters(query: Query) -> Iterator[ColumnElement[bool]]:
    """Yield what a passage, and the document it is joined with, must be for a query besides its words."""
    if query.kind:
        yield passages.c.kind == query.kind
    if query.year:
        yield passages.c.year == query.year
    if query.urgency:
        yield passages.c.urgency == query.urgency
    if query.status:
        yield documents.c.status == query.status
    if query.office:
        yield func.instr(passages.c.office, compact(query.office)) > 0
    if query.body:
        yield passages.c.document.in_(_find_rows(query.body, query.body_keys))
    if query.document:
        yield passages.c.document == query.document
    if not query.terms:
        yield passages.c.page == 0
    yield true()


def _find_rows(body: str, keys: tuple[str, ...]) -> Select[Any]:
    """Return the query for the documents with a row about a local body: by its key, by its name where it has none."""
    label = func.coalesce(status_rows.c.body_kind, "").concat(func.coalesce(status_rows.c.body_name, ""))
    is_named = func.instr(func.replace(label, " ", ""), "".join(body.split())) > 0
    has_no_key = status_rows.c.body_key.is_(None)
    return select(status_rows.c.document).where(or_(status_rows.c.body_key.in_(keys), and_(has_no_key, is_named)))


def _texts(document: Document) -> dict[int, str]:
    """Return the text of each page, and as page 0 the values: what a person corrected stands on no page as it is."""
    return {0: "\n".join(_values(document)), **{page.number: page.text for page in document.pages}}


def _values(document: Document) -> Iterator[str]:
    for _, field in walk_fields(document):
        words = _words(field)
        if words:
            yield words


def _words(field: Field[Any]) -> str:
    value = field.value
    return value if isinstance(value, str) else str(getattr(value, "label", "") or "")


def _facets(document: Document) -> dict[str, object]:
    letter = next(iter(document.letters), None)
    if letter is None:
        annex = next(iter(document.annexes), None)
        day = annex.as_of.value if annex else None
        kind = "annex" if annex else None
        return {"kind": kind, "year": day.year + BUDDHIST_OFFSET if day else None, "urgency": None, "office": None}
    day = letter.date.value
    return {
        "kind": letter.kind.value,
        "year": day.year + BUDDHIST_OFFSET if day else None,
        "urgency": letter.urgency.value,
        "office": compact(f"{letter.issuer.value or ''} {letter.unit.value or ''} {letter.number.value or ''}"),
    }
