"""A PostgreSQL server for tests, from Debian's package, run as an ordinary user; it goes with the tests."""

import contextlib
import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg

from store import database, postgresql
from store.migrate import upgrade

_BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
_SECONDS = 60
_MANY = "-c fsync=off -c full_page_writes=off -c max_connections=50 -c listen_addresses=''"


def missing() -> str | None:
    """Return why there can be no server here; None where there can be one."""
    if not _BINARIES:
        return "PostgreSQL is not installed (apt-get install postgresql)"
    if os.geteuid() == 0 and _ordinary_user() is None:
        return "PostgreSQL does not run as root, and there is no user postgres"
    return None


@contextlib.contextmanager
def serving() -> Iterator[Path]:
    """Start a server that listens on a socket alone, and yield the folder of the socket."""
    folder = Path(tempfile.mkdtemp(prefix="saraban-pg-", dir="/tmp"))
    user = _ordinary_user() if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    try:
        _run(
            "initdb", "-D", folder / "data", "-U", "saraban", "--auth=trust", "--encoding=UTF8", "--locale=C", user=user
        )
        options = f"{_MANY} -k {folder}"
        _run("pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o", options, "start", user=user)
        try:
            yield folder
        finally:
            _run("pg_ctl", "-D", folder / "data", "-m", "immediate", "stop", user=user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Databases:
    """Databases of a server, one for each archive folder of a test."""

    def __init__(self, socket: Path) -> None:
        self._socket = socket
        self._made: set[str] = set()
        self._create("template_saraban", "template0")
        engine = postgresql.connect(self._address("template_saraban"))
        upgrade(database.writing(engine))
        engine.dispose()

    def address(self, folder: Path) -> str:
        """Return the address of a folder's database; it is made where there is none."""
        name = "t" + hashlib.sha256(str(folder.absolute()).encode()).hexdigest()[:20]
        if name not in self._made:
            self._create(name, "template_saraban")
            self._made.add(name)
        return self._address(name)

    def empty(self, folder: Path) -> str:
        """Return the address of a database without tables."""
        name = "e" + hashlib.sha256(str(folder.absolute()).encode()).hexdigest()[:20]
        self._create(name, "template0")
        return self._address(name)

    def _address(self, name: str) -> str:
        return f"{postgresql.DRIVER}://saraban@/{name}?host={self._socket}"

    def _create(self, name: str, template: str) -> None:
        with psycopg.connect(host=str(self._socket), user="saraban", dbname="postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")


def _ordinary_user() -> str | None:
    with contextlib.suppress(KeyError):
        return pwd.getpwnam("postgres").pw_name
    return None


def _run(program: str, *arguments: object, user: str | None) -> None:
    command = [str(_BINARIES[-1] / program), *map(str, arguments)]
    subprocess.run(command, check=True, timeout=_SECONDS, user=user, stdout=subprocess.DEVNULL, cwd="/")
