"""Invented letters by the hundred thousand, and an archive filled with them, for measuring what a large one costs.

The letters are one text with other words, numbers, dates, offices and subjects; one of three refers to an earlier one.
"""

import datetime as dt
import hashlib
import random
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Connection, insert

from models.document import Document, DocumentStatus, Page, SourceDocument
from models.doubt import find_doubts
from models.field import Box, Field
from models.letter import Letter, LetterKind, NumberField, Reference
from store import pair_index, record_tables, schema, trigram_index
from store.archive import Archive
from store.search import loosen
from thai.dates import format_date
from thai.numerals import to_arabic, to_thai
from thai.years import BUDDHIST_OFFSET

SEED: Final = 20261129
_BATCH: Final = 2_000
"""Letters of one transaction."""
_OFFICES: Final = (
    ("มท", "0810.2", "กรมส่งเสริมการปกครองท้องถิ่น"),
    ("อต", "0023.3", "จังหวัดอุตรดิตถ์"),
    ("กค", "0405.2", "กรมบัญชีกลาง"),
)
_SUBJECTS: Final = (
    "การบันทึกข้อมูลความตกลงระหว่างประเทศ", "ซักซ้อมแนวทางการจัดทำแผนพัฒนาท้องถิ่น", "การจัดสรรเงินอุดหนุน", "ขอเชิญประชุม",
)  # fmt: skip
_TEXT: Final = """ตามที่ ได้ขอให้ องค์กรปกครองส่วนท้องถิ่น บันทึกข้อมูล ลงในระบบ ให้ครบถ้วน และเป็นปัจจุบัน โดยเคร่งครัด นั้น
จังหวัด พิจารณาแล้ว เห็นว่า การดำเนินการ ตามระเบียบ กระทรวงมหาดไทย ว่าด้วย วิธีการงบประมาณ จำเป็นต้อง เร่งรัด ติดตาม
ประเมินผล จึงขอให้ อำเภอ แจ้ง เทศบาล และ องค์การบริหารส่วนตำบล ทราบ และถือปฏิบัติ ภายในวันที่ กำหนด พร้อมทั้ง รายงานผล"""
_WORDS_OF_BODY: Final = 160
_FIRST_DAY: Final = dt.date(2015, 1, 1)
_DAYS: Final = 4_000
_DOUBTED: Final = 0.4
"""Share of letters whose number is in doubt."""
_REFERRING: Final = 0.33
"""Share of letters that refer to an earlier one."""


def name_sha(number: int) -> str:
    """Return the SHA-256 that an invented letter goes by."""
    return hashlib.sha256(str(number).encode()).hexdigest()


def _invent_heading(number: int) -> tuple[str, str, dt.date]:
    """Return number, office and date of a letter: the same whenever it is asked for, so that others can refer to it."""
    chance = random.Random(SEED + number)  # noqa: S311 - invented letters
    prefix, unit, office = chance.choice(_OFFICES)
    value = f"{prefix} {unit}/ว {chance.randrange(1, 9999)}"
    return value, office, _FIRST_DAY + dt.timedelta(days=chance.randrange(_DAYS))


def invent_letter(number: int, chance: random.Random) -> Document:
    """Return an invented letter; two of five have doubts."""
    value, office, day = _invent_heading(number)
    subject = f"{chance.choice(_SUBJECTS)} ครั้งที่ {number}"
    is_doubted = chance.random() < _DOUBTED
    body = " ".join(chance.choices(_TEXT.split(), k=_WORDS_OF_BODY))
    references = (_refer(chance.randrange(number)),) if number and chance.random() < _REFERRING else ()
    quoted = "".join(f"\nอ้างถึง {each.title.raw} ที่ {each.number.raw} ลงวันที่ {each.date.raw}" for each in references)
    text = to_thai(f"ที่ {value}\n{office}\n{format_date(day)}\nเรื่อง {subject}{quoted}\n{body}")
    return Document(
        source=SourceDocument(
            name=f"หนังสือ-{number:06}.pdf", sha256=name_sha(number), media_type="application/pdf", pages=1
        ),
        status=DocumentStatus.NEEDS_REVIEW if is_doubted else DocumentStatus.OK,
        text=text,
        pages=(Page(number=1, text=text, engine="bench"),),
        letters=(
            Letter(
                kind=LetterKind.EXTERNAL_LETTER,
                pages=(1,),
                number=NumberField(
                    value=value,
                    raw=to_thai(value),
                    confidence=0.6 if is_doubted else 0.99,
                    page=1,
                    box=Box(0.1, 0.1, 0.4, 0.12),
                    review=("low_confidence",) if is_doubted else (),
                ),
                date=Field[dt.date](value=day, raw=format_date(day), confidence=0.99, page=1),
                issuer=Field[str](value=office, raw=office, confidence=0.99, page=1),
                subject=Field[str](value=subject, raw=to_thai(subject), confidence=0.99, page=1),
                references=references,
            ),
        ),
    )


