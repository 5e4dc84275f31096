"""What the rules say of documents, to send on: the records, and the formats that they can be had in."""

import importlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from core.errors import Language, UsageError
from core.suggestions import describe_choice
from models.document import Document
from models.field import Box
from models.finding import Finding, Outcome, Verdict
from models.issue import Message

_SAID: Final = (Outcome.VIOLATED, Outcome.COULD_NOT_RUN)


@dataclass(frozen=True, slots=True)
class CheckedDocument:
    """A document and what the rules say of it, in the order to be read."""

    document: Document
    verdicts: tuple[Verdict, ...]


Picture = Callable[[Document, int, Box], str | None]


def no_picture(_document: Document, _page: int, _box: Box) -> str | None:
    """Show nothing of any page."""
    return None


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """How a report is to be.

    Attributes:
        language: Of the messages.
        include_passed: Also the rules that passed or did not apply.
        picture: Gives the picture of what stands in a box of a page as a `data:` address, or None.
    """

    language: Language = "th"
    include_passed: bool = False
    picture: Picture = no_picture


Writer = Callable[[Iterable[CheckedDocument], CheckOptions], Iterator[str]]

FORMATS: Final[dict[str, str]] = {
    "json": "reports.check_tables:as_json",
    "csv": "reports.check_tables:as_csv",
    "html": "reports.check_html:as_html",
    "junit": "reports.check_junit:as_junit",
}
"""What each format is written by, as module and function. A new format is a module with a `Writer`, and a line here."""


def write_check(name: str, documents: Iterable[CheckedDocument], options: CheckOptions) -> Iterator[str]:
    """Return what the rules say of documents in one of `FORMATS`, in parts as they are ready.

    Raises:
        UsageError: The format is none of them.
    """
    place = FORMATS.get(name)
    if place is None:
        raise UsageError(*describe_choice(name, FORMATS))
    module, _, function = place.partition(":")
    writer: Writer = getattr(importlib.import_module(module), function)
    return writer(documents, options)


def iterate_findings(verdict: Verdict, options: CheckOptions) -> Iterator[Finding]:
    """Yield what a rule found; one that found nothing is told of once where it should be, by its statement."""
    yield from verdict.findings
    if not verdict.findings and (options.include_passed or verdict.outcome in _SAID):
        yield Finding(
            rule=verdict.rule, severity=verdict.severity, outcome=verdict.outcome, message=Message(th="", en="")
        )


def say(message: Message, language: Language) -> str:
    """Return a message in a language."""
    return message.th if language == "th" else message.en
