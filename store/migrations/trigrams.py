"""The index that search looks in."""

from alembic import op


def create_trigram_index() -> None:
    """Create the index over `passages.loose`: trigrams alone, without places, for every hit is held against the text.

    SQLite has one of its own. That of PostgreSQL (pg_trgm) knows letters by the locale of the database, and in many
    a locale Thai vowels are none; so there the trigrams are ours, in an array with an inverted index.
    """
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TABLE passage_index (id integer PRIMARY KEY REFERENCES passages ON DELETE CASCADE, "
            "trigrams text[] NOT NULL)"
        )
        op.execute("CREATE INDEX ix_passage_index_trigrams ON passage_index USING gin (trigrams)")
        return
    op.execute(
        "CREATE VIRTUAL TABLE passage_index USING fts5(loose, content='passages', content_rowid='id', "
        "tokenize='trigram', detail='none', columnsize=0)"
    )
