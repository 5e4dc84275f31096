"""Verbs of the review desk: a person's decisions, what waits for one, search, and the pages in a browser."""

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.choices import check_paper_kind, check_status
from commands.session import ArchiveOption, DocumentArgument, load_settings, open_archive, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.settings import Settings
    from pipeline.deciding import DecisionOutcome
    from pipeline.searching import Hit
    from store.archive import Archive
    from web.server import Address

PathArgument = Annotated[
    str, typer.Argument(help="ค่าใด เช่น letters[0].number / which value, such as letters[0].number", show_default=False)
]
WhyOption = Annotated[str, typer.Option("--why", help="เหตุผล เก็บไว้กับคำวินิจฉัย / the reason, kept with the decision")]
PersonOption = Annotated[
    str | None, typer.Option("--as", help="ชื่อผู้วินิจฉัย / who decides; without, the user of this machine")
]


def set_(
    document: DocumentArgument,
    path: PathArgument,
    value: Annotated[
        str,
        typer.Argument(
            help='ค่าที่ถูกต้อง หรือ "" เมื่อในเอกสารไม่มี / the right value, "" where the paper has none', show_default=False
        ),
    ],
    archive: ArchiveOption = None,
    why: WhyOption = "",
    person: PersonOption = None,
) -> None:
    """แก้ค่าให้ถูกต้อง คำวินิจฉัยเก็บไว้ / put a value right; the decision is kept and outlives every new reading.

    saraban set scan.pdf "letters[0].number" "มท 0810.2/ว 857"
    """
    _decide(document, path, "corrected", value, archive=archive, why=why, person=person)


def settle(
    document: DocumentArgument,
    path: Annotated[
        str | None, typer.Argument(help="ค่าใด ไม่ระบุคือแสดงข้อสงสัย / which value; without, what is in doubt")
    ] = None,
    archive: ArchiveOption = None,
    unreadable: Annotated[bool, typer.Option("--unreadable", help="อ่านไม่ได้ / it cannot be read")] = False,
    later: Annotated[bool, typer.Option("--later", help="ไว้ภายหลัง / left for later")] = False,
    why: WhyOption = "",
    person: PersonOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="ข้อสงสัยเป็น JSON / what is in doubt as JSON")] = False,
) -> None:
    """ยืนยันค่า หรือแสดงข้อสงสัยของเอกสาร / confirm a value as it stands; without a path, list what is in doubt.

    ตอบกฎด้วยรหัสของกฎ: saraban settle scan.pdf T01 / a finding is answered by its rule: saraban settle scan.pdf T01
    """
    if path is None:
        _list_doubts(document, archive, as_json=as_json)
        return
    answer = "unreadable" if unreadable else "later" if later else "confirmed"
    _decide(document, path, answer, "", archive=archive, why=why, person=person)


def undo(
    document: DocumentArgument,
    archive: ArchiveOption = None,
    number: Annotated[int | None, typer.Option("--number", help="คำวินิจฉัยลำดับที่ / which one, see settle")] = None,
    person: PersonOption = None,
) -> None:
    """ยกเลิกคำวินิจฉัยล่าสุด ประวัติยังอยู่ / take the last decision on a document back; it stays in the history."""
    from pipeline.deciding import undo as take_back

    settings = load_settings(archive)
    with open_archive(settings) as store:
        sha = store.require_document(document).source.sha256
        recorded = take_back(store, sha, person or getpass.getuser(), settings, number)
    path = recorded.decision.path
    say(settings, f"ยกเลิกคำวินิจฉัยที่ {recorded.id} ({path}) แล้ว", f"decision {recorded.id} ({path}) taken back")


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


def serve(
    archive: ArchiveOption = None,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="พอร์ต / port")] = 8642,
    host: Annotated[
        str,
        typer.Option(
            "--host", help="ที่อยู่ที่เปิดรับ เครื่องอื่นต้องมีบัญชีผู้ใช้ / address to listen at; elsewhere than here needs accounts"
        ),
    ] = "127.0.0.1",
    allowed: Annotated[
        list[str] | None,
        typer.Option(
            "--allow-host", help="ชื่อเครื่องที่ใช้เรียกได้ / a name it may be called by, such as saraban.office.go.th"
        ),
    ] = None,
    certificate: Annotated[
        Path | None, typer.Option("--tls-cert", exists=True, dir_okay=False, help="ใบรับรอง TLS / certificate, PEM")
    ] = None,
    key: Annotated[
        Path | None, typer.Option("--tls-key", exists=True, dir_okay=False, help="กุญแจ TLS / its key, PEM")
    ] = None,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="เปิดเบราว์เซอร์ให้ด้วย / open the browser")
    ] = True,
    person: PersonOption = None,
) -> None:
    """เปิดโต๊ะตรวจทานในเบราว์เซอร์ เฉพาะเครื่องนี้ / the review desk and the archive in a browser, on this machine alone.

    ให้เครื่องอื่นใช้: saraban accounts add แล้ว --host / for other machines: saraban accounts add, then --host
    """
    from pipeline.deciding import index_outdated
    from web.server import Address, check_certificate, choose_hosts, run

    settings = load_settings(archive)
    address = Address(host, port, choose_hosts(host, allowed or ()), certificate, key)
    check_certificate(address)
    with open_archive(settings, create=True) as store:
        _check_access(settings, store, address)
        index_outdated(store)
        say(settings, f"เปิดที่ {address.url} (กด Ctrl+C เพื่อหยุด)", f"open at {address.url} (Ctrl+C to stop)")
        run(store, settings, address, person or getpass.getuser(), browser=browser)


