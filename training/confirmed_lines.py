"""Lines that people of an office confirmed or put right, as pictures with their text, to train on.

    python -m training.confirmed_lines ARCHIVE FOLDER

Writes `NAME.png` and `NAME.gt.txt` for each, as Tesseract's own tools name them. Nothing is kept twice: decisions and
originals stay in the archive, and the lines are cut from them whenever they are asked for. They are of real letters:
they leave the office as little as those do.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from core.errors import InputError
from core.limits import Limits
from core.settings import Settings
from ingest.page_crops import upright_page
from ingest.sources.file_type import MediaType
from models.decision import Answer, Decision, last_answers
from models.document import Document
from models.field import Box
from pipeline.deciding import history
from store.archive import Archive
from thai.numerals import to_arabic, to_thai


@dataclass(frozen=True, slots=True)
class ConfirmedLine:
    """A line on paper and what it says.

    Attributes:
        document: SHA-256 of the file.
        decision: Number of the decision.
        page: Where.
        box: Where on the page.
        text: As it stands on paper, Thai digits and all.
    """

    document: str
    decision: int
    page: int
    box: Box
    text: str


def list_confirmed(archive: Archive, sha: str) -> Iterator[ConfirmedLine]:
    """Yield the lines of a document that people decided what they say, and did not take back."""
    held = last_answers(each for each in history(archive, sha) if not each.revoked)
    for recorded in held:
        ground, text = recorded.decision.ground, _find_text(recorded.decision)
        if text and ground.page is not None and ground.box is not None:
            yield ConfirmedLine(sha, recorded.id, ground.page, ground.box, text)


def _find_text(decision: Decision) -> str:
    """Return what stands on paper; empty where that cannot be told, or stands on several lines.

    A value that was put right is known as it is kept: its digits are those of the paper where what was read had Thai
    ones, and of a day or a status nobody knows how it is written.
    """
    raw = decision.ground.raw.strip()
    if decision.rule is not None or "\n" in raw:
        return ""
    if decision.answer is Answer.CONFIRMED:
        return raw
    if decision.answer is not Answer.CORRECTED or not isinstance(decision.after, str):
        return ""
    is_text = isinstance(decision.before, str) and to_arabic(raw) == to_arabic(decision.before)
    thai = to_arabic(raw) != raw
    return (to_thai(decision.after) if thai else decision.after) if is_text else ""


def write_lines(archive: Archive, folder: Path, limits: Limits) -> int:
    """Write the confirmed lines of an archive into a folder, and return how many. One without a picture is left out."""
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    for summary in archive.iterate_documents():
        document = archive.document(summary.sha256)
        for line in list_confirmed(archive, summary.sha256) if document is not None else ():
            picture = _cut(archive, document, line, limits) if document is not None else None
            if picture is not None:
                name = f"{line.document[:12]}-{line.decision}"
                picture.save(folder / f"{name}.png")
                (folder / f"{name}.gt.txt").write_text(line.text + "\n", "utf-8")
                written += 1
    return written


def _cut(archive: Archive, document: Document, line: ConfirmedLine, limits: Limits) -> Image.Image | None:
    source, original = document.source, archive.original(line.document)
    page = next((each for each in document.pages if each.number == line.page), None)
    if original is None or page is None or not source.media_type.startswith(("application/pdf", "image/")):
        return None
    try:
        upright = upright_page(original, MediaType(source.media_type), page, limits)
    except InputError:
        return None
    pixels, box = Image.fromarray(np.ascontiguousarray(upright)), line.box
    left, top = int(box.x0 * pixels.width), int(box.y0 * pixels.height)
    right, bottom = int(box.x1 * pixels.width) + 1, int(box.y1 * pixels.height) + 1
    return pixels.crop((left, top, right, bottom))


def main() -> None:
    """Write the lines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args()
    settings = Settings.load()
    with Archive.open(asked.archive, create=False, address=settings.database) as archive:
        print(f"{write_lines(archive, asked.folder, settings.limits)} lines")


if __name__ == "__main__":
    main()
