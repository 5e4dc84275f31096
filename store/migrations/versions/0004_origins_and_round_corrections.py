"""Where documents came from, what people say of rounds, and the issues of a page beside the page itself."""

import sqlalchemy as sa
from alembic import op

from store.migrations.append_only import refuse_changes

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create both tables, and give pages a column for their issues; those before had none."""
    op.create_table(
        "document_origins",
        sa.Column("sha256", sa.String, sa.ForeignKey("documents.sha256"), primary_key=True),
        sa.Column("path", sa.String, primary_key=True),
        sa.Column("first_seen", sa.String, nullable=False),
    )
    op.create_table(
        "round_corrections",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("document", sa.String, sa.ForeignKey("documents.sha256"), nullable=False),
        sa.Column("annex", sa.Integer, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("corrected_at", sa.String, nullable=False),
    )
    refuse_changes("round_corrections", "corrections")
    op.add_column("page_results", sa.Column("issues", sa.Text))


def downgrade() -> None:
    """Refuse: it would lose where documents came from, and what people said."""
    raise NotImplementedError
