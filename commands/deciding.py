"""`saraban set | settle | undo`: a person's decisions on values, and what waits for one."""

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.session import (
    ArchiveOption,
    DocumentArgument,
    PersonOption,
    WhyOption,
    load_settings,
    open_archive,
    say,
)

if TYPE_CHECKING:
    from core.settings import Settings
    from pipeline.deciding import DecisionOutcome

PathArgument = Annotated[
    str, typer.Argument(help="ค่าใด เช่น letters[0].number / which value, such as letters[0].number", show_default=False)
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
