"""Two networks as one recognizer: the first reads every line, the second what must not be wrong.

What the second is worth, and what was tried in its place: docs/adr/0030.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ingest.pixels import GrayImage
from ingest.recognition.confidence_curve import calibrate
from ingest.recognition.ctc_decoding import SPACE, BestPath, Probabilities, decode_best_path
from ingest.recognition.joint_confidence import JointConfidence, read_joint_confidence
from ingest.recognition.joint_decoding import JointCharacter, NetworkReading, Spelling, decode_jointly
from ingest.recognition.line_network import (
    LineNetwork,
    LoadedNetwork,
    NetworkLine,
    find_line_network,
    load_network,
    place_characters,
)
from ingest.recognition.model_files import MissingModelError
from ingest.recognition.recognizer import Glyph, unread
from thai import lexicon

SECOND_NETWORK = "compact"
"""Name of the network that reads a second time."""
_SURE = 0.95
"""Confidence of its least sure character from which a line without digits is read once only."""


@dataclass(frozen=True, slots=True)
class CascadeRecognizer:
    """A `TextRecognizer` made of two networks.

    Attributes:
        first: Reads every line.
        second: Reads again the lines with digits, and those that the first is not sure of.
        confidence: What the two readings are worth together.
        engine: The versions of all of it, which key a result.
    """

    first: LineNetwork
    second: LineNetwork
    confidence: JointConfidence
    engine: str

    def read_lines(self, images: Sequence[GrayImage], dpi: int) -> list[list[Glyph]]:  # noqa: ARG002 - of the protocol
        """Return the glyphs of each image, from left to right; what was read otherwise the second time has both.

        Raises:
            core.errors.MissingToolError: One of the networks cannot be loaded.
        """
        network, other = load_network(self.first.model), load_network(self.second.model)
        lines = self.first.read_normal_lines(images)
        readings = {number: build_reading(line.probabilities, network.step) for number, line in lines.items()}
        again = [number for number, reading in readings.items() if self._matters(reading.path, network)]
        second = other.read({number: lines[number].seen for number in again})
        spelling = Spelling(network.characters, self.confidence.spelling)
        glyphs = [unread() for _ in images]
        for number, line in lines.items():
            if number in second:
                reading = build_reading(second[number], other.step)
                characters = decode_jointly(readings[number], reading, self.confidence.weight, spelling)
                glyphs[number] = self._place(characters, line, images[number], network)
            else:
                glyphs[number] = self._read_once(line, readings[number].path, images[number], network)
        return glyphs

    def _matters(self, path: BestPath, network: LoadedNetwork) -> bool:
        if any(network.characters[output].isdigit() for output in path.outputs):
            return True
        letters = path.probabilities[path.outputs != SPACE]
        return not len(letters) or calibrate(float(letters.min()), self.first.curve) < _SURE

    def _read_once(self, line: NetworkLine, path: BestPath, image: GrayImage, network: LoadedNetwork) -> list[Glyph]:
        texts = [network.characters[output] for output in path.outputs]
        confidences = [calibrate(float(probability), self.first.curve) for probability in path.probabilities]
        return place_characters(path, texts, confidences, line.seen, image)

    def _place(
        self, characters: Sequence[JointCharacter], line: NetworkLine, image: GrayImage, network: LoadedNetwork
    ) -> list[Glyph]:
        middles = order_middles([each.middle for each in characters], line.seen.shape[1])
        outputs = np.array([each.output for each in characters], np.int64)
        path = BestPath(outputs, middles, np.array([each.probability for each in characters], np.float32))
        texts = [network.characters[output] for output in outputs]
        glyphs = place_characters(path, texts, [self.confidence.judge(each) for each in characters], line.seen, image)
        others = [each.other for each in characters if each.output != SPACE]
        return [
            glyph if other is None else replace(glyph, other=_spell(other, network))
            for glyph, other in zip(glyphs, others, strict=True)
        ]


def order_middles(middles: Sequence[int], width: int) -> npt.NDArray[np.int64]:
    """Return where characters stand on a line, each a column at least behind the one before.

    The two networks place a character a few columns apart, so that one may seem to stand before its neighbor.

    Args:
        middles: Where each network has those that it reads, in pixels; no more than the line has columns.
        width: Of the line, in pixels.
    """
    places = np.arange(len(middles))
    rising = np.maximum.accumulate(np.array(middles, np.int64) - places) + places
    return np.asarray(np.minimum(rising, width - len(middles) + places))


def _spell(outputs: Sequence[int], network: LoadedNetwork) -> str:
    return "".join(network.characters[output] for output in outputs if output != SPACE)


def build_reading(probabilities: Probabilities, step: float) -> NetworkReading:
    """Return a reading with its best path."""
    return NetworkReading(probabilities, decode_best_path(probabilities, step), step)


def find_cascade(model: str, folder: Path | None = None) -> CascadeRecognizer:
    """Return the recognizer to use, after checking that both networks are there and know the same characters.

    Args:
        model: Name of the first network.
        folder: Folder that holds both; None for the one that ships with this package.

    Raises:
        MissingModelError: A file is missing or not whole, or the two do not belong together.
    """
    first, second = find_line_network(model, folder), find_line_network(SECOND_NETWORK, folder)
    measured = first.model.with_suffix(f".{SECOND_NETWORK}.confidence.json")
    try:
        confidence = read_joint_confidence(measured)
    except (OSError, KeyError, ValueError) as error:
        raise MissingModelError(f"{measured.name} ({measured.parent})") from error
    if load_network(first.model).characters != load_network(second.model).characters:
        raise MissingModelError(f"{first.model.name}, {second.model.name}: other characters")
    parts = (first.engine.encode(), second.engine.encode(), measured.read_bytes(), lexicon.digest_words().encode())
    digest = hashlib.sha256(b" ".join(parts)).hexdigest()[:8]
    engine = f"onnxruntime {metadata.version('onnxruntime')} {model}+{SECOND_NETWORK} {digest}"
    return CascadeRecognizer(first, second, confidence, engine)
