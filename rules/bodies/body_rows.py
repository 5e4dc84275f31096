"""O: the rows of an annex against one another and against the register of local bodies.

Names are judged as they were read. A repaired row is right as data, but the paper or its reading is not, and a
person should know; a row that a person has put right is judged by what the person said.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from models.annex import Annex, BodyRef, ColumnKind, Row
from models.field import Field, Source
from models.issue import Severity
from models.register import Body
from rules.bodies.registered_bodies import bare, covers_all, no_register, registered_bodies, with_bodies
from rules.engine.declaration import Case, Observation, could_not_run, passed, rule, violated
from rules.engine.messages import quote, rows_en, rows_th, spans, thai
from rules.engine.record_paths import annexes, columns, reading, rows, unread
from thai.numerals import parse_int

_REGISTER = "register of local bodies"
_DOUBTED_CODES = frozenset({"body.ambiguous", "body.duplicate"})
_DUPLICATE_CODE = "body.duplicate"
_KIND_DIFFERS = "body.kind_differs"
_DISTRICT_PREFIX = re.compile(r"^(?:กิ่ง)?(?:อำเภอ|อ\.)")
_CAPITAL_SHORT = frozenset({"เมือง", "เมืองฯ"})


@rule(
    "O01",
    th="ลำดับที่ต่อเนื่อง ไม่ซ้ำ ไม่ข้าม",
    en="sequence 1..n without gaps or repeats",
    severity=Severity.ERROR,
    needs="sequence",
    source="numbering of the rows, which tells whether one was lost",
)
def sequence_unbroken(case: Case) -> Iterator[Observation]:
    """Where rows are numbered, they are 1 to n in order. A row without a number that was read breaks the sequence.

    A district or a sheet may be numbered anew from 1, and is then a sequence of its own.

    A number that its neighbors put right counts as they say, for a misread digit is no fault of the paper; but where
    the numbers as printed are all there and only out of order, it is the rows that are.
    """
    for path, annex in annexes(case):
        if annex.rows and columns(annex, ColumnKind.SEQUENCE):
            faults = [fault for rows in _numbered_runs(annex) for fault in _sequence_faults(path, annex, rows)]
            yield from faults or [passed(f"{path}.rows")]


def _numbered_runs(annex: Annex) -> list[range]:
    """Return the rows of each sequence: one begins anew with number 1 in another district or on another sheet."""
    starts = [
        index
        for index, (above, row) in enumerate(pairwise(annex.rows), start=1)
        if row.sequence.value == 1 and (row.district.value, row.body.page) != (above.district.value, above.body.page)
    ]
    return [range(start, stop) for start, stop in pairwise([0, *starts, len(annex.rows)])]


def _sequence_faults(path: str, annex: Annex, places: range) -> Iterator[Observation]:
    numbers = {index: annex.rows[index].sequence.value for index in places}
    read = {index: number for index, number in numbers.items() if number is not None}
    blank = [index for index in places if index not in read]
    if blank:
        rows_blank = [index + 1 for index in blank]
        yield violated(
            f"อ่านลำดับที่ไม่ได้ใน{rows_th(rows_blank)} ของตาราง",
            f"no sequence number was read in {rows_en(rows_blank)} of the table",
            [f"{path}.rows[{index}].sequence" for index in blank],
        )
    elif missing := set(range(1, max(read.values(), default=0) + 1)).difference(read.values()):
        th, en = f"ขาดลำดับ {thai(spans(missing))}", f"sequence number {spans(missing)} is missing"
        yield violated(th, en, [f"{path}.rows"])
    yield from _numbers_out_of_order(path, annex, read)


def _numbers_out_of_order(path: str, annex: Annex, read: Mapping[int, int]) -> Iterator[Observation]:
    twice = {number for number, count in Counter(read.values()).items() if count > 1}
    if twice:
        yield violated(
            f"ลำดับซ้ำ {thai(spans(twice))}",
            f"sequence number {spans(twice)} occurs more than once",
            [f"{path}.rows[{index}].sequence" for index, number in read.items() if number in twice],
        )
    elif list(read.values()) != sorted(read.values()) or _permuted(annex):
        yield violated("ลำดับที่ไม่เรียงจากน้อยไปมาก", "the sequence numbers are out of order", [f"{path}.rows"])


@rule(
    "O02",
    th="อปท. ไม่ซ้ำ (ประเภท+ชื่อ+อำเภอ)",
    en="no body twice (kind, name, district)",
    severity=Severity.ERROR,
    needs="kind, name, district",
    source="one body has one row",
)
def no_body_twice(case: Case) -> Iterator[Observation]:
    """No two rows of a district read the same body, and no two were taken for the same one.

    Judged by the text as read: reconciling gives such rows different bodies, which may be right, but is a guess.
    """
    for path, annex in with_bodies(case):
        groups = _same_bodies(annex)
        for group in groups:
            yield _duplicate(path, annex, group)
        grouped = {index for group in groups for index in group}
        for index, row in enumerate(annex.rows):
            if index in grouped:
                continue
            if _DUPLICATE_CODE in row.body.review:
                yield _duplicate(path, annex, (index,))
            elif bare(reading(row.body)):
                yield passed(f"{path}.rows[{index}].body")
        yield from _names_not_read(path, annex)


def _same_bodies(annex: Annex) -> list[tuple[int, ...]]:
    """Return the rows that read the same in one district, or were taken for the same body."""
    together: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, row in enumerate(annex.rows):
        if bare(reading(row.body)):
            together[bare(row.district.value or row.district.raw), bare(reading(row.body))].append(index)
        if row.body.value is not None and row.body.value.code is not None:
            together["", row.body.value.code].append(index)
    return sorted({tuple(group) for group in together.values() if len(group) > 1})


@rule(
    "O03",
    th="ชื่อ อปท. อยู่ในทะเบียน",
    en="every name is in the register",
    severity=Severity.ERROR,
    needs="register",
    source=_REGISTER,
)
def name_registered(case: Case) -> Iterator[Observation]:
    """The name of every row, as read, is that of a registered body of the province on the day of the data."""
    for path, annex in with_bodies(case):
        registered = registered_bodies(case, annex)
        if not registered:
            yield no_register(path, annex)
            continue
        labels = {bare(body.label) for body in registered}
        for where, number, row in rows(path, annex):
            read = reading(row.body)
            if not bare(read):
                continue
            if bare(read) in labels or _taken_as_read(row.body) or _is_confirmed(row.body):
                yield passed(f"{where}.body")
                continue
            likely = _likely_name(row)
            yield violated(
                f"{rows_th([number])}: ไม่พบ {quote(read)} ในทะเบียน",
                f"{rows_en([number])}: {quote(read)} is not in the register",
                [f"{where}.body"],
                likely,
            )
        yield from _names_not_read(path, annex)


@rule(
    "O04",
    th="อปท. ในทะเบียนอยู่ในตารางครบ",
    en="no registered body is absent",
    severity=Severity.ERROR,
    needs="register",
    source=_REGISTER,
)
def no_body_absent(case: Case) -> Iterator[Observation]:
    """Every registered body of the province has a row, where the annex is of them all (rules.register_share).

    A row whose body is doubtful (`body.ambiguous`, `body.duplicate`) confirms only the name that it reads.
    """
    for path, annex in with_bodies(case):
        registered = registered_bodies(case, annex)
        if not registered:
            yield no_register(path, annex)
            continue
        if not covers_all(case, annex, registered):
            continue  # a choice of bodies, or a table that other rules find cut short
        absent = _absent_bodies(annex, registered)
        if not absent:
            yield passed(f"{path}.rows")
            continue
        codes = {body.code for body in absent}
        named = ", ".join(body.label for body in absent)
        taken = [
            f"{where}.body"
            for where, _, row in rows(path, annex)
            if row.body.value is not None and row.body.value.code in codes
        ]
        yield violated(
            f"ไม่มีแถวที่ยืนยันได้ของ {named} ({thai(len(absent))} จาก {thai(len(registered))} แห่ง)",
            f"no row is surely that of {named} ({len(absent)} of {len(registered)} bodies)",
            taken or [f"{path}.rows", *_unsettled(path, annex)],
        )


def _absent_bodies(annex: Annex, registered: Sequence[Body]) -> list[Body]:
    """Return the registered bodies that no row confirms, nor reads by their very name in their district."""
    sure = {row.body.value.code for row in annex.rows if row.body.value and _confirms(row)}
    read = {(bare(reading(row.body)), row.district.value or None) for row in annex.rows}
    return [
        body
        for body in registered
        if body.code not in sure and read.isdisjoint({(bare(body.label), None), (bare(body.label), body.district)})
    ]


def _unsettled(path: str, annex: Annex) -> list[str]:
    """Return the names that no body was found for: the absent ones may be among them."""
    return [f"{where}.body" for where, _, row in rows(path, annex) if row.body.value is None and row.body.review]


@rule(
    "O05",
    th="ชื่ออำเภอมีจริง",
    en="every district exists",
    severity=Severity.ERROR,
    needs="districts",
    source="register of districts",
)
def district_exists(case: Case) -> Iterator[Observation]:
    """Every district, as read, is one of the province; เมืองฯ stands for the district of the provincial capital."""
    for path, annex in annexes(case):
        if not annex.rows or not columns(annex, ColumnKind.DISTRICT):
            continue
        districts = case.register.districts.get(annex.province.value or "", ())
        if not districts:
            yield no_register(path, annex)
            continue
        unknown: dict[str, list[tuple[str, int, Row]]] = defaultdict(list)
        blank: list[tuple[str, int]] = []
        for where, number, row in rows(path, annex):
            read = reading(row.district).strip()
            if not read:
                blank.append((where, number))
            elif _is_district(row.district, districts):
                yield passed(f"{where}.district")
            else:
                unknown[read].append((where, number, row))
        for read, found in unknown.items():
            yield _unknown_district(read, found, districts)
        if blank:
            numbers = [number for _, number in blank]
            yield could_not_run(
                f"{rows_th(numbers)} อ่านชื่ออำเภอไม่ได้",
                f"{rows_en(numbers)}: no district was read",
                [f"{where}.district" for where, _ in blank],
            )


def _permuted(annex: Annex) -> bool:
    """Whether the numbers as printed are 1 to n, each once, but in another order."""
    printed = [parse_int(reading(row.sequence)) for row in annex.rows]
    told = [number for number in printed if number is not None]
    return told != sorted(told) and sorted(told) == list(range(1, len(annex.rows) + 1))


def _names_not_read(path: str, annex: Annex) -> Iterator[Observation]:
    blank = [(where, number) for where, number, row in rows(path, annex) if not bare(reading(row.body))]
    if blank:
        numbers = [number for _, number in blank]
        yield could_not_run(
            f"{rows_th(numbers)} อ่านชื่อ อปท. ไม่ได้",
            f"{rows_en(numbers)}: no name was read",
            [f"{where}.body" for where, _ in blank],
        )


def _duplicate(path: str, annex: Annex, group: tuple[int, ...]) -> Observation:
    numbers = [annex.rows[index].sequence.value or index + 1 for index in group]
    read = " / ".join(dict.fromkeys(quote(reading(annex.rows[index].body)) for index in group))
    # Where reconciling gave one of them another body than it reads, that is the likelier one.
    likely = [
        row.body.value.label
        for row in (annex.rows[index] for index in group)
        if row.body.value is not None and row.body.value.code and bare(row.body.value.label) != bare(reading(row.body))
    ]
    return violated(
        f"{rows_th(numbers)} เป็น อปท. ซ้ำ {read}" + (" แถวหนึ่งอาจเป็นแห่งอื่น" if likely else ""),
        f"{rows_en(numbers)}: the same body {read}" + ("; one is likely another" if likely else ""),
        [f"{path}.rows[{index}].body" for index in group],
        likely[0] if likely else None,
    )


def _taken_as_read(field: Field[BodyRef]) -> bool:
    """Whether a registered body was found without changing a letter, as for a kind written in full."""
    if field.value is None or field.value.code is None or _KIND_DIFFERS in field.review:
        return False
    return field.source is Source.PERSON or field.repair is None or field.repair.cost == 0


def _is_confirmed(field: Field[BodyRef]) -> bool:
    """Whether a person said which body the reading is."""
    return field.repair is not None and field.repair.rule == "register.confirmed"


def _likely_name(row: Row) -> str | None:
    body, repair = row.body.value, row.body.repair
    if body is not None and body.code is not None:
        return body.label
    return repair.candidates[0].value if repair is not None and repair.candidates else None


def _confirms(row: Row) -> bool:
    return not unread(row.body) and _DOUBTED_CODES.isdisjoint(row.body.review)


def _is_district(field: Field[str], districts: tuple[str, ...]) -> bool:
    read = _DISTRICT_PREFIX.sub("", bare(reading(field)))
    if read in districts:
        return True
    if read in _CAPITAL_SHORT:
        return any(district.startswith("เมือง") for district in districts)
    return field.value in districts and field.repair is not None and field.repair.cost == 0


def _unknown_district(read: str, found: list[tuple[str, int, Row]], districts: tuple[str, ...]) -> Observation:
    numbers = [number for _, number, _ in found]
    likely = next((row.district.value for _, _, row in found if row.district.value in districts), None)
    return violated(
        f"{rows_th(numbers)}: ไม่มีอำเภอ {quote(read)}",
        f"{rows_en(numbers)}: there is no district {quote(read)}",
        [f"{where}.district" for where, _, _ in found],
        likely,
    )
