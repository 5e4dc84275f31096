"""Records for the tests of rules: a whole one that passes every rule, and parts to put wrong."""

import datetime as dt
from typing import Any

from models.annex import Annex, BodyKind, BodyRef, Column, ColumnKind, Row, Status, Subtotal, SubtotalKind, Total
from models.document import Document, DocumentStatus, Page, SourceDocument
from models.field import Box, Field
from models.filed_letter import Citation, FiledLetter
from models.letter import (
    Contact,
    Deadline,
    Enclosure,
    Letter,
    LetterKind,
    NumberField,
    NumberParts,
    Receipt,
    Reference,
    Signer,
)
from models.register import Body, LetterCode, Register
from models.snapshot import Place, Snapshot, SnapshotColumn, SnapshotRow
from rules.engine.declaration import Case
from thai.dates import format_date
from thai.letter_number import parse_letter_number

PROVINCE = "อุตรดิตถ์"
NAMES = ("น้ำหมัน", "ผาเลือด", "หาดล้า", "นางพญา", "ท่าแฝก")
OTHER_PROVINCE = "อุดรธานี"
HOMONYMS = (
    Body(
        code="5410101",
        kind=BodyKind.SUBDISTRICT_MUNICIPALITY,
        name="นาข่า",
        province=OTHER_PROVINCE,
        district="เมืองอุดรธานี",
    ),
    Body(code="6410102", kind=BodyKind.SAO, name="นาข่า", province=OTHER_PROVINCE, district="เมืองอุดรธานี"),
    Body(code="6410103", kind=BodyKind.SAO, name="เชียงยืน", province=OTHER_PROVINCE, district="เมืองอุดรธานี"),
)
REGISTER = Register(
    bodies=(
        *(
            Body(code=f"65303{n:02}", kind=BodyKind.SAO, name=name, province=PROVINCE, district="ท่าปลา")
            for n, name in enumerate(NAMES, start=1)
        ),
        *HOMONYMS,
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


def receipt(iso: str | None, **changes: Any) -> Receipt:
    parts: dict[str, Any] = {
        "number": text("324"),
        "date": day(iso),
        "time": Field[dt.time](value=dt.time(9, 30), raw="๐๙.๓๐ น."),
        "office": text("สำนักงาน"),
    }
    return Receipt(**parts | changes)


def contact(kind: str, raw: str) -> Contact:
    return Contact(kind=kind, value=text(raw))


def signer(**changes: Any) -> Signer:
    parts: dict[str, Any] = {
        "name": text("นายสมมุติ ตัวอย่าง"),
        "position": text("รองผู้ว่าราชการจังหวัด"),
        "authority": text("ปฏิบัติราชการแทน"),
        "principal": text("ผู้ว่าราชการจังหวัดอุตรดิตถ์"),
    }
    return Signer(**parts | changes)


BODY = (
    "ให้องค์กรปกครองส่วนท้องถิ่นทั้งหมด ๕ แห่งบันทึกข้อมูลให้แล้วเสร็จ งบประมาณ ๑,๒๐๐ บาท (หนึ่งพันสองร้อยบาทถ้วน) "
    "รายละเอียดตาม QR Code จึงเรียนมาเพื่อทราบ"
)


def cover(**changes: Any) -> Letter:
    """A letter of the province that encloses `circular()`."""
    parts: dict[str, Any] = {
        "kind": LetterKind.EXTERNAL_LETTER,
        "pages": (1,),
        "urgency": text("ด่วนมาก"),
        "number": number("อต ๐๐๒๓.๓/ว ๑๗๗", confidence=0.95, page=1, box=Box(0.1, 0.1, 0.3, 0.12)),
        "date": day("2021-04-29"),
        "issuer": text("ศาลากลางจังหวัดอุตรดิตถ์"),
        "address": text("ถนนประชานิมิตร อต ๕๓๐๐๐"),
        "subject": text("การบันทึกข้อมูลปี ๒๕๖๔"),
        "recipients": (text("นายอำเภอทุกอำเภอ"),),
        "references": (reference("อต ๐๐๒๓.๓/ว ๘๕๓", "2020-10-07"),),
        "enclosures": (enclosure("มท ๐๘๑๐.๒/ว ๘๕๖", "2021-04-26"),),
        "salutation": text("เรียน"),
        "body": text(BODY),
        "deadlines": (deadline("2021-03-31", 3, past=True), deadline("2021-05-07", 5)),
        "closing": text("ขอแสดงความนับถือ"),
        "signer": signer(),
        "unit": text("สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด"),
        "contacts": (contact("phone", "๐ ๕๕๐๐ ๐๐๐๐ ต่อ ๓"), contact("mobile", "๐๘ ๐๐๐๐ ๐๐๐๐")),
        "qr": (text("https://example.org/form"),),
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
        "signer": signer(position=text("รองอธิบดี"), principal=text("อธิบดีกรมส่งเสริมการปกครองท้องถิ่น")),
        "unit": text("กองพัฒนาและส่งเสริมการบริหารงานท้องถิ่น"),
        "contacts": (contact("line", "Dla0810.2"),),
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
        "notes": (text("หมายเหตุ : กรอกตั้งแต่ก่อนปี ๒๕๓๘ ถึงปี ๒๕๖๓"),),
    }
    return Annex(**parts | changes)


def subtotal(kind: SubtotalKind, column: str, value: int | None, above: int, district: str = "ท่าปลา") -> Subtotal:
    field = Field[int](value=value, raw="" if value is None else str(value))
    return Subtotal(kind=kind, district=text(district), rows_above=above, column=column, value=field)


MONEY = tuple(
    Column(key=f"c{at}", header=header, kind=kind)
    for at, (header, kind) in enumerate(
        (
            ("ลำดับ", ColumnKind.SEQUENCE),
            ("อำเภอ", ColumnKind.DISTRICT),
            ("อปท.", ColumnKind.BODY),
            ("ครัวเรือนที่แยกขยะ", ColumnKind.COUNT),
            ("ครัวเรือนทั้งหมด", ColumnKind.COUNT),
            ("ร้อยละ", ColumnKind.PERCENT),
            ("จำนวนเงิน", ColumnKind.AMOUNT),
        ),
        start=1,
    )
)
MONEY_WORDS = "รวมทั้งสิ้น ๑,๒๓๔.๕๐ (หนึ่งพันสองร้อยสามสิบสี่บาทห้าสิบสตางค์)"


def money(*numbers: tuple[str, ...], **changes: Any) -> Annex:
    """An annex of another province: households, their share, and an amount for each of its three bodies."""
    lines = numbers or (("1", "4", "25.0", "1,000.00"), ("3", "4", "75.0", "200.00"), ("1", "3", "33.3", "34.50"))
    found = []
    for at, (each, values) in enumerate(zip(HOMONYMS, lines, strict=True), start=1):
        cells = {f"c{c}": Field[Any](value=value, raw=value) for c, value in enumerate(values, start=4)}
        ref = BodyRef(kind=each.kind, name=each.name, code=each.code)
        found.append(
            Row(
                sequence=Field[int](value=at, raw=str(at)),
                district=text(each.district),
                body=Field[BodyRef](value=ref, raw=each.label),
                cells=cells,
                status=Field[Status](),
                remark=text(""),
            )
        )
    parts: dict[str, Any] = {
        "title": text("เงินอุดหนุน"),
        "province": text(OTHER_PROVINCE),
        "as_of": day("2021-04-16"),
        "pages": (1,),
        "shape": "amounts",
        "columns": MONEY,
        "rows": tuple(found),
        "totals": (total("c4", 5), total("c5", 11), total_of("c7", "๑,๒๓๔.๕๐")),
    }
    return Annex(**parts | changes)


def total_of(column: str, raw: str) -> Total:
    """A total whose number has satang, so that only its text says it."""
    return Total(column=column, value=Field[int](raw=raw), printed_under=column)


def snapshot(done: int = 1, **changes: Any) -> Snapshot:
    """The round of `annex()` before it, with the first bodies done."""
    found = tuple(
        SnapshotRow(
            sequence=n,
            district="ท่าปลา",
            body=BodyRef(kind=body.kind, name=body.name, code=body.code),
            label=body.label,
            status=Status.COMPLETE if n <= done else Status.NOT_STARTED,
            remark="",
            place=Place(document="1" * 64),
        )
        for n, body in enumerate(REGISTER.bodies[: len(NAMES)], start=1)
    )
    parts: dict[str, Any] = {
        "key": "k",
        "series": "s",
        "title": "สถานะการบันทึกข้อมูล",
        "province": PROVINCE,
        "as_of": dt.date(2021, 3, 31),
        "document": "1" * 64,
        "annex": 0,
        "columns": tuple(
            SnapshotColumn(key=column.key, header=column.header, kind=column.kind, status=column.status)
            for column in COLUMNS
            if column.status is not None
        ),
        "rows": found,
        "totals": {"c4": done, "c5": len(found) - done},
    }
    return Snapshot(**parts | changes)


def filed(number: str, iso: str, **changes: Any) -> FiledLetter:
    parts: dict[str, Any] = {
        "document": "2" * 64,
        "index": 0,
        "name": "เดิม.pdf",
        "number": number,
        "date": dt.date.fromisoformat(iso),
        "subject": "เรื่องอื่น",
        "issuer": "กรมส่งเสริมการปกครองท้องถิ่น",
    }
    return FiledLetter(**parts | changes)


FILED = (filed("มท 0810.2/ว 75", "2021-01-15"), filed("มท 0810.2/ว 1095", "2021-05-28"))


def case(letters: tuple[Letter, ...] = (), annexes: tuple[Annex, ...] = (), page: str = "", **more: Any) -> Case:
    document = Document(
        source=SourceDocument(name="test.pdf", sha256="0" * 64, media_type="application/pdf", pages=1),
        status=DocumentStatus.OK,
        text=page,
        pages=(Page(number=1, text=page, engine="test"),) if page else (),
        letters=letters,
        annexes=annexes,
    )
    parts: dict[str, Any] = {"document": document, "register": REGISTER, **more}
    return Case(**parts)


def whole() -> Case:
    """A document that every rule has something to say of, and none has anything against."""
    counted = annex(
        rows=rows(row(4, NAMES[3], done=False, remark=text("บันทึกข้อมูลแค่ปี ๒๕๖๓"), remark_years=(2563,))),
        subtotals=(
            subtotal(SubtotalKind.CARRIED_FORWARD, "c4", 2, 3),
            subtotal(SubtotalKind.BROUGHT_FORWARD, "c4", 2, 3),
            subtotal(SubtotalKind.DISTRICT, "c4", 2, 5),
            subtotal(SubtotalKind.DISTRICT, "c5", 3, 5),
        ),
    )
    answered = reference("อต ๐๑๑๘/๙๐", "2021-04-20", "หนังสืออำเภอท่าปลา")
    letter = cover(references=(*cover().references, answered), recipients=(text("นายอำเภอท่าปลา"),))
    asked = filed(
        "อต 0118/90",
        "2021-04-20",
        issuer="ที่ว่าการอำเภอท่าปลา",
        deadline=dt.date(2021, 4, 29),
        cites=(Citation(cited_as="reference", number="มท 0810.2/ว 856", date=dt.date(2021, 4, 26)),),
    )
    return case(
        (letter, circular()),
        (counted, money()),
        page=f"สิ่งที่ส่งมาด้วย สำเนาหนังสือ\nอบต.น้ำหมัน\n{MONEY_WORDS}",
        filed=(*FILED, asked),
        earlier={0: snapshot()},
    )
