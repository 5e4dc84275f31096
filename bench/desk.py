"""How fast the desk is over a large archive of invented letters.

    python -m bench.desk FOLDER --letters 100000     # makes the archive, where it is not there, and measures

Prints the median and the 95th percentile of each page's time within this process (no network), of searches, of a
decision, and the memory of the process. The letters are one text with other numbers, dates, offices and subjects.
"""

import argparse
import datetime as dt
import hashlib
import random
import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from fastapi.testclient import TestClient

from core.settings import Settings
from gazetteer.register import load
from models.decision import Answer
from models.document import Document, DocumentStatus, Page, SourceDocument
from models.field import Box, Field
from models.letter import Letter, LetterKind, NumberField
from pipeline.deciding import decide, make_decision
from pipeline.searching import search_archive
from store import inbox, search
from store.archive import Archive
from store.decisions import put_record
from store.search import Query
from thai.dates import format_date
from thai.numerals import to_arabic, to_thai
from web.app import create_app

_SEED = 20261129
_BATCH = 2_000
_OFFICES = [
    ("มท", "0810.2", "กรมส่งเสริมการปกครองท้องถิ่น"),
    ("อต", "0023.3", "จังหวัดอุตรดิตถ์"),
    ("กค", "0405.2", "กรมบัญชีกลาง"),
]
_SUBJECTS = ("การบันทึกข้อมูลความตกลงระหว่างประเทศ", "ซักซ้อมแนวทางการจัดทำแผนพัฒนาท้องถิ่น", "การจัดสรรเงินอุดหนุน", "ขอเชิญประชุม")
_TEXT = """ตามที่ ได้ขอให้ องค์กรปกครองส่วนท้องถิ่น บันทึกข้อมูล ลงในระบบ ให้ครบถ้วน และเป็นปัจจุบัน โดยเคร่งครัด นั้น
จังหวัด พิจารณาแล้ว เห็นว่า การดำเนินการ ตามระเบียบ กระทรวงมหาดไทย ว่าด้วย วิธีการงบประมาณ จำเป็นต้อง เร่งรัด ติดตาม
ประเมินผล จึงขอให้ อำเภอ แจ้ง เทศบาล และ องค์การบริหารส่วนตำบล ทราบ และถือปฏิบัติ ภายในวันที่ กำหนด พร้อมทั้ง รายงานผล"""


def letter(number: int, chance: random.Random) -> Document:
    """Return an invented letter; two of five have doubts."""
    prefix, unit, office = chance.choice(_OFFICES)
    running = chance.randrange(1, 9999)
    day = dt.date(2015, 1, 1) + dt.timedelta(days=chance.randrange(4000))
    subject = f"{chance.choice(_SUBJECTS)} ครั้งที่ {number}"
    value = f"{prefix} {unit}/ว {running}"
    doubted = chance.random() < 0.4
    body = " ".join(chance.choices(_TEXT.split(), k=160))
    text = to_thai(f"ที่ {value}\n{office}\n{format_date(day)}\nเรื่อง {subject}\n{body}")
    sha = hashlib.sha256(str(number).encode()).hexdigest()
    place = Box(0.1, 0.1, 0.4, 0.12)
    return Document(
        source=SourceDocument(name=f"หนังสือ-{number:06}.pdf", sha256=sha, media_type="application/pdf", pages=1),
        status=DocumentStatus.NEEDS_REVIEW if doubted else DocumentStatus.OK,
        text=text,
        pages=(Page(number=1, text=text, engine="bench"),),
        letters=(
            Letter(
                kind=LetterKind.EXTERNAL_LETTER,
                pages=(1,),
                number=NumberField(
                    value=value,
                    raw=to_thai(value),
                    confidence=0.6 if doubted else 0.99,
                    page=1,
                    box=place,
                    review=("low_confidence",) if doubted else (),
                ),
                date=Field[dt.date](value=day, raw=format_date(day), confidence=0.99, page=1),
                issuer=Field[str](value=office, raw=office, confidence=0.99, page=1),
                subject=Field[str](value=subject, raw=to_thai(subject), confidence=0.99, page=1),
            ),
        ),
    )


