"""M: the marks of an annex and the remarks beside them."""

from collections import Counter
from collections.abc import Callable, Iterator

from models.annex import Annex, CellValue, ColumnKind, Row, Status
from models.field import Field
from models.issue import Severity
from rules.engine.declaration import Case, Observation, could_not_run, passed, rule, violated
from rules.engine.messages import quote, rows_en, rows_th, thai
from rules.engine.record_paths import annexes, columns, rows, unread
from rules.totals.figures import NO_MARK, is_marked


@rule(
    "M01",
    th="หนึ่งแถวหนึ่งเครื่องหมาย",
    en="exactly one mark per row",
    severity=Severity.ERROR,
    needs="marks",
    source="the columns exclude one another",
)
def one_mark_a_row(case: Case) -> Iterator[Observation]:
    """Every row has a mark in exactly one of the mark columns, where there are two or more."""
    for path, annex in annexes(case):
        keys = [column.key for column in columns(annex, ColumnKind.MARK)]
        if len(keys) < 2 or annex.shape != "marks":
            continue
        unclear: list[tuple[str, int]] = []
        for where, number, row in rows(path, annex):
            states = [is_marked(row.cells.get(key)) for key in keys]
            marked, unsure = states.count(True), states.count(None)
            if marked > 1 or (marked == 0 and not unsure):
                yield violated(
                    f"{rows_th([number])} มีเครื่องหมาย {thai(marked)} ช่อง ต้องมีช่องเดียว",
                    f"{rows_en([number])} has {marked} marks instead of one",
                    [f"{where}.cells.{key}" for key in keys],
                )
            elif unsure:
                unclear.append((where, number))
            else:
                yield passed(where)
        yield from _not_read(unclear, "เครื่องหมาย", "a mark")


@rule(
    "M02",
    th="เครื่องหมายแบบเดียวกันทั้งตาราง",
    en="one glyph per meaning",
    severity=Severity.INFO,
    needs="marks by page",
    source="consistency within a table; another sign may mean another hand or another reading",
)
def one_glyph_a_column(case: Case) -> Iterator[Observation]:
    """All marks of one column are the same sign, as read: ✗ and x are two."""
    for path, annex in annexes(case):
        for column in columns(annex, ColumnKind.MARK):
            cells = [row.cells.get(column.key) for row in annex.rows]
            glyphs = Counter(_glyph(cell) for cell in cells if cell is not None and is_marked(cell))
            header = quote(column.header or column.key)
            evidence = [f"{path}.rows[{i}].cells.{column.key}" for i in _first_of_each(cells)]
            if len(glyphs) > 1:
                yield violated(
                    f"คอลัมน์ {header} ใช้ " + " ".join(f"{glyph} {thai(n)}" for glyph, n in glyphs.most_common()),
                    f"column {header} uses " + ", ".join(f"{glyph} ×{n}" for glyph, n in glyphs.most_common()),
                    evidence,
                )
            elif glyphs:
                yield passed(*evidence)


@rule(
    "M03",
    th="ยังไม่ครบต้องมีหมายเหตุ",
    en="a row not done has a remark",
    severity=Severity.WARNING,
    needs="mark, remark",
    source="purpose of the remark column",
)
def unfinished_explained(case: Case) -> Iterator[Observation]:
    """Every row that is not complete says why, where the table has a column for it."""

    def judge(where: str, number: int, row: Row) -> Observation:
        if _remark(row):
            return passed(where)
        return violated(
            f"{rows_th([number])} ยังไม่เรียบร้อยแต่ไม่มีหมายเหตุ",
            f"{rows_en([number])} is not done and has no remark",
            [f"{where}.status", f"{where}.remark"],
        )

    yield from _judge_remarks(case, frozenset(Status) - {Status.COMPLETE}, judge)


