"""One input of `bench/fuzz_parsers.py`, from its bytes to a record, in this process."""

from dataclasses import dataclass, field
from pathlib import Path

from core.errors import SarabanError
from core.limits import Limits
from core.settings import Settings
from ingest.recognition.tesseract import TesseractRecognizer
from pipeline.reading import read_document

_NOBODY = TesseractRecognizer("none", Path("/nonexistent"), "no engine")


@dataclass
class ParserRun:
    """Where inputs are written to, and how they are read."""

    folder: Path
    settings: Settings = field(default_factory=lambda: Settings(limits=Limits(page_cells=500, sheet_cells=2_000)))

    def try_input(self, data: bytes) -> None:
        """Read an input whose first byte says what it is.

        Raises:
            Exception: Anything but an error of ours, which is what is looked for.
        """
        path = self.folder / ("input.csv" if data[:1] == b"c" else "input.txt")
        path.write_bytes(data[1:])
        try:
            read_document(path, self.settings, _NOBODY)
        except SarabanError:
            return
