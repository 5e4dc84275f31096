"""What goes wrong is said in the language of the person, with what was meant and the command that helps."""

import errno
import io
import json
import re
import shutil

import pytest
import typer

import cli
from commands.usage_errors import find_command_path
from core.errors import SettingError, UnwritableError, UsageError
from core.setting_errors import find_unknown_variables
from core.settings import Settings
from core.suggestions import describe_choice
from core.system_errors import describe_system_error
from tests.commands.test_cli import ROOT, saraban

ENGLISH = re.compile(r"[A-Za-z]{3,} [A-Za-z]{3,}")


@pytest.mark.parametrize(
    ("variable", "value", "thai"),
    [
        ("SARABAN_JOBS", "x", "jobs (SARABAN_JOBS): ต้องเป็นจำนวนเต็ม"),
        ("SARABAN_JOBS", "0", "jobs (SARABAN_JOBS): ต้องไม่น้อยกว่า 1"),
        ("SARABAN_LANG", "xx", "lang (SARABAN_LANG): xx: เลือกได้จาก th, en"),
        ("SARABAN_READER", "fsat", "หมายถึง fast หรือไม่"),
        ("SARABAN_LIMITS__PAGE", "3", "หมายถึง pages"),
        ("SARABAN_LIMITS__PAGES", "-3", "ต้องมากกว่า 0"),
        ("SARABAN_REVIEW_CONFIDENCE", "2", "ต้องไม่เกิน 1"),
        ("SARABAN_VERBOSE", "maybe", "ต้องเป็น true หรือ false"),
    ],
)
def test_a_setting_that_is_not_valid_is_explained_in_thai(monkeypatch, variable, value, thai):
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingError) as caught:
        Settings.load()
    assert thai in caught.value.message("th")
    assert not ENGLISH.search(caught.value.message("th"))
    assert variable in caught.value.message("en")


def test_a_misspelt_setting_of_the_file_is_named_with_what_was_meant(monkeypatch, tmp_path):
    (tmp_path / "settings.toml").write_text("lnag = 'en'\n", "utf-8")
    monkeypatch.setenv("SARABAN_SETTINGS", str(tmp_path / "settings.toml"))
    with pytest.raises(SettingError, match=r"lnag .*did you mean lang"):
        Settings.load()


def test_a_variable_that_is_no_setting_is_told_of(monkeypatch):
    monkeypatch.setenv("SARABAN_ARCHVE", "elsewhere")
    monkeypatch.setenv("SARABAN_LIMITS__PAGES", "3")
    monkeypatch.setenv("SARABAN_SETTINGS", "settings.toml")
    [(thai, english)] = find_unknown_variables(Settings.model_fields)
    assert thai == "SARABAN_ARCHVE (หมายถึง ARCHIVE หรือไม่)"
    assert english == "SARABAN_ARCHVE (did you mean ARCHIVE?)"


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ([], "saraban"),
        (["--verbose", "rounds", "merge", "a", "b"], "saraban rounds merge"),
        (["diff", "list"], "saraban diff"),
        (["nosuch"], "saraban"),
    ],
)
def test_the_hint_names_the_command_at_hand(words, path):
    assert find_command_path(typer.main.get_command(cli.app), words) == path


@pytest.mark.parametrize("code", [errno.ENOENT, errno.EACCES, errno.EROFS, errno.ENOSPC, errno.ENOTDIR, errno.EISDIR])
def test_what_the_system_says_is_said_in_thai(code):
    thai, english = describe_system_error(OSError(code, "Some words"))
    assert not re.search("[A-Za-z]", thai)
    assert english == "Some words"
    error = UnwritableError.from_system("a.csv", OSError(code, "Some words"))
    assert error.message("th").endswith(f"a.csv: {thai}")
    assert error.message("en").endswith("a.csv: Some words")


def test_what_the_system_says_without_thai_words_is_kept():
    assert describe_system_error(OSError("odd")) == ("odd", "odd")


