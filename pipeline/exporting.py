"""What the archive holds, to files for other programs and for the shelf."""

import hashlib
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, NoReturn

from core.errors import DamagedFileError, Language, LimitError, NotFoundError, PartialError, UnwritableError, UsageError
from core.limits import Limits
from core.office import OfficeSettings
from core.suggestions import describe_choice
from models.document import Document
from models.ocr import OcrPage
from pipeline.worker_pool import WorkItem
from pipeline.workers import LocalPool
from reports.file_names import shorten_name
from reports.render import open_whole, save
from reports.report_layout import Digits
from store.archive import Archive

_logger = logging.getLogger(__name__)

WHAT: Final = ("letters", "rows", "findings", "ecms", "datapackage", "pdf")
"""What can be exported."""
_PARTS: Final = {"ecms": ".xml", "datapackage": ".zip", "pdf": ".pdf"}
"""What makes a file of its own of each letter, annex or document, and the suffix of it."""


class PartialExportError(PartialError):
    """Some files were written and some could not be."""

    slug = "export.partial"
    th = "ส่งออกได้บางส่วน"
    en = "only some of the files could be written"
    hint_th = "ไฟล์อื่นเขียนครบแล้ว ตรวจเอกสารที่ระบุด้วย saraban show แล้วส่งออกเฉพาะเอกสารนั้นอีกครั้ง"
    hint_en = "the other files are whole; look at these documents with saraban show, and export them alone"


def export(  # noqa: PLR0913 - options of the command
    archive: Archive,
    what: str,
    path: Path,
    names: Sequence[str] = (),
    *,
    language: Language = "th",
    digits: Digits = "arabic",
    with_file: bool = False,
    limits: Limits | None = None,
    pdfa: bool = False,
) -> list[Path]:
    """Write an export and return the files that were written.

    Args:
        archive: What to export from.
        what: One of `WHAT`.
        path: The file; where several are made, the folder that they go into.
        names: Documents, by file name or first digits of their SHA-256; all where none is named.
        language: Of headings and words.
        digits: Those that workbooks show numbers and dates in.
        with_file: Put the original into the XML of a letter.
        limits: Bound what a PDF may cost; the usual ones where there are none.
        pdfa: Make searchable PDF as PDF/A-2b.

    Raises:
        UsageError: Another `what`, a suffix that cannot be had of it, or a file that cannot be written.
        NotFoundError: A document is not in the archive, or there is nothing of the kind in it.
        MissingToolError: The format needs a library that is not installed.
        PartialExportError: Some files could not be made; the others were.
    """
    if what not in WHAT:
        raise UsageError(*describe_choice(what, WHAT))
    documents = _documents(archive, names)
    if what == "pdf":
        limits = limits or Limits()
        # The result may be as large as a worker: a long scan in color is larger than anything that is read of it.
        with LocalPool(1, limits.model_copy(update={"result_bytes": limits.memory_bytes})) as pool:
            return _write_parts(path, _PARTS[what], lambda: _pdfs(archive, documents, pool, pdfa=pdfa), what)
    if what in _PARTS:
        makers = {
            "ecms": lambda: _letters(archive, documents, with_file=with_file),
            "datapackage": lambda: _annexes(documents),
        }
        return _write_parts(path, _PARTS[what], makers[what], what)
    from reports.exports.flat_files import write_table
    from reports.exports.flat_tables import KINDS

    with open_whole(path) as file:
        write_table(KINDS[what](documents, language), file, path.suffix, language, digits)
    return [path]


def iterate_csv(archive: Archive, what: str, names: Sequence[str], language: Language) -> Iterator[str]:
    """Yield the lines of a table as CSV as they are found, with their ends.

    Args:
        archive: What to export from.
        what: One of `WHAT` that is one table.
        names: Documents, by file name or first digits of their SHA-256; all where none is named.
        language: Of headings and words.

    Raises:
        UsageError: Another `what`.
        NotFoundError: A document is not in the archive.
    """
    from reports.csv_safety import iterate_spreadsheet_csv
    from reports.exports.flat_tables import KINDS

    if what not in KINDS:
        tables = ", ".join(KINDS)
        raise UsageError(f"{what} -: ใช้ - ได้กับ {tables}", f"{what} -: a stream is to be had of {tables}")
    table = KINDS[what](_documents(archive, names), language)
    return iterate_spreadsheet_csv(table.headings(language), table.worded(language))


def write_register(
    archive: Archive,
    which: Literal["received", "sent"],
    path: Path,
    office: OfficeSettings,
    names: Sequence[str] = (),
    digits: Digits = "thai",
) -> None:
    """Write the register of letters received (แบบที่ ๑๓) or sent (แบบที่ ๑๔).

    Args:
        archive: What to export from.
        which: Of the two.
        path: The file, `.xlsx` or `.pdf`.
        office: Whose register it is; its own letters are those sent.
        names: Documents, by file name or first digits of their SHA-256; all where none is named.
        digits: Those that numbers and dates are shown in.

    Raises:
        UsageError: Another suffix, or letters sent are asked for and nothing tells which are the office's own.
        NotFoundError: A document is not in the archive.
        MissingToolError: A PDF is asked for and no Thai face is installed.
        UnwritableError: The file cannot be written.
    """
    from reports.exports.register_files import FORMATS, as_register
    from reports.exports.registers import build_received, build_sent

    if path.suffix.lower() not in FORMATS:
        raise UsageError(f"{path.name}: {' '.join(FORMATS)}")
    if which == "sent" and not office.is_known:
        raise UsageError(
            "ยังไม่ได้ตั้งค่าหน่วยงาน โปรดระบุ office.names หรือ office.codes ในไฟล์การตั้งค่า",
            "the office is not set: give office.names or office.codes in the settings file",
        )
    build = build_sent if which == "sent" else build_received
    save(path, as_register(build(_documents(archive, names), office), path.suffix, digits))


