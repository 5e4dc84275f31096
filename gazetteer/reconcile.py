"""Readings of an annex → bodies of the register.

The province is settled first, then the district of each row, then all names at once, since a table lists each body
once. The raw reading, the repair and its cost stay with the value.
"""

from collections.abc import Sequence

from gazetteer.districts import settle_districts
from gazetteer.matching import NameMatcher, mark_unknown
from gazetteer.provinces import CONTRADICTED, settle_province
from models.annex import Annex, BodyRef, Row
from models.confirmation import Confirmation
from models.field import Field
from models.issue import Issue, Message, Severity
from models.register import Register


def reconcile(
    annex: Annex, register: Register, confirmed: Sequence[Confirmation] = ()
) -> tuple[Annex, tuple[Issue, ...]]:
    """Return an annex whose province, districts and bodies are those of the register, and what could not be settled.

    Args:
        annex: As parsed; `row.body.raw` and `row.district.raw` hold the readings.
        register: The bodies; those valid on the annex's as-of date are taken.
        confirmed: Readings that a person said the bodies of; they are taken as said.
    """
    lists_bodies = any(row.body.raw for row in annex.rows)
    if not lists_bodies and not any(row.district.raw for row in annex.rows):
        return annex, ()
    province = settle_province(annex, register)
    if province.value is None and not lists_bodies:
        return annex, ()
    if province.value is None:
        rows = tuple(_settle_row(row, row.district, mark_unknown(row.body)) for row in annex.rows)
        return annex.model_copy(update={"province": province, "rows": rows}), (_no_province(),)
    said = [each for each in confirmed if each.province == province.value]
    districts, bodies = _match_rows(annex, province.value, register, said)
    if CONTRADICTED in province.review:
        bodies = [body.doubted(CONTRADICTED) for body in bodies]
    settled = zip(annex.rows, districts, bodies, strict=True)
    rows = tuple(_settle_row(row, district, body) for row, district, body in settled)
    return annex.model_copy(update={"province": province, "rows": rows}), ()


def _match_rows(
    annex: Annex, province: str, register: Register, said: Sequence[Confirmation]
) -> tuple[list[Field[str]], list[Field[BodyRef]]]:
    """Return the district and the body of each row."""
    names = NameMatcher([row.body for row in annex.rows], register.find_bodies(province, annex.as_of.value))
    known = register.districts[province]
    districts = settle_districts([row.district for row in annex.rows], known, names.by_district(known))
    return districts, names.match([district.value for district in districts], said)


def _settle_row(row: Row, district: Field[str], body: Field[BodyRef]) -> Row:
    review = tuple(dict.fromkeys((*row.review, *district.review, *body.review)))
    return row.model_copy(update={"district": district, "body": body, "review": review})


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
