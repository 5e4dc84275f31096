"""What people said of a table when they gave it in, in words."""

from collections.abc import Iterator

from core.errors import Language
from models.table_facts import TableFacts
from reports.labels import date_short


def describe_facts(facts: TableFacts, language: Language = "th") -> Iterator[tuple[str, str]]:
    """Yield the facts that hold: what each is called, and what was said, as it was typed."""
    thai = language == "th"
    if facts.as_of is not None:
        yield ("ข้อมูล ณ" if thai else "as of"), facts.as_of.text or date_short(facts.as_of.day, language)
    if facts.title:
        yield ("เรื่อง" if thai else "subject"), facts.title
    if facts.province:
        yield ("จังหวัด" if thai else "province"), facts.province
    for role, header in (facts.columns or {}).items():
        yield (f"คอลัมน์ {role}" if thai else f"column {role}"), header
