"""Is everything installed, and does the recognizer in use read ๐ to ๙?"""

import io
import platform
import sys
from dataclasses import dataclass
from importlib import resources

import numpy as np
from PIL import Image

from core.errors import SarabanError
from core.settings import Settings
from gazetteer.register import load as load_register
from pipeline.reading import recognizer_of

DIGITS = "๐๑๒๓๔๕๖๗๘๙"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: its name, whether it is as it should be, and what was found."""

    name: str
    good: bool
    found: str
    hint: str = ""


def examine(settings: Settings) -> list[Check]:
    """Return what was found on this machine. Raises nothing: what is missing is a check that failed."""
    checks = [
        Check("python", sys.version_info >= (3, 11), platform.python_version()),
        _recognizer(settings),
        _digits(settings),
    ]
    checks.append(_register(settings))
    return checks


def _register(settings: Settings) -> Check:
    try:
        register = load_register(settings.bodies)
    except SarabanError as error:
        return Check("register", False, error.message(settings.lang), "saraban bodies update")
    return Check("register", len(register.bodies) > 0, f"{len(register.bodies):,} อปท. ({register.version})")


def _recognizer(settings: Settings) -> Check:
    try:
        recognizer = recognizer_of(settings)
    except SarabanError as error:
        return Check("recognizer", False, error.message(settings.lang), error.hint(settings.lang))
    return Check("recognizer", True, recognizer.engine)


def _digits(settings: Settings) -> Check:
    """Read a picture of the ten Thai digits; the stock Thai model cannot."""
    try:
        recognizer = recognizer_of(settings)
        with Image.open(io.BytesIO((resources.files("ingest") / "tessdata" / "digits.png").read_bytes())) as picture:
            [glyphs] = recognizer.read_lines([np.asarray(picture.convert("L"))], dpi=300)
    except SarabanError as error:
        return Check("digits", False, str(error))
    read = "".join(glyph.text for glyph in glyphs).replace(" ", "")
    hint = "" if read == DIGITS else "SARABAN_RECOGNIZER=saraban"
    return Check("digits", read == DIGITS, read or "-", hint)
