"""The one place that knows pytesseract: picture files in, glyphs with boxes and confidence out.

Traps that this adapter closes (each seen in the wild): pytesseract re-encodes pictures that are not given as a path;
its own TSV readers cut confidences and let pandas guess types; a time-out is a bare `RuntimeError`; an odd version
string ends the program; OpenMP makes a page cost three times the CPU; a missing file stops a whole list.
"""

import csv
import functools
import hashlib
import itertools
import json
import os
import re
import shlex
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path

from core.errors import MissingToolError

MINIMUM_VERSION = (5, 0)
RAW_LINE = 13
"""Page segmentation mode: the picture is one line, no layout analysis."""
UNREAD = "\N{REPLACEMENT CHARACTER}"
"""Stands for a cut that Tesseract failed on."""
_LANGUAGE = re.compile(r"[A-Za-z0-9_]+(\+[A-Za-z0-9_]+)*")
_COLUMNS = 12
_GLYPH_LEVEL = "5"


class TesseractFailedError(Exception):
    """Tesseract ran on a picture and failed, or ran out of time. Becomes an issue of the page."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """What Tesseract calls a word, which in Thai is often one character.

    Attributes:
        picture: Index of the picture in the list that was read, from 0.
        line: Key of the text line it stands on, within the picture.
        left, top, right, bottom: Box in pixels of the picture.
        confidence: 0 to 1.
        spaced: Whether the recognizer wrote a space before it; None where its text and its boxes do not go together.
    """

    picture: int
    line: tuple[int, int, int]
    left: int
    top: int
    right: int
    bottom: int
    confidence: float
    text: str
    spaced: bool | None = None


@dataclass(frozen=True, slots=True)
class Recognizer:
    """A recognizer that is really there.

    Attributes:
        model: Its name.
        tessdata: Its folder.
        engine: The versions of Tesseract, model, curve and reader of handwriting, which key a result.
        curve: What a confidence of Tesseract's is worth: points (its confidence, share of lines that are right whose
            least sure glyph has it), measured by bench/confidence.py. Empty for a model that was not measured.
    """

    model: str
    tessdata: Path
    engine: str
    curve: tuple[tuple[float, float], ...] = ()


def find_recognizer(model: str, tessdata: Path | None = None) -> Recognizer:
    """Return the recognizer to use, after checking that Tesseract and the model are there.

    Args:
        model: Name of the `.traineddata`, or several joined with `+`.
        tessdata: Folder that holds it; None for the one that ships with this package.

    Raises:
        MissingToolError: Tesseract is not installed or too old, or the model file is not in the folder.
    """
    if not _LANGUAGE.fullmatch(model):
        raise MissingToolError(f"recognizer {model!r}")
    folder = tessdata if tessdata is not None else Path(str(resources.files("ingest") / "tessdata"))
    digest = hashlib.sha256()
    for part in model.split("+"):
        file = folder / f"{part}.traineddata"
        if not file.is_file():
            raise MissingToolError(f"{file.name} ({folder})")
        digest.update(file.read_bytes())
    # What is filled in by hand is read by a network of its own: with another one, pages may be read differently.
    digest.update((resources.files("ingest") / "digits.onnx").read_bytes())
    measured = folder / f"{model}.confidence.json"
    curve: tuple[tuple[float, float], ...] = ()
    if measured.is_file():
        content = measured.read_bytes()
        digest.update(content)
        curve = tuple((float(said), float(right)) for said, right in json.loads(content)["curve"])
    return Recognizer(model, folder, f"tesseract {_version()} {model} {digest.hexdigest()[:8]}", curve)


@functools.cache
def _version() -> str:
    _limit_threads()
    import pytesseract

    try:
        version = pytesseract.get_tesseract_version()
    except pytesseract.TesseractNotFoundError as error:
        raise MissingToolError("tesseract") from error
    except (SystemExit, ValueError) as error:
        raise MissingToolError("tesseract: unknown version") from error
    if tuple(version.release[:2]) < MINIMUM_VERSION:
        raise MissingToolError(f"tesseract {version} < {'.'.join(map(str, MINIMUM_VERSION))}")
    return str(version)


def _limit_threads() -> None:
    """One thread a process, unless the user chose otherwise: OpenMP costs three times the CPU on small lines."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")