def _refer(number: int) -> Reference:
    value, office, day = _invent_heading(number)
    return Reference(
        title=Field[str](value=f"หนังสือ{office}", raw=f"หนังสือ{office}", confidence=0.99, page=1),
        number=NumberField(value=value, raw=to_thai(value), confidence=0.99, page=1),
        date=Field[dt.date](value=day, raw=format_date(day), confidence=0.99, page=1),
    )


def fill(archive: Archive, letters: int) -> None:
    """Put letters into an archive that has none, many at a time: to tables what `store.decisions.put_record` writes."""
    chance = random.Random(SEED)  # noqa: S311 - invented letters
    for first in range(0, letters, _BATCH):
        documents = [invent_letter(number, chance) for number in range(first, min(first + _BATCH, letters))]
        with archive.writing() as connection:
            _put_all(connection, documents, first)
        print(f"{first + len(documents)} letters", flush=True)


def _put_all(connection: Connection, documents: list[Document], first: int) -> None:
    """Insert the rows of new documents, a table at a time."""
    rows: dict[str, list[dict[str, Any]]] = {
        name: [] for name in ("documents", "names", "digests", "letters", "doubts")
    }
    passages: list[dict[str, Any]] = []
    for number, document in enumerate(documents, first):
        sha, record = document.source.sha256, document.model_dump_json()
        moment = (dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=number)).isoformat()
        rows["documents"].append(
            {
                "sha256": sha, "name": document.source.name, "media_type": document.source.media_type, "pages": 1,
                "status": document.status.value, "annexes": 0, "imported_at": moment, "engine": "bench",
                "record": record, "index_version": schema.INDEX_VERSION,
            }
        )  # fmt: skip
        rows["names"].append({"sha256": sha, "name": document.source.name, "first_seen": moment})
        rows["digests"].append({"document": sha, "sha256": hashlib.sha256(record.encode()).hexdigest()})
        [letter] = document.letters
        rows["letters"].append(
            {
                "document": sha, "idx": 0, "kind": letter.kind.value, "number": letter.number.value,
                "date": letter.date.value, "subject": letter.subject.value, "issuer": letter.issuer.value,
            }
        )  # fmt: skip
        rows["doubts"] += [
            {"document": sha, "target": each.target, "code": each.codes[0], "weight": each.weight, "later": False}
            for each in find_doubts(document)
        ]
        passages += _list_passages(document, letter, 2 * number)
    tables = (schema.documents, schema.document_names, schema.record_digests, schema.letters, schema.doubts)
    for table, found in zip(tables, rows.values(), strict=True):
        connection.execute(insert(table), found)
    connection.execute(insert(schema.passages), passages)
    for passage in passages:
        trigram_index.add(connection, passage["id"], passage["loose"])
        pair_index.add(connection, passage["id"], passage["loose"])
    for document in documents:
        record_tables.put(connection, document)


def _list_passages(document: Document, letter: Letter, first: int) -> Iterator[dict[str, Any]]:
    """Yield the values and the page as search keeps them.

    The invented text is in its normal form already: putting it into that form is most of the work of filling, and none
    of what is measured here.
    """
    values = "\n".join(
        str(text)
        for text in (
            letter.number.value,
            letter.issuer.value,
            letter.subject.value,
            *(value for each in letter.references for value in (each.title.value, each.number.value)),
        )
    )
    day = letter.date.value or _FIRST_DAY
    for page, text in ((0, values), (1, document.text)):
        form = _compact(text)
        yield {
            "id": first + page + 1, "document": document.source.sha256, "page": page, "text": text, "form": form,
            "loose": loosen(form), "kind": letter.kind.value, "year": day.year + BUDDHIST_OFFSET,
            "urgency": letter.urgency.value, "office": _compact(f"{letter.issuer.value} {letter.number.value}"),
        }  # fmt: skip


def _compact(text: str) -> str:
    return "".join(to_arabic(text).lower().split())
