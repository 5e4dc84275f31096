"""What is derived from a page's picture is derived once: docs/adr/0026."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import cv2
import numpy as np
import pytest

from core.limits import Limits
from ingest import components
from ingest.page_image_reader import read_page_image
from ingest.pixels import GrayImage
from ingest.recognition.recognizer import Glyph
from ingest.sources.page_image import PageImage
from ingest.sources.page_loading import load_frame, load_pdf_page

ROUND = Path(__file__).parents[2] / "fixtures" / "round1"
_DONE_TO_A_PAGE = ((cv2, "adaptiveThreshold"), (components, "find_runs"))
"""How it is binarized, and how its components are found."""
_MOST_THRESHOLDS = 3
"""Of the page as it lies in the file, of the level page, and of what is left beside its tables and colored inks."""


@dataclass(frozen=True)
class SureRecognizer:
    """Reads every line for certain, so that no page is taken to stand on its head."""

    engine: str = "sure 1"

    def read_lines(self, images: Sequence[GrayImage], dpi: int) -> list[list[Glyph]]:
        """Return one glyph of each line."""
        return [[Glyph(0, 0, image.shape[1], image.shape[0], "ก", 1.0)] for image in images]


def count_inputs(
    monkeypatch: pytest.MonkeyPatch, functions: Sequence[tuple[ModuleType, str]], least: int
) -> Counter[tuple[str, bytes]]:
    """Count from now on how often functions get a picture of so many pixels, by name and pixels."""
    counts: Counter[tuple[str, bytes]] = Counter()

    def count(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def counted(picture: GrayImage, *arguments: Any, **options: Any) -> Any:
            if picture.size >= least:
                counts[name, picture.tobytes()] += 1
            return function(picture, *arguments, **options)

        return counted

    for module, name in functions:
        monkeypatch.setattr(module, name, count(name, getattr(module, name)))
    return counts


def load_letter() -> PageImage:
    return load_frame(ROUND / "office-200-page1.jpg", 1, Limits())


def load_table() -> PageImage:
    return load_pdf_page(ROUND / "office-200.pdf", 3, Limits())


@pytest.mark.slow
@pytest.mark.parametrize("load", [load_letter, load_table])
def test_no_page_is_binarized_or_labeled_twice(monkeypatch: pytest.MonkeyPatch, load: Callable[[], PageImage]) -> None:
    page = load()
    counts = count_inputs(monkeypatch, _DONE_TO_A_PAGE, page.gray.size // 2)
    read_page_image(page, 1, SureRecognizer(), Limits())
    assert counts, "nothing was counted"
    assert max(counts.values()) == 1
    assert sum(count for (name, _), count in counts.items() if name == "adaptiveThreshold") <= _MOST_THRESHOLDS


def test_what_a_page_keeps_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    gray = np.full((400, 300), 240, np.uint8)
    gray[100:110, 50:200] = 20
    page = PageImage(gray, 100)
    counts = count_inputs(monkeypatch, _DONE_TO_A_PAGE[:1], 1)
    assert page.ink is page.ink
    assert page.ink_share == np.count_nonzero(page.ink) / gray.size
    assert sum(counts.values()) == 1


def test_colors_are_changed_as_the_page_is_and_left_as_stored() -> None:
    colors = np.random.default_rng(1).integers(0, 255, (40, 30, 3), np.uint8)
    before = colors.copy()
    page = PageImage(colors[:, :, 0].copy(), 100, stored_colors=colors)
    changed = page.turned(90).without_regions([(0, 0, 5, 5)]).cut(2, 20)
    drawn = changed.draw_colors()
    assert drawn is not None
    assert drawn.shape == (*changed.gray.shape, 3)
    assert np.array_equal(drawn[10:, 10:], np.rot90(before, -1)[:, 2:20][10:, 10:])
    assert np.array_equal(colors, before)
    assert PageImage(page.gray, 100).draw_colors() is None
