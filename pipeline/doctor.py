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

from core.errors import MissingToolError, SarabanError
from core.settings import Settings
from gazetteer.register import load as load_register
from ingest.recognition.promise import MOST_SILENT, Promise, read_promises
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


class NotReadyError(MissingToolError):
    """Something that is needed on this machine is not as it should be."""

    slug = "doctor.not_ready"
    th = "เครื่องนี้ยังไม่พร้อมใช้งาน"
    en = "this machine is not ready"
    hint_th = "แก้ไขตามคำแนะนำของแต่ละรายการที่ไม่ผ่าน"
    hint_en = "do as the hint of each item says that failed"


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


def describe_promises(settings: Settings) -> list[str]:
    """Return what may be relied on, a sentence each: how many values that ask for nothing are wrong at most."""
    thai = settings.lang == "th"
    promises = read_promises(settings.recognizer, settings.reader)
    if settings.tessdata is not None or not promises:
        return [
            "ยังไม่เคยวัดผลของแบบจำลองนี้ จึงบอกไม่ได้ว่าเชื่อถือได้เพียงใด"
            if thai
            else "nothing was measured of this model, so that nothing can be promised"
        ]
    basis = (
        "วัดจากบรรทัดสังเคราะห์ซึ่งไม่เคยใช้ฝึกหรือปรับค่า หนึ่งในสามเป็นภาพคุณภาพต่ำ และยังไม่นับข้อผิดพลาดที่กฎและทะเบียน อปท. ตรวจพบ"
        " เอกสารจริงอาจต่างจากนี้"
        if thai
        else "measured on synthetic lines that nothing was trained on or fitted to, a third of them poor; what rules"
        " and register catch is not counted. Real papers may differ."
    )
    return [*(_describe_promise(promise, thai=thai) for promise in promises), basis]


def _describe_promise(promise: Promise, *, thai: bool) -> str:
    names = {"number": ("ตัวเลข", "numbers"), "words": ("ข้อความ", "words")}
    name = names[promise.kind][not thai]
    bound, asks = 100 * promise.bound, 100 * promise.asks / max(promise.right, 1)
    stricter = ""
    if promise.strict is not None:
        more = 100 * promise.asks_strict / max(promise.right, 1)
        stricter = (
            f" หากต้องการให้ผิดไม่เกิน {MOST_SILENT:.1%} ต้องตรวจทานค่าที่ถูก {more:.0f}%"
            if thai
            else f"; for at most {MOST_SILENT:.1%}, {more:.0f} % of the right ones would have to ask"
        )
    if thai:
        return (
            f"{name}: ค่าที่โปรแกรมไม่ขอให้ตรวจทาน ผิดไม่เกิน {bound:.1f}% (ความเชื่อมั่น 95% พบผิด {promise.silent} "
            f"จาก {promise.stood_by:,} ค่า) และค่าที่อ่านถูก {asks:.0f}% ขอให้ตรวจทาน{stricter}"
        )
    return (
        f"{name}: of those that ask for nothing at most {bound:.1f} % are wrong (95 % certain; {promise.silent} of "
        f"{promise.stood_by:,} were), and {asks:.0f} % of the right ones ask{stricter}"
    )


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
        return Check(name, False, error.message(settings.lang), error.hint(settings.lang))
    read = "".join(glyph.text for glyph in glyphs).replace(" ", "")
    hint = "" if read == DIGITS else "SARABAN_RECOGNIZER=saraban"
    return Check(name, read == DIGITS, read or "-", hint)
