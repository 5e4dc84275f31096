"""Exports: what was read goes out whole, in the form that others expect, and nothing of it becomes a formula."""

import csv
import datetime as dt
import io
import json
import zipfile
from pathlib import Path

import pdfplumber
import pikepdf
import pypdfium2
import pytest
from lxml import etree
from PIL import Image

from core.errors import MissingToolError, NotFoundError, UsageError
from fixtures.hostile_cases import pdf_content, pdf_parts, pdf_structure
from models.annex import Annex, BodyKind, BodyRef, Column, ColumnKind, Row, Status
from models.document import Document, DocumentStatus, Page, SourceDocument
from models.field import Box, Field
from models.finding import Finding, Outcome
from models.issue import Message, Severity
from models.letter import Deadline, Enclosure, Letter, LetterKind, NumberField, NumberParts, Receipt, Reference, Signer
from models.ocr import Cell, Grid, Line, OcrPage
from pipeline.exporting import PartialExportError, export
from reports.exports import flat_tables
from reports.exports.data_package import as_datapackage
from reports.exports.ecms import RAM, as_ecms, schema, split_name
from reports.exports.flat_files import write_table
from reports.exports.searchable_pdf import as_searchable
from store.archive import Archive
from store.page_results import PageResult

DAY = dt.date(2021, 4, 29)
FORMULA = "=HYPERLINK(1)"
SHA = "ab" * 32


def field(value=None, raw="", **more):
    return Field(value=value, raw=raw, **more)


def letter(**more):
    number = NumberField(
        value="มท 0810.2/ว 856",
        raw="มท ๐๘๑๐.๒/ว ๘๕๖",
        confidence=0.9,
        parts=NumberParts(prefix="มท", unit="0810.2", circular=True, running="856"),
    )
    facts = {
        "kind": LetterKind.EXTERNAL_LETTER,
        "pages": (1, 2),
        "urgency": field("ด่วนมาก"),
        "number": number,
        "date": field(DAY, confidence=0.5, review=("low_confidence",)),
        "issuer": field("กรมตัวอย่าง"),
        "subject": field(FORMULA),
        "recipients": (field("ผู้ว่าราชการจังหวัด"), field("นายอำเภอ")),
        "references": (Reference(title=field("หนังสือกรม"), number=number, date=field(DAY)),),
        "enclosures": (Enclosure(title=field("บัญชี"), number=NumberField(), date=field(), copies=field(1)),),
        "deadlines": (Deadline(date=field(dt.date(2021, 5, 7)), weekday=field()),),
        "signer": Signer(
            name=field("นายตัวอย่าง อักษรสมมติ"), position=field("อธิบดี"), authority=field(), principal=field()
        ),
        "receipt": Receipt(
            number=field("12"), date=field(dt.date(2021, 5, 3)), time=field(dt.time(9, 30)), office=field("ท้องถิ่น")
        ),
    }
    return Letter(**{**facts, **more})


def as_file(table, suffix):
    stream = io.BytesIO()
    write_table(table, stream, suffix)
    return stream.getvalue()


def document(**more):
    row = Row(
        sequence=field(1, confidence=0.9),
        district=field("ปัว"),
        body=field(BodyRef(kind=BodyKind.SAO, name="ริม", code="6550101"), raw="อบต.ริม๙", page=3),
        cells={"c5": field("๑,๒๓๔.๕๐")},
        status=field(Status.INCOMPLETE),
        remark=field("+แค่ปี ๒๕๖๓"),
        remark_years=(2563,),
        review=("row.narrow",),
    )
    annex = Annex(
        title=field("บัญชี"),
        province=field("น่าน"),
        as_of=field(DAY),
        pages=(3,),
        shape="marks",
        columns=(Column(key="c5", header="งบประมาณ", kind=ColumnKind.AMOUNT),),
        rows=(row,),
    )
    finding = Finding(
        rule="O02",
        severity=Severity.ERROR,
        outcome=Outcome.VIOLATED,
        message=Message(th="ซ้ำ", en="twice"),
        evidence=("annexes[0].rows[0]", "annexes[0].rows[1]"),
    )
    facts = {
        "source": SourceDocument(name="หนังสือ.pdf", sha256=SHA, media_type="application/pdf", pages=3),
        "status": DocumentStatus.OK,
        "text": "",
        "pages": (Page(number=1, text="", engine="e"),),
        "letters": (letter(),),
        "annexes": (annex,),
        "findings": (finding,),
    }
    return Document(**{**facts, **more})


