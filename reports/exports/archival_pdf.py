"""A PDF for the shelf: PDF/A-2b, by Ghostscript, as OCRmyPDF makes it, and looked at afterwards.

Ghostscript embeds fonts, takes away scripts and encryption and brings colors to sRGB; JPEG pictures are passed on as
they are and no picture is made smaller. It reads what came from outside, so it runs in its safe mode, within bounds of
time and memory, on files of its own folder alone.
"""

import contextlib
import io
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pikepdf
from PIL import ImageCms

from core.errors import MissingToolError, SarabanError
from core.limits import Limits

_TOOL: Final = "gs"
_OPTIONS: Final = (
    "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=pdfwrite", "-dPDFA=2", "-dPDFACompatibilityPolicy=1",
    "-dCompatibilityLevel=1.7", "-dAutoRotatePages=/None", "-sColorConversionStrategy=RGB",
    "-dPassThroughJPEGImages=true", "-dAutoFilterColorImages=false", "-dAutoFilterGrayImages=false",
    "-dColorImageFilter=/FlateEncode", "-dGrayImageFilter=/FlateEncode",
    "-dDownsampleColorImages=false", "-dDownsampleGrayImages=false", "-dDownsampleMonoImages=false",
)  # fmt: skip
"""PDF/A-2; what cannot be in it is left out; pictures keep their dots and lose nothing more."""
_FONT_FILES: Final = frozenset(("/FontFile", "/FontFile2", "/FontFile3"))
_INTENT: Final = """%!
[/_objdef {profile} /type /stream /OBJ pdfmark
[{profile} << /N 3 >> /PUT pdfmark
[{profile} (profile) (r) file /PUT pdfmark
[/_objdef {intent} /type /dict /OBJ pdfmark
[{intent} << /Type /OutputIntent /S /GTS_PDFA1 /DestOutputProfile {profile}
  /OutputConditionIdentifier (sRGB) >> /PUT pdfmark
[{Catalog} << /OutputIntents [ {intent} ] >> /PUT pdfmark
"""
"""Says, in the language of Ghostscript, which colors the file is of."""


class GhostscriptError(MissingToolError):
    """Ghostscript is not installed."""

    slug = "ghostscript.missing"
    th = "จัดทำ PDF/A ไม่ได้ เพราะยังไม่ได้ติดตั้ง Ghostscript"
    en = "no PDF/A can be made: Ghostscript is not installed"
    hint_th = "ติดตั้งด้วย sudo apt-get install ghostscript หรือส่งออกโดยไม่ใช้ --pdfa"
    hint_en = "sudo apt-get install ghostscript, or export without --pdfa"


class NotArchivalError(SarabanError):
    """Ghostscript made no PDF/A of a document."""

    slug = "pdfa.failed"
    th = "จัดทำ PDF/A ของเอกสารนี้ไม่ได้"
    en = "no PDF/A could be made of this document"
    hint_th = "ส่งออกเอกสารนี้โดยไม่ใช้ --pdfa ต้นฉบับในคลังยังครบถ้วน"
    hint_en = "export this document without --pdfa; the kept original is whole"


def as_archival(content: bytes, limits: Limits) -> bytes:
    """Return a PDF as PDF/A-2b.

    Args:
        content: The PDF.
        limits: Time and memory that Ghostscript may take.

    Raises:
        GhostscriptError: It is not installed.
        NotArchivalError: It failed, or what it made is no PDF/A as far as that can be looked at here.
    """
    tool = find_ghostscript()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "original").write_bytes(content)
        (folder / "profile").write_bytes(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
        (folder / "intent").write_text(_INTENT, encoding="ascii")
        reads = ["--permit-file-read=profile", "-sOutputFile=made"]
        _run([tool, *_OPTIONS, *reads, "intent", "original"], folder, limits)
        made = (folder / "made").read_bytes() if (folder / "made").exists() else b""
    faults = list(find_faults(made))
    if faults:
        raise NotArchivalError(", ".join(faults))
    return made


def find_ghostscript() -> str:
    """Return where Ghostscript is.

    Raises:
        GhostscriptError: It is not installed.
    """
    tool = shutil.which(_TOOL)
    if tool is None:
        raise GhostscriptError(_TOOL)
    return tool


def _run(command: list[str], folder: Path, limits: Limits) -> None:
    with subprocess.Popen(  # noqa: S603 - a fixed command on files of our own names
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        with contextlib.suppress(ProcessLookupError):  # it may have ended already
            resource.prlimit(process.pid, resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
        try:
            _, told = process.communicate(timeout=limits.tool_seconds)
        except subprocess.TimeoutExpired as error:
            process.kill()
            raise NotArchivalError(f"limits.tool_seconds = {limits.tool_seconds:g}") from error
    if process.returncode != 0:
        last = told.decode(errors="replace").strip().splitlines()[-1:]
        raise NotArchivalError(" ".join(last) or f"{_TOOL}: {process.returncode}")


def find_faults(content: bytes) -> Iterator[str]:
    """Yield what keeps a file from being PDF/A-2b, of what can be seen without a validator."""
    try:
        pdf = pikepdf.open(io.BytesIO(content))
    except (pikepdf.PdfError, ValueError):
        yield "unreadable"
        return
    with pdf:
        with pdf.open_metadata() as metadata:
            if (metadata.get("pdfaid:part"), metadata.get("pdfaid:conformance")) != ("2", "B"):
                yield "pdfaid"
        if pdf.is_encrypted:
            yield "encryption"
        if "/OutputIntents" not in pdf.Root:
            yield "output intent"
        if "/ID" not in pdf.trailer:
            yield "file identifier"
        yield from dict.fromkeys(_find_forbidden(pdf))


def _find_forbidden(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Yield what no object of such a file may be."""
    for each in _iterate_dictionaries(pdf):
        if each.get("/S") in (pikepdf.Name.JavaScript, pikepdf.Name.Launch):
            yield "action"
        if "/EF" in each:
            yield "attached file"
        if "/AA" in each:
            yield "additional actions"
        if each.get("/Type") == pikepdf.Name.FontDescriptor and not _FONT_FILES & set(each.keys()):
            yield "font not embedded"
        if "/LZWDecode" in str(each.get("/Filter", "")):
            yield "LZW"


def _iterate_dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield every dictionary and stream of a file, those within others included."""
    waiting: list[pikepdf.Object] = list(pdf.objects)
    while waiting:
        each = waiting.pop()
        if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
            yield each
            parts = [part for _, part in each.items()]
        else:
            parts = list(each) if isinstance(each, pikepdf.Array) else []
        waiting += [part for part in parts if isinstance(part, pikepdf.Object) and not part.is_indirect]
