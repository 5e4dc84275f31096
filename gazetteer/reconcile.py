"""Readings of an annex → bodies of the register.

First what was read exactly; then one-to-one assignment of least cost inside (district, kind), since a table lists
each body once; what is left may match elsewhere in the province, but then asks for review. The raw reading, the
repair and its cost stay with the value.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from gazetteer.distance import distance
from gazetteer.kinds import bare, split_kind
from models.annex import Annex, BodyKind, BodyRef, Row
from models.field import Candidate, Field, Repair
from models.issue import Issue, Message, Severity
from models.register import Body, Register

Costs = npt.NDArray[np.float64]

_FAR = 0.75
"""Cost a letter of the reading at which no body at all is as likely as the nearest one."""
_DOUBTFUL = 0.55
"""Cost a letter above which a repair is for a person to confirm, however clear its margin. Of names that are strangers
to their district about one in thirty to fifteen still passes, where it stands for the only body left."""
_DOUBTFUL_OPEN = 0.4
"""The same where the table leaves bodies of the group out, so that the last row need not be the last body."""
_CLEAR_MARGIN = 0.9
_DISTRICT_FAR = 0.4
_ELSEWHERE_FAR = 0.25
_CANDIDATES = 3
_VOTE_SHARE = 0.6
"""Share of the district names that must be of one province before they say which one it is; a national table names
the districts of many."""
_VOTES = 2
_CAPITAL = "เมือง"
_OTHER_KIND = Repair(rule="register.other_kind", cost=0.0)
_CONTRADICTED = "province.contradicted"


def reconcile(annex: Annex, register: Register) -> tuple[Annex, tuple[Issue, ...]]:
    """Return an annex whose province, districts and bodies are those of the register, and what could not be settled.

    Args:
        annex: As parsed; `row.body.raw` and `row.district.raw` hold the readings.
        register: The bodies; those valid on the annex's as-of date are taken.
    """
    if not any(row.body.raw for row in annex.rows):
        return annex, ()
    province = _province(annex, register)
    if province.value is None:
        rows = tuple(_with(row, row.district, _unknown(row.body)) for row in annex.rows)
        return annex.model_copy(update={"province": province, "rows": rows}), (_no_province(),)
    bodies = register.bodies_of(province.value, annex.as_of.value)
    districts = [_district(row.district, register.districts[province.value]) for row in annex.rows]
    found = _Matcher(annex.rows, districts, bodies).match()
    if _CONTRADICTED in province.review:
        found = [body.doubted(_CONTRADICTED) for body in found]
    rows = tuple(_with(row, district, body) for row, district, body in zip(annex.rows, districts, found, strict=True))
    return annex.model_copy(update={"province": province, "rows": rows}), ()


def _with(row: Row, district: Field[str], body: Field[BodyRef]) -> Row:
    review = tuple(dict.fromkeys((*row.review, *district.review, *body.review)))
    return row.model_copy(update={"district": district, "body": body, "review": review})


def _province(annex: Annex, register: Register) -> Field[str]:
    """Return the province: as read, nearest to what was read, or the one whose districts the rows name."""
    read = bare(annex.province.value or "")
    by_vote = _voted(annex, register)
    if read in register.districts:
        settled = annex.province.model_copy(update={"value": read})
        return settled if by_vote in (None, read) else settled.doubted(_CONTRADICTED)
    ranked = sorted((distance(read, name), name) for name in register.provinces) if read else []
    nearest = ranked[0][1] if ranked and ranked[0][0] <= _DISTRICT_FAR * len(ranked[0][1]) else None
    if by_vote is None and nearest is None:
        return annex.province.model_copy(update={"value": None}).doubted("province.unknown")
    chosen = by_vote or nearest or ""
    repair = Repair(rule="register.districts" if by_vote else "register.nearest", cost=distance(read, chosen))
    settled = annex.province.model_copy(update={"value": chosen, "repair": repair})
    agreed = by_vote is not None and (not read or by_vote == nearest)
    return settled if agreed else settled.doubted("province.repaired")


def _voted(annex: Annex, register: Register) -> str | None:
    """Return the province to which the districts that the rows name belong, None where that is not clear."""
    known = {name for names in register.districts.values() for name in names}
    named = {_district_name(row.district.raw) for row in annex.rows} & known
    votes = Counter({p: len(named & set(names)) for p, names in register.districts.items()}).most_common(2)
    (first, most), (_, second) = votes[0], votes[1]
    return first if most >= _VOTES and most > second and most >= _VOTE_SHARE * len(named) else None


def _district_name(raw: str) -> str:
    """Return a district's name without the word อำเภอ before it."""
    name = bare(raw)
    for word in ("อำเภอ", "อ."):
        if name.startswith(word):
            return name.removeprefix(word)
    return name