def told(kind, language="en"):
    (row,) = flat_tables.KINDS[kind]([document()], language).mappings()
    return row


def worded(kind, language):
    table = flat_tables.KINDS[kind]([document()], language)
    (row,) = table.worded(language)
    return dict(zip([fact.key for fact in table.facts], row, strict=True))


class TestRecords:
    def test_a_letter(self):
        row = told("letters")
        assert (row["number"], row["date"], row["deadline"]) == ("มท 0810.2/ว 856", DAY, dt.date(2021, 5, 7))
        assert row["recipients"] == "ผู้ว่าราชการจังหวัด; นายอำเภอ"
        assert row["references"] == "หนังสือกรม ที่ มท 0810.2/ว 856 ลงวันที่ ๒๙ เมษายน ๒๕๖๔"
        assert (row["receipt_number"], row["receipt_time"]) == ("12", "09:30")
        assert (row["review"], row["doubted"], row["kind"]) == ("low_confidence", "date", "external_letter")
        assert worded("letters", "th")["doubted"] == "วันที่"
        assert (worded("letters", "th")["review"], worded("letters", "th")["kind"]) == ("ภาพอ่านได้ไม่ชัด", "หนังสือภายนอก")

    def test_a_row(self):
        row = told("rows")
        assert (row["kind"], row["name"], row["code"], row["read_as"]) == ("อบต.", "ริม", "6550101", "อบต.ริม๙")
        assert (row["status"], row["remark_years"], row["cells"]) == ("incomplete", "2563", "งบประมาณ: ๑,๒๓๔.๕๐")
        assert "row.narrow" in row["review"]
        assert told("rows", "th") == row
        assert worded("rows", "th")["status"] == "ไม่ครบถ้วน"

    def test_a_finding(self):
        assert told("findings")["message"] == "twice"
        thai = worded("findings", "th")
        assert (thai["outcome"], thai["severity"]) == ("ไม่ผ่าน", "ผิดพลาด")
        assert thai["evidence"] == "บัญชี 1 แถว 1; บัญชี 1 แถว 2"

    def test_every_row_has_every_column(self):
        for make in flat_tables.KINDS.values():
            found = make([document()], "th")
            assert {len(row) for row in found.rows} == {len(found.facts)}
            assert len({fact.key for fact in found.facts}) == len(found.facts)


class TestFiles:
    @pytest.fixture(params=flat_tables.KINDS)
    def table(self, request):
        return flat_tables.KINDS[request.param]([document()], "th").collect()

    def test_csv_is_for_excel_and_has_no_formula(self, table):
        raw = as_file(table, ".csv")
        assert raw.startswith("\ufeff".encode())
        rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
        assert [len(row) for row in rows] == [len(table.facts)] * 2
        assert not [cell for cell in rows[1] if cell.startswith(("=", "+", "@"))]

    def test_json_has_the_stable_keys(self, table):
        (row,) = json.loads(as_file(table, ".json"))
        assert list(row) == [fact.key for fact in table.facts]

    def test_xlsx_has_texts_and_numbers_but_no_formula(self, table):
        with zipfile.ZipFile(io.BytesIO(as_file(table, ".XLSX"))) as book:
            sheet = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        assert list(sheet.iter(f"{{{sheet.nsmap[None]}}}f")) == []
        assert sheet.find("{*}autoFilter") is not None

    def test_parquet_keeps_kinds(self, table):
        parquet = pytest.importorskip("pyarrow.parquet")
        (row,) = parquet.read_table(io.BytesIO(as_file(table, ".parquet"))).to_pylist()
        assert row == next(table.mappings())

    def test_without_pyarrow_the_next_step_is_named(self, table, monkeypatch):
        monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
        with pytest.raises(MissingToolError) as caught:
            as_file(table, ".parquet")
        assert "saraban[parquet]" in caught.value.hint("en")

    def test_another_suffix_is_a_usage_error(self, table):
        with pytest.raises(UsageError, match=r"\.parquet"):
            as_file(table, ".doc")


