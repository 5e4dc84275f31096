"""The pipeline with a recognizer that is none: whatever stands behind the protocol, pages become documents."""

import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from core.settings import Settings
from ingest.pixels import GrayImage
from ingest.recognition.recognizer import Glyph, TextRecognizer
from pipeline.reading import read_document

PAGE = Path(__file__).parents[2] / "fixtures/round1/office-200-page1.jpg"
MOST_LINES = 60


@dataclass(frozen=True)
class FakeRecognizer:
    """Says of every line how wide it is, for certain."""

    engine: str = "fake 1"

    def read_lines(self, images: Sequence[GrayImage], dpi: int) -> list[list[Glyph]]:
        """Return one glyph of each line."""
        assert dpi == 200
        assert all(image.ndim == 2 and image.dtype == np.uint8 for image in images)
        return [[Glyph(0, 0, image.shape[1], image.shape[0], f"ก{image.shape[1]}", 1.0)] for image in images]


@pytest.mark.slow
def test_a_document_is_read_by_whatever_stands_behind_the_protocol() -> None:
    recognizer: TextRecognizer = pickle.loads(pickle.dumps(FakeRecognizer()))  # noqa: S301 - as it goes to a worker
    document = read_document(PAGE, Settings(), recognizer)
    [page] = document.pages
    assert page.engine == "fake 1"
    lines = [line for line in page.text.splitlines() if line.strip()]
    assert 20 < len(lines) < MOST_LINES
    assert all(word.startswith("ก") for line in lines for word in line.split())
