"""What became of an import, for the person at the keyboard: a line an entry, and the account of all."""

import sys
from collections.abc import Mapping
from typing import Final

import typer

from core.errors import Language
from ingest.sources.listing import SkipReason
from pipeline.import_outcome import ImportOutcome, ImportSummary, Result
from reports.labels import document_status

_RESULTS: Final[dict[Result, tuple[str, str]]] = {
    Result.IMPORTED: ("นำเข้าแล้ว", "imported"),
    Result.UNCHANGED: ("ไม่เปลี่ยนแปลง", "unchanged"),
    Result.BETTER_KEPT: ("อ่านครั้งนี้ได้น้อยกว่าเดิม จึงคงผลเดิมไว้", "less was read than before; the earlier reading stays"),
    Result.FAILED: ("อ่านไม่สำเร็จ", "failed"),
    Result.SKIPPED: ("ข้าม", "skipped"),
}
_READ: Final = {**_RESULTS, Result.IMPORTED: ("อ่านแล้ว", "read")}
"""The same where nothing is stored."""
_SKIPS: Final[dict[SkipReason, tuple[str, str]]] = {
    SkipReason.FORMAT: ("ไม่ใช่ชนิดไฟล์ที่อ่านได้", "of a kind that is not read"),
    SkipReason.SYSTEM_FILE: ("ไฟล์ของระบบปฏิบัติการ", "a file of the operating system"),
    SkipReason.HIDDEN: ("ไฟล์หรือโฟลเดอร์ที่ซ่อนอยู่", "hidden"),
    SkipReason.LINK: ("ลิงก์ ระบุไฟล์จริงแทน", "a link; name the file itself"),
    SkipReason.SPECIAL: ("ไม่ใช่ไฟล์ปกติ", "no regular file"),
    SkipReason.REPEATED: ("ระบุซ้ำ", "named before"),
    SkipReason.OTHER_SHARD: ("อยู่ในส่วนของเครื่องอื่น", "of another shard"),
    SkipReason.REMOVED: ("ถูกนำออกจากคลังแล้ว (saraban remove --undo นำกลับ)", "taken out before (saraban remove --undo)"),
}
_CONVERT: Final = {
    ".doc": ("บันทึกเป็น PDF ก่อน", "save it as PDF first"),
    ".docx": ("บันทึกเป็น PDF ก่อน", "save it as PDF first"),
    ".heic": ("บันทึกเป็น JPEG ก่อน", "save it as JPEG first"),
    ".heif": ("บันทึกเป็น JPEG ก่อน", "save it as JPEG first"),
    ".7z": ("แตกไฟล์ก่อน", "unpack it first"),
    ".rar": ("แตกไฟล์ก่อน", "unpack it first"),
    ".eml": ("บันทึกไฟล์แนบก่อน", "save its attachments first"),
    ".msg": ("บันทึกไฟล์แนบก่อน", "save its attachments first"),
}
"""What to do with files of kinds that are met often and are not read."""


def describe(outcome: ImportOutcome, language: Language) -> str:
    """Return a line about an entry that is in the archive, or was skipped."""
    at = 0 if language == "th" else 1
    said = _RESULTS[outcome.result][at]
    if outcome.skipped is not None:
        said += f": {_SKIPS[outcome.skipped][at]}"
        if outcome.skipped is SkipReason.FORMAT and (hint := _CONVERT.get(_suffix(outcome.name))):
            said += f" ({hint[at]})"
    elif outcome.result in (Result.IMPORTED, Result.FAILED) and outcome.status is not None:
        said = document_status(outcome.status, language)
        if outcome.annexes:
            said += (
                f" {outcome.annexes} บัญชี {outcome.rows:,} แถว"
                if language == "th"
                else f", {outcome.annexes} annexes, {outcome.rows:,} rows"
            )
    if outcome.reasons:
        said += f" ({', '.join(outcome.reasons)})"
    return f"{outcome.origin}: {said}"


def describe_error(outcome: ImportOutcome, language: Language) -> str:
    """Return what is told of an entry that cannot be read: its path, the error, and the next step."""
    error = outcome.error
    if error is None:
        return describe(outcome, language)
    return f"✗ {outcome.origin} [{error.slug}] {error.message(language)}\n  → {error.hint(language)}"


def print_summary(summary: ImportSummary, language: Language, *, stored: bool = True) -> None:
    """Write the account on standard error: how many entries were met, and what became of them; it adds up.

    Args:
        summary: The entries.
        language: Of the words.
        stored: Whether they were put into an archive, or read alone.
    """
    from rich.console import Console

    from commands.terminal.archive_tables import plain_table

    at = 0 if language == "th" else 1
    rows: list[tuple[str, str]] = []
    for result in Result:
        count = summary.results[result]
        if not count:
            continue
        rows.append(((_RESULTS if stored else _READ)[result][at], f"{count:,}"))
        if result is Result.SKIPPED:
            rows += [(f"  {_SKIPS[reason][at]}", f"{n:,}") for reason, n in sorted(summary.skips.items())]
    rows.append((("รวมทั้งหมด", "all entries")[at], f"{summary.met:,}"))
    title = ("ผลการนำเข้า" if stored else "ผลการอ่าน", "result")[at]
    table = plain_table((title, ("ไฟล์", "files")[at]), rows, numbers=(1,))
    Console(stderr=True, highlight=False, width=None if sys.stderr.isatty() else 100).print(table)
    if summary.first_error is not None:
        typer.echo(
            ("ดูเหตุที่อ่านไม่สำเร็จด้านบน แก้ไขแล้วสั่งซ้ำได้", "see the reasons above; mend them and run it again")[at], err=True
        )


def _suffix(name: str) -> str:
    return name[name.rfind(".") :].lower() if "." in name else ""


def describe_skips(skips: Mapping[SkipReason, int], language: Language) -> list[str]:
    """Return a line for each reason why entries are not read."""
    at = 0 if language == "th" else 1
    return [f"– {_RESULTS[Result.SKIPPED][at]} {n:,}: {_SKIPS[reason][at]}" for reason, n in sorted(skips.items())]
