"""Accounts, their sessions and what happened to them; decisions that one act made together; short terms in search."""

import sqlalchemy as sa
from alembic import op

from store import pair_index
from store.migrations.append_only import refuse_changes

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None
_AT_ONCE = 500
"""Passages whose text is in memory at once."""
_NEXT = sa.text("SELECT id, loose FROM passages WHERE id > :last ORDER BY id LIMIT :most")


def upgrade() -> None:
    """Create the tables. What happened to accounts is append-only."""
    op.create_table(
        "accounts",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("password", sa.String, nullable=False),
        sa.Column("created_at", sa.String, nullable=False),
    )
    op.create_table(
        "sessions",
        sa.Column("token", sa.String, primary_key=True),
        sa.Column("account", sa.String, sa.ForeignKey("accounts.name"), nullable=False),
        sa.Column("created_at", sa.String, nullable=False),
        sa.Column("expires_at", sa.String, nullable=False),
    )
    op.create_index("ix_sessions_account", "sessions", ["account"])
    op.create_table(
        "account_events",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("account", sa.String, nullable=False),
        sa.Column("event", sa.String, nullable=False),
        sa.Column("detail", sa.String, nullable=False),
        sa.Column("person", sa.String, nullable=False),
        sa.Column("happened_at", sa.String, nullable=False),
    )
    refuse_changes("account_events")
    op.add_column("decisions", sa.Column("batch", sa.String))
    op.create_index("ix_decisions_batch", "decisions", ["batch"])
    if pair_index.has_pairs(op.get_bind().dialect.name):
        _index_short_terms()


def _index_short_terms() -> None:
    for statement in pair_index.CREATE:
        op.execute(statement)
    connection = op.get_bind()
    last = 0
    while rows := connection.execute(_NEXT, {"last": last, "most": _AT_ONCE}).all():
        for number, loose in rows:
            pair_index.add(connection, number, loose)
        last = rows[-1][0]


def downgrade() -> None:
    """Refuse: it would forget who may use the archive."""
    raise NotImplementedError
