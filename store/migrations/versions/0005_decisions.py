"""What people decide of values, what is in doubt, and the text that search looks in."""

import sqlalchemy as sa
from alembic import op

from store.migrations.append_only import refuse_changes
from store.migrations.trigrams import create_trigram_index

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of the review desk. Decisions are append-only: a later row takes an earlier one back."""
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("document", sa.String, sa.ForeignKey("documents.sha256"), nullable=False),
        sa.Column("target", sa.Text),
        sa.Column("revokes", sa.Integer, sa.ForeignKey("decisions.id")),
        sa.Column("person", sa.String, nullable=False),
        sa.Column("decided_at", sa.String, nullable=False),
        sa.Column("payload", sa.Text),
    )
    op.create_index("ix_decisions_document", "decisions", ["document"])
    refuse_changes("decisions")
    op.create_table(
        "readings",
        sa.Column("document", sa.String, sa.ForeignKey("documents.sha256"), primary_key=True),
        sa.Column("record", sa.Text, nullable=False),
    )
    op.create_table(
        "doubts",
        sa.Column("document", sa.String, sa.ForeignKey("documents.sha256"), primary_key=True),
        sa.Column("target", sa.Text, primary_key=True),
        sa.Column("code", sa.String, nullable=False),
        sa.Column("weight", sa.Float, nullable=False),
        sa.Column("later", sa.Boolean, nullable=False),
    )
    op.create_index("ix_doubts_code", "doubts", ["code"])
    op.create_index("ix_doubts_weight", "doubts", ["later", "weight"])
    op.create_index("ix_documents_status", "documents", ["status", "imported_at"])
    op.create_index("ix_documents_imported", "documents", ["imported_at"])
    op.create_table(
        "passages",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("document", sa.String, sa.ForeignKey("documents.sha256"), nullable=False),
        sa.Column("page", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("form", sa.Text, nullable=False),
        sa.Column("loose", sa.Text, nullable=False),
        sa.Column("kind", sa.String),
        sa.Column("year", sa.Integer),
        sa.Column("urgency", sa.String),
        sa.Column("office", sa.Text),
    )
    op.create_index("ix_passages_document", "passages", ["document"])
    create_trigram_index()


def downgrade() -> None:
    """Refuse: it would lose what people decided."""
    raise NotImplementedError
