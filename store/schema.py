"""The tables of the archive, as they stand after the newest migration.

Keys, and what a query looks for, are columns; the record itself is the JSON of its model, so that a field added to
a model needs no migration. Change a table here together with a new file in `migrations/versions`.
"""

from typing import Final

from sqlalchemy import Boolean, Column, Date, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text, text

REVISION: Final = "0013"
"""The newest migration: what an archive that this version wrote says of itself."""

INDEX_VERSION: Final = 1
"""Raised where what is made of a record for queries changes: `documents.index_version` below it is made anew."""

metadata = MetaData()

documents = Table(
    "documents",
    metadata,
    Column(
        "sha256",
        String,
        primary_key=True,
        doc="SHA-256 of the original bytes, in hexadecimal: the key of a document everywhere",
    ),
    Column("name", String, nullable=False, doc="file name it was last imported under"),
    Column("media_type", String, nullable=False, doc="what the bytes are, such as `application/pdf`"),
    Column("pages", Integer, nullable=False, doc="how many pages the file has"),
    Column("status", String, nullable=False, doc="`ok`, `needs_review`, `partial` or `failed`"),
    Column("annexes", Integer, nullable=False, doc="how many status annexes it has"),
    Column("imported_at", String, nullable=False, doc="first time it was imported"),
    Column("engine", String, nullable=False, doc="what read it: versions of the program, its models and tools"),
    Column("record", Text, nullable=False, doc="the whole record as JSON (`saraban schema`)"),
    Column(
        "index_version",
        Integer,
        nullable=False,
        server_default="0",
        doc="which version made the tables for queries from the record",
    ),
    Column("frozen_with", Integer, doc="last decision that is in its rounds as they were frozen"),
    Index("ix_documents_status", "status", "imported_at", "sha256"),
    Index("ix_documents_imported", "imported_at", "sha256"),
    Index("ix_documents_index_version", "index_version"),
)
"""One row a file, by its bytes, its record with what people decided; `imported_at` is the first time (ISO, UTC)."""

NOT_IN_SUMMARIES: Final = frozenset({"record", "index_version", "frozen_with"})
"""Columns of documents that a list of them does without."""

document_names = Table(
    "document_names",
    metadata,
    Column("sha256", String, ForeignKey("documents.sha256"), primary_key=True, doc="document"),
    Column("name", String, primary_key=True, doc="a file name it came under"),
    Column("first_seen", String, nullable=False, doc="when first"),
    Index("ix_document_names_name", "name"),
)
"""Every name that the same bytes came under."""

document_origins = Table(
    "document_origins",
    metadata,
    Column("sha256", String, ForeignKey("documents.sha256"), primary_key=True, doc="document"),
    Column(
        "path", String, primary_key=True, doc="a path it came from; a member of a ZIP file follows the path of the file"
    ),
    Column("first_seen", String, nullable=False, doc="when first"),
)
"""Every path that the same bytes came from; of a member of a ZIP file its path within follows that of the file."""

letters = Table(
    "letters",
    metadata,
    Column("document", String, ForeignKey("documents.sha256"), primary_key=True, doc="document"),
    Column("idx", Integer, primary_key=True, doc="letter within the document, from 0"),
    Column("kind", String, nullable=False, doc="kind of letter, such as `external_letter`"),
    Column("number", String, doc="letter number in Arabic digits, such as `มท 0810.2/ว 856`"),
    Column("date", Date, doc="date of the letter, of the common era"),
    Column("subject", String, doc="subject (เรื่อง)"),
    Column("issuer", String, doc="office that issued it"),
    Index("ix_letters_number", "number"),
    Index("ix_letters_date", "date"),
)
"""What a letter is looked up by; the letter itself is in the record of its document."""

