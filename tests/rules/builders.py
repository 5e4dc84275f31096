"""Records for the tests of rules: a whole one that passes every rule, and parts to put wrong."""

import datetime as dt
from typing import Any

from models.annex import Annex, BodyKind, BodyRef, Column, ColumnKind, Row, Status, Total
from models.document import Document, DocumentStatus, Page, SourceDocument
from models.field import Field
from models.letter import Deadline, Enclosure, Letter, LetterKind, NumberField, NumberParts, Receipt, Reference, Signer
from models.register import Body, LetterCode, Register
from parsers.thai.dates import format_date
from parsers.thai.letter_number import parse_letter_number
from rules.base import Case

PROVINCE = "อุตรดิตถ์"
NAMES = ("น้ำหมัน", "ผาเลือด", "หาดล้า", "นางพญา", "ท่าแฝก")
REGISTER = Register(
    bodies=tuple(
        Body(code=f"65303{n:02}", kind=BodyKind.SAO, name=name, province=PROVINCE, district="ท่าปลา")
        for n, name in enumerate(NAMES, start=1)
    ),
    districts={PROVINCE: ("เมืองอุตรดิตถ์", "ท่าปลา", "ทองแสนขัน"), "อุดรธานี": ("เมืองอุดรธานี",)},
    letter_codes={
        "อต": (LetterCode(code="อต", name=PROVINCE, kind="province"),),
        "อด": (LetterCode(code="อด", name="อุดรธานี", kind="province"),),
        "มท": (LetterCode(code="มท", name="กระทรวงมหาดไทย", kind="ministry"),),
        "กค": (LetterCode(code="กค", name="กระทรวงการคลัง", kind="ministry"),),
    },
    version="test",
)


def text(value: str | None, raw: str | None = None, **more: Any) -> Field[str]:
    return Field[str](value=value, raw=(value or "") if raw is None else raw, confidence=0.99, **more)


def day(iso: str | None, raw: str | None = None) -> Field[dt.date]:
    value = dt.date.fromisoformat(iso) if iso else None
    return Field[dt.date](value=value, raw=raw if raw is not None else format_date(value) if value else "")


def number(raw: str, **more: Any) -> NumberField:
    parsed = parse_letter_number(raw)
    if parsed is None:
        return NumberField(raw=raw, **more)
    parts = NumberParts(prefix=parsed.prefix, unit=parsed.unit, circular=parsed.circular, running=parsed.running)
    return NumberField(**{"value": str(parsed), "raw": raw, "parts": parts, "review": parsed.problems} | more)


def enclosure(raw_number: str, iso: str | None, title: str = "สำเนาหนังสือกรมส่งเสริมการปกครองท้องถิ่น ด่วนมาก") -> Enclosure:
    return Enclosure(title=text(title), number=number(raw_number), date=day(iso), copies=Field[int]())


def reference(raw_number: str, iso: str | None, title: str = "หนังสือจังหวัดอุตรดิตถ์") -> Reference:
    return Reference(title=text(title), number=number(raw_number), date=day(iso))


def deadline(iso: str | None, weekday: int | None = None, **more: Any) -> Deadline:
    return Deadline(date=day(iso, raw="ภายใน" if iso is None else None), weekday=Field[int](value=weekday), **more)


def receipt(iso: str | None) -> Receipt:
    return Receipt(number=text("324"), date=day(iso), time=Field[dt.time](), office=text("สำนักงาน"))


def cover(**changes: Any) -> Letter:
    """A letter of the province that encloses `circular()`."""
    parts: dict[str, Any] = {
        "kind": LetterKind.EXTERNAL_LETTER,
        "pages": (1,),
        "urgency": text("ด่วนมาก"),
        "number": number("อต ๐๐๒๓.๓/ว ๑๗๗"),
        "date": day("2021-04-29"),
        "issuer": text("ศาลากลางจังหวัดอุตรดิตถ์"),
        "address": text("ถนนประชานิมิตร อต ๕๓๐๐๐"),
        "subject": text("การบันทึกข้อมูลปี ๒๕๖๔"),
        "recipients": (text("นายอำเภอทุกอำเภอ"),),
        "references": (reference("อต ๐๐๒๓.๓/ว ๘๕๓", "2020-10-07"),),
        "enclosures": (enclosure("มท ๐๘๑๐.๒/ว ๘๕๖", "2021-04-26"),),
        "body": text("จึงเรียนมาเพื่อทราบ"),
        "deadlines": (deadline("2021-05-07", 5),),
        "closing": text("ขอแสดงความนับถือ"),
        "signer": Signer(
            name=text("นายสมมุติ ตัวอย่าง"), position=text("ผู้ว่าราชการ"), authority=text(""), principal=text("")
        ),
    }
    return Letter(**parts | changes)


