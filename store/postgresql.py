"""The archive's database on a PostgreSQL server, for offices where several people and importers work at once.

The originals stay in the archive's folder, which all of them share; the server keeps what was read and decided.
Writers take turns as they do in SQLite: what a transaction has read still holds when it writes.
"""

from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from core.errors import MissingToolError, UsageError
from store.database import is_for_writing

DRIVER: Final = "postgresql+psycopg"
"""How an address begins."""
_LOCK: Final = 0x5A7A_BA11
"""Number of the lock that writers of one database take turns by; any that no other program would choose."""
_LOCK_SECONDS: Final = 30
"""How long a writer waits for the others, in seconds; as in SQLite."""


class MissingDriverError(MissingToolError):
    """The archive is on a PostgreSQL server, and what speaks to one is not installed."""

    slug = "tool.psycopg"
    th = "ไม่พบไลบรารีสำหรับฐานข้อมูล PostgreSQL"
    en = "the library that speaks to PostgreSQL is missing"
    hint_th = "ติดตั้งด้วย pip install 'saraban[postgresql]'"
    hint_en = "pip install 'saraban[postgresql]'"


def connect(address: str) -> Engine:
    """Return an engine for a database; nothing is opened yet.

    Args:
        address: Such as `postgresql+psycopg://user@host/saraban`.

    Raises:
        UsageError: It is no such address.
        MissingDriverError: psycopg is not installed.
    """
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise UsageError(f"SARABAN_DATABASE: {DRIVER}://…") from error
    if url.drivername != DRIVER:
        raise UsageError(f"SARABAN_DATABASE: {url.drivername} ≠ {DRIVER}")
    try:
        engine = create_engine(
            url,
            pool_pre_ping=True,
            connect_args={"options": f"-c lock_timeout={_LOCK_SECONDS}s"},
        )
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise MissingDriverError("psycopg") from error
    event.listen(engine, "begin", _begin)
    event.listen(engine, "before_cursor_execute", _without_nul, retval=True, named=True)
    return engine


def shown_address(engine: Engine) -> str:
    """Return the address of a database as it may be shown: without the password."""
    return engine.url.render_as_string(hide_password=True)


def _begin(connection: Connection) -> None:
    if is_for_writing(connection):
        # What others committed while it waited is seen: each statement of the default level sees the newest state.
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    else:
        # One state from the first query to the last, as in SQLite.
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _without_nul(**execution: Any) -> tuple[str, Any]:  # noqa: ANN401 - SQLAlchemy's own
    """Leave out NUL, which PostgreSQL's texts cannot hold and a damaged text layer may have."""
    parameters = execution["parameters"]
    if isinstance(parameters, dict):
        return execution["statement"], _clean(parameters)
    return execution["statement"], [_clean(row) if isinstance(row, dict) else row for row in parameters]


def _clean(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value.replace("\0", "") if isinstance(value, str) else value for name, value in row.items()}
