"""What people decide about series of rounds: which belong together, which stand alone, what a series is called."""

import sqlalchemy as sa
from alembic import op

from store.migrations.append_only import refuse_changes

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table of choices. Append-only: the last choice for a round holds, the others tell how it came."""
    op.create_table(
        "round_choices",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("document", sa.String, sa.ForeignKey("documents.sha256"), nullable=False),
        sa.Column("annex", sa.Integer, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("chosen_at", sa.String, nullable=False),
    )
    refuse_changes("round_choices", "choices")


def downgrade() -> None:
    """Refuse: it would lose what people decided."""
    raise NotImplementedError
