"""The picture of who owns what on a page."""

import pytest

from models.accounting import PartKind, Unaccounted, UnaccountedReason
from models.document import Document, DocumentStatus, Page, SourceDocument
from models.field import Box, Field
from models.letter import Letter, LetterKind
from reports.page_ledger import as_html


def document(**more):
    subject = Field[str](
        value="ก", raw="<script>ก", confidence=0.5, page=1, box=Box(0.1, 0.2, 0.5, 0.25), review=("x",)
    )
    left = Unaccounted(
        page=1, box=Box(0.6, 0.1, 0.8, 0.2), kind=PartKind.STAMP, text="ตรา<b>", reason=UnaccountedReason.NO_FIELD
    )
    return Document(
        source=SourceDocument(name="<i>.pdf", sha256="0" * 64, media_type="application/pdf", pages=1),
        status=DocumentStatus.NEEDS_REVIEW,
        text="",
        pages=(Page(number=1, text="", engine="test"),),
        letters=(Letter(kind=LetterKind.OTHER, pages=(1,), subject=subject),),
        unaccounted=(left,),
        **more,
    )


@pytest.mark.parametrize("language", ["th", "en"])
def test_what_no_value_holds_is_red_and_a_doubted_value_dashed(language):
    html = as_html(document(), lambda *_: "data:image/jpeg;base64,AAAA", language)
    assert 'class="part unaccounted doubted" style="left:60.00%;top:10.00%;width:20.00%;height:10.00%"' in html
    assert 'class="part subject doubted"' in html
    assert "data:image/jpeg" in html


def test_what_was_read_is_inert_in_it():
    html = as_html(document(), lambda *_: None, "th")
    assert "<script>" not in html
    assert "<b>" not in html
    assert "<i>" not in html
