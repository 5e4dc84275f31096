"""The change report as PDF, by Typst.

Typst sets Thai right (HarfBuzz's rules, line breaks between words), writes text that is copied as it was written, tags
the document, and comes as one wheel without system libraries. Only a Thai face has to be installed.
"""

import functools
import json
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any, Final

from core.errors import MissingToolError
from reports.chart_geometry import INK, WIDTH, Picture, pictures
from reports.font_coverage import REPLACEMENT, find_undisplayable
from reports.html import as_svg
from reports.report_layout import RIGHT, Digits, ReportTable, Section, shown, written
from reports.report_model import ChangeReport
from reports.sections import head, sections

FACES: Final = (
    ("TH Sarabun New", 16.0),
    ("TH SarabunPSK", 16.0),
    ("TH Sarabun", 16.0),
    ("Sarabun", 12.0),
    ("Laksaman", 12.0),
    ("Noto Sans Thai", 12.0),
    ("Garuda", 12.0),
    ("Loma", 12.0),
    ("Norasi", 12.0),
    ("Leelawadee UI", 12.0),
    ("Tahoma", 12.0),
)
"""Faces that have Thai, the official ones first, and the points at which each is read like the others, 12 at least."""
_PDF: Final[dict[str, Any]] = {"format": "pdf", "pdf_standards": ["a-2a"], "timestamp": 0}
_DRAWN_SMALL: Final = 16.0
"""Size in points from which a face of the list is one that is drawn small."""
_NO_SHAPE: Final = "could not be displayed"
"""What Typst says of a character that no font has: PDF/A forbids empty boxes."""
_NAMED: Final = re.compile(r'the text `"(.*?)"` could not')
_MOST_LISTED: Final = 12
"""Characters that are listed by their code in the warning."""

Content = dict[str, Any]


class FaceError(MissingToolError):
    """No Thai face is installed, so that a PDF would have empty boxes for letters."""

    slug = "face.missing"
    th = "จัดทำ PDF ไม่ได้ เพราะไม่พบแบบอักษรไทยในเครื่อง"
    en = "no PDF can be made: no Thai font is installed"
    hint_th = "ติดตั้งด้วย sudo apt-get install fonts-tlwg-laksaman-ttf หรือใช้ --report …html แทน"
    hint_en = "sudo apt-get install fonts-tlwg-laksaman-ttf, or use --report …html instead"


def as_pdf(report: ChangeReport, digits: Digits = "thai") -> bytes:
    """Return the report as PDF/A-2a: for archives, with text that can be read aloud, searched and copied.

    A character that no installed font has is shown as U+FFFD, and the report says on top which ones they were.

    Raises:
        FaceError: No Thai face is installed.
    """
    return compile_template("changes.typ", _build_content(report, digits))


def compile_template(name: str, content: Content) -> bytes:
    """Return what a template makes of a content, as PDF/A-2a; signs that no font has are replaced and warned of."""
    import typst  # 35 MB, which only a PDF needs

    missing: frozenset[str] = frozenset()
    while True:
        try:
            return _compile(name, _replace(content, missing) if missing else content, **_PDF)
        except typst.TypstError as error:
            found = (missing or find_undisplayable(_iterate_texts(content))) | _find_named(str(error))
            if _NO_SHAPE not in str(error) or found == missing:
                raise
            missing = found


def _find_named(message: str) -> frozenset[str]:
    """Return the characters that an error of Typst names: some fonts that have a sign are no fallback to Typst."""
    named = _NAMED.search(message)
    return frozenset(named.group(1)) - {REPLACEMENT} if named else frozenset()


@dataclass(frozen=True, slots=True)
class DrawnPicture:
    """A picture of the report in pixels, for formats that set no text in drawings."""

    name: str
    caption: str
    png: bytes


def draw_pictures(report: ChangeReport, digits: Digits, dpi: float) -> dict[str, list[DrawnPicture]]:
    """Return the pictures of a report as PNG by their names; none where no Thai face is installed."""
    try:
        face = describe_face(digits)
    except FaceError:
        return {}
    return {
        name: [DrawnPicture(each.name, each.caption, _draw({**face, "picture": _picture(each)}, dpi)) for each in parts]
        for name, parts in pictures(report, digits).items()
    }


def _draw(content: Content, dpi: float) -> bytes:
    return _compile("picture.typ", content, format="png", ppi=dpi)


