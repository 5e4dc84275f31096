"""A paper of each kind: every header field, laid out and as plain text; several of them in one file."""

from pathlib import Path

import pytest

from bench.kinds import as_text, judged, laid_out
from bench.segmentation import synthetic
from fixtures.kinds import SPECIMENS
from models.ocr import OcrPage
from parsers.letters import parse_letters


@pytest.mark.parametrize("name", SPECIMENS)
def test_every_header_field_of_a_kind(name: str, tmp_path: Path) -> None:
    paper = SPECIMENS[name]
    for pages in (laid_out(paper), as_text(paper, tmp_path)):
        missed = [
            (field, said) for field, verdict, said in judged(paper, parse_letters(pages)[0]) if verdict != "right"
        ]
        assert missed == []


def test_a_judge_that_finds_fault() -> None:
    memo, order = SPECIMENS["memo"], SPECIMENS["order"]
    verdicts = {field: verdict for field, verdict, _ in judged(memo, parse_letters(laid_out(order))[0])}
    assert verdicts["kind"] == "silent"
    assert verdicts["number"] == "silent"


def composed(names: list[str]) -> tuple[list[OcrPage], list[tuple[int, ...]]]:
    pages: list[OcrPage] = []
    wanted = []
    for part in (part for name in names for part in synthetic() if part.name == name):
        first = len(pages)
        pages += [page.model_copy(update={"number": page.number + first}) for page in part.pages]
        wanted.append(tuple(range(first + 1, len(pages) + 1)))
    return pages, wanted


@pytest.mark.parametrize("turned", range(3))
def test_papers_in_one_file_are_found_one_by_one(turned: int) -> None:
    names = list(SPECIMENS)
    pages, wanted = composed(names[turned:] + names[:turned])
    assert [letter.pages for letter in parse_letters(pages)[0]] == wanted


def test_a_lost_page_behind_a_catchword_does_not_swallow_the_next_letter() -> None:
    pages, _ = composed(["external", "memo"])
    del pages[1]
    assert [letter.pages for letter in parse_letters(pages)[0]] == [(1,), (3,)]


def test_a_heading_quoted_on_a_page_that_goes_on_begins_no_announcement() -> None:
    pages, wanted = composed(["regulation"])
    quoted = pages[0].lines[0].model_copy(update={"text": "ประกาศกระทรวงทดสอบ", "words": ()})
    sign = pages[0].lines[1].model_copy(update={"text": "เรื่อง การทดสอบ", "words": ()})
    moved = [
        line.model_copy(update={"box": line.box._replace(x0=0.14, y0=0.1 + n / 50, y1=0.11 + n / 50)})
        for n, line in enumerate((quoted, sign))
    ]
    pages[1] = pages[1].model_copy(update={"lines": (pages[1].lines[0], *moved, *pages[1].lines[1:])})
    assert [letter.pages for letter in parse_letters(pages)[0]] == wanted
