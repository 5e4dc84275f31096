"""The archive: database, original bytes and migrations."""
