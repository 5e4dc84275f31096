"""The letters of a text layer that belong to no line of it: printed a second time, or a watermark.

Offices make a heading bold by printing it twice, a hair apart, and lay a mark under their pages that says whose they
are. Both are letters like others to whoever takes a layer out, and would be woven into the lines.
"""

import itertools
import math
import statistics
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Char = Mapping[str, Any]
"""One letter as pdfplumber gives it."""
_CMYK = 4
"""Channels of a color that says how much ink it takes, not how much light it leaves."""


@dataclass(frozen=True, slots=True)
class LayerSettings:
    """What makes a letter a repetition or a part of a watermark.

    Attributes:
        shift: How far apart, in sizes of the face, the same letter may be printed twice; two letters that both belong
            there stand a third of it apart and more.
        oblique: Degrees from level and from upright beyond which writing is slanted, as no line is.
        pale: Least light of a color, 0 black to 1 white, that is a tint under the text and no text; gray print of an
            office is 0.5 and darker.
        faint: Least part of its color that a letter lets through to be pale, whatever that color is.
        large: Sizes of the page's usual letters from which pale writing is a watermark even if it stands alone.
        repeated: Times that the same pale words stand on a page at least to be one otherwise.
        least_shift: Points that a second print may stand off in the smallest face.
        gap: Widths or sizes of a letter, of which the larger, within which the next one goes on with it.
        covered: Share of the height of a watermark that a letter printed over it shares with it.
    """

    shift: float = 0.12
    oblique: float = 8.0
    pale: float = 0.62
    faint: float = 0.5
    large: float = 1.6
    repeated: int = 3
    least_shift: float = 0.1
    gap: float = 1.5
    covered: float = 0.3


SETTINGS = LayerSettings()


@dataclass(frozen=True, slots=True)
class CharacterLayers:
    """The letters of a page.

    Attributes:
        text: Those that make its lines, in their order.
        watermark: Those of watermarks.
        repeated: How many were printed a second time, and are in neither.
    """

    text: list[Char]
    watermark: list[Char]
    repeated: int


def split_characters(
    chars: Sequence[Char],
    faint: Collection[tuple[float, float, float, float]] = (),
    settings: LayerSettings = SETTINGS,
) -> CharacterLayers:
    """Return the letters of a page, those of watermarks and those that were printed twice apart.

    Args:
        chars: All letters that can be seen, in the order of the file.
        faint: Left, top, right and bottom of what is drawn so that the paper shows through.
        settings: What makes which.
    """
    once = _take_once(chars, settings)
    usual = statistics.median(char["size"] for char in once) if once else 0.0
    marks = _find_watermarks(_split_runs(once, settings), usual, faint, settings)
    gone = set(map(id, marks))
    kept = [char for char in once if id(char) not in gone]
    return CharacterLayers(kept, marks, len(chars) - len(once))


def _find_watermarks(
    runs: Sequence[list[Char]],
    usual: float,
    faint: Collection[tuple[float, float, float, float]],
    settings: LayerSettings,
) -> list[Char]:
    """Return the letters of watermarks: oblique ones, and pale ones that are large, repeated, or lie under others."""
    oblique = [run for run in runs if _is_oblique(run[0], settings.oblique)]
    level = [run for run in runs if not _is_oblique(run[0], settings.oblique)]
    pale = [run for run in level if _is_pale(run[0], faint, settings)]
    counts = Counter(_words(run) for run in pale)
    dark = [char for run in level for char in run if not _is_pale(char, faint, settings)]
    large = settings.large * usual

    def is_watermark(run: list[Char]) -> bool:
        return run[0]["size"] >= large or counts[_words(run)] >= settings.repeated or _lies_under(run, dark, settings)

    return list(itertools.chain.from_iterable((*oblique, *filter(is_watermark, pale))))


def _is_oblique(char: Char, degrees: float) -> bool:
    """Whether a letter stands neither level nor upright nor on its head."""
    a, b = char["matrix"][:2]
    angle = math.degrees(math.atan2(b, a)) % 90.0
    return degrees < angle < 90.0 - degrees


def _take_once(chars: Sequence[Char], settings: LayerSettings) -> list[Char]:
    """Return letters without those that stand where the same letter of the same size stands already."""
    places: dict[tuple[str, int, int], list[tuple[float, float]]] = {}
    once: list[Char] = []
    for char in chars:
        reach = max(settings.shift * char["size"], settings.least_shift)
        x, y = char["x0"], char["bottom"]
        column, row = round(x / reach), round(y / reach)
        near = [
            place
            for i in (column - 1, column, column + 1)
            for j in (row - 1, row, row + 1)
            for place in places.get((char["text"], i, j), ())
        ]
        if char["text"].strip() and any(abs(x - left) <= reach and abs(y - foot) <= reach for left, foot in near):
            continue
        places.setdefault((char["text"], column, row), []).append((x, y))
        once.append(char)
    return once


def _split_runs(chars: Iterable[Char], settings: LayerSettings) -> list[list[Char]]:
    """Return letters in runs as they follow one another in the file in one size, color and direction, without a gap."""
    runs: list[list[Char]] = []
    for char in chars:
        if runs and _goes_on(runs[-1][-1], char, settings):
            runs[-1].append(char)
        else:
            runs.append([char])
    return runs


def _goes_on(last: Char, char: Char, settings: LayerSettings) -> bool:
    same = all(last[key] == char[key] for key in ("fontname", "non_stroking_color")) and _turn(last) == _turn(char)
    gap = math.hypot(char["matrix"][4] - last["matrix"][4], char["matrix"][5] - last["matrix"][5])
    return same and abs(last["size"] - char["size"]) < 1.0 and gap <= settings.gap * max(last["size"], last["adv"])


def _turn(char: Char) -> tuple[float, ...]:
    return tuple(round(part, 2) for part in char["matrix"][:4])


def _words(run: Sequence[Char]) -> str:
    return "".join("".join(char["text"] for char in run).split())


def _is_pale(char: Char, faint: Collection[tuple[float, float, float, float]], settings: LayerSettings) -> bool:
    if get_light(char.get("non_stroking_color")) >= settings.pale:
        return True
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in faint)


def get_light(color: object) -> float:
    """Return how light a color of a PDF is in its darkest channel, 0 to 1; 0 for one that is no gray, RGB or CMYK."""
    parts = color if isinstance(color, tuple) else ()
    if not parts or not all(isinstance(part, (int, float)) for part in parts):
        return 0.0
    return float(1.0 - max(parts)) if len(parts) == _CMYK else float(min(parts))


def _lies_under(run: Sequence[Char], dark: Sequence[Char], settings: LayerSettings) -> bool:
    """Whether other letters are printed over some writing: what is to be read is not printed over."""
    left, right = min(char["x0"] for char in run), max(char["x1"] for char in run)
    top, bottom = min(char["top"] for char in run), max(char["bottom"] for char in run)
    shared = settings.covered * (bottom - top)
    return any(
        left < char["x1"] and char["x0"] < right and min(bottom, char["bottom"]) - max(top, char["top"]) > shared
        for char in dark
        if char["text"].strip()
    )
