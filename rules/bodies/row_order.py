"""O: how the rows of an annex are ordered, and how they abbreviate the kind of body."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final

from rapidfuzz.distance import Levenshtein

from models.annex import Annex, BodyKind, ColumnKind
from models.issue import Severity
from rules.bodies.registered_bodies import bare, with_bodies
from rules.engine.declaration import Case, Observation, could_not_run, passed, rule, violated
from rules.engine.messages import quote, rows_en, rows_th
from rules.engine.record_paths import columns, reading, rows

_SHORT: Final = tuple(kind.value for kind in BodyKind if kind is not BodyKind.SPECIAL)
_LONG: Final = (
    "องค์การบริหารส่วนจังหวัด",
    "องค์การบริหารส่วนตำบล",
    "เทศบาลนคร",
    "เทศบาลเมือง",
    "เทศบาลตำบล",
    "เมืองพัทยา",
    "กรุงเทพมหานคร",
)
_ORDER: Final = tuple(BodyKind)
_HEAD = re.compile(r"^([ก-๎]{1,4}\.)")
_KIND_UNREAD = "body.kind_unread"


@rule(
    "O08",
    th="คำย่อประเภทถูกต้อง",
    en="the abbreviation of the kind is valid",
    severity=Severity.WARNING,
    needs="list of kinds",
    source="abbreviations of the Department of Local Administration",
)
def kind_abbreviated(case: Case) -> Iterator[Observation]:
    """Every name begins with its kind, in full or as อบจ. ทน. ทม. ทต. อบต., unless the kind stands elsewhere."""
    for path, annex in with_bodies(case):
        for where, number, row in rows(path, annex):
            read = bare(reading(row.body))
            if not read:
                continue
            if read.startswith((*_SHORT, *_LONG)):
                yield passed(f"{where}.body")
                continue
            head = _HEAD.match(read)
            known = row.body.value is not None and _KIND_UNREAD not in row.body.review
            if head is None and known:
                yield passed(f"{where}.body")
            elif head is None:
                yield could_not_run(
                    f"{rows_th([number])}: {quote(read)} ไม่บอกประเภท อปท.",
                    f"{rows_en([number])}: {quote(read)} does not say of which kind it is",
                    [f"{where}.body"],
                )
            else:
                likely = _likely(head.group(1), row.body.value.kind if row.body.value is not None else None)
                yield violated(
                    f"{rows_th([number])}: {quote(head.group(1))} ไม่ใช่คำย่อประเภท อปท.",
                    f"{rows_en([number])}: {quote(head.group(1))} is no kind",
                    [f"{where}.body"],
                    likely,
                )


@rule(
    "O09",
    th="บล็อกอำเภอและลำดับประเภทต่อเนื่อง",
    en="districts stand in one block each, and within them kinds in order",
    severity=Severity.INFO,
    needs="order of rows",
    source="annexes list districts one by one, and within each อบจ. ทน. ทม. ทต. อบต.",
)
def blocks_in_order(case: Case) -> Iterator[Observation]:
    """The rows of a district follow one another, and their kinds come in the order of rank.

    A row out of its block may have the wrong district, or the reading lost or turned rows.
    """
    for path, annex in with_bodies(case):
        if not columns(annex, ColumnKind.DISTRICT):
            continue
        met: set[str] = set()
        for district, places in _blocks(annex):
            if district in met:
                numbers = [annex.rows[place].sequence.value or place + 1 for place in places]
                yield violated(
                    f"{rows_th(numbers)}: อำเภอ{district} แยกจากแถวอื่นของอำเภอ",
                    f"{rows_en(numbers)}: {district} stands apart from its other rows",
                    [f"{path}.rows[{place}].district" for place in places],
                )
            else:
                met.add(district)
                yield from _kinds_in_order(path, annex, places)


def _kinds_in_order(path: str, annex: Annex, places: Sequence[int]) -> Iterator[Observation]:
    """Judge the kinds of body within the rows of one district."""
    kinds = [(place, body.kind) for place in places if (body := annex.rows[place].body.value) is not None]
    turned = [
        (place, kind) for (_, above), (place, kind) in pairwise(kinds) if _ORDER.index(kind) < _ORDER.index(above)
    ]
    if not turned:
        yield passed(f"{path}.rows[{places[0]}].district")
    for place, kind in turned:
        number = annex.rows[place].sequence.value or place + 1
        yield violated(
            f"{rows_th([number])}: {kind.value} แทรกหลังประเภทที่อยู่ลำดับหลัง",
            f"{rows_en([number])}: {kind.value} stands behind a kind that comes after it",
            [f"{path}.rows[{place}].body"],
        )


def _blocks(annex: Annex) -> list[tuple[str, list[int]]]:
    """Return the runs of rows of one district; a row without one belongs to the run it stands in."""
    named: list[tuple[str, int]] = []
    for index, row in enumerate(annex.rows):
        district = row.district.value or (named[-1][0] if named else row.district.raw)
        named.append((district, index))
    return [(name, [index for _, index in found]) for name, found in groupby(named, key=lambda each: each[0])]


def _likely(head: str, kind: BodyKind | None) -> str | None:
    """Return the abbreviation that was probably meant: that of the body it was taken for, else the only near one."""
    if kind is not None and kind is not BodyKind.SPECIAL:
        return kind.value
    near = [short for short in _SHORT if Levenshtein.distance(short, head) == 1]
    return near[0] if len(near) == 1 else None
