"""The geometry of the report's pictures: numbers that the SVG templates only have to print.

Pictures are SVG within the page, made of rectangles, lines and text, so that a reader's own fonts shape the Thai and
the page needs nothing else. Each standing has a color and a sign, for papers that are copied in black and white.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from models.annex import Status
from reports.grouping import ABSENT, UNREAD
from reports.labels import as_of_short, number
from reports.report_layout import Digits, written
from reports.report_model import ChangeReport, Flow, GridLine, GroupLine, Tally
from reports.sections import share

WIDTH: Final = 700
"""Width of a chart, in units of its own drawing."""
MOST_GROUPS: Final = 80
"""More bars than this nobody reads; the table has them all."""
BARS: Final = 24
"""Bars of one chart at most: what there are more goes into another."""
ROWS: Final = 30
"""Bars, and lines of squares, of one picture: as many as a page holds."""
ACROSS: Final = 24
"""Squares of one line."""
MOST_CELLS: Final = 1_000
"""More bodies than this no grid on paper can show."""

INK: Final = "#1b1b1f"
COLORS: Final = {
    Status.COMPLETE.value: "#1f6f54",
    Status.INCOMPLETE.value: "#e3b448",
    Status.NOT_STARTED.value: "#c4573a",
    UNREAD: "#9aa0ab",
    ABSENT: "#dfe3ea",
}
SIGNS: Final = {
    Status.COMPLETE.value: "✓",
    Status.INCOMPLETE.value: "–",
    Status.NOT_STARTED.value: "✗",
    UNREAD: "?",
    ABSENT: "",
}
_LIGHT: Final = (Status.INCOMPLETE.value, ABSENT)


@dataclass(frozen=True, slots=True)
class ChartBox:
    """A rectangle with its color, and the text in it if any."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    text: str = ""
    ink: str = "#ffffff"
    ring: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class ChartLabel:
    """A text; `anchor` is start, middle or end."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: what it is called for those who do not see it, and its parts, hindmost first."""

    name: str
    height: float
    boxes: list[ChartBox] = field(default_factory=list)
    ribbons: list[tuple[str, str]] = field(default_factory=list)
    labels: list[ChartLabel] = field(default_factory=list)
    caption: str = ""


def pictures(report: ChangeReport, digits: Digits) -> dict[str, list[Picture]]:
    """Return the pictures that the report has enough for, by the name that sections call them by.

    What is taller than a page goes on in the next picture of the same name.
    """
    drawn = {"districts": _districts(report), "movement": _movement(report), "trend": _trend(report)}
    if 0 < sum(len(line.cells) for line in report.grid) <= MOST_CELLS:
        drawn["grid"] = _grid(report)
    return {name: [_written(each, digits) for each in parts] for name, parts in drawn.items() if parts}


def _districts(report: ChangeReport) -> list[Picture]:
    """Return bars of the share that is complete, before and now, a district a pair (provinces where they are many)."""
    by_province = len(report.districts) > MOST_GROUPS
    lines: Sequence[GroupLine] = report.provinces if by_province else report.districts
    if len(lines) > MOST_GROUPS:
        return []
    ranked = sorted(lines, key=lambda line: line.rank_after or len(lines))
    caption = f"ร้อยละที่{report.get_status_word(Status.COMPLETE)}ราย{'จังหวัด' if by_province else 'อำเภอ'}"
    parts = [ranked[start : start + BARS] for start in range(0, len(ranked), BARS)]
    return [_bars(part, caption if index == 0 else f"{caption} (ต่อ)") for index, part in enumerate(parts)]


