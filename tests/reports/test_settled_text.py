"""What a person settled stands in the text of a searchable PDF, in the place of what was misread."""

import datetime as dt

import pypdfium2

from models.annex import BodyKind, BodyRef
from models.field import Box, Field, Source
from models.letter import NumberField
from pipeline.exporting import export
from reports.exports.settled_text import put_settled
from tests.reports.test_exports import archive, document, letter, page

__all__ = ["archive"]
PLACE = Box(0.15, 0.2, 0.4, 0.22)
MISREAD, SETTLED = "มท ๐๘๑๐.๒/ว ๘๕๖", "มท 0810.2/ว 866"


def settled(source=Source.PERSON, raw=MISREAD, box=PLACE):
    number = NumberField(value=SETTLED, raw=raw, page=1, box=box, source=source, confidence=1.0)
    return document(letters=(letter(number=number),), annexes=())


def lines(found):
    return [line.text for line in put_settled(found, [page()])[0].lines]


def test_it_stands_where_the_misreading_stood_in_the_digits_of_the_paper():
    assert lines(settled()) == ["ที่ มท ๐๘๑๐.๒/ว ๘๖๖ น้ำปาด ปุ๋ย กตัญญู"]


def test_what_nobody_settled_stays_as_it_was_read():
    assert lines(settled(source=Source.PRINT)) == [line.text for line in page().lines]


def test_where_it_was_not_read_at_all_it_is_a_line_of_its_own():
    assert lines(settled(raw="")) == [page().lines[0].text, SETTLED]
    elsewhere = lines(settled(box=Box(0.1, 0.8, 0.4, 0.82)))
    assert elsewhere == [page().lines[0].text, "มท ๐๘๑๐.๒/ว ๘๖๖"]


def test_a_date_and_a_name_of_a_body_too():
    day = Field[dt.date](
        value=dt.date(2021, 4, 29), raw="๒๙", page=1, box=Box(0.1, 0.9, 0.2, 0.92), source=Source.PERSON
    )
    found = document(letters=(letter(date=day),))
    assert lines(found)[1] == "๒๙ เมษายน ๒๕๖๔"
    row = found.annexes[0].rows[0]
    body = Field[BodyRef](
        value=BodyRef(kind=BodyKind.SAO, name="ริม"), raw="อบต.ริม", page=1, box=Box(0.2, 0.51, 0.5, 0.54),
        source=Source.PERSON,
    )  # fmt: skip
    annex = found.annexes[0].model_copy(update={"rows": (row.model_copy(update={"body": body}),)})
    (made,) = put_settled(found.model_copy(update={"annexes": (annex,)}), [page()])
    assert made.grids[0].cells[0].text == "อบต.ริม\nฝั่งขวา"


def test_it_is_in_the_exported_file(archive, tmp_path):
    source = archive.document("scan.pdf").source
    archive.put_document(settled().model_copy(update={"source": source}), "e")
    export(archive, "pdf", tmp_path / "a.pdf")
    text = pypdfium2.PdfDocument(tmp_path / "a.pdf")[0].get_textpage().get_text_range()
    assert "มท ๐๘๑๐.๒/ว ๘๖๖" in text
    assert MISREAD not in text
