"""What uneven light, black edges, punch holes and specks cost: character errors of pages worn so, against unworn.

    python bench/preparation.py                 typeset papers of fixtures/kinds.py, drawn at 200 dpi
    python bench/preparation.py SCAN.pdf=TEXT.txt …    real first pages that one keeps oneself, with their text

Each page is worn in one way at a time, by chance with a fixed seed, and read by the whole of our reading. Errors are
counted in the characters without spaces, lines in reading order.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import numpy as np
from rapidfuzz.distance import Levenshtein

from core.settings import Settings
from fixtures.kinds import SPECIMENS, typeset
from ingest.page_image_reader import read_page_image
from ingest.pixels import GrayImage
from ingest.sources.page_image import PageImage
from ingest.sources.page_loading import load_pdf_page
from pipeline.reading import build_recognizer
from thai.text import normalize

_MM = 25.4
_PAPERS = ("external", "secret", "memo", "order")


def main() -> None:
    """Wear, read and print the errors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scans", nargs="*", help="SCAN.pdf=TEXT.txt")
    parser.add_argument("--only", default=",".join(WEARS), help="names of wears with commas between")
    arguments = parser.parse_args()
    pages = list(_scans(arguments.scans) if arguments.scans else _typeset())
    for name in arguments.only.split(","):
        errors = [measure_error(WEARS[name](page.gray, page.dpi), page.dpi, text) for page, text in pages]
        print(f"{name}: mean {np.mean(errors):.4f}  " + " ".join(f"{error:.4f}" for error in errors), flush=True)


def _typeset() -> Iterator[tuple[PageImage, str]]:
    limits = Settings().limits.model_copy(update={"render_dpi": 200})
    for name in _PAPERS:
        paper = SPECIMENS[name]
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "paper.pdf"
            file.write_bytes(typeset((paper,)))
            yield load_pdf_page(file, 1, limits), "".join(text for row in paper.pages[0] for _, text in row)


def _scans(pairs: list[str]) -> Iterator[tuple[PageImage, str]]:
    for pair in pairs:
        scan, _, text = pair.partition("=")
        yield load_pdf_page(Path(scan), 1, Settings().limits), Path(text).read_text("utf-8")


def measure_error(gray: GrayImage, dpi: int, text: str) -> float:
    """Return the share of characters that a page was read wrong in."""
    settings = Settings()
    page = read_page_image(PageImage(gray, dpi), 1, build_recognizer(settings), settings.limits)
    wanted, got = ("".join(normalize(each).split()) for each in (text, page.text))
    return Levenshtein.distance(wanted, got) / len(wanted)


def shadow(gray: GrayImage, _dpi: int) -> GrayImage:
    """Return the page under light that falls off to a third towards one corner, as in a photograph or over a fold."""
    height, width = gray.shape
    light = 1.0 - 0.65 * np.outer(np.linspace(0, 1, height), np.linspace(0, 1, width))
    return np.clip(gray * light, 0, 255).astype(np.uint8)


def edges(gray: GrayImage, dpi: int) -> GrayImage:
    """Return the page with the black edges of an open copier lid, 5 to 10 mm."""
    worn = gray.copy()
    left, top, right = (round(mm / _MM * dpi) for mm in (10, 5, 7))
    worn[:, :left], worn[:top], worn[:, -right:] = 15, 15, 15
    return worn


def holes(gray: GrayImage, dpi: int) -> GrayImage:
    """Return the page with the shadows of two punch holes at its left."""
    worn = gray.copy()
    y, x = np.ogrid[: gray.shape[0], : gray.shape[1]]
    radius = 3.0 / _MM * dpi
    for share in (0.36, 0.63):
        worn[(y - share * gray.shape[0]) ** 2 + (x - 12 / _MM * dpi) ** 2 < radius**2] = 20
    return worn


def specks(gray: GrayImage, dpi: int) -> GrayImage:
    """Return the page with dust of one to three pixels: a speck for every 12 square millimetres."""
    chance, worn = np.random.default_rng(7), gray.copy()
    height, width = gray.shape
    for _ in range(round(height * width / (dpi / _MM) ** 2 / 12)):
        top, left, size = chance.integers(height - 3), chance.integers(width - 3), chance.integers(1, 4)
        worn[top : top + size, left : left + size] = 40
    return worn


WEARS: dict[str, Callable[[GrayImage, int], GrayImage]] = {
    "unworn": lambda gray, _dpi: gray,
    "shadow": shadow,
    "edges": edges,
    "holes": holes,
    "specks": specks,
}

if __name__ == "__main__":
    main()
