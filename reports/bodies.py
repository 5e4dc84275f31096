"""Local bodies and what became of them, as tables for the terminal."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from core.errors import Language
from models.annex import BodyKind
from models.change import Succession
from models.register import Body
from reports.table import plain_table
from reports.words import NONE, date_short

if TYPE_CHECKING:
    from rich.table import Table


def bodies_table(bodies: Iterable[Body], language: Language = "th") -> "Table":
    """Return bodies, one line a standing of each: from when to when it was so."""
    header = {
        "th": ("รหัส", "อปท.", "อำเภอ", "จังหวัด", "ตั้งแต่", "ถึง"),
        "en": ("key", "body", "district", "province", "from", "to"),
    }[language]
    return plain_table(
        header,
        (
            (
                body.code,
                body.label,
                body.district,
                body.province,
                date_short(body.valid_from, language),
                date_short(body.valid_to, language),
            )
            for body in bodies
        ),
    )


def changes_table(changes: Iterable[Succession], language: Language = "th") -> "Table":
    """Return changes of bodies, one line each, with the day where it is known and the source."""
    header = {
        "th": ("เดิม", "ใหม่", "จังหวัด", "มีผล", "ที่มา"),
        "en": ("before", "after", "province", "in force", "source"),
    }[language]
    return plain_table(
        header,
        (
            (
                _place(change.before.kind, change.before.name, change.before_district),
                _place(change.after.kind, change.after.name, change.after_district),
                change.province or NONE,
                date_short(change.effective, language),
                change.source,
            )
            for change in changes
        ),
    )


def _place(kind: BodyKind, name: str, district: str | None) -> str:
    return f"{kind.value}{name}" + (f" อ.{district}" if district else "")
