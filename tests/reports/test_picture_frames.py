"""Pictures of many frames become pages one at a time: in bounded memory, and one bad frame costs only its page."""

import io
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from reports.exports.searchable_pdf import as_searchable

ROOT = Path(__file__).parents[2]
WITHIN = """
import io, resource
from PIL import Image
from reports.exports.searchable_pdf import as_searchable
stream = io.BytesIO()
frames = (Image.new("RGB", (2000, 3000), (n, 200, 200)) for n in range(30))
next(frames).save(stream, "TIFF", compression="tiff_lzw", save_all=True, append_images=frames)
base = int(open("/proc/self/statm").read().split()[5]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_DATA, (base + 150_000_000, resource.RLIM_INFINITY))
print(len(as_searchable(stream.getvalue(), "image/tiff", [])))
"""


def tiff(*sizes):
    stream = io.BytesIO()
    first, *rest = [Image.new("L", size, 255) for size in sizes]
    first.save(stream, "TIFF", save_all=True, append_images=rest, dpi=(100, 100))
    return stream.getvalue()


def test_every_frame_is_a_page_of_its_own_size():
    made = pypdfium2.PdfDocument(as_searchable(tiff((100, 200), (300, 100)), "image/tiff", []))
    assert [tuple(round(side) for side in page.get_size()) for page in made] == [(72, 144), (216, 72)]


def test_a_frame_that_is_too_large_is_an_empty_page(monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 30_000)
    made = pypdfium2.PdfDocument(as_searchable(tiff((100, 200), (900, 900), (100, 200)), "image/tiff", []))
    assert [round(page.get_width()) for page in made] == [72, 595, 72]


@pytest.mark.slow
def test_thirty_frames_of_18_mb_take_no_540_mb():
    done = subprocess.run([sys.executable, "-c", WITHIN], check=False, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr[-500:]
