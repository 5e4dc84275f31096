"""`saraban archive …`: is it whole, copies of it, newer tables, and several made one."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.session import ArchiveOption, load_settings, open_archive, say

if TYPE_CHECKING:
    from store.backup import CopySummary

archive = typer.Typer(help="สำรอง ตรวจ กู้ ปรับรุ่น และรวมคลัง / look after the archive", no_args_is_help=True)

FolderArgument = Annotated[Path, typer.Argument(help="โฟลเดอร์สำเนา / folder of the copy", show_default=False)]


@archive.command()
def verify(
    archive: ArchiveOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON ข้อบกพร่องละบรรทัด / JSON, a fault a line")] = False,
) -> None:
    """ตรวจข้อมูลและต้นฉบับทั้งหมด ไม่แก้ไขสิ่งใด / read all records and originals and name what is damaged; changes nothing."""
    from core.errors import ExitCode
    from store import verification

    settings = load_settings(archive)
    worst = 0
    with open_archive(settings) as store:
        for fault in verification.verify(store):
            worst += not fault.is_harmless
            if as_json:
                typer.echo(fault.model_dump_json(exclude_none=True))
                continue
            sign = "–" if fault.is_harmless else "✗"
            what = f"{fault.name} ({fault.document[:12]})" if fault.name and fault.document else fault.document or ""
            typer.echo(f"{sign} [{fault.kind.value}] {what} {fault.detail}".rstrip())
        count = verification.count_checked(store)
    if worst:
        say(
            settings,
            f"พบข้อบกพร่อง {worst} รายการ นำเข้าไฟล์ต้นทางใหม่ หรือกู้จากสำเนาด้วย saraban archive restore",
            f"{worst} faults: import the files again, or take the archive from a copy with saraban archive restore",
        )
        raise typer.Exit(int(ExitCode.STORE))
    say(settings, f"เอกสาร {count:,} ฉบับครบถ้วน", f"{count:,} documents, all whole")


@archive.command()
def backup(target: FolderArgument, archive: ArchiveOption = None) -> None:
    """สำรองคลังไว้ในโฟลเดอร์ ทำได้ขณะใช้งาน / copy the archive into a folder, also while in use; what is there stays."""
    from store.backup import back_up, back_up_server

    settings = load_settings(archive)
    if settings.database is None:
        made = back_up(settings.archive, target)
    else:
        with open_archive(settings) as store:
            made = back_up_server(store, target)
    say(
        settings,
        f"สำเนามีเอกสาร {made.documents:,} ฉบับ คัดลอกต้นฉบับใหม่ {made.originals:,} ไฟล์",
        f"the copy holds {made.documents:,} documents; {made.originals:,} originals were copied now",
    )
    _tell_faults(made)


@archive.command()
def restore(source: FolderArgument, archive: ArchiveOption = None) -> None:
    """กู้คลังจากสำเนา ปลายทางต้องว่าง / make the archive from a copy that is whole; nothing may be there."""
    from store.backup import restore as restore_archive
    from store.backup import restore_on_server

    settings = load_settings(archive)
    if settings.database is None:
        made = restore_archive(source, settings.archive)
    else:
        with open_archive(settings, create=True) as store:
            made = restore_on_server(source, store)
    say(settings, f"กู้เอกสาร {made.documents:,} ฉบับแล้ว", f"{made.documents:,} documents are back")
    _tell_faults(made)


@archive.command()
def migrate(archive: ArchiveOption = None) -> None:
    """ปรับคลังเป็นรุ่นนี้ และเก็บฐานข้อมูลเดิมไว้ / bring the tables up to date; the database before is kept beside it."""
    from pipeline.deciding import index_outdated
    from store.schema import REVISION

    settings = load_settings(archive)
    with open_archive(settings) as store:
        index_outdated(store)
        say(settings, f"คลังเป็นรุ่น {REVISION}", f"the archive is of version {REVISION}")


@archive.command()
def merge(
    sources: Annotated[list[Path], typer.Argument(help="คลังอื่น / other archives", show_default=False)],
    archive: ArchiveOption = None,
) -> None:
    """รวมคลังอื่นเข้าคลังนี้ ทำซ้ำได้ / take other archives into this one; may be repeated."""
    from core.errors import ExitCode
    from pipeline.merging import take_in
    from store.archive import Archive

    settings = load_settings(archive)
    faults: list[str] = []
    with open_archive(settings, create=True) as target:
        for folder in sources:
            with Archive.open(folder, create=False) as source:
                merged = take_in(source, target, settings)
            say(
                settings,
                f"{folder}: เพิ่ม {merged.added:,} ฉบับ มีอยู่แล้ว {merged.known:,} ฉบับ",
                f"{folder}: {merged.added:,} documents added, {merged.known:,} were there",
            )
            for name in merged.unread:
                say(
                    settings,
                    f"– {name}: ข้อมูลของตารางที่ระบุไว้ในสองคลังต่างกัน ให้อ่านใหม่ด้วย saraban reread",
                    f"– {name}: something else was said of it in each archive; saraban reread brings both together",
                )
            for name in merged.disputed:
                say(
                    settings,
                    f"– {name}: ทั้งสองคลังมีคำวินิจฉัยเรื่องเดียวกัน จึงคงคำวินิจฉัยของคลังนี้ไว้",
                    f"– {name}: people said something of the same matter in both archives; what was said here stands",
                )
            faults += merged.faults
    for name in faults:
        typer.echo(f"✗ [original] {name}", err=True)
    if faults:
        raise typer.Exit(int(ExitCode.PARTIAL))


def _tell_faults(made: "CopySummary") -> None:
    from core.errors import ExitCode

    for name in made.faults:
        typer.echo(f"✗ [original] {name}", err=True)
    if made.faults:
        raise typer.Exit(int(ExitCode.PARTIAL))
