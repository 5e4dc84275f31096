"""`saraban import | watch`: what a person says of the files, a line for each, and the account of them all."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.import_run import Brake, choose_pool, parse_shard, run_import, tell
from commands.session import ArchiveOption, load_settings, open_archive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from commands.terminal.import_progress import ImportProgress
    from core.settings import Settings
    from models.table_facts import TableFacts
    from pipeline.import_control import Shard
    from pipeline.import_outcome import ImportOutcome


def import_(
    paths: Annotated[
        list[Path], typer.Argument(help="ไฟล์ โฟลเดอร์ หรือไฟล์ ZIP / files, folders, ZIP", show_default=False)
    ],
    archive: ArchiveOption = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="จำนวนกระบวนการ / worker processes [SARABAN_JOBS]")
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", help="วันที่ของข้อมูลในตาราง เช่น 31/12/2565 / day of the tables: 2565, 31/12/2565"),
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help="เรื่องของตาราง / what the tables are about")] = None,
    province: Annotated[
        str | None, typer.Option("--province", help="จังหวัดของทุกแถว / province of all their rows")
    ] = None,
    columns: Annotated[
        Path | None, typer.Option("--columns", help="ไฟล์ TOML ระบุหัวคอลัมน์ / TOML file: header by role")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="แสดงแผนเท่านั้น ไม่นำเข้า / say what would be done")] = False,
    cluster: Annotated[
        str | None, typer.Option("--cluster", help="คลัสเตอร์ Ray / a Ray cluster: local, auto, its address")
    ] = None,
    shard: Annotated[
        str | None, typer.Option("--shard", help="เฉพาะส่วนหนึ่ง เช่น 3/64 / this part of the files, such as 3/64")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="JSON รายการละบรรทัด / JSON, an entry a line, then the sums")
    ] = False,
) -> None:
    """นำเข้าไฟล์ โฟลเดอร์ หรือ ZIP เข้าคลัง / files, folders and ZIP files into the archive; each is accounted for.

    สั่งซ้ำได้ ไฟล์ที่ทำแล้วจะข้าม กด Ctrl+C เพื่อหยุด / may be repeated: what is done is skipped; Ctrl-C stops softly.

    ข้อมูลของตารางที่ระบุใช้ในการอ่านทุกครั้ง "" คือยกเลิก / what is said of tables holds in every reading; "" takes it back.
    """
    from pipeline.import_control import ImportControl
    from pipeline.importing import import_files
    from pipeline.reading import build_recognizer

    settings = load_settings(archive, jobs)
    facts = _facts(settings, as_of, title, province, columns)
    recognizer = build_recognizer(settings)
    part = parse_shard(shard)
    if dry_run:
        _plan(settings, paths, part, facts, as_json=as_json)
        return
    with open_archive(settings, create=True) as store:

        def begin(brake: Brake, progress: "ImportProgress") -> "Iterator[ImportOutcome]":
            control = ImportControl(
                part, must_stop=lambda: brake.is_pulled, note=progress.note, open_pool=choose_pool(cluster)
            )
            return import_files(paths, store, settings, recognizer, progress, facts, control)

        run_import(settings, begin, as_json=as_json)


def watch(
    folder: Annotated[Path, typer.Argument(help="โฟลเดอร์ที่เฝ้า / folder to watch", exists=True, file_okay=False)],
    archive: ArchiveOption = None,
    seconds: Annotated[float, typer.Option("--every", min=1, help="ดูทุกกี่วินาที / seconds between looks")] = 10.0,
) -> None:
    """เฝ้าโฟลเดอร์และนำเข้าไฟล์ที่นิ่งแล้ว / import what settles in a folder, until stopped."""
    from pipeline.watching import watch_folder

    settings = load_settings(archive)
    with open_archive(settings, create=True) as store:
        for outcome in watch_folder(folder, store, settings, seconds):
            tell(settings, outcome)


def _plan(
    settings: "Settings", paths: list[Path], shard: "Shard | None", facts: "TableFacts", *, as_json: bool
) -> None:
    from commands.terminal.import_plan import describe_plan, plan_as_json
    from core.errors import ExitCode, NoArchiveError
    from pipeline.planning import plan_import
    from pipeline.reading import build_recognizer

    recognizer = build_recognizer(settings)
    try:
        with open_archive(settings) as store:
            plan = plan_import(paths, store, settings, recognizer, shard, facts)
    except NoArchiveError:
        plan = plan_import(paths, None, settings, recognizer, shard, facts)
    if as_json:
        typer.echo(json.dumps(plan_as_json(plan, settings), ensure_ascii=False))
    else:
        typer.echo(describe_plan(plan, settings))
    if plan.failures:
        raise typer.Exit(int(ExitCode.PARTIAL))


def _facts(
    settings: "Settings", as_of: str | None, title: str | None, province: str | None, columns: Path | None
) -> "TableFacts":
    from core.errors import UsageError
    from gazetteer.register import load
    from models.table_facts import GivenDay, TableFacts
    from pipeline.data_files import read_columns
    from thai.typed_dates import parse_typed_day

    if province and province not in load(settings.bodies).districts:
        raise UsageError(f"--province {province}: ไม่มีจังหวัดนี้", f"--province {province}: no such province")
    said: dict[str, Any] = {}
    if as_of is not None:
        day = parse_typed_day(as_of, "--as-of", whole_years=True) if as_of else None
        said["as_of"] = GivenDay(day=day, text=as_of) if day else None
    if columns is not None:
        said["columns"] = read_columns(columns) or None
    said |= {name: text or None for name, text in (("title", title), ("province", province)) if text is not None}
    return TableFacts(**said)
