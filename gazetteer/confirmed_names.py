"""Names that a person confirmed after a document was read: what hung on them is settled without reading it again."""

from collections import Counter
from collections.abc import Collection, Sequence

from gazetteer.kinds import bare
from models.annex import Annex, BodyRef, Row
from models.confirmation import Confirmation
from models.document import Document
from models.field import Repair
from models.register import Body, Register

CONFIRMED = "register.confirmed"
"""Rule of the repair of a name that a person said the body of."""
_SETTLED = ("body.", "register.")
"""What the doubts begin with that such a word settles; that the picture is pale, it does not."""


def settle_confirmed(document: Document, register: Register, confirmed: Sequence[Confirmation]) -> Document:
    """Return a document whose rows have the bodies that people said their readings to be.

    A reading is settled as when it is read anew: by province, district and the letters read; not where the reading
    stands twice, is a name in full, or another row has that body.

    Args:
        document: As it was read.
        register: The bodies.
        confirmed: What people said.
    """
    if not confirmed:
        return document
    annexes = tuple(_settle_annex(annex, register, confirmed) for annex in document.annexes)
    return document.model_copy(update={"annexes": annexes})


def _settle_annex(annex: Annex, register: Register, confirmed: Sequence[Confirmation]) -> Annex:
    province = annex.province.value
    said = {(each.district, each.reading): each.body.code for each in confirmed if each.province == province}
    if province is None or not said:
        return annex
    bodies = {body.code: body for body in register.find_bodies(province, annex.as_of.value)}
    held = {row.body.value.code for row in annex.rows if row.body.value is not None}
    readings = Counter(_reading(row) for row in annex.rows)
    rows = []
    for row in annex.rows:
        body = bodies.get(said.get(_reading(row)) or "")
        settles = body is not None and readings[_reading(row)] == 1 and _may_become(row, body, held)
        rows.append(_settle_row(row, body) if body is not None and settles else row)
    return annex.model_copy(update={"rows": tuple(rows)})


def _may_become(row: Row, body: Body, held: Collection[str | None]) -> bool:
    """Whether a row may have a body: it is not another's, and the row does not read a name in full."""
    own = row.body.value.code if row.body.value is not None else None
    is_read_in_full = own is not None and row.body.repair is None
    return not is_read_in_full and (body.code == own or body.code not in held)


def _reading(row: Row) -> tuple[str, str]:
    return row.district.value or "", bare(row.body.raw)


def _settle_row(row: Row, body: Body) -> Row:
    settled = {code for code in row.body.review if code.startswith(_SETTLED)}
    cost = row.body.repair.cost if row.body.repair is not None else 0.0
    field = row.body.model_copy(
        update={
            "value": BodyRef(kind=body.kind, name=body.name, code=body.code),
            "repair": Repair(rule=CONFIRMED, cost=cost),
            "review": tuple(code for code in row.body.review if code not in settled),
        }
    )
    review = tuple(code for code in row.review if code not in settled)
    return row.model_copy(update={"body": field, "review": review})
