"""The recognizer that runs Tesseract; the one place that knows pytesseract, its files and its modes.

Traps that this adapter closes (each seen in the wild): pytesseract re-encodes pictures that are not given as a path;
its own TSV readers cut confidences and let pandas guess types; a time-out is a bare `RuntimeError`; an odd version
string ends the program; OpenMP makes a page cost three times the CPU; a missing file stops a whole list.
"""

import csv
import functools
import hashlib
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from core.errors import MissingToolError, RecognitionError
from ingest.pixels import GrayImage
from ingest.recognition.confidence_curve import ConfidenceCurve, calibrate, read_curve
from ingest.recognition.model_files import MissingModelError, read_digit_model, require_model
from ingest.recognition.recognizer import Glyph, unread

MINIMUM_VERSION = (5, 0)
"""Oldest version that reads networks as ours is."""
RAW_LINE = 13
"""Page segmentation mode: the picture is one line, no layout analysis."""
_LANGUAGE = re.compile(r"[A-Za-z0-9_]+(\+[A-Za-z0-9_]+)*")
_COLUMNS = 12
"""Columns of Tesseract's TSV."""
_GLYPH_LEVEL = "5"


_MOST_OUTPUT = 50_000_000
"""Bytes of what one run writes, above which it says nothing true: a page full of letters has a megabyte."""


class TesseractFailedError(RecognitionError):
    """Tesseract ran on a picture and failed, or ran out of time."""


class TesseractTimeoutError(TesseractFailedError):
    """Tesseract ran out of time."""


@dataclass(frozen=True, slots=True)
class TesseractRecognizer:
    """A `recognizer.TextRecognizer` that runs Tesseract, one process for all lines that are given at once.

    Attributes:
        model: Its name.
        tessdata: Its folder.
        engine: The versions of Tesseract, model, curve and reader of handwriting, which key a result.
        curve: What a confidence of Tesseract's is worth: points (its confidence, share of lines that are right whose
            least sure glyph has it), measured by bench/confidence.py. Empty for a model that was not measured.
        seconds: How long one process may take.
        segmentation: Tesseract's page segmentation mode for the image of a line.
    """

    model: str
    tessdata: Path
    engine: str
    curve: ConfidenceCurve = ()
    seconds: float = 180.0
    segmentation: int = RAW_LINE

    def read_lines(self, images: Sequence[GrayImage], dpi: int) -> list[list[Glyph]]:
        """Return the glyphs of each image of a line; one `UNREAD` for an image that Tesseract dies of.

        Raises:
            TesseractFailedError: None of several images could be read: it is not the images.
            MissingToolError: Tesseract vanished.
        """
        with tempfile.TemporaryDirectory(prefix="saraban-") as folder:
            files = [save_pgm(image, Path(folder) / f"line-{number:05d}.pgm") for number, image in enumerate(images)]
            return _read_apart(files, self, dpi)


def find_recognizer(model: str, tessdata: Path | None = None, seconds: float = 180.0) -> TesseractRecognizer:
    """Return the recognizer to use, after checking that Tesseract and the model are there.

    Args:
        model: Name of the `.traineddata`, or several joined with `+`.
        tessdata: Folder that holds it; None for the one that ships with this package.
        seconds: How long one run of Tesseract may take.

    Raises:
        MissingToolError: Tesseract is not installed or too old.
        MissingModelError: The model file is not in the folder.
    """
    if not _LANGUAGE.fullmatch(model):
        raise MissingModelError(f"recognizer {model!r}")
    folder = tessdata if tessdata is not None else Path(str(resources.files("ingest") / "tessdata"))
    digest = hashlib.sha256()
    for part in model.split("+"):
        file = folder / f"{part}.traineddata"
        digest.update(require_model(file))
    digest.update(read_digit_model())
    measured = folder / f"{model}.confidence.json"
    if measured.is_file():
        digest.update(measured.read_bytes())
    engine = f"tesseract {_version()} {model} {digest.hexdigest()[:8]}"
    return TesseractRecognizer(model, folder, engine, read_curve(measured), seconds)


