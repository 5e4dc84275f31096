"""Findings, changes and records → pages, books and tables for people.

Comes in: records and comparisons. Goes out: HTML, PDF, DOCX, XLSX, Markdown, CSV, JSON and tables for the terminal.
Nothing here decides what changed; it only says it, in the words and digits that offices use. A report goes from
`view` (what it says) by `sections` (in which words and order) to one module a format (how it is laid out).
"""
