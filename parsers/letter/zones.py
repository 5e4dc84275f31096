"""The zones of a letter, top to bottom: unlabeled head, labeled parts, body, foot."""

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.letter.cues import Label
from parsers.letter.line_cues import LabelCue
from parsers.text_span import PagedLine, TextSpan, join_lines
from thai.dates import find_dates

_ITEM = re.compile(r"^\s*(?:[0-9๐-๙]{1,2}\s*[.)]|\([0-9๐-๙]{1,2}\))")
_CITED = re.compile(r"^\s*(?:หนังสือ|บันทึก|ประกาศ|คำสั่ง|ระเบียบ|ข้อบังคับ|วิทยุ)[^\n]{0,120}?(?:\sที่\s|ลงวันที่|ลว\.)")
"""How another letter begins that is referred to: what it is, and its number or date."""
_FIRST_ITEM = re.compile(r"^\s*[1๑]\s*[.)]\s*[^0-9๐-๙\s]")
_COUNTED = re.compile(r"จำนวน\s*[0-9๐-๙]+\s*\S{2,8}$")
_DOTS = " ._…·:-–—"
_FULL_LINE = 60
"""Characters from which a line is full, so that what follows may go on with it."""
_MARGIN_SLACK = 0.02
"""How far right of the labels, as a share of the width, a line still begins at the margin: 4 mm of A4."""
_RUNS_ON = 0.75
"""Share of the page's width that the first line of a paragraph reaches beyond."""


@dataclass(frozen=True, slots=True)
class LabeledPart:
    """A labeled part: its label, the label's right spelling, the label as read, and what it says."""

    label: Label
    name: str
    cue: TextSpan
    content: TextSpan


@dataclass(frozen=True, slots=True)
class Zones:
    """A letter's lines by zone."""

    head: tuple[PagedLine, ...]
    entries: tuple[LabeledPart, ...]
    body: tuple[PagedLine, ...]
    foot: tuple[PagedLine, ...]

    def entry(self, label: Label) -> LabeledPart | None:
        """Return the first part with a label, or None."""
        return next(iter(self.all(label)), None)

    def all(self, label: Label) -> list[LabeledPart]:
        """Return the parts with a label, in order."""
        return [entry for entry in self.entries if entry.label is label]


def split_zones(lines: Sequence[PagedLine]) -> Zones:
    """Part a letter's lines into its zones; zones that are not there are empty."""
    labels = _find_labels(lines)
    first = next((i for i, found in enumerate(labels) if found and found[0] is not Label.OFFICE), None)
    if first is None:
        number = next((i for i, line in enumerate(lines) if line.cues.is_number_head), -1)
        foot = _foot_start(lines, number + 1)
        return Zones(tuple(lines[: number + 1]), (), tuple(lines[number + 1 : foot]), tuple(lines[foot:]))
    body = _body_start(lines, labels, first)
    foot = _foot_start(lines, body)
    return Zones(
        tuple(lines[:first]),
        _entries(lines[first:body], labels[first:body]),
        tuple(lines[body:foot]),
        tuple(lines[foot:]),
    )


def _find_labels(lines: Sequence[PagedLine]) -> list[LabelCue | None]:
    """Return the labels of lines, but for a subject that is a word at the start of a line of text.

    That is one below the recipients of a letter that has its subject, or below where the running text begins.
    """
    above: set[Label] = set()
    in_body = False
    kept: list[LabelCue | None] = []
    for line in lines:
        found = line.cues.label
        whole = {Label.SUBJECT, Label.SALUTATION} <= above
        kept.append(None if line.cues.part is Label.SUBJECT and (whole or in_body) else found)
        in_body = in_body or line.cues.opens_recital
        if found is not None:
            above.add(found.label)
    return kept


def _entries(lines: Sequence[PagedLine], labels: Sequence[LabelCue | None]) -> tuple[LabeledPart, ...]:
    starts = [index for index, found in enumerate(labels) if found]
    entries = []
    for start, stop in zip(starts, [*starts, len(lines)][1:], strict=True):
        found = labels[start]
        if found is None:
            continue
        label, name, end = found
        text = lines[start].text
        end = max(end - (len(text) - len(text.lstrip())), 0)
        whole = join_lines([lines[start], *(line for line in lines[start + 1 : stop] if _says(line))])
        entries.append(LabeledPart(label, name, whole.slice(0, end), _undotted(whole.slice(end))))
    return tuple(entries)


