"""Is everything installed, and does the recognizer in use read ๐ to ๙?"""

import io
import platform
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
from reports.exports.flat_files import ParquetError
from reports.pdf import find_face

DIGITS = "๐๑๒๓๔๕๖๗๘๙"


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
        _parquet(settings),
    ]


def _face(settings: Settings) -> Check:
    """Look for a Thai font: reports as PDF need one."""
    name = "แบบอักษรไทย (.pdf)" if settings.lang == "th" else "Thai font (.pdf)"
    try:
        face, _ = find_face()
    except SarabanError as error:
        return Check(name, False, error.message(settings.lang), error.hint(settings.lang), optional=True)
    return Check(name, True, face, optional=True)


def _parquet(settings: Settings) -> Check:
    """Look for pyarrow: exports as Parquet need it."""
    try:
        found = version("pyarrow")
    except PackageNotFoundError:
        error = ParquetError()
        return Check(
            "pyarrow (.parquet)", False, error.message(settings.lang), error.hint(settings.lang), optional=True
        )
    return Check("pyarrow (.parquet)", True, found, optional=True)


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
