"""Synthetic lines: a text, set in a face, worn, and cut out as Tesseract cuts lines out of a page.

python -m training.lines FACES --show lines.png        a picture of some, to look at
"""

import argparse
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from training import faces, wear
from training.faces import Face
from training.print_styles import PrintStyle, finish, print_ink
from training.wear import Ink, Level
from training.wording import Writer, vocabulary

KO_POINTS = 5.4
"""Height of ก in TH Sarabun at 16 points, in points: what the whole of a letter is set in."""
_SIZES = ((16.0, 0.50), (14.0, 0.16), (12.0, 0.10), (11.0, 0.10), (18.0, 0.06), (20.0, 0.05), (10.0, 0.03))
"""Points of TH Sarabun, and how often."""
_RESOLUTIONS = ((150, 0.25), (200, 0.42), (300, 0.33))
_LEVELS = ((Level.CLEAN, 0.15), (Level.OFFICE, 0.43), (Level.POOR, 0.42))
_LEAST_KO = 5
_FINER = 3
"""So many times finer than the scan is the print, before it is scanned."""
_SHARE_RESHAPED, _LEAST_RESHAPED = 0.25, 12
"""How often a line's letters are pushed about, and from what height: smaller ones would be lost (measured)."""

_Choice = TypeVar("_Choice")


@dataclass(frozen=True, slots=True)
class SyntheticLine:
    """One line with its truth.

    Attributes:
        picture: Gray, cut to the line.
        text: What it says.
        face: The font file it is set in.
        level: How it was worn.
    """

    picture: npt.NDArray[np.uint8]
    text: str
    face: str
    level: Level


