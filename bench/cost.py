"""CPU of reading documents against one plain Tesseract TSV pass over the same pictures with the same model.

    python bench/cost.py [FILE or FOLDER …] [--rounds 3] [--stages]
    python bench/cost.py --ornaments

Paired: each round runs ours and the plain pass in turn, and the ratio is of CPU seconds of the whole process tree
(user and system, this process and its children). The plain pass gets the pictures as they are embedded or rendered,
with its default page segmentation. Without arguments a fixture of 200 dpi in gray is measured; real scans that one
keeps oneself, of 300 dpi and in color, say more. `--stages` tells by package where the CPU went, under a profiler,
which makes small functions look dearer than they are. Peak memory is that of a process that reads one document only.
"""

import argparse
import cProfile
import multiprocessing
import pstats
import resource
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import numpy as np

from bench.ornamented_pages import save_pages
from core.settings import Settings
from ingest.page_reader import PageTask, describe, read_page
from ingest.recognition.recognizer import TextRecognizer
from ingest.recognition.tesseract import TesseractRecognizer, find_recognizer, read_files, save_pgm
from ingest.sources.file_type import MediaType
from ingest.sources.page_loading import load_frame, load_pdf_page
from pipeline.reading import build_recognizer, read_document

ROOT = Path(__file__).parent.parent
_WHOLE_PAGE = 3
"""Tesseract's own page segmentation."""
_KINDS = (".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff")


def main() -> None:
    """Measure and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=[ROOT / "fixtures/round1/office-200.pdf"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--stages", action="store_true", help="a profile by package instead of ratios")
    parser.add_argument("--ornaments", action="store_true", help="drawn pages with ornaments against the same without")
    arguments = parser.parse_args()
    settings = Settings()
    recognizer, plain_recognizer = build_recognizer(settings), find_recognizer(settings.recognizer, settings.tessdata)
    files = list(_find_files(arguments.files))
    read_document(ROOT / "fixtures/shapes/names.tif", settings, recognizer)  # warm up: imports, register, disk cache
    if arguments.ornaments:
        _print_ornaments(settings, recognizer)
        return
    if arguments.stages:
        _print_stages(files, settings, recognizer)
        return
    totals, ratios = np.zeros(2), list[float]()
    for file in files:
        pages, rounds = describe(file, settings.limits).pages, []
        for _ in range(arguments.rounds):
            ours, plain = _measure_ours(file, settings, recognizer), _measure_plain(file, settings, plain_recognizer)
            totals += np.array([ours, plain])
            rounds.append((ours / plain, ours / pages, plain / pages))
        ratio, ours, plain = sorted(rounds)[len(rounds) // 2]
        ratios.append(ratio)
        print(
            f"{file.name}: {pages} pages, ours {ours:.2f} s/page, plain {plain:.2f} s/page, ratio {ratio:.2f}, "
            f"peak {_measure_peak(file):.0f} MB",
            flush=True,
        )
    print(
        f"{len(files)} files, {arguments.rounds} rounds: ratio of all {totals[0] / totals[1]:.2f}, "
        f"median {statistics.median(ratios):.2f}, worst {max(ratios):.2f}"
    )


def _find_files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(file for file in path.iterdir() if file.suffix.lower() in _KINDS)
        else:
            yield path


def _measure_ours(file: Path, settings: Settings, recognizer: TextRecognizer) -> float:
    before = cpu()
    read_document(file, settings, recognizer)
    return cpu() - before


def _measure_plain(file: Path, settings: Settings, recognizer: TesseractRecognizer) -> float:
    source = describe(file, settings.limits)
    load = load_pdf_page if source.media_type == MediaType.PDF else load_frame
    spent = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(1, source.pages + 1):
            page = load(file, number, settings.limits)
            picture = save_pgm(page.gray, Path(folder) / f"{number}.pgm")
            before = cpu()
            read_files([picture], recognizer, segmentation=_WHOLE_PAGE, dpi=page.dpi)
            spent += cpu() - before
    return spent


def _measure_peak(file: Path) -> float:
    """Return the most memory, in MB, that a process of its own holds while it reads a document."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_read_alone, file).result()


def _read_alone(file: Path) -> float:
    settings = Settings()
    read_document(file, settings, build_recognizer(settings))
    # Of this process alone: `ru_maxrss` begins with what the process that began it held.
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def _print_ornaments(settings: Settings, recognizer: TextRecognizer) -> None:
    """Print of drawn pages how many times the plain one they cost, and the share of its words that is read of them."""
    plain = OrnamentedReading(0.0, frozenset(), 0, ())
    with tempfile.TemporaryDirectory() as folder:
        for number, path in enumerate(save_pages(Path(folder))):
            found = read_ornamented(path, settings, recognizer)
            plain = found if number == 0 else plain
            print(
                f"{path.stem}: {found.seconds:.1f} s, {found.seconds / plain.seconds:.1f} times, words "
                f"{len(plain.words & found.words) / len(plain.words):.2f}, {found.cells} cells, {found.prepared}",
                flush=True,
            )


@dataclass(frozen=True)
class OrnamentedReading:
    """What a drawn page cost in CPU seconds, its words, how many cells were read, and what was done to it."""

    seconds: float
    words: frozenset[str]
    cells: int
    prepared: tuple[str, ...]


def read_ornamented(path: Path, settings: Settings, recognizer: TextRecognizer) -> OrnamentedReading:
    """Read one drawn page."""
    before = cpu()
    page = read_page(PageTask(path, MediaType.PNG, 1, recognizer, settings.limits)).page
    spent = cpu() - before
    words = frozenset(word.text for line in page.lines for word in line.words)
    return OrnamentedReading(spent, words, sum(len(grid.cells) for grid in page.grids), page.prepared)


def _print_stages(files: Iterable[Path], settings: Settings, recognizer: TextRecognizer) -> None:
    """Print the CPU seconds of our packages, each with the libraries that it called, and of the recognizer."""
    for file in files:
        profile, children = cProfile.Profile(time.process_time), resource.getrusage(resource.RUSAGE_CHILDREN)
        profile.runcall(read_document, file, settings, recognizer)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent: dict[str, float] = defaultdict(float)
        for (place, _, _), (_, _, own, _, callers) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
            if (stage := _find_stage(place)) is not None:
                spent[stage] += own
                continue
            for (caller, _, _), (_, _, share, _) in callers.items():
                spent[_find_stage(caller) or "other libraries"] += share
        spent["recognizer"] += after.ru_utime + after.ru_stime - children.ru_utime - children.ru_stime
        print(file.name)
        for stage, seconds in sorted(spent.items(), key=lambda item: -item[1])[:16]:
            print(f"  {seconds:6.2f} s  {stage}")


def _find_stage(place: str) -> str | None:
    """Return the package of ours that a source file belongs to, or None."""
    if not place.startswith(str(ROOT)) or "site-packages" in place:
        return None
    return str(Path(place).relative_to(ROOT).parent)


def cpu() -> float:
    """Return the CPU seconds so far of this process and of its finished children."""
    spent = 0.0
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        usage = resource.getrusage(who)
        spent += usage.ru_utime + usage.ru_stime
    return spent


if __name__ == "__main__":
    main()
