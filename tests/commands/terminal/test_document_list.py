"""The list of documents: one line each at 80 and 120 columns, in the order asked for."""

import datetime as dt
import sys

import pytest
from rich.cells import cell_len
from rich.console import Console

from commands.terminal.document_list import documents_table
from models.document import DocumentStatus
from models.summary import DocumentSummary

SUBJECT = "การบันทึกข้อมูลการจัดทำความตกลงความร่วมมือระหว่างประเทศขององค์กรปกครองส่วนท้องถิ่นในระบบข้อมูลกลาง"


def summary(number, name, status, date):
    return DocumentSummary(
        sha256=f"{number}" * 64,
        name=name,
        media_type="application/pdf",
        pages=4,
        status=status,
        imported_at=dt.datetime(2021, 1, number, tzinfo=dt.UTC),
        engine="x",
        letters=1,
        annexes=1,
        number=f"มท 0810.2/ว {number}",
        date=date,
        subject=SUBJECT,
    )


FOUND = [
    summary(1, "b.pdf", DocumentStatus.OK, dt.date(2021, 4, 29)),
    summary(2, "ชื่อไฟล์ที่ยาวมากสำหรับเทอร์มินัล.pdf", DocumentStatus.PARTIAL, None),
    summary(3, "a.pdf", DocumentStatus.NEEDS_REVIEW, dt.date(2020, 1, 1)),
]


@pytest.mark.parametrize("width", [80, 120, 200])
@pytest.mark.parametrize("language", ["th", "en"])
def test_a_document_takes_one_line(width, language, capsys, monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    Console(width=width, highlight=False, color_system=None).print(documents_table(FOUND, language, width))
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1 + len(FOUND)
    assert max(map(cell_len, lines)) <= width
    assert all(line.rstrip().endswith("…") for line in lines[1:]) or width == 200