def _district(read: Field[str], names: Sequence[str]) -> Field[str]:
    raw = _district_name(read.raw)
    if raw.rstrip("ฯ") == _CAPITAL:
        # offices leave out the province's name; no province has two districts that begin so
        raw = next((name for name in names if name.startswith(_CAPITAL)), raw)
    if not raw or not names:
        return read.doubted("district.unread") if not raw and read.page is not None else read
    if raw in names:
        return read.model_copy(update={"value": raw})
    ranked = sorted((distance(raw, name), name) for name in names)
    cost, name = ranked[0]
    margin = ranked[1][0] - cost if len(ranked) > 1 else None
    candidates = tuple(Candidate(value=n, cost=c) for c, n in ranked[1:_CANDIDATES])
    repair = Repair(rule="register.nearest", cost=cost, margin=margin, candidates=candidates)
    if cost > _DISTRICT_FAR * len(name):
        return read.model_copy(update={"value": None, "repair": repair}).doubted("district.unknown")
    settled = read.model_copy(update={"value": name, "repair": repair})
    return settled if margin is None or margin >= _CLEAR_MARGIN else settled.doubted("district.ambiguous")


class _Matcher:
    """One annex against the bodies of its province; each body is given to one row."""

    def __init__(self, rows: Sequence[Row], districts: Sequence[Field[str]], bodies: Sequence[Body]) -> None:
        self._rows = rows
        self._districts = [district.value for district in districts]
        self._read = [split_kind(row.body.raw) for row in rows]
        self._readings = Counter((self._districts[i], *read) for i, read in enumerate(self._read))
        self._free = {body.code: body for body in bodies}
        self._found: dict[int, Field[BodyRef]] = {}

    def match(self) -> list[Field[BodyRef]]:
        """Return the body field of each row."""
        self._exactly()
        self._other_kind()
        self._by_assignment()
        self._elsewhere()
        return [self._found.get(index, _unknown(row.body)) for index, row in enumerate(self._rows)]

    def _waiting(self) -> list[int]:
        return [i for i, (_, name) in enumerate(self._read) if i not in self._found and name]

    def _group(self, index: int) -> list[Body]:
        """Return the free bodies a row may be: of its kind and district, as far as these were read."""
        kind, district = self._read[index][0], self._districts[index]
        return [
            body
            for body in self._free.values()
            if (kind is None or body.kind is kind)
            and (district is None or body.district == district or kind is BodyKind.PAO)
        ]

    def _give(self, index: int, body: Body, repair: Repair | None, *review: str) -> None:
        field = self._rows[index].body
        value = BodyRef(kind=body.kind, name=body.name, code=body.code)
        self._found[index] = field.model_copy(update={"value": value, "repair": repair}).doubted(*review)
        del self._free[body.code]

    def _doubled(self, index: int) -> tuple[str, ...]:
        """Doubt every row of those that read alike: which of them is the misread one, the reading cannot tell."""
        return ("body.duplicate",) if self._readings[self._districts[index], *self._read[index]] > 1 else ()

    def _exactly(self) -> None:
        seen: set[tuple[str | None, BodyKind | None, str]] = set()
        for index in self._waiting():
            kind, name = self._read[index]
            same = [body for body in self._group(index) if bare(body.name) == name]
            key = (self._districts[index], kind, name)
            if len(same) == 1 and key not in seen:
                self._give(index, same[0], None, *self._doubled(index), *(() if kind else ("body.kind_unread",)))
            seen.add(key)

    def _other_kind(self) -> None:
        """Match a name that its district has under another kind only: misread, or upgraded on another day."""
        for index in self._waiting():
            kind, name = self._read[index]
            district = self._districts[index]
            same = [b for b in self._free.values() if b.district == district and bare(b.name) == name]
            near = any(distance(name, bare(b.name)) <= _ELSEWHERE_FAR * len(name) for b in self._group(index))
            if kind is not None and len(same) == 1 and same[0].kind is not kind and not near:
                self._give(index, same[0], _OTHER_KIND, "body.kind_differs", *self._doubled(index))

    def _by_assignment(self) -> None:
        groups: dict[tuple[str | None, BodyKind | None], list[int]] = defaultdict(list)
        for index in self._waiting():
            groups[self._districts[index], self._read[index][0]].append(index)
        for rows in groups.values():
            self._assign(rows, self._group(rows[0]))

    def _assign(self, rows: list[int], bodies: list[Body]) -> None:
        if not bodies:
            return
        names = [self._read[row][1] for row in rows]
        doubtful = _DOUBTFUL if len(rows) >= len(bodies) else _DOUBTFUL_OPEN
        costs = np.array([[distance(name, bare(body.name)) for body in bodies] for name in names])
        # A row may also stay without a body, at the price of a reading that is as good as none.
        idle = np.full((len(rows), len(rows)), np.inf)
        np.fill_diagonal(idle, [_FAR * max(len(name), 3) for name in names])
        table = np.hstack([costs, np.where(np.isinf(idle), 1e6, idle)])
        chosen_rows, chosen = linear_sum_assignment(table)
        total = float(table[chosen_rows, chosen].sum())
        for row_at, column in zip(chosen_rows, chosen, strict=True):
            if column >= len(bodies):
                continue
            margin = _margin(table, int(row_at), int(column), total)
            row = rows[int(row_at)]
            review = []
            if margin < _CLEAR_MARGIN:
                review.append("body.ambiguous")
            if costs[int(row_at)][int(column)] > doubtful * len(names[int(row_at)]):
                review.append("body.repaired_far")
            review.extend(self._doubled(row))
            if self._read[row][0] is None:
                review.append("body.kind_unread")
            repair = _repair("register.assignment", costs[int(row_at)], bodies, int(column), margin)
            self._give(row, bodies[int(column)], repair, *review)

    def _elsewhere(self) -> None:
        """Match what is left in another kind or district, where it is near; always for a person to confirm."""
        for index in self._waiting():
            name, field = self._read[index][1], self._rows[index].body
            free = list(self._free.values())
            costs = np.array([distance(name, bare(body.name)) for body in free])
            order = np.argsort(costs, kind="stable")
            if order.size and costs[order[0]] <= _ELSEWHERE_FAR * len(name):
                at = int(order[0])
                margin = float(costs[order[1]] - costs[at]) if order.size > 1 else None
                repair = _repair("register.elsewhere", costs, free, at, margin)
                self._give(index, free[at], repair, "body.elsewhere")
                continue
            near = tuple(
                Candidate(value=free[i].label, code=free[i].code, cost=float(costs[i])) for i in order[:_CANDIDATES]
            )
            repair = Repair(rule="register.none", cost=near[0].cost if near else 0.0, candidates=near)
            self._found[index] = field.model_copy(update={"value": None, "repair": repair}).doubted("body.unknown")


