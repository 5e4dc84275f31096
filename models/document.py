"""The record of one input file: the root of schema `saraban/1`."""

from enum import StrEnum
from typing import Literal

from pydantic import ConfigDict
from pydantic import Field as Constraint

from models.accounting import Table, Unaccounted
from models.annex import Annex
from models.field import PageNumber, Record
from models.finding import Finding
from models.issue import Issue
from models.letter import Letter

SCHEMA: Literal["saraban/1"] = "saraban/1"


class DocumentStatus(StrEnum):
    """How reading a document ended; never `ok` with an error in it."""

    OK = "ok"
    NEEDS_REVIEW = "needs_review"
    PARTIAL = "partial"
    FAILED = "failed"


class SourceDocument(Record):
    """The input file: its bytes are kept under their SHA-256 and never changed."""

    name: str
    sha256: str
    media_type: str
    pages: int


class Page(Record):
    """One page as it was read; `text` runs in reading order, table cells separated by tabs.

    `prepared` lists what was done to its picture first, such as `ink.blue` where blue ink was read apart from print.
    """

    number: PageNumber
    text: str
    engine: str
    rotation: int = 0
    skew: float = 0.0
    prepared: tuple[str, ...] = ()


class Document(Record):
    """Everything that was read from one file.

    Attributes:
        tables: Tables that are no annex, as they were read.
        unaccounted: What was seen on its pages and no value holds; empty where every part has an owner.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_by_alias=True, validate_by_name=True, serialize_by_alias=True
    )

    schema_: Literal["saraban/1"] = Constraint(default=SCHEMA, alias="schema")
    source: SourceDocument
    status: DocumentStatus
    text: str
    pages: tuple[Page, ...]
    letters: tuple[Letter, ...] = ()
    annexes: tuple[Annex, ...] = ()
    tables: tuple[Table, ...] = ()
    unaccounted: tuple[Unaccounted, ...] = ()
    findings: tuple[Finding, ...] = ()
    issues: tuple[Issue, ...] = ()
