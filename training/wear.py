"""What printing, copying, stamping, faxing and scanning do to a line, done to a drawn one.

Pictures are float32, 0 black to 255 white. Lengths are in units of `stroke`, the pixels of one printed point
(1/72 inch), so that 150 and 300 dpi wear alike.
"""

from collections.abc import Callable
from enum import StrEnum

import cv2
import numpy as np
import numpy.typing as npt

Ink = npt.NDArray[np.float32]


class Level(StrEnum):
    """How a page reached the scanner."""

    CLEAN = "clean"
    OFFICE = "office"
    POOR = "poor"


def age(line: Ink, level: Level, stroke: float, random: np.random.Generator) -> Ink:
    """Return a drawn line as a scanner would give it.

    Args:
        line: The line as drawn.
        level: Clean, worn as in an office, or poor (fax, photocopy of a photocopy).
        stroke: Pixels of one printed point.
        random: What chooses.
    """
    if level is Level.CLEAN:
        if random.random() < 0.6:
            line = _blur(line, random.uniform(0.15, 0.35) * stroke)
        return np.clip(line + random.normal(0, random.uniform(0, 3), line.shape), 0, 255).astype(np.float32)
    line = _office(line, stroke, random) if level is Level.OFFICE else _poor(line, stroke, random)
    return np.clip(line, 0, 255).astype(np.float32)


def _office(line: Ink, stroke: float, random: np.random.Generator) -> Ink:
    if random.random() < 0.3:
        line = _thicken(line, random.uniform(-1, 1))
    line = _blur(line, random.uniform(0.12, 0.45) * stroke)
    ink, paper = random.uniform(5, 100), random.uniform(200, 252)
    line = ink + line / 255.0 * (paper - ink)
    if random.random() < 0.15:
        line = _show_through(line, stroke, random)
    line += random.normal(0, random.uniform(1, 11), line.shape).astype(np.float32)
    chance = random.random()
    if chance < 0.15:
        return _two_tone(line, random.uniform(0.45, 0.75))
    line = _uneven_light(line, random)
    return _jpeg(line, int(random.uniform(35, 85))) if chance < 0.8 else line


def _poor(line: Ink, stroke: float, random: np.random.Generator) -> Ink:
    wears: list[Callable[[Ink, float, np.random.Generator], Ink]] = [_fax, _photocopy, _photocopy, _carbon, _worn_scan]
    return wears[int(random.integers(len(wears)))](line, stroke, random)


def _fax(line: Ink, stroke: float, random: np.random.Generator) -> Ink:
    """200 × 100 or 200 × 200 dots an inch, two tones, a row lost now and then."""
    height, width = line.shape
    line = _blur(line, random.uniform(0.12, 0.35) * stroke)
    dots = random.uniform(2.4, 2.9) / stroke  # of 72nds of an inch: 175–210 dpi
    fine = 1.0 if random.random() < 0.65 else 0.55
    small = (max(8, int(width * min(dots, 1.0))), max(8, int(height * min(dots, 1.0) * fine)))
    line = _resized(line, small, cv2.INTER_AREA)
    line += random.normal(0, random.uniform(3, 14), line.shape).astype(np.float32)
    line = _two_tone(line, random.uniform(0.5, 0.74))
    line = _speckle(line, random.uniform(0, 0.002), random.uniform(0, 0.006), random)
    for _ in range(random.poisson(0.25)):
        row = int(random.integers(line.shape[0]))
        line[row : row + 1] = 255.0 if random.random() < 0.7 else line[max(row - 1, 0)]
    return _resized(line, (width, height), cv2.INTER_LINEAR if random.random() < 0.7 else cv2.INTER_NEAREST)


def _photocopy(line: Ink, stroke: float, random: np.random.Generator) -> Ink:
    """Toner that spreads or breaks off, dirt, and two tones or nearly."""
    for _ in range(int(random.integers(1, 3))):
        line = _blur(line, random.uniform(0.15, 0.42) * stroke)
        grain = _blur(random.normal(0, 1, line.shape).astype(np.float32), random.uniform(0.2, 0.9) * stroke)
        line = line + grain / max(float(grain.std()), 1e-3) * random.uniform(3, 22)
        line = _stretch(line, random.uniform(0.0, 0.25), random.uniform(0.7, 0.95))
    line = _speckle(line, random.uniform(0, 0.003), random.uniform(0, 0.01), random)
    line = _dirt(line, stroke, random)
    if random.random() < 0.6:
        return _two_tone(_blur(line, random.uniform(0.05, 0.2) * stroke), random.uniform(0.4, 0.75))
    return _jpeg(line, int(random.uniform(30, 80)))


def _carbon(line: Ink, stroke: float, random: np.random.Generator) -> Ink:
    """Soft, mottled and pale, as carbon copies and worn ribbons are."""
    line = _blur(line, random.uniform(0.3, 0.55) * stroke)
    mottle = _blur(random.normal(0, 1, line.shape).astype(np.float32), random.uniform(0.6, 2.5) * stroke)
    mottle = mottle / max(float(mottle.std()), 1e-3)
    strength = np.clip(random.uniform(0.35, 0.75) + 0.14 * mottle, 0.12, 1.0)
    line = 255.0 - (255.0 - line) * strength.astype(np.float32) - random.uniform(5, 50)
    return _jpeg(
        line + random.normal(0, random.uniform(2, 9), line.shape).astype(np.float32), int(random.uniform(30, 80))
    )


