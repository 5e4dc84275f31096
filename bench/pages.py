"""Whole letters that no model was trained on: drawn, worn, read and compared, with their number and date.

    python bench/pages.py FACES                        every face and wear, ours and Tesseract's own models
    python bench/pages.py FACES --pages 4 --levels office --models saraban

The letters are invented from the words that training holds out, drawn in held-out faces (and Angsana, which stands
small on its body), and worn by other code than training's. They are synthetic: real scans are harder. Spaces are not
compared. "alone" is one plain Tesseract run over the page; "saraban read" is the whole of our reading.
"""

import argparse
import os
import resource
import sys
import tempfile
import zlib
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from bench.recognizer import PEERS, STOCK, Score, bare, classify_character
from core.settings import Settings
from fixtures import wear
from ingest.recognition.tesseract import find_recognizer, read_files
from pipeline.reading import build_recognizer, read_document
from training import faces
from training.faces import Face
from training.lines import KO_POINTS
from training.wording import MONTHS, Writer, vocabulary

Page = npt.NDArray[np.uint8]
_ANGSANA = next(face for face in faces.OFFICIAL if face.file == "AngsanaNew.ttf")
_SARABUN = next(face for face in faces.OFFICIAL if face.file == "THSarabunNew-Regular.ttf")
FACES = (*(face for face in faces.HELD_OUT if "Bold" not in face.file), _ANGSANA, _SARABUN)
_LEVELS = ("clean", "office", "poor")
_A4 = (8.27, 11.69)
_SECONDS = 300.0
_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@dataclass(frozen=True, slots=True)
class Letter:
    """An invented letter.

    Attributes:
        rows: Pieces of text with where they begin, in shares of the width, row by row.
        number, date: As the record shall have them.
    """

    rows: tuple[tuple[tuple[float, str], ...], ...]
    number: str
    date: str

    @property
    def text(self) -> str:
        """All of it in reading order, as it is compared."""
        return bare("".join(piece for row in self.rows for _, piece in row))


def compose(random: np.random.Generator) -> Letter:
    """Return a letter of the common form: number and address, date, subject, addressee, three paragraphs, signer."""
    words = vocabulary(held_out=True)
    writer = Writer(random, words)
    circular = "ว " if random.random() < 0.6 else ""
    unit = f"{random.integers(0, 10_000):04}.{random.integers(1, 100)}"
    prefix = str(random.choice(words.prefixes))
    number = f"{prefix} {unit}/{circular}{random.integers(1, 10_000)}"
    day, month, year = int(random.integers(1, 29)), int(random.integers(0, 12)), int(random.integers(2550, 2570))
    place = str(random.choice(words.provinces))
    rows: list[tuple[tuple[float, str], ...]] = [
        ((0.0, f"ที่ {number}".translate(_THAI)), (0.66, f"ศาลากลางจังหวัด{place}")),
        ((0.66, f"ถนนประชานิมิตร {random.integers(10000, 96000)}".translate(_THAI)),),
        ((0.46, f"{day} {MONTHS[month]} {year}".translate(_THAI)),),
        ((0.0, "เรื่อง"), (0.08, _fitting(writer, 40))),
        ((0.0, "เรียน"), (0.08, f"นายอำเภอ{place}")),
    ]
    for _ in range(3):
        rows.append(((0.14, _fitting(writer, 55)),))
        rows += [((0.0, _fitting(writer, 66)),) for _ in range(int(random.integers(2, 5)))]
    rows += [
        ((0.14, "จึงเรียนมาเพื่อโปรดพิจารณาดำเนินการต่อไป"),),
        ((0.5, "ขอแสดงความนับถือ"),),
        (),
        ((0.48, f"({random.choice(words.given)} {random.choice(words.family)})"),),
        ((0.47, f"ผู้ว่าราชการจังหวัด{place}"),),
        ((0.0, "กลุ่มงานส่งเสริมและพัฒนาท้องถิ่น"),),
        ((0.0, f"โทร. 0 {random.integers(2000, 8000)} {random.integers(1000, 9999)}".translate(_THAI)),),
    ]
    return Letter(tuple(rows), number, f"{year - 543:04}-{month + 1:02}-{day:02}")