def _check_access(settings: "Settings", store: "Archive", address: "Address") -> None:
    """Refuse to let other machines in where nobody could log in; warn where passwords could be read on the way."""
    from core.errors import NoAccountsError
    from pipeline.accounts import has_admin

    if address.is_local:
        return
    if not has_admin(store):
        raise NoAccountsError(address.host)
    if address.certificate is None:
        say(
            settings,
            "คำเตือน: ไม่ได้เข้ารหัส ผู้อื่นในเครือข่ายอ่านรหัสผ่านได้ ใช้ --tls-cert และ --tls-key หรือพร็อกซีที่เข้ารหัส",
            "warning: not encrypted, passwords can be read on the network; use --tls-cert and --tls-key, or a proxy",
        )


def watch(
    folder: Annotated[Path, typer.Argument(help="โฟลเดอร์ที่เฝ้า / folder to watch", exists=True, file_okay=False)],
    archive: ArchiveOption = None,
    seconds: Annotated[float, typer.Option("--every", min=1, help="ดูทุกกี่วินาที / seconds between looks")] = 10.0,
) -> None:
    """เฝ้าโฟลเดอร์และนำเข้าไฟล์ที่นิ่งแล้ว / import what settles in a folder, until stopped."""
    from commands.import_run import tell
    from pipeline.watching import watch_folder

    settings = load_settings(archive)
    with open_archive(settings, create=True) as store:
        for outcome in watch_folder(folder, store, settings, seconds):
            tell(settings, outcome)


def _decide(
    name: str, path: str, answer: str, text: str, *, archive: Path | None, why: str, person: str | None
) -> None:
    from core.errors import UsageError
    from gazetteer.register import load
    from models.decision import Answer
    from pipeline.deciding import answer_finding, decide, make_decision
    from rules.runner import ALL

    settings = load_settings(archive)
    with open_archive(settings) as store:
        document = store.require_document(name)
        if path.upper() in ALL:
            found = [each for each in document.findings if each.rule == path.upper() and each.answered is None]
            texts = dict.fromkeys(each.message.th for each in found)
            decisions = [answer_finding(document, path.upper(), text, Answer(answer), why) for text in texts]
            if not decisions:
                raise UsageError(f"{path}: ไม่มีข้อค้นพบของกฎนี้ที่ค้างอยู่", f"{path}: nothing of this rule waits")
        else:
            decisions = [make_decision(document, path, Answer(answer), load(settings.bodies), text, why)]
        outcomes = decide(store, document.source.sha256, decisions, person or getpass.getuser(), settings)
    for outcome in outcomes[:1]:
        _tell(settings, outcome)


def _tell(settings: "Settings", outcome: "DecisionOutcome") -> None:
    from models.doubt import find_doubts
    from reports.labels import document_status

    left = len(find_doubts(outcome.document))
    status = document_status(outcome.document.status, settings.lang)
    say(
        settings,
        f"บันทึกคำวินิจฉัยที่ {outcome.recorded.id} แล้ว ยุติตามกฎอีก {len(outcome.settled)} รายการ "
        f"เหลือ {left} รายการ สถานะ: {status}",
        f"decision {outcome.recorded.id} kept; it settled {len(outcome.settled)} more, {left} left; status: {status}",
    )


def _list_doubts(name: str, archive: Path | None, *, as_json: bool) -> None:
    from commands.terminal.archive_tables import plain_table, show
    from models.decision import left_for_later
    from models.doubt import find_doubts
    from models.record_path import get_field
    from pipeline.deciding import history
    from pipeline.reasons import explain_code
    from pipeline.value_text import show_value

    settings = load_settings(archive)
    with open_archive(settings) as store:
        document = store.require_document(name)
        held = [each for each in history(store, document.source.sha256) if not each.revoked]
    rows = []
    doubts = find_doubts(document, left_for_later(held))
    if as_json:
        for doubt in doubts:
            typer.echo(doubt.model_dump_json())
        return
    for doubt in doubts:
        field = get_field(document, doubt.path)
        reasons = "; ".join(explain_code(code, settings.lang) for code in (*doubt.codes, *doubt.rules))
        shown = show_value(field.value if field else None, settings.lang)
        rows.append((doubt.rule or doubt.path, shown, field.raw if field else "", reasons))
    header = ("ค่า", "เสนอ", "อ่านได้", "เหตุที่สงสัย") if settings.lang == "th" else ("value", "now", "as read", "why")
    show(plain_table(header, rows))