def _says(line: PagedLine) -> bool:
    """Tell whether a line is more than a rule of dashes or dots."""
    return any(character.isalnum() for character in line.text)


def _undotted(content: TextSpan) -> TextSpan:
    """Return what stands on the dotted line of a form, without what was read of the dots."""
    return content.slice(len(content.text) - len(content.text.lstrip(_DOTS)))


def _body_start(lines: Sequence[PagedLine], labels: Sequence[LabelCue | None], first: int) -> int:
    """Return the index of the first line of running text."""
    margin = _find_margin(lines[first:], labels[first:])
    current = first
    for index in range(first, len(lines)):
        line = lines[index]
        if line.cues.begins_foot:
            return index
        if labels[index]:
            current = index
            continue
        if _goes_on_below(labels[index + 1 : index + 4]):
            continue
        part = lines[current:index]
        if line.cues.opens_body or _counts_anew(part, line):
            return index
        if line.page == lines[first].page and _is_at_margin(line, margin):
            return index - 1 if len(part) > 1 and _opens_paragraph(part[-1]) else index
        if line.page != part[0].page or _is_complete(part, line):
            return index
    return len(lines)


def _find_margin(lines: Sequence[PagedLine], labels: Sequence[LabelCue | None]) -> float:
    """Return where labeled parts begin, as a share of the page's width."""
    return statistics.median([line.box.x0 for line, found in zip(lines, labels, strict=True) if found])


def _is_at_margin(line: PagedLine, margin: float) -> bool:
    return line.has_layout and line.box.x0 < margin + _MARGIN_SLACK


def _goes_on_below(labels: Sequence[LabelCue | None]) -> bool:
    """Tell whether one of the next lines begins a labeled part, so that the parts are not at their end."""
    return any(found is not None and found.label is not Label.OFFICE for found in labels)


def _counts_anew(part: Sequence[PagedLine], below: PagedLine) -> bool:
    """Tell whether a line is item ๑ under a labeled part that has items or is whole: of the paragraphs, then."""
    label = part[0].cues.label
    if label is None or label[0] not in {Label.REFERENCE, Label.ENCLOSURE} or not _FIRST_ITEM.match(below.text):
        return False
    begun = part[0].text[label[2] :]
    return bool(begun.strip()) or len(part) > 1


def _opens_paragraph(line: PagedLine) -> bool:
    return line.box.x1 > _RUNS_ON and not _ITEM.match(line.text)


def _is_complete(lines: Sequence[PagedLine], below: PagedLine) -> bool:
    """Tell whether a labeled part is whole, so that the unlabeled line below it must be the body's."""
    label = lines[0].cues.label
    if label is None or not lines[-1].text.strip():
        return False
    if label[0] is not Label.SALUTATION and _ITEM.match(below.text):
        return False
    text = lines[-1].text.strip()
    if label[0] is Label.SALUTATION:
        return len(text) < _FULL_LINE and not text.endswith("และ")
    if label[0] is Label.REFERENCE:
        # A date without its year goes on below.
        ended = any(date.date is not None and date.span[1] >= len(text) - 1 for date in find_dates(text))
        return ended and _CITED.match(below.text) is None
    counted = _COUNTED.search(text) is not None and _COUNTED.search(below.text.strip()) is None
    return label[0] is Label.ENCLOSURE and counted


def _foot_start(lines: Sequence[PagedLine], body: int) -> int:
    """Return the index of the first line of the foot: the closing, the signer, or a stamped letter's date."""
    for index in range(body, len(lines)):
        if lines[index].cues.closing or lines[index].cues.signer_name:
            return index
    for index in range(body, len(lines)):
        if lines[index].cues.is_date_alone:
            return max(index - 1, body)
    for index in range(len(lines) - 1, body - 1, -1):
        if lines[index].cues.states_issue_date:
            return index
    return len(lines)
