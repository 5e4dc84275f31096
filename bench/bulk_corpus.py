"""Many small documents, varied by number, for `bench/bulk.py`: a tenth of them broken or hostile.

The mix is that of an office's share, with the cheap kinds first, so that thousands can be read on a small machine. The
same number gives the same bytes.
"""

import io
import itertools
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np
import pikepdf
from openpyxl import Workbook
from PIL import Image

from bench.planted_pages import FIXTURES

_BODIES: Final = ("อบจ.อุตรดิตถ์", "ทม.อุตรดิตถ์", "ทต.คุ้งตะเภา", "ทต.น้ำริด", "ทต.วังกะพี้", "อบต.งิ้วงาม", "อบต.ป่าเซ่า")
_MONTHS: Final = ("มกราคม", "มีนาคม", "พฤษภาคม", "กรกฎาคม", "สิงหาคม", "ตุลาคม")
_SUBJECTS: Final = ("การบันทึกข้อมูลในระบบสารสนเทศ", "การประชุมเชิงปฏิบัติการ", "การจัดทำแผนพัฒนาท้องถิ่น", "ซักซ้อมแนวทางปฏิบัติ")
_THAI: Final = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_ZIP_DAY: Final = (2021, 4, 26, 0, 0, 0)
"""Day of the members of ZIP files: any, but always the same."""
_FAULTS_EVERY: Final = 10
"""One in so many documents is broken or hostile."""
_CYCLE: Final = ("text", "sheet", "table", "pages", "pdf", "pages", "sheet", "text", "table", "pdf", "text", "scan")
"""Kinds of the sound documents, in turn: a few of them have pages that must be recognized."""


def write_corpus(folder: Path, count: int, *, scans: bool = True) -> list[Path]:
    """Write documents into a folder, in ten folders of it, and return their paths.

    Args:
        folder: Where they go; what is there already stays.
        count: How many.
        scans: Whether some are pictures; without, all are cheap.
    """
    kinds = itertools.cycle(_CYCLE if scans else [kind for kind in _CYCLE if kind not in ("pdf", "scan")])
    faults = itertools.cycle(_FAULTS)
    paths = []
    for number in range(count):
        is_fault = number % _FAULTS_EVERY == _FAULTS_EVERY - 1
        kind = next(faults) if is_fault else next(kinds)
        suffix, make = (_FAULTS if is_fault else _SOUND)[kind]
        path = folder / f"{number % 10}" / f"{number:06d}-{kind}{suffix}"
        paths.append(path)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(make(number))
    return paths


def _letter(number: int, page: int = 0) -> str:
    chance = random.Random(1_000 * number + page)  # noqa: S311
    day = f"{chance.randint(1, 28)} {chance.choice(_MONTHS)} {chance.randint(2560, 2566)}"
    rows = "\n".join(f"{order}. ข้อความตอนที่ {chance.randint(1, 999)} ของหนังสือ" for order in range(1, 12))
    return (
        f"ที่ มท 0810.{chance.randint(1, 9)}/ว {number + 1}\n\nกรมทดสอบการปกครอง\n\n{day}\n\n"
        f"เรื่อง {chance.choice(_SUBJECTS)}\n\nเรียน ผู้ว่าราชการจังหวัด ทุกจังหวัด\n\n{rows}\n\nขอแสดงความนับถือ\n"
    ).translate(_THAI)


def _text(number: int) -> bytes:
    return _letter(number).encode()


def _pages(number: int) -> bytes:
    return "\f".join(_letter(number, page) for page in range(2 + number % 13)).encode()


def _rows(number: int) -> list[list[str]]:
    chance = random.Random(number)  # noqa: S311
    states = [chance.choice(("ผ่าน", "ไม่ผ่าน")) for _ in _BODIES]
    head = ["ลำดับ", "จังหวัด", "อำเภอ", "ชื่อ อปท.", "ผล", "หมายเหตุ"]
    lines = zip(itertools.count(1), _BODIES, states)
    return [head, *([str(n), "อุตรดิตถ์", "เมืองอุตรดิตถ์", body, state, f"ครั้งที่ {number}"] for n, body, state in lines)]


def _table(number: int) -> bytes:
    return "".join(",".join(row) + "\n" for row in _rows(number)).encode()


def _sheet(number: int) -> bytes:
    book, made, same = Workbook(), io.BytesIO(), io.BytesIO()
    for row in _rows(number):
        book.active.append(row)
    book.save(made)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(same, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in parts.namelist():
            if name != "docProps/core.xml":  # it holds the time
                kept.writestr(zipfile.ZipInfo(name, _ZIP_DAY), parts.read(name))
    return same.getvalue()


def _pdf(number: int) -> bytes:
    sources = sorted((FIXTURES / "shapes").glob("*.pdf"))
    made = io.BytesIO()
    with pikepdf.open(sources[number % len(sources)]) as document:
        document.docinfo["/Title"] = f"variant {number}"
        document.save(made, deterministic_id=True)
    return made.getvalue()


def _scan(number: int) -> bytes:
    sources = [*sorted((FIXTURES / "shapes").glob("*.tif")), FIXTURES / "round1/office-200-page1.png"]
    made, chance = io.BytesIO(), np.random.default_rng(number)
    with Image.open(sources[number % len(sources)]) as opened:
        gray = np.array(opened.convert("L"))
    dust = chance.integers(0, (gray.shape[0], gray.shape[1]), (40, 2))
    gray[dust[:, 0], dust[:, 1]] = 0
    Image.fromarray(gray).save(made, "PNG", dpi=(200, 200))
    return made.getvalue()


def _noise(number: int) -> bytes:
    return random.Random(number).randbytes(2_000)  # noqa: S311


def _cut(make: Callable[[int], bytes]) -> Callable[[int], bytes]:
    def cut(number: int) -> bytes:
        whole = make(number)
        return whole[: len(whole) // 3]

    return cut


def _encrypted(number: int) -> bytes:
    return (FIXTURES / "hostile/encrypted.pdf").read_bytes() + b"%% %d\n" % number


_SOUND: Final[dict[str, tuple[str, Callable[[int], bytes]]]] = {
    "text": (".txt", _text),
    "pages": (".txt", _pages),
    "table": (".csv", _table),
    "sheet": (".xlsx", _sheet),
    "pdf": (".pdf", _pdf),
    "scan": (".png", _scan),
}
_FAULTS: Final[dict[str, tuple[str, Callable[[int], bytes]]]] = {
    "cut-pdf": (".pdf", _cut(_pdf)),
    "cut-sheet": (".xlsx", _cut(_sheet)),
    "noise-text": (".txt", _noise),
    "noise-table": (".csv", _noise),
    "empty": (".pdf", lambda _number: b""),
    "page-of-error": (".pdf", lambda number: f"<!doctype html><title>404</title><p>{number}</p>".encode()),
    "encrypted": (".pdf", _encrypted),
    "cut-scan": (".png", _cut(_scan)),
    "long-line": (".txt", lambda number: f"{number} ".encode() + "ก".encode() * 300_000),
    "not-a-zip": (".zip", lambda number: b"PK\x03\x04 no more %d" % number),
}
