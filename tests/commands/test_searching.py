"""Search from the command line."""

from store.archive import Archive
from tests.web.archives import SMALL, put


def test_a_search_says_where_it_shows_and_looks_for_less(run, tmp_path) -> None:
    assert "there are more" not in run("search", "ว1774", "--limit", "1")
    other = tmp_path / "อื่น.txt"
    other.write_text(SMALL.replace("๒๙ เมษายน", "๓๐ เมษายน"), "utf-8")
    with Archive.open(tmp_path / "archive") as archive:
        put(archive, other)
    assert "there are more than these 1 " in run("search", "ระบบข้อมูลกลาง", "--limit", "1")
    assert "only its beginning" in run("search", *map(str, range(20)))
    assert "only its beginning" not in run("search", *map(str, range(16)))
