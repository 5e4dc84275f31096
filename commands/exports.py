"""The verb that takes what the archive holds to other programs, and to the shelf."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from commands.session import ArchiveOption, DigitsOption, load_settings, open_archive, say

ExportName = Literal["letters", "rows", "findings", "receipts", "ecms", "datapackage", "pdf"]


def export(
    what: Annotated[ExportName, typer.Argument(help="สิ่งที่ส่งออก / what is exported", show_default=False)],
    path: Annotated[Path, typer.Argument(help="ไฟล์หรือโฟลเดอร์ปลายทาง / file or folder", show_default=False)],
    documents: Annotated[
        list[str] | None, typer.Argument(help="เอกสาร ไม่ระบุคือทั้งหมด / documents; all when none is named")
    ] = None,
    digits: DigitsOption = "thai",
    with_file: Annotated[bool, typer.Option("--with-file", help="แนบต้นฉบับใน xml / original inside the xml")] = False,
    archive: ArchiveOption = None,
) -> None:
    """ส่งออกตาราง ทะเบียน XML หรือ PDF ที่ค้นได้ / the archive as tables, register, XML, data package or searchable PDF.

    receipts คือทะเบียนหนังสือรับ แบบที่ ๑๓ / receipts is the register of letters received.
    """
    from pipeline.exporting import export as export_to

    settings = load_settings(archive)
    with open_archive(settings) as store:
        language, limits = settings.lang, settings.limits
        for written in export_to(
            store, what, path, documents or [], language=language, digits=digits, with_file=with_file, limits=limits
        ):
            say(settings, f"ส่งออก: {written.resolve()}", f"exported: {written.resolve()}")
