"""The fixtures: whole, openable, true to themselves and to what builds them."""

import csv
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from fixtures import annexes, hostile, letters

HERE = Path(__file__).parent.parent / "fixtures"
ROUNDS = ("round1", "round2")
SCANS = (
    *(("round1", name) for name in ("office-200", "clean-200", "office-300", "clean-300")),
    *(("round2", name) for name in ("office-200", "clean-200")),
)
PRODUCTS = [path for part in (*ROUNDS, "seed-like", "hostile", "lines") for path in sorted((HERE / part).iterdir())]


def load(name):
    return json.loads((HERE / name).read_text(encoding="utf-8"))


def rows(name):
    return load(f"{name}/truth.json")["annexes"][0]["rows"]


@pytest.mark.parametrize("this", letters.ROUNDS, ids=ROUNDS)
def test_truth_on_disk_is_what_the_builder_says(this):
    expected = {"letters": [letter.truth() for letter in this.letters()], "annexes": [annexes.truth(this)]}
    assert load(f"{this.name}/truth.json") == expected


@pytest.mark.parametrize(
    ("name", "complete", "incomplete", "not_started"), [("round1", 21, 42, 17), ("round2", 29, 39, 12)]
)
def test_rows_and_totals_agree(name, complete, incomplete, not_started):
    found = [row["status"] for row in rows(name)]
    assert [row["sequence"] for row in rows(name)] == list(range(1, 81))
    assert [found.count(status) for status in ("complete", "incomplete", "not_started")] == [
        complete,
        incomplete,
        not_started,
    ]
    totals = load(f"{name}/truth.json")["annexes"][0]["totals"]
    assert {total["column"]: total["value"] for total in totals} == {"c4": complete, "c5": 80 - complete}
    assert totals[0]["printed_under"] == "c3"


@pytest.mark.parametrize("name", ROUNDS)
def test_a_remark_fits_its_status(name):
    for row in rows(name):
        assert bool(row["remark"]) == (row["status"] != "complete")
        assert bool(row["remark_years"]) == (row["status"] == "incomplete")
        assert all(2538 <= year <= 2563 for year in row["remark_years"])
    assert len({(row["district"], row["kind"], row["name"]) for row in rows(name)}) == 80


def test_a_span_of_years_is_spelt_out():
    assert rows("round1")[47]["remark_years"] == [2562, 2563]
    assert rows("round2")[47]["remark_years"] == [2560, 2561, 2562, 2563]


@pytest.mark.parametrize("name", ROUNDS)
def test_printed_weekdays_are_those_of_the_calendar(name):
    thai = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
    for letter in load(f"{name}/truth.json")["letters"]:
        body = "".join(letter["body"])
        assert letter["deadlines"]
        for deadline in letter["deadlines"]:
            day = dt.date.fromisoformat(deadline["date"])
            assert deadline["weekday"] == day.isoweekday()
            assert f"ภายในวัน{thai[day.weekday()]}ที่ {letters.thai_date(day)}" in body


def test_stated_deadlines():
    assert letters.thai_weekday_date(dt.date(2021, 5, 7)) == "วันศุกร์ที่ ๗ พฤษภาคม ๒๕๖๔"
    assert letters.thai_weekday_date(dt.date(2021, 3, 31)) == "วันพุธที่ ๓๑ มีนาคม ๒๕๖๔"
    assert letters.thai_weekday_date(dt.date(2021, 6, 30)) == "วันพุธที่ ๓๐ มิถุนายน ๒๕๖๔"


@pytest.mark.parametrize("name", ROUNDS)
def test_the_letters_of_a_round_fit_each_other(name):
    truth = load(f"{name}/truth.json")
    cover, circular = truth["letters"]
    enclosed = cover["enclosures"][0]
    assert (enclosed["number"], enclosed["date"]) == (circular["number"], circular["date"])
    order = [truth["annexes"][0]["as_of"], circular["date"], circular["receipt"]["date"], cover["date"]]
    assert order == sorted(order)
    assert cover["deadlines"][-1] == circular["deadlines"][-1]
    assert cover["date"] < cover["deadlines"][-1]["date"]
    for letter in (cover, circular):
        assert all(reference["date"] < letter["date"] for reference in letter["references"])


def test_round_2_refers_to_round_1():
    before, after = (load(f"{name}/truth.json")["letters"] for name in ROUNDS)
    for old, new in zip(before, after, strict=True):
        assert [(cited["number"], cited["date"]) for cited in new["references"]] == [(old["number"], old["date"])]


def test_changes_are_the_difference_of_the_truths():
    differing = {
        old["sequence"]: (old, new)
        for old, new in zip(rows("round1"), rows("round2"), strict=True)
        if (old["status"], old["remark"]) != (new["status"], new["remark"])
    }
    changes = load("round2/changes.json")
    assert [change["sequence"] for change in changes] == list(differing)
    for change in changes:
        old, new = differing[change["sequence"]]
        assert change["body"] == old["kind"] + old["name"]
        assert change["before"] == {key: old[key] for key in ("status", "remark")}
        assert change["after"] == {key: new[key] for key in ("status", "remark")}
        assert change["kind"] == ("status" if old["status"] != new["status"] else "remark")


