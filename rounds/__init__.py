"""Rounds of an annex: frozen snapshots, and the changes between two."""
