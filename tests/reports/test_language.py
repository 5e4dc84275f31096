"""What is handed out in Thai has no English word but names, codes and file names, and its dates are Thai."""

import io
import re
import warnings

import docx
import openpyxl
import pypdfium2
import pytest

from core.office import OfficeSettings
from models.finding import Outcome, Verdict
from models.issue import Message, Severity
from reports.change_report import build
from reports.check_report import CheckedDocument, CheckOptions, write_check
from reports.exports import flat_tables
from reports.exports.ecms import as_ecms
from reports.exports.flat_files import write_table
from reports.exports.register_files import as_register
from reports.exports.registers import build_received, build_sent
from reports.pdf import FaceError, find_face
from reports.render import find_writer
from reports.report_model import ChangeReport
from tests.reports.builders import EVIL, TODAY
from tests.reports.test_exports import document, field, letter

NAMES = re.compile(
    r"sha256[^0-9A-Za-z]{1,4}[0-9a-f]+|[\w.-]+\.(?:pdf|jpg|txt|csv|html)|\bsaraban[\w -]*|data:image/\S+|"
    r"=?HYPERLINK|\b[A-Z]\d\d\b|\b(?:THSarabunNew|TH Sarabun New)\b"
)
"""What is the same in every language: names of files, readings and rules; and what the fixtures have in their texts."""
WORD = re.compile(r"[A-Za-z]{2,}")
ISO_DATE = re.compile(r"[0-9๐-๙]{4}-[0-9๐-๙]{2}-[0-9๐-๙]{2}")
PARTS = re.compile(r"<style.*?</style>|<head.*?</head>|<[^>]*>|&\w+;", re.DOTALL)
OFFICE = OfficeSettings(names=("กรมตัวอย่าง",), codes=("มท 0810",))


def text_of_html(content):
    return PARTS.sub(" ", content.decode())


def text_of_docx(content):
    made = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in made.paragraphs), *cells])


def text_of_xlsx(content):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # it knows no bars within cells
        book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [
        str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)
    ]
    return "\n".join([*book.sheetnames, *cells])


def text_of_pdf(content):
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))


READERS = {
    ".html": text_of_html,
    ".docx": text_of_docx,
    ".xlsx": text_of_xlsx,
    ".pdf": text_of_pdf,
    ".md": lambda content: content.decode().replace("\\", ""),
    ".csv": lambda content: content.decode("utf-8-sig"),
}


def assert_thai(text):
    """Say which words of a text are English, and which dates are not as Thai offices write them."""
    assert re.search("[ก-๙]", text)
    assert WORD.findall(NAMES.sub(" ", text)) == []
    assert ISO_DATE.findall(text) == []


@pytest.mark.parametrize("suffix", READERS)
def test_a_change_report_with_its_memo(report, suffix):
    _need_face()
    plain = ChangeReport.model_validate_json(report.model_dump_json().replace(EVIL, "หมายเหตุทดสอบ"))
    content = find_writer(suffix)(plain, "thai")
    assert_thai(READERS[suffix](content.encode() if isinstance(content, str) else content))


def test_the_report_has_a_change_of_every_kind(comparison):
    report = build(comparison, TODAY)
    assert all((report.newly_complete, report.fell_back, report.remarks, report.bodies, report.doubts, report.repairs))


@pytest.mark.parametrize("suffix", [".xlsx", ".pdf"])
@pytest.mark.parametrize("build_register", [build_received, build_sent])
def test_a_register(build_register, suffix):
    _need_face()
    content = as_register(build_register([document(letters=(letter(subject=field("ทดสอบ")),))], OFFICE), suffix)
    assert_thai(READERS[suffix](content))


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize("kind", flat_tables.KINDS)
def test_a_flat_table(kind, suffix):
    stream = io.BytesIO()
    write_table(flat_tables.KINDS[kind]([document()], "th"), stream, suffix, "th", "thai")
    text = READERS[suffix](stream.getvalue())
    digests = re.sub(r"\b[0-9a-f]{64}\b", "", text)
    assert WORD.findall(NAMES.sub(" ", digests)) == []
    if suffix == ".xlsx":  # a CSV keeps dates such as every spreadsheet reads
        assert ISO_DATE.findall(text) == []


def test_what_the_rules_say():
    verdict = Verdict(
        rule="O02",
        severity=Severity.ERROR,
        outcome=Outcome.VIOLATED,
        statement=Message(th="ชื่อไม่ซ้ำ", en="no name twice"),
        findings=document().findings,
    )
    checked = [CheckedDocument(document(), (verdict,))]
    assert_thai(text_of_html("".join(write_check("html", checked, CheckOptions())).encode()))


def test_an_xml_of_a_letter_says_in_thai_what_is_doubted():
    text = re.sub(r"<[^>]*>|\b[0-9a-f]{64}\b|sha256", " ", as_ecms(document(letters=(letter(),)), 0).decode())
    assert WORD.findall(NAMES.sub(" ", text)) == []


def _need_face():
    try:
        find_face()
    except FaceError:
        pytest.skip("no Thai font is installed")