Parts = Iterator[tuple[str, Callable[[], bytes]]]


def _documents(archive: Archive, names: Sequence[str]) -> Iterator[Document]:
    return map(archive.require_document, names) if names else archive.iterate_records()


def _write_parts(path: Path, suffix: str, parts: Callable[[], Parts], what: str) -> list[Path]:
    """Write one part to the path itself where it has the suffix, else each part into a folder of that name."""
    found = list(parts())
    if not found:
        raise NotFoundError(f"{what}: ไม่มีในเอกสารที่เลือก", f"{what}: nothing of the kind in these documents")
    if path.suffix.lower() == suffix:
        if len(found) > 1:
            raise UsageError(
                f"{path.name}: มี {len(found)} ไฟล์ โปรดระบุโฟลเดอร์",
                f"{path.name}: there are {len(found)} files; name a folder",
            )
        save(path, found[0][1]())
        return [path]
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnwritableError.from_system(path, error) from error
    written, failed = [], []
    for name, content in found:
        target = path / f"{name}{suffix}"
        try:
            save(target, content())
        except Exception as error:  # one odd document must not cost the others their files
            _logger.exception("%s was not written", target)
            failed.append(f"{target.name}: {error}")
        else:
            written.append(target)
    if failed:
        raise PartialExportError(f"{len(written)}/{len(found)}; " + "; ".join(failed))
    return written


def _stem(document: Document) -> str:
    """Return a name for the files of a document that no other document's have, and that any file system takes."""
    return f"{shorten_name(Path(document.source.name).stem)}-{document.source.sha256[:8]}"


def _letters(archive: Archive, documents: Iterator[Document], *, with_file: bool) -> Parts:
    from reports.exports.ecms import as_ecms

    for document in documents:
        for index in range(len(document.letters)):
            original = archive.original(document.source.sha256) if with_file else None

            def made(document: Document = document, index: int = index, original: Path | None = original) -> bytes:
                return as_ecms(document, index, _read_sound(document, original) if original is not None else None)

            yield f"{_stem(document)}-letter{index + 1}", made


def _read_sound(document: Document, original: Path) -> bytes:
    """Return the bytes of an original that are still those that its SHA-256 names.

    Raises:
        DamagedFileError: They are not.
    """
    content = original.read_bytes()
    if hashlib.sha256(content).hexdigest() != document.source.sha256:
        name = document.source.name
        raise DamagedFileError(
            f"{name}: ต้นฉบับในคลังชำรุด (saraban import {name})",
            f"{name}: the kept original is damaged (saraban import {name})",
        )
    return content


def _annexes(documents: Iterator[Document]) -> Parts:
    from reports.exports.data_package import as_datapackage

    for document in documents:
        for index in range(len(document.annexes)):

            def made(document: Document = document, index: int = index) -> bytes:
                return as_datapackage(document, index)

            province = document.annexes[index].province.value
            where = f"-{shorten_name(province)}" if province else ""
            yield f"{_stem(document)}-annex{index + 1}{where}", made


@dataclass(frozen=True, slots=True)
class _SearchableTask:
    """A document that is to become a searchable PDF: where its bytes are, and what was read of it."""

    path: Path
    media_type: str
    pages: tuple[OcrPage, ...]


def _make_searchable(task: _SearchableTask) -> bytes:
    """Return a searchable PDF. Runs in a worker: what the original unpacks to is nobody's to say."""
    from reports.exports.searchable_pdf import as_searchable

    return as_searchable(task.path.read_bytes(), task.media_type, task.pages)


def _pdfs(archive: Archive, documents: Iterator[Document], pool: LocalPool, *, pdfa: bool) -> Parts:
    from reports.exports.archival_pdf import as_archival
    from reports.exports.settled_text import put_settled

    for document in documents:
        source = document.source
        original = archive.original(source.sha256)
        if original is None or not source.media_type.startswith(("application/pdf", "image/")):
            continue

        def made(document: Document = document, original: Path = original) -> bytes:
            source = document.source

            def lost(code: str, detail: str) -> NoReturn:
                raise LimitError(f"{source.name}: {code} {detail}")

            pages = tuple(put_settled(document, archive.pages(source.sha256)))
            task = _SearchableTask(original, source.media_type, pages)
            found = pool.begin(WorkItem(_make_searchable, task, pool.limits.document_seconds, lost)).result()
            return as_archival(found, pool.limits) if pdfa else found

        yield _stem(document), made
