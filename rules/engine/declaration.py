"""How a rule is declared, what it is given and what it may say.

A rule is one generator function under `@rule`. It yields an observation for every place it looked at: `violated`,
`could_not_run` or `passed`. One that yields nothing does not apply to the document. It never changes a value; it
names the values it compares and where they stand, and the likelier reading where it can. `rules.runner` collects the
rules of all modules, so a new rule is one function in the module of its subject.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from core.rule_settings import RuleSettings
from models.change import Succession
from models.document import Document
from models.filed_letter import FiledLetter
from models.finding import Outcome
from models.issue import Message, Severity
from models.register import Register
from models.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule is given.

    Attributes:
        document: The document, its findings still empty.
        register: Provinces, districts, local bodies and letter codes.
        settings: Thresholds, and what else an office may choose.
        filed: The letters of other documents in the archive; None where there is no archive.
        earlier: The round before, by the index of the annex that it is a round of.
        successions: What is known of bodies that were renamed, raised or moved.
    """

    document: Document
    register: Register
    settings: RuleSettings = field(default_factory=RuleSettings)
    filed: tuple[FiledLetter, ...] | None = None
    earlier: Mapping[int, Snapshot] = field(default_factory=dict)
    successions: tuple[Succession, ...] = ()


@dataclass(frozen=True, slots=True)
class Observation:
    """What a rule says of one place; made by `violated`, `could_not_run` and `passed`."""

    outcome: Outcome
    message: Message | None = None
    evidence: tuple[str, ...] = ()
    suggestion: str | None = None


Check = Callable[[Case], Iterable[Observation]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A declared rule.

    Attributes:
        id: Letter of the subject and two digits, such as `T01`.
        statement: What must hold, in both languages.
        severity: How bad a violation is.
        needs: The parts of a document that it looks at.
        source: What the rule rests on.
        explanation: How it judges: the function's docstring.
        check: The function.
        about_reading: Whether what it finds is a fault of our reading by its nature, never of the paper.
    """

    id: str
    statement: Message
    severity: Severity
    needs: str
    source: str
    explanation: str
    check: Check
    about_reading: bool = False


def rule(
    identifier: str,
    *,
    th: str,
    en: str,
    needs: str,
    source: str,
    severity: Severity = Severity.ERROR,
    about_reading: bool = False,
) -> Callable[[Check], Rule]:
    """Declare the function below as a rule; the arguments are those of `Rule`.

    Raises:
        ValueError: The function has no docstring, which is where a rule is explained.
    """

    def declare(check: Check) -> Rule:
        if not check.__doc__:
            raise ValueError(f"rule {identifier} has no docstring")
        explanation = check.__doc__.strip()
        return Rule(identifier, Message(th=th, en=en), severity, needs, source, explanation, check, about_reading)

    return declare


def violated(th: str, en: str, evidence: Iterable[str], suggestion: str | None = None) -> Observation:
    """Say that the rule does not hold.

    Args:
        th: What is wrong, naming the values, in Thai digits except where a reading is quoted.
        en: The same in English.
        evidence: Paths into the document, such as `annexes[0].rows[14].body`.
        suggestion: The likelier reading.
    """
    return Observation(Outcome.VIOLATED, Message(th=th, en=en), tuple(evidence), suggestion)


def could_not_run(th: str, en: str, evidence: Iterable[str] = ()) -> Observation:
    """Say that the rule applies, but what it needs was not read or is not known."""
    return Observation(Outcome.COULD_NOT_RUN, Message(th=th, en=en), tuple(evidence))


def passed(*evidence: str) -> Observation:
    """Say that the rule looked at a place and holds there."""
    return Observation(Outcome.PASSED, evidence=evidence)
