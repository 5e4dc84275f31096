"""The names of an annex against all bodies of its province at once: one to one, and at the least cost."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from gazetteer.assignment import assign
from gazetteer.distance import Costs, distances
from gazetteer.kinds import bare, split_damaged, split_kind
from models.annex import BodyKind, BodyRef
from models.confirmation import Confirmation
from models.field import Candidate, Field, Repair
from models.register import Body

Places = Sequence[str | None]

# All limits are costs a letter of the reading.
_FAR = 0.75
"""No body at all is as likely as the nearest one."""
_FAR_OPEN = 0.6
"""The same where rows are missing or too many, so that the last row need not be the last body."""
_DOUBTFUL = 0.55
"""A repair is for a person to confirm, however clear its margin, where rows and bodies are as many: a name hardly
legible is then the one that is left. Of strangers to such a table about one in twenty still passes."""
_DOUBTFUL_OPEN = 0.25
"""The same where they are not: above what the rows of this annex cost on the average, and never above the next."""
_DOUBTFUL_OPEN_MOST = 0.45
_NEAR_KIND = 0.3
_NEAR_DISTRICT = 0.25
_NEAR_NEITHER = 0.15
"""A body of another kind or district, or both, is taken up to here, for a person to confirm."""
_SHORTEST = 3
"""Letters that a reading counts as at least."""
_DEPARTING = 0.01
"""Share of the rows: so many missing and surplus ones tell that a table does not list what the register does."""
_CLEAR_MARGIN = 0.9
_CLEAR_KIND = 0.5
_CANDIDATES = 3
_NEVER = 1e6


class Names:
    """The names of one annex and the bodies that they may be."""

    def __init__(self, fields: Sequence[Field[BodyRef]], bodies: Sequence[Body]) -> None:
        self._fields = fields
        self._bodies = bodies
        self._read = [split_kind(field.raw) for field in fields]
        self._letters = np.array([max(len(name), _SHORTEST) for _, name in self._read])
        names = [bare(body.name) for body in bodies]
        self._spelt = distances([name for _, name in self._read], names)
        self._headed = self._spell_headed(names)
        self._other_kind = _differing([kind for kind, _ in self._read], [body.kind for body in bodies])

    def _spell_headed(self, names: Sequence[str]) -> dict[int, BodyKind | None]:
        """Spell rows anew whose kind is damaged, by kind and name together, and return which these are of."""
        unread = [row for row, (kind, label) in enumerate(self._read) if kind is None and label]
        split = zip(unread, split_damaged([self._read[row][1] for row in unread]), strict=True)
        headed = {row: (heads, name) for row, (heads, name) in split if heads}
        spelt = distances([name for _, name in headed.values()], names)
        for row, (heads, name), costs in zip(headed, headed.values(), spelt, strict=True):
            of_kind = [heads.get(body.kind, _NEVER) for body in self._bodies]
            self._letters[row] = max(len(name), _SHORTEST)
            self._spelt[row] = np.minimum(self._spelt[row], costs + of_kind)
        return {row: _clearest(heads) for row, (heads, _) in headed.items()}

    def by_district(self, districts: Sequence[str]) -> Costs:
        """Return what each row's body costs at least in each district; a row without a name costs nothing."""
        apart = np.where(self._other_kind, _FAR - _NEAR_KIND, 0.0)
        costs = self._spelt + apart * self._letters[:, None]
        most = _FAR * self._letters
        evidence = np.repeat(most[:, None], len(districts), axis=1)
        for at, name in enumerate(districts):
            inside = [i for i, body in enumerate(self._bodies) if body.district == name]
            evidence[:, at] = np.minimum(most, costs[:, inside].min(axis=1, initial=np.inf))
        evidence[[not name for _, name in self._read]] = 0.0
        return evidence

    def match(self, places: Places, confirmed: Sequence[Confirmation] = ()) -> list[Field[BodyRef]]:
        """Return the body field of each row.

        Args:
            places: The district of each row.
            confirmed: What a person said of readings in this province.
        """
        is_open = self._departs(places)
        far = _FAR_OPEN if is_open else _FAR
        elsewhere = self._elsewhere(places)
        near = np.select(
            [self._other_kind & elsewhere, self._other_kind, elsewhere],
            [_NEAR_NEITHER, _NEAR_KIND, _NEAR_DISTRICT],
            far,
        )
        costs = self._spelt + (far - near) * self._letters[:, None]
        said = self._confirmed(places, confirmed)
        costs[:, list(said.values())] = _NEVER
        named = [index for index, (_, name) in enumerate(self._read) if name and index not in said]
        given, margins = assign(costs[named], far * self._letters[named])
        pairs = [(row, int(at)) for row, at in zip(named, given, strict=True) if at >= 0]
        doubtful = self._doubtful_open(pairs) if is_open else _DOUBTFUL
        alike = Counter((places[row], *self._read[row]) for row in named)
        found = [unknown(field) for field in self._fields]
        for row, at in said.items():
            repair = Repair(rule="register.confirmed", cost=float(self._spelt[row, at]))
            found[row] = given_to(self._fields[row], self._bodies[at], repair)
        for row, at, margin in zip(named, given.tolist(), margins.tolist(), strict=True):
            order = [i for i in np.argsort(costs[row], kind="stable").tolist() if i != at]
            candidates = tuple(self._candidate(row, i) for i in order[:_CANDIDATES])
            if at < 0:
                found[row] = _like_none(self._fields[row], candidates)
                continue
            kind, name = self._read[row]
            doubts = {
                "body.kind_differs": self._other_kind[row, at],
                "body.elsewhere": elsewhere[row, at],
                "body.ambiguous": margin < _CLEAR_MARGIN,
                "body.repaired_far": self._spelt[row, at] > doubtful * self._letters[row],
                # which of them is the misread one, the reading cannot tell
                "body.duplicate": alike[places[row], kind, name] > 1,
                "body.kind_unread": kind is None and row not in self._headed,
            }
            rule = "elsewhere" if elsewhere[row, at] else "other_kind" if self._other_kind[row, at] else "assignment"
            cost = float(self._spelt[row, at])
            repair = Repair(rule=f"register.{rule}", cost=cost, margin=margin, candidates=candidates)
            as_read = cost == 0 and rule == "assignment" and margin >= _CLEAR_MARGIN
            field = given_to(self._fields[row], self._bodies[at], None if as_read else repair)
            found[row] = field.doubted(*(code for code, holds in doubts.items() if holds))
        return found

    def _confirmed(self, places: Places, confirmed: Sequence[Confirmation]) -> dict[int, int]:
        """Return the body that a person said each such row to be.

        A reading that stands twice, or is in full the name of another body of its district, is not decided by that.
        """
        said: dict[tuple[str | None, str], str | None] = {
            (each.district, each.reading): each.body.code for each in confirmed
        }
        at: dict[str | None, int] = {body.code: index for index, body in enumerate(self._bodies)}
        exact = (self._spelt == 0) & ~self._other_kind & ~self._elsewhere(places)
        named = {row: said.get((places[row], bare(field.raw))) for row, field in enumerate(self._fields)}
        found = {row: at[code] for row, code in named.items() if code in at and not exact[row].any()}
        twice = {index for index, count in Counter(found.values()).items() if count > 1}
        return {row: index for row, index in found.items() if index not in twice}

    def _elsewhere(self, places: Places) -> npt.NDArray[np.bool_]:
        """Return where a body (column) is of another district than the row; a province's own is of all of them."""
        elsewhere = _differing(places, [body.district for body in self._bodies])
        elsewhere[:, [body.kind is BodyKind.PAO for body in self._bodies]] = False
        elsewhere[[kind is BodyKind.PAO for kind, _ in self._read]] = False
        return elsewhere

    def _departs(self, places: Places) -> bool:
        """Whether rows and bodies are not as many, in each district and kind that the annex lists."""
        listed = Counter(
            _group(places[row], kind or self._headed.get(row)) for row, (kind, name) in enumerate(self._read) if name
        )
        kinds = {kind for _, kind in listed}
        known = Counter(
            _group(body.district, body.kind)
            for body in self._bodies
            if body.kind in kinds and (body.district in places or body.kind is BodyKind.PAO)
        )
        untold = sum(count for (place, kind), count in listed.items() if place is None or kind is None)
        told = {(place, kind) for place, kind in (*listed, *known) if place is not None and kind is not None}
        departing = sum(abs(listed[each] - known[each]) for each in told) - untold
        return departing > _DEPARTING * listed.total()

    def _doubtful_open(self, pairs: Collection[tuple[int, int]]) -> float:
        usual = np.mean([self._spelt[row, at] / self._letters[row] for row, at in pairs]) if pairs else 0.0
        return min(_DOUBTFUL_OPEN + float(usual), _DOUBTFUL_OPEN_MOST)

    def _candidate(self, row: int, at: int) -> Candidate:
        body = self._bodies[at]
        return Candidate(value=body.label, code=body.code, cost=float(self._spelt[row, at]))