page_results = Table(
    "page_results",
    metadata,
    Column("key", String, primary_key=True, doc="digest of bytes, options and versions"),
    Column("document", String, nullable=False, doc="document"),
    Column("page", Integer, nullable=False, doc="page, from 1"),
    Column("payload", Text, nullable=False, doc="the page as read, as JSON"),
    Column("issues", Text, doc="what was noted of it, as JSON"),
    Column("read_at", String, doc="when"),
    Index("ix_page_results_document", "document"),
)
"""Pages as they were read, by bytes, options and engine. Written before the document is: a stopped run resumes here."""

snapshots = Table(
    "snapshots",
    metadata,
    Column("key", String, primary_key=True, doc="digest of what was frozen"),
    Column("series", String, nullable=False, doc="series of rounds it belongs to"),
    Column("as_of", Date, doc="day of the data"),
    Column("version", Integer, nullable=False, doc="reading of the same round, from 1"),
    Column("document", String, ForeignKey("documents.sha256"), nullable=False, doc="document"),
    Column("annex", Integer, nullable=False, doc="annex within the document"),
    Column("frozen_at", String, nullable=False, doc="when"),
    Column("payload", Text, nullable=False, doc="the rows as JSON"),
    Index("ix_snapshots_series", "series", "as_of"),
    Index("ix_snapshots_document", "document", "annex"),
)
"""Rounds as they were frozen. Append-only: triggers refuse to change or delete a row."""

round_choices = Table(
    "round_choices",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True, doc="order"),
    Column("document", String, ForeignKey("documents.sha256"), nullable=False, doc="document"),
    Column("annex", Integer, nullable=False, doc="annex within the document"),
    Column("payload", Text, nullable=False, doc="the choice as JSON"),
    Column("chosen_at", String, nullable=False, doc="when"),
)
"""What people decide about series. Append-only: the last row for a round holds."""

round_corrections = Table(
    "round_corrections",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True, doc="order"),
    Column("document", String, ForeignKey("documents.sha256"), nullable=False, doc="document"),
    Column("annex", Integer, nullable=False, doc="annex within the document"),
    Column("payload", Text, nullable=False, doc="the correction as JSON"),
    Column("corrected_at", String, nullable=False, doc="when"),
)
"""What people say of rounds: that one is none, or of which day. Append-only: the last row of a kind holds."""

confirmations = Table(
    "confirmations",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True, doc="order"),
    Column("forgets", Integer, ForeignKey("confirmations.id"), doc="confirmation that this one takes back"),
    Column("payload", Text, doc="the confirmed reading as JSON"),
    Column("decided_at", String, nullable=False, doc="when"),
)
"""What people confirm of repairs. Append-only: a row that names an earlier one in `forgets` takes it back."""

status_wordings = Table(
    "status_wordings",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True, doc="order in which they were given"),
    Column("revokes", Integer, ForeignKey("status_wordings.id"), doc="meaning that this one takes back"),
    Column("person", String, nullable=False, doc="who"),
    Column("decided_at", String, nullable=False, doc="when"),
    Column("payload", Text, doc="the meaning as JSON: wording, column, status, reason"),
)
"""What people say that wordings of statuses mean. Append-only: a row that names an earlier one takes it back."""

table_facts = Table(
    "table_facts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True, doc="order in which they were given"),
    Column("document", String, ForeignKey("documents.sha256"), nullable=False, doc="document"),
    Column("fact", String, nullable=False, doc="`as_of`, `title`, `province` or `columns`"),
    Column("payload", Text, nullable=False, doc="the fact as JSON; null within it where it was taken back"),
    Column("given_at", String, nullable=False, doc="when"),
    Index("ix_table_facts_document", "document"),
)
"""What people said of tables when they gave them in. Append-only: the last row of a fact holds, in every reading."""

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True, doc="order in which they were made"),
    Column("document", String, ForeignKey("documents.sha256"), nullable=False, doc="document"),
    Column("target", Text, doc="path of the value, or the finding"),
    Column("revokes", Integer, ForeignKey("decisions.id"), doc="decision that this one takes back"),
    Column("person", String, nullable=False, doc="who"),
    Column("decided_at", String, nullable=False, doc="when"),
    Column("payload", Text, doc="the decision as JSON: state, value before and after, reason, what was shown"),
    Column("batch", String, doc="decisions that one act of a person made carry the same; null for a single one"),
    Index("ix_decisions_document", "document"),
    Index("ix_decisions_batch", "batch"),
)
"""What people decide of values. Append-only: a row that names an earlier one in `revokes` takes it back."""

