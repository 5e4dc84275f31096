"""Settings: command line over environment (`SARABAN_…`) over the settings file over defaults.

The settings file is TOML: the one that `SARABAN_SETTINGS` names, else `saraban/settings.toml` in the folder that the
system keeps a user's settings in (`~/.config` on Linux). It is never looked for in the working folder or the archive:
it may name Python files that are run, and a folder that somebody sent must not be able to do so. For the same reason
those files are taken from the settings file alone, not from the environment.
"""

import os
import tomllib
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from core.errors import Language, SettingError, UsageError
from core.language import FILE_VARIABLE, settings_file, settings_folder
from core.limits import Limits
from core.office import OfficeSettings
from core.rule_settings import RuleSettings
from core.setting_errors import PREFIX, explain_setting

MOST_JOBS = max(16, 2 * (os.cpu_count() or 1))
"""Worker processes at most: more than two a processor only take memory, 0.2 GB and more each."""


class _Environment(EnvSettingsSource):
    """The environment, which may set all but the files with rules."""

    def __call__(self) -> dict[str, Any]:
        values = super().__call__()
        if isinstance(values.get("rules"), dict):
            values["rules"].pop("files", None)
        return values


class _File(TomlConfigSettingsSource):
    """The settings file; files that it names lie beside it where they are not named from the root."""

    def __call__(self) -> dict[str, Any]:
        values = super().__call__()
        path = self.toml_file_path
        if not isinstance(path, Path):
            return values
        beside = path.absolute().parent
        rules = values.get("rules")
        if isinstance(rules, dict) and isinstance(rules.get("files"), list):
            rules["files"] = [str(beside / str(name)) for name in rules["files"]]
        office = values.get("office")
        for table, name in ((values, "bodies"), (office, "garuda")):
            if isinstance(table, dict) and isinstance(table.get(name), str):
                table[name] = str(beside / table[name])
        return values


class Settings(BaseSettings):
    """What a person or an office may choose."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", env_ignore_empty=True, frozen=True, extra="forbid"
    )

    archive: Path = Field(default=Path("saraban-archive"), description="folder of the archive")
    database: str | None = Field(
        default=None,
        description="PostgreSQL database for the records, postgresql+psycopg://…; else a file in the archive",
    )
    lang: Language = Field(default="th", description="language of messages")
    verbose: bool = Field(default=False, description="tell on standard error what goes on (--verbose)")
    debug: bool = Field(default=False, description="tell all, and end a fault of the program with its traceback")
    log_json: bool = Field(default=False, description="tell it as JSON, one object a line (--log-json)")
    jobs: int = Field(
        default_factory=lambda: min(os.cpu_count() or 1, MOST_JOBS), ge=1, le=MOST_JOBS, description="worker processes"
    )
    recognizer: str = Field(default="saraban", pattern=r"^[A-Za-z0-9_+-]+$", description="Tesseract model, by name")
    reader: Literal["fast", "tesseract", "both"] = Field(
        default="both",
        description="what reads lines of print: one network of ours (fast), two of them (both), or Tesseract",
    )
    tessdata: Path | None = Field(default=None, description="folder of .traineddata files instead of ours")
    bodies: Path = Field(
        default_factory=lambda: settings_folder() / "bodies.csv",
        description="changes of local bodies that the office knows of, beside those that ship (saraban bodies update)",
    )
    limits: Limits = Field(default_factory=Limits)
    rules: RuleSettings = Field(default_factory=RuleSettings)
    office: OfficeSettings = Field(default_factory=OfficeSettings)

    review_confidence: float = Field(
        default=0.80, ge=0, le=1, description="a value read with less confidence asks for review"
    )

    @classmethod
    def load(cls) -> Self:
        """Return the settings of the environment and the settings file.

        Raises:
            SettingError: One is not valid, or the file cannot be read.
        """
        try:
            return cls()
        except ValidationError as error:
            raise SettingError(*explain_setting(cls, error.errors()[0])) from error
        except FileNotFoundError as error:
            raise SettingError(
                f"{FILE_VARIABLE}: ไม่พบไฟล์ {error}", f"{FILE_VARIABLE}: no such file: {error}"
            ) from error
        except (OSError, RecursionError, SettingsError, UnicodeError, tomllib.TOMLDecodeError) as error:
            name = os.environ.get(FILE_VARIABLE) or "settings.toml"
            raise SettingError(f"{name}: ไม่ใช่ TOML ที่ถูกต้อง: {error}", f"{name}: {error}") from error

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the names are pydantic's
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Return where values come from, the strongest first."""
        return init_settings, _Environment(settings_cls), _File(settings_cls, settings_file())


def is_debugging() -> bool:
    """Whether a fault of the program is to end with its traceback. Raises nothing."""
    try:
        return Settings.load().debug
    except UsageError:
        return False
