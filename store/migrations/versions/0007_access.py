"""Accounts, their sessions and what happened to them; decisions that one act made together."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


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
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER account_events_refuse_{event.lower()} BEFORE {event} ON account_events "
            "BEGIN SELECT RAISE(ABORT, 'account_events are append-only'); END"
        )
    op.add_column("decisions", sa.Column("batch", sa.String))
    op.create_index("ix_decisions_batch", "decisions", ["batch"])


def downgrade() -> None:
    """Refuse: it would forget who may use the archive."""
    raise NotImplementedError
