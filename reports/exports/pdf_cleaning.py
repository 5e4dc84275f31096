"""A PDF as it is looked at, without what acts, what is attached, and text that was found to be false.

The page keeps its look to the last line: text that is not believed is not taken out of it, for it may be what is seen
(a face whose letters say other characters). It is made to say nothing: every face of the page gets a table of
characters in which each is a space, and what its content says is to be read in place of itself (ActualText) is struck.
"""

from collections.abc import Iterator
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

_ACTING: Final = ("/AA", "/OpenAction", "/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/AF", "/XFA", "/Collection")
"""Entries that run something or hold files, wherever they stand (ISO 32000-1, 7.11, 12.6)."""
_TARGETS: Final = ("/A", "/PA", "/Next", "/Action")
"""Entries that hold an action."""
_HARMLESS: Final = frozenset({"/GoTo", "/URI", "/Named", "/Hide"})
"""Actions that go to a place, as a person sees before the click."""
_ATTACHED: Final = frozenset({"/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/Sound", "/3D"})
"""Annotations that are files or play them."""
_READ_INSTEAD: Final = b"/ActualText"
_STRUCK: Final = b"/NoText"
_DEEPEST: Final = 100
"""How deep objects within one another are looked through; QPDF itself reads no deeper than 500."""
_FORMS_DEEP: Final = 20
"""How deep forms are followed that draw forms; what is drawn deeper keeps its text."""
_CODES: Final = 256
"""Codes of a byte."""
_BLOCK: Final = 100
"""Entries of a table of characters that may stand in one block."""


def remove_actions(pdf: Pdf) -> None:
    """Take scripts, actions that start something, forms of scripts and attached files out of a document."""
    for thing in pdf.objects:
        _clean(thing, 0)
    for page in pdf.pages:
        notes = page.obj.get("/Annots")
        if isinstance(notes, Array):
            kept = [note for note in _iterate(notes) if str(_get(note, "/Subtype")) not in _ATTACHED]
            page.obj.Annots = Array(kept)


class TextSilencer:
    """Makes the text of pages say nothing; what pages share is copied once and stays as it is for the others."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._tables: dict[bool, Object] = {}
        self._copies: dict[tuple[int, int], Object] = {}

    def silence(self, page: pikepdf.Page) -> None:
        """Make the text of a page say nothing, whether it is seen or not."""
        page.obj.Resources = self._copy_resources(page.resources, 0)
        content = _strike(b"\n".join(_read_content(page.obj.get("/Contents"))))
        if content is not None:
            page.obj.Contents = Stream(self._pdf, content)
        for key in ("/StructTreeRoot", "/MarkInfo"):  # it may say the text of each part once more
            if key in self._pdf.Root:
                del self._pdf.Root[key]

    def _copy_resources(self, resources: Object, depth: int) -> Object:
        copy = Dictionary(dict(resources.items()))
        fonts, drawn = _get(resources, "/Font"), _get(resources, "/XObject")
        if isinstance(fonts, Dictionary):
            copy.Font = Dictionary({name: self._copy(font, depth) for name, font in fonts.items()})
        if isinstance(drawn, Dictionary):
            copy.XObject = Dictionary({name: self._copy(each, depth) for name, each in drawn.items()})
        if "/Properties" in copy:  # marks in the content that say what to read in place of what stands there
            del copy["/Properties"]
        return copy

    def _copy(self, thing: Object, depth: int) -> Object:
        """Return a copy of a face or a form without text; of anything else, itself."""
        key = thing.objgen
        if key != (0, 0) and key in self._copies:
            return self._copies[key]
        copy = thing
        if isinstance(thing, Dictionary) and _get(thing, "/Type") == Name.Font:
            copy = self._pdf.make_indirect(Dictionary(dict(thing.items())))
            copy.ToUnicode = self._build_table(wide=_get(thing, "/Subtype") == Name.Type0)
        elif isinstance(thing, Stream) and _get(thing, "/Subtype") == Name.Form and depth < _FORMS_DEEP:
            struck = _strike(thing.read_bytes())
            left_out = {"/Length"} if struck is None else {"/Length", "/Filter", "/DecodeParms"}
            entries = {name: value for name, value in thing.items() if name not in left_out}
            copy = Stream(self._pdf, thing.read_raw_bytes() if struck is None else struck, entries)
            self._copies[key] = copy  # before what it draws: it may draw itself
            resources = _get(thing, "/Resources")
            if isinstance(resources, Dictionary):
                copy.Resources = self._copy_resources(resources, depth + 1)
        self._copies[key] = copy
        return copy

    def _build_table(self, *, wide: bool) -> Object:
        if wide not in self._tables:
            self._tables[wide] = self._pdf.make_indirect(Stream(self._pdf, _write_table(wide=wide)))
        return self._tables[wide]


def _clean(thing: Object, depth: int) -> None:
    """Take what acts out of an object and of those that stand within it."""
    if depth > _DEEPEST:
        return
    if isinstance(thing, Dictionary | Stream):
        for key in [key for key in _ACTING if key in thing]:
            del thing[key]
        for key in [key for key in _TARGETS if key in thing and _starts(thing[key])]:
            del thing[key]
        within = [value for _, value in thing.items()]
    elif isinstance(thing, Array):
        within = list(_iterate(thing))
    else:
        return
    for each in within:
        if isinstance(each, Dictionary | Array | Stream) and not each.is_indirect:
            _clean(each, depth + 1)


def _starts(action: Object) -> bool:
    """Whether an action does more than go to a place."""
    kind = _get(action, "/S")
    return kind is not None and str(kind) not in _HARMLESS


def _get(thing: Object, key: str) -> Object | None:
    return thing.get(key) if isinstance(thing, Dictionary | Stream) else None


def _iterate(array: Object) -> Iterator[Object]:
    return (array[index] for index in range(len(array)))


def _read_content(contents: Object | None) -> Iterator[bytes]:
    if isinstance(contents, Stream):
        yield contents.read_bytes()
    elif isinstance(contents, Array):
        yield from (part.read_bytes() for part in _iterate(contents) if isinstance(part, Stream))


def _strike(content: bytes) -> bytes | None:
    """Return a content whose parts do not say any more what to read in their place; None where none says so."""
    return content.replace(_READ_INSTEAD, _STRUCK) if _READ_INSTEAD in content else None


def _write_table(*, wide: bool) -> bytes:
    """Return a table of characters in which every code is a space."""
    digits = 4 if wide else 2
    spaces = b"<0020>" * _CODES
    rows = [b"<%02X00> <%02XFF> [%s]" % (high, high, spaces) for high in range(_CODES)] if wide else []
    rows = rows or [b"<00> <FF> [%s]" % spaces]
    blocks = [rows[start : start + _BLOCK] for start in range(0, len(rows), _BLOCK)]
    body = b"\n".join(b"%d beginbfrange\n%s\nendbfrange" % (len(block), b"\n".join(block)) for block in blocks)
    span = b"<%s> <%s>" % (b"0" * digits, b"F" * digits)
    return (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n/CMapName /Silent def /CMapType 2 def\n"
        b"1 begincodespacerange %s endcodespacerange\n%s\nendcmap CMapName currentdict /CMap defineresource pop end end"
    ) % (span, body)
