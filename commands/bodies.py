"""The dated register of local bodies: search, show, history."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from commands.session import settings_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.table import Table

    from core.errors import Language

Found = TypeVar("Found")
KeyArgument = Annotated[
    str, typer.Argument(help="รหัส หรือชื่อเต็ม, จังหวัด / key, or name in full, province", show_default=False)
]

bodies = typer.Typer(no_args_is_help=True, help="ทะเบียน อปท. / the dated register of local bodies")


@bodies.command()
def search(
    name: Annotated[str, typer.Argument(help="ชื่อ / a name, or a part of one", show_default=False)],
    province: Annotated[str | None, typer.Option("--province", help="จังหวัด / of one province")] = None,
    on: Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="ณ วันที่ / as of a day")] = None,
) -> None:
    """ค้นชื่อ อปท. / bodies by name, as they stand now or stood on a day."""
    from gazetteer.register import load
    from gazetteer.search import search as find
    from reports.bodies import bodies_table

    _tell(find(load(), name, province, on.date() if on else None), name, bodies_table)


@bodies.command()
def show(key: KeyArgument) -> None:
    """แสดง อปท. ทุกช่วงเวลา / a body at all times."""
    from gazetteer.register import load
    from gazetteer.search import named
    from reports.bodies import bodies_table

    _tell(list(named(load(), key)), key, bodies_table)


@bodies.command()
def history(key: KeyArgument) -> None:
    """ประวัติการเปลี่ยนแปลง / how a body was raised, merged, renamed or moved."""
    from gazetteer.ledger import history as lines_of
    from gazetteer.register import load
    from gazetteer.search import named
    from reports.bodies import changes_table

    codes = dict.fromkeys(body.code for body in named(load(), key))
    _tell(list(dict.fromkeys(line for code in codes for line in lines_of(code))), key, changes_table)


def _tell(found: list[Found], key: str, table: "Callable[[list[Found], Language], Table]") -> None:
    from core.errors import UsageError
    from reports.table import show as print_table

    if not found:
        raise UsageError(f"{key}: ไม่พบในทะเบียน / not in the register")
    print_table(table(found, settings_of().lang))
