"""The bytes that came in, kept as they are: `originals/ab/abcdef….pdf`, named by their SHA-256."""

import fcntl
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from core.errors import InputError, NotFoundError, StoreError
from core.fingerprint import sha256_file

_SAFE_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
_COPY_BYTES = 1 << 20
_READ_ONLY = 0o400
"""Mode of a kept original: its owner may read it, and nobody may write."""
_SHA_DIGITS = 64
"""Hexadecimal digits of a SHA-256."""
_USUAL_SUFFIXES = (".pdf", ".tif", ".jpg", ".png", ".xlsx", ".csv", ".txt", ".docx", ".tiff", ".jpeg")
"""Suffixes that are looked for by name, before a folder of thousands is looked through."""
_UNFINISHED = ".keep-"
"""How the name of a copy begins that is not whole yet; who writes it holds a lock on it."""


def keep(path: Path, folder: Path) -> str:
    """Keep a copy of a file, byte for byte, and return the SHA-256 of the copy.

    The copy appears whole or not at all, and only once its own bytes have been read back and hashed. Bytes that are
    kept already are read back, too: where they are damaged, the true ones take their place. A file that changes while
    it is copied is kept as it was copied, and known by that.

    Args:
        path: The file that came in.
        folder: The archive's folder of originals.

    Raises:
        InputError: The file cannot be read (`NotFoundError` where it is not there).
        StoreError: The copy cannot be written: no permission, no space.
    """
    with _reading(path):
        sha = sha256_file(path)
    kept = find(sha, folder)
    if kept is not None and is_sound(kept):
        return sha
    return _copy(path, folder)


def hold(sha: str, folder: Path) -> ExitStack | None:
    """Hold kept bytes so that no process discards them until this is closed; None where they are not kept."""
    kept = find(sha, folder)
    if kept is None:
        return None
    with suppress(FileNotFoundError):
        held = kept.open("rb")
        fcntl.flock(held, fcntl.LOCK_SH)
        if kept.exists():  # else another process discarded them in between
            held_until = ExitStack()
            held_until.enter_context(held)
            held_until.callback(fcntl.flock, held, fcntl.LOCK_UN)  # workers that were forked have it open, too
            return held_until
        held.close()
    return None


def discard(sha: str, folder: Path) -> None:
    """Remove the bytes with this SHA-256, if they are kept and nobody, here or in another process, holds them."""
    for kept in (folder / sha[:2]).glob(f"{sha}*"):
        with suppress(OSError), kept.open("rb") as copy:  # held, or gone by now
            fcntl.flock(copy, fcntl.LOCK_EX | fcntl.LOCK_NB)
            kept.unlink()


def remove_abandoned(folder: Path) -> None:
    """Remove what a process that was killed had half copied; what another process is copying stays."""
    for unfinished in folder.glob(f"{_UNFINISHED}*"):
        with suppress(OSError), unfinished.open("rb") as copy:  # locked, or gone by now
            fcntl.flock(copy, fcntl.LOCK_EX | fcntl.LOCK_NB)
            unfinished.unlink()


def is_sound(kept: Path) -> bool:
    """Whether kept bytes are still those that their name says."""
    try:
        return sha256_file(kept) == kept.name[:_SHA_DIGITS]
    except OSError:
        return False


def is_kept(sha: str, folder: Path) -> bool:
    """Whether the bytes with this SHA-256 are kept, and sound."""
    kept = find(sha, folder)
    return kept is not None and is_sound(kept)


def find(sha: str, folder: Path) -> Path | None:
    """Return where the bytes with this SHA-256 are kept, or None."""
    own = folder / sha[:2]
    usual = (own / f"{sha}{suffix}" for suffix in _USUAL_SUFFIXES)
    return next((path for path in usual if path.exists()), None) or min(own.glob(f"{sha}*"), default=None)


def _copy(path: Path, folder: Path) -> str:
    suffix = path.suffix.lower()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _unfinished_copy(folder) as (handle, temporary):
            copied = _write(path, handle)
            sha = sha256_file(temporary)
            if sha != copied:
                raise StoreError(f"{folder}: the copy of {path.name} does not read back as it was written")
            temporary.chmod(_READ_ONLY)
            own = folder / sha[:2]
            own.mkdir(mode=0o700, exist_ok=True)
            known = find(sha, folder)
            temporary.replace(known or own / (sha + (suffix if _SAFE_SUFFIX.fullmatch(suffix) else "")))
            _sync_folder(own)
    except OSError as error:
        raise StoreError.from_system(folder, error) from error
    return sha


@contextmanager
def _unfinished_copy(folder: Path) -> Iterator[tuple[int, Path]]:
    """Make the file of a copy, locked until the block ends, and give its handle and name; what is left goes then."""
    handle, temporary = _lock_new(folder)
    try:
        yield handle, temporary
    finally:
        temporary.unlink(missing_ok=True)
        os.close(handle)


def _lock_new(folder: Path) -> tuple[int, Path]:
    while True:
        handle, name = tempfile.mkstemp(prefix=_UNFINISHED, dir=folder)
        fcntl.flock(handle, fcntl.LOCK_EX)
        if Path(name).exists():  # else `remove_abandoned` of another process came between
            return handle, Path(name)
        os.close(handle)


def _write(path: Path, handle: int) -> str:
    """Write a file's bytes to an open copy, and return the SHA-256 of what was written."""
    digest = hashlib.sha256()
    with os.fdopen(handle, "wb", closefd=False) as copy:
        with _reading(path):
            original = path.open("rb")
        with original:
            while chunk := _read_on(original, path):
                digest.update(chunk)
                copy.write(chunk)
        copy.flush()
        os.fsync(copy.fileno())
    return digest.hexdigest()


def _read_on(original: BinaryIO, path: Path) -> bytes:
    with _reading(path):
        return original.read(_COPY_BYTES)


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Raise `InputError` where a file cannot be read: that is no trouble of the archive."""
    try:
        yield
    except FileNotFoundError as error:
        raise NotFoundError(str(path)) from error
    except OSError as error:
        raise InputError.from_system(path, error) from error


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
