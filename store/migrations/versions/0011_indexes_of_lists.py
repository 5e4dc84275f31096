"""Indexes that hold all that a list asks for, so that a page of a hundred thousand documents opens none of them."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_CHANGED = (
    ("ix_documents_status", "documents", ["status", "imported_at", "sha256"]),
    ("ix_documents_imported", "documents", ["imported_at", "sha256"]),
    ("ix_doubts_code", "doubts", ["code", "document"]),
)
_NEW = (
    ("ix_documents_index_version", "documents", ["index_version"]),
    ("ix_letters_date", "letters", ["date"]),
)


def upgrade() -> None:
    """Make the indexes anew."""
    for name, table, _ in _CHANGED:
        op.drop_index(name, table_name=table)
    for name, table, columns in (*_CHANGED, *_NEW):
        op.create_index(name, table, columns)


def downgrade() -> None:
    """Make the earlier indexes."""
    for name, table, _ in (*_CHANGED, *_NEW):
        op.drop_index(name, table_name=table)
    op.create_index("ix_documents_status", "documents", ["status", "imported_at"])
    op.create_index("ix_documents_imported", "documents", ["imported_at"])
    op.create_index("ix_doubts_code", "doubts", ["code"])
