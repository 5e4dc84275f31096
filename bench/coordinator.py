"""What the importing process itself costs: an import whose pages take no work.

    python -m bench.coordinator FOLDER [--documents 1000] [--pages 100] [--jobs 2]

Opening, reading and parsing are replaced by functions that return at once, in workers as usual; what is left is keeping
originals, scheduling, and storing pages and records. Told are the processor time a page and a document, and the memory.
"""

import argparse
import resource
import time
from pathlib import Path
from typing import Final

import pipeline.document_work
import pipeline.worker_pool
from bench.bulk_processes import measure_peak
from commands.import_run import choose_pool
from core.progress import NullProgress
from core.settings import Settings
from ingest.page_image_reader import blank_page
from ingest.page_reader import PageReading, PageTask
from models.document import Document, DocumentStatus, SourceDocument
from pipeline.document_work import OpenTask, ParsedDocument, ParseTask
from pipeline.import_control import ImportControl
from pipeline.importing import import_files
from pipeline.reading import build_recognizer
from store.archive import Archive
from store.decisions import PreparedReading

_SHA_DIGITS: Final = 64
"""Hexadecimal digits of a SHA-256, by which originals are named."""
_FOLDER_FILES: Final = 1_000
"""Files of one folder."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="a new folder, for documents and archive")
    parser.add_argument("--documents", type=int, default=1_000)
    parser.add_argument("--pages", type=int, default=100, help="of each document")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--cluster", help="a Ray cluster instead of this machine's workers, as for `saraban import`")
    arguments = parser.parse_args()
    pages: int = arguments.pages
    pipeline.worker_pool.read_page = read_nothing  # type: ignore[attr-defined]
    pipeline.document_work.open_document = open_nothing
    pipeline.document_work.parse_document = parse_nothing
    for number in range(arguments.documents):
        path = arguments.folder / "in" / f"{number // _FOLDER_FILES}" / f"{number:07d}-{pages}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(str(number), "utf-8")
    settings = Settings(jobs=arguments.jobs)
    recognizer = build_recognizer(settings)
    began, before = time.monotonic(), time.process_time()
    control = ImportControl(open_pool=choose_pool(arguments.cluster))
    files = [arguments.folder / "in"]
    with Archive.open(arguments.folder / "archive") as archive:
        done = sum(1 for _ in import_files(files, archive, settings, recognizer, NullProgress(), control=control))
    spent = time.process_time() - before
    workers = sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
    print(
        f"{done:,} documents, {done * pages:,} pages: {time.monotonic() - began:.0f} s; parent {spent:.1f} CPU s, "
        f"{1e3 * spent / done / pages:.2f} ms a page; workers {workers:.1f} CPU s; parent {measure_peak('self'):.0f} MB"
    )


def open_nothing(task: OpenTask) -> SourceDocument:
    """Return a document of as many pages as its name says."""
    pages = int(Path(task.name).stem.split("-")[1])
    return SourceDocument(name=task.name, sha256=task.path.name[:_SHA_DIGITS], media_type="text/plain", pages=pages)


def read_nothing(task: PageTask) -> PageReading:
    """Return a blank page."""
    return PageReading(page=blank_page(task.number, "none"))


def parse_nothing(task: ParseTask) -> ParsedDocument:
    """Return an empty record."""
    document = Document(source=task.source, status=DocumentStatus.OK, text="", pages=())
    return ParsedDocument(PreparedReading(document.model_dump_json(), forms={}), is_final=True)


if __name__ == "__main__":
    main()
