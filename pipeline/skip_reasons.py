"""Why an entry of an import was not read, in words."""

from pathlib import Path
from typing import Final

from core.errors import Language
from ingest.sources.listing import SkipReason

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
    ".7z": ("แตกไฟล์ก่อน", "unpack it first"),
    ".rar": ("แตกไฟล์ก่อน", "unpack it first"),
    ".eml": ("บันทึกไฟล์แนบก่อน", "save its attachments first"),
    ".msg": ("บันทึกไฟล์แนบก่อน", "save its attachments first"),
}
"""What to do with files of kinds that are met often and are not read."""


def explain_skip(reason: SkipReason, language: Language = "th", name: str = "") -> str:
    """Say why an entry is not read; of a kind that is met often, by the name of the file, what to do with it."""
    english = language == "en"
    hint = _CONVERT.get(Path(name).suffix.lower()) if reason is SkipReason.FORMAT else None
    return _SKIPS[reason][english] + (f" ({hint[english]})" if hint else "")
