"""One of the tools that people use instead, on one PDF or picture: its text and its tables, as JSON.

    PYTHON bench/peer_tools.py tesseract|ocrmypdf|img2table|pdfplumber FILE [--model tha --tessdata FOLDER] [--pages 1]

It imports nothing of Saraban and runs in an environment of its own (`pip install ocrmypdf img2table pdfplumber`), so
that neither side changes the libraries of the other. Each tool is set as its manual advises for scans; what is set is
beside it below. CPU seconds are those of the process and its children after the imports, which a user pays once.
"""

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib import import_module, metadata
from pathlib import Path
from typing import Any, TypedDict

Table = list[list[str]]
_STOCK_CONFIGS = ("configs", "tessconfigs", "pdf.ttf")


class Answer(TypedDict):
    """What a tool said: `pages` are texts in order, `tables` those of all pages in order."""

    versions: str
    cpu_seconds: float
    pages: list[str]
    tables: list[Table]


class Options(TypedDict):
    """The language that Tesseract reads, the folder of its model (None: the system's), how many pages (0: all)."""

    model: str
    tessdata: Path | None
    pages: int


def main() -> None:
    """Run one tool and print its answer."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tool", choices=sorted(TOOLS))
    parser.add_argument("file", type=Path)
    parser.add_argument("--model", default="tha")
    parser.add_argument("--tessdata", type=Path)
    parser.add_argument("--pages", type=int, default=0, help="only so many from the first on")
    arguments = parser.parse_args()
    os.environ["OMP_THREAD_LIMIT"] = "1"
    modules, tool = TOOLS[arguments.tool]
    try:
        for module in modules:
            import_module(module)
    except ModuleNotFoundError as error:
        sys.exit(f"{arguments.tool} is not here ({error.name}): pip install ocrmypdf img2table pdfplumber")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        options = Options(model=arguments.model, tessdata=_complete(arguments.tessdata, folder), pages=arguments.pages)
        file = arguments.file if arguments.tool == "tesseract" else _as_pdf(arguments.file, folder)
        before = _cpu()
        pages, tables = tool(file, folder, options)
        spent = _cpu() - before
    versions = ", ".join(f"{module} {metadata.version(module)}" for module in modules) or _tesseract_version()
    json.dump(Answer(versions=versions, cpu_seconds=spent, pages=pages, tables=tables), sys.stdout, ensure_ascii=False)


def tesseract(file: Path, folder: Path, options: Options) -> tuple[list[str], list[Table]]:
    """Read the text with default page segmentation; a PDF is rendered at the resolution of its scan first."""
    files = [file]
    if file.suffix == ".pdf":
        last = ["-l", str(options["pages"])] if options["pages"] else []
        _run("pdftoppm", "-r", str(_resolution(file)), *last, str(file), str(folder / "page"))
        files = sorted(folder.glob("page*.ppm"))
    where = ["--tessdata-dir", str(options["tessdata"])] if options["tessdata"] else []
    texts = [_run("tesseract", str(picture), "-", "-l", options["model"], *where) for picture in files]
    return [page for text in texts for page in text.rstrip("\f\n").split("\f")], []


def ocrmypdf(file: Path, folder: Path, options: Options) -> tuple[list[str], list[Table]]:
    """Make a searchable PDF (deskewed), take its text from Tesseract's own sidecar, its tables with pdfplumber."""
    tool = import_module("ocrmypdf")
    if options["tessdata"]:
        os.environ["TESSDATA_PREFIX"] = str(options["tessdata"])
    made, sidecar = folder / "searchable.pdf", folder / "text.txt"
    tool.ocr(
        file,
        made,
        language=[options["model"]],
        pages=f"1-{options['pages']}" if options["pages"] else None,
        sidecar=sidecar,
        deskew=True,
        skip_text=True,
        output_type="pdf",
        jobs=1,
        use_threads=True,
        progress_bar=False,
    )
    texts, tables = pdfplumber(made, folder, options)
    read = sidecar.read_text("utf-8").split("\f")
    return [text if "OCR skipped" in page else page for page, text in zip(read, texts, strict=False)], tables


