"""Flat tables to files: CSV and XLSX for people, JSON and Parquet for programs."""

import json
from collections.abc import Callable
from itertools import islice
from typing import IO, Final

from core.errors import Language, MissingToolError, UsageError
from core.suggestions import describe_choice
from reports.csv_safety import iterate_spreadsheet_csv
from reports.exports.flat_tables import FlatTable
from reports.report_layout import CellFormat, Digits
from reports.workbook_writer import WorkbookWriter

_ROWS_AT_ONCE: Final = 10_000
"""Rows of one group of a Parquet file."""


class ParquetError(MissingToolError):
    """pyarrow is not installed."""

    slug = "parquet.missing"
    th = "ยังไม่ได้ติดตั้งไลบรารีสำหรับ Parquet"
    en = "the library for Parquet is not installed"
    hint_th = "ติดตั้งด้วย pip install 'saraban[parquet]' หรือใช้ .csv .xlsx .json แทน"
    hint_en = "pip install 'saraban[parquet]', or use .csv, .xlsx or .json instead"


def _csv(records: FlatTable, file: IO[bytes], language: Language, _digits: Digits) -> None:
    lines = iterate_spreadsheet_csv(records.headings(language), records.worded(language))
    file.writelines(line.encode() for line in lines)


def _xlsx(records: FlatTable, file: IO[bytes], language: Language, digits: Digits) -> None:
    book = WorkbookWriter(digits, records.heading)
    book.sheet(records.heading if language == "th" else records.name).table(records.table(language))
    file.write(book.bytes())


def _json(records: FlatTable, file: IO[bytes], _language: Language, _digits: Digits) -> None:
    file.write(b"[\n")
    for number, row in enumerate(records.mappings()):
        text = json.dumps(row, ensure_ascii=False, default=str)
        file.write((f",\n{text}" if number else text).encode())
    file.write(b"\n]\n")


def _parquet(records: FlatTable, file: IO[bytes], _language: Language, _digits: Digits) -> None:
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise ParquetError from error
    types = {CellFormat.NUMBER: pa.int64(), CellFormat.PERCENT: pa.float64(), CellFormat.DATE: pa.date32()}
    schema = pa.schema([(fact.key, types.get(fact.kind, pa.string())) for fact in records.facts])
    rows = records.mappings()
    with parquet.ParquetWriter(file, schema) as writer:
        while part := list(islice(rows, _ROWS_AT_ONCE)):
            writer.write_table(pa.Table.from_pylist(part, schema))


WRITERS: Final[dict[str, Callable[[FlatTable, IO[bytes], Language, Digits], None]]] = {
    ".csv": _csv,
    ".xlsx": _xlsx,
    ".json": _json,
    ".parquet": _parquet,
}
"""What each suffix is written by; all but a workbook row by row, in the memory of a few."""


def write_table(
    records: FlatTable, file: IO[bytes], suffix: str, language: Language = "th", digits: Digits = "arabic"
) -> None:
    """Write a flat table in the format of a suffix.

    Args:
        records: The table.
        file: Where to.
        suffix: One of `WRITERS`, with its point.
        language: Of headings and words in CSV and XLSX; JSON and Parquet have stable keys and codes.
        digits: Those that XLSX shows numbers and dates in.

    Raises:
        UsageError: The suffix is none of them.
        ParquetError: pyarrow is not installed.
    """
    write = WRITERS.get(suffix.lower())
    if write is None:
        raise UsageError(*describe_choice(suffix, WRITERS))
    write(records, file, language, digits)
