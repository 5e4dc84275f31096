"""Pages are drawn in a worker: whatever an original does there, who asked goes on."""

import os

import numpy as np
import pytest

import ingest.page_crops
from core.limits import Limits
from pipeline.page_pictures import PagePictures
from tests.pipeline.test_crops import kept

__all__ = ["kept"]


def damaged():
    raise ValueError("no page")


def without_end():
    while True:
        pass


def huge():
    return np.zeros(4_000_000_000, np.uint8)


def deadly():
    os._exit(1)


@pytest.mark.parametrize("hostile", [damaged, without_end, huge, deadly])
def test_an_original_that_cannot_be_drawn_has_no_picture_and_the_others_have(kept, monkeypatch, hostile):
    archive, document = kept
    [page] = document.pages
    document = document.model_copy(update={"pages": (page, page.model_copy(update={"number": 2}))})
    draw = ingest.page_crops.upright_page
    monkeypatch.setattr(
        ingest.page_crops, "upright_page", lambda *args: hostile() if args[2].number == 2 else draw(*args)
    )
    pictures = PagePictures(archive, Limits(page_seconds=1, memory_bytes=1_000_000_000))
    assert pictures.get(document, 2) is None
    assert pictures.get(document, 1).shape == (600, 400)


def test_pages_are_drawn_in_another_process_and_kept(kept, monkeypatch):
    archive, document = kept
    monkeypatch.setattr(ingest.page_crops, "upright_page", lambda *_: np.array([os.getpid()]))
    pictures = PagePictures(archive, Limits())
    drawn = pictures.get(document, 1)
    assert drawn[0] != os.getpid()
    assert pictures.get(document, 1) is drawn
