"""What was put onto a page of a PDF after it was made is looked at."""

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from ingest.text_layer.annotations import add_unread, find_annotations
from models.field import Box
from models.ocr import IslandKind, Line, OcrPage

STAMPED = Path(__file__).parents[2] / "fixtures/cases/h25-stamp-annotation.pdf"
pytestmark = pytest.mark.filterwarnings("ignore:This document has 1 form widget")
PAGE = OcrPage(number=1, engine="test", width=600, height=800)


def annotated(path, rotate=0, **more):
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(600, 800))
    page.rotate(rotate, relative=False)
    drawn = Dictionary(N=pdf.make_stream(b"", Subtype=Name.Form, BBox=[0, 0, 10, 10]))
    item = {"Type": Name.Annot, "Subtype": Name.Stamp, "Rect": [60, 700, 180, 760], "AP": drawn, **more}
    made = pdf.make_indirect(Dictionary({f"/{key}": value for key, value in item.items()}))
    page.Annots = Array([made])
    pdf.save(path)
    return path


def test_a_stamp_is_found_with_its_place():
    [stamp] = find_annotations(STAMPED, 1)
    assert stamp.is_written
    assert stamp.box == pytest.approx((0, 0, 1, 1), abs=0.01)


@pytest.mark.parametrize(
    "more",
    [
        {"Subtype": Name.Link},
        {"F": 2},
        {"F": 32},
        {"Rect": [0, 0, 0, 0]},
        {"Subtype": Name.Widget, "FT": Name.Tx},
        {"Subtype": Name.Widget, "FT": Name.Btn, "V": Name.Off, "AS": Name.Off},
        {"Subtype": Name.Popup},
    ],
    ids=["link", "hidden", "not viewed", "no size", "empty field", "box not ticked", "popup"],
)
def test_what_nobody_sees_is_none(tmp_path, more):
    assert find_annotations(annotated(tmp_path / "a.pdf", **more), 1) == ()


@pytest.mark.parametrize(
    ("rotate", "box"),
    [(0, (0.1, 0.05, 0.3, 0.125)), (90, (0.875, 0.1, 0.95, 0.3)), (180, (0.7, 0.875, 0.9, 0.95))],
)
def test_its_place_is_that_on_the_page_as_it_is_shown(tmp_path, rotate, box):
    [found] = find_annotations(annotated(tmp_path / "a.pdf", rotate), 1)
    assert found.box == pytest.approx(box)


def test_a_filled_field_and_a_note_are_annotations(tmp_path):
    filled = find_annotations(annotated(tmp_path / "a.pdf", Subtype=Name.Widget, FT=Name.Tx, V="12"), 1)
    assert [each.is_written for each in filled] == [True]
    note = find_annotations(annotated(tmp_path / "b.pdf", Subtype=Name.Text, Contents="โปรดแก้ไข"), 1)
    assert [(each.is_written, each.note) for each in note] == [(False, "โปรดแก้ไข")]


def test_a_field_that_the_viewer_draws_from_its_value_is_told_with_it(tmp_path):
    path = annotated(tmp_path / "a.pdf", Subtype=Name.Widget)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        [field] = pdf.pages[0].Annots
        del field.AP
        field.Parent = pdf.make_indirect(Dictionary(FT=Name.Tx, V=pikepdf.String("๑๒๓๔๕")))
        pdf.save(path)
    [found] = find_annotations(path, 1)
    assert (found.note, found.is_written) == ("๑๒๓๔๕", False)


def test_one_that_gave_no_line_is_left_over():
    stamps = find_annotations(STAMPED, 1)
    x, y = stamps[0].box.center
    line = Line(text="เลขที่รับ ๑๒๓๔", box=Box(x - 0.02, y - 0.01, x + 0.02, y + 0.01), confidence=0.9)
    assert add_unread(PAGE.model_copy(update={"lines": (line,)}), stamps).leftover == ()
    [left] = add_unread(PAGE, stamps).leftover
    assert (left.kind, left.box) == (IslandKind.ANNOTATION, stamps[0].box)
