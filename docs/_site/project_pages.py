"""What MkDocs does not do by itself: pages from outside `docs/`, and links to the source as plain names.

The pages of the project that lie beside the code (README, CHANGELOG …) belong to the site too. A link to a file that is
on no page, such as a module, becomes its name: the site is read where the source may not be.
"""

import posixpath
import re
from pathlib import Path
from typing import Any, Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

_ROOT: Final = Path(__file__).parents[2]
PROJECT_PAGES: Final = (
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "bench/README.md",
    "deploy/LICENSES.md",
    "deploy/README.md",
    "training/README.md",
)
"""Pages outside `docs/`; in the site they are below `project/`."""
_LINK: Final = re.compile(r"(?P<picture>!?)\[(?P<text>[^\]]*)\]\((?P<target>[^)#\s]+)(?P<anchor>#[^)\s]*)?\)")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """List the decisions in the navigation by their numbers, and pages that it does not name under a heading of their own."""
    decisions = sorted(path.name for path in (_ROOT / "docs" / "adr").glob("*.md"))
    _fill(config["nav"], [f"adr/{name}" for name in decisions])
    unnamed = find_unnamed((_ROOT / "mkdocs.yml").read_text("utf-8"))
    if unnamed:
        config["nav"].append({"More": unnamed})
    return config


def find_unnamed(configuration: str) -> list[str]:
    """Return the pages beside the index that the navigation does not name: a new one is in the site at once."""
    there = sorted(path.name for path in (_ROOT / "docs").glob("*.md"))
    return [name for name in there if f"- {name}\n" not in configuration]


def _fill(entries: list[Any], decisions: list[str]) -> None:
    for entry in entries:
        for name, below in entry.items() if isinstance(entry, dict) else ():
            if below == "adr":
                entry[name] = list(decisions)
            elif isinstance(below, list):
                _fill(below, decisions)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Take the pages beside the code into the site."""
    for name in PROJECT_PAGES:
        files.append(File.generated(config, f"project/{name}", content=(_ROOT / name).read_text("utf-8")))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 - likewise
    """Turn links out of `docs/` into links within the site, or into names."""
    return rewrite_links(markdown, page.file.src_uri, {file.src_uri for file in files})


def rewrite_links(markdown: str, page: str, pages: set[str]) -> str:
    """Return the text with its links as the site has them.

    Args:
        markdown: The text of the page.
        page: Where it is in the site.
        pages: All files of the site.
    """
    folder = posixpath.dirname(page)
    in_repository = folder.removeprefix("project").lstrip("/") if page.startswith("project/") else f"docs/{folder}"

    def rewrite(found: re.Match[str]) -> str:
        target = found["target"]
        if "://" in target or target.startswith("mailto:"):
            return found[0]
        meant = posixpath.normpath(posixpath.join(in_repository, target))
        there = meant.removeprefix("docs/") if meant.startswith("docs/") else f"project/{meant}"
        if there not in pages:
            return found["text"]
        return f"{found['picture']}[{found['text']}]({posixpath.relpath(there, folder or '.')}{found['anchor'] or ''})"

    return _LINK.sub(rewrite, markdown)
