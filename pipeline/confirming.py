"""Confirming that a reading is a certain body, so that the archive remembers it."""

from core.errors import UsageError
from core.settings import Settings
from gazetteer.districts import district_name
from gazetteer.kinds import bare, split_kind
from gazetteer.register import load
from gazetteer.search import named
from models.annex import BodyRef
from models.confirmation import Confirmation, StoredConfirmation
from store.archive import Archive


def confirm(
    archive: Archive, settings: Settings, reading: str, key: str, *, province: str, district: str
) -> StoredConfirmation:
    """Remember that a reading is a body, and return it with its number.

    Args:
        archive: What remembers it.
        settings: Name the register.
        reading: Kind and name as they were read, such as อบต.บุนฝ่าง.
        key: Key of the body, or its name in full.
        province: Where the annex is of.
        district: Where the row stands.

    Raises:
        UsageError: A place or body is unknown, or the reading is in full the name of a body of that place.
    """
    register = load(settings.bodies)
    district = district_name(district)
    if district not in register.districts.get(province, ()):
        raise UsageError(f"{district}, {province}: ไม่มีในทะเบียน", f"{district}, {province}: not in the register")
    found = {body.code: body for body in named(register, key) if body.province == province}
    if len(found) != 1:
        codes = ", ".join(found) or "–"
        raise UsageError(
            f"{key}, {province}: ต้องเป็น อปท. เดียว: {codes}", f"{key}, {province}: must be one body: {codes}"
        )
    [body] = found.values()
    kind, name = split_kind(reading)
    if not name:
        raise UsageError(f"{reading}: ไม่มีชื่อ", f"{reading}: no name")
    own = [b for b in register.find_bodies(province) if b.district == district and kind in (None, b.kind)]
    if any(bare(each.name) == name for each in own):
        raise UsageError(
            f"{reading}: เป็นชื่อเต็มของ อปท. ในอำเภอ{district}", f"{reading}: is the name of a body of that district"
        )
    return archive.put_confirmation(
        Confirmation(
            province=province,
            district=district,
            reading=bare(reading),
            body=BodyRef(kind=body.kind, name=body.name, code=body.code),
        )
    )
