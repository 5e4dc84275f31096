"""A letter (หนังสือราชการ) and its parts, after ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. ๒๕๒๖."""

import datetime as dt
from enum import StrEnum

from pydantic import Field as Constraint

from models.field import Field, PageNumber, Record
from models.null_reason import NullReason


class LetterKind(StrEnum):
    """What kind of paper it is."""

    EXTERNAL_LETTER = "external_letter"
    INTERNAL_MEMO = "internal_memo"
    STAMPED_LETTER = "stamped_letter"
    ORDER = "order"
    REGULATION = "regulation"
    ANNOUNCEMENT = "announcement"
    CERTIFICATE = "certificate"
    MINUTES = "minutes"
    RADIO_MESSAGE = "radio_message"
    OTHER = "other"


class NumberParts(Record):
    """The parts of a letter number: ที่ มท ๐๘๑๐.๒/ว ๘๕๖ is มท, 0810.2, True, 856."""

    prefix: str
    unit: str
    circular: bool
    running: str


class NumberField(Field[str]):
    """A letter number; the value uses Arabic digits, such as `มท 0810.2/ว 856`."""

    parts: NumberParts | None = None


class Reference(Record):
    """A letter that this one refers to (อ้างถึง)."""

    title: Field[str]
    number: NumberField
    date: Field[dt.date]


class Enclosure(Record):
    """Something sent along (สิ่งที่ส่งมาด้วย)."""

    title: Field[str]
    number: NumberField
    date: Field[dt.date]
    copies: Field[int]


class Deadline(Record):
    """A date by which something is to be done (ภายใน…).

    Attributes:
        date: The day.
        weekday: The weekday as stated, 1 Monday to 7 Sunday, or not stated.
        past: True where the letter tells of an earlier deadline (…นั้น).
        within_days: Days to count, where the day is told by an event: ๔๕ in ภายใน ๔๕ วันนับแต่วันที่ได้รับ. The date is
            then not stated.
        counted_from: The event they are counted from, as read.
    """

    date: Field[dt.date]
    weekday: Field[int]
    past: bool = False
    within_days: int | None = None
    counted_from: str | None = None


class Signer(Record):
    """Who signed, and for whom.

    Attributes:
        name: Full name as printed in parentheses.
        position: The signer's own position.
        authority: ปฏิบัติราชการแทน, รักษาราชการแทน, รักษาการในตำแหน่ง or ทำการแทน, if any.
        principal: The position acted for.
    """

    name: Field[str]
    position: Field[str]
    authority: Field[str]
    principal: Field[str]


class Contact(Record):
    """A way to reach the office."""

    kind: str
    value: Field[str]


class Receipt(Record):
    """The receiving office's stamp (ตรารับหนังสือ)."""

    number: Field[str]
    date: Field[dt.date]
    time: Field[dt.time]
    office: Field[str]


class Letter(Record):
    """One letter of a document.

    Attributes:
        gazette_date: Day of the Royal Gazette it is printed in; its own date is that of ประกาศ ณ วันที่.
        endorsements: What others say below the signer, each with who says it: approvals (เห็นชอบ), notes on its way up.
        certified_by: Who certified that this is a true copy (สำเนาถูกต้อง); not the signer.
        qr_captions: What is printed below its QR codes, of those that have a caption.
        null_reasons: Why parts that are no fields are not there: `signer`, `receipt`, `contacts`.
    """

    kind: LetterKind
    pages: tuple[PageNumber, ...]
    urgency: Field[str] = Field[str](null_reason=NullReason.NOT_LOOKED_FOR)
    secrecy: Field[str] = Field[str](null_reason=NullReason.NOT_LOOKED_FOR)
    number: NumberField = NumberField(null_reason=NullReason.NOT_LOOKED_FOR)
    date: Field[dt.date] = Field[dt.date](null_reason=NullReason.NOT_LOOKED_FOR)
    gazette_date: Field[dt.date] = Field[dt.date](null_reason=NullReason.NOT_LOOKED_FOR)
    issuer: Field[str] = Field[str](null_reason=NullReason.NOT_LOOKED_FOR)
    address: Field[str] = Field[str](null_reason=NullReason.NOT_LOOKED_FOR)
    subject: Field[str] = Field[str](null_reason=NullReason.NOT_LOOKED_FOR)
    salutation: Field[str] = Field[str](null_reason=NullReason.NOT_LOOKED_FOR)
    recipients: tuple[Field[str], ...] = ()
    references: tuple[Reference, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    body: Field[str] = Field[str](null_reason=NullReason.NOT_LOOKED_FOR)
    deadlines: tuple[Deadline, ...] = ()
    closing: Field[str] = Field[str](null_reason=NullReason.NOT_LOOKED_FOR)
    signer: Signer | None = None
    certified_by: Field[str] = Field[str](null_reason=NullReason.NOT_LOOKED_FOR)
    unit: Field[str] = Field[str](null_reason=NullReason.NOT_LOOKED_FOR)
    contacts: tuple[Contact, ...] = ()
    endorsements: tuple[Field[str], ...] = ()
    copies_to: tuple[Field[str], ...] = ()
    receipt: Receipt | None = None
    qr: tuple[Field[str], ...] = ()
    qr_captions: tuple[Field[str], ...] = ()
    null_reasons: dict[str, NullReason] = Constraint(default_factory=dict)
