"""The names of an annex against all bodies of its province at once: one to one, and at the least cost."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from gazetteer.assignment import assign
from gazetteer.confirmed_names import CONFIRMED
from gazetteer.distance import Costs, distances
from gazetteer.hidden_names import find_hidden_names, place_hidden_names
from gazetteer.kinds import bare, split_damaged, split_kind
from models.annex import BodyKind, BodyRef
from models.confirmation import Confirmation
from models.field import Candidate, Field, Repair
from models.register import Body

Places = Sequence[str | None]


@dataclass(frozen=True, slots=True)
class MatchSettings:
    """Limits of what a reading is taken for; all but the last three are costs a letter of the reading.

    They were settled on names of 76 provinces damaged by program at 5, 10 and 20 % of their letters.
    """

    far: float = 0.75
    """From here on the reading is of no body: that is as likely as the nearest one."""
    far_open: float = 0.6
    """The same where rows are missing or too many, so that the last row need not be the last body."""
    doubtful: float = 0.55
    """From here on a repair is for a person to confirm, however clear its margin, where rows and bodies are as many: a
    name hardly legible is then the one that is left. Of strangers to such a table about one in twenty still passes."""
    doubtful_open: float = 0.25
    """The same where they are not: above what the rows of this annex cost on the average."""
    doubtful_open_most: float = 0.45
    """No repair above it is taken without a doubt there, whatever the average is."""
    near_kind: float = 0.3
    """A body of another kind is taken up to here, for a person to confirm."""
    near_district: float = 0.25
    """The same for a body of another district."""
    near_neither: float = 0.15
    """The same for a body of another kind and district."""
    shortest: int = 3
    """Letters that a reading counts as at least."""
    departing: float = 0.01
    """Share of the rows: so many missing and surplus ones tell that a table does not list what the register does."""
    clear_margin: float = 0.9
    """Weighted edits by which the next best assignment must be dearer: nearly a letter."""
    clear_kind: float = 0.5
    """Weighted edits by which a damaged kind must be nearer to one kind than to the next: a confused letter."""
    candidates: int = 3
    """Other bodies that are proposed beside a repair."""


SETTINGS: Final = MatchSettings()
_NEVER: Final = 1e6
"""Cost of what may not be."""


@dataclass(frozen=True, slots=True)
class _Match:
    """The place of a row and of the body that it was given, -1 for none, and how clear that is."""

    row: int
    body: int
    margin: float


class NameMatcher:
    """The names of one annex and the bodies that they may be."""

    def __init__(
        self, fields: Sequence[Field[BodyRef]], bodies: Sequence[Body], limits: MatchSettings = SETTINGS
    ) -> None:
        self._limits = limits
        self._fields = fields
        self._bodies = bodies
        self._read = [split_kind(field.raw) for field in fields]
        self._letters = np.array([max(len(name), limits.shortest) for _, name in self._read])
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
            self._letters[row] = max(len(name), self._limits.shortest)
            self._spelt[row] = np.minimum(self._spelt[row], costs + of_kind)
        return {row: self._clearest(heads) for row, (heads, _) in headed.items()}

    def _clearest(self, heads: Mapping[BodyKind, float]) -> BodyKind | None:
        """Return the kind that costs least, None where two cost the same or nearly."""
        (first, cost), (_, second) = sorted(heads.items(), key=lambda head: head[1])[:2]
        return first if second - cost >= self._limits.clear_kind else None

    def by_district(self, districts: Sequence[str]) -> Costs:
        """Return what each row's body costs at least in each district; a row without a name costs nothing."""
        far = self._limits.far
        apart = np.where(self._other_kind, far - self._limits.near_kind, 0.0)
        costs = self._spelt + apart * self._letters[:, None]
        most = far * self._letters
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
        far = self._limits.far_open if is_open else self._limits.far
        elsewhere = self._elsewhere(places)
        costs = self._weigh(elsewhere, far)
        said = self._confirmed(places, confirmed)
        costs[:, list(said.values())] = _NEVER
        named = [index for index, (_, name) in enumerate(self._read) if name and index not in said]
        given, margins = assign(costs[named], far * self._letters[named])
        matches = [_Match(row, int(at), float(margin)) for row, at, margin in zip(named, given, margins, strict=True)]
        doubtful = self._doubtful_open(matches) if is_open else self._limits.doubtful
        alike = Counter((places[row], *self._read[row]) for row in named)
        found = [mark_unknown(field) for field in self._fields]
        for row, at in said.items():
            repair = Repair(rule=CONFIRMED, cost=float(self._spelt[row, at]))
            found[row] = assign_body(self._fields[row], self._bodies[at], repair)
        for match in matches:
            is_alone = alike[places[match.row], *self._read[match.row]] == 1
            found[match.row] = self._settle(match, costs[match.row], elsewhere, doubtful, is_alone=is_alone)
        self._place_hidden(found, places, elsewhere)
        return found

    def _place_hidden(self, found: list[Field[BodyRef]], places: Places, elsewhere: npt.NDArray[np.bool_]) -> None:
        """Give rows whose names are hidden in part the bodies that only they can be, for a person to confirm."""
        rows = [row for row, field in enumerate(found) if field.value is None and field.raw and places[row]]
        hidden = find_hidden_names(self._fields, rows)
        if not hidden:
            return
        # A row that may as well be another body has not taken the one it was given.
        holding = {field.value.code: "body.ambiguous" in field.review for field in found if field.value is not None}
        free = np.array([holding.get(body.code, True) for body in self._bodies])
        doubtful = {at for at, body in enumerate(self._bodies) if holding.get(body.code)}
        for row, at in place_hidden_names(hidden, self._bodies, ~elsewhere & free, doubtful).items():
            old = found[row].repair
            candidates = old.candidates if old is not None else ()
            repair = Repair(rule="register.hidden", cost=float(self._spelt[row, at]), candidates=candidates)
            found[row] = assign_body(self._fields[row], self._bodies[at], repair).doubted("body.repaired_far")

    def _weigh(self, elsewhere: npt.NDArray[np.bool_], far: float) -> Costs:
        """Return what each body costs each row, those of another kind or district made dearer."""
        limits = self._limits
        near = np.select(
            [self._other_kind & elsewhere, self._other_kind, elsewhere],
            [limits.near_neither, limits.near_kind, limits.near_district],
            far,
        )
        costs: Costs = self._spelt + (far - near) * self._letters[:, None]
        return costs

    def _settle(
        self, match: "_Match", costs: Costs, elsewhere: npt.NDArray[np.bool_], doubtful: float, *, is_alone: bool
    ) -> Field[BodyRef]:
        """Return the field of a row with the body that it was given, and every doubt about that.

        Args:
            match: Row and body.
            costs: What each body costs the row.
            elsewhere: Where a body (column) is of another district than the row.
            doubtful: Cost a letter from which a repair is for a person to confirm.
            is_alone: Whether no other row of the district reads the same.
        """
        row, at = match.row, match.body
        order = [index for index in np.argsort(costs, kind="stable").tolist() if index != at]
        candidates = tuple(self._candidate(row, index) for index in order[: self._limits.candidates])
        if at < 0:
            return _like_none(self._fields[row], candidates)
        cost, is_elsewhere, is_other = float(self._spelt[row, at]), elsewhere[row, at], self._other_kind[row, at]
        is_ambiguous = match.margin < self._limits.clear_margin
        doubts = {
            "body.kind_differs": is_other,
            "body.elsewhere": is_elsewhere,
            "body.ambiguous": is_ambiguous,
            "body.repaired_far": cost > doubtful * self._letters[row],
            # which of them is the misread one, the reading cannot tell
            "body.duplicate": not is_alone,
            "body.kind_unread": self._read[row][0] is None and row not in self._headed,
        }
        rule = "elsewhere" if is_elsewhere else "other_kind" if is_other else "assignment"
        repair = Repair(rule=f"register.{rule}", cost=cost, margin=match.margin, candidates=candidates)
        as_read = cost == 0 and rule == "assignment" and not is_ambiguous
        field = assign_body(self._fields[row], self._bodies[at], None if as_read else repair)
        return field.doubted(*(code for code, holds in doubts.items() if holds))

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
        known = self._known_groups(places, {kind for _, kind in listed})
        unplaced = sum(count for group, count in listed.items() if None in group)
        placed = {group for group in (*listed, *known) if None not in group}
        departing = sum(abs(listed[group] - known[group]) for group in placed) - unplaced
        return departing > self._limits.departing * listed.total()

    def _known_groups(
        self, places: Places, kinds: Collection[BodyKind | None]
    ) -> Counter[tuple[str | None, BodyKind | None]]:
        """Return how many bodies the register has of these kinds in these districts."""
        here = (body for body in self._bodies if body.kind in kinds)
        return Counter(
            _group(body.district, body.kind) for body in here if body.district in places or body.kind is BodyKind.PAO
        )

    def _doubtful_open(self, matches: Sequence["_Match"]) -> float:
        costs = [self._spelt[each.row, each.body] / self._letters[each.row] for each in matches if each.body >= 0]
        usual = float(np.mean(costs)) if costs else 0.0
        return min(self._limits.doubtful_open + usual, self._limits.doubtful_open_most)

    def _candidate(self, row: int, at: int) -> Candidate:
        body = self._bodies[at]
        return Candidate(value=body.label, code=body.code, cost=float(self._spelt[row, at]))


def _group(place: str | None, kind: BodyKind | None) -> tuple[str | None, BodyKind | None]:
    """Return the part of a table that a body is listed in; that of a province's own is not of one district."""
    return ("" if kind is BodyKind.PAO else place, kind)


def mark_unknown(field: Field[BodyRef]) -> Field[BodyRef]:
    """Return a body field that nothing was found for; one that was never printed is in no doubt."""
    return field.doubted("body.unknown") if field.raw or field.page is not None else field


def assign_body(field: Field[BodyRef], body: Body, repair: Repair | None) -> Field[BodyRef]:
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
