"""Settings: command line over environment (`SARABAN_…`) over defaults."""

import os
from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from core.limits import Limits


class Settings(BaseSettings):
    """What a person or an office may choose."""

    model_config = SettingsConfigDict(env_prefix="SARABAN_", env_nested_delimiter="__", frozen=True, extra="ignore")

    archive: Path = Field(default=Path("saraban-archive"), description="folder of the archive")
    lang: Literal["th", "en"] = Field(default="th", description="language of messages")
    jobs: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1, description="worker processes")
    recogniser: str = Field(default="saraban", pattern=r"^[A-Za-z0-9_+-]+$", description="Tesseract model, by name")
    tessdata: Path | None = Field(default=None, description="folder of .traineddata files instead of ours")
    limits: Limits = Field(default_factory=Limits)

    review_confidence: float = Field(
        default=0.80, ge=0, le=1, description="a value read with less confidence asks for review"
    )
    deadline_lead_days: int = Field(default=5, ge=0, description="D08: least days between letter and deadline")
