"""The data dictionary: every table of the archive and what its columns hold, as a page of documentation.

`python -m store.data_dictionary` writes it into `docs/schema.md`, beneath what is said there by hand.
"""

from pathlib import Path
from typing import Final

from sqlalchemy import Column, Table

from store.schema import metadata

_PAGE: Final = Path(__file__).parents[1] / "docs" / "schema.md"
_BEGINNING: Final = "<!-- made by python -m store.data_dictionary -->\n"


def describe_tables() -> str:
    """Return the dictionary in Markdown, the tables in the order of their names."""
    return "\n".join(_describe(table) for table in sorted(metadata.tables.values(), key=lambda table: table.name))


def render_page(page: str) -> str:
    """Return the page with the dictionary as it is today beneath what was written by hand."""
    return page.partition(_BEGINNING)[0] + _BEGINNING + "\n" + describe_tables()


def _describe(table: Table) -> str:
    lines = [f"### {table.name}", "", "| column | type | what it holds |", "| --- | --- | --- |"]
    lines += [f"| `{column.name}` | {_type(column)} | {column.doc} |" for column in table.columns]
    return "\n".join([*lines, ""])


def _type(column: Column[object]) -> str:
    words = [str(column.type).lower()]
    if column.primary_key:
        words.append("key")
    words += [f"→ {key.column.table.name}" for key in column.foreign_keys]
    return ", ".join(words)


if __name__ == "__main__":
    _PAGE.write_text(render_page(_PAGE.read_text("utf-8")), "utf-8")
