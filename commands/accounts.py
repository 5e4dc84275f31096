"""Accounts of an archive that others than the person at this machine may reach."""

import getpass
import sys
from typing import Annotated, Literal

import typer

from commands.session import ArchiveOption, JsonOption, load_settings, open_archive, print_json, say

NameArgument = Annotated[str, typer.Argument(help="ชื่อ / name", show_default=False)]
RoleOption = Annotated[
    Literal["reader", "reviewer", "admin"],
    typer.Option("--role", help="สิทธิ์: ผู้อ่าน ผู้ตรวจทาน หรือผู้ดูแลระบบ / what it may do", show_default=False),
]

accounts = typer.Typer(
    no_args_is_help=True, short_help=(_HELP := "ดูแลบัญชีผู้ใช้ / who may use the archive from elsewhere"), help=_HELP
)


@accounts.command(short_help="เพิ่มบัญชีผู้ใช้ / add an account")
def add(name: NameArgument, role: RoleOption, archive: ArchiveOption = None) -> None:
    """เพิ่มบัญชีผู้ใช้ โปรแกรมจะถามรหัสผ่าน / add an account; the password is asked for, or read from standard input.

    saraban accounts add somying --role reviewer
    """
    from models.account import Role
    from pipeline.accounts import add_account
    from pipeline.clock import get_now

    settings = load_settings(archive)
    with open_archive(settings, create=True) as store:
        account = add_account(store, name, Role(role), _ask_password(), getpass.getuser(), get_now())
    say(settings, f"เพิ่มบัญชี {account.name} ({role}) แล้ว", f"account {account.name} ({role}) added")


@accounts.command("list", short_help="รายชื่อบัญชีผู้ใช้ / all accounts")
def list_(archive: ArchiveOption = None, as_json: JsonOption = False) -> None:
    """รายชื่อบัญชีผู้ใช้ / all accounts, those that are disabled among them."""
    from commands.terminal.archive_tables import plain_table, show
    from pipeline.accounts import list_accounts

    settings = load_settings(archive)
    with open_archive(settings) as store:
        found = list_accounts(store)
    if as_json:
        print_json(found)
        return
    rows = [(account.name, account.role.value, "✓" if account.active else "–") for account in found]
    header = ("ชื่อ", "สิทธิ์", "ใช้งาน") if settings.lang == "th" else ("name", "role", "active")
    show(plain_table(header, rows))


@accounts.command(short_help="บันทึกการใช้งานบัญชี / what happened to accounts, newest first")
def audit(
    archive: ArchiveOption = None,
    most: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="จำนวนมากที่สุด / most lines")] = 100,
    as_json: JsonOption = False,
) -> None:
    """บันทึกการใช้งานบัญชี / what happened to accounts, newest first."""
    from commands.terminal.archive_tables import plain_table, show
    from pipeline.accounts import list_events

    settings = load_settings(archive)
    with open_archive(settings) as store:
        found = list_events(store, most)
    if as_json:
        print_json(found)
        return
    rows = [(str(each.happened_at), each.account, each.event.value, each.detail, each.person) for each in found]
    header = ("เวลา", "บัญชี", "เหตุการณ์", "", "โดย") if settings.lang == "th" else ("when", "account", "what", "", "by")
    show(plain_table(header, rows))


@accounts.command(short_help="เปลี่ยนสิทธิ์ / give an account another role")
def role(name: NameArgument, role: RoleOption, archive: ArchiveOption = None) -> None:
    """เปลี่ยนสิทธิ์ / give an account another role; it holds from its next request on."""
    from models.account import Role
    from pipeline.accounts import change_role
    from pipeline.clock import get_now

    settings = load_settings(archive)
    with open_archive(settings) as store:
        account = change_role(store, name, Role(role), getpass.getuser(), get_now())
    say(settings, f"{account.name}: {account.role.value}", f"{account.name}: {account.role.value}")


@accounts.command(short_help="ตั้งรหัสผ่านใหม่ / give an account another password")
def password(name: NameArgument, archive: ArchiveOption = None) -> None:
    """ตั้งรหัสผ่านใหม่ และให้ออกจากระบบ / give an account another password; its sessions end."""
    from pipeline.accounts import change_password
    from pipeline.clock import get_now

    settings = load_settings(archive)
    with open_archive(settings) as store:
        change_password(store, name, _ask_password(), getpass.getuser(), get_now())
    say(settings, f"ตั้งรหัสผ่านของ {name} แล้ว", f"the password of {name} is set")


@accounts.command(short_help="ปิดใช้งานบัญชี / let an account log in no more")
def disable(
    name: NameArgument,
    archive: ArchiveOption = None,
    undo: Annotated[bool, typer.Option("--undo", help="เปิดใช้งานอีกครั้ง / let it log in again")] = False,
) -> None:
    """ปิดใช้งานบัญชี โดยไม่ลบ / let an account log in no more; it is never deleted, for decisions carry its name."""
    from pipeline.accounts import set_active
    from pipeline.clock import get_now

    settings = load_settings(archive)
    with open_archive(settings) as store:
        account = set_active(store, name, getpass.getuser(), get_now(), active=undo)
    state = ("เปิดใช้งาน", "enabled") if account.active else ("ปิดใช้งาน", "disabled")
    say(settings, f"{state[0]}บัญชี {account.name} แล้ว", f"account {account.name} {state[1]}")


def _ask_password() -> str:
    """Return the password: from a person twice and unseen, from a program the first line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    typed: str = typer.prompt("รหัสผ่าน / password", hide_input=True, confirmation_prompt=True)
    return typed
