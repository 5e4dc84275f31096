"""docs/api.md says what the API is."""

from pathlib import Path

from web.api_page import as_markdown


def test_the_page_is_the_one_that_the_code_makes() -> None:
    page = Path(__file__).parents[2] / "docs" / "api.md"
    assert page.read_text("utf-8") == as_markdown(), "python -m web.api_page > docs/api.md"
