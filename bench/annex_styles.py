"""Ten annexes in styles that the parser was not written for, as PDF and pictures: rows right, flagged, silently wrong.

    python bench/annex_styles.py                          all ten, text layer and pictures of 200 dpi
    python bench/annex_styles.py --styles words,boxes --forms pdf --rows 20 --keep FOLDER

The bodies are those of the register, the figures invented; the pages are set by Typst in the Thai faces of TLWG
(package fonts-tlwg), of which none sets a fixture. A row is *right* when sequence, district, kind, name, status and
every figure are; *flagged* when it is wrong and asks for review; *silent* when it is wrong, lost or invented and
nothing says so. `asks` counts rows that are right and ask all the same.
"""

import argparse
import io
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parent.parent))

import numpy as np
import typst
from PIL import Image

from core.settings import Settings
from gazetteer.register import load
from models.annex import ColumnKind, Row
from models.document import Document
from pipeline.reading import build_recognizer, read_document

DPI: Final = 200
"""Resolution of the pictures, dots an inch: what offices scan at."""
_NUMERIC: Final = (ColumnKind.COUNT, ColumnKind.AMOUNT, ColumnKind.PERCENT)
_THAI: Final = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@dataclass(frozen=True, slots=True)
class StyledRow:
    """One row as it is meant: the truth.

    Attributes:
        done: Whether what is asked was done; None in an annex of figures.
        figures: Its numbers, left to right.
    """

    sequence: int
    district: str
    kind: str
    name: str
    done: bool | None = None
    figures: tuple[float, ...] = ()

    @property
    def body(self) -> str:
        """The body as offices write it."""
        return f"{self.kind}{self.name}"


@dataclass(frozen=True, slots=True)
class Style:
    """How an annex is set.

    Attributes:
        province, face: Of what, and in which face.
        headers: Cells of the header as Typst.
        columns: Widths as Typst.
        cells: The cells of a row as Typst.
        options: Further arguments of the table: rules, fills.
        figures: How many numbers a row has; 0 where it has a status.
        page: Arguments of the page.
        thai: Whether numbers are in Thai digits.
        body: Makes the rows, where there is more than one after the other.
    """

    province: str
    face: str
    headers: str
    columns: str
    cells: Callable[[StyledRow], Sequence[str]]
    options: str = "stroke: 0.5pt"
    figures: int = 0
    page: str = ""
    thai: bool = False
    body: "Callable[[Style, Sequence[StyledRow]], str] | None" = None


def _content(*texts: str) -> str:
    return ", ".join(f"[{text}]" for text in texts)


def _plain(style: Style, rows: Sequence[StyledRow]) -> str:
    return ",\n".join(_content(*style.cells(row)) for row in rows)


def _with_foot(style: Style, rows: Sequence[StyledRow]) -> str:
    """Return rows and the grand total of the two columns named by states."""
    done = sum(bool(row.done) for row in rows)
    foot = f"table.cell(colspan: 3)[รวม], [{done}], [{len(rows) - done}], []"
    return f"{_plain(style, rows)},\n{foot}"


def _merged(style: Style, rows: Sequence[StyledRow]) -> str:
    """Return rows with one cell for the district over all of its rows."""
    lines = []
    for district, group in groupby(rows, key=lambda row: row.district):
        own = list(group)
        for index, row in enumerate(own):
            first, _, *rest = style.cells(row)
            cell = [f"table.cell(rowspan: {len(own)}, breakable: false)[{district}]"] if index == 0 else []
            lines.append(", ".join([f"[{first}]", *cell, _content(*rest)]))
    return ",\n".join(lines)


def _subtotaled(style: Style, rows: Sequence[StyledRow]) -> str:
    """Return rows with the sum of each district below them, and of all below that."""
    lines = []
    for district, group in groupby(rows, key=lambda row: row.district):
        own = list(group)
        lines.append(_plain(style, own))
        lines.append(f"[], table.cell(colspan: 2)[รวมอำเภอ{district}], [{_amount(_sum(own))}], []")
    lines.append(f"[], table.cell(colspan: 2)[รวมทั้งสิ้น], [{_amount(_sum(rows))}], []")
    return ",\n".join(lines)


