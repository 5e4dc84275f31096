"""What is derived from a page's picture is derived once: docs/adr/0026."""

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from core.limits import Limits
from ingest import ink_runs
from ingest.components import label_components
from ingest.page_image_reader import read_page_image
from ingest.pixels import GrayImage
from ingest.recognition.recognizer import Glyph
from ingest.segmentation import touching_components
from ingest.sources.page_image import PageImage
from ingest.sources.page_loading import load_frame, load_pdf_page

ROUND = Path(__file__).parents[2] / "fixtures" / "round1"
_BINARIZE: tuple[Callable[..., Any], ...] = (cv2.adaptiveThreshold,)
"""How a page is binarized."""
_LABEL: tuple[Callable[..., Any], ...] = (
    ink_runs.find_runs,
    cv2.connectedComponents,
    cv2.connectedComponentsWithAlgorithm,
    cv2.connectedComponentsWithStats,
    cv2.connectedComponentsWithStatsWithAlgorithm,
)
"""Whatever finds the components of a page: two of them on the same ink are once too often."""
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
    monkeypatch: pytest.MonkeyPatch,
    functions: Sequence[Callable[..., Any]],
    least: int,
    read: Callable[[GrayImage], bytes] = np.ndarray.tobytes,
) -> Counter[bytes]:
    """Count from now on how often functions get the same picture, all of them together.

    Args:
        monkeypatch: What puts them back.
        functions: They are counted under whatever name a module of OpenCV or of the program holds them.
        least: Pixels of a picture that counts.
        read: What of a picture makes it the same.
    """
    counts: Counter[bytes] = Counter()

    def count(function: Callable[..., Any]) -> Callable[..., Any]:
        def counted(picture: GrayImage, *arguments: Any, **options: Any) -> Any:
            if picture.size >= least:
                counts[read(picture)] += 1
            return function(picture, *arguments, **options)

        return counted

    counted = {id(function): count(function) for function in functions}
    for module in [module for name, module in sys.modules.items() if name.split(".")[0] in ("cv2", "ingest")]:
        for name, held in list(vars(module).items()):
            if id(held) in counted:
                monkeypatch.setattr(module, name, counted[id(held)])
    return counts


def count_labelings(monkeypatch: pytest.MonkeyPatch, least: int) -> Counter[bytes]:
    """Count from now on how often the components of the same ink are found, in pictures of so many pixels."""
    return count_inputs(monkeypatch, _LABEL, least, lambda picture: np.packbits(picture).tobytes())


def load_letter() -> PageImage:
    return load_frame(ROUND / "office-200-page1.jpg", 1, Limits())


def load_table() -> PageImage:
    return load_pdf_page(ROUND / "office-200.pdf", 3, Limits())


@pytest.mark.slow
@pytest.mark.parametrize("load", [load_letter, load_table])
def test_no_page_is_binarized_or_labeled_twice(monkeypatch: pytest.MonkeyPatch, load: Callable[[], PageImage]) -> None:
    page = load()
    least = page.gray.size // 2
    binarized, labeled = count_inputs(monkeypatch, _BINARIZE, least), count_labelings(monkeypatch, least)
    read_page_image(page, 1, SureRecognizer(), Limits())
    assert max(binarized.values()) == 1
    assert binarized.total() <= _MOST_THRESHOLDS
    assert max(labeled.values()) == 1


def test_labelings_count_by_whatever_function_and_from_wherever(monkeypatch: pytest.MonkeyPatch) -> None:
    ink = np.zeros((40, 30), np.uint8)
    ink[10:20, 5:9] = 255
    labeled = count_labelings(monkeypatch, ink.size)
    label_components(ink)
    vars(touching_components)["find_runs"](ink)
    ink_runs.find_runs(ink)
    cv2.connectedComponents(ink)
    cv2.connectedComponentsWithStats(ink // 255)
    cv2.connectedComponents(255 - ink)
    cv2.connectedComponents(ink[1:])
    assert sorted(labeled.values()) == [1, 5]


def test_what_a_page_keeps_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    gray = np.full((400, 300), 240, np.uint8)
    gray[100:110, 50:200] = 20
    page = PageImage(gray, 100)
    counts = count_inputs(monkeypatch, _BINARIZE, 1)
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