def _bars(lines: Sequence[GroupLine], caption: str) -> Picture:
    left, bar, step, then, now = 190, 330, 32, "#b7c3d9", "#1f4e8c"
    picture = Picture(f"แผนภูมิ{caption} รอบก่อนและรอบนี้", len(lines) * step + 34, caption=caption)
    for at, (name, color) in enumerate((("รอบก่อน", then), ("รอบนี้", now))):
        picture.boxes.append(ChartBox(left + 100 * at, 6, 14, 12, color))
        picture.labels.append(ChartLabel(left + 20 + 100 * at, 17, name))
    for index, line in enumerate(lines):
        top = 30 + index * step
        picture.boxes.append(ChartBox(left, top, bar, 24, "#eef1f6"))
        picture.boxes.append(ChartBox(left, top + 2, bar * (line.before.percent or 0) / 100, 8, then))
        picture.boxes.append(ChartBox(left, top + 10, bar * (line.after.percent or 0) / 100, 12, now))
        picture.labels.append(ChartLabel(left - 10, top + 17, line.name, "end"))
        picture.labels.append(ChartLabel(left + bar + 10, top + 17, share(line.after)))
    return picture


def _movement(report: ChangeReport) -> list[Picture]:
    """Return bands from where bodies stood to where they stand, as wide as they are many."""
    total = sum(flow.count for flow in report.movement)
    if not total:
        return []
    tall, top, wide, left, right = 230, 34, 20, 190, 490
    gap = 10
    picture = Picture("แผนภาพการเคลื่อนไหวของสถานะระหว่างรอบ", top + tall + 5 * gap, caption="การเคลื่อนไหวระหว่างรอบ (แห่ง)")
    picture.labels.append(
        ChartLabel(
            left + wide,
            20,
            f"รอบก่อน {as_of_short(report.before.as_of, report.before.as_of_precision)}",
            "end",
            strong=True,
        )
    )
    picture.labels.append(
        ChartLabel(
            right, 20, f"รอบนี้ {as_of_short(report.after.as_of, report.after.as_of_precision)}", "start", strong=True
        )
    )
    scale = tall / total
    starts = [_stack(report.movement, side, scale, top, gap) for side in ("before", "after")]
    for x, side, anchor, away in ((left, 0, "end", -8), (right, 1, "start", wide + 8)):
        for standing, (y, count) in starts[side].items():
            picture.boxes.append(ChartBox(x, y, wide, max(count * scale, 1), COLORS[standing]))
            middle = y + count * scale / 2 + 5
            picture.labels.append(ChartLabel(x + away, middle, f"{_name(report, standing)} {number(count)}", anchor))
    at = [{standing: y for standing, (y, _) in side.items()} for side in starts]
    for flow in report.movement:
        height = flow.count * scale
        y0, y1 = at[0][flow.before], at[1][flow.after]
        at[0][flow.before] += height
        at[1][flow.after] += height
        picture.ribbons.append((_ribbon(left + wide, y0, right, y1, height), COLORS[flow.after]))
    return [picture]


def _stack(flows: Sequence[Flow], side: str, scale: float, top: float, gap: float) -> dict[str, tuple[float, int]]:
    """Return where each standing begins on one side, and how many bodies it has."""
    counts = dict.fromkeys(COLORS, 0)
    for flow in flows:
        counts[getattr(flow, side)] += flow.count
    found, y = {}, top
    for standing, count in counts.items():
        if count:
            found[standing] = (y, count)
            y += count * scale + gap
    return found


def _ribbon(x0: float, y0: float, x1: float, y1: float, height: float) -> str:
    """Return the outline of a band between two heights, as an SVG path."""
    middle = (x0 + x1) / 2
    over = f"M{x0:.1f} {y0:.1f}C{middle:.1f} {y0:.1f} {middle:.1f} {y1:.1f} {x1:.1f} {y1:.1f}"
    back = f"C{middle:.1f} {y1 + height:.1f} {middle:.1f} {y0 + height:.1f} {x0:.1f} {y0 + height:.1f}"
    return f"{over}V{y1 + height:.1f}{back}Z"


