"""Which rules an office runs, and the page that tells of them."""

import re
from pathlib import Path

import pytest

from core.errors import UsageError
from core.rule_settings import RuleSettings
from core.settings import Settings
from models.finding import Outcome
from models.issue import Severity
from rules.reference_page import GROUPS, page
from rules.runner import ALL, check
from rules.selection import chosen
from tests.rules import builders as b

DOCS = Path(__file__).parents[2] / "docs" / "rules.md"


def example() -> str:
    """The rule that the documentation gives as an example."""
    return re.search("```python\n(.*?)```", page(), re.DOTALL)[1]


def settings_from(folder: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> Settings:
    file = folder / "settings.toml"
    file.write_text(text, "utf-8")
    monkeypatch.setenv("SARABAN_SETTINGS", str(file))
    return Settings.load()


def test_without_settings_all_rules_run_as_declared() -> None:
    assert list(chosen(RuleSettings())) == list(ALL.values())


def test_a_rule_is_switched_off_and_another_gets_another_severity(tmp_path, monkeypatch) -> None:
    settings = settings_from(tmp_path, '[rules]\noff = ["M02"]\nseverity = { D07 = "error" }\n', monkeypatch)
    rules = {rule.id: rule for rule in chosen(settings.rules)}
    assert set(ALL) - set(rules) == {"M02"}
    assert rules["D07"].severity is Severity.ERROR
    assert ALL["D07"].severity is Severity.INFO
    old = b.case((b.cover(),), (b.annex(as_of=b.day("2020-01-01")),), settings=settings.rules)
    [verdict] = [verdict for verdict in check(old, rules.values()) if verdict.rule == "D07"]
    assert (verdict.severity, verdict.findings[0].severity) == (Severity.ERROR, Severity.ERROR)


def test_the_example_of_the_documentation_is_a_rule_that_runs(tmp_path, monkeypatch) -> None:
    (tmp_path / "our_rules.py").write_text(example(), "utf-8")
    settings = settings_from(tmp_path, '[rules]\nfiles = ["our_rules.py"]\n', monkeypatch)
    rules = chosen(settings.rules)
    assert [rule.id for rule in rules if rule.id not in ALL] == ["Z01"]
    outcomes = [
        verdict.outcome
        for letter in (b.cover(), b.cover(contacts=()))
        for verdict in check(b.case((letter,)), rules)
        if verdict.rule == "Z01"
    ]
    assert outcomes == [Outcome.PASSED, Outcome.VIOLATED]


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("raise RuntimeError('broken')", "RuntimeError: broken"),
        ("x = 1", "declares no rule"),
        ("from rules.totals.printed_totals import totals_add_up", "declares no rule"),
    ],
)
def test_a_file_that_gives_no_rule_is_refused(tmp_path, source: str, says: str) -> None:
    file = tmp_path / "our.py"
    file.write_text(source, "utf-8")
    with pytest.raises(UsageError, match=says):
        chosen(RuleSettings(files=(file,)))


def test_a_file_cannot_take_the_id_of_another_rule(tmp_path) -> None:
    file = tmp_path / "our.py"
    file.write_text(example().replace("Z01", "T01"), "utf-8")
    with pytest.raises(UsageError, match="T01"):
        chosen(RuleSettings(files=(file,)))


def test_a_missing_file_and_an_unknown_rule_are_named(tmp_path) -> None:
    with pytest.raises(UsageError, match="nowhere"):
        chosen(RuleSettings(files=(tmp_path / "nowhere.py",)))
    with pytest.raises(UsageError, match="Z77"):
        chosen(RuleSettings(off=("Z77",)))


def test_only_the_settings_file_names_files_of_rules(tmp_path, monkeypatch) -> None:
    """Neither the environment nor a file that lies in the working folder may."""
    (tmp_path / "our_rules.py").write_text("raise SystemExit('was run')", "utf-8")
    (tmp_path / "settings.toml").write_text('[rules]\nfiles = ["our_rules.py"]\n', "utf-8")
    (tmp_path / "saraban").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SARABAN_SETTINGS", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "none"))
    monkeypatch.setenv("SARABAN_RULES__FILES", '["our_rules.py"]')
    monkeypatch.setenv("SARABAN_RULES__AS_OF_MAX_DAYS", "9")
    settings = Settings.load()
    assert settings.rules.files == ()
    assert settings.rules.as_of_max_days == 9


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("lang ==", "settings.toml"),
        ("langue = 'en'", "langue"),
        ("[rules]\noff = ['everything']", "rules.off"),
        ("[rules]\nseverity = { T01 = 'fatal' }", "rules.severity.T01"),
        ("[rules]\ndeadline_working_days = -1", "deadline_working_days"),
    ],
)
def test_a_wrong_settings_file_is_refused_and_says_where(tmp_path, monkeypatch, text: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        settings_from(tmp_path, text, monkeypatch)


def test_a_settings_file_that_is_not_there_is_not_passed_over(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("SARABAN_SETTINGS", str(tmp_path / "gone.toml"))
    with pytest.raises(UsageError, match=r"gone\.toml"):
        Settings.load()


def test_the_documentation_is_that_of_the_rules() -> None:
    assert DOCS.read_text("utf-8") == page(), "python -m rules.reference_page > docs/rules.md"


def test_every_rule_is_in_the_documentation_once_under_a_known_subject() -> None:
    assert len(ALL) == 73
    assert {identifier[0] for identifier in ALL} == set(GROUPS)
    for identifier in ALL:
        assert page().count(f"| {identifier} |") == page().count(f"- **{identifier}** ") == 1
