"""Is everything installed, and does the recognizer in use read ๐ to ๙?"""

import io
import platform
import shutil
import sys
from dataclasses import dataclass
from importlib import resources
from importlib.metadata import PackageNotFoundError, version

import numpy as np
from PIL import Image

from core.errors import SarabanError
from core.settings import Settings
from gazetteer.register import load as load_register
from pipeline.reading import build_recognizer
from reports.exports.archival_pdf import find_ghostscript
from reports.pdf import find_face

_GIGABYTE = 1_000_000_000
"""Bytes, as makers of disks count them."""
DIGITS = "๐๑๒๓๔๕๖๗๘๙"
LEAST_FREE = 2_000_000_000
"""Bytes that ought to be free where the archive is: some thousand scanned pages with what is kept of each."""
_EXTRAS = (
    ("pyarrow", ".parquet", "parquet"),
    ("psycopg", "PostgreSQL", "postgresql"),
    ("pillow-heif", ".heic", "heic"),
)
"""Packages that few need: their name, what they are for, and the extra that installs them."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes:
        name: What it is.
        good: Whether it is as it should be.
        found: What was found.
        hint: The next step where it is not.
        optional: Whether all but one format of reports or exports works without it.
    """

    name: str
    good: bool
    found: str
    hint: str = ""
    optional: bool = False


def examine(settings: Settings) -> list[Check]:
    """Return what was found on this machine. Raises nothing: what is missing is a check that failed."""
    return [
        Check("python", sys.version_info >= (3, 11), platform.python_version()),
        _recognizer(settings),
        _digits(settings),
        _register(settings),
        _face(settings),
        _ghostscript(settings),
        _disk(settings),
        *(_extra(settings, *extra) for extra in _EXTRAS),
    ]


def _face(settings: Settings) -> Check:
    """Look for a Thai font: reports as PDF need one."""
    name = "แบบอักษรไทย (.pdf)" if settings.lang == "th" else "Thai font (.pdf)"
    try:
        face, _ = find_face()
    except SarabanError as error:
        return Check(name, False, error.message(settings.lang), error.hint(settings.lang), optional=True)
    return Check(name, True, face, optional=True)


def _ghostscript(settings: Settings) -> Check:
    """Look for Ghostscript: searchable PDF as PDF/A needs it."""
    name = "Ghostscript (PDF/A)"
    try:
        found = find_ghostscript()
    except SarabanError as error:
        return Check(name, False, error.message(settings.lang), error.hint(settings.lang), optional=True)
    return Check(name, True, found, optional=True)


def _extra(settings: Settings, package: str, purpose: str, extra: str) -> Check:
    """Look for a package that one purpose alone needs."""
    name = f"{package} ({purpose})"
    try:
        found = version(package)
    except PackageNotFoundError:
        absent = "ยังไม่ได้ติดตั้ง" if settings.lang == "th" else "not installed"
        return Check(name, False, absent, f"pip install 'saraban[{extra}]'", optional=True)
    return Check(name, True, found, optional=True)


def _disk(settings: Settings) -> Check:
    """Look whether there is room where the archive is, or is to be."""
    folder = settings.archive.absolute()
    place = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(place).free
    thai = settings.lang == "th"
    name = "พื้นที่ว่าง" if thai else "free space"
    hint = "เพิ่มพื้นที่ หรือย้ายคลังด้วย SARABAN_ARCHIVE" if thai else "free some, or put the archive elsewhere: SARABAN_ARCHIVE"
    return Check(name, free >= LEAST_FREE, f"{free / _GIGABYTE:,.1f} GB: {place}", hint)


def _register(settings: Settings) -> Check:
    name = "ทะเบียน อปท." if settings.lang == "th" else "register"
    try:
        register = load_register(settings.bodies)
    except SarabanError as error:
        return Check(name, False, error.message(settings.lang), "saraban bodies update")
    unit = "อปท." if settings.lang == "th" else "local bodies"
    return Check(name, len(register.bodies) > 0, f"{len(register.bodies):,} {unit} ({register.version})")


def _recognizer(settings: Settings) -> Check:
    name = "โปรแกรมอ่านอักษร" if settings.lang == "th" else "recognizer"
    try:
        recognizer = build_recognizer(settings)
    except SarabanError as error:
        return Check(name, False, error.message(settings.lang), error.hint(settings.lang))
    return Check(name, True, recognizer.engine)


def _digits(settings: Settings) -> Check:
    """Read a picture of the ten Thai digits; the stock Thai model cannot."""
    name = "เลขไทยสิบตัว" if settings.lang == "th" else "digits"
    try:
        recognizer = build_recognizer(settings)
        with Image.open(io.BytesIO((resources.files("ingest") / "tessdata" / "digits.png").read_bytes())) as picture:
            [glyphs] = recognizer.read_lines([np.asarray(picture.convert("L"))], dpi=300)
    except SarabanError as error:
        return Check(name, False, str(error))
    read = "".join(glyph.text for glyph in glyphs).replace(" ", "")
    hint = "" if read == DIGITS else "SARABAN_RECOGNIZER=saraban"
    return Check(name, read == DIGITS, read or "-", hint)