def _sectioned(style: Style, rows: Sequence[StyledRow]) -> str:
    """Return rows under the names of their districts."""
    lines = []
    for district, group in groupby(rows, key=lambda row: row.district):
        lines += [f"table.cell(colspan: 4)[อำเภอ{district}]", _plain(style, list(group))]
    return ",\n".join(lines)


def _sum(rows: Sequence[StyledRow]) -> float:
    return sum(row.figures[0] for row in rows)


def _amount(value: float) -> str:
    return f"{value:,.2f}"


def _mark(row: StyledRow, done: str, undone: str) -> str:
    return done if row.done else undone


_LONG_REMARK: Final = "อยู่ระหว่างการจัดเตรียมเอกสารประกอบและจะจัดส่งภายในกำหนดตามที่ได้รับแจ้งจากสำนักงานส่งเสริมการปกครองท้องถิ่น"
_HEADER_RULE: Final = "stroke: (x, y) => if y == 0 { (bottom: 1pt) }"

STYLES: Final = {
    "states": Style(
        "ภูเก็ต",
        "Loma",
        "table.cell(rowspan: 2)[ลำดับที่], table.cell(rowspan: 2)[อำเภอ], table.cell(rowspan: 2)[ชื่อ อปท.], "
        "table.cell(colspan: 2)[ผลการรายงาน], table.cell(rowspan: 2)[หมายเหตุ], [ดำเนินการแล้ว], [ยังไม่ดำเนินการ]",
        "(1.4cm, 2.8cm, 4.4cm, 2.6cm, 2.8cm, 2cm)",
        lambda row: (str(row.sequence), row.district, row.body, _mark(row, "✓", ""), _mark(row, "", "✓"), ""),
        body=_with_foot,
    ),
    "words": Style(
        "ระนอง",
        "Garuda",
        _content("ที่", "อำเภอ", "หน่วยงาน", "สถานะการจัดส่ง"),
        "(1.2cm, 4cm, 5cm, 4cm)",
        lambda row: (str(row.sequence), row.district, row.body, _mark(row, "จัดส่งแล้ว", "ยังไม่จัดส่ง")),
        options="stroke: none, fill: (_, y) => if y == 0 { luma(150) } else if calc.even(y) { luma(230) }",
    ),
    "boxes": Style(
        "สมุทรสงคราม",
        "Norasi",
        _content("ลำดับ", "อำเภอ", "อปท.", "ส่งรายงานแล้ว", "หมายเหตุ"),
        "(1.4cm, 3.6cm, 5cm, 3cm, 3cm)",
        lambda row: (str(row.sequence), row.district, row.body, _mark(row, "☑", "☐"), ""),
    ),
    "discs": Style(
        "สมุทรสาคร",
        "Kinnari",
        _content("ลำดับ", "อำเภอ", "ชื่อองค์กรปกครองส่วนท้องถิ่น", "การดำเนินการ"),
        "(1.5cm, 4cm, 6cm, 3cm)",
        lambda row: (str(row.sequence), row.district, row.body, _mark(row, "●", "○")),
        options=_HEADER_RULE,
    ),
    "have": Style(
        "สิงห์บุรี",
        "Umpush",
        _content("ลำดับ", "อำเภอ", "อปท.", "แผนพัฒนาท้องถิ่น", "หมายเหตุ"),
        "(2cm, 5cm, 7cm, 5cm, 5cm)",
        lambda row: (str(row.sequence), row.district, row.body, _mark(row, "มี", "ไม่มี"), ""),
        page="flipped: true, ",
    ),
    "whole": Style(
        "สตูล",
        "Waree",
        _content("ลำดับ", "อำเภอ", "อปท.", "ความครบถ้วนของข้อมูล"),
        "(1.6cm, 3.6cm, 5.4cm, 4cm)",
        lambda row: (str(row.sequence), row.district, row.body, _mark(row, "ครบถ้วน", "ไม่ครบถ้วน")),
        body=_merged,
    ),
    "percents": Style(
        "ตราด",
        "Sawasdee",
        _content("ลำดับ", "อำเภอ", "อปท.", "จำนวนครัวเรือน", "สำรวจแล้ว", "ร้อยละ"),
        "(1.5cm, 3.4cm, 4.6cm, 2.6cm, 2.4cm, 2cm)",
        lambda row: (
            str(row.sequence),
            row.district,
            row.body,
            f"{row.figures[0]:,.0f}",
            f"{row.figures[1]:,.0f}",
            f"{row.figures[2]:.2f}",
        ),
        figures=3,
        options="stroke: 0.4pt, fill: (_, y) => if y == 0 { luma(210) }",
    ),
    "amounts": Style(
        "นนทบุรี",
        "Laksaman",
        _content("ลำดับ", "อำเภอ", "อปท.", "จำนวนเงิน (บาท)", "หมายเหตุ"),
        "(1.4cm, 3.4cm, 5cm, 3.6cm, 2.4cm)",
        lambda row: (str(row.sequence), row.district, row.body, _amount(row.figures[0]), ""),
        figures=1,
        body=_subtotaled,
    ),
    "thai": Style(
        "นครนายก",
        "Purisa",
        _content("ลำดับ", "ชื่อ อปท.", "การรายงาน", "หมายเหตุ"),
        "(1.6cm, 5cm, 2.8cm, 6cm)",
        lambda row: (
            str(row.sequence).translate(_THAI),
            row.body,
            _mark(row, "/", "-"),
            _mark(row, "", _LONG_REMARK if row.sequence % 5 == 0 else ""),
        ),
        thai=True,
        body=_sectioned,
    ),
    "none": Style(
        "แม่ฮ่องสอน",
        "Tlwg Typo",
        _content("ลำดับ", "อำเภอ", "อปท.", "ผลการประเมิน"),
        "(1.6cm, 3.6cm, 5.4cm, 3.4cm)",
        lambda row: (str(row.sequence), row.district, row.body, _mark(row, "ผ่าน", "ไม่ผ่าน")),
        options="stroke: none",
    ),
}