readings = Table(
    "readings",
    metadata,
    Column("document", String, ForeignKey("documents.sha256"), primary_key=True, doc="document"),
    Column("record", Text, nullable=False, doc="the record as it was read, before people decided"),
)
"""The record as it was read, of documents that people decided something in; the newest reading alone."""

doubts = Table(
    "doubts",
    metadata,
    Column("document", String, ForeignKey("documents.sha256"), primary_key=True, doc="document"),
    Column("target", Text, primary_key=True, doc="path of the value in the record, or the finding"),
    Column("code", String, nullable=False, doc="why it is in doubt"),
    Column("weight", Float, nullable=False, doc="the greater, the sooner it is asked"),
    Column("later", Boolean, nullable=False, doc="whether a person left it for later"),
    Index("ix_doubts_code", "code", "document"),
    Index("ix_doubts_weight", "later", "weight"),
)
"""What waits for a person; made from the records, so that a list of it need not open them."""

passages = Table(
    "passages",
    metadata,
    Column("id", Integer, primary_key=True, doc="key"),
    Column("document", String, ForeignKey("documents.sha256"), nullable=False, doc="document"),
    Column("page", Integer, nullable=False, doc="page, from 1; 0 holds the values of the record"),
    Column("text", Text, nullable=False, doc="text of the page"),
    Column("form", Text, nullable=False, doc="the text as search compares it: without spaces, in Arabic digits"),
    Column("loose", Text, nullable=False, doc="the same without tone marks"),
    Column("kind", String, doc="kind of the first letter, or `annex`"),
    Column("year", Integer, doc="year of its date, of the Buddhist era"),
    Column("urgency", String, doc="its urgency"),
    Column("office", Text, doc="issuer, unit and number as search compares them"),
    Index("ix_passages_document", "document"),
)
"""What search looks in: a row a page, and one (page 0) for the values of the record. `passage_index` is its index."""

record_digests = Table(
    "record_digests",
    metadata,
    Column("document", String, ForeignKey("documents.sha256"), primary_key=True, doc="document"),
    Column("sha256", String, nullable=False, doc="SHA-256 of the record as it was written"),
)
"""The SHA-256 of each record as it was written: a byte that changes on the disk shows, and in which document."""

removals = Table(
    "removals",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True, doc="order"),
    Column("document", String, ForeignKey("documents.sha256"), nullable=False, doc="document"),
    Column("removed", Boolean, nullable=False, doc="true where it was taken out, false where it was put back"),
    Column("reason", Text, nullable=False, doc="why"),
    Column("decided_at", String, nullable=False, doc="when"),
    Index("ix_removals_document", "document"),
)
"""Documents that people took out or put back. Append-only: the last row of a document holds; nothing is erased."""

failures = Table(
    "failures",
    metadata,
    Column("origin", String, primary_key=True, doc="where the file came from"),
    Column("path", String, nullable=False, doc="its absolute path"),
    Column("name", String, nullable=False, doc="its name"),
    Column("slug", String, nullable=False, doc="kind of failure"),
    Column("detail", Text, nullable=False, doc="what happened"),
    Column("attempts", Integer, nullable=False, doc="how often it was tried"),
    Column("first_at", String, nullable=False, doc="first time"),
    Column("last_at", String, nullable=False, doc="last time"),
    Column("facts", Text, doc="what a person said of its tables, as JSON: it holds where it is tried again"),
)
"""Files that could not be read, by where they came from: their absolute path, why, and how often it was tried."""

