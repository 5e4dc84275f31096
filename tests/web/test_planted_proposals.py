"""Fifty wrong proposals, planted one at a time: the default key alone accepts none of them.

Of each the paper, a rule, the register or the other readings say otherwise, as they do of what a machine gets wrong. Of
a value that nothing speaks against but how clearly it was read a person has the picture alone, and Enter takes it.
"""

import datetime as dt
from collections.abc import Iterator

import pytest

from gazetteer.register import load
from models.annex import BodyRef, Status
from models.document import Document
from models.doubt import find_doubts
from models.record_path import get_field, put_part, walk_fields
from pipeline.deciding import history, keep_reading
from pipeline.questions import ask
from store.archive import Archive
from tests.web.archives import SEED_LIKE, SETTINGS, put

PLANTED = 50
UNSURE = {"review": ("low_confidence",), "confidence": 0.5}


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    with Archive.open(tmp_path_factory.mktemp("planted") / "archive") as opened:
        yield opened, put(opened, SEED_LIKE)


def wrong(path: str, value: object, register) -> object:
    """Another value of the same kind; None where there is none to plant."""
    if isinstance(value, Status):
        return Status.INCOMPLETE if value is Status.COMPLETE else Status.COMPLETE
    if isinstance(value, BodyRef):
        others = (
            body for body in register.find_bodies("อุตรดิตถ์") if body.code != value.code and body.kind == value.kind
        )
        other = next(others, None)
        return None if other is None else BodyRef(kind=other.kind, name=other.name, code=other.code)
    if isinstance(value, dt.date):
        return value + dt.timedelta(days=30)
    if isinstance(value, int) and not isinstance(value, bool):
        return value + 1
    if isinstance(value, str) and path.endswith(".number") and any(map(str.isdigit, value)):
        return value[:-1] + str((int(value[-1]) + 3) % 10)
    return None


def plant(document: Document, register) -> Iterator[tuple[str, Document]]:
    """Yield documents with one value that is wrong and unsure, its text as it stands on the paper; with its path."""
    for path, field in walk_fields(document):
        other = wrong(path, field.value, register) if field.raw.strip() or isinstance(field.value, Status) else None
        if other is not None and (".rows[" not in path or path.partition(".rows[")[2].partition("]")[0] in ROWS):
            yield path, put_part(document, path, field.model_copy(update={"value": other, **UNSURE}))


ROWS = {str(number) for number in range(0, 80, 4)}
"""Rows that something is planted in, of all districts."""


@pytest.mark.slow
def test_enter_accepts_none_of_them(known) -> None:
    archive, sha = known
    register = load()
    clean = archive.document(sha)
    planted = list(plant(clean, register))
    assert len(planted) >= PLANTED
    kinds = {type(get_field(clean, path).value).__name__ for path, _ in planted}
    assert {"Status", "BodyRef", "date", "int", "str"} <= kinds
    step = len(planted) / PLANTED
    accepted = []
    for path, reading in (planted[int(number * step)] for number in range(PLANTED)):
        keep_reading(archive, reading, "planted", SETTINGS)
        document = archive.document(sha)
        doubt = next(each for each in find_doubts(document) if each.path == path)
        if ask(archive, document, doubt, register).by_default:
            accepted.append(path)
    assert accepted == []
    assert history(archive, sha) == []
