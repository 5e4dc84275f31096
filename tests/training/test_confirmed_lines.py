"""Lines that people confirmed, cut from the originals with what they say."""

import pytest
from PIL import Image

from core.limits import Limits
from core.settings import Settings
from gazetteer.register import load
from models.decision import Answer
from models.document import Document, DocumentStatus, Page, SourceDocument
from models.field import Box, Field
from models.letter import Letter, LetterKind, NumberField
from pipeline.deciding import decide, keep_reading, make_decision, undo
from store.archive import Archive
from training.confirmed_lines import write_lines

NUMBER, SUBJECT = "letters[0].number", "letters[0].subject"


@pytest.fixture
def archive(tmp_path):
    with Archive.open(tmp_path / "archive") as opened:
        yield opened


@pytest.fixture
def sha(archive, tmp_path):
    picture = tmp_path / "หนังสือ.png"
    Image.new("L", (1000, 1400), 255).save(picture)
    kept = archive.keep_original(picture)
    number = NumberField(
        value="มท 0810.2/ว 856", raw="มท ๐๘๑๐.๒/ว ๘๕๖", confidence=0.5, page=1, box=Box(0.1, 0.1, 0.4, 0.12)
    )
    subject = Field[str](value="สอง\nบรรทัด", raw="สอง\nบรรทัด", confidence=0.5, page=1, box=Box(0.1, 0.2, 0.4, 0.24))
    document = Document(
        source=SourceDocument(name="หนังสือ.png", sha256=kept, media_type="image/png", pages=1),
        status=DocumentStatus.NEEDS_REVIEW,
        text="",
        pages=(Page(number=1, text="", engine="test"),),
        letters=(Letter(kind=LetterKind.EXTERNAL_LETTER, pages=(1,), number=number, subject=subject),),
    )
    keep_reading(archive, document, "test", Settings())
    return kept


def answer(archive, sha, path, kind, text="") -> None:
    decision = make_decision(archive.document(sha), path, kind, load(), text)
    decide(archive, sha, [decision], "ก", Settings())


def read(folder) -> list[str]:
    return [path.read_text("utf-8") for path in sorted(folder.glob("*.gt.txt"))]


def test_a_confirmed_line_is_cut_with_what_stands_on_paper(archive, sha, tmp_path) -> None:
    answer(archive, sha, NUMBER, Answer.CONFIRMED)
    assert write_lines(archive, tmp_path / "lines", Limits()) == 1
    assert read(tmp_path / "lines") == ["มท ๐๘๑๐.๒/ว ๘๕๖\n"]
    [picture] = (tmp_path / "lines").glob("*.png")
    with Image.open(picture) as opened:
        assert opened.size == (301, 29)


def test_a_line_that_was_put_right_has_the_digits_of_the_paper(archive, sha, tmp_path) -> None:
    answer(archive, sha, NUMBER, Answer.CORRECTED, "มท 0810.2/ว 857")
    write_lines(archive, tmp_path / "lines", Limits())
    assert read(tmp_path / "lines") == ["มท ๐๘๑๐.๒/ว ๘๕๗\n"]


def test_what_is_taken_back_unreadable_or_of_several_lines_is_left_out(archive, sha, tmp_path) -> None:
    answer(archive, sha, NUMBER, Answer.CONFIRMED)
    undo(archive, sha, "ก", Settings())
    answer(archive, sha, NUMBER, Answer.UNREADABLE)
    answer(archive, sha, SUBJECT, Answer.CONFIRMED)
    assert write_lines(archive, tmp_path / "lines", Limits()) == 0