def describe_face(digits: Digits) -> Content:
    """Return what templates need to know of the face that is installed, and of digits.

    Raises:
        FaceError: No Thai face is installed.
    """
    face, size = find_face()
    return {
        "face": face,
        "size": size,
        # The faces of the Sarabun family that are drawn small fill less of their size.
        "tall": 0.78 if size >= _DRAWN_SMALL else 1.0,
        "digits": [written(str(digit), digits) for digit in range(10)],
    }


def _compile(name: str, content: Content, **options: Any) -> bytes:  # noqa: ANN401 - those of the library
    import typst

    folder = resources.files("reports") / "templates"
    template = (folder / "common.typ").read_bytes() + (folder / name).read_bytes()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", typst.TypstWarning)
        return bytes(typst.compile(template, sys_inputs={"said": json.dumps(content)}, **options))


def _build_content(report: ChangeReport, digits: Digits) -> Content:
    """Return what the template lays out."""
    drawn = pictures(report, digits)
    top = head(report)
    return {
        **describe_face(digits),
        "title": written(top.title, digits),
        "lines": [[label, written(text, digits)] for label, text in top.lines],
        "warnings": [written(text, digits) for text in top.warnings],
        "sections": [_build_section(section, drawn, digits) for section in sections(report)],
    }


def _build_section(section: Section, drawn: Mapping[str, list[Picture]], digits: Digits) -> Content:
    return {
        "title": written(f"{section.number} {section.title}", digits),
        "facts": [[label, written(text, digits)] for label, text in section.facts],
        "paragraphs": [written(text, digits) for text in section.paragraphs],
        "pictures": [_picture(picture) for name in section.pictures for picture in drawn.get(name, [])],
        "tables": [_table(part, digits) for table in section.filled for part in table.parts()],
        "nothing": section.nothing if section.empty else "",
    }


def _replace(content: Content, undisplayable: frozenset[str]) -> Content:
    """Return the content with U+FFFD for each character that cannot be shown, and a warning that lists them."""
    missing = sorted(undisplayable)
    table = str.maketrans(dict.fromkeys(missing, REPLACEMENT))
    codes = ", ".join(f"U+{ord(character):04X}" for character in missing[:_MOST_LISTED])
    more = " …" if len(missing) > _MOST_LISTED else ""
    warning = f"แสดงอักขระต่อไปนี้เป็น {REPLACEMENT} เพราะแบบอักษรในเครื่องไม่มี: {codes}{more}"
    replaced: Content = _translate(content, table)
    return {**replaced, "warnings": [*replaced["warnings"], warning]}


def _iterate_texts(content: object) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for part in content.values():
            yield from _iterate_texts(part)
    elif isinstance(content, list):
        for part in content:
            yield from _iterate_texts(part)


def _translate(content: Any, table: Mapping[int, str]) -> Any:  # noqa: ANN401 - what JSON can hold
    if isinstance(content, str):
        return content.translate(table)
    if isinstance(content, dict):
        return {key: _translate(part, table) for key, part in content.items()}
    return [_translate(part, table) for part in content] if isinstance(content, list) else content


@functools.cache
def find_face() -> tuple[str, float]:
    """Return the first of `FACES` that is installed, with its size in points.

    Raises:
        FaceError: None is.
    """
    import typst

    installed = set(typst.Fonts().families())
    found = next((face for face in FACES if face[0] in installed), None)
    if found is None:
        raise FaceError(", ".join(name for name, _ in FACES[:5]))
    return found


def _picture(picture: Picture) -> dict[str, object]:
    """Return a picture with its texts apart, for Typst to set: its reader of SVG lets ำ run into the next letter."""
    texts = [
        {"x": box.x + box.width / 2, "y": box.y + box.height / 2 + 4.5, "text": box.text, "ink": box.ink, "at": 0.5}
        for box in picture.boxes
        if box.text
    ]
    anchors = {"start": 0.0, "middle": 0.5, "end": 1.0}
    texts += [
        {"x": label.x, "y": label.y, "text": label.text, "ink": INK, "at": anchors[label.anchor]}
        for label in picture.labels
    ]
    svg = as_svg(picture, texts=False)
    return {"caption": picture.caption, "alt": picture.name, "svg": svg, "width": WIDTH, "texts": texts}


def _table(table: ReportTable, digits: Digits) -> dict[str, object]:
    return {
        "caption": written(table.caption, digits),
        "headers": [column.header for column in table.columns],
        "widths": [column.width for column in table.columns],
        "right": [column.kind in RIGHT for column in table.columns],
        "rows": [
            [shown(cell, column.kind, digits) for cell, column in zip(row, table.columns, strict=True)]
            for row in table.rows
        ],
        "notes": [written(note, digits) for note in table.notes],
    }
