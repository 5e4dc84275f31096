"""Additions to files of which a reader takes parts: DOCX, PDF and ZIP, for `bench/planted_losses.py`."""

import io
import random
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import docx
import docx.shared
import pikepdf
from docx.oxml import parse_xml

from bench.planted_pages import FIXTURES, Case
from core.limits import Limits
from core.settings import Settings
from ingest.page_reader import PageReading
from ingest.sources.word_document import read_word_pages
from ingest.text_layer.annotations import add_unread, find_annotations
from ingest.text_layer.extraction import read_text_layer
from models.document import Document, SourceDocument
from models.ocr import OcrPage
from pipeline.reading import assemble

_TEXTS: Final = ("ฎฎ ฐฐฐ ไม่เคยเห็น", "XQ 9731 ZZ", "ตรวจแล้วตามบันทึกแนบ")
_SPACE: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_DOCX_KINDS: Final = ("comment", "header of a first page", "content control", "text box", "table in a header")
_PDF_KINDS: Final = ("/Text", "/FreeText", "/FileAttachment", "/StrikeOut", "attachment")


def plant_in_files(chance: random.Random) -> Iterator[Case]:
    """Yield cases without end."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        letter = read_word_pages(_write_docx(folder / "letter.docx", "", ""), Limits())
        circular = FIXTURES / "round1/circular.pdf"
        first = read_text_layer(circular, 1, Limits())[0]
        while True:
            text = chance.choice(_TEXTS)
            if chance.random() < 0.5 or first is None:
                kind = chance.choice(_DOCX_KINDS)
                path = _write_docx(folder / "planted.docx", kind, text)
                planted, before = _assemble(read_word_pages(path, Limits())), _assemble(letter)
            else:
                kind = chance.choice(_PDF_KINDS)
                path = _write_pdf(folder / "planted.pdf", circular, kind, text)
                planted, before = _assemble([add_unread(first, find_annotations(path, 1))]), _assemble([first])
            text = "" if kind in ("/FileAttachment", "/StrikeOut") else text
            yield Case(f"added {kind}", path.suffix, 1, text, None, is_added=True, before=before, planted=planted)


def _assemble(pages: Sequence[OcrPage]) -> Document:
    source = SourceDocument(name="planted", sha256="0" * 64, media_type="application/pdf", pages=len(pages))
    return assemble(source, [PageReading(page=page) for page in pages], Settings())


def _write_docx(path: Path, kind: str, text: str) -> Path:
    document = docx.Document()
    for line in (FIXTURES / "cases/h35-ministerial-regulation.txt").read_text("utf-8").splitlines():
        document.add_paragraph(line)
    if kind == "comment":
        document.add_comment(document.paragraphs[0].runs, text=text, author="ตัวอย่าง")
    elif kind == "header of a first page":
        document.sections[0].different_first_page_header_footer = True
        document.sections[0].first_page_header.paragraphs[0].text = text
    elif kind == "table in a header":
        document.sections[0].header.is_linked_to_previous = False
        table = document.sections[0].header.add_table(1, 1, docx.shared.Inches(6))
        table.cell(0, 0).text = text
    elif kind:
        run = f"<w:p {_SPACE}><w:r><w:t>{text}</w:t></w:r></w:p>"
        control = f"<w:sdt {_SPACE}><w:sdtContent>{run}</w:sdtContent></w:sdt>"
        box = f"<w:p {_SPACE}><w:r><w:pict><w:txbxContent>{run}</w:txbxContent></w:pict></w:r></w:p>"
        document.element.body.insert(1, parse_xml(control if kind == "content control" else box))
    document.save(str(path))
    return path


def _write_pdf(path: Path, source: Path, kind: str, text: str) -> Path:
    with pikepdf.open(source) as pdf:
        if kind == "attachment":
            pdf.attachments[text] = pikepdf.AttachedFileSpec(pdf, b"x", filename=text)
        else:
            note = pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(kind), Rect=[300, 300, 360, 330], F=4
            )
            if kind not in ("/FileAttachment", "/StrikeOut"):
                note.Contents = pikepdf.String(text)
            pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(note)]))
        pdf.save(path)
    return path


def list_zip_members(folder: Path, chance: random.Random) -> tuple[set[str], set[str]]:
    """Return the names of all members of a ZIP file of odd members, and those that a listing accounts for."""
    from ingest.sources.listing import Listing

    names = [f"{chance.randrange(10**6)}{suffix}" for suffix in (".txt", ".doc", ".exe", ".heic", "", ".zip", ".lnk")]
    names += [".hidden.txt", "__MACOSX/._x.txt", "../up.txt", "a/b/Thumbs.db"]
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    (folder / "planted.zip").write_bytes(data.getvalue())
    with Listing([folder / "planted.zip"], Limits()) as listing:
        told = {entry.origin.rpartition("!/")[2].rpartition("/")[2] for entry in listing.entries}
    return {name.rpartition("/")[2] for name in names}, told
