"""What people confirm of repairs: that a reading is a certain body."""

import sqlalchemy as sa
from alembic import op

from store.migrations.append_only import refuse_changes

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table of confirmations. Append-only: one is taken back by a later row that names it."""
    op.create_table(
        "confirmations",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("forgets", sa.Integer, sa.ForeignKey("confirmations.id")),
        sa.Column("payload", sa.Text),
        sa.Column("decided_at", sa.String, nullable=False),
    )
    refuse_changes("confirmations")


def downgrade() -> None:
    """Refuse: it would lose what people confirmed."""
    raise NotImplementedError
