"""A line is read another way: what the other reader makes of it is offered, and kept only where a person picks it."""

import re

import pytest

from core.errors import RecognitionError
from models.document import Page
from models.record_path import get_field
from pipeline.deciding import history
from pipeline.second_reading import choose_other

NUMBER = "letters[0].number"


def reads(monkeypatch, text) -> None:
    monkeypatch.setattr("web.pictures.Pictures.read_again", lambda *_: text)


def test_what_the_other_reader_reads_is_offered_and_not_kept(client, archive, sha, form, monkeypatch) -> None:
    reads(monkeypatch, "อต ๐๐๒๓.๓/ว ๑๗๗๔")
    page = f"/desk/{sha}?path={NUMBER}"
    token = form_token(client, page)
    html = client.post(f"/desk/{sha}/again", data={"token": token, "path": NUMBER}).text
    assert 'value="อต ๐๐๒๓.๓/ว ๑๗๗๔"' in html
    assert "อ่านอีกวิธี" in html
    assert history(archive, sha) == []
    form(page, f"/desk/{sha}", picked="อต ๐๐๒๓.๓/ว ๑๗๗๔")
    assert get_field(archive.document(sha), NUMBER).value == "อต 0023.3/ว 1774"


def test_what_is_no_value_is_told_and_not_offered(client, sha, monkeypatch) -> None:
    reads(monkeypatch, "ไม่ใช่วัน")
    path = "letters[0].date"
    token = form_token(client, f"/desk/{sha}?path={path}")
    html = client.post(f"/desk/{sha}/again", data={"token": token, "path": path}).text
    assert 'value="ไม่ใช่วัน"' not in html
    assert "ไม่ใช่วัน" in html


@pytest.mark.parametrize("text", [None, ""])
def test_where_it_reads_nothing_that_is_told(client, sha, monkeypatch, text) -> None:
    reads(monkeypatch, text)
    token = form_token(client, f"/desk/{sha}?path={NUMBER}")
    answer = client.post(f"/desk/{sha}/again", data={"token": token, "path": NUMBER})
    assert answer.status_code == 422
    assert "ไม่ได้ข้อความ" in answer.text


def test_a_reader_that_fails_breaks_nothing(client, sha, monkeypatch) -> None:
    def fail(*_):
        raise RecognitionError("out of time")

    monkeypatch.setattr("web.pictures.Pictures.read_again", fail)
    token = form_token(client, f"/desk/{sha}?path={NUMBER}")
    assert client.post(f"/desk/{sha}/again", data={"token": token, "path": NUMBER}).status_code == 422


def test_it_is_the_reader_that_did_not_read_the_page(archive, sha) -> None:
    document = archive.document(sha)
    for engine, other in (("tesseract 5.3.0 saraban", "fast"), ("onnxruntime 1.20 saraban", "tesseract")):
        page = Page(number=1, text="", engine=engine)
        assert choose_other(document.model_copy(update={"pages": (page,)}), 1) == other


def form_token(client, page) -> str:
    return re.search(r'name="token" value="([^"]+)"', client.get(page).text)[1]
