"""The recognizer's own network on lines, run by onnxruntime: the weights of the `.traineddata`, without Tesseract.

Tesseract spends four fifths of its time on a line around the network; here it is the network alone, several lines at
once. Its text is that of Tesseract but for doubtful places: docs/adr/0021.
"""

import functools
import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata, resources
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ingest.pixels import GrayImage
from ingest.recognition.confidence_curve import ConfidenceCurve, calibrate, read_curve
from ingest.recognition.ctc_decoding import (
    NULL,
    SPACE,
    BestPath,
    Probabilities,
    decode_best_path,
    locate_characters,
)
from ingest.recognition.line_normalization import HEIGHT, STEP, normalize_line
from ingest.recognition.model_files import MissingModelError, read_digit_model, require_model
from ingest.recognition.recognizer import Glyph, unread

_BATCH = 4
"""Lines that are read at once. Measured: 4 take two thirds of the time that they take one by one, 16 no less than 4."""
_LEAST_HEIGHT, _WIDEST = 4, 12_000
"""Pixels of an image, and of a line as the network sees it, beyond which it is no line of text but a rule."""
_COLUMNS = 4_000
"""Pixels across, of lines as the network sees them, that are read at once, but one line at least; a line of a page has
700 to 1,800. What a network takes of memory follows them: 4 lines of 1,800 took 24 MB more, and no less time."""
_DARK_LINE = 0.70
"""Mean probability of its characters below which a line is read once more as white on black, as Tesseract does it."""

NormalLine = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class NetworkLine:
    """A line as a network saw it, its negative if that is what it could read, and what it says of it."""

    seen: NormalLine
    probabilities: Probabilities


@dataclass(frozen=True, slots=True)
class LineNetwork:
    """A `TextRecognizer`. It holds paths and numbers only; each process loads the network when it first reads.

    Attributes:
        model: The network, an ONNX file with its characters in it.
        engine: The versions of onnxruntime, model and curve, which key a result.
        curve: What a confidence is worth, measured by bench/confidence.py.
    """

    model: Path
    engine: str
    curve: ConfidenceCurve = ()

    def read_lines(self, images: Sequence[GrayImage], dpi: int) -> list[list[Glyph]]:  # noqa: ARG002 - of the protocol
        """Return the glyphs of each image, from left to right; the same whatever else is read beside it.

        Args:
            images: Each shows one line of text.
            dpi: Their resolution, which does not matter here: every line is scaled to one height.

        Raises:
            core.errors.MissingToolError: The network cannot be loaded.
        """
        network, glyphs = load_network(self.model), [unread() for _ in images]
        for number, line in self.read_normal_lines(images).items():
            path = decode_best_path(line.probabilities, network.step)
            texts = [network.characters[output] for output in path.outputs]
            confidences = [calibrate(float(probability), self.curve) for probability in path.probabilities]
            glyphs[number] = place_characters(path, texts, confidences, line.seen, images[number])
        return glyphs

    def read_normal_lines(self, images: Sequence[GrayImage]) -> dict[int, NetworkLine]:
        """Return what the network says of each image that may be a line of text, by its number.

        Raises:
            core.errors.MissingToolError: The network cannot be loaded.
        """
        network = load_network(self.model)
        lines = {number: normalize_line(image) for number, image in enumerate(images) if _is_line(image)}
        readings = network.read(lines)
        doubtful = [number for number, reading in readings.items() if _mean_certainty(reading) < _DARK_LINE]
        negatives = {number: normalize_line(255 - images[number]) for number in doubtful}
        for number, reading in network.read(negatives).items():
            if _mean_certainty(reading) > _mean_certainty(readings[number]):
                readings[number], lines[number] = reading, negatives[number]
        return {number: NetworkLine(lines[number], reading) for number, reading in readings.items()}