@rule(
    "M04",
    th="เรียบร้อยแล้วต้องไม่มีหมายเหตุขัดแย้ง",
    en="a row that is done has no contradicting remark",
    severity=Severity.WARNING,
    needs="mark, remark",
    source="purpose of the remark column",
)
def finished_unremarked(case: Case) -> Iterator[Observation]:
    """A complete row has no remark. Whether one contradicts the mark is for a person: any remark is shown."""

    def judge(where: str, number: int, row: Row) -> Observation:
        remark = _remark(row)
        if not remark:
            return passed(where)
        return violated(
            f"{rows_th([number])} เรียบร้อยแล้วแต่มีหมายเหตุ {quote(remark)}",
            f"{rows_en([number])} is done but has the remark {quote(remark)}",
            [f"{where}.status", f"{where}.remark"],
        )

    yield from _judge_remarks(case, frozenset({Status.COMPLETE}), judge)


@rule(
    "M07",
    th="หัวตารางทุกหน้าเหมือนกัน",
    en="the header is identical on every page",
    severity=Severity.INFO,
    needs="headers",
    source="one table has one header",
)
def same_header_on_every_page(case: Case) -> Iterator[Observation]:
    """Where a column's header is printed on several pages it reads the same on each, spaces aside."""
    for path, annex in annexes(case):
        for index, column in enumerate(annex.columns):
            if len(column.page_headers) < 2:
                continue
            evidence = f"{path}.columns[{index}].page_headers"
            first = column.page_headers[0]
            other = next((header for header in column.page_headers if not _same_text(header, first)), None)
            if other is None:
                yield passed(evidence)
            else:
                yield violated(
                    f"หัวคอลัมน์ต่างกันระหว่างหน้า: {quote(first)} กับ {quote(other)}",
                    f"the header of a column differs between pages: {quote(first)} and {quote(other)}",
                    [evidence],
                )


def _judge_remarks(
    case: Case, of_status: frozenset[Status], judge: Callable[[str, int, Row], Observation]
) -> Iterator[Observation]:
    """Judge the remarks of the rows of some status; rows whose status or remark was not read are told of once."""
    for path, annex in _with_remarks(case):
        unclear: list[tuple[str, int]] = []
        for where, number, row in rows(path, annex):
            status = row.status.value
            if status is not None and status not in of_status:
                continue
            if status is None or unread(row.remark):
                unclear.append((where, number))
            else:
                yield judge(where, number, row)
        yield from _not_read(unclear, "สถานะหรือหมายเหตุ", "status or remark")


def _with_remarks(case: Case) -> Iterator[tuple[str, Annex]]:
    """Yield the annexes that have marks and a column for remarks."""
    for path, annex in annexes(case):
        if columns(annex, ColumnKind.MARK) and columns(annex, ColumnKind.REMARK):
            yield path, annex


def _remark(row: Row) -> str:
    """Return a row's remark, empty where it is none or only a dash."""
    remark = (row.remark.value or "").strip()
    return "" if remark in NO_MARK else remark


def _not_read(unclear: list[tuple[str, int]], th: str, en: str) -> Iterator[Observation]:
    """Say once for all rows of an annex that something in them was not read."""
    if unclear:
        numbers = [number for _, number in unclear]
        yield could_not_run(
            f"{rows_th(numbers)} อ่าน{th}ไม่ได้",
            f"{rows_en(numbers)}: {en} was not read",
            [where for where, _ in unclear],
        )


def _glyph(cell: Field[CellValue]) -> str:
    """Return the sign of a cell as read, where the text tells it, else as it was recognized in the picture."""
    raw = cell.raw.strip()
    return raw if len(raw) == 1 else str(cell.value)


def _first_of_each(cells: list[Field[CellValue] | None]) -> list[int]:
    """Return the first place of each sign."""
    first: dict[str, int] = {}
    for index, cell in enumerate(cells):
        if cell is not None and is_marked(cell):
            first.setdefault(_glyph(cell), index)
    return list(first.values())


def _same_text(one: str, other: str) -> bool:
    return "".join(one.split()) == "".join(other.split())
