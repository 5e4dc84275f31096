"""An invented letter with its annex, true to the register, as the text of a file; and what can be put wrong in it."""

import datetime as dt
import random
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from core.settings import Settings
from gazetteer.register import load
from ingest.page_reader import PageReading
from ingest.sources.plain_text import read_pages
from models.document import Document, SourceDocument
from models.register import Body
from pipeline.reading import assemble
from thai.dates import WEEKDAYS, format_date
from thai.numerals import to_thai

AS_OF = dt.date(2021, 4, 16)
REMARKS = (
    "ยังไม่บันทึกข้อมูล",
    "บันทึกข้อมูลไม่ครบถ้วน (บันทึกข้อมูลแค่ปี ๒๕๖๓)",
    "บันทึกข้อมูลไม่ครบถ้วน (บันทึกข้อมูลแค่ปี ๒๕๖๒-๒๕๖๓)",
)


@dataclass(frozen=True)
class Line:
    """One row of the annex; the marks and the remark are as printed."""

    sequence: int
    district: str
    label: str
    done: str
    left: str
    remark: str

    def text(self) -> str:
        return "\t".join((to_thai(str(self.sequence)), self.district, self.label, self.done, self.left, self.remark))


@dataclass(frozen=True)
class Paper:
    """A letter of a province that sends an annex of its bodies; every part may be put wrong with `replace`."""

    province: str
    code: str
    lines: tuple[Line, ...]
    totals: tuple[int, int]
    number: str = "๐๐๒๓.๓/ว ๑๗๗"
    date: str = "๒๙ เมษายน ๒๕๖๔"
    reference_date: str = "๗ ตุลาคม ๒๕๖๓"
    deadline: dt.date = dt.date(2021, 5, 7)
    weekday: str = ""
    as_of: dt.date = AS_OF
    body_count: int | None = None
    closing: str = "ขอแสดงความนับถือ"
    signer: str = "นายสมมุติ ตัวอย่างดี"
    changed: dict[str, str] = field(default_factory=dict)

    def text(self) -> str:
        weekday = self.weekday or WEEKDAYS[self.deadline.weekday()]
        count = len(self.lines) if self.body_count is None else self.body_count
        parts = [
            "ด่วนมาก",
            f"ที่ {self.code} {self.number}",
            "",
            f"ศาลากลางจังหวัด{self.province}",
            f"ถนนตัวอย่าง {self.code}",
            "",
            self.date,
            "",
            "เรื่อง การบันทึกข้อมูลขององค์กรปกครองส่วนท้องถิ่น",
            "",
            "เรียน นายอำเภอทุกอำเภอ",
            "",
            f"อ้างถึง หนังสือจังหวัด{self.province} ที่ {self.code} ๐๐๒๓.๓/ว ๘๕๓ ลงวันที่ {self.reference_date}",
            "",
            f"ตามหนังสือที่อ้างถึง ขอให้องค์กรปกครองส่วนท้องถิ่นทั้งหมด {to_thai(str(count))} แห่ง บันทึกข้อมูลให้แล้วเสร็จ",
            f"ภายในวัน{weekday}ที่ {format_date(self.deadline)} รายละเอียดปรากฏตามบัญชีท้ายหนังสือนี้",
            "",
            "จึงเรียนมาเพื่อทราบและดำเนินการ",
            "",
            self.closing,
            "",
            f"({self.signer})",
            f"ผู้ว่าราชการจังหวัด{self.province}",
            "",
            "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด",
            "โทร. ๐ ๒๐๐๐ ๐๐๐๐",
            "\f",
            "สถานะการบันทึกข้อมูลขององค์กรปกครองส่วนท้องถิ่น",
            f"จังหวัด{self.province}",
            "",
            "ลำดับ\tอำเภอ\tอปท.\tบันทึกข้อมูลเรียบร้อยแล้ว (แห่ง)\tยังไม่บันทึกข้อมูล (แห่ง)\tหมายเหตุ",
            *(line.text() for line in self.lines),
            f"รวมทั้งสิ้น\t\t\t{to_thai(str(self.totals[0]))}\t{to_thai(str(self.totals[1]))}\t",
            "",
            f"ข้อมูล ณ วันที่ {format_date(self.as_of)}",
            "หมายเหตุ : กรอกตั้งแต่ก่อนปี ๒๕๓๘ ถึงปี ๒๕๖๓",
        ]
        text = "\n".join(parts)
        for right, wrong in self.changed.items():
            assert right in text, right
            text = text.replace(right, wrong, 1)
        return text

    def with_line(self, at: int, **changes: Any) -> "Paper":
        """Return the paper with one row changed."""
        lines = list(self.lines)
        lines[at] = replace(lines[at], **changes)
        return replace(self, lines=tuple(lines))

    def read(self, folder: Path) -> Document:
        """Return what the program makes of it."""
        path = folder / "paper.txt"
        path.write_text(self.text(), "utf-8")
        settings = Settings()
        pages = read_pages(path, settings.limits)
        source = SourceDocument(name="paper.txt", sha256="9" * 64, media_type="text/plain", pages=len(pages))
        return assemble(source, [PageReading(page=page) for page in pages], settings)


def build_paper(province: str, seed: int = 0, year: int = AS_OF.year) -> Paper:
    """Return a paper without fault of all bodies that a province had in a year, some of them done."""
    chance = random.Random(f"{province}{seed}{year}")  # noqa: S311 - an invented paper
    register = load()
    as_of = AS_OF.replace(year=year)
    bodies = _in_order(register.find_bodies(province, as_of))
    lines = []
    for n, body in enumerate(bodies, start=1):
        done = chance.random() < 0.4
        remark = "" if done else chance.choice(REMARKS)
        lines.append(Line(n, body.district, body.label, "✓" if done else "", "" if done else "✗", remark))
    done_count = sum(bool(line.done) for line in lines)
    code = next(code for code, owners in register.letter_codes.items() if any(o.name == province for o in owners))
    return Paper(
        province,
        code,
        tuple(lines),
        (done_count, len(lines) - done_count),
        date=format_date(dt.date(year, 4, 29)),
        reference_date=format_date(dt.date(year - 1, 10, 7)),
        deadline=dt.date(year, 5, 7),
        as_of=as_of,
    )


def _in_order(bodies: tuple[Body, ...]) -> list[Body]:
    """Return bodies as annexes list them: by district, the capital's first, and within it by kind."""
    kinds = ["อบจ.", "ทน.", "ทม.", "ทต.", "อบต.", "พิเศษ"]
    districts = list(dict.fromkeys(body.district for body in bodies))
    districts.sort(key=lambda name: not name.startswith("เมือง"))
    return sorted(bodies, key=lambda body: (districts.index(body.district), kinds.index(body.kind.value)))
