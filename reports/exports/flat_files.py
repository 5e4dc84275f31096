"""Flat tables to files: CSV and XLSX for people, JSON and Parquet for programs."""

import io
import json
from collections.abc import Callable
from typing import Final

from core.errors import Language, MissingToolError, UsageError
from core.suggestions import describe_choice
from reports.csv_safety import as_spreadsheet_csv
from reports.exports.flat_tables import FlatTable
from reports.report_layout import CellFormat, Digits
from reports.workbook_writer import WorkbookWriter


class ParquetError(MissingToolError):
    """pyarrow is not installed."""

    slug = "parquet.missing"
    th = "ยังไม่ได้ติดตั้งไลบรารีสำหรับ Parquet"
    en = "the library for Parquet is not installed"
    hint_th = "ติดตั้งด้วย pip install 'saraban[parquet]' หรือใช้ .csv .xlsx .json แทน"
    hint_en = "pip install 'saraban[parquet]', or use .csv, .xlsx or .json instead"


def _csv(records: FlatTable, language: Language, _digits: Digits) -> bytes:
    return as_spreadsheet_csv(records.headings(language), records.worded(language)).encode()


def _xlsx(records: FlatTable, language: Language, digits: Digits) -> bytes:
    book = WorkbookWriter(digits, records.heading)
    book.sheet(records.heading if language == "th" else records.name).table(records.table(language))
    return book.bytes()


def _json(records: FlatTable, _language: Language, _digits: Digits) -> bytes:
    lines = (json.dumps(each, ensure_ascii=False, default=str) for each in records.mappings())
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode()


def _parquet(records: FlatTable, _language: Language, _digits: Digits) -> bytes:
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise ParquetError from error
    types = {CellFormat.NUMBER: pa.int64(), CellFormat.PERCENT: pa.float64(), CellFormat.DATE: pa.date32()}
    schema = pa.schema([(fact.key, types.get(fact.kind, pa.string())) for fact in records.facts])
    stream = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist(list(records.mappings()), schema), stream)
    return stream.getvalue()


WRITERS: Final[dict[str, Callable[[FlatTable, Language, Digits], bytes]]] = {
    ".csv": _csv,
    ".xlsx": _xlsx,
    ".json": _json,
    ".parquet": _parquet,
}
"""What each suffix is written by."""


def as_file(records: FlatTable, suffix: str, language: Language = "th", digits: Digits = "arabic") -> bytes:
    """Return a flat table in the format of a suffix.

    Args:
        records: The table.
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
    return write(records, language, digits)
