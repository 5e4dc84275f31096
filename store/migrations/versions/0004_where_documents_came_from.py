"""Where documents came from, and the issues of a page beside the page, so that it need not be read anew for them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table of origins, and give pages a column for their issues; those before had none."""
    op.create_table(
        "document_origins",
        sa.Column("sha256", sa.String, sa.ForeignKey("documents.sha256"), primary_key=True),
        sa.Column("path", sa.String, primary_key=True),
        sa.Column("first_seen", sa.String, nullable=False),
    )
    op.add_column("page_results", sa.Column("issues", sa.Text))


def downgrade() -> None:
    """Refuse: it would lose where documents came from."""
    raise NotImplementedError
