"""CPU of reading a document against one plain Tesseract TSV pass over the same pictures with the same model.

    python bench/cost.py [FILE] [--rounds 3]

Paired: each round runs ours and the plain pass in turn, and the ratio is of CPU seconds of the whole process tree
(user and system, this process and its children). The plain pass gets the pictures as they are embedded or rendered,
with its default page segmentation.
"""

import argparse
import resource
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from core.settings import Settings
from ingest.recognition.tesseract import read_pictures
from ingest.sources import page_image
from pipeline.reading import read_document, recognizer_of

ROOT = Path(__file__).parent.parent


def main() -> None:
    """Measure and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=ROOT / "fixtures/round1/office-200.pdf")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    settings = Settings()
    recognizer = recognizer_of(settings)
    read_document(arguments.file, settings, recognizer)  # warm up: imports, register, disk cache
    ratios = []
    with tempfile.TemporaryDirectory() as folder:
        pictures = []
        import pikepdf

        with pikepdf.open(arguments.file) as pdf:
            pages = len(pdf.pages)
        for number in range(1, pages + 1):
            page = page_image.load_pdf_page(arguments.file, number, settings.limits)
            pictures.append((page_image.save(page.gray, Path(folder) / f"{number}.pgm"), page.dpi))
        for _ in range(arguments.rounds):
            before = cpu()
            read_document(arguments.file, settings, recognizer)
            ours = cpu() - before
            before = cpu()
            for file, dpi in pictures:
                read_pictures([file], recognizer, segmentation=3, dpi=dpi, seconds=300)
            plain = cpu() - before
            ratios.append(ours / plain)
            print(f"ours {ours / pages:.2f} s/page, plain {plain / pages:.2f} s/page, ratio {ours / plain:.2f}")
    print(f"median ratio {statistics.median(ratios):.2f} over {arguments.rounds} rounds, {pages} pages")


def cpu() -> float:
    """Return the CPU seconds so far of this process and of its finished children."""
    spent = 0.0
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        usage = resource.getrusage(who)
        spent += usage.ru_utime + usage.ru_stime
    return spent


if __name__ == "__main__":
    main()
