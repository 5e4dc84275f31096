"""Opening a document: what it is, how many pages it has, and one page of it."""

import functools
import logging
import re
from dataclasses import dataclass
from pathlib import Path

from core.errors import (
    DamagedFileError,
    DarkPageError,
    EncryptedFileError,
    LimitError,
    RecognitionError,
    SarabanError,
)
from core.file_names import readable_name
from core.fingerprint import sha256_file
from core.limits import Limits
from ingest.page_image_reader import blank_page, read_page_image
from ingest.recognition.qr_codes import read_codes
from ingest.recognition.recognizer import TextRecognizer
from ingest.sources.file_type import DATA_TYPES, TEXT_TYPES, MediaType, identify
from ingest.sources.page_image import PageImage
from ingest.sources.page_loading import count_frames, load_frame, load_pdf_page
from ingest.sources.plain_text import read_pages
from ingest.sources.word_document import read_word_pages
from ingest.text_layer.annotations import Annotation, add_unread, find_annotations
from ingest.text_layer.distrust_reasons import describe_distrust
from ingest.text_layer.extraction import read_text_layer
from ingest.text_layer.verification import find_lines_to_verify, flag_digit_mismatches, verify_text_layer
from models.document import SourceDocument
from models.field import Box, Record
from models.issue import Issue, Message, Severity
from models.ocr import IslandKind, OcrPage
from models.provenance import Preparation

_log = logging.getLogger(__name__)
_MENTION = re.compile(r"QR|คิวอาร์", re.I)
_PALE = 0.55
"""Gray as a share of the paper's above which a picture with a watermark shows the watermark, and no text."""


class PageReading(Record):
    """One page, and what went wrong with it.

    Attributes:
        is_final: Whether reading it again would give the same; not so where a tool failed that may work next time.
    """

    page: OcrPage
    issues: tuple[Issue, ...] = ()
    is_final: bool = True


@dataclass(frozen=True)
class PageTask:
    """All that a worker needs to read one page."""

    path: Path
    media_type: MediaType
    number: int
    recognizer: TextRecognizer
    limits: Limits


def describe(path: Path, limits: Limits, name: str | None = None) -> SourceDocument:
    """Return what a file is, its SHA-256 and its number of pages; a table counts as one until its sheets are read.

    Args:
        path: The file, or the copy of it that is kept.
        limits: Bound its bytes and its pages.
        name: What it was called where it came from, if that is not the name of the path.

    Raises:
        core.errors.InputError: One of its kinds: missing, empty, damaged, encrypted, too large or of no known format.
    """
    name = readable_name(name if name is not None else path.name)
    media_type = identify(path, limits, name)
    pages = 1 if media_type in DATA_TYPES else _count(path, media_type, limits)
    if pages < 1:
        raise DamagedFileError(f"{name}: 0 pages")
    if pages > limits.pages:
        raise LimitError(f"{name}: {pages} > pages {limits.pages}")
    return SourceDocument(name=name, sha256=sha256_file(path), media_type=media_type.value, pages=pages)


def _count(path: Path, media_type: MediaType, limits: Limits) -> int:
    if media_type in TEXT_TYPES:
        return len(_read_text_pages(path, media_type, limits))
    if media_type is not MediaType.PDF:
        return count_frames(path, limits)
    import pikepdf

    try:
        with pikepdf.open(path) as pdf:
            return len(pdf.pages)
    except pikepdf.PasswordError as error:
        raise EncryptedFileError(path.name) from error
    except (pikepdf.PdfError, OSError, ValueError, RecursionError) as error:
        raise DamagedFileError(f"{path.name}: {error}") from error


def _read_text_pages(path: Path, media_type: MediaType, limits: Limits) -> list[OcrPage]:
    read = read_word_pages if media_type is MediaType.DOCX else read_pages
    return read(path, limits)


