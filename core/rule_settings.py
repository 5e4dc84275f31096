"""What an office may choose about the rules: which run, how bad a violation is, thresholds, and rules of its own."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

RuleId = Annotated[str, Field(pattern=r"^[A-Z]\d\d$")]
Level = Literal["error", "warning", "info"]


class RuleSettings(BaseModel):
    """The `[rules]` table of the settings file; each threshold names the rule that it is for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    off: tuple[RuleId, ...] = Field(default=(), description="rules that do not run")
    severity: dict[RuleId, Level] = Field(default_factory=dict, description="another severity than a rule's own")
    files: tuple[Path, ...] = Field(
        default=(), description="Python files with rules of one's own; they are run with the rights of the user"
    )

    deadline_working_days: int = Field(
        default=3, ge=0, description="D08: least working days after the letter's day up to the deadline"
    )
    as_of_max_days: int = Field(default=30, ge=0, description="D07: most days between the data and the letter")
    running_number_days: int = Field(
        default=14, ge=0, description="N09: most days between a letter's date and the one that its number suggests"
    )
    register_share: float = Field(
        default=0.8, gt=0, le=1, description="O04, T10: share of a province's bodies from which a table is of them all"
    )
    percent_units: float = Field(
        default=1.0, ge=0, description="T07: most that a percentage may be off, in units of its last printed digit"
    )
    rule_confidence: float = Field(
        default=0.8, ge=0, le=1, description="Q05: least confidence of a value that other rules rest on"
    )
    repeats: int = Field(default=4, ge=2, description="Q06: so many equal lines or rows on end are no text any more")
    quote_context: int = Field(
        default=15, ge=1, description="L08: least equal letters on both sides of a difference between two wordings"
    )
    remark_codes: tuple[str, ...] = Field(
        default=(), description="M05: wordings of remarks beside the known ones; # stands for years"
    )
