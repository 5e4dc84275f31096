"""Pages that may hold what was looked for as a misreading of it, on a connection that the caller holds.

The index leads; whether a page does hold it is for `pipeline.near_matches` to say.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from models.field import Record
from store import pair_index, removals, trigram_index
from store.schema import documents, passages
from store.search import Query, iterate_filters


class NearPage(Record):
    """A page, as `store.search.Passage`, with its text as search compares it, and the same without tone marks."""

    document: str
    name: str
    page: int
    text: str
    form: str
    loose: str


def find_candidates(
    connection: Connection, query: Query, terms: Sequence[Sequence[str]], exact: Sequence[str], most: int
) -> list[NearPage]:
    """Return pages on which of every term one piece stands, the newest first.

    Args:
        connection: The archive.
        query: Its filters alone are heeded.
        terms: Of each term its pieces, of three characters at least and without tone marks.
        exact: Terms that stand on the page as they are, tone marks aside.
        most: How many at most.
    """
    short = [term for term in exact if len(term) <= pair_index.LENGTH]
    rare = pair_index.find_rare(connection, short) if short else None
    if rare == []:
        return []
    terms = [*terms, *([term] for term in exact if len(term) > pair_index.LENGTH)]
    columns = (passages.c.document, documents.c.name, *(passages.c[name] for name in ("page", "text", "form", "loose")))
    trigrams = [[list(trigram_index.split(piece)) for piece in pieces] for pieces in terms]
    statement = trigram_index.narrow_to_any(select(*columns), trigrams, connection.dialect.name)
    statement = statement.join(documents, documents.c.sha256 == passages.c.document)
    statement = statement.where(documents.c.sha256.not_in(removals.hidden()), *iterate_filters(query))
    statement = statement.where(*(func.instr(passages.c.loose, term) > 0 for term in exact))
    if rare is not None:
        statement = statement.where(passages.c.id.in_(rare))
    return [NearPage.model_validate(dict(row)) for row in connection.execute(statement.limit(most)).mappings()]
