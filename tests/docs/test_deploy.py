"""What is there to run Saraban for an office fits the program."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

import cli

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
COMMANDS = vars(typer.main.get_command(cli.app))["commands"]
DOCKERFILE = (DEPLOY / "Dockerfile").read_text("utf-8")
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))


def assert_known(words: list[str]) -> None:
    """Hold a command line against the program: the command and each of its options are there."""
    command = COMMANDS[words[0]]
    known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    assert {word for word in words if word.startswith("--")} <= known


@pytest.mark.parametrize("unit", sorted(path.name for path in (DEPLOY / "systemd").iterdir()))
def test_a_unit_runs_a_command_that_is_there(unit):
    text = (DEPLOY / "systemd" / unit).read_text("utf-8")
    [line] = re.findall(r"^ExecStart=/opt/saraban/bin/saraban (.*)$", text, re.MULTILINE)
    assert_known(line.split())
    assert "User=saraban" in text


def test_the_container_runs_a_command_that_is_there_as_an_ordinary_user():
    [line] = re.findall(r"^CMD \[(.*)\]$", DOCKERFILE, re.MULTILINE)
    assert_known(re.findall(r'"([^"]+)"', line))
    assert DOCKERFILE.index("USER saraban") < DOCKERFILE.index("ENTRYPOINT")


@pytest.mark.parametrize("service", ["desk", "watch"])
def test_the_services_run_commands_that_are_there(service):
    assert_known(COMPOSE["services"][service]["command"])


def test_the_desk_believes_the_proxy_who_came_and_how():
    """Else all people are one address to it, cookies go unencrypted, and calls from its own pages are refused."""
    [network] = COMPOSE["networks"]["default"]["ipam"]["config"]
    trusted = COMPOSE["services"]["desk"]["environment"]["FORWARDED_ALLOW_IPS"]
    assert trusted == f"${{SARABAN_PROXY:-{network['gateway']}}}"

    async def app(scope, receive, send):
        await PlainTextResponse(f"{scope['scheme']} {scope['client'][0]}")(scope, receive, send)

    behind_proxy: Any = ProxyHeadersMiddleware(app, network["gateway"])
    desk = TestClient(behind_proxy, client=(network["gateway"], 1))
    headers = {"x-forwarded-for": "192.0.2.7, 198.51.100.8", "x-forwarded-proto": "https"}
    assert desk.get("/", headers=headers).text == "https 198.51.100.8"


def test_everything_that_the_setup_installs_for_use_is_in_the_container():
    wanted = {"tesseract-ocr", "python3", "fonts-tlwg-laksaman-ttf"}
    assert wanted <= set(re.findall(r"[\w-]+", DOCKERFILE))


def test_every_package_has_a_tested_version_and_a_license():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {re.split(r"[<>=\[]", package)[0].lower() for package in project["dependencies"]}
    pinned = set(re.findall(r"^([\w-]+)==", (DEPLOY / "constraints.txt").read_text("utf-8"), re.MULTILINE))
    listed = set(re.findall(r"^\| ([\w-]+) \| \d", (DEPLOY / "LICENSES.md").read_text("utf-8"), re.MULTILINE))
    assert needed - pinned == set()
    assert pinned == listed
