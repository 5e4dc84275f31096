"""Wordings in columns of statuses that mean nothing known: what waits, giving a meaning, taking it back."""

import getpass
from typing import TYPE_CHECKING, Annotated

import typer

from commands.session import (
    ArchiveOption,
    JsonOption,
    PersonOption,
    WhyOption,
    load_settings,
    open_archive,
    print_json,
    say,
)

if TYPE_CHECKING:
    from core.settings import Settings
    from pipeline.status_wordings import WordingEffect

statuses = typer.Typer(
    invoke_without_command=True,
    short_help=(_HELP := "ความหมายของข้อความสถานะ / what wordings in columns of statuses mean"),
    help=_HELP,
)


@statuses.callback()
def unknown(context: typer.Context, archive: ArchiveOption = None, as_json: JsonOption = False) -> None:
    """แสดงข้อความสถานะที่ยังไม่ทราบความหมาย / what wordings mean; alone, list those that nothing is known of."""
    if context.invoked_subcommand is not None:
        return
    from commands.terminal.archive_tables import show
    from commands.terminal.status_tables import unknown_table
    from pipeline.status_wordings import list_unknown

    settings = load_settings(archive)
    with open_archive(settings) as store:
        found = list_unknown(store)
    if as_json:
        print_json(found)
        return
    if not found:
        say(settings, "ไม่มีสถานะที่ยังไม่ทราบความหมาย", "every status is understood")
        return
    show(unknown_table(found, settings.lang))
    say(
        settings,
        'ระบุความหมายด้วย saraban statuses confirm "คำ" complete | incomplete | not_started',
        'say what one means: saraban statuses confirm "wording" complete | incomplete | not_started',
    )


@statuses.command(short_help="กำหนดความหมาย ใช้กับทุกเอกสาร / say what a wording means, for all documents")
def confirm(
    text: Annotated[str, typer.Argument(help="ข้อความหรือเครื่องหมาย / wording or sign", show_default=False)],
    status: Annotated[
        str,
        typer.Argument(help="เรียบร้อย ไม่ครบถ้วน หรือยังไม่บันทึก / complete, incomplete or not_started", show_default=False),
    ],
    column: Annotated[
        str, typer.Option("--column", help="หัวคอลัมน์ ไม่ระบุคือทุกคอลัมน์ / header; without, every column")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="แสดงผลเท่านั้น ไม่บันทึก / say what would change")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="บันทึกโดยไม่ถาม / do not ask")] = False,
    why: WhyOption = "",
    person: PersonOption = None,
    archive: ArchiveOption = None,
) -> None:
    """กำหนดความหมาย ใช้กับทุกเอกสาร / say what a wording means, for all documents here and to come.

    ค่าที่เจ้าหน้าที่กำหนดและข้อความเดิมคงอยู่ / values that a person set stay, and the words of the source are kept.
    """
    from models.status_wording import StatusWording
    from pipeline.status_wordings import confirm as remember
    from pipeline.status_wordings import preview
    from pipeline.typed_values import parse_status

    settings = load_settings(archive)
    wording = StatusWording(text=text, column=column, status=parse_status(status), why=why)
    with open_archive(settings) as store:
        effects = preview(store, wording, settings)
        _tell(settings, effects)
        if dry_run:
            return
        if not yes:
            typer.confirm("บันทึกหรือไม่" if settings.lang == "th" else "Keep it?", abort=True, err=True)
        expected = sum(each.rows for each in effects)
        recorded, _ = remember(store, wording, person or getpass.getuser(), settings, expected)
    say(settings, f"บันทึกความหมายเลขที่ {recorded.id} แล้ว", f"meaning {recorded.id} is kept")


@statuses.command(short_help="ความหมายที่กำหนดไว้ / meanings that people gave")
def given(archive: ArchiveOption = None, as_json: JsonOption = False) -> None:
    """ความหมายที่กำหนดไว้ / meanings that people gave, with the number to take one back by."""
    from commands.terminal.archive_tables import show
    from commands.terminal.status_tables import given_table
    from pipeline.status_wordings import list_given

    settings = load_settings(archive)
    with open_archive(settings) as store:
        found = list_given(store)
    if as_json:
        print_json(found)
    else:
        show(given_table(found, settings.lang))


@statuses.command(short_help="ยกเลิกความหมายที่กำหนดล่าสุด / take the last meaning back")
def undo(
    number: Annotated[
        int | None, typer.Argument(help="ลำดับที่จาก statuses given / which one, see given", show_default=False)
    ] = None,
    person: PersonOption = None,
    archive: ArchiveOption = None,
) -> None:
    """ยกเลิกความหมายที่กำหนดล่าสุด / take the last meaning back, from every document; it stays in the history."""
    from pipeline.status_wordings import undo as take_back

    settings = load_settings(archive)
    with open_archive(settings) as store:
        recorded, effects = take_back(store, person or getpass.getuser(), settings, number)
    _tell(settings, effects)
    text = recorded.wording.text
    say(settings, f"ยกเลิกความหมายเลขที่ {recorded.id} (“{text}”) แล้ว", f"meaning {recorded.id} (“{text}”) is taken back")


def _tell(settings: "Settings", effects: "list[WordingEffect]") -> None:
    rows = sum(each.rows for each in effects)
    say(
        settings,
        f"สถานะเปลี่ยน {rows:,} แถว ในเอกสาร {len(effects):,} ฉบับ",
        f"the status of {rows:,} rows changes, in {len(effects):,} documents",
    )
    for each in effects:
        say(settings, f"  {each.name}: {each.rows:,} แถว", f"  {each.name}: {each.rows:,} rows")
