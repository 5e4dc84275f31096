"""Running an import from the command line: the steps shown, Ctrl-C once to stop softly, the account of it all."""

import json
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from commands.session import say

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import FrameType

    from commands.terminal.import_progress import ImportProgress
    from core.settings import Settings
    from pipeline.import_control import Shard
    from pipeline.import_outcome import ImportOutcome, ImportSummary
    from pipeline.worker_pool import PoolFactory


class Brake:
    """Whether the person asked to stop: the first Ctrl-C lets pages under way finish, the second ends at once."""

    def __init__(self, settings: "Settings") -> None:
        self._settings = settings
        self.is_pulled = False

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Take Ctrl-C for as long as the block lasts."""
        before = signal.signal(signal.SIGINT, self._pull)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)

    def _pull(self, _number: int, _frame: "FrameType | None") -> None:
        if self.is_pulled:
            raise KeyboardInterrupt
        self.is_pulled = True
        say(
            self._settings,
            "กำลังหยุดหลังอ่านหน้าที่ค้างอยู่เสร็จ (Ctrl-C อีกครั้งเพื่อหยุดทันที)",
            "stopping after the pages under way (Ctrl-C again to stop at once)",
        )


def run_import(
    settings: "Settings",
    begin: "Callable[[Brake, ImportProgress], Iterable[ImportOutcome]]",
    *,
    as_json: bool = False,
) -> None:
    """Run an import to its end, tell of every entry, and end the command as it went.

    Args:
        settings: The language.
        begin: Begins it, with the brake and with what shows its steps.
        as_json: Entries as JSON on standard output.

    Raises:
        core.errors.PartialError: Some entries could not be read.
    """
    from commands.terminal.import_progress import ImportProgress
    from core.errors import ExitCode
    from pipeline.import_outcome import ImportSummary

    summary, brake, progress = ImportSummary(), Brake(settings), ImportProgress(settings)
    with brake.listening():
        for outcome in begin(brake, progress):
            summary.add(outcome)
            if as_json:
                typer.echo(json.dumps(outcome.as_json(), ensure_ascii=False))
            tell(settings, outcome)
    if as_json:
        typer.echo(json.dumps(summary.as_json(), ensure_ascii=False))
    else:
        from commands.terminal.import_table import print_summary

        print_summary(summary, settings.lang)
    if brake.is_pulled:
        say(
            settings,
            "หยุดแล้ว หน้าที่อ่านเสร็จเก็บไว้ครบ สั่งคำสั่งเดิมอีกครั้งเพื่อทำต่อ",
            "stopped; every page that was read is kept; run the same command again to go on",
        )
        raise typer.Exit(int(ExitCode.INTERRUPTED))
    end(summary)


def end(summary: "ImportSummary") -> None:
    """End the command as all entries went.

    Raises:
        core.errors.PartialError: Some could not be read.
        typer.Exit: None could.
    """
    from core.errors import ExitCode, PartialError

    if summary.exit_code is ExitCode.PARTIAL:
        lost, wanted = summary.lost, summary.wanted
        raise PartialError(f"อ่านไม่ครบ {lost} จาก {wanted} ไฟล์", f"{lost} of {wanted} were not, or not as a whole")
    if summary.exit_code is not ExitCode.OK:
        raise typer.Exit(int(summary.exit_code))


def parse_shard(said: str | None) -> "Shard | None":
    """Return the shard that was named, or None.

    Raises:
        core.errors.UsageError: It is none.
    """
    from pipeline.import_control import Shard

    return None if said is None else Shard.parse(said)


def choose_pool(cluster: str | None) -> "PoolFactory":
    """Return what begins the workers: on this machine, or on a cluster that was named."""
    if cluster is None:
        from pipeline.workers import begin_local_pool

        return begin_local_pool
    from functools import partial

    from pipeline.cluster import ClusterPool

    return partial(ClusterPool, cluster)


def tell(settings: "Settings", outcome: "ImportOutcome") -> None:
    """Write a line about an entry; those that were skipped are counted at the end."""
    from commands.terminal.import_table import describe, describe_error
    from pipeline.import_outcome import Result

    if outcome.error is not None:
        typer.echo(describe_error(outcome, settings.lang), err=True)
    elif outcome.result is not Result.SKIPPED or outcome.skipped not in ("system_file", "repeated", "other_shard"):
        say(settings, describe(outcome, "th"), describe(outcome, "en"))
