"""A letter as XML in the shape of e-CMS, the exchange of letters between Thai agencies (TH e-GIF).

The element names and their order are those of `CorrespondenceLetterOutboundRequest`. The code lists of an exchange are
its own and were not published, so secrecy, urgency and offices stand in words unless a list of codes is given; and
public clients do not agree on the spelling of some names. So this is a file beside a letter, checked against the schema
that ships with it, and no call to a server. What was not read has no element, and what is doubted is named in the
description: the exchange has no other place for a doubt.
"""

import base64
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any, Final

from lxml import etree

from core.errors import SarabanError
from models.document import Document
from models.field import Field
from models.letter import Letter, Reference
from reports.xml_text import replace_unwritable

RSM: Final = "urn:th:gov:egif:data:standard:GovernmentDocument:1.0"
RAM: Final = "urn:th:gov:egif:data:standard:ReusableAggregateBusinessInformationEntity:1"
_SEAT: Final = re.compile(r"^(?:ศาลากลาง|ที่ว่าการ)\s*(?=จังหวัด|อำเภอ)")
"""Buildings that stand for the office in them on its letters."""
_TITLES: Final = re.compile(
    r"^(?:นาย|นาง|นางสาว|ว่าที่|(?:ว่าที่)?(?:ร้อย|พัน|พล)(?:ตรี|โท|เอก)|(?:หม่อมหลวง|หม่อมราชวงศ์|ดร\.|ผศ\.|รศ\.|ศ\.)+)$"
)
"""Words before a name that are not the given name, where a space stands behind them."""


def as_ecms(
    document: Document, index: int, attached: bytes | None = None, codes: Mapping[str, str] | None = None
) -> bytes:
    """Return one letter as XML that conforms to the shipped schema.

    Args:
        document: The document that holds it.
        index: Which of its letters, from 0.
        attached: The document's bytes, to be put into the file.
        codes: Codes of an exchange by the word, such as {"ด่วนมาก": "003"}, and of its offices by their names.

    Raises:
        SarabanError: The result does not conform, which is a fault of this program.
    """
    letter, codes = document.letters[index], codes or {}
    root = etree.Element(f"{{{RSM}}}GovernmentDocument", nsmap={"rsm": RSM, "ram": RAM})
    parent = etree.SubElement(root, f"{{{RAM}}}CorrespondenceLetter")
    _add(parent, "ID", letter.number.value)
    _add(parent, "CorrespondenceDate", letter.date.value.isoformat() if letter.date.value else None)
    _add(parent, "Subject", letter.subject.value)
    _add(parent, "SecretCode", _code(letter.secrecy.value, codes))
    _add(parent, "SpeedCode", _code(letter.urgency.value, codes))
    _add_sender(parent, letter, codes)
    for recipient in letter.recipients:
        if recipient.value:
            _add(etree.SubElement(parent, f"{{{RAM}}}ReceiverParty"), "JobTitle", recipient.value)
    for reference in letter.references:
        _add_reference(parent, reference)
    for enclosure in letter.enclosures:
        _add(parent, "Attachment", enclosure.title.value)
    _add(parent, "Description", _description(document, letter))
    if attached is not None:
        binary = _add(parent, "MainLetterBinaryObject", base64.b64encode(attached).decode("ascii"))
        if binary is not None:
            binary.set("mimeCode", document.source.media_type)
    if not schema().validate(root):
        raise SarabanError(f"e-CMS: {schema().error_log.last_error}")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


@cache
def schema() -> etree.XMLSchema:
    """Return the schema that letters are checked against."""
    folder = resources.files("reports") / "data"
    with resources.as_file(folder) as path:
        return etree.XMLSchema(etree.parse(path / "ecms.xsd"))


def _add_sender(parent: etree._Element, letter: Letter, codes: Mapping[str, str]) -> None:
    sender = etree.SubElement(parent, f"{{{RAM}}}SenderParty")
    if letter.signer is not None:
        given, family = split_name(letter.signer.name.value or "")
        _add(sender, "GivenName", given)
        _add(sender, "FamilyName", family)
        _add(sender, "JobTitle", letter.signer.position.value)
    office = _SEAT.sub("", letter.issuer.value or "")
    if office:
        organization = etree.SubElement(sender, f"{{{RAM}}}DepartmentOrganization")
        _add(organization, "ID", codes.get(office))
        _add(organization, "Name", office)


def split_name(name: str) -> tuple[str, str]:
    """Return the given and the family name where it is sure which is which, else the whole name and "".

    Sure is a name of two words, title and given name written as one; a title that stands apart is of the given name,
    and ณ of the family name.
    """
    words = name.split()
    titles = next((at for at, word in enumerate(words) if not _TITLES.fullmatch(word)), len(words))
    rest = words[titles:]
    if len(rest) == 2 or (len(rest) == 3 and rest[1] == "ณ"):
        return " ".join([*words[:titles], rest[0]]), " ".join(rest[1:])
    return " ".join(words), ""


def _add_reference(parent: etree._Element, reference: Reference) -> None:
    cited = etree.SubElement(parent, f"{{{RAM}}}ReferenceCorrespondence")
    _add(cited, "ID", reference.number.value)
    _add(cited, "CorrespondenceDate", reference.date.value.isoformat() if reference.date.value else None)
    _add(cited, "Subject", reference.title.value)


def _description(document: Document, letter: Letter) -> str:
    pages = ", ".join(map(str, letter.pages))
    said = f"{document.source.name} (sha256 {document.source.sha256}) หน้า {pages}"
    doubted = list(_name_doubted(letter))
    return f"{said} ควรตรวจกับต้นฉบับ: {', '.join(doubted)}" if doubted else said


def _name_doubted(letter: Letter) -> Iterator[str]:
    """Yield the names of the parts in the file that a person should look at."""
    signer = letter.signer
    parts: tuple[tuple[str, Sequence[Field[Any]]], ...] = (
        ("ที่", (letter.number,)),
        ("ลงวันที่", (letter.date,)),
        ("เรื่อง", (letter.subject,)),
        ("ชั้นความลับ", (letter.secrecy,)),
        ("ชั้นความเร็ว", (letter.urgency,)),
        ("ผู้ลงนาม", (signer.name, signer.position) if signer is not None else ()),
        ("ส่วนราชการเจ้าของหนังสือ", (letter.issuer,)),
        ("เรียน", letter.recipients),
        ("อ้างถึง", [field for each in letter.references for field in (each.number, each.date, each.title)]),
        ("สิ่งที่ส่งมาด้วย", [each.title for each in letter.enclosures]),
    )
    return (name for name, fields in parts if any(field.review for field in fields))


def _code(word: str | None, codes: Mapping[str, str]) -> str | None:
    return codes.get(word, word) if word else None


def _add(parent: etree._Element, name: str, text: str | None) -> etree._Element | None:
    """Add an element with a text; none where there is nothing to say, for an empty one would say that it is empty."""
    if not text:
        return None
    element = etree.SubElement(parent, f"{{{RAM}}}{name}")
    element.text = replace_unwritable(text, "")
    return element