@functools.cache
def _version() -> str:
    _limit_threads()
    pytesseract = _load_pytesseract()
    try:
        version = pytesseract.get_tesseract_version()
    except pytesseract.TesseractNotFoundError as error:
        raise MissingToolError("tesseract") from error
    except (SystemExit, ValueError) as error:
        raise MissingToolError("tesseract: unknown version") from error
    if tuple(version.release[:2]) < MINIMUM_VERSION:
        raise MissingToolError(f"tesseract {version} < {'.'.join(map(str, MINIMUM_VERSION))}")
    return str(version)


def _load_pytesseract() -> Any:  # noqa: ANN401 - a module without types
    """Return pytesseract, loaded without pandas: it takes that along for a reader of its own that is not used here.

    That would cost each worker 60 MB, a fifth of what a page may take.
    """
    absent = "pandas" not in sys.modules
    if absent:
        sys.modules["pandas"] = None  # type: ignore[assignment] # as Python documents it: importing it fails
    try:
        from pytesseract import pytesseract
    finally:
        if absent:
            del sys.modules["pandas"]
    return pytesseract


def _limit_threads() -> None:
    """One thread a process, unless the user chose otherwise: OpenMP costs three times the CPU on small lines."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")


def save_pgm(gray: GrayImage, path: Path) -> Path:
    """Write a gray picture as PGM, which costs nothing to write or to read, and return the path."""
    height, width = gray.shape
    path.write_bytes(b"P5 %d %d 255\n" % (width, height) + np.ascontiguousarray(gray).tobytes())
    return path


def read_files(
    pictures: Sequence[Path], recognizer: TesseractRecognizer, *, segmentation: int, dpi: int
) -> list[list[Glyph]]:
    """Return the glyphs of each of some pictures, all read by one Tesseract process.

    Args:
        pictures: Files as they are; they are handed on by path and never re-encoded.
        recognizer: From `find_recognizer`.
        segmentation: Tesseract's page segmentation mode (3 a page, 6 one block, 7 one line).
        dpi: Resolution of the pictures.

    Raises:
        TesseractFailedError: It failed, ran out of time, or gave output that is no TSV.
        MissingToolError: Tesseract vanished.
    """
    if not pictures:
        return []
    missing = [path for path in pictures if not path.is_file()]
    if missing:
        raise TesseractFailedError(f"no such picture: {missing[0].name}")
    _limit_threads()
    pytesseract = _load_pytesseract()
    # The text beside the boxes: only there Tesseract says where the recognizer wrote spaces. Lines are dark on light
    # when they come here; Tesseract would read each that it is unsure of a second time as its negative.
    config = (
        f"--tessdata-dir {shlex.quote(str(recognizer.tessdata))} --psm {segmentation} --dpi {dpi} "
        "-c tessedit_create_tsv=1 -c tessedit_create_txt=1 -c tessedit_do_invert=0"
    )
    with tempfile.TemporaryDirectory(prefix="saraban-") as folder:
        target, base = pictures[0], Path(folder) / "read"
        if len(pictures) > 1:
            target = Path(folder) / "pictures.txt"
            target.write_text("\n".join(str(path) for path in pictures) + "\n", "utf-8")
        try:
            seconds = recognizer.seconds
            pytesseract.run_tesseract(str(target), str(base), "tsv", recognizer.model, config, timeout=seconds)
            table, text = (_read_output(base.with_suffix(suffix)) for suffix in (".tsv", ".txt"))
        except pytesseract.TesseractNotFoundError as error:
            raise MissingToolError("tesseract") from error
        except RuntimeError as error:
            raise (TesseractTimeoutError if "timeout" in str(error) else TesseractFailedError)(
                str(error)[:500]
            ) from error
        except OSError as error:
            raise TesseractFailedError(str(error)[:500]) from error
    found: list[list[Glyph]] = [[] for _ in pictures]
    for picture, glyph in _with_spaces(_parse(table, len(pictures), recognizer.curve), text):
        found[picture].append(glyph)
    return found


def _with_spaces(glyphs: list[tuple[int, Glyph]], text: str) -> list[tuple[int, Glyph]]:
    """Return the glyphs, told which of them a space stands before in the text of the same run."""
    found, at = [], 0
    for picture, glyph in glyphs:
        start = at
        while at < len(text) and text[at].isspace():
            at += 1
        if not text.startswith(glyph.text, at):
            return glyphs
        box = (glyph.left, glyph.top, glyph.right, glyph.bottom)
        found.append((picture, Glyph(*box, glyph.text, glyph.confidence, at > start)))
        at += len(glyph.text)
    return found


def _read_output(path: Path) -> str:
    """Return what Tesseract wrote; what runs in its place may leave a pipe, a device, or gigabytes."""
    if not path.is_file() or path.stat().st_size > _MOST_OUTPUT:
        raise OSError(f"{path.suffix}: no file, or more than {_MOST_OUTPUT:,} bytes")
    return path.read_bytes().decode("utf-8", "replace")


def _read_apart(pictures: Sequence[Path], recognizer: TesseractRecognizer, dpi: int) -> list[list[Glyph]]:
    """Return the glyphs of some lines like `read_files`, but lose only the pictures that Tesseract dies of.

    Some small pictures kill it (a division by zero in its layout analysis, seen on a scan), and one dead process
    would take a whole page along.

    Raises:
        TesseractFailedError: None of several pictures could be read: it is not the pictures.
    """
    read = _try_to_read(pictures, recognizer, dpi)
    if isinstance(read, list):
        return read
    return [unread()] if len(pictures) <= 1 else _read_halves(pictures, recognizer, dpi, read)


def _read_halves(
    pictures: Sequence[Path], recognizer: TesseractRecognizer, dpi: int, failed: TesseractFailedError
) -> list[list[Glyph]]:
    """Return the glyphs of pictures that Tesseract failed on together, looking for those that it dies of.

    Where it hangs on either half it would hang on each picture, and each would take as long.

    Raises:
        TesseractFailedError: None could be read.
    """
    middle = len(pictures) // 2
    halves = [(some, _try_to_read(some, recognizer, dpi)) for some in (pictures[:middle], pictures[middle:])]
    if all(isinstance(read, TesseractTimeoutError) for _, read in halves):
        raise failed
    found: list[list[Glyph]] = []
    for some, read in halves:
        try:
            if isinstance(read, list):
                found += read
            elif len(some) == 1:
                found.append(unread())
            else:
                found += _read_halves(some, recognizer, dpi, read)
        except TesseractFailedError:
            found += [unread() for _ in some]
    if all(glyphs == unread() for glyphs in found):
        raise failed
    return found


def _try_to_read(
    pictures: Sequence[Path], recognizer: TesseractRecognizer, dpi: int
) -> list[list[Glyph]] | TesseractFailedError:
    try:
        return read_files(pictures, recognizer, segmentation=recognizer.segmentation, dpi=dpi)
    except TesseractFailedError as error:
        return error


def _parse(tsv: str, pictures: int, curve: ConfidenceCurve = ()) -> list[tuple[int, Glyph]]:
    """Return the glyphs of Tesseract's TSV with the index, from 0, of the picture that each is on."""
    rows = csv.reader(tsv.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    if next(rows, [])[:2] != ["level", "page_num"]:
        raise TesseractFailedError("the output is no TSV")
    glyphs: list[tuple[int, Glyph]] = []
    pages: set[int] = set()
    for row in rows:
        if len(row) != _COLUMNS:
            continue
        pages.add(int(row[1]))
        if row[0] != _GLYPH_LEVEL or not row[11].strip():
            continue
        left, top, width, height = (int(cell) for cell in row[6:10])
        confidence = calibrate(min(max(float(row[10]) / 100.0, 0.0), 1.0), curve)
        glyphs.append((int(row[1]) - 1, Glyph(left, top, left + width, top + height, row[11].strip(), confidence)))
    if len(pages) != pictures:
        raise TesseractFailedError(f"{len(pages)} of {pictures} pictures were read")
    return glyphs