letter_fields = Table(
    "letter_fields",
    metadata,
    Column("document", String, ForeignKey("documents.sha256"), primary_key=True, doc="document"),
    Column("letter", Integer, primary_key=True, doc="letter within the document, from 0"),
    Column("field", String, primary_key=True, doc="path within the letter, such as `number`, `references[0].date`"),
    Column(
        "value",
        Text,
        doc="normalized value: days as `2021-04-26`, numbers in Arabic digits; null where it was not read",
    ),
    Column("raw", Text, nullable=False, doc="the text as it was read, Thai digits and all"),
    Column("page", Integer, doc="page of the document, from 1"),
    Column("confidence", Float, nullable=False, doc="how sure the reading is, 0 to 1"),
    Column(
        "source",
        String,
        nullable=False,
        doc="by what means: `print`, `handwriting`, `stamp`, `text-layer`, `data`, `register`, `derived`, `person`",
    ),
    Column("review", Text, nullable=False, doc="review codes, parted by spaces; empty where we stand by the value"),
    Column(
        "null_reason",
        String,
        doc="why there is no value: `absent`, `missing`, `unreadable`, `not_understood`, `not_looked_for`",
    ),
    Index(
        "ix_letter_fields_field",
        "field",
        "value",
        sqlite_where=text("length(value) < 200"),
        postgresql_where=text("length(value) < 200"),
    ),
)
"""One row a field of a letter, but for its body: made of the records, for those who query."""

status_rows = Table(
    "status_rows",
    metadata,
    Column("document", String, ForeignKey("documents.sha256"), primary_key=True, doc="document"),
    Column("annex", Integer, primary_key=True, doc="annex within the document, from 0"),
    Column("row", Integer, primary_key=True, doc="row within the annex, from 0"),
    Column("page", Integer, doc="page of the document, from 1"),
    Column("as_of", Date, doc="day of the data (ข้อมูล ณ วันที่), of the common era"),
    Column("sequence", Integer, doc="printed number (ลำดับ)"),
    Column("province", String, doc="province of the annex"),
    Column("district", String, doc="district (อำเภอ)"),
    Column("body_kind", String, doc="kind of local body, such as อบต."),
    Column("body_name", String, doc="name without the kind"),
    Column("body_key", String, doc="key of the body in the register; null where it is not in it"),
    Column(
        "status",
        String,
        doc="`complete`, `incomplete`, `not_started`; null where it was not read or the annex has none",
    ),
    Column("remark", Text, doc="remark (หมายเหตุ)"),
    Column(
        "review",
        Text,
        nullable=False,
        doc="review codes of the row and its cells, parted by spaces; empty where we stand by the row",
    ),
    Index("ix_status_rows_body", "body_key"),
)
"""One row a row of an annex: made of the records, for those who query."""

findings = Table(
    "findings",
    metadata,
    Column("document", String, ForeignKey("documents.sha256"), primary_key=True, doc="document"),
    Column("idx", Integer, primary_key=True, doc="finding within the document, from 0"),
    Column("rule", String, nullable=False, doc="rule, such as `T01`: see rules.md"),
    Column("severity", String, nullable=False, doc="`error`, `warning` or `info`"),
    Column("outcome", String, nullable=False, doc="`violated` or `could_not_run`"),
    Column(
        "basis",
        String,
        nullable=False,
        doc="`paper` where it rests on values we stand by, `doubted` where a reading is in doubt",
    ),
    Column("evidence", Text, nullable=False, doc="paths into the record, parted by spaces"),
    Column("message_th", Text, nullable=False, doc="the finding in Thai"),
    Column("message_en", Text, nullable=False, doc="the finding in English"),
    Column("answered", String, doc="who said that the paper is indeed so"),
    Index("ix_findings_rule", "rule"),
)
"""What the rules say of each document: made of the records, for those who query."""

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
