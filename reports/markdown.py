"""The change report as Markdown: the same nine sections, for a wiki or a message."""

import html
import re
from collections.abc import Iterable
from typing import Final

from reports.report_layout import RIGHT, Digits, ReportTable, Section, shown, written
from reports.report_model import ChangeReport
from reports.sections import head, sections

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]()#|~])")


def as_markdown(report: ChangeReport, digits: Digits = "thai") -> str:
    """Return the report as Markdown; texts of documents are escaped, for both Markdown and HTML."""
    top = head(report)
    lines = [f"# {_text(top.title, digits)}", ""]
    lines += [f"- {label} {_text(value, digits)}" for label, value in top.lines]
    lines += [f"- **คำเตือน** {_text(warning, digits)}" for warning in top.warnings]
    for section in sections(report):
        lines += ["", f"## {written(str(section.number), digits)} {section.title}", "", *_section(section, digits)]
    return "\n".join(lines) + "\n"


def _section(section: Section, digits: Digits) -> Iterable[str]:
    yield from (f"- {label} {_text(value, digits)}" for label, value in section.facts)
    for paragraph in section.paragraphs:
        yield from ("", _text(paragraph, digits))
    for table in section.filled:
        yield from _table(table.trimmed(), digits)
    if section.empty:
        yield section.nothing


def _table(table: ReportTable, digits: Digits) -> Iterable[str]:
    yield from ("", f"**{_text(table.caption, digits)}**", "")
    yield f"| {' | '.join(column.header for column in table.columns)} |"
    yield f"|{'|'.join(' ---: ' if column.kind in RIGHT else ' --- ' for column in table.columns)}|"
    for row in table.rows:
        cells = (shown(cell, column.kind, digits) for cell, column in zip(row, table.columns, strict=True))
        yield f"| {' | '.join(map(_escaped, cells))} |"
    for note in table.notes:
        yield from ("", _text(note, digits))


def _text(text: str, digits: Digits) -> str:
    return _escaped(written(text, digits))


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", html.escape(" ".join(text.split()), quote=False))
