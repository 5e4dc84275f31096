"""The tables of the archive, as they stand after the newest migration.

Keys, and what a query looks for, are columns; the record itself is the JSON of its model, so that a field added to
a model needs no migration. Change a table here together with a new file in `migrations/versions`.
"""

from typing import Final

from sqlalchemy import Boolean, Column, Date, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text

REVISION: Final = "0007"
"""The newest migration: what an archive that this version wrote says of itself."""

metadata = MetaData()

documents = Table(
    "documents",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("media_type", String, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("status", String, nullable=False),
    Column("annexes", Integer, nullable=False),
    Column("imported_at", String, nullable=False),
    Column("engine", String, nullable=False),
    Column("record", Text, nullable=False),
    Index("ix_documents_status", "status", "imported_at"),
    Index("ix_documents_imported", "imported_at"),
)
"""One row a file, by its bytes, its record with what people decided; `imported_at` is the first time (ISO, UTC)."""

document_names = Table(
    "document_names",
    metadata,
    Column("sha256", String, ForeignKey("documents.sha256"), primary_key=True),
    Column("name", String, primary_key=True),
    Column("first_seen", String, nullable=False),
    Index("ix_document_names_name", "name"),
)
"""Every name that the same bytes came under."""

document_origins = Table(
    "document_origins",
    metadata,
    Column("sha256", String, ForeignKey("documents.sha256"), primary_key=True),
    Column("path", String, primary_key=True),
    Column("first_seen", String, nullable=False),
)
"""Every path that the same bytes came from; of a member of a ZIP file its path within follows that of the file."""

letters = Table(
    "letters",
    metadata,
    Column("document", String, ForeignKey("documents.sha256"), primary_key=True),
    Column("idx", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("number", String),
    Column("date", Date),
    Column("subject", String),
    Column("issuer", String),
    Index("ix_letters_number", "number"),
)
"""What a letter is looked up by; the letter itself is in the record of its document."""

page_results = Table(
    "page_results",
    metadata,
    Column("key", String, primary_key=True),
    Column("document", String, nullable=False),
    Column("page", Integer, nullable=False),
    Column("payload", Text, nullable=False),
    Column("issues", Text),
    Index("ix_page_results_document", "document"),
)
"""Pages as they were read, by bytes, options and engine. Written before the document is: a stopped run resumes here."""

snapshots = Table(
    "snapshots",
    metadata,
    Column("key", String, primary_key=True),
    Column("series", String, nullable=False),
    Column("as_of", Date),
    Column("version", Integer, nullable=False),
    Column("document", String, ForeignKey("documents.sha256"), nullable=False),
    Column("annex", Integer, nullable=False),
    Column("frozen_at", String, nullable=False),
    Column("payload", Text, nullable=False),
    Index("ix_snapshots_series", "series", "as_of"),
    Index("ix_snapshots_document", "document", "annex"),
)
"""Rounds as they were frozen. Append-only: triggers refuse to change or delete a row."""

round_choices = Table(
    "round_choices",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("document", String, ForeignKey("documents.sha256"), nullable=False),
    Column("annex", Integer, nullable=False),
    Column("payload", Text, nullable=False),
    Column("chosen_at", String, nullable=False),
)
"""What people decide about series. Append-only: the last row for a round holds."""

round_corrections = Table(
    "round_corrections",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("document", String, ForeignKey("documents.sha256"), nullable=False),
    Column("annex", Integer, nullable=False),
    Column("payload", Text, nullable=False),
    Column("corrected_at", String, nullable=False),
)
"""What people say of rounds: that one is none, or of which day. Append-only: the last row of a kind holds."""

confirmations = Table(
    "confirmations",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("forgets", Integer, ForeignKey("confirmations.id")),
    Column("payload", Text),
    Column("decided_at", String, nullable=False),
)
"""What people confirm of repairs. Append-only: a row that names an earlier one in `forgets` takes it back."""

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("document", String, ForeignKey("documents.sha256"), nullable=False),
    Column("target", Text),
    Column("revokes", Integer, ForeignKey("decisions.id")),
    Column("person", String, nullable=False),
    Column("decided_at", String, nullable=False),
    Column("payload", Text),
    Column("batch", String, doc="decisions that one act of a person made carry the same; null for a single one"),
    Index("ix_decisions_document", "document"),
    Index("ix_decisions_batch", "batch"),
)
"""What people decide of values. Append-only: a row that names an earlier one in `revokes` takes it back."""

readings = Table(
    "readings",
    metadata,
    Column("document", String, ForeignKey("documents.sha256"), primary_key=True),
    Column("record", Text, nullable=False),
)
"""The record as it was read, of documents that people decided something in; the newest reading alone."""

doubts = Table(
    "doubts",
    metadata,
    Column("document", String, ForeignKey("documents.sha256"), primary_key=True),
    Column("target", Text, primary_key=True),
    Column("code", String, nullable=False),
    Column("weight", Float, nullable=False),
    Column("later", Boolean, nullable=False),
    Index("ix_doubts_code", "code"),
    Index("ix_doubts_weight", "later", "weight"),
)
"""What waits for a person; made from the records, so that a list of it need not open them."""

passages = Table(
    "passages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document", String, ForeignKey("documents.sha256"), nullable=False),
    Column("page", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("loose", Text, nullable=False),
    Column("kind", String),
    Column("year", Integer),
    Column("urgency", String),
    Column("office", Text),
    Index("ix_passages_document", "document"),
)
"""What search looks in: a row a page, and one (page 0) for the values of the record. `passage_index` is its index."""

record_digests = Table(
    "record_digests",
    metadata,
    Column("document", String, ForeignKey("documents.sha256"), primary_key=True),
    Column("sha256", String, nullable=False),
)
"""The SHA-256 of each record as it was written: a byte that changes on the disk shows, and in which document."""

removals = Table(
    "removals",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("document", String, ForeignKey("documents.sha256"), nullable=False),
    Column("removed", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("decided_at", String, nullable=False),
    Index("ix_removals_document", "document"),
)
"""Documents that people took out or put back. Append-only: the last row of a document holds; nothing is erased."""

failures = Table(
    "failures",
    metadata,
    Column("origin", String, primary_key=True),
    Column("path", String, nullable=False),
    Column("name", String, nullable=False),
    Column("slug", String, nullable=False),
    Column("detail", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("first_at", String, nullable=False),
    Column("last_at", String, nullable=False),
)
"""Files that could not be read, by where they came from: their absolute path, why, and how often it was tried."""

accounts = Table(
    "accounts",
    metadata,
    Column("name", String, primary_key=True, doc="what decisions of the person carry"),
    Column("role", String, nullable=False, doc="`reader`, `reviewer` or `admin`"),
    Column("active", Boolean, nullable=False, doc="whether the person may log in"),
    Column("password", String, nullable=False, doc="Argon2id digest of the password"),
    Column("created_at", String, nullable=False, doc="when it was added"),
)
"""Who may use the archive from elsewhere. None is deleted: decisions carry the name."""

sessions = Table(
    "sessions",
    metadata,
    Column("token", String, primary_key=True, doc="SHA-256 of the token that the browser holds"),
    Column("account", String, ForeignKey("accounts.name"), nullable=False, doc="whose session it is"),
    Column("created_at", String, nullable=False, doc="when the person logged in"),
    Column("expires_at", String, nullable=False, doc="when it ends by itself"),
    Index("ix_sessions_account", "account"),
)
"""Who is logged in. A session that is over is deleted; that it was is in `account_events`."""

account_events = Table(
    "account_events",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True, doc="counts up"),
    Column("account", String, nullable=False, doc="whose"),
    Column("event", String, nullable=False, doc="what happened: added, role, password, disabled, logged_in, refused …"),
    Column("detail", String, nullable=False, doc="the new role, or the address of a log-in"),
    Column("person", String, nullable=False, doc="who did it"),
    Column("happened_at", String, nullable=False, doc="when"),
)
"""What happened to accounts. Append-only."""