def test_a_choice_that_is_none_names_the_near_one_and_all():
    thai, english = describe_choice("ordr", ["order", "minutes"])
    assert (thai, english) == (
        "ordr (หมายถึง order หรือไม่): เลือกได้จาก order, minutes",
        "ordr (did you mean order?): choose from order, minutes",
    )


@pytest.mark.parametrize(
    "words",
    [
        ("search", "x", "--kind", "ordr"),
        ("search", "x", "--status", "okay"),
        ("reread", "--kind", "ordr"),
        ("reread", "--state", "okay"),
    ],
)
def test_a_kind_or_status_that_is_none_finds_nothing_silently_no_more(words):
    with pytest.raises(UsageError, match="choose from"):
        typer.main.get_command(cli.app)(list(words), prog_name="saraban", standalone_mode=False)


NO_LIST = {
    "import", "retry", "remove", "read", "export", "set", "undo", "serve", "watch", "schema", "reread",
    "archive backup", "archive restore", "archive migrate", "archive merge",
    "rounds merge", "rounds split", "rounds rename", "rounds remove", "rounds restore", "rounds date",
    "accounts add", "accounts role", "accounts password", "accounts disable",
    "register received", "register sent",
    "bodies update", "bodies confirm", "bodies forget", "statuses confirm", "statuses undo",
}  # fmt: skip
"""Commands that do something, or write a file or records by themselves."""


def find_commands(command, path=""):
    for name, below in getattr(command, "commands", {}).items():
        whole = f"{path} {name}".strip()
        yield whole, below
        yield from find_commands(below, whole)


def test_every_command_that_lists_has_json():
    listing = {
        path: {option for parameter in command.params for option in parameter.opts}
        for path, command in find_commands(typer.main.get_command(cli.app))
        if path not in NO_LIST and (not hasattr(command, "commands") or command.invoke_without_command)
    }
    assert [path for path, options in listing.items() if "--json" not in options] == []
    assert {"list", "bodies search", "accounts audit", "statuses", "doctor"} <= set(listing)


def test_bodies_as_json():
    done = saraban("bodies", "search", "ท่าแฝก", "--json")
    [body] = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, body["district"]) == (0, "น้ำปาด")
    out = saraban("bodies", "history", "6530305", "--json").stdout
    assert [json.loads(line)["change"] for line in out.splitlines()] == ["moved"]


def test_accounts_as_json_hold_no_password(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("รหัสผ่านที่ยาวพอ1\n"))
    archive = ("--archive", str(tmp_path / "archive"))
    saraban("accounts", "add", "สมหญิง", "--role", "admin", *archive)
    out = saraban("accounts", "list", "--json", *archive).stdout
    assert json.loads(out) == {"name": "สมหญิง", "role": "admin", "active": True}
    out = saraban("accounts", "audit", "--json", *archive).stdout
    assert json.loads(out.splitlines()[0])["account"] == "สมหญิง"


@pytest.mark.slow
def test_documents_of_one_name_are_told_apart_by_where_they_came_from(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for folder, case in (("2551", "h07-announcement.txt"), ("2567", "h23-number-range.txt")):
        (tmp_path / folder).mkdir()
        shutil.copy(ROOT / "fixtures" / "cases" / case, tmp_path / folder / "scan.txt")
    assert saraban("import", "2551", "2567", SARABAN_JOBS="1").returncode == 0
    assert "several documents answer" in saraban("show", "scan.txt").stderr
    shown = [saraban("show", f"{year}/scan.txt", "--json") for year in ("2551", "2567")]
    ids = [json.loads(done.stdout)["source"]["sha256"] for done in shown]
    assert len(set(ids)) == 2
    checked = saraban("check", *ids, "--all").stdout
    assert [f"scan.txt ({sha[:12]})" in checked for sha in ids] == [True, True]
