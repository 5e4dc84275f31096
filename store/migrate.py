"""Bringing an archive to the newest tables, and refusing one that a newer version wrote."""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from core.errors import ReadOnlyArchiveError, StoreError
from store.schema import REVISION
from store.sqlite import copy_database

_SCRIPTS = Path(__file__).parent / "migrations"


def upgrade(engine: Engine) -> None:
    """Run the migrations that an archive still lacks, all in one transaction, and keep the old database beside it.

    Args:
        engine: The archive's engine; its transactions must lock for writing, so that two runs take turns.

    Raises:
        StoreError: The archive was written by a newer version.
    """
    with engine.begin() as connection:
        if _revision(connection) != REVISION:
            _run(connection)


def _keep_copy(path: Path, revision: str) -> None:
    """Keep the database as it is before its tables change, beside it; a copy of that revision that is there stays."""
    target = path.with_name(f"{path.name}.{revision}")
    if not target.exists():
        copy_database(path, target)


def require_newest(engine: Engine) -> None:
    """Refuse an archive whose tables are not the newest, where they cannot be brought there.

    Raises:
        ReadOnlyArchiveError: Another version wrote it.
    """
    with engine.connect() as connection:
        if _revision(connection) != REVISION:
            raise ReadOnlyArchiveError("เป็นของรุ่นอื่น ต้องปรับรุ่นก่อน", "another version wrote it, and it must be upgraded")


def has_tables(engine: Engine) -> bool:
    """Whether a database is an archive's at all."""
    with engine.connect() as connection:
        return _revision(connection) is not None


def _revision(connection: Connection) -> str | None:
    """Return what the archive says it is; None for a new one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def _run(connection: Connection) -> None:
    from alembic import command  # 0.2 s that an up-to-date archive need not pay
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    current = _revision(connection)
    if current is not None and current not in known:
        raise StoreError(
            f"รุ่นของฐานข้อมูล {current} ใหม่กว่าที่โปรแกรมรู้จัก {REVISION} (โปรดปรับรุ่นโปรแกรม)",
            f"schema {current} > {REVISION} (upgrade saraban)",
        )
    url = connection.engine.url
    # A server's database is the office's to copy, and a change of its tables is one transaction.
    if current is not None and url.database and url.get_backend_name() == "sqlite":
        _keep_copy(Path(url.database), current)
    command.upgrade(config, "head")
