"""Rounds of an annex: frozen snapshots, and the changes between two.

Comes in: documents that were read. Goes out: snapshots, the series they form, and comparisons. Nothing here reads a
page or writes a report.
"""