def read_pictures(
    pictures: Sequence[Path], recognizer: Recognizer, *, segmentation: int, dpi: int, seconds: float
) -> list[Glyph]:
    """Return the glyphs of some pictures, all read by one Tesseract process.

    Args:
        pictures: Files as they are; they are handed on by path and never re-encoded.
        recognizer: From `find_recognizer`.
        segmentation: Tesseract's page segmentation mode (3 a page, 6 one block, 7 one line).
        dpi: Resolution of the pictures.
        seconds: How long the process may take.

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
    from pytesseract import pytesseract

    # The text beside the boxes: only there Tesseract says where the recognizer wrote spaces.
    config = (
        f"--tessdata-dir {shlex.quote(str(recognizer.tessdata))} --psm {segmentation} --dpi {dpi} "
        "-c tessedit_create_tsv=1 -c tessedit_create_txt=1"
    )
    with tempfile.TemporaryDirectory(prefix="saraban-") as folder:
        target, base = pictures[0], Path(folder) / "read"
        if len(pictures) > 1:
            target = Path(folder) / "pictures.txt"
            target.write_text("\n".join(str(path) for path in pictures) + "\n", "utf-8")
        try:
            pytesseract.run_tesseract(str(target), str(base), "tsv", recognizer.model, config, timeout=seconds)
            table = base.with_suffix(".tsv").read_bytes().decode("utf-8", "replace")
            text = base.with_suffix(".txt").read_bytes().decode("utf-8", "replace")
        except pytesseract.TesseractNotFoundError as error:
            raise MissingToolError("tesseract") from error
        except (RuntimeError, OSError, UnicodeDecodeError) as error:
            raise TesseractFailedError(str(error)[:500]) from error
    glyphs = [replace(g, confidence=worth(g.confidence, recognizer.curve)) for g in _parse(table, len(pictures))]
    return _with_spaces(glyphs, text)


def worth(confidence: float, curve: Sequence[tuple[float, float]]) -> float:
    """Return what a confidence is worth by a measured curve, in a straight line between its points."""
    if not curve:
        return confidence
    for (low, least), (high, most) in itertools.pairwise(curve):
        if confidence <= high:
            return least + (most - least) * max(confidence - low, 0.0) / (high - low)
    return curve[-1][1]


def _with_spaces(glyphs: list[Glyph], text: str) -> list[Glyph]:
    """Return the glyphs, told which of them a space stands before in the text of the same run."""
    found, at = [], 0
    for glyph in glyphs:
        start = at
        while at < len(text) and text[at].isspace():
            at += 1
        if not text.startswith(glyph.text, at):
            return glyphs
        found.append(replace(glyph, spaced=at > start))
        at += len(glyph.text)
    return found


def read_each(
    pictures: Sequence[Path], recognizer: Recognizer, *, segmentation: int, dpi: int, seconds: float
) -> list[Glyph]:
    """Return the glyphs of some cuts like `read_pictures`, but lose only the cuts that Tesseract dies of.

    Some small pictures kill it (a division by zero in its layout analysis, seen on a scan), and one dead process
    would take a whole page along. In place of a cut that cannot be read there is one glyph, `UNREAD`, of no
    confidence, so that nothing goes missing unsaid.

    Raises:
        TesseractFailedError: None of several cuts could be read: it is not the cuts.
    """
    try:
        return read_pictures(pictures, recognizer, segmentation=segmentation, dpi=dpi, seconds=seconds)
    except TesseractFailedError:
        if len(pictures) <= 1:
            return [Glyph(0, (0, 0, 0), 0, 0, 1, 1, 0.0, UNREAD)]
        half = len(pictures) // 2
        parts: list[Glyph] = []
        failed = 0
        for start, some in ((0, pictures[:half]), (half, pictures[half:])):
            try:
                found = read_each(some, recognizer, segmentation=segmentation, dpi=dpi, seconds=seconds)
            except TesseractFailedError:
                found = [Glyph(n, (0, 0, 0), 0, 0, 1, 1, 0.0, UNREAD) for n in range(len(some))]
            failed += sum(glyph.text == UNREAD for glyph in found)
            parts += [replace(glyph, picture=glyph.picture + start) for glyph in found]
        if failed == len(pictures):
            raise
        return parts


def _parse(tsv: str, pictures: int) -> list[Glyph]:
    rows = csv.reader(tsv.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    if next(rows, [])[:2] != ["level", "page_num"]:
        raise TesseractFailedError("the output is no TSV")
    glyphs: list[Glyph] = []
    pages: set[int] = set()
    for row in rows:
        if len(row) != _COLUMNS:
            continue
        pages.add(int(row[1]))
        if row[0] != _GLYPH_LEVEL or not row[11].strip():
            continue
        page, block, paragraph, line, _, left, top, width, height = (int(cell) for cell in row[1:10])
        glyphs.append(
            Glyph(
                page - 1,
                (block, paragraph, line),
                left,
                top,
                left + width,
                top + height,
                min(max(float(row[10]) / 100.0, 0.0), 1.0),
                row[11].strip(),
            )
        )
    if len(pages) != pictures:
        raise TesseractFailedError(f"{len(pages)} of {pictures} pictures were read")
    return glyphs
