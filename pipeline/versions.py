"""What a stored result was made by: the recognizer, the options, and a digest of the very sources that read it.

A version that a person has to raise is a version that is forgotten. What reads is named by its bytes instead, so that a
change of one line makes every result that it touches due again, in a checkout and in an installed wheel alike.
"""

import functools
import hashlib
import importlib.util
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from core.fingerprint import fingerprint
from core.settings import Settings
from gazetteer.register import load as load_register
from ingest.recognition.recognizer import TextRecognizer
from ingest.sources.file_type import DATA_TYPES, TEXT_TYPES, MediaType
from models.confirmation import Confirmation

READING: Final = ("ingest", "thai", "models.ocr", "models.field")
"""Packages and modules that turn a file into pages."""
STAGES: Final = (
    *("parsers", "thai", "gazetteer", "rules", "models", "rounds.snapshot", "correspondence"),
    *("pipeline.reading", "pipeline.data_files", "pipeline.document_work"),
)
"""Packages and modules that turn pages into a checked record."""
_SOURCES: Final = (".py", ".onnx")
"""Sources, and the small model beside them; the recognizer names its own model, the register its own data."""
_DIGITS: Final = 12
"""Hexadecimal digits of a digest that are kept: 48 bits, enough for versions and short enough to be read out."""


@functools.cache
def digest_sources(*names: str) -> str:
    """Return the digest of the sources of packages and modules, none of which is imported for it.

    Args:
        names: Dotted names. Of a package, every source below it counts, by its name and its bytes.

    Raises:
        ModuleNotFoundError: There is no such package or module.
    """
    digest = hashlib.sha256()
    for name in names:
        for root, path in _find_sources(name):
            content = path.read_bytes()
            digest.update(f"{name}/{path.relative_to(root).as_posix()}:{len(content)}:".encode())
            digest.update(content)
    return digest.hexdigest()[:_DIGITS]


def reading_key(media_type: MediaType, recognizer: TextRecognizer) -> str:
    """Return what reads the pages of a kind of file; another value means that they must be read anew."""
    engine = recognizer.engine if media_type not in TEXT_TYPES | DATA_TYPES else media_type.value
    return f"{engine} / reading {digest_sources(*READING)}"


def engine_key(
    media_type: MediaType,
    recognizer: TextRecognizer,
    settings: Settings,
    confirmed: Sequence[Confirmation] = (),
    spoken: Iterable[str] = (),
) -> str:
    """Return what a stored document was made by and with which options; another value means it is out of date.

    Args:
        media_type: Of the file.
        recognizer: What reads pictures.
        settings: Limits, thresholds, rules and the office's own ledger of bodies.
        confirmed: Repairs of bodies' names that people confirmed.
        spoken: What a person said of tables, which nothing else depends on.
    """
    spoken = spoken if media_type in DATA_TYPES else ()
    return f"{reading_key(media_type, recognizer)} / {_stages_key(settings, confirmed, spoken)}"


def _stages_key(settings: Settings, confirmed: Sequence[Confirmation], spoken: Iterable[str]) -> str:
    options = fingerprint(
        settings.limits.of_reading(),
        str(settings.review_confidence),
        settings.rules.model_dump_json(),
        *(each.model_dump_json() for each in confirmed),
        *spoken,
    )[:8]
    register = load_register(settings.bodies).version
    return f"stages {digest_sources(*STAGES)} / register {register} / options {options}"


def _find_sources(name: str) -> Iterator[tuple[Path, Path]]:
    """Yield the folder that a package or module lies in with each of its sources, in the order of their names."""
    top, *inner = name.split(".")
    spec = importlib.util.find_spec(top)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(name)
    for location in spec.submodule_search_locations:
        root = Path(location)
        place = root.joinpath(*inner)
        module = place.with_suffix(".py") if inner else place
        if module.is_file():
            yield root, module
            continue
        if not place.is_dir():
            raise ModuleNotFoundError(name)
        for path in sorted(place.rglob("*")):
            if path.suffix in _SOURCES and path.is_file():
                yield root, path
