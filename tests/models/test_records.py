"""The records: their JSON and back, what they refuse, and the schema that others read them by."""

import datetime as dt
import json
import types
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import BaseModel, ValidationError

from models import annex, change, document, field, finding, issue, letter, ocr, register, snapshot, summary
from models.annex import Annex, BodyKind, BodyRef
from models.document import SCHEMA, Document, DocumentStatus, SourceDocument
from models.field import Box, Field, Record
from models.letter import Letter, NumberField
from models.ocr import Cell, Grid
from models.register import Body, Register

MODULES = (annex, change, document, field, finding, issue, letter, ocr, register, snapshot, summary)
RECORDS = sorted(
    {
        kind
        for module in MODULES
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Record) and kind not in (Record, Field)
    },
    key=lambda kind: kind.__name__,
)
DOCUMENT = Document(
    source=SourceDocument(name="scan.pdf", sha256="0" * 64, media_type="application/pdf", pages=1),
    status=DocumentStatus.OK,
    text="",
    pages=(),
)
FRACTIONS = st.floats(0, 1)
SIMPLE: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=8),
    int: st.integers(1, 3000),
    float: FRACTIONS,
    bool: st.booleans(),
    dt.date: st.dates(),
    dt.time: st.times(),
    dt.datetime: st.datetimes(timezones=st.just(dt.UTC)),
    type(None): st.none(),
    Box: st.builds(Box, FRACTIONS, FRACTIONS, FRACTIONS, FRACTIONS),
}

# Whole papers take seconds to make up.
LARGE = (Annex, Document, Letter)


