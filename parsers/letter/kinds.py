"""The kinds of letters: one declaration a kind, and the registry. `docs/extending.md` adds one as an example.

Source: ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. ๒๕๒๖ and its amendments, forms 1 to 11.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Final

from models.letter import Letter, LetterKind
from models.ocr import OcrPage
from parsers.fields import FieldBuilder
from parsers.letter import cues
from parsers.letter.headed_papers import Heading, parse_certificate, parse_given_paper, parse_minutes
from parsers.letter.radio_message import parse_radio
from parsers.text_span import PagedLine

HeadingParser = Callable[[Sequence[PagedLine], Sequence[str], FieldBuilder], Heading]
"""Takes a paper's lines and the words that name its kind, gives what its heading says."""
FormParser = Callable[[Sequence[PagedLine], Sequence[OcrPage], FieldBuilder], Letter]
"""Takes a paper's lines outside tables and its pages, gives its record: for forms that are read by their cells."""


class DatePlace(StrEnum):
    """Where papers of a kind have their date."""

    HEAD = auto()
    HEAD_OR_FOOT = auto()


@dataclass(frozen=True, slots=True)
class LetterKindSpec:
    """What is particular to one kind of letter.

    Attributes:
        kind: The kind.
        titles: Lines that are its title and nothing else, such as บันทึกข้อความ.
        headings: Words its heading begins with, before an office's name or its own, such as คำสั่ง.
        needs_number: Whether a number that was not found is missing.
        numbered_headings: Words of the heading with which alone a number is needed; empty where they do not tell.
        needs_subject: Whether a subject that was not found is missing.
        needs_signer: Whether a signer that was not found is missing.
        brackets_signer: Whether the signer's name stands in parentheses always; else below ประกาศ ณ วันที่, too.
        date: Where its date stands.
        parse_heading: Reads issuer, number and title where they stand in a heading in place of labels.
        parse_form: Reads all of it, where it is a form of its own.
    """

    kind: LetterKind
    titles: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    needs_number: bool = True
    numbered_headings: tuple[str, ...] = ()
    needs_subject: bool = True
    needs_signer: bool = False
    brackets_signer: bool = True
    date: DatePlace = DatePlace.HEAD_OR_FOOT
    parse_heading: HeadingParser | None = None
    parse_form: FormParser | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The words that name its papers."""
        return (*self.titles, *self.headings)


SPECS: Final = (
    LetterKindSpec(LetterKind.EXTERNAL_LETTER, date=DatePlace.HEAD),
    LetterKindSpec(LetterKind.INTERNAL_MEMO, titles=("บันทึกข้อความ", "บันทึก"), date=DatePlace.HEAD),
    LetterKindSpec(LetterKind.STAMPED_LETTER, needs_subject=False),
    LetterKindSpec(
        LetterKind.ORDER,
        headings=("คำสั่ง", "ระเบียบ", "ข้อบังคับ"),
        numbered_headings=("คำสั่ง",),
        needs_signer=True,
        brackets_signer=False,
        parse_heading=parse_given_paper,
    ),
    LetterKindSpec(
        LetterKind.REGULATION,
        headings=("กฎกระทรวง", "ข้อบัญญัติ", "เทศบัญญัติ", "พระราชกฤษฎีกา"),
        needs_number=False,
        needs_signer=True,
        brackets_signer=False,
        parse_heading=parse_given_paper,
    ),
    LetterKindSpec(
        LetterKind.ANNOUNCEMENT,
        headings=("ประกาศ", "แถลงการณ์"),
        needs_number=False,
        needs_signer=True,
        brackets_signer=False,
        parse_heading=parse_given_paper,
    ),
    LetterKindSpec(
        LetterKind.CERTIFICATE,
        titles=("หนังสือรับรอง",),
        needs_number=False,
        needs_subject=False,
        parse_heading=parse_certificate,
    ),
    LetterKindSpec(
        LetterKind.MINUTES,
        titles=("รายงานการประชุม",),
        needs_number=False,
        needs_subject=False,
        parse_heading=parse_minutes,
    ),
    LetterKindSpec(
        LetterKind.RADIO_MESSAGE,
        titles=("กระดาษเขียนข่าว", "วิทยุในราชการ", "วิทยุราชการ", "โทรสารในราชการ", "โทรพิมพ์ในราชการ"),
        needs_subject=False,
        parse_form=parse_radio,
    ),
)
"""Every kind that is known."""


class KindRegistry:
    """The kinds that papers are told by."""

    def __init__(self, specs: Iterable[LetterKindSpec] = SPECS) -> None:
        """Take the declarations, one a kind."""
        self._by_kind = {spec.kind: spec for spec in specs}
        self._titles = {title: spec.kind for spec in self._by_kind.values() for title in spec.titles}
        self._headings = {word: spec.kind for spec in self._by_kind.values() for word in spec.headings}

    def get(self, kind: LetterKind) -> LetterKindSpec:
        """Return the declaration of a kind; one that is not declared needs nothing."""
        undeclared = LetterKindSpec(kind, needs_number=False, needs_subject=False)
        return self._by_kind.get(kind, undeclared)

    def find_titled(self, text: str) -> LetterKind | None:
        """Return the kind that a line names as its title, or None."""
        title = cues.find_title(text, self._titles)
        return self._titles[title] if title else None

    def find_headed(self, text: str, following: Sequence[str]) -> LetterKind | None:
        """Return the kind whose heading begins on a line, or None.

        Args:
            text: A line such as คำสั่งจังหวัด….
            following: The next few lines, one of which must go on as headings do: เรื่อง, ว่าด้วย, a number, a year.
        """
        word = cues.find_heading(text, following, self._headings)
        return self._headings[word] if word else None


KINDS: Final = KindRegistry()
"""The registry that documents are read with."""
