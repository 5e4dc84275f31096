"""The dated register of local bodies: looking up, changes that the office adds, repairs that people confirm."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from commands.session import ArchiveOption, JsonOption, load_settings, open_archive, print_json, say
from core.errors import NotFoundError, UnknownBodyError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.table import Table

    from core.errors import Language
    from models.register import Body

Found = TypeVar("Found", bound="Body")
KeyArgument = Annotated[
    str, typer.Argument(help="รหัส หรือชื่อเต็ม, จังหวัด / key, or name in full, province", show_default=False)
]

bodies = typer.Typer(
    no_args_is_help=True, short_help=(_HELP := "ค้นและแก้ไขทะเบียน อปท. / the dated register of local bodies"), help=_HELP
)


@bodies.command(short_help="ค้นชื่อ อปท. ปัจจุบันหรือ ณ วันที่ / bodies by name, as they stand now or stood on a day")
def search(
    name: Annotated[str, typer.Argument(help="ชื่อหรือส่วนหนึ่งของชื่อ / a name, or a part of one", show_default=False)],
    province: Annotated[str | None, typer.Option("--province", help="เฉพาะจังหวัดนี้ / of one province")] = None,
    on: Annotated[
        str | None, typer.Option("--on", help="ณ วันที่ เช่น 1/1/2553 / as of a day: 1/1/2553, 2010-01-01")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """ค้นชื่อ อปท. ปัจจุบันหรือ ณ วันที่ / bodies by name, as they stand now or stood on a day."""
    from commands.terminal.body_tables import bodies_table
    from gazetteer.register import load
    from gazetteer.search import search as find
    from thai.typed_dates import parse_typed_day

    register = load(load_settings().bodies)
    found = find(register, name, province, parse_typed_day(on, "--on") if on else None)
    _tell(found, name, bodies_table, as_json=as_json)


@bodies.command(short_help="แสดง อปท. ทุกช่วงเวลา / a body at all times")
def show(key: KeyArgument, as_json: JsonOption = False) -> None:
    """แสดง อปท. ทุกช่วงเวลา / a body at all times."""
    from commands.terminal.body_tables import bodies_table
    from gazetteer.register import load
    from gazetteer.search import named

    _tell(list(named(load(load_settings().bodies), key)), key, bodies_table, as_json=as_json)


@bodies.command(short_help="ประวัติการเปลี่ยนแปลง / how a body was raised, merged, renamed or moved")
def history(key: KeyArgument, as_json: JsonOption = False) -> None:
    """ประวัติการเปลี่ยนแปลง / how a body was raised, merged, renamed or moved."""
    from commands.terminal.archive_tables import show as print_table
    from commands.terminal.body_tables import changes_table
    from gazetteer.ledger import history as ledger_history
    from gazetteer.register import load, own_changes
    from gazetteer.search import named

    settings = load_settings()
    own = own_changes(settings.bodies)
    codes = dict.fromkeys(body.code for body in named(load(settings.bodies), key))
    if not codes:
        raise UnknownBodyError(key)
    lines = list(dict.fromkeys(line for code in codes for line in ledger_history(code, own)))
    if as_json:
        print_json(lines)
        return
    if not lines:
        say(settings, f"{key}: ไม่พบการเปลี่ยนแปลง", f"{key}: no change is known")
        return
    print_table(changes_table(lines, settings.lang))


@bodies.command(
    short_help="เพิ่มการเปลี่ยนแปลงของ อปท. / add changes of bodies: new, upgraded, renamed, moved, merged, ended"
)
def update(
    file: Annotated[
        Path, typer.Argument(help="ไฟล์การเปลี่ยนแปลง .csv .xlsx / changes, .csv or .xlsx", show_default=False)
    ],
    check: Annotated[bool, typer.Option("--check", help="ตรวจเท่านั้น ไม่บันทึก / judge it, write nothing")] = False,
) -> None:
    """เพิ่มการเปลี่ยนแปลงของ อปท. / add changes of bodies: new, upgraded, renamed, moved, merged, ended."""
    from commands.terminal.archive_tables import show as print_table
    from commands.terminal.body_tables import changes_table
    from pipeline.bodies import update_bodies

    settings = load_settings()
    if not file.is_file():
        raise NotFoundError(str(file))
    done = update_bodies(file, settings, check=check)
    for fault in done.faults:
        th, en = (f"บรรทัด {fault.line}", f"line {fault.line}") if fault.line else ("รายการเดิม", "an earlier change")
        say(settings, f"✗ {th}: {fault.message.th}", f"✗ {en}: {fault.message.en}")
    if done.added:
        print_table(changes_table(done.added, settings.lang))
    if done.faults:
        faults = len(done.faults)
        raise UsageError(
            f"{file.name}: ผิด {faults} รายการ ไม่ได้บันทึกรายการใด", f"{file.name}: {faults} faults; nothing was written"
        )
    added, known = len(done.added), done.known
    if check:
        say(settings, f"ตรวจแล้ว: ใหม่ {added} มีอยู่แล้ว {known}", f"checked: {added} new, {known} known already")
    else:
        where = settings.bodies.resolve()
        say(settings, f"เพิ่ม {added} มีอยู่แล้ว {known}: {where}", f"{added} added, {known} known already: {where}")


@bodies.command(
    short_help="ยืนยันว่าข้อความที่อ่านได้คือ อปท. ใด / remember which body a reading is, for all annexes read from now on"
)
def confirm(
    reading: Annotated[str, typer.Argument(help="ชื่อตามที่อ่านได้ / the name as read", show_default=False)],
    key: Annotated[str, typer.Argument(help="รหัสหรือชื่อเต็มที่ถูกต้อง / key or name of the body", show_default=False)],
    province: Annotated[
        str, typer.Option("--province", help="จังหวัดของบัญชี / province of the annex", show_default=False)
    ],
    district: Annotated[str, typer.Option("--district", help="อำเภอของแถว / district of the row", show_default=False)],
    archive: ArchiveOption = None,
) -> None:
    """ยืนยันว่าข้อความที่อ่านได้คือ อปท. ใด / remember which body a reading is, for all annexes read from now on."""
    from commands.terminal.archive_tables import show as print_table
    from commands.terminal.body_tables import confirmed_table
    from pipeline.confirming import confirm as remember

    settings = load_settings(archive)
    with open_archive(settings, create=True) as store:
        done = remember(store, settings, reading, key, province=province, district=district)
    print_table(confirmed_table([done], settings.lang))


@bodies.command()
def confirmed(archive: ArchiveOption = None, as_json: JsonOption = False) -> None:
    """รายการที่ยืนยันไว้ / readings that people confirmed."""
    from commands.terminal.archive_tables import show as print_table
    from commands.terminal.body_tables import confirmed_table

    settings = load_settings(archive)
    with open_archive(settings) as store:
        found = store.confirmations()
    if as_json:
        print_json(found)
    else:
        print_table(confirmed_table(found, settings.lang))


@bodies.command()
def forget(
    number: Annotated[int, typer.Argument(help="เลขที่จาก bodies confirmed / its number", show_default=False)],
    archive: ArchiveOption = None,
) -> None:
    """ยกเลิกการยืนยัน / take a confirmation back."""
    settings = load_settings(archive)
    with open_archive(settings) as store:
        store.forget_confirmation(number)
    say(settings, f"ยกเลิกการยืนยันเลขที่ {number} แล้ว", f"confirmation {number} is taken back")


@bodies.command(short_help="ที่มาและรุ่นของทะเบียน / where the register and the codes come from, and their versions")
def sources(as_json: JsonOption = False) -> None:
    """ที่มาและรุ่นของทะเบียน / where the register and the codes come from, and their versions."""
    from commands.terminal.archive_tables import show as print_table
    from commands.terminal.body_tables import sources_table
    from gazetteer.provenance import list_sources

    settings = load_settings()
    found = list_sources(settings.lang)
    if as_json:
        print_json(found)
        return
    print_table(sources_table(found, settings.lang))


def _tell(found: list[Found], key: str, table: "Callable[[list[Found], Language], Table]", *, as_json: bool) -> None:
    from commands.terminal.archive_tables import show as print_table

    if not found:
        raise UnknownBodyError(key)
    if as_json:
        print_json(found)
        return
    print_table(table(found, load_settings().lang))