def read_page(task: PageTask) -> PageReading:
    """Return one page of a document: from a sound text layer, else as a picture.

    Trouble is an issue of the page. Runs in a worker process; writes nothing but temporary files.

    Raises:
        core.errors.MissingToolError: The recognizer vanished.
        core.errors.InputError: The file cannot be opened any more.
    """
    if task.media_type in TEXT_TYPES:
        return PageReading(page=_read_text_pages(task.path, task.media_type, task.limits)[task.number - 1])
    drawn = _DrawnPage(task)
    if task.media_type is not MediaType.PDF:
        return _read_picture(drawn, None, (), [])
    return _read_pdf_page(task, drawn)


def _read_pdf_page(task: PageTask, drawn: "_DrawnPage") -> PageReading:
    notes = _find_annotations(task)
    is_overlaid = notes is None or any(note.is_written for note in notes)
    layer, why = (None, ("annotations",)) if is_overlaid else _read_layer(task)
    page, issues = layer if not why else None, list[Issue]()
    if page is not None:
        page, why, verified = _verify(page, drawn)
        issues += [] if verified else [_layer_unverified(task.number)]
    if page is not None:
        page, complete = _add_codes(page, drawn)
        issues += [] if complete else [_codes_unread(task.number)]
        is_final = (verified or bool(page.rotation)) and complete
        return PageReading(page=add_unread(page, notes or ()), issues=tuple(issues), is_final=is_final)
    if why not in (("empty",), ("scan",), ("annotations",)):
        issues.append(_layer_issue(task.number, why))
    return _read_picture(drawn, layer, notes or (), issues)


def _read_picture(
    drawn: "_DrawnPage", layer: OcrPage | None, notes: tuple[Annotation, ...], issues: list[Issue]
) -> PageReading:
    """Return a page as its picture reads.

    Args:
        drawn: The page.
        layer: Its text layer, if it has one that is not trusted; where that has other digits, they are doubtful.
        notes: The annotations that are drawn on it.
        issues: What is known of it; what goes wrong is added.
    """
    task = drawn.task
    try:
        page = read_page_image(drawn.image, task.number, task.recognizer, task.limits)
        page = add_unread(flag_digit_mismatches(page, layer) if layer is not None else page, notes)
    except SarabanError as error:
        if not isinstance(error, (DamagedFileError, DarkPageError, LimitError, RecognitionError)):
            raise
        issues.append(_unread(task.number, error.message("th"), error.message("en")))
    except Exception as error:  # noqa: BLE001 - one odd page must not end the batch; it becomes an issue
        _log.exception("page %d of %s could not be read", task.number, task.path.name)
        issues.append(_unread(task.number, f"อ่านหน้านี้ไม่ได้: {error}", f"the page could not be read: {error}"))
    else:
        if not page.lines and not page.grids and not page.leftover:
            issues.append(_blank(task.number))
        return PageReading(page=page, issues=tuple(issues))
    return PageReading(page=blank_page(task.number, task.recognizer.engine), issues=tuple(issues))


@dataclass(frozen=True)
class _DrawnPage:
    """A page that is drawn when it is first needed, and at most once."""

    task: PageTask

    @functools.cached_property
    def image(self) -> PageImage:
        load = load_pdf_page if self.task.media_type is MediaType.PDF else load_frame
        return load(self.task.path, self.task.number, self.task.limits)


def _verify(page: OcrPage, drawn: _DrawnPage) -> tuple[OcrPage | None, tuple[str, ...], bool]:
    """Return a page of a text layer after its number and date were held against its picture.

    Returns:
        The page, or None where the layer says something else than the picture; why so; and whether it could be
        compared at all.
    """
    numbers = find_lines_to_verify(page)
    if not numbers:
        return page, (), True
    if page.rotation:
        return page, (), False
    try:
        picture = drawn.image
        if Preparation.LAYER_WATERMARK in page.prepared:
            picture = picture.cleared(picture.gray > _PALE * picture.paper)
        return *verify_text_layer(page, numbers, picture, drawn.task.recognizer), True
    except Exception:  # noqa: BLE001 - what cannot be drawn or read cannot be compared; that is said of the page
        _log.exception("the text layer of page %d of %s could not be verified", page.number, drawn.task.path.name)
        return page, (), False


