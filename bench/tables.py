"""Rows of ruled annexes read by the whole pipeline against what was printed: right, flagged, silently wrong.

    python bench/tables.py FACES ROUNDS                       every style and wear, six provinces, four faces
    python bench/tables.py FACES ROUNDS --levels office --styles lines,bands --documents 2

The bodies and their districts are real (lpa_2567.csv in ROUNDS; those the register lacks are left out: what becomes of
unknown names is measured elsewhere), the status and remarks invented, the pages drawn by `annex_sheets` in faces that
are never trained on and worn by `pages`. They are synthetic: real scans are harder.

A row is *right* when sequence, district, kind, name, status and remark all are; *flagged* when it is wrong and asks for
review; *silent* when it is wrong, lost or invented and nothing says so.
"""

import argparse
import csv
import os
import sys
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import numpy as np
from PIL import Image

from bench.annex_sheets import STYLES, Body, Page, draw
from bench.pages import worn
from core.settings import Settings
from gazetteer.register import load
from models.annex import Row
from models.document import Document
from pipeline.reading import build_recognizer, read_document
from training import faces

_PROVINCES = ("กระบี่", "ชัยนาท", "ตราด", "น่าน", "ยโสธร", "สตูล")
_FACES = tuple(
    face for face in faces.HELD_OUT if face.file.startswith(("THNiramitAS-R", "Sarabun_", "Trirong_", "IBMPlex"))
)
_LEVELS = ("clean", "office", "poor")
_REMARKS = ("ยังไม่ได้จัดส่ง", "ส่งเอกสารไม่ครบถ้วน", "อยู่ระหว่างตรวจสอบ", "ขาดข้อมูลปี ๒๕๖๖", "ขาดข้อมูลปี ๒๕๖๕-๒๕๖๖")
_FIELDS = ("sequence", "district", "kind", "name", "status", "remark")


def main() -> None:
    """Print a line for each style and wear, and each row that was not read right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("faces", type=Path)
    parser.add_argument("rounds", type=Path)
    parser.add_argument("--levels", default=",".join(_LEVELS))
    parser.add_argument("--styles", default=",".join(STYLES))
    parser.add_argument("--documents", type=int, default=len(_PROVINCES), help="annexes for each style and wear")
    parser.add_argument("--first", type=int, default=0, help="leave out the annexes before this one")
    parser.add_argument("--rows", type=int, default=70, help="most rows of an annex")
    parser.add_argument("--dpi", type=int, default=200)
    parser.add_argument("--keep", type=Path, help="folder to keep the pages in")
    arguments = parser.parse_args()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    settings = Settings()
    for level in arguments.levels.split(","):
        whole = Counter[str]()
        for style in arguments.styles.split(","):
            score = Counter[str]()
            for number in range(arguments.first, arguments.documents):
                sheet = compose(arguments, style, level, number)
                document = _read(sheet, settings, arguments)
                verdicts = list(judge(sheet.bodies, document, with_remark=style != "beside"))
                score.update(verdict for verdict, _ in verdicts)
                for verdict, what in verdicts:
                    if verdict != "right":
                        print(f"  {sheet.name} {verdict}: {what}", flush=True)
            whole += score
            print(f"{level} | {style} | {_line(score)}", flush=True)
        print(f"{level} | **all** | {_line(whole)}", flush=True)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One annex: what is on it, and its worn pages."""

    name: str
    bodies: tuple[Body, ...]
    pages: tuple[Page, ...]


def compose(arguments: argparse.Namespace, style: str, level: str, number: int) -> Sheet:
    """Return annex `number` of a style; faces and signs change from one to the next."""
    random = np.random.default_rng([zlib.crc32(f"{style} {level}".encode()), number])
    province = _PROVINCES[number % len(_PROVINCES)]
    face = _FACES[(number + STYLES.index(style)) % len(_FACES)]
    bodies = _bodies(arguments.rounds, province, arguments.rows, random, with_remarks=style != "beside")
    pages = draw(
        bodies,
        province,
        style,
        folder=arguments.faces,
        face=face,
        dpi=arguments.dpi,
        by_hand=number % 3 == 2,
        header_again=number % 2 == 0,
        random=random,
    )
    name = f"{level}-{style}-{number}-{face.file.split('.')[0]}"
    return Sheet(name, bodies, tuple(worn(page, level, arguments.dpi, random) for page in pages))


