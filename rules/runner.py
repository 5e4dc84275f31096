"""Running the rules: a case → one verdict a rule."""

import logging
from collections.abc import Iterable, Sequence
from types import ModuleType
from typing import Final

from models.finding import Basis, Finding, Outcome, Verdict
from models.issue import Message, Severity
from rules import between_rounds
from rules.bodies import body_rows, membership, row_order
from rules.dates import calendar, timeliness
from rules.engine.basis import find_basis, weigh
from rules.engine.declaration import Case, Observation, Rule
from rules.engine.messages import thai
from rules.legibility import characters, confidence
from rules.letter_form import contacts, mandatory_parts, place_names, quoted_sentences, signature
from rules.letter_numbers import cited_by_others, cited_letters, enclosed_letters, number_form, office_digits, series
from rules.marks import mark_rules, remark_rules
from rules.totals import amounts, counts, printed_totals, subtotals

_logger = logging.getLogger(__name__)
_WORST_FIRST = (Outcome.VIOLATED, Outcome.COULD_NOT_RUN, Outcome.PASSED)
_SEVERITIES = tuple(Severity)  # the worst is declared first


def _collect(*modules: ModuleType) -> dict[str, Rule]:
    """Return the rules of some modules by id, in order of id."""
    found = [value for module in modules for value in vars(module).values() if isinstance(value, Rule)]
    by_id = {rule.id: rule for rule in sorted(found, key=lambda rule: rule.id)}
    if len(by_id) != len(found):
        raise ValueError("two rules have the same id")
    return by_id


ALL: Final = _collect(
    *(printed_totals, subtotals, amounts, counts),
    *(mark_rules, remark_rules),
    *(body_rows, membership, row_order),
    *(calendar, timeliness),
    *(number_form, office_digits, enclosed_letters, series, cited_letters, cited_by_others),
    *(mandatory_parts, signature, place_names, contacts, quoted_sentences),
    *(characters, confidence),
    between_rounds,
)
"""Every rule by its id, in order of id."""


def judge(rule: Rule, case: Case) -> Verdict:
    """Return what one rule says of a case; whatever the rule raises goes through."""
    observations = tuple(rule.check(case))
    outcomes = {observation.outcome for observation in observations}
    found = tuple(_finding(rule, same, case) for same in _alike(observations))
    return Verdict(
        rule=rule.id,
        severity=min((each.severity for each in found), key=_SEVERITIES.index, default=rule.severity),
        statement=rule.statement,
        outcome=next((outcome for outcome in _WORST_FIRST if outcome in outcomes), Outcome.NOT_APPLICABLE),
        passes=sum(observation.outcome is Outcome.PASSED for observation in observations),
        findings=tuple(sorted(found, key=_weight)),
    )


def check(case: Case, rules: Iterable[Rule] | None = None) -> tuple[Verdict, ...]:
    """Return the verdict of every rule, in order of id.

    A rule that raises is a bug. It is logged and its verdict is `could_not_run`, so that one bad rule never loses a
    document.

    Args:
        case: What to judge.
        rules: The rules to run instead of all.
    """
    return tuple(_judge_safely(rule, case) for rule in (ALL.values() if rules is None else rules))


def findings(verdicts: Iterable[Verdict]) -> tuple[Finding, ...]:
    """Return what was violated and what could not be looked at: what weighs most first, then by rule."""
    return tuple(sorted((finding for verdict in verdicts for finding in verdict.findings), key=_weight))


def by_weight(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """Return verdicts in the order that a person should read them: what weighs most first, then by rule."""
    return tuple(sorted(verdicts, key=lambda verdict: _weight(verdict) if not verdict.findings else _heaviest(verdict)))


def _heaviest(verdict: Verdict) -> tuple[int, int, int]:
    return min(map(_weight, verdict.findings))


def _weight(judged: Finding | Verdict) -> tuple[int, int, int]:
    """Return the order of a finding: violated before not looked at, faults of the paper before doubts, worst first."""
    basis = judged.basis if isinstance(judged, Finding) else Basis.PAPER
    outcome = _WORST_FIRST.index(judged.outcome) if judged.outcome in _WORST_FIRST else len(_WORST_FIRST)
    return outcome, tuple(Basis).index(basis), _SEVERITIES.index(judged.severity)


def _alike(observations: Iterable[Observation]) -> list[list[Observation]]:
    """Return what is to be told, the same thing said of several places together."""
    together: dict[tuple[object, ...], list[Observation]] = {}
    for observation in observations:
        if observation.message is not None:
            key = (observation.outcome, observation.message.th, observation.suggestion)
            together.setdefault(key, []).append(observation)
    return list(together.values())


def _finding(rule: Rule, same: Sequence[Observation], case: Case) -> Finding:
    """Return the finding that some observations of one rule, which say the same, are."""
    first, message = same[0], same[0].message
    if message is None:
        raise ValueError("an observation without a message is no finding")
    evidence = tuple(dict.fromkeys(path for observation in same for path in observation.evidence))
    if len(same) > 1:
        message = Message(th=f"{message.th} ({thai(len(same))} แห่ง)", en=f"{message.en} ({len(same)} places)")
    basis = Basis.DOUBTED if rule.about_reading else find_basis(case.document, evidence)
    return Finding(
        rule=rule.id,
        severity=weigh(rule.severity, basis),
        outcome=first.outcome,
        message=message,
        evidence=evidence,
        suggestion=first.suggestion,
        basis=basis,
    )


def _judge_safely(rule: Rule, case: Case) -> Verdict:
    try:
        return judge(rule, case)
    except Exception as error:
        _logger.exception("rule %s failed on %s", rule.id, case.document.source.name)
        return _broken(rule, error)


def _broken(rule: Rule, error: Exception) -> Verdict:
    kind = type(error).__name__
    message = Message(
        th=f"กฎ {rule.id} ขัดข้องระหว่างตรวจ ({kind}) โปรดแจ้งผู้พัฒนา",
        en=f"rule {rule.id} failed while looking ({kind}); please report it",
    )
    finding = Finding(rule=rule.id, severity=rule.severity, outcome=Outcome.COULD_NOT_RUN, message=message)
    return Verdict(
        rule=rule.id,
        severity=rule.severity,
        statement=rule.statement,
        outcome=Outcome.COULD_NOT_RUN,
        findings=(finding,),
    )
