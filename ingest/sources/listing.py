"""Everything that lies below the paths that a person named: what is to be read, and what is not and why."""

import os
import stat
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Final

from core.errors import InputError, LimitError, NotFoundError
from core.file_names import readable_name
from core.limits import Limits
from ingest.sources.file_type import SUFFIXES
from ingest.sources.zip_members import Member, list_members, unpack

_ZIP: Final = ".zip"
_SYSTEM_FILES: Final = frozenset({"thumbs.db", "desktop.ini", ".ds_store", "ehthumbs.db"})
_LOCK_FILE: Final = "~$"
"""How the name begins of the small file that Word or Excel keeps beside a document while it is open."""
_BETWEEN: Final = "!/"
"""Stands between the path of a ZIP file and the path of a member within it."""


class SkipReason(StrEnum):
    """Why an entry is not read."""

    FORMAT = "format"
    SYSTEM_FILE = "system_file"
    HIDDEN = "hidden"
    LINK = "link"
    SPECIAL = "special"
    REPEATED = "repeated"
    OTHER_SHARD = "other_shard"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file that was met.

    Attributes:
        name: Its file name, readable.
        origin: The whole path that it came from, readable; of a member of a ZIP file with its path within.
        path: Where it is; of a member of a ZIP file, the ZIP file.
        member: The member of the ZIP file, if it is one.
        outer: The ZIP file that a person knows of, where `path` is one that was unpacked from within it.
        skipped: Why it is not read; None where it is.
        error: Why it cannot be read, known already from listing it.
    """

    name: str
    origin: str
    path: Path
    member: Member | None = None
    outer: Path | None = None
    skipped: SkipReason | None = None
    error: InputError | None = None

    @property
    def place(self) -> Path:
        """Where to look for it again: the file, or the outermost ZIP file that it is within."""
        return self.outer or self.path

    @contextmanager
    def opened(self, limits: Limits) -> Iterator[Path]:
        """Give a path that its bytes can be read from, for as long as the block lasts.

        Raises:
            core.errors.InputError: It is no regular file, or a member cannot be unpacked.
        """
        if self.error is not None:
            raise self.error
        if self.member is None:
            _refuse_special(self.path)
            yield self.path
            return
        with tempfile.TemporaryDirectory(prefix="saraban-zip-") as folder:
            yield unpack(self.path, self.member, Path(folder), limits)


class Listing:
    """The entries below paths. ZIP files inside one another are unpacked for as long as it is open.

    Args:
        paths: Files and folders.
        limits: Bound what is listed and unpacked.
        opens_zips: Whether the members of ZIP files are listed in their place.
    """

    def __init__(self, paths: Sequence[Path], limits: Limits, *, opens_zips: bool = True) -> None:
        self._limits = limits
        self._opens_zips = opens_zips
        self._unpacked = ExitStack()
        self._bytes_left = limits.archive_bytes
        self.entries: list[InputFile] = []
        seen: set[tuple[Path, int]] = set()
        try:
            for entry in self._list_all(paths):
                key = entry.path, entry.member.index if entry.member else -1  # names may come twice in a ZIP file
                if key in seen and entry.skipped is None:
                    entry = replace(entry, skipped=SkipReason.REPEATED)  # noqa: PLW2901
                seen.add(key)
                self.entries.append(entry)
            wanted = sum(entry.skipped is None for entry in self.entries)
            if wanted > limits.files:
                raise LimitError(f"{wanted} > files {limits.files}")  # noqa: TRY301
        except BaseException:
            self._unpacked.close()
            raise

    def __enter__(self) -> "Listing":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._unpacked.close()

    def _list_all(self, paths: Sequence[Path]) -> Iterator[InputFile]:
        for path in paths:
            origin = _readable_path(path)
            try:
                is_folder = path.is_dir()
            except OSError as error:  # such as a name that is too long
                failed = InputError.from_system(origin[:200], error)
                yield InputFile(readable_name(path.name)[:200], origin[:200], path, error=failed)
                continue
            if is_folder:
                found = list(self._list_folder(path))
                yield from found
                if not any(entry.skipped is None for entry in found):
                    yield InputFile(readable_name(path.name), f"{origin}/", path, error=NotFoundError(f"{origin}/"))
            elif path.suffix.lower() == _ZIP and path.is_file():
                yield from self._list_zip(InputFile(readable_name(path.name), origin, path), 1)
            else:
                yield InputFile(readable_name(path.name), origin, path)

    def _list_folder(self, folder: Path, depth: int = 1) -> Iterator[InputFile]:
        name, origin = readable_name(folder.name), _readable_path(folder)
        if depth > self._limits.folder_depth:
            deep = LimitError(f"{origin}: folder_depth {self._limits.folder_depth}")
            yield InputFile(name, origin, folder, error=deep)
            return
        try:
            with os.scandir(folder) as scanned:
                inside = sorted(scanned, key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            yield InputFile(name, origin, folder, error=InputError.from_system(origin, error))
            return
        for entry in inside:
            path = Path(entry.path)
            reason = _skip_reason(entry)
            name, origin = readable_name(entry.name), _readable_path(path)
            if reason is not None:
                yield InputFile(name, origin, path, skipped=reason)
            elif entry.is_dir(follow_symlinks=False):
                yield from self._list_folder(path, depth + 1)
            elif path.suffix.lower() == _ZIP:
                yield from self._list_zip(InputFile(name, origin, path), 1)
            else:
                known = path.suffix.lower() in SUFFIXES
                yield InputFile(name, origin, path, skipped=None if known else SkipReason.FORMAT)

    def _list_zip(self, packed: InputFile, depth: int) -> Iterator[InputFile]:
        """List what is in a ZIP file; `name` of the entry that stands for it tells where it is within the outermost."""
        if not self._opens_zips:
            yield packed
            return
        try:
            if depth > self._limits.archive_depth:
                raise LimitError(f"{packed.origin}: archive_depth {self._limits.archive_depth}")
            members = list_members(packed.path, packed.name, self._limits)
        except InputError as error:
            yield replace(packed, name=_last_part(packed.name), error=error)
            return
        if not members:
            yield replace(packed, name=_last_part(packed.name), error=NotFoundError(packed.origin))
        for member in members:
            name, where = _last_part(member.name), f"{packed.origin}{_BETWEEN}{member.name}"
            entry = InputFile(name, where, packed.path, member, packed.outer, error=member.error)
            suffix = Path(name).suffix.lower()
            hidden = any(part.startswith((".", "__MACOSX")) and part.strip(".") for part in member.name.split("/"))
            if member.error is not None:
                yield entry
            elif _is_system_file(name):
                yield replace(entry, skipped=SkipReason.SYSTEM_FILE)
            elif hidden:
                yield replace(entry, skipped=SkipReason.HIDDEN)
            elif suffix == _ZIP:
                yield from self._list_inner(entry, member, f"{packed.name}{_BETWEEN}{member.name}", depth)
            else:
                yield replace(entry, skipped=None if suffix in SUFFIXES else SkipReason.FORMAT)

    def _list_inner(self, entry: InputFile, member: Member, within: str, depth: int) -> Iterator[InputFile]:
        """List what is in a ZIP file within another; `within` tells where it is in the outermost."""
        if depth >= self._limits.archive_depth:
            yield replace(entry, error=LimitError(f"{entry.origin}: archive_depth {self._limits.archive_depth}"))
            return
        if member.size > self._bytes_left:  # of all together, since they are held until the listing is closed
            yield replace(entry, error=LimitError(f"{entry.origin}: > archive_bytes {self._limits.archive_bytes:,}"))
            return
        self._bytes_left -= member.size
        folder = Path(self._unpacked.enter_context(tempfile.TemporaryDirectory(prefix="saraban-zip-")))
        try:
            inner = unpack(entry.path, member, folder, self._limits)
        except InputError as error:
            yield replace(entry, error=error)
            return
        yield from self._list_zip(InputFile(within, entry.origin, inner, outer=entry.place), depth + 1)


def _last_part(name: str) -> str:
    return name.rstrip("/").rpartition("/")[2]


def _is_system_file(name: str) -> bool:
    return name.lower() in _SYSTEM_FILES or name.startswith(_LOCK_FILE)


def _skip_reason(entry: "os.DirEntry[str]") -> SkipReason | None:
    if _is_system_file(entry.name):
        return SkipReason.SYSTEM_FILE
    if entry.name.startswith("."):
        return SkipReason.HIDDEN
    if entry.is_symlink():
        return SkipReason.LINK
    if not entry.is_dir(follow_symlinks=False) and not entry.is_file(follow_symlinks=False):
        return SkipReason.SPECIAL
    return None


def _refuse_special(path: Path) -> None:
    """Raise where a path is no regular file: a pipe or a device would be read for ever."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError as error:
        raise NotFoundError(_readable_path(path)) from error
    except OSError as error:
        raise InputError.from_system(_readable_path(path)[:200], error) from error
    if not stat.S_ISREG(mode):
        raise NotFoundError(f"{_readable_path(path)}: ไม่ใช่ไฟล์ปกติ / no regular file")


def _readable_path(path: Path) -> str:
    return "/".join(readable_name(part).rstrip("/") for part in path.parts) or "."
