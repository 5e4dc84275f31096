"""Pictures of every report and register as it is printed, at its real size: to be looked at, and for the documentation.

    python -m bench.report_pictures ARCHIVE FOLDER [--dpi 75] [--office NAME --code CODE]

The archive holds two rounds of an annex, and letters. Word documents and workbooks are laid out by LibreOffice, pages
of the web by Chromium; what is not installed is left out and told of. Says of each how many pages it has, which of them
are less than half full, and how large its smallest type is.
"""

import argparse
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pdfplumber
import pypdfium2

from core.office import OfficeSettings
from pipeline.comparing import ReportOptions, choose_rounds, compare_rounds, write_report
from pipeline.exporting import write_register
from store.archive import Archive

_REPORTS = (".pdf", ".docx", ".xlsx", ".html")
_HALF = 0.5
"""Share of a page down to which there is ink: less is half empty. The last page may be."""
_WHITE = 250


def make_papers(archive: Archive, office: OfficeSettings, folder: Path) -> Iterator[Path]:
    """Write every report and register into a folder."""
    pair = choose_rounds(archive, None, None, latest=True)
    comparison = compare_rounds(pair, force=True)
    for suffix in _REPORTS:
        yield from write_report(archive, comparison, folder / f"report{suffix}", ReportOptions(office=office))
    for which in ("received", "sent"):
        for suffix in (".pdf", ".xlsx"):
            path = folder / f"register-{which}{suffix}"
            write_register(archive, which, path, office)
            yield path


def print_paper(path: Path) -> Path | None:
    """Return a paper as PDF, as the program that people open it with prints it; None where that is not installed."""
    printed = path.with_name(f"{path.stem}-{path.suffix[1:]}.pdf")
    if path.suffix == ".pdf":
        return Path(shutil.copy(path, printed))
    tool = shutil.which("chromium" if path.suffix == ".html" else "soffice")
    if tool is None:
        print(f"{path.name}: not printed, there is no program for it")
        return None
    if path.suffix == ".html":
        command = [tool, "--headless", "--no-sandbox", "--no-pdf-header-footer", f"--print-to-pdf={printed}", str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603 - a fixed command
        return printed
    with tempfile.TemporaryDirectory() as folder:
        command = [tool, "--headless", "--convert-to", "pdf", "--outdir", folder, str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603 - a fixed command
        shutil.move(Path(folder) / f"{path.stem}.pdf", printed)
    return printed


def describe_paper(printed: Path) -> str:
    """Say how many pages a paper has, which are half empty, and how large its smallest type is."""
    pages = pypdfium2.PdfDocument(printed)
    filled = []
    for page in pages:
        ink = np.asarray(page.render(scale=0.5).to_pil().convert("L")) < _WHITE
        rows = np.flatnonzero(ink[: int(0.93 * len(ink))].any(axis=1))  # a page number at the foot fills no page
        filled.append(rows[-1] / len(ink) if len(rows) else 0.0)
    empty = [str(number) for number, share in enumerate(filled[:-1], start=1) if share < _HALF]
    with pdfplumber.open(printed) as pdf:
        sizes = [char["size"] for page in pdf.pages for char in page.chars if char["top"] < 0.93 * float(page.height)]
    half = f"half empty: {', '.join(empty)}" if empty else "none half empty"
    return f"{printed.name}: {len(filled)} pages, {half}, type from {min(sizes, default=0):.1f} points"


def main() -> None:
    """Make the papers of an archive, print them, and draw their pages."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("archive", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--dpi", type=float, default=75)
    parser.add_argument("--office", default="ที่ทำการปกครองจังหวัดตัวอย่าง")
    parser.add_argument("--code", default="มท 0810")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    office = OfficeSettings(names=(asked.office,), codes=(asked.code,), telephone="0 0000 0000")
    with Archive.open(asked.archive) as archive, tempfile.TemporaryDirectory() as name:
        for path in make_papers(archive, office, Path(name)):
            printed = print_paper(path)
            if printed is None:
                continue
            print(describe_paper(printed))
            for number, page in enumerate(pypdfium2.PdfDocument(printed), start=1):
                page.render(scale=asked.dpi / 72).to_pil().save(asked.folder / f"{printed.stem}-{number:02}.png")


if __name__ == "__main__":
    main()
