"""The members of a ZIP file, bounded before they are unpacked; their names never become paths."""

import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.errors import DamagedFileError, EncryptedFileError, InputError, LimitError, UnknownFormatError
from core.file_names import readable_member
from core.limits import Limits

_IS_ENCRYPTED: Final = 0x1
"""Bit of a member's flags that says it is encrypted (APPNOTE.TXT 4.4.4)."""
_IS_UTF8: Final = 0x800
"""Bit of a member's flags that says its name is UTF-8 (APPNOTE.TXT 4.4.4)."""
_SMALL: Final = 1_000_000
"""Bytes up to which a member may be packed down however much: a blank page packs down to nothing."""
_CHUNK_BYTES: Final = 1 << 20
_BROKEN: Final = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError)
_SUFFIX_CHARS: Final = 8
"""Characters of a member's suffix that are kept for the name of its copy."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file within a ZIP file.

    Attributes:
        index: Its place among all members: names may come twice.
        name: Its path within, readable; it is shown and never opened.
        size: How many bytes it says it has, unpacked; no more are ever read of it.
        error: Why it is not unpacked.
    """

    index: int
    name: str
    size: int
    error: InputError | None = None


def list_members(path: Path, name: str, limits: Limits) -> list[Member]:
    """Return the files within a ZIP file, folders left out.

    Raises:
        DamagedFileError: It cannot be opened.
        LimitError: It has too many members, or unpacks to too many bytes.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except (*_BROKEN, NotImplementedError) as error:
        raise DamagedFileError(f"{name}: {_explain(error)}") from error
    if len(infos) > limits.archive_members:
        raise LimitError(f"{name}: {len(infos):,} > archive_members {limits.archive_members:,}")
    if (size := sum(info.file_size for info in infos)) > limits.archive_bytes:
        raise LimitError(f"{name}: {size:,} > archive_bytes {limits.archive_bytes:,}")
    return [_member(index, info, limits) for index, info in enumerate(infos) if not info.is_dir()]


def unpack(path: Path, member: Member, folder: Path, limits: Limits) -> Path:
    """Write a member into a folder, under a name of our own with its suffix, and return where.

    Raises:
        DamagedFileError: It cannot be unpacked, or is not as large as it says.
        LimitError: It is larger than `limits.file_bytes`.
    """
    suffix = Path(member.name).suffix.lower()
    target = folder / ("member" + (suffix if suffix[1:].isalnum() and len(suffix) <= _SUFFIX_CHARS else ""))
    try:
        with zipfile.ZipFile(path) as archive:
            info = archive.infolist()[member.index]
            with archive.open(info) as packed, target.open("wb") as unpacked:
                written = 0
                while chunk := packed.read(_CHUNK_BYTES):
                    written += len(chunk)
                    if written > limits.file_bytes:
                        raise LimitError(f"{member.name}: > file_bytes {limits.file_bytes:,}")
                    unpacked.write(chunk)
    except (*_BROKEN, NotImplementedError, IndexError) as error:
        raise DamagedFileError(f"{member.name}: {_explain(error)}") from error
    return target


def _explain(error: Exception) -> str:
    """Return what went wrong, without the path of a copy of ours."""
    return error.strerror or "OSError" if isinstance(error, OSError) else str(error)


def _member(index: int, info: zipfile.ZipInfo, limits: Limits) -> Member:
    name = readable_member(info.filename, is_utf8=bool(info.flag_bits & _IS_UTF8))
    error: InputError | None = None
    if info.flag_bits & _IS_ENCRYPTED:
        error = EncryptedFileError(name)
    elif info.file_size > limits.file_bytes:
        error = LimitError(f"{name}: {info.file_size:,} > file_bytes {limits.file_bytes:,}")
    elif info.file_size > _SMALL and info.file_size > limits.archive_ratio * max(info.compress_size, 1):
        error = LimitError(f"{name}: {info.file_size:,}/{info.compress_size:,} > archive_ratio {limits.archive_ratio}")
    elif stat.S_ISLNK(info.external_attr >> 16):
        error = UnknownFormatError(f"{name}: ลิงก์ / a link")
    return Member(index, name, info.file_size, error)
