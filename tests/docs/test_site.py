"""The site of the documentation: every page is in it, and every link leads somewhere."""

import re
from pathlib import Path

import pytest

from docs._site.project_pages import PROJECT_PAGES, find_unnamed, rewrite_links

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = {"rules.md", "th/index.md", "project/README.md", "project/bench/README.md", "pictures/a.png"}


@pytest.mark.parametrize(
    ("page", "link", "rewritten"),
    [
        ("desk.md", "[r](rules.md#t)", "[r](rules.md#t)"),
        ("desk.md", "[readme](../README.md)", "[readme](project/README.md)"),
        ("adr/0001.md", "[b](../../bench/README.md)", "[b](../project/bench/README.md)"),
        ("adr/0001.md", "[m](../../rules/dates/x.py)", "m"),
        ("project/README.md", "![p](docs/pictures/a.png)", "![p](../pictures/a.png)"),
        ("project/bench/README.md", "[r](../docs/rules.md)", "[r](../../rules.md)"),
        ("th/index.md", "[w](https://example.org/)", "[w](https://example.org/)"),
    ],
)
def test_links_are_those_of_the_site(page, link, rewritten):
    assert rewrite_links(link, page, PAGES) == rewritten


def test_pages_beside_the_code_are_there():
    assert [name for name in PROJECT_PAGES if not (ROOT / name).is_file()] == []


def test_every_page_is_in_the_navigation():
    configuration = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert find_unnamed(configuration) == [], "name the page in mkdocs.yml; until then it stands under More"
    named = set(re.findall(r"[\w/.-]+\.md", configuration.partition("\nnav:\n")[2]))
    assert {f"th/{path.name}" for path in (DOCS / "th").glob("*.md")} - named == set()
    assert [page for page in named if not page.startswith("project/") and not (DOCS / page).is_file()] == []


def test_every_page_of_the_manual_is_on_its_first_page():
    index = (DOCS / "th" / "index.md").read_text("utf-8")
    assert [
        path.name for path in (DOCS / "th").glob("*.md") if path.name != "index.md" and path.name not in index
    ] == []


@pytest.mark.slow
def test_the_site_builds_without_a_warning(tmp_path, monkeypatch):
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    build = pytest.importorskip("mkdocs.commands.build")
    config = pytest.importorskip("mkdocs.config")
    monkeypatch.chdir(ROOT)
    loaded = config.load_config(str(ROOT / "mkdocs.yml"), site_dir=str(tmp_path / "site"), strict=True)
    build.build(loaded)
    assert "ข้อสงสัย" in (tmp_path / "site" / "th" / "doubts.html").read_text("utf-8")
    assert "https://" not in "".join(
        re.findall(r"<(?:script|link)[^>]+", (tmp_path / "site" / "index.html").read_text("utf-8"))
    )