def place_characters(
    path: BestPath, texts: Sequence[str], confidences: Sequence[float], seen: NormalLine, image: GrayImage
) -> list[Glyph]:
    """Return the characters of a path as glyphs of the image of the line, without its spaces.

    Args:
        path: The outputs and where they stand.
        texts: What each says.
        confidences: How sure each is, 0 to 1.
        seen: The line as the network saw it.
        image: The line as it was cut out.
    """
    if not len(path.outputs):
        return []
    left, top, right, bottom = locate_characters(path, seen)
    height, width = image.shape
    across, down = seen.shape[1], seen.shape[0]
    # Rounded outwards.
    edges = left * width // across, top * height // down, -(-right * width // across), -(-bottom * height // down)
    is_space = path.outputs == SPACE
    after_space = np.append(True, is_space[:-1])
    rows = zip(np.stack(edges, axis=1).tolist(), texts, confidences, after_space, is_space, strict=True)
    return [
        Glyph(x0, y0, x1, y1, text, confidence, bool(spaced))
        for (x0, y0, x1, y1), text, confidence, spaced, space in rows
        if not space
    ]


def find_line_network(model: str, folder: Path | None = None) -> LineNetwork:
    """Return the recognizer to use, after checking that it is there.

    Args:
        model: Name of the `.onnx` file.
        folder: Folder that holds it; None for the one that ships with this package.

    Raises:
        MissingModelError: There is no such file.
    """
    folder = folder if folder is not None else Path(str(resources.files("ingest") / "tessdata"))
    file, measured = folder / f"{model}.onnx", folder / f"{model}.onnx.confidence.json"
    digest = hashlib.sha256(require_model(file))
    digest.update(read_digit_model())
    if measured.is_file():
        digest.update(measured.read_bytes())
    engine = f"onnxruntime {metadata.version('onnxruntime')} {model} {digest.hexdigest()[:8]}"
    return LineNetwork(file, engine, read_curve(measured))


class LoadedNetwork:
    """A network that is loaded.

    Attributes:
        characters: What its outputs stand for.
        step: Columns of a normal line for each output step.
    """

    def __init__(self, model: Path) -> None:
        # Wheels of 2026 tell their maker of every process and model, unless this stands before they are loaded.
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        import onnxruntime
        from onnxruntime.capi.onnxruntime_pybind11_state import Fail, InvalidArgument, InvalidGraph, InvalidProtobuf

        options = onnxruntime.SessionOptions()
        # A worker has one core. Every batch has another shape, so there is no pattern of memory to be found out.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_mem_pattern = False
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(
                model.read_bytes(), options, providers=["CPUExecutionProvider"]
            )
            says = self._session.get_modelmeta().custom_metadata_map
            self.characters = tuple(says["characters"].split("\n"))
            self.step, self._margin = int(says.get("step", STEP)), int(says.get("margin", 0))
        except (OSError, KeyError, Fail, InvalidArgument, InvalidGraph, InvalidProtobuf) as error:
            raise MissingModelError(f"{model.name}: {error}") from error

    def read(self, lines: Mapping[int, NormalLine]) -> dict[int, Probabilities]:
        """Return the probabilities for each line, steps × characters; lines of like width are read at once."""
        found: dict[int, Probabilities] = {}
        order = sorted(lines, key=lambda number: lines[number].shape[1])
        while order:
            # Long lines gain least from company.
            count = min(max(_COLUMNS // lines[order[-1]].shape[1], 1), _BATCH, len(order))
            numbers = [order.pop() for _ in range(count)]
            widths = [lines[number].shape[1] for number in numbers]
            # Zeros are what the convolution sees beyond the end of a line that is read alone. Where several follow one
            # another, they are laid behind the longest line too, as far as its last step sees.
            batch = np.zeros((len(numbers), 1, HEIGHT, max(widths) + self._margin), np.float32)
            for row, number, width in zip(batch, numbers, widths, strict=True):
                row[0, :, :width] = lines[number]
            steps = np.array(widths, np.int32) // self.step
            probabilities = self._session.run(None, {"lines": batch, "steps": steps})[0]
            for place, number in enumerate(numbers):
                found[number] = probabilities[: steps[place], place]
        return found


@functools.cache
def load_network(model: Path) -> LoadedNetwork:
    """Return a network, which is loaded once in a process.

    Raises:
        core.errors.MissingToolError: It cannot be loaded.
    """
    return LoadedNetwork(model)


def _is_line(image: GrayImage) -> bool:
    height, width = image.shape
    return bool(height >= _LEAST_HEIGHT and 0 < width * HEIGHT / height <= _WIDEST)


def _mean_certainty(reading: Probabilities) -> float:
    """Return the mean probability of the steps that name a character; 0.0 where none does, as on a negative."""
    named = reading.argmax(axis=1) != NULL
    return float(reading[named].max(axis=1).mean()) if named.any() else 0.0