class TestEcms:
    def test_it_conforms_in_the_order_of_the_exchange(self):
        root = etree.fromstring(as_ecms(document(), 0, attached=b"%PDF"))
        schema().assertValid(root)
        names = [etree.QName(each).localname for each in root[0]]
        assert names == [
            "ID", "CorrespondenceDate", "Subject", "SpeedCode", "SenderParty", "ReceiverParty",
            "ReceiverParty", "ReferenceCorrespondence", "Attachment", "Description", "MainLetterBinaryObject",
        ]  # fmt: skip
        said = {name: root.findtext(f"{{*}}CorrespondenceLetter/{{{RAM}}}{name}") for name in names}
        assert (said["ID"], said["CorrespondenceDate"]) == ("มท 0810.2/ว 856", "2021-04-29")
        assert said["SpeedCode"] == "ด่วนมาก"
        assert root.findtext(f".//{{{RAM}}}FamilyName") == "อักษรสมมติ"

    def test_a_letter_of_which_nothing_was_read_conforms_too(self):
        bare = document(letters=(Letter(kind=LetterKind.OTHER, pages=(1,)),))
        root = etree.fromstring(as_ecms(bare, 0))
        schema().assertValid(root)
        assert [etree.QName(each).localname for each in root[0]] == ["SenderParty", "Description"]
        assert list(root[0][0]) == []

    def test_an_office_stands_by_its_name_and_by_an_id_only_where_the_exchange_gave_one(self):
        seat = document(letters=(letter(issuer=field("ศาลากลางจังหวัดน่าน")),))
        office = etree.fromstring(as_ecms(seat, 0)).find(f".//{{{RAM}}}DepartmentOrganization")
        assert [(etree.QName(each).localname, each.text) for each in office] == [("Name", "จังหวัดน่าน")]
        office = etree.fromstring(as_ecms(seat, 0, codes={"จังหวัดน่าน": "55"})).find(
            f".//{{{RAM}}}DepartmentOrganization"
        )
        assert [(etree.QName(each).localname, each.text) for each in office] == [("ID", "55"), ("Name", "จังหวัดน่าน")]

    def test_what_is_doubted_is_named_and_what_was_only_guessed_is_not_there(self):
        unread = document(letters=(letter(recipients=(Field(value=None, raw="นายอ??"),)),))
        root = etree.fromstring(as_ecms(unread, 0))
        assert root.find(f".//{{{RAM}}}ReceiverParty") is None
        assert root.findtext(f".//{{{RAM}}}Description").endswith("ควรตรวจกับต้นฉบับ: ลงวันที่")

    @pytest.mark.parametrize(
        ("name", "given", "family"),
        [
            ("นายตัวอย่าง อักษรสมมติ", "นายตัวอย่าง", "อักษรสมมติ"),
            ("นาย ตัวอย่าง อักษรสมมติ", "นาย ตัวอย่าง", "อักษรสมมติ"),
            ("ว่าที่ ร้อยตรี ตัวอย่าง อักษรสมมติ", "ว่าที่ ร้อยตรี ตัวอย่าง", "อักษรสมมติ"),
            ("นางตัวอย่าง ณ สมมติ", "นางตัวอย่าง", "ณ สมมติ"),
            ("นายตัวอย่าง กลาง อักษรสมมติ", "นายตัวอย่าง กลาง อักษรสมมติ", ""),
            ("นายตัวอย่าง", "นายตัวอย่าง", ""),
            ("", "", ""),
        ],
    )
    def test_a_name_is_parted_only_where_it_is_sure(self, name, given, family):
        assert split_name(name) == (given, family)

    def test_codes_of_an_exchange_and_characters_that_xml_forbids(self):
        odd = document(letters=(letter(subject=field("ก\x0b<b>&")),))
        root = etree.fromstring(as_ecms(odd, 0, codes={"ด่วนมาก": "003", "ปกติ": "001"}))
        assert [root.findtext(f".//{{{RAM}}}{name}") for name in ("SpeedCode", "SecretCode", "Subject")] == [
            "003",
            None,
            "ก<b>&",
        ]

    def test_the_schema_refuses_thai_digits_in_a_number(self):
        root = etree.fromstring(as_ecms(document(), 0))
        root[0][0].text = "มท ๐๘๑๐"
        assert not schema().validate(root)


