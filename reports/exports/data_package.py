"""An annex as a Frictionless data package: its rows as CSV, and what each column means, in one zip file.

A catalogue such as CKAN reads `datapackage.json`; the keys under `x-dga` are those that the open data of Thai agencies
is described by. What the annex does not say (contact, license) is left for the office to add.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from models.annex import Annex, BodyKind, ColumnKind, Row, Status
from models.document import Document
from reports.csv_safety import as_plain_csv
from reports.exports.flat_tables import JOINED, iterate_record_fields
from reports.report_layout import Cell
from thai.numerals import parse_decimal

_NUMBERS: Final = (ColumnKind.COUNT, ColumnKind.AMOUNT, ColumnKind.PERCENT)
_FIELDS: Final[tuple[dict[str, Any], ...]] = (
    {"name": "sequence", "title": "ลำดับ", "type": "integer"},
    {"name": "district", "title": "อำเภอ", "type": "string"},
    {"name": "kind", "title": "ประเภท อปท.", "type": "string", "constraints": {"enum": [k.value for k in BodyKind]}},
    {"name": "name", "title": "ชื่อ อปท.", "type": "string"},
    {"name": "code", "title": "รหัส อปท.", "type": "string"},
    {"name": "status", "title": "สถานะ", "type": "string", "constraints": {"enum": [s.value for s in Status]}},
    {"name": "remark", "title": "หมายเหตุ", "type": "string"},
    {"name": "read_as", "title": "ชื่อตามที่อ่านได้", "type": "string"},
    {"name": "page", "title": "หน้า", "type": "integer", "constraints": {"minimum": 1}},
    {
        "name": "confidence",
        "title": "ความเชื่อมั่นของการอ่าน",
        "type": "number",
        "constraints": {"minimum": 0, "maximum": 1},
    },
    {"name": "review", "title": "เหตุที่ควรตรวจทาน", "type": "string", "description": "empty where we stand by the row"},
)
# A zip file says when each of its files was made; the same annex is to give the same bytes.
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)
"""The first time that ZIP knows: a package of the same data has the same bytes."""


def as_datapackage(document: Document, index: int) -> bytes:
    """Return one annex of a document as the bytes of a zip file with `datapackage.json` and `data.csv`."""
    annex = document.annexes[index]
    described = json.dumps(descriptor(document, index), ensure_ascii=False, indent=2)
    # For programs: no apostrophes before what a spreadsheet would run, and no byte-order mark, as the standard has it.
    data = as_plain_csv([field["name"] for field in _fields(annex)], _rows(annex))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in (("datapackage.json", described), ("data.csv", data)):
            package.writestr(zipfile.ZipInfo(name, _NO_TIME), text.encode(), zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def descriptor(document: Document, index: int) -> dict[str, Any]:
    """Return what `datapackage.json` says."""
    annex = document.annexes[index]
    title = annex.title.value or annex.title.raw or document.source.name
    as_of = annex.as_of.value.isoformat() if annex.as_of.value else None
    facts = {
        "profile": "tabular-data-package",
        "name": f"saraban-{document.source.sha256[:12]}-{index + 1}",
        "title": title,
        "description": "อ่านจากเอกสารด้วยโปรแกรมสารบรรณ แถวที่มีค่าในช่อง review ควรตรวจกับต้นฉบับ",
        "keywords": ["องค์กรปกครองส่วนท้องถิ่น", *([annex.province.value] if annex.province.value else [])],
        "sources": [{"title": document.source.name, "path": f"sha256:{document.source.sha256}"}],
        "x-dga": {
            "ประเภทชุดข้อมูล": "ระเบียน",
            "ชื่อชุดข้อมูล": title,
            "ขอบเขตเชิงภูมิศาสตร์": annex.province.value,
            "ข้อมูล ณ วันที่": as_of,
            "รูปแบบ": "CSV",
            "data_language": "th",
        },
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": "rows",
                "path": "data.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": {"lineTerminator": "\r\n"},
                "schema": {"fields": _fields(annex), "missingValues": [""]},
            }
        ],
    }
    return {**facts, **({"temporal_coverage": as_of} if as_of else {})}


def _fields(annex: Annex) -> list[dict[str, Any]]:
    numbers = [{"name": key, "title": header, "type": "number"} for key, header in _numbers(annex)]
    return [*_FIELDS, *numbers]


def _numbers(annex: Annex) -> list[tuple[str, str]]:
    return [(column.key, column.header) for column in annex.columns if column.kind in _NUMBERS]


def _rows(annex: Annex) -> Iterator[tuple[Cell, ...]]:
    for row in annex.rows:
        body = row.body.value
        yield (
            row.sequence.value,
            row.district.value,
            body.kind.value if body else None,
            body.name if body else None,
            body.code if body else None,
            row.status.value.value if row.status.value else None,
            row.remark.value,
            row.body.raw,
            row.body.page,
            *_trust(row),
            *(_number(row, key) for key, _ in _numbers(annex)),
        )


def _number(row: Row, key: str) -> float | None:
    cell = row.cells.get(key)
    number = parse_decimal(str(cell.value)) if cell is not None and cell.value not in (None, "") else None
    return None if number is None else float(number)


def _trust(row: Row) -> tuple[float | None, str]:
    fields = [each for each in iterate_record_fields(row) if each.value not in (None, "")]
    codes = (*row.review, *(code for each in iterate_record_fields(row) for code in each.review))
    return min((each.confidence for each in fields), default=None), JOINED.join(dict.fromkeys(codes))