def circular(**changes: Any) -> Letter:
    """The letter of the department that `cover()` encloses."""
    parts: dict[str, Any] = {
        "pages": (2,),
        "number": number("มท ๐๘๑๐.๒/ว ๘๕๖"),
        "date": day("2021-04-26"),
        "issuer": text("กรมส่งเสริมการปกครองท้องถิ่น"),
        "address": text("ถนนนครราชสีมา เขตดุสิต กทม. ๑๐๓๐๐"),
        "references": (),
        "enclosures": (),
        "receipt": receipt("2021-04-27"),
    }
    return cover(**parts | changes)


def row(sequence: int | None, name: str, *, done: bool = True, **changes: Any) -> Row:
    """A row whose body is read as it is registered; `name` without its kind."""
    code = next((body.code for body in REGISTER.bodies if body.name == name), None)
    remark = "" if done else "ยังไม่บันทึกข้อมูล"
    parts: dict[str, Any] = {
        "sequence": Field[int](value=sequence, raw=str(sequence)),
        "district": text("ท่าปลา"),
        "body": body(f"อบต.{name}", name, code),
        "cells": cells("✓" if done else "", "" if done else "✗"),
        "status": Field[Status](value=Status.COMPLETE if done else Status.NOT_STARTED),
        "remark": text(remark),
    }
    return Row(**parts | changes)


def body(raw: str, name: str, code: str | None, **more: Any) -> Field[BodyRef]:
    return Field[BodyRef](value=BodyRef(kind=BodyKind.SAO, name=name, code=code), raw=raw, **more)


def cells(*marks: str | None) -> dict[str, Any]:
    """Cells of the mark columns c4, c5 …; None is one that was not read."""
    return {f"c{at}": Field[Any](value=mark, raw=mark or "") for at, mark in enumerate(marks, start=4)}


def total(column: str, value: int | None, under: str | None = "") -> Total:
    return Total(column=column, value=Field[int](value=value), printed_under=column if under == "" else under)


COLUMNS = tuple(
    Column(key=f"c{at}", header=header, kind=kind, status=status, page_headers=(header, header))
    for at, (header, kind, status) in enumerate(
        (
            ("ลำดับ", ColumnKind.SEQUENCE, None),
            ("อำเภอ", ColumnKind.DISTRICT, None),
            ("อปท.", ColumnKind.BODY, None),
            ("เรียบร้อย", ColumnKind.MARK, Status.COMPLETE),
            ("ยังไม่เรียบร้อย", ColumnKind.MARK, Status.INCOMPLETE),
            ("หมายเหตุ", ColumnKind.REMARK, None),
        ),
        start=1,
    )
)


def rows(*changed: Row) -> tuple[Row, ...]:
    """Five rows, the first two done; a changed row takes the place of the one with its sequence number."""
    plain = {n: row(n, name, done=n <= 2) for n, name in enumerate(NAMES, start=1)}
    return tuple((plain | {each.sequence.value: each for each in changed}).values())


def annex(**changes: Any) -> Annex:
    parts: dict[str, Any] = {
        "title": text("สถานะการบันทึกข้อมูล"),
        "province": text(PROVINCE),
        "as_of": day("2021-04-16"),
        "pages": (3,),
        "shape": "marks",
        "columns": COLUMNS,
        "rows": rows(),
        "totals": (total("c4", 2), total("c5", 3)),
    }
    return Annex(**parts | changes)


def case(letters: tuple[Letter, ...] = (), annexes: tuple[Annex, ...] = (), page: str = "", **more: Any) -> Case:
    document = Document(
        source=SourceDocument(name="test.pdf", sha256="0" * 64, media_type="application/pdf", pages=1),
        status=DocumentStatus.OK,
        text=page,
        pages=(Page(number=1, text=page, engine="test"),) if page else (),
        letters=letters,
        annexes=annexes,
    )
    return Case(**{"document": document, "register": REGISTER} | more)


def whole() -> Case:
    """A document that every rule has something to say of, and none has anything against."""
    return case((cover(), circular()), (annex(),), page="สิ่งที่ส่งมาด้วย สำเนาหนังสือ\nอบต.น้ำหมัน")
