"""Pages as they were read, kept before their document is: a run that was stopped goes on there.

They are known by a digest of bytes, options and versions; what another version read, or wrote, is passed over.
"""

from collections.abc import Sequence
from contextlib import suppress
from typing import Final, NamedTuple

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, delete, func, insert, select

from models.issue import Issue
from models.ocr import OcrPage
from store.records import current_moment
from store.schema import page_results

_ISSUES: Final = TypeAdapter(tuple[Issue, ...])


class PageResult(NamedTuple):
    """A page as it was read, with what was noted of it.

    Attributes:
        key: Digest of bytes, options and versions.
        document: SHA-256 of the file.
    """

    key: str
    document: str
    page: OcrPage
    issues: tuple[Issue, ...] = ()


def put(connection: Connection, results: Sequence[PageResult]) -> None:
    """Keep pages, in the place of what is kept under the same keys; of several under one key the last.

    The same bytes from two places may be read side by side.
    """
    newest = {result.key: result for result in results}
    if not newest:
        return
    moment = current_moment()
    rows = [
        {
            "key": result.key,
            "document": result.document,
            "page": result.page.number,
            "payload": result.page.model_dump_json(),
            "issues": _ISSUES.dump_json(result.issues).decode(),
            "read_at": moment,
        }
        for result in newest.values()
    ]
    connection.execute(delete(page_results).where(page_results.c.key.in_(newest)))
    connection.execute(insert(page_results), rows)


def find(connection: Connection, document: str, keys: Sequence[str]) -> dict[str, PageResult]:
    """Return the pages of a document that were read before under these keys; those that are not there must be read."""
    query = select(page_results).where(page_results.c.document == document)
    wanted, found = set(keys), {}
    for row in connection.execute(query).mappings():
        if row["key"] in wanted:
            with suppress(ValidationError):  # written by a version whose pages looked different: only a cache
                page, issues = OcrPage.model_validate_json(row["payload"]), _ISSUES.validate_json(row["issues"] or "[]")
                found[row["key"]] = PageResult(row["key"], document, page, issues)
    return found


def list_newest(connection: Connection, document: str, number: int | None = None) -> list[OcrPage]:
    """Return the pages of a document, or one of them, as last read, in order; those of another version are left out."""
    query = select(page_results.c.page, page_results.c.payload).where(page_results.c.document == document)
    if number is not None:
        query = query.where(page_results.c.page == number)
    newest: dict[int, str] = {}
    for page, payload in connection.execute(query.order_by(func.coalesce(page_results.c.read_at, ""))):
        newest[page] = payload
    pages = []
    for _, payload in sorted(newest.items()):
        with suppress(ValidationError):  # as in `find`
            pages.append(OcrPage.model_validate_json(payload))
    return pages
