"""Fields of letters, rows of annexes and findings as tables of their own, for those who query."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; `store.decisions.index_outdated` fills them from the records that are there."""
    op.add_column("documents", sa.Column("index_version", sa.Integer, nullable=False, server_default="0"))
    op.add_column("page_results", sa.Column("read_at", sa.String))
    if op.get_bind().dialect.name == "sqlite":  # in the order they were read in, before any moment
        op.execute("UPDATE page_results SET read_at = printf('%012d', rowid)")
    op.create_table(
        "letter_fields",
        sa.Column("document", sa.String, sa.ForeignKey("documents.sha256"), primary_key=True),
        sa.Column("letter", sa.Integer, primary_key=True),
        sa.Column("field", sa.String, primary_key=True),
        sa.Column("value", sa.Text),
        sa.Column("raw", sa.Text, nullable=False),
        sa.Column("page", sa.Integer),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("review", sa.Text, nullable=False),
        sa.Column("null_reason", sa.String),
    )
    op.create_index(
        "ix_letter_fields_field",
        "letter_fields",
        ["field", "value"],
        sqlite_where=sa.text("length(value) < 200"),
        postgresql_where=sa.text("length(value) < 200"),
    )
    op.create_table(
        "status_rows",
        sa.Column("document", sa.String, sa.ForeignKey("documents.sha256"), primary_key=True),
        sa.Column("annex", sa.Integer, primary_key=True),
        sa.Column("row", sa.Integer, primary_key=True),
        sa.Column("page", sa.Integer),
        sa.Column("as_of", sa.Date),
        sa.Column("sequence", sa.Integer),
        sa.Column("province", sa.String),
        sa.Column("district", sa.String),
        sa.Column("body_kind", sa.String),
        sa.Column("body_name", sa.String),
        sa.Column("body_key", sa.String),
        sa.Column("status", sa.String),
        sa.Column("remark", sa.Text),
        sa.Column("review", sa.Text, nullable=False),
    )
    op.create_index("ix_status_rows_body", "status_rows", ["body_key"])
    op.create_table(
        "findings",
        sa.Column("document", sa.String, sa.ForeignKey("documents.sha256"), primary_key=True),
        sa.Column("idx", sa.Integer, primary_key=True),
        sa.Column("rule", sa.String, nullable=False),
        sa.Column("severity", sa.String, nullable=False),
        sa.Column("outcome", sa.String, nullable=False),
        sa.Column("basis", sa.String, nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.Column("message_th", sa.Text, nullable=False),
        sa.Column("message_en", sa.Text, nullable=False),
        sa.Column("answered", sa.String),
    )
    op.create_index("ix_findings_rule", "findings", ["rule"])
    if op.get_bind().dialect.name == "postgresql":
        _create_functions_of_sqlite()


def _create_functions_of_sqlite() -> None:
    """Create the functions of SQLite that queries of the store use; a path is as short as `$.letters`."""
    # A NUL that a damaged text layer had is an escape in the JSON, which PostgreSQL will not read.
    record = r"regexp_replace($1, '(?<!\\)((?:\\\\)*)\\u0000', '\1', 'g')"
    part = f"{record}::json #> string_to_array(substr($2, 3), '.')"
    for name, returned, body in (
        ("instr", "integer", "strpos($1, $2)"),
        ("json_extract", "text", f"({part})::text"),
        ("json_array_length", "integer", f"json_array_length({part})"),
    ):
        op.execute(
            f"CREATE FUNCTION {name}(text, text) RETURNS {returned} LANGUAGE sql IMMUTABLE AS $$ SELECT {body} $$"
        )


def downgrade() -> None:
    """Refuse: an older version would not keep the tables true."""
    raise NotImplementedError
