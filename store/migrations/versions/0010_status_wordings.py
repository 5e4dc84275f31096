"""What people say that wordings in columns of statuses mean."""

import sqlalchemy as sa
from alembic import op

from store.migrations.append_only import refuse_changes

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table. Append-only: a meaning is taken back by a later row that names it."""
    op.create_table(
        "status_wordings",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("revokes", sa.Integer, sa.ForeignKey("status_wordings.id")),
        sa.Column("person", sa.String, nullable=False),
        sa.Column("decided_at", sa.String, nullable=False),
        sa.Column("payload", sa.Text),
    )
    refuse_changes("status_wordings")


def downgrade() -> None:
    """Refuse: it would lose what people said."""
    raise NotImplementedError
