"""Another archive taken into this one: what people said in both holds over the better reading of each document."""

from sqlalchemy import Connection

from core.settings import Settings
from pipeline.deciding import lay_decisions
from pipeline.status_wordings import lay_anew
from store.archive import Archive
from store.merging import MergeSummary, merge


def take_in(source: Archive, target: Archive, settings: Settings) -> MergeSummary:
    """Take all that an archive holds into another; see `store.merging.merge`.

    Args:
        source: Only read.
        target: Written to; its documents are judged anew where something was said of them in the other one.
        settings: Rules and register.
    """

    def settle(connection: Connection, sha: str) -> None:
        lay_decisions(connection, sha, settings)

    merged = merge(source, target, settle)
    lay_anew(target, settings)
    return merged
