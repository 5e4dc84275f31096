"""What a file is: by its bytes, and by its name only where bytes do not tell."""

from enum import StrEnum
from pathlib import Path
from typing import Final

from core.errors import (
    DamagedFileError,
    EmptyFileError,
    LimitError,
    NotFoundError,
    UnknownFormatError,
    UnsupportedFormatError,
)
from core.limits import Limits

_HEAD_BYTES = 4096
"""Bytes of a file that are looked at to tell what it is; a PDF's mark stands within the first 1,024."""


class MediaType(StrEnum):
    """The formats that are read."""

    PDF = "application/pdf"
    TIFF = "image/tiff"
    PNG = "image/png"
    JPEG = "image/jpeg"
    HEIC = "image/heic"
    TEXT = "text/plain"
    CSV = "text/csv"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    XLS = "application/vnd.ms-excel"
    ODS = "application/vnd.oasis.opendocument.spreadsheet"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


DATA_TYPES: Final = frozenset({MediaType.CSV, MediaType.XLSX, MediaType.XLS, MediaType.ODS})
"""Files that already are tables: their cells are taken over and not recognized."""

TEXT_TYPES: Final = frozenset({MediaType.TEXT, MediaType.DOCX})
"""Files that already are text: it is taken over and not recognized."""

SUFFIXES: Final[dict[str, MediaType]] = {
    ".pdf": MediaType.PDF,
    ".tif": MediaType.TIFF,
    ".tiff": MediaType.TIFF,
    ".png": MediaType.PNG,
    ".jpg": MediaType.JPEG,
    ".jpeg": MediaType.JPEG,
    ".heic": MediaType.HEIC,
    ".heif": MediaType.HEIC,
    ".txt": MediaType.TEXT,
    ".csv": MediaType.CSV,
    ".xlsx": MediaType.XLSX,
    ".xlsm": MediaType.XLSX,
    ".xls": MediaType.XLS,
    ".ods": MediaType.ODS,
    ".docx": MediaType.DOCX,
}
"""File names that a folder is searched for. What a file is, is then decided by its bytes."""

CONVERTIBLE: Final = frozenset({".doc", ".rtf", ".odt", ".wps", ".ppt", ".pptx"})
"""File names of office programs that are not read, and that LibreOffice makes DOCX or PDF of."""
HEIF_HEADER_BYTES: Final = 12
"""Bytes that a HEIF file is known by."""
_HEIF_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
"""Brands of HEIF that cameras write (ISO/IEC 23008-12)."""

_MAGIC: Final[tuple[tuple[bytes, MediaType], ...]] = (
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
    (b"\xff\xd8\xff", MediaType.JPEG),
    (b"II*\x00", MediaType.TIFF),
    (b"MM\x00*", MediaType.TIFF),
    (b"II+\x00", MediaType.TIFF),
    (b"MM\x00+", MediaType.TIFF),
)
_CONTAINERS: Final = (
    (b"PK\x03\x04", (MediaType.XLSX, MediaType.ODS, MediaType.DOCX)),
    (b"\xd0\xcf\x11\xe0", (MediaType.XLS,)),
)
"""Containers that hold files of many kinds: their bytes and, of those kinds, what a name may say that they are."""
_BY_NAME: Final = (MediaType.TEXT, MediaType.CSV)
"""Formats without any mark of their own."""


def identify(path: Path, limits: Limits, name: str | None = None) -> MediaType:
    """Return what a file is.

    Args:
        path: The file.
        limits: `file_bytes` bounds its size.
        name: What it was called where it came from, if it is kept under another name.

    Raises:
        NotFoundError: There is no such regular file.
        EmptyFileError: It has no bytes.
        LimitError: It is larger than `limits.file_bytes`.
        DamagedFileError: The system would not let us read it.
        UnsupportedFormatError: It is of an office program, and has to be converted first.
        UnknownFormatError: The bytes are of no format that is read.
    """
    name = name if name is not None else path.name
    try:
        if not path.is_file():
            raise NotFoundError(str(path))
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(_HEAD_BYTES)
    except OSError as error:
        raise DamagedFileError.from_system(name, error) from error
    if size == 0:
        raise EmptyFileError(name)
    if size > limits.file_bytes:
        raise LimitError(f"{name}: {size:,} > file_bytes {limits.file_bytes:,}")
    found = _by_bytes(head, SUFFIXES.get(Path(name).suffix.lower()))
    if found is None and Path(name).suffix.lower() in CONVERTIBLE:
        raise UnsupportedFormatError(name)
    if found is None:
        raise UnknownFormatError(name)
    return found


def is_heif_header(head: bytes) -> bool:
    """Whether a file that begins so is a HEIF picture."""
    return head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS


def _by_bytes(head: bytes, named: MediaType | None) -> MediaType | None:
    # The PDF header may stand anywhere in the first kilobyte (ISO 32000-1, annex H, note 13).
    if b"%PDF-" in head[:1024]:
        return MediaType.PDF
    for magic, media_type in _MAGIC:
        if head.startswith(magic):
            return media_type
    if is_heif_header(head):
        return MediaType.HEIC
    for magic, kinds in _CONTAINERS:
        if head.startswith(magic):
            # A workbook is often saved under the suffix of an older or a newer one.
            return named if named in kinds else (MediaType.XLSX if named in DATA_TYPES else None)
    return named if named in _BY_NAME else (MediaType.CSV if named in DATA_TYPES else None)