def compose(name: str, most: int) -> tuple[list[StyledRow], bytes]:
    """Return the rows of the annex of a style and its Typst source."""
    style = STYLES[name]
    random = np.random.default_rng(list(STYLES).index(name))
    found = [b for b in load().bodies if b.province == style.province and b.valid_to is None]
    bodies = sorted(found, key=lambda body: (body.district, body.kind.value, body.name))[:most]
    rows = []
    for number, body in enumerate(bodies, start=1):
        households = float(random.integers(300, 9000))
        surveyed = float(random.integers(100, int(households)))
        amount = float(random.integers(10, 900) * 1000)
        figures = {0: (), 1: (amount,), 3: (households, surveyed, round(100 * surveyed / households, 2))}[style.figures]
        done = None if style.figures else bool(random.random() < 0.6)
        rows.append(StyledRow(number, body.district, body.kind.value, body.name, done, figures))
    day = "ข้อมูล ณ วันที่ 30 กันยายน 2567"
    source = f"""
#set page(paper: "a4", {style.page}margin: 1.8cm)
#set text(font: ("{style.face}", "DejaVu Sans"), size: 12pt, lang: "th")
#align(center)[บัญชีสรุปผลการดำเนินงานขององค์กรปกครองส่วนท้องถิ่น \\ จังหวัด{style.province}]
#align(center, table(columns: {style.columns}, align: horizon, {style.options},
table.header({style.headers}),
{(style.body or _plain)(style, rows)}))
{day.translate(_THAI) if style.thai else day}
"""
    return rows, source.encode()


def render(source: bytes, form: str, file: Path) -> Path:
    """Write an annex as a PDF with its text, or as a TIFF of pictures, and return its path."""
    if form == "pdf":
        path = file.with_suffix(".pdf")
        path.write_bytes(typst.compile(source, format="pdf"))
        return path
    made = typst.compile(source, format="png", ppi=DPI)
    pages = [Image.open(io.BytesIO(page)).convert("L") for page in (made if isinstance(made, list) else [made])]
    path = file.with_suffix(".tif")
    pages[0].save(path, save_all=True, append_images=pages[1:], dpi=(DPI, DPI), compression="tiff_deflate")
    return path


