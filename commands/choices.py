"""Words of an option that are held against a catalogue: loaded when one is given, so that help stays light."""

from collections.abc import Sequence

from core.errors import UsageError


def check_letter_kind(given: str | None) -> str | None:
    """Return a kind of letter.

    Raises:
        UsageError: There is none of that name.
    """
    from models.letter import LetterKind

    return _require(given, list(LetterKind))


def check_paper_kind(given: str | None) -> str | None:
    """Return a kind of letter, or `annex`, as `check_letter_kind` does."""
    from models.letter import LetterKind

    return _require(given, [*LetterKind, "annex"])


def check_status(given: str | None) -> str | None:
    """Return a status of documents.

    Raises:
        UsageError: There is none of that name.
    """
    from models.document import DocumentStatus

    return _require(given, list(DocumentStatus))


def _require(given: str | None, known: Sequence[str]) -> str | None:
    if given is not None and given not in known:
        from core.suggestions import describe_choice

        raise UsageError(*describe_choice(given, known))
    return given
