"""Rounds of several papers on their page and in the API: each paper is named, and they are compared by their key."""

import datetime as dt

import pytest

from tests.pipeline.test_frozen_readings import DAY, NAMES, put, read_table

OTHERS = ("อบต.หาดสองแคว", "อบต.ข่อยสูง")


@pytest.fixture
def papers(archive, tmp_path):
    """A round in two files, one of them in two readings; and a later round."""
    later = DAY + dt.timedelta(7)
    given = [(NAMES, "ครบ", DAY), (OTHERS, "ครบ", DAY), (OTHERS, "ไม่ครบ", DAY), (NAMES + OTHERS, "ครบ", later)]
    shas = []
    for number, (names, word, day) in enumerate(given):
        folder = tmp_path / str(number)
        folder.mkdir()
        shas.append(put(archive, read_table(folder, "a.csv", [(name, word) for name in names], day)))
    return shas


def test_the_papers_of_a_round_are_named_and_it_is_compared_by_its_key(client, papers) -> None:
    first, second = client.get("/api/rounds").json()
    assert (first["rows"], second["rows"]) == (5, 5)
    assert [each["document"] for each in first["parts"]] == [papers[0], papers[2]]
    assert [each["document"] for each in first["displaced"]] == [papers[1]]
    page = client.get("/rounds").text
    assert all(page.count(f'href="/documents/{sha}/annexes/0"') == 1 for sha in papers)
    keys = {"before": first["key"], "after": second["key"]}
    assert len(client.get("/api/diff", params=keys).json()["changes"]) == len(OTHERS)
    assert client.get("/rounds/diff", params=keys).status_code == 200
    assert client.get("/rounds/diff", params={**keys, "before": "none"}).status_code == 404