def any_of(annotation: Any) -> st.SearchStrategy[Any]:
    """Return values of an annotation as the records use them; lists are short, for records nest deeply."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if annotation in SIMPLE:
        found = SIMPLE[annotation]
    elif origin is Annotated:
        found = any_of(arguments[0])
    elif origin is Literal:
        found = st.sampled_from(arguments)
    elif origin in (Union, types.UnionType):
        found = st.one_of([any_of(each) for each in arguments])
    elif origin is tuple:
        found = st.lists(any_of(arguments[0]), max_size=2).map(tuple)
    elif origin is dict:
        found = st.dictionaries(st.text(max_size=3), any_of(arguments[1]), max_size=2)
    elif issubclass(annotation, Enum):
        found = st.sampled_from(annotation)
    else:
        found = records(annotation)
    return found


def records(kind: type[BaseModel]) -> st.SearchStrategy[Any]:
    """Return records of a kind, every field filled."""
    if kind not in SIMPLE:
        fields = {name: any_of(info.annotation) for name, info in kind.model_fields.items()}
        SIMPLE[kind] = st.fixed_dictionaries(fields).map(lambda values: kind(**values))
    return SIMPLE[kind]


def test_the_records_are_all_found() -> None:
    names = {kind.__name__ for kind in RECORDS}
    assert {"Document", "Letter", "Annex", "Row", "Finding", "OcrPage", "Snapshot", "Comparison", "Body"} <= names


@pytest.mark.parametrize(
    "kind",
    [pytest.param(kind, marks=pytest.mark.slow) if kind in LARGE else kind for kind in RECORDS],
    ids=lambda kind: kind.__name__,
)
@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(data=st.data())
def test_every_record_survives_json(kind: type[BaseModel], data: st.DataObject) -> None:
    record = data.draw(records(kind))
    again = kind.model_validate_json(record.model_dump_json())
    assert again == record
    assert again.model_dump_json() == record.model_dump_json()


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_every_record_is_frozen_and_refuses_unknown_keys(kind: type[BaseModel]) -> None:
    assert kind.model_config["frozen"] is True
    with pytest.raises(ValidationError) as refused:
        kind.model_validate({"no_such_key": 1})
    assert ("no_such_key",) in [error["loc"] for error in refused.value.errors() if error["type"] == "extra_forbidden"]


def test_a_record_cannot_be_changed() -> None:
    value = Field[str](value="ก")
    with pytest.raises(ValidationError, match="frozen"):
        value.value = "ข"  # type: ignore[misc]
    with pytest.raises(ValidationError, match="frozen"):
        DOCUMENT.status = DocumentStatus.FAILED  # type: ignore[misc]


@pytest.mark.parametrize("key", ["confidence", "page"])
def test_a_confidence_or_page_that_cannot_be_is_refused(key: str) -> None:
    for wrong in (-0.5, 1.5, -1) if key == "confidence" else (0, -1):
        with pytest.raises(ValidationError):
            Field[str].model_validate({key: wrong})


def test_a_number_is_no_text_and_a_date_is_a_date() -> None:
    with pytest.raises(ValidationError):
        Field[str].model_validate({"value": 1})
    assert Field[dt.date].model_validate_json('{"value": "2021-04-29"}').value == dt.date(2021, 4, 29)
    with pytest.raises(ValidationError):
        Field[dt.date].model_validate_json('{"value": "2564-02-30"}')


def test_the_schema_is_named_in_the_record_by_its_alias() -> None:
    dumped = json.loads(DOCUMENT.model_dump_json())
    assert dumped["schema"] == SCHEMA == "saraban/1"
    assert "schema_" not in dumped
    assert Document.model_validate(dumped).schema_ == "saraban/1"
    with pytest.raises(ValidationError):
        Document.model_validate(dumped | {"schema": "saraban/2"})


def test_the_json_schema_is_valid_and_accepts_what_we_write() -> None:
    schema = Document.model_json_schema(by_alias=True, mode="serialization")
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    assert validator.is_valid(json.loads(DOCUMENT.model_dump_json()))
    assert not validator.is_valid(json.loads(DOCUMENT.model_dump_json()) | {"status": "fine"})
    assert not validator.is_valid(json.loads(DOCUMENT.model_dump_json()) | {"no_such_key": 1})


@pytest.mark.slow
@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(records(Document))
def test_the_printed_json_schema_accepts_every_document(written: Document) -> None:
    schema = Document.model_json_schema(by_alias=True)
    Draft202012Validator.check_schema(schema)
    errors = [
        error.message for error in Draft202012Validator(schema).iter_errors(json.loads(written.model_dump_json()))
    ]
    assert errors == []


def test_a_box_is_written_as_a_list_of_four() -> None:
    value = Field[str](value="ก", page=1, box=Box(0.1, 0.2, 0.3, 0.4))
    assert json.loads(value.model_dump_json())["box"] == [0.1, 0.2, 0.3, 0.4]
    assert Field[str].model_validate_json(value.model_dump_json()).box == Box(0.1, 0.2, 0.3, 0.4)
    with pytest.raises(ValidationError):
        Field[str].model_validate({"box": [0.1, 0.2, 0.3]})


def test_boxes_join_and_measure() -> None:
    box = Box(0.1, 0.2, 0.3, 0.6).union(Box(0.2, 0.1, 0.5, 0.3))
    assert box == Box(0.1, 0.1, 0.5, 0.6)
    assert (box.width, box.height) == pytest.approx((0.4, 0.5))
    assert box.center == pytest.approx((0.3, 0.35))


def test_doubting_adds_reasons_once_and_changes_nothing_else() -> None:
    sure = Field[str](value="ก", raw="ก", review=("a",))
    doubted = sure.doubted("b", "a", "b")
    assert doubted.review == ("a", "b")
    assert sure.review == ("a",)
    assert doubted.model_copy(update={"review": sure.review}) == sure
    assert sure.doubted() == sure
    assert type(NumberField(value="มท 1").doubted("x")) is NumberField


def test_a_body_is_called_by_kind_and_name_but_a_special_one_by_its_name() -> None:
    assert BodyRef(kind=BodyKind.SAO, name="น้ำหมัน").label == "อบต.น้ำหมัน"
    assert BodyRef(kind=BodyKind.SPECIAL, name="เมืองพัทยา").label == "เมืองพัทยา"


def test_a_cell_that_spans_is_found_at_every_place_it_covers() -> None:
    box = Box(0, 0, 1, 1)
    wide = Cell(row=0, column=0, column_span=2, box=box, text="กว้าง")
    tall = Cell(row=1, column=0, row_span=2, box=box, text="สูง")
    grid = Grid(box=box, rows=3, columns=2, cells=(wide, tall))
    assert (grid.at(0, 0), grid.at(0, 1), grid.at(1, 0), grid.at(2, 0)) == (wide, wide, tall, tall)
    assert (grid.at(1, 1), grid.at(3, 0)) == (None, None)


BEFORE, CHANGED, AFTER = dt.date(2020, 5, 31), dt.date(2020, 6, 1), dt.date(2020, 6, 2)
OLD = Body(code="1", kind=BodyKind.SAO, name="สมมติ", province="ตัวอย่าง", district="เมือง", valid_to=BEFORE)
NEW = OLD.model_copy(update={"kind": BodyKind.SUBDISTRICT_MUNICIPALITY, "valid_from": CHANGED, "valid_to": None})
AWAY = OLD.model_copy(update={"code": "2", "province": "ทดสอบ"})


@pytest.mark.parametrize(("day", "body"), [(BEFORE, OLD), (CHANGED, NEW), (AFTER, NEW), (None, NEW)])
def test_the_register_knows_the_bodies_of_a_province_on_a_day(day: dt.date | None, body: Body) -> None:
    facts = Register(bodies=(OLD, NEW, AWAY), districts={"ตัวอย่าง": (), "ทดสอบ": ()}, letter_codes={}, version="test")
    assert facts.find_bodies("ตัวอย่าง", day) == (body,)
    assert facts.find_bodies("ไม่มี", day) == ()
    assert facts.provinces == ("ตัวอย่าง", "ทดสอบ")
    assert [each.label for each in (OLD, NEW)] == ["อบต.สมมติ", "ทต.สมมติ"]
