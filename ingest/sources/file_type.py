"""What a file is, by its bytes and not by its name."""

from enum import StrEnum
from pathlib import Path

from core.errors import DamagedFileError, EmptyFileError, LimitError, NotFoundError, UnknownFormatError
from core.limits import Limits

_HEAD_BYTES = 4096


class MediaType(StrEnum):
    """The formats that are read."""

    PDF = "application/pdf"
    TIFF = "image/tiff"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TEXT = "text/plain"


SUFFIXES: dict[str, MediaType] = {
    ".pdf": MediaType.PDF,
    ".tif": MediaType.TIFF,
    ".tiff": MediaType.TIFF,
    ".png": MediaType.PNG,
    ".jpg": MediaType.JPEG,
    ".jpeg": MediaType.JPEG,
    ".txt": MediaType.TEXT,
}
"""File names that a folder is searched for. What a file is, is then decided by its bytes."""

_MAGIC: tuple[tuple[bytes, MediaType], ...] = (
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
    (b"\xff\xd8\xff", MediaType.JPEG),
    (b"II*\x00", MediaType.TIFF),
    (b"MM\x00*", MediaType.TIFF),
    (b"II+\x00", MediaType.TIFF),
    (b"MM\x00+", MediaType.TIFF),
)


def identify(path: Path, limits: Limits) -> MediaType:
    """Return what a file is.

    Raises:
        NotFoundError: There is no such regular file.
        EmptyFileError: It has no bytes.
        LimitError: It is larger than `limits.file_bytes`.
        DamagedFileError: The system would not let us read it.
        UnknownFormatError: The bytes are of no format that is read.
    """
    try:
        if not path.is_file():
            raise NotFoundError(str(path))
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(_HEAD_BYTES)
    except OSError as error:
        raise DamagedFileError(f"{path.name}: {error.strerror or error}") from error
    if size == 0:
        raise EmptyFileError(path.name)
    if size > limits.file_bytes:
        raise LimitError(f"{path.name}: {size:,} > file_bytes {limits.file_bytes:,}")
    # The PDF header may stand anywhere in the first kilobyte (ISO 32000-1, annex H, note 13).
    if b"%PDF-" in head[:1024]:
        return MediaType.PDF
    for magic, media_type in _MAGIC:
        if head.startswith(magic):
            return media_type
    if path.suffix.lower() == ".txt":
        return MediaType.TEXT
    raise UnknownFormatError(path.name)
