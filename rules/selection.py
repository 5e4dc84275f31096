"""The rules that an office runs: ours, those of its own files, without those it switched off, with its severities.

A file of rules is Python and is run with the rights of who runs the command: it can do whatever they can. It is
loaded only where the settings file names it (see `core.settings`); nothing in a document, an archive or the working
folder can name one.
"""

import importlib.util
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from core.errors import UsageError
from core.rule_settings import RuleSettings
from models.issue import Severity
from rules.engine.declaration import Rule
from rules.runner import ALL


def chosen(settings: RuleSettings) -> tuple[Rule, ...]:
    """Return the rules to run, in order of id.

    Raises:
        UsageError: A rule that the settings name is none, or a file cannot be loaded or takes the id of another rule.
    """
    rules = dict(ALL)
    for path in settings.files:
        for rule in _load(path):
            if rule.id in rules:
                raise UsageError(f"{path}: {rule.id} มีอยู่แล้ว", f"{path}: {rule.id} exists already")
            rules[rule.id] = rule
    _known((*settings.off, *settings.severity), rules)
    kept = (rules[identifier] for identifier in sorted(rules) if identifier not in settings.off)
    return tuple(replace(rule, severity=Severity(settings.severity.get(rule.id, rule.severity))) for rule in kept)


def _load(path: Path) -> list[Rule]:
    """Run a file of rules and return those that it declares."""
    spec = importlib.util.spec_from_file_location(f"saraban_rules_{path.stem}", path)
    if spec is None or spec.loader is None or not path.is_file():
        raise UsageError(f"{path}: ไม่ใช่ไฟล์ Python", f"{path}: no Python file")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise UsageError(f"{path}: {type(error).__name__}: {error}") from error
    found = [value for value in vars(module).values() if isinstance(value, Rule) and value not in ALL.values()]
    if not found:
        raise UsageError(f"{path}: ไม่มีกฎ", f"{path}: declares no rule")
    return found


def _known(identifiers: Iterable[str], rules: dict[str, Rule]) -> None:
    unknown = sorted({identifier for identifier in identifiers if identifier not in rules})
    if unknown:
        listed = ", ".join(unknown)
        raise UsageError(f"ไม่มีกฎ {listed}", f"no rule {listed}")
