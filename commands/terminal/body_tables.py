"""Local bodies and what became of them, as tables for the terminal."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from commands.terminal.archive_tables import plain_table
from core.errors import Language
from gazetteer.provenance import SourceTable
from models.annex import BodyRef
from models.confirmation import StoredConfirmation
from models.register import Body, BodyChange
from reports.labels import NONE, body_change, date_short

if TYPE_CHECKING:
    from rich.table import Table


def bodies_table(bodies: Iterable[Body], language: Language = "th") -> "Table":
    """Return bodies, one line a standing of each: from when to when it was so, and where that is written."""
    header = {
        "th": ("รหัส", "อปท.", "อำเภอ", "จังหวัด", "ตั้งแต่", "ถึง", "ที่มา"),
        "en": ("key", "body", "district", "province", "from", "to", "source"),
    }[language]
    lists = {"th": "ทะเบียนที่มากับโปรแกรม", "en": "shipped register"}[language]
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
                body.source or lists,
            )
            for body in bodies
        ),
    )


def changes_table(changes: Iterable[BodyChange], language: Language = "th") -> "Table":
    """Return changes of bodies, one line each, with the day where it is known and the source."""
    header = {
        "th": ("การเปลี่ยนแปลง", "เดิม", "ใหม่", "จังหวัด", "มีผล", "ที่มา"),
        "en": ("change", "before", "after", "province", "in force", "source"),
    }[language]
    return plain_table(
        header,
        (
            (
                body_change(change.change, language),
                _place(change.before, change.before_district),
                _place(change.after, change.after_district),
                change.province or NONE,
                date_short(change.effective, language),
                change.source,
            )
            for change in changes
        ),
    )


def confirmed_table(remembered: Iterable[StoredConfirmation], language: Language = "th") -> "Table":
    """Return readings that people said the bodies of, one line each, with the number to take it back by."""
    header = {
        "th": ("เลขที่", "อ่านได้", "อปท.", "รหัส", "อำเภอ", "จังหวัด", "ยืนยันเมื่อ"),
        "en": ("number", "as read", "body", "key", "district", "province", "confirmed on"),
    }[language]
    return plain_table(
        header,
        (
            (
                str(each.id),
                each.confirmation.reading,
                each.confirmation.body.label,
                each.confirmation.body.code or NONE,
                each.confirmation.district,
                each.confirmation.province,
                date_short(each.decided_at.date(), language),
            )
            for each in remembered
        ),
    )


def _place(body: BodyRef | None, district: str | None) -> str:
    if body is None:
        return NONE
    return body.label + (f" อ.{district}" if district else "")


def sources_table(sources: Iterable[SourceTable], language: Language = "th") -> "Table":
    """Return the tables that ship with where each comes from."""
    header = {
        "th": ("ตาราง", "รายการ", "รุ่น", "ณ วันที่", "ที่มา"),
        "en": ("table", "rows", "version", "as of", "source"),
    }[language]
    return plain_table(
        header, ((each.file, f"{each.rows:,}", each.version, each.as_of, each.source) for each in sources)
    )
