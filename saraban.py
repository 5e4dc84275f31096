"""Saraban for Python: Thai official letters and status annexes as records that are checked.

    import saraban

    document = saraban.read("letter.pdf")
    with saraban.Archive("saraban-archive", create=True) as archive:
        archive.import_("scans/")
        frame = archive.rows().to_frame()

What is named here is what a program may rely on; the other modules may change from one version to the next. How to go
on: docs/python.md. Heavy modules are imported where they are used, so that `import saraban` is cheap.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from core.errors import SarabanError
from core.settings import Settings
from models.change import Comparison
from models.document import Document
from models.finding import Verdict

if TYPE_CHECKING:
    import pandas as pd

    from models.snapshot import Series
    from models.summary import DocumentSummary
    from models.thread import Thread
    from pipeline.import_outcome import ImportOutcome
    from reports.exports.flat_tables import FlatTable

__all__ = [
    "Archive",
    "Comparison",
    "Document",
    "SarabanError",
    "Settings",
    "Table",
    "Verdict",
    "__version__",
    "check",
    "diff",
    "read",
]

__version__ = version("saraban")

StrPath = str | PathLike[str]


def read(path: StrPath, settings: Settings | None = None) -> Document:
    """Return the record of one file; nothing is stored.

    Args:
        path: A PDF, TIFF, PNG, JPEG or text file.
        settings: Those of the environment and the settings file where none are given.

    Raises:
        core.errors.InputError: The file cannot be opened at all. Trouble with a page is an issue of the record.
        core.errors.MissingToolError: Tesseract or the recognizer is not there.
    """
    from pipeline.reading import build_recognizer, read_document

    chosen = settings or Settings.load()
    return read_document(Path(path), chosen, build_recognizer(chosen))


def check(document: Document, settings: Settings | None = None) -> tuple[Verdict, ...]:
    """Return what every rule says of a document, by itself; `Archive.check` holds it against others, too."""
    from pipeline.judging import judge_document

    return judge_document(document, settings or Settings.load())


def diff(
    before: Document,
    after: Document,
    *,
    annexes: tuple[int, int] = (0, 0),
    force: bool = False,
    settings: Settings | None = None,
) -> Comparison:
    """Return what changed from an annex of one document to an annex of another.

    Args:
        before: Holds the earlier round.
        after: Holds the later one.
        annexes: Which annex of each, from 0.
        force: Compare although a round violates a rule that makes that unsafe; `Comparison.warnings` say so.
        settings: Name the office's own ledger of bodies.

    Raises:
        IndexError: A document has no such annex.
        core.errors.UsageError: A round violates such a rule, and `force` is off.
    """
    from pipeline.comparing import compare_rounds
    from rounds.selection import RoundPair
    from rounds.snapshot import freeze

    pair = RoundPair((freeze(before, annexes[0]),), (freeze(after, annexes[1]),))
    return compare_rounds(pair, force=force, own=(settings or Settings.load()).bodies)


@dataclass(frozen=True, slots=True)
class Table:
    """Letters, rows or findings, one a line; statuses and codes are stable names, as in JSON.

    Iterating yields each line as a dict by the keys of the columns.
    """

    _records: "FlatTable"

    @property
    def columns(self) -> list[str]:
        """The keys of the columns."""
        return [fact.key for fact in self._records.facts]

    def __len__(self) -> int:
        return sum(1 for _ in self._records.rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return self._records.mappings()

    def to_frame(self) -> "pd.DataFrame":
        """Return it as a pandas data frame: dates as datetime64, counts as Int64, confidences as float64."""
        import pandas as pd

        from reports.report_layout import CellFormat

        types = {CellFormat.DATE: "datetime64[s]", CellFormat.NUMBER: "Int64", CellFormat.PERCENT: "float64"}
        frame = pd.DataFrame(list(self), columns=self.columns)
        return frame.astype({fact.key: types.get(fact.kind, "string") for fact in self._records.facts})


class Archive:
    """A folder with the original files and what was read of them; use it in a `with` statement.

    Args:
        folder: Where it is.
        create: Make it where there is none.
        settings: Those of the environment and the settings file where none are given; with `database` the records are
            in that PostgreSQL database.

    Raises:
        core.errors.NoArchiveError: There is none and `create` is off.
        core.errors.StoreError: It cannot be opened.
    """

    def __init__(self, folder: StrPath, *, create: bool = False, settings: Settings | None = None) -> None:
        from store.archive import Archive as Store

        self.folder = Path(folder)
        self._settings = settings or Settings.load()
        self._store = Store.open(self.folder, create, self._settings.database)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database."""
        self._store.close()

    def import_(self, *paths: StrPath) -> "list[ImportOutcome]":
        """Read files, folders and ZIP files into the archive; what is done already is skipped.

        Returns what became of every entry that was met; one that cannot be read has its error there.

        Raises:
            core.errors.MissingToolError: Tesseract or the recognizer is not there.
        """
        from core.progress import NullProgress
        from pipeline.importing import import_files
        from pipeline.reading import build_recognizer

        files = [Path(path) for path in paths]
        recognizer = build_recognizer(self._settings)
        return list(import_files(files, self._store, self._settings, recognizer, NullProgress()))

    def documents(self) -> "list[DocumentSummary]":
        """Return all documents in brief, in the order they came."""
        return self._store.documents()

    def document(self, name: str) -> Document:
        """Return a document by its file name, or by at least four digits its SHA-256 begins with.

        Raises:
            core.errors.UnknownDocumentError: There is none.
            core.errors.AmbiguousNameError: Several answer to it.
        """
        return self._store.require_document(name)

    def letters(self, *names: str) -> Table:
        """Return the letters of these documents, or of all where none is named."""
        from reports.exports.flat_tables import letters

        return Table(letters(self._records(names)).collect())

    def rows(self, *names: str) -> Table:
        """Return the rows of the annexes of these documents, or of all where none is named."""
        from reports.exports.flat_tables import rows

        return Table(rows(self._records(names)).collect())

    def findings(self, *names: str) -> Table:
        """Return what the rules found in these documents, or in all where none is named."""
        from reports.exports.flat_tables import findings

        return Table(findings(self._records(names), self._settings.lang).collect())

    def check(self, *names: str, rules: Iterable[str] = ()) -> list[tuple[Document, tuple[Verdict, ...]]]:
        """Return documents with what the rules say of them, held against the other letters and rounds of the archive.

        Args:
            names: Documents; all where none is named.
            rules: Ids such as T01, for those alone.
        """
        from pipeline.checking import judge

        return list(judge(self._store, names, self._settings, rules))

    def rounds(self) -> "list[Series]":
        """Return the series of annexes, each with its rounds."""
        from pipeline.comparing import series_in

        return series_in(self._store)

    def diff(self, before: str | None = None, after: str | None = None, *, force: bool = False) -> Comparison:
        """Return what changed between the rounds of two documents, or between the two latest where none is named.

        Raises:
            core.errors.UsageError: One is named alone, there are no two rounds, or a comparison is unsafe.
        """
        from pipeline.comparing import choose_rounds, compare_rounds

        pair = choose_rounds(self._store, before, after, latest=before is None and after is None)
        return compare_rounds(pair, force=force, own=self._settings.bodies)

    def thread(self, name: str) -> "Thread":
        """Return the chain of letters around a document."""
        from pipeline.thread import find_thread

        return find_thread(self._store, name, self._settings.limits)

    def _records(self, names: Sequence[str]) -> Iterator[Document]:
        chosen = names or list(self._store.iterate_shas())
        return (self._store.require_document(name) for name in chosen)
