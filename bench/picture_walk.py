"""What modules the pictures of a page go through: stops and returns.

    python bench/picture_walk.py FILE [PAGE]

A stop is where a function of `ingest` that gets a whole picture of the page (`PageImage`, an array of most of it,
labeled ink, layers or lines) is called for the first time, in another module than the one before. The record
`PageImage` and the arrays' own module are what goes, not where it goes. A return is a stop at a module left before.
"""

import sys
from pathlib import Path
from types import FrameType
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

import numpy as np

from core.settings import Settings
from ingest.components import LabeledInk
from ingest.page_reader import PageTask, read_page
from ingest.preprocessing.ink_separation import Layers
from ingest.segmentation.line_detection import LineLayout
from ingest.sources.file_type import MediaType
from ingest.sources.page_image import PageImage
from ingest.tables.rule_removal import ConnectedComponents
from pipeline.reading import build_recognizer

INGEST = Path(__file__).parent.parent / "ingest"
_CARRIED = ("sources.page_image", "components", "ink_runs", "pixels")
_LEAST_SIDE = 800
"""Pixels of each side of an array that is a picture of the page, or of most of it."""
_PICTURES = (PageImage, LabeledInk, Layers, LineLayout, ConnectedComponents)


def main() -> None:
    """Print the walk of one page."""
    path, number = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    settings = Settings()
    recognizer = build_recognizer(settings)
    media_type = MediaType.PDF if path.suffix == ".pdf" else MediaType.JPEG
    called: dict[tuple[str, str], None] = {}
    sys.setprofile(lambda frame, event, _: _note(frame, event, called))
    read_page(PageTask(path, media_type, number, recognizer, settings.limits))
    sys.setprofile(None)
    modules = [module for module, _ in called]
    walk = [module for at, module in enumerate(modules) if not at or module != modules[at - 1]]
    print(" → ".join(walk))
    print(f"{len(walk)} stops in {len(set(walk))} modules, {len(walk) - len(set(walk))} returns")


def _note(frame: FrameType, event: str, called: dict[tuple[str, str], None]) -> None:
    code = frame.f_code
    if event != "call" or not code.co_filename.startswith(str(INGEST)) or code.co_name.startswith("<"):
        return
    module = ".".join(Path(code.co_filename).relative_to(INGEST).with_suffix("").parts)
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    if module not in _CARRIED and any(_is_picture(frame.f_locals.get(name)) for name in names):
        called.setdefault((module, code.co_name))


def _is_picture(value: Any) -> bool:  # noqa: ANN401 - whatever a function is called with
    if isinstance(value, np.ndarray):
        return value.ndim > 1 and min(value.shape[:2]) >= _LEAST_SIDE
    return isinstance(value, _PICTURES)


if __name__ == "__main__":
    main()
