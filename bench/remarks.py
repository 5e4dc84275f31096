"""Remarks as small as annexes print them: how many come out exactly, in each face.

    python bench/remarks.py FACES                    11 points, office wear, 200 dpi; stock `tha` and ours
    python bench/remarks.py FACES --points 12 --levels clean,office,poor

A sheet holds forty remarks, ruled like the column of an annex, in words and years of status annexes. Faces that were
trained on and faces that never were stand in one table. The sheets are synthetic. Spaces are not compared, and nor are
the lengths of dashes.
"""

import argparse
import os
import sys
import tempfile
import zlib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import cv2
import numpy as np
from PIL import Image, ImageDraw

from bench.pages import worn
from bench.recognizer import PEERS, STOCK, bare
from core.settings import Settings
from pipeline.reading import build_recognizer, read_document
from training import faces
from training.faces import Face
from training.lines import KO_POINTS

_ROWS = 40
_FINER = 3
_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_FORMS = (
    "บันทึกข้อมูลไม่ครบถ้วน (บันทึกข้อมูลแค่ปี {})",
    "บันทึกข้อมูลไม่ครบถ้วน (บันทึกข้อมูลแค่ปี {}-{})",
    "ยังไม่บันทึกข้อมูล",
    "ขาดข้อมูลปี {} และ {}",
    "บันทึกแค่ปี {}",
    "อยู่ระหว่างแก้ไขข้อมูลปี {} – {}",
)


def remark(random: np.random.Generator) -> str:
    """Return a remark as status annexes have them, with years of its own."""
    first = int(random.integers(2538, 2570))
    form = str(random.choice(_FORMS))
    return form.format(first, first + int(random.integers(1, 9))).translate(_TO_THAI)


def sheet(remarks: list[str], path: Path, points: float, dpi: int) -> Image.Image:
    """Return a ruled column of numbered remarks on A4."""
    fine = dpi * _FINER
    font = faces.load(path, round(KO_POINTS * points / 16 * fine / 72))
    page = Image.new("L", (round(8.27 * fine), round(11.69 * fine)), 255)
    pen = ImageDraw.Draw(page)
    left, middle, right, pitch = round(1.2 * fine), round(1.8 * fine), round(6.8 * fine), 0.24 * fine
    for number in range(_ROWS + 1):
        y = round(1.0 * fine + number * pitch)
        pen.line((left, y, right, y), fill=0, width=round(0.006 * fine))
        if number < _ROWS:
            for x, text in ((left, str(number + 1).translate(_TO_THAI)), (middle, remarks[number])):
                pen.text((x + 0.08 * fine, y + 0.7 * pitch), text, font=font, fill=0, anchor="ls")
    bottom = round(1.0 * fine + _ROWS * pitch)
    for x in (left, middle, right):
        pen.line((x, round(1.0 * fine), x, bottom), fill=0, width=round(0.006 * fine))
    return page


def exact(face: Face, arguments: argparse.Namespace, level: str, settings: Settings) -> tuple[int, int]:
    """Return how many remarks came out exactly, and of how many."""
    random = np.random.default_rng(zlib.crc32(f"{face.file} {level}".encode()))
    right = 0
    for _ in range(arguments.sheets):
        remarks = [remark(random) for _ in range(_ROWS)]
        drawn = np.asarray(sheet(remarks, arguments.faces / face.file, arguments.points, arguments.dpi))
        size = (drawn.shape[1] // _FINER, drawn.shape[0] // _FINER)
        page = np.asarray(cv2.resize(drawn, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
        with tempfile.TemporaryDirectory() as scratch:
            file = Path(scratch) / "annex.png"
            Image.fromarray(worn(page, level, arguments.dpi, random)).save(file, dpi=(arguments.dpi, arguments.dpi))
            text = read_document(file, settings, build_recognizer(settings)).text
        read = [_dashes(bare(line.split("\t")[-1])) for line in text.splitlines()]
        for each in remarks:
            wanted = _dashes(bare(each))
            if wanted in read:
                read.remove(wanted)
                right += 1
    return right, arguments.sheets * _ROWS


def _dashes(text: str) -> str:
    return text.replace("–", "-")


def main() -> None:
    """Print a line for each model, wear and face."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("faces", type=Path)
    parser.add_argument("--models", default="tha,saraban")
    parser.add_argument("--levels", default="office")
    parser.add_argument("--points", type=float, default=11)
    parser.add_argument("--dpi", type=int, default=200)
    parser.add_argument("--sheets", type=int, default=2, help="of forty remarks, for each face")
    arguments = parser.parse_args()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    print("model | wear | face | never trained on | exact of")
    for name in arguments.models.split(","):
        settings = Settings(recognizer=name, tessdata=STOCK if name in PEERS else None)
        for level in arguments.levels.split(","):
            for face in (*faces.HELD_OUT, *faces.OFFICIAL):
                right, count = exact(face, arguments, level, settings)
                held_out = "yes" if face.held_out else "no"
                print(
                    f"{name} | {level} | {face.file.removesuffix('.ttf')} | {held_out} | {right} of {count}", flush=True
                )


if __name__ == "__main__":
    main()
