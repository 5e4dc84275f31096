"""The archive: database, original bytes and migrations.

Comes in: records that were read. Goes out: the same records, found by content, name or series. Nothing here reads a
document or judges one.
"""
