"""The record `saraban/1` and the tables of exports as pages of documentation, made from the models."""

import inspect
import re
from collections.abc import Iterator
from typing import Any, Final

from models.document import Document
from reports.exports.flat_tables import FlatTable, findings, letters, rows
from reports.report_layout import CellFormat

_RECORD_HEAD: Final = """# The record `saraban/1`

<!-- Made by `python -m docs._site.reference`; a test keeps it true. Write in the models instead. -->

What `saraban read` and `saraban show --json` print, one object a file. `saraban schema` prints the same as JSON Schema.
A field keeps its meaning until the schema is called `saraban/2`. Boxes are left, top, right, bottom in fractions of the upright
page; dates are ISO in the common era; Thai digits stay in `raw`. Codes: [codes](codes.md).
"""
_EXPORT_HEAD: Final = """# Tables of exports

<!-- Made by `python -m docs._site.reference`; a test keeps it true. Write in reports/exports instead. -->

`saraban export letters|rows|findings FILE` writes one table as `.csv`, `.xlsx`, `.json` or `.parquet`. Programs get the keys and
the codes (`.json`, `.parquet`, and `.csv` with `SARABAN_LANG=en`), people Thai headings and words. FILE appears whole
at the end; `-` in its place is standard output, as CSV, row by row as it is found. The archive's own tables: [schema](schema.md). `code` is the seven-digit key of the register; a body that the register does not know has a key that begins
with `x:` and is made of its province, district and name, so that rounds can be compared.
"""
_ATTRIBUTES: Final = re.compile(r"\n\s*Attributes:\n(?P<lines>.*)", re.DOTALL)
_ENTRY: Final = re.compile(r"^ {4}(?P<names>[a-z_][\w, ]*): (?P<text>.*(?:\n {5,}.*)*)", re.MULTILINE)
_CELLS: Final = {
    CellFormat.TEXT: "text",
    CellFormat.RAW: "text",
    CellFormat.NAME: "text",
    CellFormat.NUMBER: "number",
    CellFormat.PERCENT: "fraction from 0 to 1",
    CellFormat.DATE: "date",
}


def describe_record() -> str:
    """Return the page about the record, the document first and its parts by name."""
    schema = Document.model_json_schema(by_alias=True)
    parts = schema.pop("$defs")
    texts = [_RECORD_HEAD, *_describe("Document", schema)]
    for name in sorted(parts):
        texts += _describe(name, parts[name])
    return "\n".join(texts)


def _describe(name: str, schema: dict[str, Any]) -> Iterator[str]:
    text = inspect.cleandoc(schema.get("description", ""))
    found = _ATTRIBUTES.search(text)
    yield f"## {name}\n"
    yield f"{_ATTRIBUTES.sub('', text).strip()}\n"
    if "enum" in schema:
        yield f"One of {', '.join(f'`{value}`' for value in schema['enum'])}.\n"
    words = dict(_attributes(found["lines"])) if found else {}
    if schema.get("properties"):
        yield "| key | type | what it holds |\n| --- | --- | --- |"
        for key, value in schema["properties"].items():
            described = words.get(key) or value.get("description", "")
            yield f"| `{key}` | {_type(value)} | {' '.join(described.split()).replace('|', chr(92) + '|')} |"
        yield ""


def _attributes(lines: str) -> Iterator[tuple[str, str]]:
    for entry in _ENTRY.finditer(lines):
        yield from ((name.strip(), entry["text"]) for name in entry["names"].split(","))


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " or ".join(_type(each) for each in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    if schema.get("type") == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"object of {_type(schema['additionalProperties'])}"
    bounds = [f"{word} {schema[key]}" for key, word in (("minimum", "from"), ("maximum", "to")) if key in schema]
    return " ".join([schema.get("format") or schema.get("const") or schema.get("type", "any"), *bounds])


def describe_exports() -> str:
    """Return the page about the tables of exports."""
    return "\n".join([_EXPORT_HEAD, *(_describe_table(make(())) for make in (letters, rows, findings))])


def _describe_table(table: FlatTable) -> str:
    lines = [f"## {table.name} · {table.heading}", "", "| key | หัวคอลัมน์ | holds |", "| --- | --- | --- |"]
    lines += [f"| `{fact.key}` | {fact.heading} | {_CELLS[fact.kind]} |" for fact in table.facts]
    return "\n".join([*lines, ""])
