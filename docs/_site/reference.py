"""Writes the pages of the reference that are made from the program: `python -m docs._site.reference`."""

from pathlib import Path
from typing import Final

from core.limits import Limits
from docs._site.code_page import describe_codes
from docs._site.command_page import describe_commands
from docs._site.man_page import describe_man_page
from docs._site.record_page import describe_exports, describe_record
from reports.code_labels import ISSUE_WORDS, REVIEW_WORDS

DOCS: Final = Path(__file__).parents[1]
_MADE: Final = "<!-- made by python -m docs._site.reference -->\n"


def render_pages() -> dict[str, str]:
    """Return every page that is made, by its name in `docs/`."""
    return {
        "commands.md": describe_commands(),
        "codes.md": describe_codes(),
        "record.md": describe_record(),
        "exports.md": describe_exports(),
        "man/saraban.1": describe_man_page(),
        "settings.md": _with_limits((DOCS / "settings.md").read_text("utf-8")),
        "th/doubts.md": _with_other_doubts((DOCS / "th" / "doubts.md").read_text("utf-8")),
    }


def _with_other_doubts(page: str) -> str:
    """Return the page about doubts with those that it does not explain yet beneath; so none is ever left out."""
    by_hand = page.partition(_MADE)[0]
    words = [thai for thai, _ in (*REVIEW_WORDS.values(), *ISSUE_WORDS.values())]
    others = [f"- {thai}" for thai in words if f"| {thai} |" not in by_hand]
    return by_hand + _MADE + "\n" + "\n".join([*(others or ["ไม่มี"]), ""])


def _with_limits(page: str) -> str:
    """Return the page of settings with the limits as they are today beneath what was written by hand."""
    rows = [
        f"| `limits.{name}` | `SARABAN_LIMITS__{name.upper()}` | {field.description} | {field.default:,} |"
        for name, field in Limits.model_fields.items()
    ]
    head = ["| settings.toml | environment | what it is | else |", "| --- | --- | --- | --- |"]
    return page.partition(_MADE)[0] + _MADE + "\n" + "\n".join([*head, *rows, ""])


if __name__ == "__main__":
    for page_name, text in render_pages().items():
        (DOCS / page_name).write_text(text, "utf-8")