class TestDatapackage:
    def test_what_it_describes_is_what_it_holds(self):
        with zipfile.ZipFile(io.BytesIO(as_datapackage(document(), 0))) as package:
            said = json.loads(package.read("datapackage.json"))
            data = package.read("data.csv").decode()
        fields = said["resources"][0]["schema"]["fields"]
        header, row = csv.reader(io.StringIO(data, newline=""))
        assert header == [each["name"] for each in fields]
        values = dict(zip(header, row, strict=True))
        assert (values["kind"], values["status"], values["c5"]) == ("อบต.", "incomplete", "1234.5")
        assert values["remark"] == "+แค่ปี ๒๕๖๓"  # a program takes no apostrophe off
        assert values["kind"] in fields[2]["constraints"]["enum"]
        assert said["x-dga"]["ขอบเขตเชิงภูมิศาสตร์"] == "น่าน"

    def test_the_same_annex_gives_the_same_bytes(self):
        assert as_datapackage(document(), 0) == as_datapackage(document(), 0)


WIDTH, HEIGHT = 1000, 1400
TEXT = "ที่ มท ๐๘๑๐.๒/ว ๘๕๖ น้ำปาด ปุ๋ย กตัญญู"


def scan(rotate=0, mode="L"):
    """A blank scan as PDF, 500 × 700 points, or on its side."""
    size = (WIDTH, HEIGHT) if rotate in (0, 180) else (HEIGHT, WIDTH)
    stream = io.BytesIO()
    Image.new(mode, size, 255 if mode == "L" else 1).save(stream, "PDF", resolution=144)
    return stream.getvalue()


def page(rotation=0, skew=0.0, engine="tesseract"):
    line = Line(text=TEXT, box=Box(0.1, 0.2, 0.6, 0.22), confidence=0.9)
    cell = Cell(row=0, column=0, box=Box(0.1, 0.5, 0.6, 0.56), text="อบต.ริม\nฝั่งขวา", confidence=0.9, ink=0.2)
    grid = Grid(box=cell.box, rows=1, columns=1, cells=(cell,))
    return OcrPage(
        number=1, engine=engine, rotation=rotation, skew=skew, width=WIDTH, height=HEIGHT, lines=(line,), grids=(grid,)
    )


