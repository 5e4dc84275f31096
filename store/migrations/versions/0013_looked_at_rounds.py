"""Up to which decision the rounds of a document were frozen: one that changes no round is looked at once."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; documents with decisions are looked at once more."""
    op.add_column("documents", sa.Column("frozen_with", sa.Integer))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("documents", "frozen_with")