def test_changes_are_of_every_sort():
    changes = load("round2/changes.json")
    became = [change["body"] for change in changes if change["after"]["status"] == "complete"]
    fell = [change["body"] for change in changes if change["before"]["status"] == "complete"]
    remarks = [change["better"] for change in changes if change["kind"] == "remark"]
    assert (len(became), fell, sorted(remarks)) == (9, ["อบต.ท่าสัก"], [False, True, True])
    assert [change["body"] for change in changes if not change["better"]] == ["อบต.ท่าสัก", "อบต.ไผ่ล้อม"]


@pytest.mark.parametrize("name", ROUNDS)
def test_the_born_digital_pdf_has_four_pages_and_its_numbers_in_the_text(name):
    cover, circular = load(f"{name}/truth.json")["letters"]
    with pypdfium2.PdfDocument(HERE / name / "circular.pdf") as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    assert len(texts) == 4
    for text, letter in zip(texts, (cover, circular), strict=False):
        assert letters.thai(letter["number"]) in text
    assert [text.count("✓") for text in texts[2:]] == [
        sum(row["status"] == "complete" for row in page) for page in (rows(name)[:46], rows(name)[46:])
    ]


@pytest.mark.parametrize(("name", "wear"), SCANS)
def test_a_scan_is_four_full_page_pictures_without_text(name, wear):
    dpi = int(wear.rpartition("-")[2])
    with pikepdf.open(HERE / name / f"{wear}.pdf") as document:
        assert len(document.pages) == 4
        for page in document.pages:
            picture: Any
            (picture,) = page.resources.XObject.values()
            assert picture.Width == pytest.approx(float(page.mediabox[2]) * dpi / 72, abs=1)
            assert "/Font" not in page.resources
            darkest: Any = pikepdf.PdfImage(picture).as_pil_image().convert("L").getextrema()[0]
            assert darkest < 90


def test_the_office_pictures_open():
    with Image.open(HERE / "round1/office-200.tif") as tiff:
        assert (getattr(tiff, "n_frames", 1), tiff.info["compression"], tiff.info["dpi"]) == (4, "group4", (200, 200))
        size = tiff.size
    for suffix in ("png", "jpg"):
        with Image.open(HERE / f"round1/office-200-page1.{suffix}") as page:
            assert page.size == size
            assert page.info["dpi"][0] == pytest.approx(200, abs=0.1)


def test_the_ocr_text_misreads_what_it_lists():
    text = (HERE / "seed-like/ocr.txt").read_text(encoding="utf-8")
    table = {line.split("\t")[0]: line.split("\t") for line in text.splitlines() if "\t" in line}
    listed = load("seed-like/misreadings.json")
    for entry in listed["letters"]:
        assert entry["read"] in text
    columns = {"district": 1, "body": 2}
    true = {(row["sequence"], "district"): row["district"] for row in rows("round1")}
    true |= {(row["sequence"], "body"): row["kind"] + row["name"] for row in rows("round1")}
    misread = {(entry["sequence"], entry["field"]): entry for entry in listed["rows"]}
    assert len([key for key in misread if key[1] == "body"]) == 33
    for (sequence, field), value in true.items():
        cell = table[letters.thai(sequence)][columns[field]]
        entry = misread.get((sequence, field), {"paper": value, "read": value})
        assert (entry["paper"], entry["read"]) == (value, cell)


def test_the_ocr_text_has_80_rows_two_headers_and_the_shifted_total():
    text = (HERE / "seed-like/ocr.txt").read_text(encoding="utf-8")
    lines = text.splitlines()
    assert [len(line.split("\t")) for line in lines if "\t" in line] == [6] * 83
    assert text.count("ลำดับ\tอำเภอ") == 2
    assert (text.count("✓"), text.count("✗"), text.count("\tx\t")) == (21, 33, 26)
    assert "รวมทั้งสิ้น\t\t๒๑\t\t๕๙\t" in lines


def test_the_tis620_text_is_tis620_and_not_utf8():
    raw = (HERE / "seed-like/ocr-tis620.txt").read_bytes()
    text = raw.decode("tis-620")
    assert (text.count("\t/\t"), text.count("\tx\t")) == (21, 59)
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")


def test_hostile_files_are_hostile_each_in_its_way():
    folder = HERE / "hostile"
    assert (folder / "empty.pdf").read_bytes() == b""
    for name in ("truncated", "html-named"):
        with pytest.raises(pikepdf.PdfError):
            pikepdf.open(folder / f"{name}.pdf")
    assert (folder / "truncated.pdf").read_bytes().startswith(b"%PDF-")
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(folder / "encrypted.pdf")
    with pikepdf.open(folder / "encrypted.pdf", password=hostile.PASSWORD) as document:
        assert len(document.pages) == 1
    with pikepdf.open(folder / "zero-pages.pdf") as document:
        assert len(document.pages) == 0
    for encoding in ("utf-8", "tis-620", "utf-16"):
        with pytest.raises(UnicodeError):
            (folder / "utf16-named.txt").read_bytes().decode(encoding)


def test_bodies_are_of_the_kinds_of_the_province():
    with annexes.ROWS_FILE.open(encoding="utf-8", newline="") as stream:
        kinds = [record["kind"] for record in csv.DictReader(stream)]
    assert {kind: kinds.count(kind) for kind in kinds} == {"อบจ.": 1, "ทม.": 1, "ทต.": 25, "อบต.": 53}


def test_products_stay_small():
    sizes = {path.name: path.stat().st_size for path in PRODUCTS}
    assert max(sizes.values()) < 1_500_000
    assert sum(path.stat().st_size for path in PRODUCTS) < 7_000_000