def _margin(table: Costs, row: int, column: int, total: float) -> float:
    """Return how much dearer the whole assignment becomes without this pair."""
    other = table.copy()
    other[row, column] = 1e6
    rows, columns = linear_sum_assignment(other)
    return round(min(float(other[rows, columns].sum()) - total, 1e3), 3)


def _repair(
    rule: str,
    costs: Costs,
    bodies: Sequence[Body],
    chosen: int,
    margin: float | None,
) -> Repair:
    order = [int(i) for i in np.argsort(costs, kind="stable") if int(i) != chosen]
    return Repair(
        rule=rule,
        cost=float(costs[chosen]),
        margin=margin,
        candidates=tuple(
            Candidate(value=bodies[i].label, code=bodies[i].code, cost=float(costs[i])) for i in order[:_CANDIDATES]
        ),
    )


def _unknown(field: Field[BodyRef]) -> Field[BodyRef]:
    return field.doubted("body.unknown") if field.raw or field.page is not None else field


def _no_province() -> Issue:
    return Issue(
        code="annex.province_unknown",
        severity=Severity.WARNING,
        stage="reconcile",
        message=Message(
            th="ไม่ทราบว่าบัญชีนี้เป็นของจังหวัดใด จึงเทียบชื่อ อปท. กับทะเบียนไม่ได้",
            en="the province of the annex is not known, so its bodies could not be held against the register",
        ),
    )
