"""Repairs that a person confirmed: remembered, used, listed and taken back."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bench.damage import annex, province_bodies
from core.errors import StoreError, UsageError
from core.progress import NullProgress
from core.settings import Settings
from gazetteer.reconcile import reconcile
from gazetteer.register import load
from ingest.recognition.tesseract import TesseractRecognizer
from models.annex import BodyKind, BodyRef
from models.confirmation import Confirmation
from pipeline.confirming import confirm
from pipeline.importing import ImportOutcome, Result, import_files
from store.archive import Archive
from tests.commands.test_cli import saraban

PROVINCE, DISTRICT = "อุตรดิตถ์", "เมืองอุตรดิตถ์"
READING, KEY = "อบต.จงกผุด", "6530113"  # far from อบต.ขุนฝาง, whose key that is
SAID = Confirmation(
    province=PROVINCE,
    district=DISTRICT,
    reading=READING,
    body=BodyRef(kind=BodyKind.SAO, name="ขุนฝาง", code=KEY),
)


def import_table(path: Path, archive: Archive) -> ImportOutcome:
    nobody = TesseractRecognizer("none", Path("/nonexistent"), "no engine")
    [outcome] = import_files([path], archive, Settings(jobs=1), nobody, NullProgress())
    return outcome


def read(*pairs: tuple[str, str], confirmed: tuple[Confirmation, ...] = (SAID,)):
    done, _ = reconcile(annex(PROVINCE, pairs), load(), confirmed)
    return [row.body for row in done.rows]


@pytest.fixture
def archive(tmp_path: Path):
    with Archive.open(tmp_path / "archive") as opened:
        yield opened


def remember(archive: Archive, reading: str = READING, key: str = KEY, district: str = DISTRICT):
    return confirm(archive, Settings(), reading, key, province=PROVINCE, district=district)


def test_a_confirmed_reading_is_that_body_and_asks_for_no_review() -> None:
    [without] = read((DISTRICT, READING), confirmed=())
    assert without.review
    [body] = read((DISTRICT, "อบต. จงกผุด"))
    assert (body.value.code, body.repair.rule, body.review) == (KEY, "register.confirmed", ())
    assert body.repair.cost > 0


@pytest.mark.parametrize(
    ("pairs", "why"),
    [
        ([("พิชัย", READING)], "another district"),
        ([(DISTRICT, "ทต.จงกผุด")], "another kind"),
        ([(DISTRICT, READING), (DISTRICT, READING)], "it stands twice"),
    ],
)
def test_a_confirmation_holds_for_its_reading_alone(pairs: list[tuple[str, str]], why: str) -> None:
    assert all(body.repair is None or body.repair.rule != "register.confirmed" for body in read(*pairs)), why


def test_a_body_that_a_person_named_goes_to_no_other_row() -> None:
    first, second = read((DISTRICT, "อบต.ขุนฝาง"), (DISTRICT, READING))
    assert second.value.code == KEY
    assert first.value is None or first.value.code != KEY
    assert first.review


def test_a_name_read_in_full_is_not_overruled() -> None:
    other = SAID.model_copy(update={"reading": "อบต.วังดิน"})
    [body] = read((DISTRICT, "อบต.วังดิน"), confirmed=(other,))
    assert body.value.name == "วังดิน"


def test_the_rest_of_the_annex_is_reconciled_as_before() -> None:
    pairs = [(b.district, READING if b.code == KEY else b.label) for b in province_bodies(PROVINCE)]
    assert [body.value.code for body in read(*pairs)] == [b.code for b in province_bodies(PROVINCE)]
    assert not any(body.review for body in read(*pairs))


def test_the_archive_remembers_once_and_forgets(archive: Archive) -> None:
    first = remember(archive)
    assert remember(archive) == first
    other = remember(archive, key="อบต.วังดิน")
    assert [(each.id, each.confirmation.body.name) for each in archive.confirmations()] == [(other.id, "วังดิน")]
    archive.forget_confirmation(other.id)
    assert archive.confirmations() == []
    for number in (other.id, first.id, 99):
        with pytest.raises(UsageError):
            archive.forget_confirmation(number)


def test_what_was_decided_stays_on_record(archive: Archive) -> None:
    remember(archive)
    with closing(sqlite3.connect(archive.folder / "saraban.db")) as connection, connection:
        for change in ("DELETE FROM confirmations", "UPDATE confirmations SET payload = NULL"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(change)
    connection.close()


@pytest.mark.parametrize(
    ("reading", "key", "district"),
    [
        (READING, KEY, "อำเภอสมมติ"),
        (READING, "6999999", DISTRICT),
        (READING, "อบต.ไม่มี", DISTRICT),
        ("อบต.วังดิน", KEY, DISTRICT),
        (" ", KEY, DISTRICT),
    ],
)
def test_what_cannot_be_confirmed_is_refused(archive: Archive, reading: str, key: str, district: str) -> None:
    with pytest.raises(UsageError):
        remember(archive, reading, key, district)
    assert archive.confirmations() == []


@pytest.mark.slow
def test_a_table_that_is_imported_again_is_read_with_it(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "annex.csv"
    rows = [(b.district, READING if b.code == KEY else b.label) for b in province_bodies(PROVINCE)]
    path.write_text("\n".join(["จังหวัด,อำเภอ,อปท.", *(f"{PROVINCE},{d},{b}" for d, b in rows)]), "utf-8")
    assert import_table(path, archive).result is Result.IMPORTED
    assert import_table(path, archive).result is Result.UNCHANGED
    said = remember(archive)
    again = archive.document(import_table(path, archive).sha256 or "")
    assert [row.body.repair.rule for row in again.annexes[0].rows if row.body.raw == READING] == ["register.confirmed"]
    archive.forget_confirmation(said.id)
    assert import_table(path, archive).result is Result.IMPORTED


def test_the_commands(tmp_path: Path) -> None:
    where = ("--archive", str(tmp_path / "archive"))
    place = ("--province", PROVINCE, "--district", DISTRICT)
    told = saraban("bodies", "confirm", READING, *place, KEY, *where)
    assert (told.returncode, "อบต.ขุนฝาง" in told.stdout) == (0, True), told.stderr
    assert READING in saraban("bodies", "confirmed", *where).stdout
    assert saraban("bodies", "forget", "1", *where).returncode == 0
    assert READING not in saraban("bodies", "confirmed", *where).stdout
    assert saraban("bodies", "forget", "1", *where).returncode == 2


def test_an_archive_that_a_newer_version_wrote_is_refused(archive: Archive) -> None:
    with closing(sqlite3.connect(archive.folder / "saraban.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(StoreError):
        Archive.open(archive.folder)