def _clearest(heads: Mapping[BodyKind, float]) -> BodyKind | None:
    """Return the kind that costs least, None where two cost the same or nearly."""
    (first, cost), (_, second) = sorted(heads.items(), key=lambda each: each[1])[:2]
    return first if second - cost >= _CLEAR_KIND else None


def _group(place: str | None, kind: BodyKind | None) -> tuple[str | None, BodyKind | None]:
    """Return the part of a table that a body is listed in; that of a province's own is not of one district."""
    return ("" if kind is BodyKind.PAO else place, kind)


def unknown(field: Field[BodyRef]) -> Field[BodyRef]:
    """Return a body field that nothing was found for; one that was never printed is in no doubt."""
    return field.doubted("body.unknown") if field.raw or field.page is not None else field


def given_to(field: Field[BodyRef], body: Body, repair: Repair | None) -> Field[BodyRef]:
    """Return the field with a body as its value."""
    value = BodyRef(kind=body.kind, name=body.name, code=body.code)
    return field.model_copy(update={"value": value, "repair": repair})


def _differing(read: Places, known: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Return where what was read (rows) is not what is known (columns); what was not read differs from nothing."""
    table = [[value is not None and value != each for each in known] for value in read]
    return np.array(table, dtype=bool).reshape(len(read), len(known))


def _like_none(field: Field[BodyRef], candidates: tuple[Candidate, ...]) -> Field[BodyRef]:
    repair = Repair(rule="register.none", cost=candidates[0].cost if candidates else 0.0, candidates=candidates)
    return field.model_copy(update={"value": None, "repair": repair}).doubted("body.unknown")
