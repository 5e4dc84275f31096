"""The verb that takes what the archive holds to other programs, and to the shelf."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from commands.session import ArchiveOption, DigitsOption, load_settings, open_archive, say
from core.errors import UsageError

ExportName = Literal["letters", "rows", "findings", "ecms", "datapackage", "pdf"]
_STANDARD_OUTPUT = "-"


def export(
    what: Annotated[ExportName, typer.Argument(help="สิ่งที่ส่งออก / what is exported", show_default=False)],
    path: Annotated[
        Path,
        typer.Argument(
            help="ไฟล์หรือโฟลเดอร์ปลายทาง - คือแสดงตารางทันที / file or folder; -: a table as CSV, as it is found",
            show_default=False,
        ),
    ],
    documents: Annotated[
        list[str] | None, typer.Argument(help="เอกสาร ไม่ระบุคือทั้งหมด / documents; all when none is named")
    ] = None,
    digits: DigitsOption = "thai",
    with_file: Annotated[bool, typer.Option("--with-file", help="แนบต้นฉบับใน xml / original inside the xml")] = False,
    pdfa: Annotated[
        bool, typer.Option("--pdfa", help="จัดเก็บถาวรเป็น PDF/A-2b ต้องมี Ghostscript / as PDF/A-2b; needs Ghostscript")
    ] = False,
    archive: ArchiveOption = None,
) -> None:
    """ส่งออกตาราง XML ชุดข้อมูล หรือ PDF ที่ค้นได้ / the archive as tables, XML, data packages or searchable PDF.

    saraban export letters หนังสือ.xlsx
    """
    from pipeline.exporting import export as export_to
    from pipeline.exporting import iterate_csv

    if pdfa and what != "pdf":
        raise UsageError("--pdfa ใช้กับ export pdf เท่านั้น", "--pdfa goes with export pdf")
    settings = load_settings(archive)
    with open_archive(settings) as store:
        language, limits = settings.lang, settings.limits
        if str(path) == _STANDARD_OUTPUT:
            for line in iterate_csv(store, what, documents or [], language):
                typer.echo(line, nl=False)
            return
        for written in export_to(
            store,
            what,
            path,
            documents or [],
            language=language,
            digits=digits,
            with_file=with_file,
            limits=limits,
            pdfa=pdfa,
        ):
            say(settings, f"ส่งออก: {written.resolve()}", f"exported: {written.resolve()}")
