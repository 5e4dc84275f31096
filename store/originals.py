"""The bytes that came in, kept as they are: `originals/ab/abcdef….pdf`, named by their SHA-256."""

import os
import re
import tempfile
from pathlib import Path

from core.errors import InputError, NotFoundError, StoreError
from core.fingerprint import sha256_file

_SAFE_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
_COPY_BYTES = 1 << 20
_READ_ONLY = 0o400


def keep(path: Path, folder: Path) -> str:
    """Keep a copy of a file, byte for byte, and return its SHA-256.

    The copy appears whole or not at all, and only once its own bytes have been read back and hashed; bytes that are
    already kept are left alone, whatever they were called.

    Args:
        path: The file that came in.
        folder: The archive's folder of originals.

    Raises:
        InputError: The file cannot be read (`NotFoundError` where it is not there).
        StoreError: The copy cannot be written: no permission, no space, or it changed while it was copied.
    """
    try:
        sha = sha256_file(path)
    except FileNotFoundError as error:
        raise NotFoundError(str(path)) from error
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
    if find(sha, folder) is None:
        _copy(path, sha, folder / sha[:2])
    return sha


def find(sha: str, folder: Path) -> Path | None:
    """Return where the bytes with this SHA-256 are kept, or None."""
    return next(iter(sorted((folder / sha[:2]).glob(f"{sha}*"))), None)


def _copy(path: Path, sha: str, folder: Path) -> None:
    temporary: Path | None = None
    suffix = path.suffix.lower()
    target = folder / (sha + (suffix if _SAFE_SUFFIX.fullmatch(suffix) else ""))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".keep-", dir=folder)
        temporary = Path(name)
        _write(path, handle)
        if sha256_file(temporary) != sha:
            raise StoreError(f"{path}: changed while it was copied")
        temporary.chmod(_READ_ONLY)
        temporary.replace(target)
        _sync_folder(folder)
    except OSError as error:
        raise StoreError(f"{target}: {error.strerror or error}") from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _write(path: Path, handle: int) -> None:
    with os.fdopen(handle, "wb") as copy, path.open("rb") as original:
        while chunk := original.read(_COPY_BYTES):
            copy.write(chunk)
        copy.flush()
        os.fsync(copy.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
