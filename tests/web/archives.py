"""Archives for tests of the desk: small, invented, and read without Tesseract."""

from pathlib import Path

from core.settings import Settings
from models.document import Document
from pipeline.deciding import keep_reading
from pipeline.reading import read_document
from store.archive import Archive

FIXTURES = Path(__file__).parents[2] / "fixtures"
SEED_LIKE = FIXTURES / "seed-like" / "ocr.txt"
SETTINGS = Settings()
SMALL = """ที่ อต ๐๐๒๓.๓/ว ๑๗๗/๔

ศาลากลางจังหวัดอุตรดิตถ์
ถนนประชานิมิตร อต ๕๓๐๐๐

๒๙ เมษายน ๒๕๖๔

เรื่อง การบันทึกข้อมูลขององค์กรปกครองส่วนท้องถิ่นใน
ระบบข้อมูลกลาง

เรียน นายอำเภอทุกอำเภอ

อ้างถึง หนังสือจังหวัดอุตรดิตถ์ ที่ อต ๐๐๒๓.๓/ว ๘๕๓ ลงวันที่ ๗ ตุลาคม ๒๕๖๓

ตามหนังสือที่อ้างถึง จังหวัดอุตรดิตถ์ได้ขอให้องค์กรปกครองส่วนท้องถิ่นบันทึกข้อมูลให้ครบถ้วน นั้น

จึงเรียนมาเพื่อทราบและดำเนินการ

ขอแสดงความนับถือ

(นายตัวอย่าง อักษรสมมติ)
รองผู้ว่าราชการจังหวัด ปฏิบัติราชการแทน
ผู้ว่าราชการจังหวัดอุตรดิตถ์
"""
"""One letter with a number that is read badly."""


class NoRecognizer:
    """Stands for the recognizer where only texts are read."""

    engine = "none"

    def read_lines(self, images, dpi):
        """Fail: nothing here has a picture."""
        raise AssertionError


def put(archive: Archive, path: Path) -> str:
    """Read a text into the archive as an import would, and return its SHA-256."""
    document = _read(path)
    archive.keep_original(path)
    keep_reading(archive, document, "test", SETTINGS)
    return document.source.sha256


_READINGS: dict[tuple[str, bytes], Document] = {}


def _read(path: Path) -> Document:
    """Read a text once for all tests that put it into an archive."""
    key = (path.name, path.read_bytes())
    if key not in _READINGS:
        _READINGS[key] = read_document(path, SETTINGS, NoRecognizer())
    return _READINGS[key]
