"""Who uses the program: the office, as its letters name it and as its papers show it."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field


class OfficeSettings(BaseModel):
    """The `[office]` table of the settings file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    names: tuple[str, ...] = Field(
        default=(), description="names that the office's own letters bear, the first of them on its papers"
    )
    codes: tuple[str, ...] = Field(
        default=(), description="what the numbers of its letters begin with, such as อต or อต 0023"
    )
    telephone: str = Field(default="", description="telephone number on its memos")
    garuda: Path | None = Field(
        default=None, description="picture of the Garuda (PNG or JPEG) for its memos, 1.5 cm tall; a space without it"
    )

    @property
    def is_known(self) -> bool:
        """Whether letters of the office can be told from those of others."""
        return bool(self.names or self.codes)

    @property
    def name(self) -> str:
        """The name on its papers; "" where none is set."""
        return self.names[0] if self.names else ""
