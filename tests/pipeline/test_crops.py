"""The picture of a value beside a finding: the right place of the page, small, and only where there is one."""

import base64
import io
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.limits import Limits
from ingest.page_crops import cut, upright_page
from ingest.preprocessing.orientation import turn
from ingest.sources.file_type import MediaType
from models.document import Document, Page
from models.field import Box
from models.finding import Finding, Outcome, Verdict
from models.issue import Message, Severity
from pipeline.crops import Crops
from reports.check_html import PICTURES, as_html
from reports.check_report import CheckedDocument, CheckOptions
from reports.evidence import locate
from store.archive import Archive
from tests.commands.test_cli import saraban
from tests.rules import builders as b

# A black bar on white, 400 × 600, and where it is.
BAR = Box(0.25, 0.1, 0.75, 0.12)


def page_of(*, clockwise: int = 0, skew: float = 0.0, color: bool = False) -> Image.Image:
    """Return the page with its bar as the scanner gives it, which reading turns clockwise and then by its skew."""
    gray = np.full((600, 400), 255, np.uint8)
    gray[60:72, 100:300] = 0
    image = Image.fromarray(turn(gray, -skew) if skew else gray)
    image = image.rotate(clockwise, expand=True)
    if not color:
        return image
    red = image.convert("RGB")
    red.paste((200, 0, 0), (0, 580, 400, 600))
    return red


def opened(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(data)).convert("L"))


