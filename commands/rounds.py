"""Verbs about rounds: which there are, what changed between two, and what goes out to others."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.session import ArchiveOption, open_archive, say, settings_of

if TYPE_CHECKING:
    from reports.report_layout import Digits


def rounds(
    action: Annotated[
        str | None,
        typer.Argument(
            help="แก้ไข / correct: merge A B | split A | rename A | remove A | restore A | date A DAY",
            show_default=False,
        ),
    ] = None,
    documents: Annotated[
        list[str] | None, typer.Argument(help="เอกสาร / documents, A#2: annex", show_default=False)
    ] = None,
    title: Annotated[str, typer.Option("--title", help="ชื่อชุดใหม่ / new name, with rename")] = "",
    reason: Annotated[str, typer.Option("--reason", help="เหตุผล / why, with remove, restore, date")] = "",
    archive: ArchiveOption = None,
) -> None:
    """ชุดบัญชีและรอบ / series of annexes and their rounds."""
    from commands.terminal.archive_tables import rounds_table
    from commands.terminal.archive_tables import show as print_table
    from pipeline.comparing import correct_rounds, correct_series, series_in
    from thai.typed_dates import parse_typed_day

    settings = settings_of(archive)
    names = documents or []
    with open_archive(settings) as store:
        if action == "remove" and len(names) == 1:
            count = correct_rounds(store, "remove", names[0], reason)
            say(settings, f"นำออก {count} รอบ", f"{count} rounds removed")
        elif action == "restore" and len(names) == 1:
            count = correct_rounds(store, "restore", names[0], reason)
            say(settings, f"นำกลับ {count} รอบ", f"{count} rounds restored")
        elif action == "date" and len(names) == 2:
            day = parse_typed_day(names[1], "date", whole_years=True)
            count = correct_rounds(store, "date", names[0], reason, day)
            say(settings, f"กำหนดวันที่ใหม่ {count} รอบ: {day}", f"{count} rounds dated anew: {day}")
        elif action is not None:
            correct_series(store, action, names, title)
        print_table(rounds_table(series_in(store), settings.lang))


def diff(
    before: Annotated[str | None, typer.Argument(help="รอบก่อน / earlier document", show_default=False)] = None,
    after: Annotated[str | None, typer.Argument(help="รอบนี้ / later document", show_default=False)] = None,
    province: Annotated[str | None, typer.Option("--province", help="เฉพาะจังหวัด / one province of several")] = None,
    latest: Annotated[bool, typer.Option("--latest", help="สองรอบล่าสุด / the two latest rounds")] = False,
    report: Annotated[Path | None, typer.Option("--report", help=".html .xlsx .docx .pdf .md .csv .json")] = None,
    by: Annotated[str | None, typer.Option("--by", help="district: แยกรายอำเภอ / one extract a district")] = None,
    digits: Annotated[str, typer.Option("--digits", help="เลขในรายงาน / digits: thai | arabic")] = "thai",
    deadline: Annotated[
        str | None, typer.Option("--deadline", help="กำหนดแล้วเสร็จ / day to be complete by: 30/6/2564, 2021-06-30")
    ] = None,
    made_by: Annotated[str, typer.Option("--made-by", help="หน่วยงานผู้จัดทำ / the office that makes it")] = "",
    force: Annotated[bool, typer.Option("--force", help="แม้มีข้อผิดพลาด / despite error findings")] = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="7 when they differ")] = False,
    archive: ArchiveOption = None,
) -> None:
    """เปรียบเทียบสองรอบ / changes between two rounds."""
    from commands.terminal.archive_tables import changes_table
    from commands.terminal.archive_tables import show as print_table
    from core.errors import ChangesFoundError, UsageError
    from pipeline.comparing import Asked, choose_rounds, compare_rounds, rounds_before, write_report
    from thai.typed_dates import parse_typed_day

    if by not in (None, "district") or digits not in ("thai", "arabic") or (by and report is None):
        raise UsageError(f"--report FILE [--by district] [--digits thai|arabic]: --by {by} --digits {digits}")
    settings = settings_of(archive)
    with open_archive(settings) as store:
        pair = choose_rounds(store, before, after, latest=latest, province=province)
        comparison = compare_rounds(pair, force=force, own=settings.bodies)
        if report is None:
            print_table(changes_table(comparison, settings.lang))
        else:
            asked = Asked(
                by_district=by is not None,
                digits="thai" if digits == "thai" else "arabic",
                made_by=made_by,
                deadline=parse_typed_day(deadline, "--deadline") if deadline is not None else None,
            )
            for path in write_report(store, comparison, report, asked, rounds_before(store, pair)):
                say(settings, f"รายงาน: {path.resolve()}", f"report: {path.resolve()}")
    if exit_code and comparison.differs:
        raise ChangesFoundError(str(comparison.counts.total()))


def export(
    what: Annotated[
        str, typer.Argument(help="letters | rows | findings | receipts | ecms | datapackage | pdf", show_default=False)
    ],
    path: Annotated[Path, typer.Argument(help="ไฟล์หรือโฟลเดอร์ปลายทาง / file or folder", show_default=False)],
    documents: Annotated[list[str] | None, typer.Argument(help="เอกสาร / documents; all when none is named")] = None,
    digits: Annotated[str, typer.Option("--digits", help="เลขใน .xlsx / digits: thai | arabic")] = "thai",
    with_file: Annotated[bool, typer.Option("--with-file", help="แนบต้นฉบับใน xml / original inside the xml")] = False,
    archive: ArchiveOption = None,
) -> None:
    """ส่งออก / the archive to csv, xlsx, json, parquet, xml, data package or searchable pdf.

    ทะเบียนหนังสือรับคือ receipts / receipts is the register of letters received.
    """
    from core.errors import UsageError
    from pipeline.exporting import export as export_to

    if digits not in ("thai", "arabic"):
        raise UsageError(f"--digits {digits}")
    settings = settings_of(archive)
    shape: Digits = "thai" if digits == "thai" else "arabic"
    with open_archive(settings) as store:
        for written in export_to(
            store, what, path, documents or [], language=settings.lang, digits=shape, with_file=with_file
        ):
            say(settings, f"ส่งออก: {written.resolve()}", f"exported: {written.resolve()}")
