"""The rules as a page of documentation: `python -m rules.reference_page > docs/rules.md`."""

import sys
from collections.abc import Iterable, Iterator
from typing import Final

from core.rule_settings import RuleSettings
from models.issue import Severity
from rules.engine.declaration import Rule
from rules.runner import ALL

GROUPS: Final = {
    "T": ("ยอดรวม", "Totals"),
    "M": ("เครื่องหมายและหมายเหตุ", "Marks and remarks"),
    "O": ("องค์กรปกครองส่วนท้องถิ่น", "Organizations"),
    "D": ("วันที่", "Dates"),
    "N": ("เลขที่หนังสือ", "Numbers"),
    "L": ("รูปแบบหนังสือ", "Letter form"),
    "Q": ("ข้อความและคุณภาพการอ่าน", "Text and quality of the reading"),
    "X": ("ระหว่างรอบ", "Between rounds"),
}
"""Subjects by the letter that ids begin with."""

_SEVERITY: Final = {
    Severity.ERROR: "ผิดพลาด · error",
    Severity.WARNING: "เตือน · warning",
    Severity.INFO: "แจ้งทราบ · info",
}
_HEAD: Final = """\
# Rules · กฎการตรวจ

<!-- Made by `python -m rules.reference_page > docs/rules.md`; a test keeps it true. Write in the rules instead. -->

`saraban check` holds the documents of the archive against {count} rules. Each says of a document that it is
*violated* (ไม่ผ่าน), has *passed* (ผ่าน), *could not run* (ตรวจไม่ได้) because something was not read or is not known,
or does *not apply* (ไม่เกี่ยวข้อง). A rule never changes a value. It names the values that it compares, with page and
place, and the likelier reading where it can. A rule that passed proves no more than it says: totals that agree tell
that marks were read, not that names were.

Rules between rounds, and those that look for other letters, need the archive; `saraban read` leaves them out.
"""
_SETTINGS: Final = """\
## Settings · การตั้งค่า

The settings file is the one that the environment variable `SARABAN_SETTINGS` names, else
`~/.config/saraban/settings.toml`.

```toml
[rules]
off = ["M02"]                      # do not run
severity = {{ D07 = "warning" }}     # error, warning or info
deadline_working_days = 7             # a threshold
files = ["our_rules.py"]           # rules of one's own, beside the settings file
```

| setting | default | what it is |
| --- | --- | --- |
{thresholds}

## Rules of one's own · กฎของหน่วยงานเอง

```python
from collections.abc import Iterator

from rules.engine.declaration import Case, Observation, passed, rule, violated
from rules.engine.record_paths import letters


@rule("Z01", th="มีผู้ประสานงาน", en="a contact is named", needs="contacts", source="our office's circular of 2567")
def contact_named(case: Case) -> Iterator[Observation]:
    \"\"\"Every letter names whom to call.\"\"\"
    for path, letter in letters(case):
        if letter.contacts:
            yield passed(f"{{path}}.contacts")
        else:
            yield violated("ไม่มีผู้ประสานงาน", "no contact is named", [f"{{path}}.contacts"])
```

**Such a file is a program.** It is run whenever documents are read or checked, with all the rights of the person who
runs the command: it can read, change and send whatever they can. Name only files that you or your office wrote and
that others cannot change. Saraban loads none but those that the settings file names; neither the environment, nor the
archive, nor the working folder, nor a document can name one.
"""


def page(rules: Iterable[Rule] = ALL.values()) -> str:
    """Return the page, in Markdown."""
    found = list(rules)
    lines = [_HEAD.format(count=len(found))]
    for letter, (th, en) in GROUPS.items():
        group = [rule for rule in found if rule.id.startswith(letter)]
        lines += [f"## {letter} · {th} · {en}", "", *_table(group), "", *_explained(group)]
    lines.append(_SETTINGS.format(thresholds="\n".join(_thresholds())))
    return "\n".join(lines)


def _table(rules: Iterable[Rule]) -> Iterator[str]:
    yield "| | กฎ | rule | severity | needs |"
    yield "| --- | --- | --- | --- | --- |"
    for rule in rules:
        cells = (rule.id, rule.statement.th, rule.statement.en, _SEVERITY[rule.severity], rule.needs)
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _explained(rules: Iterable[Rule]) -> Iterator[str]:
    for rule in rules:
        text = " ".join(rule.explanation.split())
        yield f"- **{rule.id}** {text} *Source: {rule.source}.*"
    yield ""


def _thresholds() -> Iterator[str]:
    for name, field in RuleSettings.model_fields.items():
        default = field.get_default(call_default_factory=True)
        shown = "" if default in ((), {}) else f"`{default}`"
        yield f"| `{name}` | {shown} | {field.description} |"


if __name__ == "__main__":
    sys.stdout.write(page())