class LineMaker:
    """Makes lines; the same seed makes the same lines."""

    def __init__(
        self,
        folder: Path,
        seed: int,
        chosen: tuple[Face, ...] = faces.TRAINED,
        *,
        held_out: bool = False,
        styled: float = 0.0,
        numbers: float = 0.0,
        evenness: float = 0.0,
    ) -> None:
        """Args:
        folder: Where `training.faces` put the faces.
        seed: Of everything that is chosen at random.
        chosen: The faces to set lines in; those of weight 0 are all chosen alike.
        held_out: Write with the words that are held out from training.
        styled: Share of the lines that are not printed black on white: dot matrix, reversed and so on.
        numbers: Share of the lines that are made of numbers.
        evenness: 0 for faces as often as they are met in offices, 1 for all faces alike often.
        """  # noqa: D205
        self._random = np.random.default_rng(seed)
        self._writer = Writer(self._random, vocabulary(held_out=held_out), numbers)
        self._paths = [folder / face.file for face in chosen]
        weights = np.array([face.weight or 1.0 for face in chosen]) ** (1 - evenness)
        self._weights = weights / weights.sum()
        self._signs = folder / faces.SIGNS.file
        self._styled = styled

    def make(
        self, level: Level | None = None, text: str | None = None, points: float | None = None, dpi: int | None = None
    ) -> SyntheticLine:
        """Return one line: what is not given is chosen at random.

        Args:
            level: How worn it is.
            text: What it says.
            points: Its size, in points of TH Sarabun.
            dpi: Its resolution.
        """
        random = self._random
        path = self._paths[int(random.choice(len(self._paths), p=self._weights))]
        text = self._writer.line() if text is None else text
        level = level or _choose(_LEVELS, random)
        stroke = (dpi or _choose(_RESOLUTIONS, random)) / 72.0
        size = points or _choose(_SIZES, random) * random.uniform(0.9, 1.12)
        ko = max(_LEAST_KO, round(KO_POINTS * size / 16.0 * stroke))
        drawn, box = self._draw(text, path, ko)
        drawn = self._surround(drawn, box, path, ko, stroke)
        drawn, box = _bend(drawn, box, random)
        if random.random() < 0.10:
            drawn = wear.stroke_across(drawn, stroke, random)
        style = self._choose_style()
        worn = wear.age(print_ink(drawn, style, stroke, random) if style else drawn, level, stroke, random)
        worn = finish(worn, style, random) if style else worn
        return SyntheticLine(_cut(worn, box, ko, random), text, path.name, level)

    def _choose_style(self) -> PrintStyle | None:
        if not self._styled or self._random.random() >= self._styled:
            return None
        return tuple(PrintStyle)[int(self._random.integers(len(PrintStyle)))]

    def _draw(self, text: str, path: Path, ko: int) -> tuple[Ink, tuple[int, int, int, int]]:
        """Return the text on a sheet with room around it, and the box of its ink (left, top, right, bottom)."""
        runs = _runs(text, path, self._signs)
        width = math.ceil(sum(faces.load(font, _FINER * ko).getlength(run) for run, font in runs) / _FINER)
        room, baseline = 3 * ko, 5 * ko
        ink = _typeset(runs, ko, (max(width, 1) + 2 * room, 8 * ko), baseline)
        if ko >= _LEAST_RESHAPED and self._random.random() < _SHARE_RESHAPED:
            ink = _reshape(ink, ko, self._random)
        rows, columns = np.nonzero(ink.min(axis=1) < 128)[0], np.nonzero(ink.min(axis=0) < 128)[0]
        if not rows.size:
            return ink, (room, baseline - ko, room + max(width, 1), baseline)
        box = (int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
        return ink, _as_tesseract_sees(box, baseline, ko, self._random)

    def _surround(self, ink: Ink, box: tuple[int, int, int, int], path: Path, ko: int, stroke: float) -> Ink:
        """Return the sheet with what stands around lines: rules of tables, dots to fill in, underlines, neighbors."""
        random = self._random
        left, top, right, bottom = box
        height, width = ink.shape
        baseline = 5 * ko
        thick = max(1, round(random.uniform(0.4, 1.1) * stroke))
        if random.random() < 0.12:
            for edge in (top - int(random.uniform(1, 4) * stroke), bottom + int(random.uniform(1, 4) * stroke)):
                if random.random() < 0.6 and 0 <= edge < height - thick:
                    ink[edge : edge + thick] = np.minimum(ink[edge : edge + thick], random.uniform(0, 80))
            for edge in (left - int(random.uniform(1, 5) * stroke), right + int(random.uniform(1, 5) * stroke)):
                if random.random() < 0.5 and 0 <= edge < width - thick:
                    ink[:, edge : edge + thick] = random.uniform(0, 80)
        if random.random() < 0.06:
            below = min(baseline + int(random.uniform(0.3, 1.2) * stroke * 2), height - 1)
            if random.random() < 0.5:
                ink[below : below + thick, left:right] = np.minimum(ink[below : below + thick, left:right], 60)
            else:
                step = max(2, round(random.uniform(1.2, 2.6) * stroke))
                for dot in range(left, right, step):
                    ink[below : below + thick, dot : dot + max(1, thick)] = 40
        if random.random() < 0.35:
            ink = self._neighbors(ink, path, ko)
        return ink

    def _neighbors(self, ink: Ink, path: Path, ko: int) -> Ink:
        """Return the sheet with the lines above and below, whose marks and tails reach into this one's box."""
        pitch = self._random.uniform(2.75, 3.6) * ko
        height, width = ink.shape
        for offset in (-pitch, pitch):
            if self._random.random() < 0.7:
                near = _typeset([(self._writer.line(), path)], ko, (width, height), round(5 * ko + offset))
                ink = np.minimum(ink, near)
        return ink


def _typeset(runs: list[tuple[str, Path]], ko: int, size: tuple[int, int], baseline: int) -> Ink:
    """Return text on paper, drawn finer and made smaller: hinting at the small size would lose the thinnest strokes."""
    width, height = size
    sheet = Image.new("L", (width * _FINER, height * _FINER), 255)
    pen, left = ImageDraw.Draw(sheet), float(3 * ko * _FINER)
    for run, path in runs:
        font = faces.load(path, _FINER * ko)
        pen.text((left, baseline * _FINER), run, font=font, fill=0, anchor="ls")
        left += font.getlength(run)
    return np.asarray(cv2.resize(np.asarray(sheet), size, interpolation=cv2.INTER_AREA), dtype=np.float32)


def _reshape(ink: Ink, ko: int, random: np.random.Generator) -> Ink:
    """Return the ink pushed about a little and made bolder or lighter, as in a face nobody has trained on."""
    shifts = []
    for _ in range(2):
        noise = cv2.GaussianBlur(
            random.normal(0, 1, ink.shape).astype(np.float32), (0, 0), random.uniform(0.25, 0.8) * ko
        )
        shifts.append(noise / max(float(noise.std()), 1e-6) * random.uniform(0.01, 0.05) * ko)
    rows, columns = (
        np.asarray(index + by, np.float32) for index, by in zip(np.indices(ink.shape), shifts, strict=True)
    )
    moved = cv2.remap(ink, columns, rows, cv2.INTER_LINEAR, borderValue=255.0)
    soft = cv2.GaussianBlur(moved, (0, 0), random.uniform(0.03, 0.07) * ko)
    return np.asarray(np.clip((soft - 127.5) * 2.0 + 127.5 + random.uniform(-70, 35), 0, 255), dtype=np.float32)


def _as_tesseract_sees(
    box: tuple[int, int, int, int], baseline: int, ko: int, random: np.random.Generator
) -> tuple[int, int, int, int]:
    """Return the box of ink, widened as Tesseract widens it.

    It cuts a line at its ink, but not closer than the usual ascender and descender of its page (`row` metrics), which
    vary with what else stands there. So the top of a line without marks is sometimes tight, sometimes roomy.
    """
    left, top, right, bottom = box
    if random.random() < 0.6:
        top = min(top, round(baseline - ko * random.uniform(1.0, 1.9)))
        bottom = max(bottom, round(baseline + ko * random.uniform(0.0, 0.6)))
    return left, top, right, bottom


def _bend(
    ink: Ink, box: tuple[int, int, int, int], random: np.random.Generator
) -> tuple[Ink, tuple[int, int, int, int]]:
    """Return the sheet skewed, slanted, narrowed and waved a little, as feeding and copying do, and the new box."""
    height, width = ink.shape
    angle = np.radians(float(np.clip(random.normal(0, 0.35), -1.2, 1.2)))
    # A long line that stands askew would be cut across its neighbors: no scanner is as bad as that after deskewing.
    rise = float(np.clip(np.tan(angle), -0.35 * height / 8 / width, 0.35 * height / 8 / width))
    slant = float(random.normal(0, 0.04)) if random.random() < 0.75 else float(random.uniform(-0.1, 0.28))
    narrow = float(np.clip(random.normal(1.0, 0.07), 0.8, 1.2))
    left, top, right, bottom = box
    center = (top + bottom) / 2
    matrix = np.array([[narrow, -slant, slant * center], [rise, 1.0, -rise * width / 2]], dtype=np.float32)
    corners = np.array([[x, y, 1.0] for x in (left, right) for y in (top, bottom)]) @ matrix.T
    size = (int(width * narrow) + abs(int(slant * height)) + 2, height)
    bent = cv2.warpAffine(ink, matrix, size, flags=cv2.INTER_LINEAR, borderValue=255.0).astype(np.float32)
    low, high = np.floor(corners.min(axis=0)), np.ceil(corners.max(axis=0))
    return bent, (max(int(low[0]), 0), max(int(low[1]), 0), min(int(high[0]), size[0]), min(int(high[1]), height))


def _cut(worn: Ink, box: tuple[int, int, int, int], ko: int, random: np.random.Generator) -> npt.NDArray[np.uint8]:
    """Return the line with a rim: Tesseract leaves 4 pixels, and boxes are never quite right."""
    left, top, right, bottom = box
    rims = [4 + int(random.uniform(-0.22, 0.28) * ko) for _ in range(2)]
    if random.random() < 0.08:  # a box that lost the tone marks or the tails: read what is left
        rims[int(random.integers(2))] -= int(0.2 * ko)
    sides = [int(random.uniform(2, 8)) if random.random() < 0.7 else int(random.uniform(0, 3) * ko) for _ in range(2)]
    rows = slice(max(top - rims[0], 0), max(bottom + rims[1], top + 6))
    columns = slice(max(left - sides[0], 0), right + sides[1])
    return np.ascontiguousarray(worn[rows, columns]).astype(np.uint8)


def _runs(text: str, path: Path, signs: Path) -> list[tuple[str, Path]]:
    """Return the text in pieces that one font file can draw each."""
    known = faces.list_characters(path)
    runs: list[tuple[str, Path]] = []
    for character in text:
        font = path if ord(character) in known else signs
        if runs and runs[-1][1] == font:
            runs[-1] = (runs[-1][0] + character, font)
        else:
            runs.append((character, font))
    return runs


def _choose(choices: tuple[tuple[_Choice, float], ...], random: np.random.Generator) -> _Choice:
    weights = np.array([weight for _, weight in choices])
    return choices[int(random.choice(len(choices), p=weights / weights.sum()))][0]


def main() -> None:
    """Draw some lines into one picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("faces", type=Path)
    parser.add_argument("--show", type=Path, default=Path("lines.png"))
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--held-out", action="store_true", help="faces and words that are never trained on")
    parser.add_argument("--styled", type=float, default=0.0, help="share that is not black on white")
    arguments = parser.parse_args()
    chosen = faces.HELD_OUT if arguments.held_out else faces.TRAINED
    maker = LineMaker(arguments.faces, arguments.seed, chosen, held_out=arguments.held_out, styled=arguments.styled)
    made = [maker.make() for _ in range(arguments.count)]
    sheet = np.full((sum(m.picture.shape[0] + 6 for m in made), max(m.picture.shape[1] for m in made)), 160, np.uint8)
    top = 0
    for line in made:
        height, width = line.picture.shape
        sheet[top : top + height, :width] = line.picture
        top += height + 6
        print(f"{line.face:34} {line.level:7} {width}×{height} {line.text}")
    cv2.imwrite(str(arguments.show), sheet)


if __name__ == "__main__":
    main()
