"""Findings and changes → pages and tables for people.

Comes in: records and comparisons. Goes out: HTML, Markdown, CSV, JSON and tables for the terminal. Nothing here decides
what changed; it only says it, in the words and digits that offices use.
"""
