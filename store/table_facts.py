"""What people said of tables when they gave them in, on a connection whose transaction the caller holds."""

from functools import reduce

from sqlalchemy import Connection, insert, select

from models.table_facts import NOTHING_SAID, TableFacts
from store.records import current_moment
from store.schema import table_facts


def in_force(connection: Connection, document: str) -> TableFacts:
    """Return what holds of a document, of each fact the last word; nothing where it is no table or nothing was said."""
    said = select(table_facts.c.payload).where(table_facts.c.document == document).order_by(table_facts.c.id)
    words = map(TableFacts.model_validate_json, connection.execute(said).scalars())
    return reduce(lambda earlier, later: later.over(earlier), words, NOTHING_SAID)


def add(connection: Connection, document: str, facts: TableFacts) -> None:
    """Keep the facts that are others than those that hold; the earlier ones stay beneath."""
    known = in_force(connection, document)
    for fact in sorted(facts.model_fields_set):
        if getattr(facts, fact) != getattr(known, fact):
            row = {"document": document, "fact": fact, "payload": facts.model_dump_json(include={fact})}
            connection.execute(insert(table_facts).values(**row, given_at=current_moment()))
