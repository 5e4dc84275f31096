"""A letter as XML in the shape of e-CMS, the exchange of letters between Thai agencies (TH e-GIF).

The element names and their order are those of `CorrespondenceLetterOutboundRequest`. The code lists of an exchange are
its own and were not published, so secrecy and urgency stand in words unless a list of codes is given; and public
clients do not agree on the spelling of some names. So this is a file beside a letter, checked against the schema that
ships with it, and no call to a server.
"""

import base64
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

from lxml import etree

from core.errors import SarabanError
from models.document import Document
from models.letter import Letter, Reference
from reports.xml_text import replace_unwritable

RSM: Final = "urn:th:gov:egif:data:standard:GovernmentDocument:1.0"
RAM: Final = "urn:th:gov:egif:data:standard:ReusableAggregateBusinessInformationEntity:1"
NORMAL: Final = "ปกติ"
"""Secrecy and urgency of a letter that states none."""


def as_ecms(
    document: Document, index: int, attached: bytes | None = None, codes: Mapping[str, str] | None = None
) -> bytes:
    """Return one letter as XML that conforms to the shipped schema.

    Args:
        document: The document that holds it.
        index: Which of its letters, from 0.
        attached: The document's bytes, to be put into the file.
        codes: Codes of an exchange by the word, such as {"ด่วนมาก": "003"}.

    Raises:
        SarabanError: The result does not conform, which is a fault of this program.
    """
    letter, codes = document.letters[index], codes or {}
    root = etree.Element(f"{{{RSM}}}GovernmentDocument", nsmap={"rsm": RSM, "ram": RAM})
    parent = etree.SubElement(root, f"{{{RAM}}}CorrespondenceLetter")
    _add(parent, "ID", letter.number.value)
    _add(parent, "CorrespondenceDate", letter.date.value.isoformat() if letter.date.value else None)
    _add(parent, "Subject", letter.subject.value)
    _add(parent, "SecretCode", _coded(letter.secrecy.value, codes))
    _add(parent, "SpeedCode", _coded(letter.urgency.value, codes))
    _add_sender(parent, letter)
    for recipient in letter.recipients:
        _add(etree.SubElement(parent, f"{{{RAM}}}ReceiverParty"), "JobTitle", recipient.value or recipient.raw)
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


def _add_sender(parent: etree._Element, letter: Letter) -> None:
    sender = etree.SubElement(parent, f"{{{RAM}}}SenderParty")
    if letter.signer is not None and letter.signer.name.value:
        given, _, family = letter.signer.name.value.rpartition(" ")
        _add(sender, "GivenName", given.strip() or family)
        _add(sender, "FamilyName", family if given else None)
    if letter.signer is not None:
        _add(sender, "JobTitle", letter.signer.position.value)
    _add_organization(sender, "MinistryOrganization", letter.number.parts.prefix if letter.number.parts else None)
    _add_organization(sender, "DepartmentOrganization", letter.issuer.value)


def _add_organization(parent: etree._Element, name: str, identifier: str | None) -> None:
    if identifier:
        _add(etree.SubElement(parent, f"{{{RAM}}}{name}"), "ID", identifier)


def _add_reference(parent: etree._Element, reference: Reference) -> None:
    cited = etree.SubElement(parent, f"{{{RAM}}}ReferenceCorrespondence")
    _add(cited, "ID", reference.number.value)
    _add(cited, "CorrespondenceDate", reference.date.value.isoformat() if reference.date.value else None)
    _add(cited, "Subject", reference.title.value)


def _description(document: Document, letter: Letter) -> str:
    pages = ", ".join(map(str, letter.pages))
    return f"{document.source.name} (sha256 {document.source.sha256}) หน้า {pages}"


def _coded(word: str | None, codes: Mapping[str, str]) -> str:
    return codes.get(word or NORMAL, word or NORMAL)


def _add(parent: etree._Element, name: str, text: str | None) -> etree._Element | None:
    """Add an element with a text; none where there is nothing to say, for an empty one would say that it is empty."""
    if not text:
        return None
    element = etree.SubElement(parent, f"{{{RAM}}}{name}")
    element.text = replace_unwritable(text, "")
    return element