def _trend(report: ChangeReport) -> list[Picture]:
    """Return a column a round, parted by standing, in hundredths of the bodies of that round."""
    points = [point for point in report.trend if point.tally.total][-12:]
    if len(points) < 2:
        return []
    tall, top, left = 170, 44, 60
    step = (WIDTH - left - 10) / len(points)
    wide = min(step * 0.6, 70)
    picture = Picture("แผนภูมิแนวโน้มทุกรอบ ร้อยละตามสถานะ", top + tall + 28, caption="แนวโน้มทุกรอบ (ร้อยละ)")
    picture.labels.extend(_legend(picture, report))
    for percent in (0, 50, 100):
        y = top + tall - tall * percent / 100
        picture.boxes.append(ChartBox(left, y - 0.5, WIDTH - left - 10, 1, "#d5d9e0"))
        picture.labels.append(ChartLabel(left - 8, y + 5, str(percent), "end"))
    for index, point in enumerate(points):
        x, y = left + step * (index + 0.5) - wide / 2, float(top + tall)
        for standing, count in _standings(point.tally):
            height = tall * count / point.tally.total
            y -= height
            picture.boxes.append(ChartBox(x, y, wide, height, COLORS[standing]))
        complete = tall * (point.tally.percent or 0) / 100
        label = f"{number(point.tally.percent, 1)}"
        if complete >= 18:
            picture.boxes.append(ChartBox(x, top + tall - 18, wide, 18, COLORS[Status.COMPLETE.value], label))
        picture.labels.append(
            ChartLabel(x + wide / 2, top + tall + 20, as_of_short(point.as_of, point.as_of_precision), "middle")
        )
    return [picture]


def _legend(picture: Picture, report: ChangeReport) -> Iterator[ChartLabel]:
    """Yield the names of the standings that any round has, and draw their signs."""
    met = {standing for point in report.trend for standing, _ in _standings(point.tally)}
    x = 60.0
    for standing in (standing for standing in COLORS if standing in met):
        picture.boxes.append(ChartBox(x, 8, 14, 14, COLORS[standing], SIGNS[standing], _ink(standing)))
        yield ChartLabel(x + 20, 20, _name(report, standing))
        x += 130


def _standings(tally: Tally) -> list[tuple[str, int]]:
    counts = (tally.complete, tally.incomplete, tally.not_started, tally.unread)
    named = zip([*(status.value for status in Status), UNREAD], counts, strict=True)
    return [(standing, count) for standing, count in named if count]


def _grid(report: ChangeReport) -> list[Picture]:
    """Return a square a body, a district a line: color and sign say where it stands, a ring that this is new."""
    caption = "ผังสถานะราย อปท. (กรอบดำ: สถานะเปลี่ยนจากรอบก่อน)"
    parts: list[list[GridLine]] = [[]]
    for line in report.grid:
        if sum(map(_rows, (*parts[-1], line))) > ROWS:
            parts.append([])
        parts[-1].append(line)
    return [_squares(part, report, caption if index == 0 else f"{caption} (ต่อ)") for index, part in enumerate(parts)]


def _rows(line: GridLine) -> int:
    return 1 + (len(line.cells) - 1) // ACROSS


def _squares(lines: Sequence[GridLine], report: ChangeReport, caption: str) -> Picture:
    left, size, y = 190, 20, 38
    picture = Picture("ผังสถานะราย อปท. แยกตามอำเภอ", 0, caption=caption)
    labels = list(_legend(picture, report))
    for line in lines:
        labels.append(ChartLabel(left - 10, y + 15, line.district, "end"))
        for index, cell in enumerate(line.cells):
            standing = cell.status.value if cell.status is not None else UNREAD
            x, down = left + size * (index % ACROSS), size * (index // ACROSS)
            box = ChartBox(x + 1, y + down + 1, size - 3, size - 3, COLORS[standing], SIGNS[standing], _ink(standing))
            picture.boxes.append(replace(box, ring=cell.changed, title=f"{cell.body}: {_name(report, standing)}"))
        y += size * _rows(line) + 6
    return replace(picture, height=y, labels=labels)


def _name(report: ChangeReport, standing: str) -> str:
    """Return what a standing is called in the report."""
    if standing == ABSENT:
        return "ไม่มีในรอบ"
    return report.get_status_word(None if standing == UNREAD else Status(standing))


def _ink(standing: str) -> str:
    return INK if standing in _LIGHT else "#ffffff"


def _written(picture: Picture, digits: Digits) -> Picture:
    """Return the picture with its texts in the digits that are asked for."""
    boxes = [replace(box, text=written(box.text, digits)) for box in picture.boxes]
    labels = [replace(label, text=written(label.text, digits)) for label in picture.labels]
    return replace(picture, boxes=boxes, labels=labels)
