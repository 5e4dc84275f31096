"""Checksums of records, documents that were taken out, and files that could not be read."""

import hashlib

import sqlalchemy as sa
from alembic import op

from store.migrations.append_only import refuse_changes

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables, and note the checksums of the records that are there: what is damaged from now on shows."""
    op.create_table(
        "record_digests",
        sa.Column("document", sa.String, sa.ForeignKey("documents.sha256"), primary_key=True),
        sa.Column("sha256", sa.String, nullable=False),
    )
    op.create_table(
        "removals",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("document", sa.String, sa.ForeignKey("documents.sha256"), nullable=False),
        sa.Column("removed", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("decided_at", sa.String, nullable=False),
    )
    op.create_index("ix_removals_document", "removals", ["document"])
    refuse_changes("removals")
    op.create_table(
        "failures",
        sa.Column("origin", sa.String, primary_key=True),
        sa.Column("path", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("slug", sa.String, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("first_at", sa.String, nullable=False),
        sa.Column("last_at", sa.String, nullable=False),
    )
    connection = op.get_bind()
    for (sha,) in connection.execute(sa.text("SELECT sha256 FROM documents")).all():
        found = connection.execute(sa.text("SELECT record FROM documents WHERE sha256 = :sha"), {"sha": sha})
        digest = hashlib.sha256(found.scalar_one().encode()).hexdigest()
        row = {"sha": sha, "digest": digest}
        connection.execute(sa.text("INSERT INTO record_digests VALUES (:sha, :digest)"), row)


def downgrade() -> None:
    """Refuse: it would bring back what people took out."""
    raise NotImplementedError
