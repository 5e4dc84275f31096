"""What a line of a letter is: labeled once (logical labeling), read by segmentation, zones, head, parts and foot.

The patterns are those of `parsers.letter.cues`. Each cue is looked for when it is first asked for and then kept, since
most lines are never asked for most of them.
"""

from functools import cached_property
from typing import NamedTuple

from parsers.letter import cues
from parsers.letter.cues import Label
from thai.dates import ThaiDate, find_dates

_DATE_ALONE = 6
"""Characters that may stand beside a date on a line that is a date and nothing else."""


class LabelCue(NamedTuple):
    """The label a line begins with: the part, the label as it should be spelt, and the index just after it."""

    label: Label
    name: str
    end: int


class ContactCue(NamedTuple):
    """A contact a line names: its kind, where its label begins, and where its value does."""

    kind: str
    start: int
    value_start: int


class LineCues:
    """The cues of one line.

    Attributes:
        text: The line as it was read.
        left: Its left edge as a share of the page's width; None where the input has no layout.
    """

    def __init__(self, text: str, left: float | None) -> None:
        """Take the line; nothing is looked for yet."""
        self.text, self.left = text, left

    @cached_property
    def label(self) -> LabelCue | None:
        """The labeled part (เรื่อง, เรียน …) that the line begins."""
        found = cues.find_label(self.text, self.left)
        return LabelCue(*found) if found else None

    @property
    def part(self) -> Label | None:
        """Which labeled part the line begins."""
        return self.label.label if self.label else None

    @cached_property
    def urgency(self) -> str | None:
        """The urgency that the line states and nothing else."""
        return cues.find_urgency(self.text)

    @cached_property
    def secrecy(self) -> str | None:
        """The class of secrecy that the line states and nothing else."""
        return cues.find_secrecy(self.text)

    @property
    def is_stamped_word(self) -> bool:
        """Whether the line is the word of urgency or of secrecy, or stands for one and is misread."""
        known = self.urgency is not None or self.secrecy is not None
        return known or self.is_near_urgency or self.is_near_secrecy

    @cached_property
    def is_near_urgency(self) -> bool:
        """Whether the line stands for an urgency and is none that is known."""
        return cues.is_near_urgency(self.text)

    @cached_property
    def is_near_secrecy(self) -> bool:
        """Whether the line stands for a class of secrecy and is none that is known."""
        return cues.is_near_secrecy(self.text)

    @cached_property
    def certifies_copy(self) -> bool:
        """Whether the line certifies a true copy (สำเนาถูกต้อง)."""
        return cues.certifies_copy(self.text)

    @cached_property
    def is_gazette_header(self) -> bool:
        """Whether the line is the running head of the Royal Gazette."""
        return cues.is_gazette_header(self.text)

    @property
    def is_page_number(self) -> bool:
        """Whether the line is the number of a page, named so (หน้า ๒๑)."""
        return cues.is_page_number(self.text)

    @cached_property
    def is_number_head(self) -> bool:
        """Whether the line is the letter's own number (ที่ …), not one that is cited."""
        return cues.is_number_head(self.text)

    @cached_property
    def own_number(self) -> tuple[int, int] | None:
        """Where the line, its outer spaces aside, states the number of a certificate or meeting."""
        return cues.own_number(self.text.strip())

    @cached_property
    def receipt_part(self) -> tuple[str, int] | None:
        """Which part of a receipt stamp the line is (number, date or time), and where its value begins."""
        return cues.receipt_part(self.text)

    @property
    def is_receipt_number(self) -> bool:
        """Whether the line is the number of a receipt stamp (เลขรับ …)."""
        return self.receipt_part is not None and self.receipt_part[0] == "number"

    @cached_property
    def closing(self) -> str | None:
        """The complimentary close that the line is."""
        return cues.find_closing(self.text)

    @cached_property
    def signer_name(self) -> tuple[int, int] | None:
        """Where the line states a signer's name in parentheses."""
        return cues.name_span(self.text)

    @property
    def begins_foot(self) -> bool:
        """Whether the foot of a letter may begin with the line: its closing, or its signer's name."""
        return self.closing is not None or self.signer_name is not None

    @cached_property
    def begins_unit(self) -> bool:
        """Whether the line begins as the name of an office or one of its units does."""
        return cues.begins_unit(self.text)

    @cached_property
    def contacts(self) -> tuple[ContactCue, ...]:
        """The contacts that the line names, in order."""
        return tuple(ContactCue(*found) for found in cues.contact_starts(self.text))

    @property
    def contact(self) -> str | None:
        """The kind of contact that the line begins with."""
        return next((found.kind for found in self.contacts[:1] if found.start <= cues.CONTACT_DEPTH), None)

    @cached_property
    def copies_start(self) -> int | None:
        """Where the recipients of copies (สำเนาส่ง) begin on the line."""
        return cues.copies_start(self.text)

    @cached_property
    def opens_body(self) -> bool:
        """Whether the line begins as the running text of letters does."""
        return cues.opens_body(self.text)

    @cached_property
    def opens_recital(self) -> bool:
        """Whether the line begins the recital of an announcement or regulation (โดยที่…, อาศัยอำนาจ…)."""
        return cues.opens_recital(self.text)

    @cached_property
    def dates(self) -> tuple[ThaiDate, ...]:
        """The dates of the line, in order."""
        return tuple(find_dates(self.text))

    @property
    def is_date_alone(self) -> bool:
        """Whether the line is a date and hardly anything else."""
        return bool(self.dates) and len(self.text.strip()) - len(self.dates[0].raw) <= _DATE_ALONE

    @cached_property
    def states_issue_date(self) -> bool:
        """Whether the line says when an order, announcement or certificate was given (สั่ง ณ วันที่ …)."""
        return cues.states_issue_date(self.text)
