"""The registers of letters received and sent: what is in which, in what form, and how large it is printed."""

import datetime as dt
import io
import zipfile

import pdfplumber
import pypdfium2
import pytest
from lxml import etree

from core.errors import UsageError
from core.office import OfficeSettings
from models.letter import Letter, LetterKind, NumberField, NumberParts
from pipeline.exporting import write_register
from reports.exports.register_files import as_register
from reports.exports.registers import build_received, build_sent, is_sent_by
from reports.pdf import FaceError, find_face
from store.archive import Archive
from tests.reports.test_exports import DAY, document, field, letter

OFFICE = OfficeSettings(names=("ที่ทำการปกครองจังหวัดตัวอย่าง", "ศาลากลางจังหวัดตัวอย่าง"), codes=("ตย ๐๐๑๘",))
LEAST_POINTS = 9


def numbered(prefix, unit, running, *, circular=False, **more):
    parts = NumberParts(prefix=prefix, unit=unit, circular=circular, running=running)
    value = f"{prefix} {unit}/{'ว ' if circular else ''}{running}"
    return letter(number=NumberField(value=value, raw=value, parts=parts), **more)


def bare(**more):
    return Letter(kind=LetterKind.OTHER, pages=(1,), **more)


class TestWhoseLetterItIs:
    @pytest.mark.parametrize("unit", ["0018", "0018.1", "0018.2"])
    def test_a_code_is_of_the_office_and_its_parts(self, unit):
        assert is_sent_by(numbered("ตย", unit, "5"), OFFICE)

    @pytest.mark.parametrize(("prefix", "unit"), [("ตย", "00181"), ("ตย", "0019"), ("มท", "0018")])
    def test_another_code_is_not(self, prefix, unit):
        assert not is_sent_by(numbered(prefix, unit, "5"), OFFICE)

    def test_a_name_is_known_without_its_seat(self):
        assert is_sent_by(bare(issuer=field("จังหวัดตัวอย่าง")), OFFICE)
        assert not is_sent_by(bare(issuer=field("องค์การบริหารส่วนจังหวัดตัวอย่าง")), OFFICE)

    def test_nothing_is_of_an_office_that_is_not_set(self):
        assert not is_sent_by(letter(), OfficeSettings())
        assert not is_sent_by(bare(), OFFICE)


class TestSent:
    def test_the_columns_are_those_of_form_14(self):
        register = build_sent([document()], OFFICE)
        assert (register.title, register.form) == ("ทะเบียนหนังสือส่ง", "แบบที่ 14")
        assert [column.header for column in register.columns] == [
            "เลขทะเบียนส่ง", "ที่", "ลงวันที่", "จาก", "ถึง", "เรื่อง", "การปฏิบัติ", "หมายเหตุ",
        ]  # fmt: skip

    def test_it_has_the_letters_of_the_office_alone_in_the_order_of_their_days_and_numbers(self):
        own = [
            numbered("ตย", "0018", "12"),
            numbered("ตย", "0018", "3", circular=True),
            numbered("ตย", "0018.1", "9"),
            numbered("ตย", "0018", "1", date=field(DAY + dt.timedelta(days=365))),
        ]
        register = build_sent([document(letters=(*own, letter()))], OFFICE)
        assert [(year.year, [line[0] for line in year.lines]) for year in register.years] == [
            (2564, ["9", "12", "ว 3"]),
            (2565, ["1"]),
        ]
        assert register.notes == ()

    def test_letters_of_which_nobody_knows_who_sent_them_are_counted(self):
        (note,) = build_sent([document(letters=(bare(), bare()))], OFFICE).notes
        assert "2 ฉบับ" in note


