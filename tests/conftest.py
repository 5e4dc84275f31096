"""What holds for all tests: Hypothesis has no deadline, and a new archive is a copy of one that was made once."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import settings

from store import archive as store_archive
from store.archive import Archive
from store.opening import DATABASE, OpenedDatabase, open_file
from tests import postgresql_server

settings.register_profile("saraban", deadline=None)
settings.load_profile("saraban")


@pytest.fixture(scope="session", autouse=True)
def _database_made_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Run the migrations of a new archive once, not in every test: they take a tenth of a second."""
    template = tmp_path_factory.mktemp("template")
    open_file(template, create=True).engine.dispose()

    def open_copy(folder: Path, *, create: bool) -> OpenedDatabase:
        with suppress(OSError):  # a folder that cannot be is for the program to tell of
            if create and not (folder / DATABASE).exists():
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                shutil.copyfile(template / DATABASE, folder / DATABASE)
        return open_file(folder, create=create)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store_archive, "open_file", open_copy)
        yield


@pytest.fixture(scope="session")
def postgresql_databases() -> Iterator[postgresql_server.Databases]:
    """Databases on a PostgreSQL server that this session has for itself."""
    reason = postgresql_server.missing()
    if reason is not None:
        pytest.skip(reason)
    with postgresql_server.serving() as socket:
        yield postgresql_server.Databases(socket)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def either_database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run a test twice: archives that it opens are on SQLite, then on PostgreSQL; which of the two is returned."""
    if request.param == "postgresql":
        databases = request.getfixturevalue("postgresql_databases")
        opened = Archive.open

        def open_on_server(folder, create=True, address=None):
            return opened(folder, create, address or databases.address(folder))

        monkeypatch.setattr(Archive, "open", staticmethod(open_on_server))
    return str(request.param)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what looks into the file of SQLite, or drives a browser, where the archive is on a server."""
    left_out = [
        item
        for item in items
        if item.get_closest_marker("postgresql")
        and (item.get_closest_marker("sqlite") or item.get_closest_marker("browser"))
    ]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
