"""The verb for the registers of letters that the regulation asks for."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from commands.session import ArchiveOption, DigitsOption, load_settings, open_archive, say

register = typer.Typer(
    no_args_is_help=True,
    help="ทะเบียนหนังสือรับ (แบบที่ ๑๓) และหนังสือส่ง (แบบที่ ๑๔) / registers of letters received and sent, for print",
)

RegisterPath = Annotated[Path, typer.Argument(help="ไฟล์ .xlsx หรือ .pdf / file, .xlsx or .pdf", show_default=False)]
Documents = Annotated[list[str] | None, typer.Argument(help="เอกสาร ไม่ระบุคือทั้งหมด / documents; all when none is named")]


@register.command()
def received(
    path: RegisterPath, documents: Documents = None, digits: DigitsOption = "thai", archive: ArchiveOption = None
) -> None:
    """ทะเบียนหนังสือรับ แบบที่ ๑๓ / register of letters received, a part a year.

    saraban register received ทะเบียนหนังสือรับ.pdf
    """
    _write("received", path, documents, digits, archive)


@register.command()
def sent(
    path: RegisterPath, documents: Documents = None, digits: DigitsOption = "thai", archive: ArchiveOption = None
) -> None:
    """ทะเบียนหนังสือส่ง แบบที่ ๑๔ ของหน่วยงานตามการตั้งค่า / register of letters that the office in the settings sent.

    saraban register sent ทะเบียนหนังสือส่ง.xlsx
    """
    _write("sent", path, documents, digits, archive)


def _write(
    which: Literal["received", "sent"],
    path: Path,
    documents: list[str] | None,
    digits: Literal["thai", "arabic"],
    archive: Path | None,
) -> None:
    from pipeline.exporting import write_register

    settings = load_settings(archive)
    with open_archive(settings) as store:
        write_register(store, which, path, settings.office, documents or [], digits)
    say(settings, f"ทะเบียน: {path.resolve()}", f"register: {path.resolve()}")