def _worn_scan(line: Ink, stroke: float, random: np.random.Generator) -> Ink:
    """Too pale, too soft, too small a file."""
    line = _blur(line, random.uniform(0.3, 0.6) * stroke)
    fade = random.uniform(0.3, 0.85)
    line = random.uniform(195, 245) - (255.0 - line) * fade
    two_tone = random.random() < 0.3
    line = line if two_tone else _uneven_light(line, random)
    line += random.normal(0, random.uniform(3, 13), line.shape).astype(np.float32)
    shrink = random.uniform(0.55, 1.0)
    height, width = line.shape
    small = _resized(line, (max(8, round(shrink * width)), max(8, round(shrink * height))), cv2.INTER_AREA)
    line = _resized(_jpeg(small, int(random.uniform(18, 60))), (width, height), cv2.INTER_CUBIC)
    return _two_tone(line, random.uniform(0.5, 0.72)) if two_tone else line


def stroke_across(line: Ink, stroke: float, random: np.random.Generator) -> Ink:
    """Return the line with a pen stroke, the arc of a stamp or a smear of its ink across it."""
    height, width = line.shape
    layer = np.full_like(line, 255.0)
    tone = float(random.uniform(0, 150))
    chance = random.random()
    if chance < 0.5:
        steps = np.stack([random.normal(3, 6, 24), random.normal(0, 4, 24)], axis=1) * stroke
        points = np.cumsum(steps, axis=0) + np.array([random.uniform(0, width), random.uniform(0, height)])
        cv2.polylines(
            layer, [points.astype(np.int32)], False, tone, max(1, int(random.uniform(0.5, 1.6) * stroke)), cv2.LINE_AA
        )
    elif chance < 0.85:
        center = (int(random.uniform(0, width)), int(random.uniform(-2, 3) * height))
        radius = int(random.uniform(25, 60) * stroke)
        for ring in (radius, radius - int(random.uniform(2, 10) * stroke)):
            if ring > 0:
                cv2.circle(layer, center, ring, tone, max(1, int(random.uniform(0.6, 1.8) * stroke)), cv2.LINE_AA)
    else:
        left = int(random.uniform(0, width))
        layer[:, left : left + int(random.uniform(5, 60) * stroke)] = random.uniform(150, 225)
    layer = _blur(layer, 0.25 * stroke)
    return np.minimum(line, layer) if random.random() < 0.5 else line * layer / 255.0


def _blur(line: Ink, sigma: float) -> Ink:
    return cv2.GaussianBlur(line, (0, 0), sigma).astype(np.float32) if sigma > 0.15 else line


def _resized(line: Ink, size: tuple[int, int], by: int) -> Ink:
    return np.asarray(cv2.resize(line, size, interpolation=by), dtype=np.float32)


def _thicken(line: Ink, by: float) -> Ink:
    """Spread the ink (`by` up to 1), or eat it away (down to -1), by a part of a pixel: no stroke is lost whole."""
    kernel = np.ones((3, 3), np.uint8)
    moved = cv2.erode(line, kernel) if by > 0 else cv2.dilate(line, kernel)
    share = min(abs(by), 1.0) * (0.6 if by > 0 else 0.3)
    return np.asarray((1 - share) * line + share * moved, dtype=np.float32)


def _stretch(line: Ink, black: float, white: float) -> Ink:
    """Raise the contrast: what lies below and above these shares of the way from ink to paper becomes even."""
    low, high = _ink_and_paper(line)
    span = max(high - low, 1.0)
    return np.asarray(np.clip(((line - low) / span - black) / (white - black), 0.0, 1.0) * 255.0, dtype=np.float32)


def _ink_and_paper(line: Ink) -> tuple[float, float]:
    return float(np.percentile(line, 0.7)), float(np.percentile(line, 90))


def _two_tone(line: Ink, threshold: float) -> Ink:
    """Black and white, at a share of the way from the darkest to the paper, as G4 fax files are."""
    low, high = _ink_and_paper(line)
    return np.where(line > low + threshold * (high - low), np.float32(255), np.float32(0)).astype(np.float32)


def _uneven_light(line: Ink, random: np.random.Generator) -> Ink:
    ramp = np.linspace(random.uniform(0.85, 1.03), random.uniform(0.85, 1.03), line.shape[1], dtype=np.float32)
    return line * ramp[None, :]


def _show_through(line: Ink, stroke: float, random: np.random.Generator) -> Ink:
    """The back of the sheet: the line itself, mirrored and pale, a little off."""
    back = np.roll(line[:, ::-1], (int(random.normal(0, 6) * stroke), int(random.normal(0, 40) * stroke)), axis=(0, 1))
    return line - (float(np.percentile(line, 90)) - _blur(back, 0.5 * stroke)) * random.uniform(0.06, 0.22)


def _speckle(line: Ink, black: float, white: float, random: np.random.Generator) -> Ink:
    dots = random.random(line.shape)
    line = np.where(dots < black, np.float32(0), line)
    return np.where(dots > 1 - white, np.float32(255), line)


def _dirt(line: Ink, stroke: float, random: np.random.Generator) -> Ink:
    height, width = line.shape
    line = np.ascontiguousarray(line)
    for _ in range(random.poisson(width * height / (9000.0 * stroke * stroke))):
        center = (int(random.integers(width)), int(random.integers(height)))
        cv2.circle(line, center, max(0, int(random.uniform(0.1, 0.7) * stroke)), float(random.uniform(0, 120)), -1)
    return line


def _jpeg(line: Ink, quality: int) -> Ink:
    gray = np.clip(line, 0, 255).astype(np.uint8)
    packed = cv2.imencode(".jpg", gray, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), dtype=np.float32)