def _bodies(
    rounds: Path, province: str, most: int, random: np.random.Generator, *, with_remarks: bool
) -> tuple[Body, ...]:
    """Return bodies of a province, district by district, with invented status."""
    known = {(b.district, b.kind.value, b.name) for b in load().bodies if b.province == province and b.valid_to is None}
    with (rounds / "lpa_2567.csv").open(encoding="utf-8", newline="") as stream:
        keys = [
            (row["district"], row["kind"], row["name"]) for row in csv.DictReader(stream) if row["province"] == province
        ]
    kept = sorted((key for key in keys if key in known), key=lambda key: key[0])[:most]
    bodies = []
    for number, (district, kind, name) in enumerate(kept, start=1):
        done = bool(random.random() < 0.6)
        remark = "" if done or not with_remarks or random.random() < 0.2 else str(random.choice(_REMARKS))
        bodies.append(Body(number, district, kind, name, done, remark))
    return tuple(bodies)


def _read(sheet: Sheet, settings: Settings, arguments: argparse.Namespace) -> Document:
    with tempfile.TemporaryDirectory() as scratch:
        file = save(sheet, arguments.keep or Path(scratch), arguments.dpi)
        return read_document(file, settings, build_recognizer(settings))


def save(sheet: Sheet, folder: Path, dpi: int) -> Path:
    """Write the pages of an annex as one TIFF and return its path."""
    file = folder / f"{sheet.name}.tif"
    first, *rest = [Image.fromarray(page) for page in sheet.pages]
    file.parent.mkdir(parents=True, exist_ok=True)
    first.save(file, save_all=True, append_images=rest, dpi=(dpi, dpi), compression="tiff_deflate")
    return file


def judge(bodies: Sequence[Body], document: Document, *, with_remark: bool = True) -> Iterator[tuple[str, str]]:
    """Return `right`, `flagged` or `silent` for each row that was printed or read, and what is wrong with it."""
    rows = [row for annex in document.annexes for row in annex.rows]
    gap_told = any(issue.code == "annex.sequence_gap" for issue in document.issues)
    wanted = [(body.kind, body.name) for body in bodies]
    got = [(row.body.value.kind.value, row.body.value.name) if row.body.value else ("", "") for row in rows]
    for kind, a0, a1, b0, b1 in SequenceMatcher(a=wanted, b=got, autojunk=False).get_opcodes():
        pairs = min(a1 - a0, b1 - b0)
        for offset in range(a1 - a0 if kind == "equal" else pairs):
            yield _row(bodies[a0 + offset], rows[b0 + offset], with_remark=with_remark)
        if kind == "equal":
            continue
        for body in bodies[a0 + pairs : a1]:
            yield "flagged" if gap_told else "silent", f"row {body.sequence} lost"
        for row in rows[b0 + pairs : b1]:
            yield "flagged" if gap_told or row.review else "silent", f"row invented: {row.body.raw} {row.sequence.raw}"


def _row(body: Body, row: Row, *, with_remark: bool) -> tuple[str, str]:
    not_started = body.remark.startswith("ยังไม่")
    status = "complete" if body.done else "not_started" if not_started else "incomplete"
    right = (body.sequence, body.district, body.kind, body.name, status, body.remark)
    value = row.body.value
    got = (
        row.sequence.value,
        row.district.value,
        value.kind.value if value else None,
        value.name if value else None,
        row.status.value.value if row.status.value else None,
        (row.remark.value or "") if with_remark else "",
    )
    wrong = [f"{name} {a} ≠ {b}" for name, a, b in zip(_FIELDS, got, right, strict=True) if a != b]
    if not wrong:
        return "right", "asks review" if row.review else ""
    return "flagged" if row.review else "silent", f"row {body.sequence}: {'; '.join(wrong)} {list(row.review)}"


def _line(score: Counter[str]) -> str:
    total = max(score.total(), 1)
    return " | ".join(
        f"{name} {score[name]} ({100 * score[name] / total:.2f} %)" for name in ("right", "flagged", "silent")
    )


if __name__ == "__main__":
    main()