def fill(archive: Archive, letters: int) -> None:
    """Put letters into an archive that has none, many in one transaction.

    The invented text is in its normal form already, so that it is compared as it is: putting it into that form is most
    of the work of filling, and none of what is measured here.
    """
    chance = random.Random(_SEED)  # noqa: S311 - invented letters
    normal = search.compact
    search.compact = lambda words: "".join(to_arabic(words).lower().split())
    try:
        for first in range(0, letters, _BATCH):
            with archive.writing() as connection:
                for number in range(first, min(first + _BATCH, letters)):
                    put_record(connection, letter(number, chance), "bench")
            print(f"{min(first + _BATCH, letters)} letters", flush=True)
    finally:
        search.compact = normal


def measure(name: str, work: Callable[[], object], times: int) -> None:
    """Print the median and 95th percentile of a piece of work, in milliseconds, by the clock and of the processor."""
    clock, processor = [], []
    for _ in range(times):
        began, used = time.perf_counter(), time.process_time()
        work()
        clock.append((time.perf_counter() - began) * 1000)
        processor.append((time.process_time() - used) * 1000)
    slow = sorted(clock)[int(0.95 * (len(clock) - 1))], sorted(processor)[int(0.95 * (len(processor) - 1))]
    print(
        f"{name:<34} clock median {statistics.median(clock):7.1f} p95 {slow[0]:7.1f}   "
        f"processor median {statistics.median(processor):7.1f} p95 {slow[1]:7.1f} ms",
        flush=True,
    )


def main() -> None:
    """Make the archive and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--letters", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=20)
    asked = parser.parse_args()
    settings = Settings(archive=asked.folder)
    with Archive.open(asked.folder) as archive:
        with archive.reading() as connection:
            is_empty = not inbox.list_documents(connection, most=1)
        if is_empty:
            fill(archive, asked.letters)
        began = time.perf_counter()
        client = TestClient(create_app(archive, settings, "bench"), base_url="http://127.0.0.1")
        print(f"start {time.perf_counter() - began:.2f} s")
        chance = random.Random(_SEED + 1)  # noqa: S311
        shas = [hashlib.sha256(str(chance.randrange(asked.letters)).encode()).hexdigest() for _ in range(asked.times)]
        for path in (
            "/",
            "/documents",
            "/documents?status=needs_review&page=40",
            "/documents?code=low_confidence",
            "/desk",
        ):
            measure(f"GET {path}", lambda path=path: client.get(path).raise_for_status(), asked.times)  # type: ignore[misc]
        turns = iter(shas)
        measure("GET /documents/…", lambda: client.get(f"/documents/{next(turns)}").raise_for_status(), asked.times)
        for text, loose in (
            ("ความตกลงระหว่างประเทศ", False), ("ว 4821", False), ("งบประมาน", False), ("งบประมาณ", True), ("มท", False),
            ("ครั้งที่ 77777", False), ("ไม่มีคำนี้เลย", False), ("ฮฮ", False), ("ติดตาม ฮฮ", False),
        ):  # fmt: skip
            measure(
                f"search {text} {'loose' if loose else ''}",
                lambda text=text, loose=loose: search_archive(archive, Query(text=text, loose=loose), 20),  # type: ignore[misc]
                asked.times,
            )
        measure(
            "search by year and office", lambda: search_archive(archive, Query(year=2560, office="กค"), 20), asked.times
        )
        again = iter(shas)
        measure("decision", lambda: _decide(archive, next(again), settings), asked.times)
    print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    print(f"archive {sum(each.stat().st_size for each in asked.folder.rglob('*') if each.is_file()) / 1e6:.0f} MB")


def _decide(archive: Archive, sha: str, settings: Settings) -> None:
    document = archive.document(sha)
    assert document is not None  # noqa: S101 - it was put there
    decision = make_decision(document, "letters[0].number", Answer.CONFIRMED, load())
    decide(archive, sha, [decision], "bench", settings)


if __name__ == "__main__":
    main()
