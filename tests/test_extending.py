"""The worked examples of docs/extending.md do what they say."""

import re
import sys
from pathlib import Path

import pytest

from core.rule_settings import RuleSettings
from models.change import Comparison
from models.finding import Outcome
from reports import render as formats
from reports.change_report import build
from reports.render import render
from rules.runner import judge
from rules.selection import chosen
from tests.reports.builders import FIRST, SECOND, TODAY, P, snapshot
from tests.reports.builders import row as snapshot_row
from tests.rules import builders as b

PAGE = (Path(__file__).parents[1] / "docs" / "extending.md").read_text("utf-8")
SECTIONS = {part.splitlines()[0]: part for part in re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]}
RUN_AS_THEY_STAND = ("A kind of letter", "A table style", "A recognizer")


def examples(section: str) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```", SECTIONS[section], re.DOTALL | re.MULTILINE)


def test_a_rule(tmp_path: Path) -> None:
    [source] = examples("A rule")
    file = tmp_path / "our_rules.py"
    file.write_text(source, "utf-8")
    [own] = [rule for rule in chosen(RuleSettings(files=(file,))) if rule.id == "Z01"]
    cases = (
        (b.text("การประชุม"), Outcome.PASSED),
        (b.text("ก" * 61), Outcome.VIOLATED),
        (b.text(None), Outcome.COULD_NOT_RUN),
    )
    for subject, outcome in cases:
        assert judge(own, b.case((b.cover(subject=subject),))).outcome is outcome


def test_a_report_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module, registration = examples("A report format")
    (tmp_path / "wiki_report.py").write_text(module, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(formats, "FORMATS", dict(formats.FORMATS))
    exec(registration, {"FORMATS": formats.FORMATS})  # noqa: S102 - our own documentation
    rounds = [snapshot(day, [snapshot_row(1, "ริม", P)]) for day in (FIRST, SECOND)]
    render(
        build(Comparison(before=rounds[0], after=rounds[1], changes=(), warnings=()), TODAY), tmp_path / "changes.wiki"
    )
    text = (tmp_path / "changes.wiki").read_text("utf-8")
    assert text.startswith("= รายงานความคืบหน้า")
    assert "== ๙ ผลตรวจสอบและข้อจำกัด ==" in text
    sys.modules.pop("wiki_report", None)


def test_every_section_is_run() -> None:
    assert set(SECTIONS) == {"A rule", "A report format", *RUN_AS_THEY_STAND}


@pytest.mark.parametrize("section", RUN_AS_THEY_STAND)
def test_the_example_of_a_section_runs(section: str) -> None:
    assert examples(section)
    for block in examples(section):
        exec(compile(block, "docs/extending.md", "exec"), {"__name__": "example"})  # noqa: S102 - our own page
