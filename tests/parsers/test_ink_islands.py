"""What a page holds beside its text has an owner in the form, or is told of."""

import pytest

from models.accounting import PagePart, PartKind, UnaccountedReason
from models.field import Box, Field, Source
from models.letter import Letter, LetterKind, Signer
from models.null_reason import NullReason
from models.ocr import InkIsland, IslandKind, Line, OcrPage
from parsers.accounting import account_for_pages, find_unaccounted
from parsers.ink_islands import account_for_islands

NAME = Box(0.5, 0.7, 0.7, 0.72)
SIGNED = Field[str](value="สมมติ", raw="สมมติ", page=1, box=NAME, source=Source.PRINT, confidence=0.9)
ABSENT = Field[str](null_reason=NullReason.ABSENT)
LETTER = Letter(
    kind=LetterKind.EXTERNAL_LETTER,
    pages=(1,),
    signer=Signer(name=SIGNED, position=ABSENT, authority=ABSENT, principal=ABSENT),
)


def page(*islands, number=1):
    return OcrPage(number=number, engine="test", width=1000, height=1400, leftover=islands)


def owner(box, kind=IslandKind.INK, parts=(), number=1):
    [part] = account_for_islands(page(InkIsland(box=box, kind=kind), number=number), [LETTER], [], parts)
    return part.owner


@pytest.mark.parametrize(
    ("box", "expected"),
    [
        (Box(0.44, 0.05, 0.56, 0.13), "ornament.emblem"),
        (Box(0.1, 0.04, 0.18, 0.1), "ornament.emblem"),
        (Box(0.52, 0.62, 0.7, 0.68), "ornament.signature"),
        (Box(0.1, 0.62, 0.2, 0.68), None),
        (Box(0.4, 0.4, 0.6, 0.5), None),
        (Box(0.1, 0.02, 0.9, 0.14), None),
    ],
)
def test_by_its_place(box, expected):
    assert owner(box) == expected


def test_an_emblem_stands_on_the_first_page_of_a_paper_only():
    assert owner(Box(0.44, 0.05, 0.56, 0.13), number=2) is None


def test_the_frame_of_a_stamp_that_was_read_belongs_to_it_and_that_of_another_does_not():
    read = PagePart(page=1, box=Box(0.7, 0.3, 0.9, 0.32), kind=PartKind.STAMP, text="รับที่ ๑", owner="letters[0].receipt")
    frame = Box(0.68, 0.27, 0.92, 0.4)
    assert owner(frame, IslandKind.STAMP, [read]) == "ornament.stamp_frame"
    assert owner(frame, IslandKind.STAMP, [read.model_copy(update={"owner": None})]) is None
    assert owner(frame, IslandKind.STAMP) is None


def test_a_watermark_is_known_and_an_annotation_never_is():
    anywhere = Box(0.52, 0.62, 0.7, 0.68)
    assert owner(anywhere, IslandKind.WATERMARK) == "ornament.watermark"
    assert owner(anywhere, IslandKind.ANNOTATION) is None


@pytest.mark.parametrize(
    ("box", "expected"),
    [
        (Box(0.44, 0.05, 0.56, 0.13), None),
        (Box(0.52, 0.62, 0.7, 0.66), "ornament.signature"),
        (Box(0.2, 0.62, 0.8, 0.645), None),
    ],
)
def test_writing_that_nobody_could_read_is_a_signature_at_most(box, expected):
    """It may be the urgency at the head, or the last line above the name."""
    read = PagePart(page=1, box=Box(0.44, 0.1, 0.56, 0.12), kind=PartKind.STAMP, text="รับ", owner="letters[0].receipt")
    assert owner(box, IslandKind.WRITING, [read]) == expected


def test_ink_all_over_a_page_is_no_signature_though_its_middle_is_by_the_name():
    assert owner(Box(0.1, 0.1, 0.9, 1.0), IslandKind.PICTURE) is None


def test_what_nobody_owns_is_told_of_with_its_reason():
    islands = (
        InkIsland(box=Box(0.1, 0.8, 0.2, 0.9), kind=IslandKind.ANNOTATION, text="โปรดแก้ไข"),
        InkIsland(box=Box(0.7, 0.3, 0.9, 0.4), kind=IslandKind.STAMP),
    )
    left = find_unaccounted(account_for_pages([page(*islands)], [LETTER], []), documented=True)
    assert [(part.kind, part.text, part.reason) for part in left] == [
        (PartKind.ANNOTATION, "โปรดแก้ไข", UnaccountedReason.NO_FIELD),
        (PartKind.STAMP, "", UnaccountedReason.NO_TEXT),
    ]


@pytest.mark.parametrize(
    ("text", "confidence", "height", "is_told"),
    [
        ("AAe", 0.05, 0.035, False),
        ("AAe", 0.5, 0.035, True),
        ("พันตำรวจเอก", 0.05, 0.035, True),
        ("AAe", 0.05, 0.02, True),
    ],
)
def test_a_signature_that_was_taken_for_print_is_one_and_a_rank_is_told_of(text, confidence, height, is_told):
    line = Line(text=text, box=Box(0.52, 0.65, 0.7, 0.65 + height), confidence=confidence)
    name = Line(text="สมมติ", box=NAME, confidence=0.9)
    parts = account_for_pages([page().model_copy(update={"lines": (line, name)})], [LETTER], [])
    assert bool(find_unaccounted(parts, documented=True)) == is_told
