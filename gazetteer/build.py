"""Builds the shipped tables of bodies and letter codes from reference facts: `python -m gazetteer.build FOLDER`.

Where the facts come from, and what was decided where they disagree, is in `data/PROVENANCE.md`.
"""

import csv
import datetime as dt
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from gazetteer import inferred_changes, letter_code_facts

CHANGE = "2025-01-01"
"""First day of the make-up of 2568. The register of 2568 shows 37 changes of kind since that of 2567 but not their
days; they took effect one by one in 2567 and 2568. A dated ledger is to replace this one day."""
_LAST_BEFORE = "2024-12-31"
_SPECIAL = "พิเศษ"
_KINDS = {"อบจ.": "อบจ.", "เทศบาลนคร": "ทน.", "เทศบาลเมือง": "ทม.", "เทศบาลตำบล": "ทต.", "อบต.": "อบต."}
_SPELLING_EDITS = 2
"""The lists of 2560 and 2567 spell one body differently by at most so many letters (ปุยุด, ปูยุด)."""
_BETWEEN = "รายชื่อ อปท. พ.ศ. {0} และ {1}: ชื่อเดียวกัน ต่างประเภท · lists of {0} and {1}: one name, two kinds"
_ONLY_ONE = (
    "รายชื่อ อปท. พ.ศ. {0} และ {1}: ประเภทเดียวกันในอำเภอหายหนึ่งเพิ่มหนึ่ง · lists of {0} and {1}: of its kind in the district "
    "one is gone and one is new"
)
_SOURCES = {"province": letter_code_facts.PROVINCES, "ministry": letter_code_facts.MINISTRIES}
_BANGKOK = "กรุงเทพมหานคร"
_FIELDS = ("code", "kind", "name", "province", "district", "valid_from", "valid_to")

Key = tuple[str, str, str, str]


def main(folder: Path, target: Path) -> None:
    """Write `bodies.csv`, `ledger.csv` and `letter_codes.csv` into `target` from the reference files in `folder`."""
    before = _bodies(folder / "lao_registry_2567.csv")
    after = _bodies(folder / "lao_registry_2568.csv")
    before |= _codes_2560(folder / "lao_dola_2560_from_ahoerstemeier.csv", before)
    rows: list[tuple[str, ...]] = []
    for key in {**before, **after}:
        province, district, kind, name = key
        chosen = before.get(key) or f"x:{province}:{district}:{kind}{name}"
        valid = ("" if key in before else CHANGE, "" if key in after else _LAST_BEFORE)
        rows.append((chosen, kind, name, province, district, *valid))
    old = _list_2560(folder / "lao_dola_2560_from_ahoerstemeier.csv")
    ledger = [
        *inferred_changes.KNOWN,
        *inferred_changes.raised(old, before, _BETWEEN.format(2560, 2567)),
        *inferred_changes.renamed(old, before, _ONLY_ONE.format(2560, 2567)),
        *inferred_changes.raised(before, after, _BETWEEN.format(2567, 2568)),
    ]
    rows = list(_dated(rows, ledger))
    codes_now = {(row[3], row[4], row[1], row[2]): row[0] for row in rows}
    _write(target / "bodies.csv", _FIELDS, rows)
    _write(target / "ledger.csv", inferred_changes.FIELDS, (_coded(line, codes_now) for line in ledger))
    _write(target / "letter_codes.csv", letter_code_facts.FIELDS, _letter_codes(folder / "letter_codes.tsv"))