class TestSearchable:
    def test_words_are_copied_as_words(self):
        made = as_searchable(scan(), "application/pdf", [page()])
        text = pypdfium2.PdfDocument(made)[0].get_textpage().get_text_range()
        assert text.split("\r\n") == [TEXT, "อบต.ริม", "ฝั่งขวา"]

    @pytest.mark.slow
    @pytest.mark.parametrize("rotation", [0, 90, 180, 270])
    def test_the_text_lies_where_it_was_read_however_the_page_was_turned(self, rotation):
        made = pikepdf.open(io.BytesIO(as_searchable(scan(rotation), "application/pdf", [page(rotation)])))
        assert int(made.pages[0].obj.get("/Rotate", 0)) == rotation  # it is shown as one reads it
        stream = io.BytesIO()
        made.save(stream)
        seen = pypdfium2.PdfDocument(stream.getvalue())[0]
        found = seen.get_textpage().search("มท ๐๘๑๐").get_next()
        assert found is not None
        with pdfplumber.open(stream) as pdf:
            (upright,) = pdf.pages
            first = [each for each in upright.chars if each["text"] in TEXT][: len(TEXT)]
            left, right = min(each["x0"] for each in first), max(each["x1"] for each in first)
            middle = sum((each["top"] + each["bottom"]) / 2 for each in first) / len(first)
        assert (left, right) == pytest.approx((50, 300), abs=2)
        assert middle == pytest.approx(147, abs=7)

    def test_a_skewed_page_keeps_its_lines_whole(self):
        made = as_searchable(scan(), "application/pdf", [page(skew=2.5)])
        assert TEXT in pypdfium2.PdfDocument(made)[0].get_textpage().get_text_range()

    def test_nothing_is_seen_and_the_picture_is_as_it_was(self):
        before = pypdfium2.PdfDocument(scan())[0].render(scale=1).to_pil()
        after = pypdfium2.PdfDocument(as_searchable(scan(), "application/pdf", [page()]))[0].render(scale=1).to_pil()
        assert before.tobytes() == after.tobytes()

    def test_a_page_that_has_its_own_text_gets_no_second_one(self):
        made = as_searchable(scan(), "application/pdf", [page(engine="text layer (pdfplumber)")])
        assert pypdfium2.PdfDocument(made)[0].get_textpage().get_text_range() == ""

    @pytest.mark.parametrize(("form", "mode"), [("JPEG", "L"), ("PNG", "RGB"), ("TIFF", "1")])
    def test_pictures_become_pages(self, form, mode):
        stream = io.BytesIO()
        Image.new(mode, (WIDTH, HEIGHT), 255 if mode != "1" else 1).save(stream, form, dpi=(144, 144))
        made = pypdfium2.PdfDocument(as_searchable(stream.getvalue(), f"image/{form.lower()}", [page()]))
        assert [round(side) for side in made[0].get_size()] == [500, 700]
        assert TEXT in made[0].get_textpage().get_text_range()

    def test_a_camera_that_was_held_sideways(self):
        stream = io.BytesIO()
        exif = Image.Exif()
        exif[0x0112] = 6
        Image.new("L", (HEIGHT, WIDTH), 255).save(stream, "JPEG", dpi=(144, 144), exif=exif)
        made = pypdfium2.PdfDocument(as_searchable(stream.getvalue(), "image/jpeg", [page(rotation=90)]))
        assert [round(side) for side in made[0].get_size()] == [500, 700]
        assert TEXT in made[0].get_textpage().get_text_range()

    def test_text_that_was_not_believed_says_nothing_and_the_page_looks_the_same(self):
        original = pdf_content.write_hidden_layer()
        before, after = (
            pypdfium2.PdfDocument(each)[0] for each in (original, as_searchable(original, "application/pdf", [page()]))
        )
        assert "FRAUDULENT" in before.get_textpage().get_text_range()
        assert "FRAUDULENT" not in after.get_textpage().get_text_range()
        assert TEXT in after.get_textpage().get_text_range()
        assert before.render(scale=1).to_pil().tobytes() == after.render(scale=1).to_pil().tobytes()

    def test_letters_that_are_seen_stay_and_their_characters_go(self):
        sound = (Path(__file__).parents[2] / "fixtures/round1/circular.pdf").read_bytes()
        before, after = (
            pypdfium2.PdfDocument(each) for each in (sound, as_searchable(sound, "application/pdf", [page()]))
        )
        said = "".join(after[0].get_textpage().get_text_range().split())
        assert said == "".join((TEXT + "อบต.ริมฝั่งขวา").split())
        assert before[0].render(scale=1).to_pil().tobytes() == after[0].render(scale=1).to_pil().tobytes()
        # other pages of the same faces keep their text
        assert before[1].get_textpage().get_text_range() == after[1].get_textpage().get_text_range()

    def test_nothing_acts_and_nothing_is_attached(self):
        made = pikepdf.open(io.BytesIO(as_searchable(pdf_structure.write_actions(), "application/pdf", [])))
        stream = io.BytesIO()
        made.save(stream, stream_decode_level=pikepdf.StreamDecodeLevel.all, compress_streams=False)
        for word in (b"JavaScript", b"Launch", b"OpenAction", b"/AA", b"EmbeddedFile", b"MZ", b"passwd", b"alert"):
            assert word not in stream.getvalue()

    def test_a_link_that_a_person_sees_stays(self):
        link = b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://example.go.th)>>>>"
        linked = pdf_parts.page(entries=b"/Annots[6 0 R]", more={6: link})
        made = pikepdf.open(io.BytesIO(as_searchable(linked, "application/pdf", [])))
        assert str(made.pages[0].Annots[0].A.URI) == "https://example.go.th"

    def test_the_same_document_gives_the_same_bytes(self):
        original = scan()  # once: Pillow writes the time into a PDF
        first, second = (as_searchable(original, "application/pdf", [page()]) for _ in range(2))
        assert first == second


