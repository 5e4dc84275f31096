"""Archives for tests of the desk: small, invented, and read without Tesseract."""

from pathlib import Path

from core.settings import Settings
from ingest.page_reader import describe
from ingest.recognition.tesseract import Recognizer
from pipeline.deciding import keep_reading
from pipeline.reading import page_tasks, read_document
from store.archive import Archive

FIXTURES = Path(__file__).parents[2] / "fixtures"
SEED_LIKE = FIXTURES / "seed-like" / "ocr.txt"
SETTINGS = Settings()
NO_RECOGNIZER = Recognizer("saraban", Path("/nowhere"), "test")


def put(archive: Archive, path: Path) -> str:
    """Read a text into the archive as an import would, and return its SHA-256."""
    assert page_tasks(path, describe(path, SETTINGS.limits), NO_RECOGNIZER, SETTINGS)
    document = read_document(path, SETTINGS, NO_RECOGNIZER)
    archive.keep_original(path)
    keep_reading(archive, document, "test", SETTINGS)
    return document.source.sha256