def _dated(rows: Iterable[tuple[str, ...]], ledger: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Yield the bodies, one that the ledger knows the day of a change of twice: as it was until then, and since."""
    known = {
        (line["province"], line["after_district"], line["after_kind"], line["after_name"]): line
        for line in (dict(zip(inferred_changes.FIELDS, each, strict=True)) for each in ledger)
        if line["effective"]
    }
    for row in rows:
        code, kind, name, province, district, _, until = row
        line = known.get((province, district, kind, name))
        if line is None:
            yield row
            continue
        day = dt.date.fromisoformat(line["effective"])
        last = (day - dt.timedelta(days=1)).isoformat()
        place = (province, line["before_district"])
        was = line["before_code"] or f"x:{':'.join(place)}:{line['before_kind']}{line['before_name']}"
        yield (was, line["before_kind"], line["before_name"], *place, "", last)
        yield (code, kind, name, province, district, day.isoformat(), until)


def _coded(line: tuple[str, ...], codes: dict[Key, str]) -> tuple[str, ...]:
    """Return a line of the ledger with the codes that the register has for its bodies, where it has none itself."""
    told = dict(zip(inferred_changes.FIELDS, line, strict=True))
    for side in ("before", "after"):
        key = (told["province"], told[f"{side}_district"], told[f"{side}_kind"], told[f"{side}_name"])
        told[f"{side}_code"] = told[f"{side}_code"] or codes.get(key, "")
    return tuple(told[name] for name in inferred_changes.FIELDS)


def _letter_codes(path: Path) -> list[tuple[str, ...]]:
    """Return the codes of provinces, ministries and the offices outside them, each with its source."""
    with path.open(encoding="utf-8") as stream:
        listed = [row for row in csv.DictReader(stream, delimiter="\t") if row["kind"] in _SOURCES]
    codes = [(row["code"], row["name"], row["kind"], _SOURCES[row["kind"]]) for row in listed]
    codes = [(*code[:3], letter_code_facts.CAPITAL) if code[1] == _BANGKOK else code for code in codes]
    return list(dict.fromkeys((*codes, *letter_code_facts.MORE_MINISTRIES, *letter_code_facts.INDEPENDENT)))


def _list_2560(path: Path) -> dict[Key, str]:
    with path.open(encoding="utf-8-sig") as stream:
        return {
            (row["province"], row["district_from_dola_code"], _KINDS.get(row["type"], _SPECIAL), row["name"]): row[
                "dola_code"
            ]
            for row in csv.DictReader(stream)
            if row["district_from_dola_code"]
        }


def _bodies(path: Path) -> dict[Key, str]:
    found: dict[Key, str] = {}
    with path.open(encoding="utf-8-sig") as stream:
        for row in csv.DictReader(stream):
            kind = _KINDS.get(row["type"], _SPECIAL)
            key = (row["province"], row["district"], kind, row["name"])
            found.setdefault(key, row.get("dola_code_2560") or "")
    return found


def _codes_2560(path: Path, bodies: dict[Key, str]) -> dict[Key, str]:
    """Return codes for bodies that have none, where the list of 2560 spells a body differently.

    The kind must be the same, since an upgrade changes the code, and so must the district, which the list leaves
    blank for a few. A body that fits two codes, or one code with another body, gets none.
    """
    used = set(bodies.values())
    with path.open(encoding="utf-8-sig") as stream:
        free = [row for row in csv.DictReader(stream) if row["dola_code"] not in used]
    found: dict[Key, str] = {}
    for key in (key for key, code in bodies.items() if not code):
        near = [row["dola_code"] for row in free if _same_body(row, key)]
        if len(near) == 1:
            found[key] = near[0]
    claims = Counter(found.values())
    return {key: code for key, code in found.items() if claims[code] == 1}


def _same_body(row: dict[str, str], key: Key) -> bool:
    province, district, kind, name = key
    return (
        row["province"] == province
        and _KINDS.get(row["type"]) == kind
        and _plain(row["district_from_dola_code"]) in ("", _plain(district))
        and Levenshtein.distance(_plain(row["name"]), _plain(name)) <= _SPELLING_EDITS
    )


def _plain(name: str) -> str:
    """Return a name without hyphens and spaces, which the lists write at will."""
    return name.replace("-", "").replace(" ", "")


def _write(path: Path, fields: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(fields)
        writer.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).parent / "data")
