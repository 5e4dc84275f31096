"""Parsers of texts and tables, given bytes that a coverage-guided fuzzer grows: `pip install atheris`.

    python -m bench.fuzz_parsers [--seconds 60] [FOLDER]

FOLDER keeps the inputs that reach something new, so that a later run goes on from them; without it they begin with
fixtures. Each input is a text or a CSV file and goes the way of an import in this process, from its bytes to a record.
It must end as a record or as one of our own errors; anything else ends the run, and its input is written beside.
`bench/fuzz.py` damages files of all kinds at random, in workers.
"""

import argparse
import contextlib
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any, Final

_FIXTURES: Final = Path(__file__).parents[1] / "fixtures"
_SEEDS: Final = (
    "cases/h07-announcement.txt",
    "cases/h39-total-row.csv",
    "seed-like/ocr.txt",
    "seed-like/ocr-tis620.txt",
)
_LONGEST: Final = 4_000
"""Bytes of an input: more finds nothing that these do not, and is slower."""
_INSTRUMENTED: Final = ["ingest.sources", "parsers", "thai", "gazetteer.reconcile", "pipeline.data_files"]


def main() -> None:
    """Fuzz until the time is up, or something ends as it must not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--seconds", type=int, default=60)
    arguments = parser.parse_args()
    try:
        atheris: Any = import_module("atheris")
    except ModuleNotFoundError:
        sys.exit("atheris is not here: pip install atheris")
    with atheris.instrument_imports(include=_INSTRUMENTED):
        reading = import_module("bench.parser_run")
    with tempfile.TemporaryDirectory() as name:
        corpus = arguments.folder or Path(name) / "corpus"
        corpus.mkdir(parents=True, exist_ok=True)
        for seed in _SEEDS:
            kind = b"c" if seed.endswith(".csv") else b"t"
            (corpus / Path(seed).name).write_bytes(kind + (_FIXTURES / seed).read_bytes()[: _LONGEST - 1])
        run = reading.ParserRun(Path(name))
        options = [
            sys.argv[0],
            str(corpus),
            f"-max_total_time={arguments.seconds}",
            f"-max_len={_LONGEST}",
            "-timeout=60",
        ]
        atheris.Setup(options, run.try_input)
        with contextlib.suppress(SystemExit):
            atheris.Fuzz()


if __name__ == "__main__":
    main()
