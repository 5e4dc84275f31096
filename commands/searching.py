"""`saraban search`: text of the archive, and what may be a misreading of it."""

from typing import TYPE_CHECKING, Annotated

import typer

from commands.choices import check_paper_kind, check_status
from commands.session import ArchiveOption, load_settings, open_archive, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.settings import Settings
    from pipeline.searching import Hit


def search(
    text: Annotated[
        list[str] | None,
        typer.Argument(help="ข้อความ ทุกคำต้องอยู่ในหน้าเดียวกัน / text; all words must be on one page", show_default=False),
    ] = None,
    archive: ArchiveOption = None,
    loose: Annotated[bool, typer.Option("--loose", help="ไม่ถือวรรณยุกต์เป็นสำคัญ / tone marks may differ")] = False,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind", callback=check_paper_kind, help="ชนิดหนังสือ เช่น order annex / external_letter, order, annex …"
        ),
    ] = None,
    year: Annotated[int | None, typer.Option("--year", help="ปี พ.ศ. / year of the Buddhist era")] = None,
    status: Annotated[
        str | None,
        typer.Option("--status", callback=check_status, help="สถานะของเอกสาร / ok, needs_review, partial or failed"),
    ] = None,
    office: Annotated[
        str | None, typer.Option("--office", help="ส่วนราชการหรือรหัส / part of the issuer or its code")
    ] = None,
    body: Annotated[
        str | None, typer.Option("--body", help="อปท. ในบัญชี ชื่อหรือรหัส / local body of an annex's row, by name or key")
    ] = None,
    near: Annotated[
        bool, typer.Option("--near", help="แสดงที่อาจอ่านผิดด้วย / also what may be a misreading of the text")
    ] = False,
    most: Annotated[int, typer.Option("--limit", min=1, max=1000, help="จำนวนมากที่สุด / most results")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="JSON รายการละบรรทัด / a JSON object a line")] = False,
) -> None:
    """ค้นข้อความในคลัง เลขไทยหรืออารบิกก็ได้ / find text: any part of a word, either digits, whatever the line breaks.

    เมื่อไม่พบ แสดงที่ใกล้เคียงซึ่งอาจอ่านผิด / where nothing is found, near matches that may be misreadings are shown.
    """
    from gazetteer.register import load
    from pipeline.deciding import index_outdated
    from pipeline.searching import search_archive, with_body
    from store.search import Query

    settings = load_settings(archive)
    query = Query(text=" ".join(text or ()), loose=loose, kind=kind, year=year, status=status, office=office)
    query = with_body(query, body, load(settings.bodies)) if body else query
    with open_archive(settings) as store:
        index_outdated(store)
        found = search_archive(store, query, most + 1, near=near)
    hits = found[:most]
    if query.cut:
        say(settings, "ข้อความยาวเกินไป ค้นเฉพาะส่วนต้น", "the text is too long; only its beginning was looked for")
    if len(found) > most:
        say(settings, f"ยังมีอีก แสดง {most:,} รายการแรก (--limit)", f"there are more than these {most:,} (--limit)")
    if as_json:
        for hit in hits:
            typer.echo(hit.model_dump_json())
        return
    exact = sum(not hit.near for hit in hits)
    if exact or not hits:
        _show_hits(settings, hits[:exact])
    if hits[exact:]:
        say(settings, "ใกล้เคียง อาจเป็นข้อความที่อ่านผิด:", "near matches, which may be misreadings:")
        _show_hits(settings, hits[exact:])


def _show_hits(settings: "Settings", hits: "Sequence[Hit]") -> None:
    from commands.terminal.archive_tables import plain_table, show

    rows = [(hit.document[:12], hit.name, str(hit.page or ""), hit.snippet) for hit in hits]
    header = ("รหัส", "ไฟล์", "หน้า", "ข้อความ") if settings.lang == "th" else ("id", "file", "page", "text")
    show(plain_table(header, rows, numbers=(2,)))
