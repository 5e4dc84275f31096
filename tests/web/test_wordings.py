"""Saying once what a wording of statuses means: the offer after an answer, what it would change, the brake, undo."""

import re

import pytest

from gazetteer.register import load
from models.annex import Status
from models.decision import Answer
from models.record_path import get_field
from pipeline.deciding import decide, make_decision, undo_batch
from pipeline.status_wordings import confirm, list_given
from tests.pipeline.test_status_wordings import DONE, write
from tests.web.archives import SETTINGS, put
from tests.web.conftest import unescape

ROW = "annexes[0].rows[0].status"


@pytest.fixture
def worded(archive, tmp_path) -> list[str]:
    """Two annexes whose statuses mean nothing known."""
    return [
        put(archive, write(tmp_path, "one.csv", ("ลุล่วง", "ลุล่วง", "คั่งค้าง", "คั่งค้าง", "ลุล่วง"))),
        put(archive, write(tmp_path, "two.csv", ("คั่งค้าง", "ลุล่วง", "คั่งค้าง", "คั่งค้าง", "คั่งค้าง"))),
    ]


def value(archive, sha, row=0):
    return get_field(archive.document(sha), f"annexes[0].rows[{row}].status").value


def test_what_waits_is_listed_with_its_counts(client, worded) -> None:
    html = client.get("/wordings").text
    assert html.index("“คั่งค้าง”") < html.index("“ลุล่วง”")
    assert "๖ แถว" in html
    assert "ระบุความหมายของสถานะที่ยังไม่ทราบ" in client.get("/").text


def test_an_answer_is_offered_for_every_row_with_that_wording(client, archive, worded, form) -> None:
    answer = form(f"/desk/{worded[0]}?path={ROW}", f"/desk/{worded[0]}", text="เรียบร้อย", answer="typed")
    html = client.get(answer.headers["location"]).text
    address = unescape(re.search(r'href="(/wordings/preview[^"]*)"', html)[1])
    shown = client.get(address).text
    # The row that the person decided is not counted, and stays the person's.
    assert "๓ แถว ในเอกสาร ๒ ฉบับ" in re.sub(r"\s+", " ", shown)
    assert value(archive, worded[1], 1) is None
    assert form(address, "/wordings").headers["location"] == "/wordings"
    assert value(archive, worded[1], 1) is Status.COMPLETE
    assert value(archive, worded[0], 2) is None
    field = get_field(archive.document(worded[0]), ROW)
    assert (field.value, field.source) == (Status.COMPLETE, "person")


def test_nothing_is_kept_where_the_rows_are_others_by_now(client, archive, worded, form) -> None:
    address = "/wordings/preview?text=ลุล่วง&column=สถานะ&status=complete"
    assert form(address, "/wordings", expected="3").status_code == 409
    assert list_given(archive) == []


def test_a_meaning_is_taken_back_from_every_document(client, archive, worded, form) -> None:
    form("/wordings/preview?text=ลุล่วง&column=สถานะ&status=complete", "/wordings")
    [given] = list_given(archive)
    form("/wordings", f"/wordings/{given.id}/undo")
    assert value(archive, worded[0]) is None
    assert list_given(archive) == []


def test_another_answer_is_no_offer(client, worded, form) -> None:
    answer = form(f"/desk/{worded[0]}?path={ROW}", f"/desk/{worded[0]}", answer="unreadable")
    assert "/wordings/preview" not in client.get(answer.headers["location"]).text


@pytest.mark.parametrize("query", ["text=&status=complete", "text=ก&status=none", f"text={'ก' * 201}&status=complete"])
def test_what_cannot_be_meant_is_refused(client, query) -> None:
    assert client.get(f"/wordings/preview?{query}").status_code == 422


def test_a_batch_that_is_taken_back_leaves_meanings_as_they_are(archive, worded) -> None:
    confirm(archive, DONE, "ก", SETTINGS)
    document = archive.document(worded[0])
    decision = make_decision(document, "annexes[0].rows[2].body", Answer.CONFIRMED, load())
    decide(archive, worded[0], [decision], "ก", SETTINGS, "0" * 16)
    assert undo_batch(archive, worded[0], "ก", SETTINGS, "0" * 16) == 1
    assert archive.document(worded[0]) == document