class TestReceived:
    def test_the_columns_of_form_13_with_the_day_and_the_time_of_the_stamp(self):
        register = build_received([document()], OFFICE)
        assert [column.header for column in register.columns] == [
            "เลขทะเบียนรับ", "วันที่รับ", "เวลา", "ที่", "ลงวันที่", "จาก", "ถึง", "เรื่อง", "การปฏิบัติ", "หมายเหตุ",
        ]  # fmt: skip
        assert register.years[0].lines[0][:3] == ("12", dt.date(2021, 5, 3), "09.30 น.")

    def test_own_letters_are_not_among_them_and_unknown_ones_are(self):
        papers = [document(letters=(numbered("ตย", "0018", "12"), bare()))]
        register = build_received(papers, OFFICE)
        assert [year.year for year in register.years] == [None]
        assert register.notes == ()

    def test_where_the_office_is_not_set_it_says_that_all_letters_are_in_it(self):
        assert "ยังไม่ได้ตั้งค่า" in build_received([document()], OfficeSettings()).notes[0]

    def test_what_no_stamp_told_is_left_empty_and_told_of(self):
        line = build_received([document(letters=(letter(receipt=None),))], OFFICE).years[0].lines[0]
        assert line[:3] == (None, None, "")
        assert "ควรตรวจกับต้นฉบับ" in str(line[-1])


class TestOnPaper:
    @pytest.fixture
    def many(self):
        return build_received([document(letters=tuple(letter() for _ in range(60)))], OFFICE)

    def test_a_sheet_is_landscape_and_says_its_head_on_each_page(self, many):
        with zipfile.ZipFile(io.BytesIO(as_register(many, ".xlsx"))) as book:
            sheet = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
            names = etree.fromstring(book.read("xl/workbook.xml"))
        assert sheet.find("{*}pageSetup").get("orientation") == "landscape"
        defined = {each.get("name"): each.text for each in names.iter("{*}definedName")}
        assert defined["_xlnm.Print_Titles"].endswith("$3:$3")
        assert defined["_xlnm.Print_Area"].endswith("$A$1:$J$63")

    def test_a_pdf_is_landscape_readable_and_says_its_head_on_each_page(self, many):
        _need_face()
        made = as_register(many, ".pdf")
        with pdfplumber.open(io.BytesIO(made)) as pdf:
            assert len(pdf.pages) > 1
            assert all(page.width > page.height for page in pdf.pages)
            assert min(char["size"] for page in pdf.pages for char in page.chars) >= LEAST_POINTS
        assert all("หมายเหตุ" in text for text in _read(made))

    def test_thai_digits_and_dates_unless_arabic_ones_are_asked_for(self, many):
        _need_face()
        text = _read(as_register(many, ".pdf"))[0]
        assert {"๓พ.ค.๒๕๖๔", "มท๐๘๑๐.๒/ว๘๕๖", "แบบที่๑๓"} == {
            part for part in ("๓พ.ค.๒๕๖๔", "มท๐๘๑๐.๒/ว๘๕๖", "แบบที่๑๓") if part in text
        }
        assert "3พ.ค.2564" in _read(as_register(many, ".pdf", "arabic"))[0]

    @pytest.mark.parametrize("suffix", [".xlsx", ".pdf"])
    def test_an_empty_register_says_so(self, suffix):
        _need_face()
        assert as_register(build_sent([], OFFICE), suffix)

    def test_another_suffix_is_a_usage_error(self, many):
        with pytest.raises(UsageError):
            as_register(many, ".doc")


class TestFromTheArchive:
    @pytest.fixture
    def archive(self, tmp_path):
        with Archive.open(tmp_path / "archive") as store:
            store.put_document(document(), "e")
            yield store

    def test_it_is_written_whole(self, archive, tmp_path):
        write_register(archive, "received", tmp_path / "a.xlsx", OFFICE)
        assert (tmp_path / "a.xlsx").read_bytes().startswith(b"PK")

    def test_letters_sent_need_an_office(self, archive, tmp_path):
        with pytest.raises(UsageError, match=r"office\.names"):
            write_register(archive, "sent", tmp_path / "a.xlsx", OfficeSettings())
        assert not (tmp_path / "a.xlsx").exists()

    def test_another_suffix_writes_nothing(self, archive, tmp_path):
        with pytest.raises(UsageError):
            write_register(archive, "received", tmp_path / "a.csv", OFFICE)
        assert not (tmp_path / "a.csv").exists()


def _read(pdf):
    """The text of each page, without what parts its words and lines."""
    return ["".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(pdf)]


def _need_face():
    try:
        find_face()
    except FaceError:
        pytest.skip("no Thai font is installed")
