"""The language of the person, and where the settings file is: light enough for help, which loads nothing else."""

import os
import tomllib
from pathlib import Path

from core.errors import Language

FILE_VARIABLE = "SARABAN_SETTINGS"


def find_language() -> Language:
    """Return the language that is set, even where another setting is not valid; Thai where none is. Raises nothing."""
    said: object = os.environ.get("SARABAN_LANG")
    if not said:
        try:
            path = settings_file()
            said = tomllib.loads(path.read_text("utf-8")).get("lang") if path is not None else None
        except (OSError, ValueError):
            said = None
    return "en" if said == "en" else "th"


def settings_file() -> Path | None:
    """Return the settings file, or None where there is none.

    Raises:
        FileNotFoundError: `SARABAN_SETTINGS` names a file that is not there; defaults in its place would be a surprise.
    """
    named = os.environ.get(FILE_VARIABLE)
    if named:
        path = Path(named)
        if not path.is_file():
            raise FileNotFoundError(named)
        return path
    path = settings_folder() / "settings.toml"
    return path if path.is_file() else None


def settings_folder() -> Path:
    """Return the folder of the settings file that is named, else that which the system keeps a user's settings in."""
    named = os.environ.get(FILE_VARIABLE)
    if named:
        return Path(named).absolute().parent
    home = os.environ.get("APPDATA") or os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(home) / "saraban"