@pytest.fixture
def archive(tmp_path):
    original = tmp_path / "scan.pdf"
    original.write_bytes(scan())
    with Archive.open(tmp_path / "archive") as store:
        sha = store.keep_original(original)
        source = SourceDocument(name="scan.pdf", sha256=sha, media_type="application/pdf", pages=1)
        store.put_pages([PageResult("old", sha, page().model_copy(update={"lines": ()}))])
        store.put_pages([PageResult("new", sha, page())])
        store.put_document(document(source=source), "e")
        yield store


class TestExport:
    def test_one_odd_document_does_not_cost_the_others_their_files(self, archive, tmp_path, monkeypatch):
        odd = SourceDocument(name="ก" * 90, sha256=SHA, media_type="text/plain", pages=1)
        archive.put_document(document(source=odd), "e")
        written = export(archive, "ecms", tmp_path / "long")
        assert len(written) == 2

        def break_one(document, index, attached=None):
            if document.source.sha256 == SHA:
                raise ValueError("odd")
            return as_ecms(document, index, attached)

        monkeypatch.setattr("reports.exports.ecms.as_ecms", break_one)
        with pytest.raises(PartialExportError, match="odd"):
            export(archive, "ecms", tmp_path / "out")
        assert len(list((tmp_path / "out").iterdir())) == 1

    def test_every_kind(self, archive, tmp_path):
        for what, name in (
            ("letters", "a.csv"),
            ("rows", "a.xlsx"),
            ("findings", "a.json"),
            ("ecms", "a.xml"),
            ("datapackage", "a.zip"),
            ("pdf", "a.pdf"),
        ):
            assert export(archive, what, tmp_path / name) == [tmp_path / name]
            assert (tmp_path / name).stat().st_size > 0
        text = pypdfium2.PdfDocument(tmp_path / "a.pdf")[0].get_textpage().get_text_range()
        assert TEXT in text  # of the newest reading of the page

    def test_a_folder_gets_a_file_each(self, archive, tmp_path):
        (written,) = export(archive, "ecms", tmp_path / "out", with_file=True)
        assert written.parent == tmp_path / "out"
        assert written.name.startswith("scan-")
        assert b"MainLetterBinaryObject" in written.read_bytes()

    def test_several_letters_do_not_go_into_one_file(self, archive, tmp_path):
        source = archive.document("scan.pdf").source
        archive.put_document(document(source=source, letters=(letter(), letter())), "e")
        with pytest.raises(UsageError, match="2 files"):
            export(archive, "ecms", tmp_path / "a.xml")
        assert len(export(archive, "ecms", tmp_path / "out")) == 2

    @pytest.mark.parametrize(("what", "name"), [("nonsense", "a.csv"), ("letters", "a.doc")])
    def test_what_cannot_be_had_is_a_usage_error_and_writes_nothing(self, archive, tmp_path, what, name):
        with pytest.raises(UsageError):
            export(archive, what, tmp_path / name)
        assert not (tmp_path / name).exists()

    def test_what_is_not_there_is_not_found(self, archive, tmp_path):
        with pytest.raises(NotFoundError):
            export(archive, "letters", tmp_path / "a.csv", ["none.pdf"])
        archive.put_document(document(source=archive.document("scan.pdf").source, annexes=()), "e")
        with pytest.raises(NotFoundError):
            export(archive, "datapackage", tmp_path / "a.zip")
