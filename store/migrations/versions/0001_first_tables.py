"""The first tables: documents, their names and letters, pages as read, and append-only snapshots."""

import sqlalchemy as sa
from alembic import op

from store.migrations.append_only import refuse_changes

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table of the first version."""
    _create_documents()
    _create_page_results()
    _create_snapshots()


def _create_documents() -> None:
    op.create_table(
        "documents",
        sa.Column("sha256", sa.String, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("media_type", sa.String, nullable=False),
        sa.Column("pages", sa.Integer, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("annexes", sa.Integer, nullable=False),
        sa.Column("imported_at", sa.String, nullable=False),
        sa.Column("engine", sa.String, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
    )
    op.create_table(
        "document_names",
        sa.Column("sha256", sa.String, sa.ForeignKey("documents.sha256"), primary_key=True),
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("first_seen", sa.String, nullable=False),
    )
    op.create_index("ix_document_names_name", "document_names", ["name"])
    op.create_table(
        "letters",
        sa.Column("document", sa.String, sa.ForeignKey("documents.sha256"), primary_key=True),
        sa.Column("idx", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("number", sa.String),
        sa.Column("date", sa.Date),
        sa.Column("subject", sa.String),
        sa.Column("issuer", sa.String),
    )
    op.create_index("ix_letters_number", "letters", ["number"])


def _create_page_results() -> None:
    op.create_table(
        "page_results",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("document", sa.String, nullable=False),
        sa.Column("page", sa.Integer, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
    )
    op.create_index("ix_page_results_document", "page_results", ["document"])


def _create_snapshots() -> None:
    op.create_table(
        "snapshots",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("series", sa.String, nullable=False),
        sa.Column("as_of", sa.Date),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("document", sa.String, sa.ForeignKey("documents.sha256"), nullable=False),
        sa.Column("annex", sa.Integer, nullable=False),
        sa.Column("frozen_at", sa.String, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
    )
    op.create_index("ix_snapshots_series", "snapshots", ["series", "as_of"])
    op.create_index("ix_snapshots_document", "snapshots", ["document", "annex"])
    refuse_changes("snapshots")


def downgrade() -> None:
    """Refuse: there is nothing before the first tables."""
    raise NotImplementedError
