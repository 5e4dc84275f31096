"""Batches and meanings of wordings over the API: accepted, refused where the ground moved, taken back."""

import pytest

from models.annex import Status
from pipeline.deciding import history
from tests.web.test_batches import unsure
from tests.web.test_wordings import value, worded

__all__ = ["unsure", "worded"]


@pytest.fixture
def listed(client, unsure):
    return client.get("/api/proposals?code=low_confidence").json()


def test_chosen_ones_alone_are_accepted_and_taken_back(client, archive, unsure, listed) -> None:
    asked = {"code": "low_confidence", "digest": listed["digest"], "chosen": [0, 2], "why": "ตรวจแล้ว"}
    done = client.post("/api/batches", json=asked).json()
    assert (done["decided"], done["conflicts"]) == (2, [])
    assert sum(len(history(archive, sha)) for sha in unsure) == 2
    assert client.get("/api/batches").json()[0]["in_force"] == 2
    assert client.delete(f"/api/batches/{done['batch']}").json() == {"decisions": 2}
    assert client.get("/api/proposals?code=low_confidence").json() == listed


@pytest.mark.parametrize(
    ("change", "status"), [({"digest": "0"}, 409), ({"chosen": [99]}, 422), ({"chosen": []}, 422), ({"code": ""}, 422)]
)
def test_what_cannot_be_meant_is_refused(client, archive, unsure, listed, change, status) -> None:
    asked = {"code": "low_confidence", "digest": listed["digest"], "chosen": [0]}
    assert client.post("/api/batches", json={**asked, **change}).status_code == status
    assert [history(archive, sha) for sha in unsure] == [[], [], []]


def test_a_batch_that_is_not_there_is_404(client) -> None:
    assert client.delete(f"/api/batches/{'0' * 16}").status_code == 404


def test_a_meaning_is_given_and_taken_back(client, archive, worded) -> None:
    assert {(each["text"], each["rows"]) for each in client.get("/api/wordings").json()} == {("ลุล่วง", 4), ("คั่งค้าง", 6)}
    asked = {"text": "ลุล่วง", "column": "สถานะ", "status": "complete"}
    effects = client.get("/api/wordings/preview", params=asked).json()
    assert sum(each["rows"] for each in effects) == 4
    assert client.post("/api/wordings", json={**asked, "expected": 3}).status_code == 409
    assert value(archive, worded[0]) is None
    kept = client.post("/api/wordings", json={**asked, "expected": 4}).json()
    assert value(archive, worded[0]) is Status.COMPLETE
    assert [each["id"] for each in client.get("/api/wordings/given").json()] == [kept["id"]]
    assert client.delete(f"/api/wordings/{kept['id']}").json()["id"] == kept["id"]
    assert value(archive, worded[0]) is None
