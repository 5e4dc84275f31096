"""What a comparison compared: how many rows of either round, and which were left out and why."""

from typing import Final

from core.errors import Language
from models.change import Comparison, Exclusion

_REASONS: Final = {
    "blocked": ("ไม่ผ่านกฎ", "violates rules"),
    "no_counterpart": ("ไม่มีในอีกรอบ", "not in the other round"),
    "not_chosen": ("ไม่ได้เลือก", "not asked for"),
}
_SIDES: Final = {"before": ("รอบก่อน", "earlier round"), "after": ("รอบนี้", "later round")}
_MOST_NAMED: Final = 8
"""Provinces that nobody asked for are named up to this many, else counted."""


def describe_coverage(comparison: Comparison, language: Language) -> tuple[str, ...]:
    """Return one sentence on the rows that were compared, and, if any were not, one on those."""
    paired, before, after = comparison.paired, len(comparison.before.rows), len(comparison.after.rows)
    gone, new = before - paired, after - paired
    if language == "th":
        said = f"เปรียบเทียบ {paired:,} รายการ จากรอบก่อน {before:,} แถว และรอบนี้ {after:,} แถว"
        said += f" (มีเฉพาะรอบก่อน {gone:,} เฉพาะรอบนี้ {new:,})" if gone or new else ""
    else:
        said = f"compared {paired:,} rows, of {before:,} of the earlier round and {after:,} of the later"
        said += f" ({gone:,} only in the earlier, {new:,} only in the later)" if gone or new else ""
    if not comparison.exclusions:
        return (said,)
    grouped: dict[tuple[str, str], list[Exclusion]] = {}
    for each in comparison.exclusions:
        grouped.setdefault((each.side, each.reason), []).append(each)
    return said, "; ".join(_describe(side, reason, found, language) for (side, reason), found in grouped.items())


def _describe(side: str, reason: str, found: list[Exclusion], language: Language) -> str:
    at = 0 if language == "th" else 1
    rows = sum(each.rows for each in found)
    names = ", ".join(
        f"{each.province or '–'}{f' ({chr(32).join(each.rules)})' if each.rules else ''}" for each in found
    )
    if reason == "not_chosen" and len(found) > _MOST_NAMED:  # one province was asked for: who asked knows the others
        names = (f"{len(found)} จังหวัด", f"{len(found)} provinces")[at]
    unit = ("แถว", "rows")[at]
    return f"{_SIDES[side][at]} {rows:,} {unit} {_REASONS[reason][at]}: {names}"
