"""Verbs of the `saraban` command, by their subject: thin functions that `cli` gives their names. No logic.

Comes in: what a person typed. Goes out: calls to `pipeline`, and lines for the terminal. Heavy modules are imported
where a verb needs them, so that `--help` stays light.
"""