@pytest.mark.parametrize(("clockwise", "skew"), [(0, 0.0), (90, 0.0), (180, 0.0), (270, 0.0), (0, 2.0), (90, -1.5)])
def test_a_value_is_cut_out_where_it_was_read_however_the_page_lay(clockwise: int, skew: float, tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    page_of(clockwise=clockwise, skew=skew).save(path)
    page = Page(number=1, text="", engine="test", rotation=clockwise, skew=skew)
    found = opened(cut(upright_page(path, MediaType.PNG, page, Limits()), BAR, 400_000))
    height, width = found.shape
    assert found[height // 2, width // 4 : -width // 4].max() < 100  # the bar runs through the middle
    assert found[0].min() > 150  # and the margin is white
    assert (abs(width - 210) < 4, abs(height - 19) < 4) == (True, True)


def test_colors_stay_and_a_large_picture_is_made_small(tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    page_of(color=True).save(path)
    pixels = upright_page(path, MediaType.PNG, Page(number=1, text="", engine="test"), Limits())
    whole = Image.open(io.BytesIO(cut(pixels, Box(0, 0, 1, 1), 10_000)))
    assert whole.mode == "RGB"
    assert whole.width * whole.height <= 10_000
    assert abs(whole.width / whole.height - 400 / 600) < 0.05


def test_a_box_of_nothing_at_the_rim_is_still_a_picture() -> None:
    for box in (Box(1, 1, 1, 1), Box(0, 0, 0, 0)):
        assert opened(cut(np.zeros((60, 40), np.uint8), box, 100)).size > 0


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[tuple[Archive, Document]]:
    """An archive with one scanned letter, whose number and date are the bar."""
    path = tmp_path / "letter.png"
    page_of().save(path)
    letter = b.cover(
        number=b.number("อต ๐๐๒๓.๓/ว ๑๗๗/๔", page=1, box=BAR),
        date=b.day(None, "๓๑ เมษายน"),
        references=(),
        enclosures=(),
    )
    plain = b.case((letter,), page="text").document
    with Archive.open(tmp_path / "archive") as store:
        source = {"sha256": store.keep_original(path), "name": path.name, "media_type": "image/png"}
        document = plain.model_copy(update={"source": plain.source.model_copy(update=source)})
        store.put_document(document, "test", ())
        yield store, document


def test_a_report_has_so_many_pictures_as_its_limit_allows(kept) -> None:
    store, document = kept
    crops = Crops(store, Limits(report_crops=2))
    given = [crops(document, 1, BAR) for _ in range(3)]
    assert [bool(each) for each in given] == [True, True, False]
    assert opened(base64.b64decode(given[0].removeprefix("data:image/jpeg;base64,"))).size


def test_the_pages_of_a_document_are_drawn_with_the_place_of_each_value(kept, tmp_path: Path) -> None:
    store, document = kept
    drawn = tmp_path / "pages.html"
    done = saraban("show", document.source.name, "--picture", drawn, "--archive", store.folder)
    assert done.returncode == 0, done.stderr
    text = drawn.read_text("utf-8")
    [image] = re.findall(r"data:image/jpeg;base64,([A-Za-z0-9+/=]+)", text)
    assert opened(base64.b64decode(image)).shape == (600, 400)
    assert "left:25.00%;top:10.00%" in text
    done = saraban("show", document.source.name, "--picture", tmp_path / "pages.pdf", "--archive", store.folder)
    assert done.returncode == 2
    assert "--picture pages.pdf: a name that ends in .html" in done.stderr


def test_a_whole_page_is_bounded_in_pixels(kept) -> None:
    store, document = kept
    address = Crops(store, Limits(page_picture_pixels=10_000)).get_whole_page(document, 1)
    assert opened(base64.b64decode(address.removeprefix("data:image/jpeg;base64,"))).size <= 10_000


@pytest.mark.parametrize(
    "source",
    [{"media_type": "text/csv"}, {"media_type": "text/plain"}, {"sha256": "f" * 64}],
)
def test_what_is_no_picture_or_is_gone_has_none(kept, source: dict[str, str]) -> None:
    store, document = kept
    other = document.model_copy(update={"source": document.source.model_copy(update=source)})
    assert Crops(store, Limits())(other, 1, BAR) is None
    assert Crops(store, Limits())(document, 9, BAR) is None
    assert Crops(store, Limits(page_pixels=10))(document, 1, BAR) is None


def test_the_command_shows_the_picture_and_the_reading(kept) -> None:
    store, _ = kept
    done = saraban("check", "letter.png", "--archive", store.folder, "--format", "html", "--rule", "N01")
    assert done.returncode == 0, done.stderr
    [image] = re.findall(r'<img src="data:image/jpeg;base64,([^"]+)"', done.stdout)
    assert opened(base64.b64decode(image)).size
    assert "อต ๐๐๒๓.๓/ว ๑๗๗/๔</span>" in done.stdout


def test_a_finding_on_many_values_shows_the_first_and_says_so() -> None:
    rows = tuple(b.row(n, "พา", body=b.body(f"อบต.พา{n}", "พา", None, page=1, box=BAR)) for n in range(1, 10))
    document = b.case(annexes=(b.annex(rows=rows),)).document
    message = Message(th="ก", en="a")
    found = Finding(
        rule="T99",
        severity=Severity.ERROR,
        outcome=Outcome.VIOLATED,
        message=message,
        evidence=tuple(f"annexes[0].rows[{n}].body" for n in range(9)),
    )
    verdict = Verdict(
        rule="T99", severity=Severity.ERROR, statement=message, outcome=Outcome.VIOLATED, findings=(found,)
    )
    page = "".join(as_html([CheckedDocument(document, (verdict,))], CheckOptions("en", picture=lambda *_: "data:,")))
    assert page.count("<img") == PICTURES < 9
    assert page.count("without picture") == 1
    assert all(f"อบต.พา{n}</span>" in page for n in range(1, 10))


def test_a_row_is_shown_as_wide_as_its_values() -> None:
    row = b.row(1, "น้ำหมัน", body=b.body("อบต.น้ำหมัน", "น้ำหมัน", None, page=3, box=Box(0.2, 0.5, 0.4, 0.52)))
    row = row.model_copy(update={"remark": b.text("x", page=3, box=Box(0.6, 0.5, 0.9, 0.53))})
    found = locate(b.case(annexes=(b.annex(rows=(row,)),)).document, "annexes[0].rows[0]")
    assert (found.page, found.box, found.raw) == (3, Box(0.2, 0.5, 0.9, 0.53), "")