def _add_codes(page: OcrPage, drawn: _DrawnPage) -> tuple[OcrPage, bool]:
    """Return a page of a text layer with its QR codes, and whether they could be looked for.

    They are looked for where it mentions one, or has a picture that may be one. Such a picture is no longer left over.
    """
    texts = [line.text for line in page.lines] + [cell.text for grid in page.grids for cell in grid.cells]
    pictures = [island.box for island in page.leftover if island.kind is IslandKind.PICTURE]
    if not pictures and not any(_MENTION.search(text) for text in texts):
        return page, True
    try:
        codes = read_codes(drawn.image.gray, drawn.task.limits)
        read = {box for box in pictures for code in codes if _covers(box, code.box)}
        leftover = tuple(island for island in page.leftover if island.box not in read)
        return page.model_copy(update={"codes": codes, "leftover": leftover}), True
    except (SarabanError, OSError, ValueError):
        _log.exception("page %d of %s could not be drawn for its QR codes", page.number, drawn.task.path.name)
        return page, False


def _covers(box: Box, code: Box) -> bool:
    x, y = code.center
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1


def _find_annotations(task: PageTask) -> tuple[Annotation, ...] | None:
    """Return the annotations of a page of a PDF, or None where nobody can tell: then its picture is read."""
    try:
        return find_annotations(task.path, task.number)
    except Exception:  # noqa: BLE001 - pikepdf raises anything on a broken list; the page is read as it is drawn
        _log.exception("the annotations of page %d of %s could not be listed", task.number, task.path.name)
        return None


def _read_layer(task: PageTask) -> tuple[OcrPage | None, tuple[str, ...]]:
    try:
        return read_text_layer(task.path, task.number, task.limits)
    except Exception as error:  # noqa: BLE001 - pdfminer raises anything on a broken page; the picture remains
        _log.exception("the text layer of page %d of %s could not be read", task.number, task.path.name)
        return None, (f"broken: {type(error).__name__}",)


def _layer_issue(number: int, why: tuple[str, ...]) -> Issue:
    reasons = describe_distrust(why)
    return Issue(
        code="page.text_layer_distrusted",
        severity=Severity.INFO,
        stage="ingest",
        page=number,
        message=Message(
            th=f"ไม่ใช้ชั้นข้อความของไฟล์ เพราะไม่น่าเชื่อถือ ({reasons.th}) จึงอ่านจากภาพแทน",
            en=f"the text layer is not trusted ({reasons.en}); the page was read as a picture",
        ),
    )


def _layer_unverified(number: int) -> Issue:
    return Issue(
        code="page.text_layer_unproved",
        severity=Severity.WARNING,
        stage="ingest",
        page=number,
        message=Message(
            th="เทียบเลขที่และวันที่ในชั้นข้อความกับภาพของหน้าไม่ได้ โปรดตรวจกับต้นฉบับ",
            en="number and date of the text layer could not be held against its picture; compare with the paper",
        ),
    )


def _blank(number: int) -> Issue:
    return Issue(
        code="page.blank",
        severity=Severity.INFO,
        stage="ingest",
        page=number,
        message=Message(th="ไม่พบตัวอักษรในหน้านี้", en="nothing was found on this page"),
    )


def _codes_unread(number: int) -> Issue:
    return Issue(
        code="page.codes_unread",
        severity=Severity.INFO,
        stage="ingest",
        page=number,
        message=Message(
            th="หน้านี้กล่าวถึงคิวอาร์โค้ด แต่แปลงหน้าเป็นภาพเพื่ออ่านรหัสไม่ได้ โปรดตรวจกับต้นฉบับ",
            en="the page mentions a QR code, but could not be drawn to read it; compare with the paper",
        ),
    )


def _unread(number: int, th: str, en: str) -> Issue:
    return Issue(
        code="page.unread", severity=Severity.ERROR, stage="ingest", page=number, message=Message(th=th, en=en)
    )