def ocrmypdf_command(file: Path, folder: Path, options: Options) -> tuple[list[str], list[Table]]:
    """Run the command as a user would who only names the language, and take the text of its sidecar."""
    if options["tessdata"]:
        os.environ["TESSDATA_PREFIX"] = str(options["tessdata"])
    made, sidecar = folder / "searchable.pdf", folder / "text.txt"
    pages = ["--pages", f"1-{options['pages']}"] if options["pages"] else []
    command = str(Path(sys.executable).with_name("ocrmypdf"))
    _run(command, "-l", options["model"], "--sidecar", str(sidecar), *pages, str(file), str(made))
    texts, tables = pdfplumber(made, folder, options)
    read = sidecar.read_text("utf-8").split("\f")
    return [text if "OCR skipped" in page else page for page, text in zip(read, texts, strict=False)], tables


def img2table(file: Path, _folder: Path, options: Options) -> tuple[list[str], list[Table]]:
    """Find tables, ruled or not, on pages that it turns upright, and read their cells."""
    document, reader = import_module("img2table.document"), import_module("img2table.ocr")
    ocr = reader.TesseractOCR(lang=options["model"], tessdata_dir=str(options["tessdata"] or "") or None)
    pages = list(range(options["pages"])) or None
    pdf = document.PDF(file, pages=pages, detect_rotation=True, pdf_text_extraction=False)
    found = pdf.extract_tables(ocr=ocr, borderless_tables=True)
    tables = [
        # words that it has no text for come out as the word None
        [[re.sub(r"\bNone\b", "", cell.value or "") for cell in row] for row in table.content.values()]
        for page in sorted(found)
        for table in found[page]
    ]
    return [], tables


def pdfplumber(file: Path, _folder: Path, options: Options) -> tuple[list[str], list[Table]]:
    """Take text and tables of a PDF that has its text."""
    texts, tables = [], []
    with import_module("pdfplumber").open(file) as pdf:
        for page in pdf.pages[: options["pages"] or None]:
            texts.append(page.extract_text() or "")
            tables += [[[cell or "" for cell in row] for row in table] for table in page.extract_tables()]
    return texts, tables


Tool = Callable[[Path, Path, Options], tuple[list[str], list[Table]]]
TOOLS: dict[str, tuple[tuple[str, ...], Tool]] = {
    "tesseract": ((), tesseract),
    "ocrmypdf": (("ocrmypdf", "pdfplumber"), ocrmypdf),
    "ocrmypdf-command": (("ocrmypdf", "pdfplumber"), ocrmypdf_command),
    "img2table": (("img2table",), img2table),
    "pdfplumber": (("pdfplumber",), pdfplumber),
}


def _as_pdf(file: Path, folder: Path) -> Path:
    """Return the file, or its pictures in a PDF, unchanged, which two of the tools cannot do without."""
    if file.suffix == ".pdf":
        return file
    img2pdf = import_module("img2pdf")
    sized = img2pdf.get_layout_fun((img2pdf.mm_to_pt(210), img2pdf.mm_to_pt(297)))
    made = folder / f"{file.stem}.pdf"
    made.write_bytes(img2pdf.convert(str(file), layout_fun=sized))
    return made


def _complete(tessdata: Path | None, folder: Path) -> Path | None:
    """Return a folder that has the models and, beside them, the output settings that the tools ask Tesseract for."""
    if tessdata is None:
        return None
    system = Path(_run("tesseract", "--list-langs").split('"')[1])
    for file in (*tessdata.glob("*.traineddata"), *(system / name for name in _STOCK_CONFIGS)):
        (folder / file.name).symlink_to(file.absolute())
    return folder


def _resolution(file: Path) -> int:
    """Return the dots an inch of the largest picture on the first page; 300 where there is none."""
    with import_module("pdfplumber").open(file) as pdf:
        across: list[Any] = [72 * image["srcsize"][0] / float(image["width"]) for image in pdf.pages[0].images]
    return round(max(across, default=300))


def _tesseract_version() -> str:
    return _run("tesseract", "--version").splitlines()[0]


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout  # noqa: S603 - our own words


def _cpu() -> float:
    spent = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in spent)


if __name__ == "__main__":
    main()
