"""Which province an annex is of: as it was read, nearest to that, or the one whose districts the rows name."""

from collections import Counter

from gazetteer.distance import distances
from gazetteer.districts import FAR, district_name
from gazetteer.kinds import bare
from models.annex import Annex
from models.field import Field, Repair
from models.register import Register

CONTRADICTED = "province.contradicted"
_VOTE_SHARE = 0.6
"""Share of the district names that must be of one province before they say which one it is; a national table names
the districts of many."""
_VOTES = 2
"""Districts that must name a province at least: one may be a homonym, or misread."""


def settle_province(annex: Annex, register: Register) -> Field[str]:
    """Return the province, with a value of None where nothing tells it."""
    read = bare(annex.province.value or "")
    by_vote = _voted(annex, register)
    if read in register.districts:
        settled = annex.province.model_copy(update={"value": read})
        return settled if by_vote in (None, read) else settled.doubted(CONTRADICTED)
    names = register.provinces
    costs = dict(zip(names, distances([read], names)[0].tolist(), strict=True))
    nearest = min(names, key=lambda name: (costs[name], name))
    near = read and costs[nearest] <= FAR * len(nearest)
    if by_vote is None and not near:
        return annex.province.model_copy(update={"value": None}).doubted("province.unknown")
    chosen = by_vote or nearest
    repair = Repair(rule="register.districts" if by_vote else "register.nearest", cost=costs[chosen])
    settled = annex.province.model_copy(update={"value": chosen, "repair": repair})
    agreed = by_vote is not None and (not read or (near and by_vote == nearest))
    return settled if agreed else settled.doubted("province.repaired")


def _voted(annex: Annex, register: Register) -> str | None:
    """Return the province to which the districts that the rows name belong, None where that is not clear."""
    known = {name for names in register.districts.values() for name in names}
    named = {district_name(row.district.raw) for row in annex.rows} & known
    votes = Counter({p: len(named & set(names)) for p, names in register.districts.items()}).most_common(2)
    (first, most), (_, second) = votes[0], votes[1]
    return first if most >= _VOTES and most > second and most >= _VOTE_SHARE * len(named) else None
