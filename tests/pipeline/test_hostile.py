"""Small files that cost much: each ends as one entry with its reason, within its bounds, and the batch goes on.

The import runs in a process of its own, whose largest child and whose own memory are measured by the kernel.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from fixtures import bombs
from fixtures.bombs import MIB, Bomb

ROOT = Path(__file__).parents[2]
MOST_MB = 1_500
"""Memory of any process, whatever the file."""
MOST_CPU = 60
"""Processor time that a bomb and a letter may take together, in seconds; each bound below is 20."""
RUN = """
import json, resource, sys
from pathlib import Path
from core.limits import Limits
from core.progress import NullProgress
from core.settings import Settings
from ingest.recognition.tesseract import TesseractRecognizer
from pipeline.importing import import_files
from store.archive import Archive
nobody = TesseractRecognizer("none", Path("/nonexistent"), "no engine")
limits = Limits(open_seconds=20, page_seconds=20, document_seconds=20)
with Archive.open(Path(sys.argv[1])) as archive:
    files = [Path(name) for name in sys.argv[2:]]
    found = list(import_files(files, archive, Settings(jobs=1, limits=limits), nobody, NullProgress()))
own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(json.dumps({
    "ends": [[each.error.slug] if each.error else list(each.reasons) or ["read"] for each in found],
    "mb": [usage.ru_maxrss // 1024 for usage in (own, children)],
    "cpu": sum(usage.ru_utime + usage.ru_stime for usage in (own, children)),
}))
"""

# Smaller than they can be, and larger than the bounds: what costs more than it may is the same at any size.
SMALL = (
    Bomb("nested-flate.pdf", lambda: bombs.nested_flate(1_600 * MIB), ("page.worker_died", "page.timeout")),
    Bomb("object-stream.pdf", lambda: bombs.object_stream(1_600 * MIB), ("input.limit", "input.damaged")),
    Bomb("one-string.xlsx", lambda: bombs.workbook(700 * MIB), ("input.limit", "input.damaged")),
    Bomb("lines.txt", bombs.lines, ("input.limit",)),
    Bomb("letter-heads.txt", bombs.letter_heads, ("input.limit", "read")),
    Bomb("one-district.csv", bombs.one_district, ("input.limit", "read")),
    Bomb("one-name.csv", lambda: bombs.one_district(40_000), ("input.limit",)),
)


@pytest.mark.slow
@pytest.mark.parametrize("bomb", SMALL, ids=lambda bomb: bomb.name)
def test_a_bomb_is_one_failed_entry_and_the_batch_goes_on(tmp_path, bomb):
    [path] = bombs.write(tmp_path / "in", (bomb,))
    good = tmp_path / "z-good.txt"
    good.write_text("ที่ มท ๐๘๑๐.๒/ว ๑๐๐\n\nเรื่อง การบันทึกข้อมูล\n", "utf-8")
    command = [sys.executable, "-c", RUN, tmp_path / "archive", path, good]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    told = json.loads(done.stdout)
    hostile, letter = told["ends"]
    assert set(hostile) & set(bomb.ends), hostile
    assert letter == ["read"]
    assert max(told["mb"]) < MOST_MB
    assert told["cpu"] < MOST_CPU
