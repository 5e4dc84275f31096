"""O: whether the bodies of an annex lie where it says, and are kept apart where they share a name."""

from collections import defaultdict
from collections.abc import Iterator

from models.annex import Annex, BodyKind, ColumnKind
from models.issue import Severity
from rules.bodies.registered_bodies import bare, find_data_day, no_register, registered_bodies, with_bodies
from rules.engine.declaration import Case, Observation, could_not_run, passed, rule, violated
from rules.engine.messages import quote, rows_en, rows_th, thai_day
from rules.engine.record_paths import columns, reading, rows

_REGISTER = "register of local bodies"


@rule(
    "O06",
    th="อปท. อยู่ในอำเภอนั้น ณ วันที่",
    en="every body is in its district on that date",
    severity=Severity.WARNING,
    needs="dated membership of districts",
    source=_REGISTER,
)
def in_its_district(case: Case) -> Iterator[Observation]:
    """A row's body lies in the row's district on the day of the data.

    Membership is that of the register on that day, never that of the body's code, which stays when a body moves.
    Bodies of a whole province (อบจ.) lie in no district and are left out.
    """
    for path, annex in with_bodies(case):
        registered = {body.code: body for body in registered_bodies(case, annex)}
        if not registered:
            yield no_register(path, annex)
            continue
        unsure: list[int] = []
        for where, number, row in rows(path, annex):
            body = registered.get(row.body.value.code or "") if row.body.value is not None else None
            if body is None or body.kind is BodyKind.PAO:
                continue
            if not row.district.value:
                unsure.append(number)
            elif row.district.value == body.district:
                yield passed(f"{where}.district", f"{where}.body")
            else:
                day, read = find_data_day(case, annex), row.district.value
                on_th = f" ณ {thai_day(day)}" if day else ""
                on_en = f" on {day}" if day else ""
                yield violated(
                    f"{rows_th([number])}: {body.label} อยู่อำเภอ{body.district}{on_th} ตารางว่าอำเภอ{read}",
                    f"{rows_en([number])}: {body.label} is in {body.district}{on_en}, the table says {read}",
                    [f"{where}.district", f"{where}.body"],
                    body.district,
                )
        if unsure:
            yield could_not_run(
                f"{rows_th(unsure)} ไม่ทราบอำเภอ", f"{rows_en(unsure)}: the district is not known", [f"{path}.rows"]
            )


@rule(
    "O07",
    th="อปท. อยู่ในจังหวัด",
    en="every body is in the province",
    severity=Severity.ERROR,
    needs="register",
    source=_REGISTER,
)
def in_its_province(case: Case) -> Iterator[Observation]:
    """A row whose body was not found in the annex's province does not read the name of another province's body.

    A name that no province has is the concern of another rule.
    """
    elsewhere: dict[str, set[str]] | None = None
    for path, annex in with_bodies(case):
        province = annex.province.value
        codes = {body.code for body in case.register.bodies if body.province == province}
        if not codes:
            yield no_register(path, annex)
            continue
        for where, number, row in rows(path, annex):
            if row.body.value is not None and row.body.value.code in codes:
                yield passed(f"{where}.body")
                continue
            elsewhere = elsewhere or _provinces_by_label(case)
            found = sorted(elsewhere.get(bare(reading(row.body)), set()) - {province or ""})
            if found:
                named = ", ".join(found)
                yield violated(
                    f"{rows_th([number])}: {quote(reading(row.body))} อยู่จังหวัด{named} ไม่ใช่{province}",
                    f"{rows_en([number])}: {quote(reading(row.body))} is in {named}, not in {province}",
                    [f"{where}.body", f"{path}.province"],
                )


@rule(
    "O10",
    th="ชื่อเดียวกันหลายประเภท/หลายอำเภอ ไม่ถูกยุบรวม",
    en="homonyms of other kinds or districts are not merged",
    severity=Severity.INFO,
    needs="register",
    source=_REGISTER,
)
def homonyms_apart(case: Case) -> Iterator[Observation]:
    """Rows of one name, but of other kinds or districts, were taken for as many bodies.

    A guard of the reading: matching by name alone would make one body of them.
    """
    for path, annex in with_bodies(case):
        for name, found in _homonyms(annex).items():
            evidence = [f"{path}.rows[{index}].body" for index in found]
            taken = [annex.rows[index].body.value for index in found]
            codes = [body.code for body in taken if body is not None and body.code is not None]
            if len(codes) < len(found):
                yield could_not_run(
                    f"ชื่อ {quote(name)} มีหลายแถว แต่ไม่พบในทะเบียนครบทุกแถว",
                    f"the name {quote(name)} has several rows, and not all were found in the register",
                    evidence,
                )
            elif len(set(codes)) == len(codes):
                yield passed(*evidence)
            else:
                numbers = [annex.rows[index].sequence.value or index + 1 for index in found]
                yield violated(
                    f"{rows_th(numbers)}: ชื่อ {quote(name)} ต่างประเภทหรือต่างอำเภอ แต่ถูกยุบเป็น อปท. เดียว",
                    f"{rows_en(numbers)}: {quote(name)} of other kinds or districts was taken for one body",
                    evidence,
                )


def _provinces_by_label(case: Case) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for body in case.register.bodies:
        found[bare(body.label)].add(body.province)
    return found


def _homonyms(annex: Annex) -> dict[str, list[int]]:
    """Return the rows of each name that stands under several kinds or districts.

    Kind and district are as the row reads them, not as the register has them: two rows that were merged have the
    same there.
    """
    by_name: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    has_district = bool(columns(annex, ColumnKind.DISTRICT))
    for index, row in enumerate(annex.rows):
        if row.body.value is not None:
            read = bare(reading(row.body))
            kind = read.partition(".")[0] if "." in read else row.body.value.kind.value
            district = (row.district.value or row.district.raw) if has_district else ""
            by_name[bare(row.body.value.name)].setdefault((kind, district), index)
    return {name: list(places.values()) for name, places in by_name.items() if len(places) > 1}
