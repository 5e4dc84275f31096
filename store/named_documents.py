"""Documents by what people call them: a file name, a path, the first digits of an id."""

import re
from typing import Final

from sqlalchemy import Connection, select

from core.errors import AmbiguousNameError, RemovedDocumentError, UnknownDocumentError
from core.suggestions import with_suggestion
from store import removals
from store.schema import document_names, document_origins, documents

_LEAST_DIGITS: Final = 4
"""Digits of a SHA-256 that name a document at least."""
_SHA_PREFIX: Final = re.compile(rf"[0-9a-f]{{{_LEAST_DIGITS},64}}")
_TOO_SHORT: Final = re.compile(rf"[0-9a-f]{{1,{_LEAST_DIGITS - 1}}}")
_BEHIND_HEX: Final = "g"
"""Sorts behind every hexadecimal digit."""


def find(connection: Connection, name: str) -> str | None:
    """Return the SHA-256 of the one document that answers to a name; None where none does.

    Raises:
        AmbiguousNameError: Several do, those that people took out aside.
        RemovedDocumentError: A person took it out.
    """
    found = _list_named(connection, name)
    removed = {str(sha) for sha in connection.execute(removals.hidden(found)).scalars()}
    shown = [sha for sha in found if sha not in removed]
    if len(shown) > 1:
        raise AmbiguousNameError(f"{name}: {', '.join(sha[:12] for sha in shown)}")
    if found and not shown:
        raise RemovedDocumentError(f"{name} ({', '.join(sha[:12] for sha in found)})")
    return shown[0] if shown else None


def _list_named(connection: Connection, name: str) -> list[str]:
    query = select(document_names.c.sha256).where(document_names.c.name == name)
    found = sorted(set(connection.execute(query).scalars()))
    if not found and "/" in name:
        query = select(document_origins.c.sha256).where(document_origins.c.path == name)
        found = sorted(connection.execute(query).scalars())
    if not found and _SHA_PREFIX.fullmatch(name.lower()):
        # A range, which the key answers; LIKE would look at every document.
        prefix = documents.c.sha256.between(name.lower(), f"{name.lower()}{_BEHIND_HEX}")
        found = sorted(connection.execute(select(documents.c.sha256).where(prefix)).scalars())
    return found


def explain_unknown(connection: Connection, name: str) -> UnknownDocumentError:
    """Return the error for a name that no document answers to, with what may have been meant."""
    if _TOO_SHORT.fullmatch(name.lower()):
        return UnknownDocumentError(
            f"{name} (รหัสเอกสารต้องมีอย่างน้อย {_LEAST_DIGITS} หลัก)",
            f"{name} (an id has {_LEAST_DIGITS} digits at least)",
        )
    names = connection.execute(select(document_names.c.name)).scalars().all()
    return UnknownDocumentError(*with_suggestion(name, names))