def _fitting(writer: Writer, most: int) -> str:
    """Return words and phrases up to a length, as a line of a paragraph has them."""
    text = ""
    while True:
        more = writer.phrase() if len(text) % 3 == 0 else writer.prose(2)
        if len(text) + len(more) > most:
            return bare_ends(text or more[:most])
        text += more + (" " if len(more) % 2 else "")


def bare_ends(text: str) -> str:
    """Return a text without what no line ends in."""
    return text.strip().rstrip("เแโใไ(")


def draw(letter: Letter, folder: Path, face: Face, dpi: int) -> Page:
    """Return a letter on A4, in 16 points of TH Sarabun or what looks as large; Angsana in its own 16 points.

    It is drawn three times finer and made smaller, as print is finer than its scan: hinted at the small size, thin
    strokes would vanish.
    """
    path, fine = folder / face.file, 3 * dpi
    if face is _ANGSANA:
        font = ImageFont.truetype(str(path), round(16 * fine / 72), layout_engine=ImageFont.Layout.RAQM)
    else:
        font = faces.load(path, round(KO_POINTS * fine / 72))
    width, height = (round(inches * dpi) for inches in _A4)
    sheet = Image.new("L", (3 * width, 3 * height), 255)
    pen = ImageDraw.Draw(sheet)
    left, top, pitch = round(1.1 * fine), round(1.2 * fine), 18.5 * fine / 72
    for index, row in enumerate(letter.rows):
        for start, text in row:
            pen.text((left + start * 0.77 * 3 * width, top + index * pitch), text, font=font, fill=0, anchor="ls")
    return np.asarray(cv2.resize(np.asarray(sheet), (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def worn(page: Page, level: str, dpi: int, random: np.random.Generator) -> Page:
    """Return a page as scanned: clean, office (crooked, soft, noisy, shaded, JPEG), or poor (faxed and stamped)."""
    if level == "clean":
        return wear.worn(page, wear.clean(dpi), random)
    office = wear.office(dpi)
    if level == "office":
        return _through_jpeg(wear.worn(page, office, random), office.quality or 60)
    return _faxed(page, dpi, random)


def _through_jpeg(page: Page, quality: int) -> Page:
    return np.asarray(cv2.imdecode(cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], 0), np.uint8)


def _faxed(page: Page, dpi: int, random: np.random.Generator) -> Page:
    """Fade, blur, two tones, specks, two pen strokes and a stamp's ring over the text."""
    height, width = page.shape
    inked = page.copy()
    center = (int(random.uniform(0.3, 0.8) * width), int(random.uniform(0.2, 0.7) * height))
    for radius in (0.55, 0.48):
        cv2.circle(inked, center, round(radius * dpi), 90, max(1, dpi // 80), cv2.LINE_AA)
    for _ in range(2):
        steps = np.cumsum(random.normal((0.03 * dpi, 0), 0.07 * dpi, (25, 2)), axis=0)
        start = np.array([random.uniform(0.2, 0.8) * width, random.uniform(0.2, 0.8) * height])
        cv2.polylines(
            inked,
            [(steps + start).astype(np.int32)],
            isClosed=False,
            color=60,
            thickness=max(1, dpi // 90),
            lineType=cv2.LINE_AA,
        )
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), float(random.uniform(-1.2, 1.2)), 1.0)
    turned = cv2.warpAffine(inked, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=255).astype(np.float32)
    soft = cv2.GaussianBlur(turned, (0, 0), 0.0045 * dpi)
    noisy = soft + random.uniform(10, 50) * (255 - soft) / 255 + random.normal(0, 14, soft.shape)
    two_tone = np.where(noisy > random.uniform(158, 190), 255, 0).astype(np.uint8)
    dots = random.random(two_tone.shape)
    two_tone[dots < 0.0012] = 0
    two_tone[dots > 0.994] = 255
    return two_tone


def main() -> None:
    """Print a line for each model, way of reading, face and wear."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("faces", type=Path)
    parser.add_argument("--models", default=",".join((*PEERS, "saraban")))
    parser.add_argument("--tessdata", type=Path, help="folder of our model, if not the package's")
    parser.add_argument("--levels", default=",".join(_LEVELS))
    parser.add_argument("--only", default="", help="part of a face's file name")
    parser.add_argument("--pages", type=int, default=3, help="letters for each face and wear")
    parser.add_argument("--dpi", type=int, default=200)
    parser.add_argument("--read-only", action="store_true", help="only `saraban read`, not the model alone")
    arguments = parser.parse_args()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    print("way | model | wear | dpi | face | pages | CER | Thai digits | Latin | fields exact | silent | CPU s a page")
    for level in arguments.levels.split(","):
        for name in arguments.models.split(","):
            whole = {"alone": Tally(), "saraban read": Tally()}
            for face in (face for face in FACES if arguments.only in face.file):
                tallies = {"alone": Tally(), "saraban read": Tally()}
                for number in range(arguments.pages):
                    random = np.random.default_rng([zlib.crc32(f"{face.file} {level}".encode()), arguments.dpi, number])
                    letter = compose(random)
                    page = worn(draw(letter, arguments.faces, face, arguments.dpi), level, arguments.dpi, random)
                    folder = STOCK if name in PEERS else arguments.tessdata
                    _read(letter, page, arguments.dpi, name, folder, tallies, alone=not arguments.read_only)
                for way, tally in tallies.items():
                    whole[way].add(tally)
                    if tally.pages:
                        print(_row(way, name, level, arguments.dpi, face.file.removesuffix(".ttf"), tally))
            for way, tally in whole.items():
                if tally.pages:
                    print(_row(way, name, level, arguments.dpi, "**all**", tally), flush=True)


@dataclass(slots=True)
class Tally:
    """What was counted over some pages."""

    score: Score | None = None
    pages: int = 0
    fields: int = 0
    exact: int = 0
    silent: int = 0
    cpu: float = 0.0

    def count(self, truth: str, read: str) -> None:
        """Count the characters of one page."""
        self.score = self.score or Score()
        self.score.add(truth, read)
        self.pages += 1

    def add(self, other: "Tally") -> None:
        """Add the counts of other pages."""
        self.score = self.score or Score()
        if other.score is not None:
            self.score.merge(other.score)
        for name in ("pages", "fields", "exact", "silent", "cpu"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def _cpu() -> float:
    return sum(
        use.ru_utime + use.ru_stime for use in map(resource.getrusage, (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF))
    )


def _read(
    letter: Letter, page: Page, dpi: int, model: str, tessdata: Path | None, tallies: dict[str, Tally], *, alone: bool
) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "letter.png"
        Image.fromarray(page).save(file, dpi=(dpi, dpi))
        if alone:
            began = _cpu()
            recognizer = find_recognizer(model, tessdata, _SECONDS)
            [glyphs] = read_files([file], recognizer, segmentation=6, dpi=dpi)
            tallies["alone"].cpu += _cpu() - began
            tallies["alone"].count(letter.text, bare("".join(glyph.text for glyph in glyphs)))
        settings = Settings(recognizer=model, tessdata=tessdata)
        began = _cpu()
        document = read_document(file, settings, build_recognizer(settings))
        ours = tallies["saraban read"]
        ours.cpu += _cpu() - began
        ours.count(letter.text, bare(document.text))
        for name, wanted in (("number", letter.number), ("date", letter.date)):
            field = getattr(document.letters[0], name) if document.letters else None
            ours.fields += 1
            right = field is not None and str(field.value) == wanted
            ours.exact += right
            ours.silent += field is not None and field.value is not None and not right and not field.review


def _row(way: str, model: str, level: str, dpi: int, face: str, tally: Tally) -> str:
    score = tally.score or Score()
    fields = f"{tally.exact}/{tally.fields}" if tally.fields else "-"
    digits, latin = score.share(classify_character("๑")), score.share(classify_character("a"))
    return (
        f"{way} | {model} | {level} | {dpi} | {face} | {tally.pages} | {100 * score.error_rate:.2f} | "
        f"{100 * digits:.1f} | {100 * latin:.1f} | {fields} | {tally.silent} | {tally.cpu / max(tally.pages, 1):.2f}"
    )


if __name__ == "__main__":
    main()
