"""Whether a finding rests on values that we stand by, or on readings that may be wrong themselves."""

from collections.abc import Iterable
from typing import Any, Final

from models.document import Document
from models.field import Field, Source
from models.finding import Basis
from models.issue import Severity
from models.record_path import iterate_fields, resolve

_SETTLED: Final = frozenset({"register.confirmed"})
"""Repairs that a person made: what was read does not matter any more."""


def is_stood_by(field: Field[Any]) -> bool:
    """Whether a value is one that we stand by as printed: nothing asks for review, and no letter was put right.

    A repair without a doubt is right as data, but tells that the reading was not the paper's word, or that the paper
    misspells; which of the two, nobody knows who has not seen it.
    """
    if field.source is Source.PERSON:
        return True
    settled = field.repair is None or field.repair.cost == 0 or field.repair.rule in _SETTLED
    return settled and not field.review


def find_basis(document: Document, evidence: Iterable[str]) -> Basis:
    """Return what a finding rests on, by the values at the paths that it names."""
    fields = (field for path in evidence for field in iterate_fields(resolve(document, path)))
    return Basis.PAPER if all(map(is_stood_by, fields)) else Basis.DOUBTED


def weigh(severity: Severity, basis: Basis) -> Severity:
    """Return how bad a finding is: one on a doubted reading is a warning at most, for it may be our own fault."""
    return Severity.WARNING if basis is Basis.DOUBTED and severity is Severity.ERROR else severity