def judge(rows: Sequence[StyledRow], document: Document) -> Iterator[tuple[str, str]]:
    """Yield `right`, `asks`, `flagged` or `silent` for each row that was printed or read, and what is wrong with it."""
    got = [(row, _figures(row, annex.columns)) for annex in document.annexes for row in annex.rows]
    gap = any(issue.code == "annex.sequence_gap" for issue in document.issues)
    names = [(row.body.value.kind.value, row.body.value.name) if row.body.value else ("", "") for row, _ in got]
    wanted = [(row.kind, row.name) for row in rows]
    for tag, a0, a1, b0, b1 in SequenceMatcher(a=wanted, b=names, autojunk=False).get_opcodes():
        pairs = a1 - a0 if tag == "equal" else min(a1 - a0, b1 - b0)
        for offset in range(pairs):
            yield _judge_row(rows[a0 + offset], *got[b0 + offset])
        for row in rows[a0 + pairs : a1]:
            left = any(row.name in part.text for part in document.unaccounted)
            unread = gap or left or not document.annexes
            yield "flagged" if unread and document.status.value != "ok" else "silent", f"row {row.sequence} lost"
        for extra, _ in got[b0 + pairs : b1]:
            yield "flagged" if extra.review else "silent", f"row invented: {extra.body.raw}"


def _figures(row: Row, columns: Sequence[object]) -> tuple[float, ...]:
    kinds = {getattr(column, "key", ""): getattr(column, "kind", None) for column in columns}
    cells = [cell.value for key, cell in row.cells.items() if kinds.get(key) in _NUMERIC]
    return tuple(float(value) for value in cells if isinstance(value, int | float))


def _judge_row(meant: StyledRow, row: Row, figures: tuple[float, ...]) -> tuple[str, str]:
    status = {True: "complete", False: "incomplete", None: None}[meant.done]
    value, read = row.body.value, row.status.value.value if row.status.value else None
    pairs = {
        "sequence": (row.sequence.value, meant.sequence),
        "district": (row.district.value, meant.district),
        "body": ((value.kind.value, value.name) if value else None, (meant.kind, meant.name)),
        # Which of the two states that are not done a wording means is the parser's to say.
        "status": ("incomplete" if read == "not_started" else read, status),
        "figures": (figures, meant.figures),
    }
    wrong = [f"{name} {a} ≠ {b}" for name, (a, b) in pairs.items() if a != b]
    if not wrong:
        return "asks" if row.review else "right", f"row {meant.sequence}: {list(row.review)}"
    return "flagged" if row.review else "silent", f"row {meant.sequence}: {'; '.join(wrong)} {list(row.review)}"


def main() -> None:
    """Print a line for each annex and form, and each row that was not read right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--styles", default=",".join(STYLES))
    parser.add_argument("--forms", default="pdf,scan")
    parser.add_argument("--rows", type=int, default=45, help="most rows of an annex")
    parser.add_argument("--keep", type=Path, help="folder to keep the files in")
    parser.add_argument("--verbose", action="store_true", help="say what is wrong with each row")
    arguments = parser.parse_args()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    settings = Settings()
    recognizer = build_recognizer(settings)
    whole = Counter[str]()
    for name in arguments.styles.split(","):
        rows, source = compose(name, arguments.rows)
        for form in arguments.forms.split(","):
            with tempfile.TemporaryDirectory() as scratch:
                file = render(source, form, (arguments.keep or Path(scratch)) / name)
                verdicts = list(judge(rows, read_document(file, settings, recognizer)))
            score = Counter(verdict for verdict, _ in verdicts)
            whole += score
            print(f"{name} | {form} | {describe(score)}", flush=True)
            for verdict, what in verdicts if arguments.verbose else ():
                if verdict != "right":
                    print(f"  {verdict}: {what}", flush=True)
    print(f"**all** | | {describe(whole)}")


def describe(score: Counter[str]) -> str:
    """Return the shares of a score; what asks and is right is right, too."""
    total = max(score.total(), 1)
    counts = {"right": score["right"] + score["asks"]} | {key: score[key] for key in ("asks", "flagged", "silent")}
    return " | ".join(f"{name} {count} ({100 * count / total:.1f} %)" for name, count in counts.items())


if __name__ == "__main__":
    main()
