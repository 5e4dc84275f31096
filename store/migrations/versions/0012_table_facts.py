"""What people say of tables when they give them in, kept with the document for every later reading."""

import json
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from store.migrations.append_only import refuse_changes

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_TABLES = (
    "text/csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.ms-excel",
    "application/vnd.oasis.opendocument.spreadsheet",
)
"""Kinds of files that people could say something of."""
_DOCUMENTS = sa.text(
    "SELECT sha256, imported_at FROM documents WHERE annexes > 0 AND media_type IN :tables"
).bindparams(sa.bindparam("tables", expanding=True))
_READING = sa.text(
    "SELECT coalesce(r.record, d.record) FROM documents d LEFT JOIN readings r ON r.document = d.sha256"
    " WHERE d.sha256 = :sha"
)


def upgrade() -> None:
    """Create the table, and put into it what the readings that are there show that people said.

    A day and a title show in them. A province and the meanings of columns do not: they hold until the next reading.
    """
    made = op.create_table(
        "table_facts",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("document", sa.String, sa.ForeignKey("documents.sha256"), nullable=False),
        sa.Column("fact", sa.String, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("given_at", sa.String, nullable=False),
    )
    op.create_index("ix_table_facts_document", "table_facts", ["document"])
    refuse_changes("table_facts")
    op.add_column("failures", sa.Column("facts", sa.Text))
    connection = op.get_bind()
    for sha, moment in connection.execute(_DOCUMENTS, {"tables": _TABLES}).all():
        record = json.loads(connection.execute(_READING, {"sha": sha}).scalar_one())
        for fact, value in _find_given(record["annexes"]):
            row = {"document": sha, "fact": fact, "payload": json.dumps({fact: value}), "given_at": moment}
            connection.execute(sa.insert(made).values(row))


def _find_given(annexes: list[dict[str, dict[str, object]]]) -> Iterator[tuple[str, object]]:
    """Yield what a person said of a table, as its first annex shows it."""
    day, title = annexes[0]["as_of"], annexes[0]["title"]
    if day["source"] == "person" and day["value"]:
        yield "as_of", {"day": day["value"], "text": day["raw"]}
    if title["source"] == "person":
        yield "title", title["raw"]


def downgrade() -> None:
    """Refuse: it would lose what people said."""
    raise NotImplementedError
