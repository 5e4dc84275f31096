"""Builds the shipped tables of bodies and letter codes from reference facts: `python -m gazetteer.build FOLDER`.

Where the facts come from, and what was decided where they disagree, is in `data/PROVENANCE.md`.
"""

import csv
import sys
from collections.abc import Sequence
from pathlib import Path

CHANGE = "2025-01-01"
"""First day of the make-up of 2568. The register of 2568 shows 37 changes of kind since that of 2567 but not their
days; they took effect one by one in 2567 and 2568. A dated ledger is to replace this one day."""
_LAST_BEFORE = "2024-12-31"
_SPECIAL = "พิเศษ"
_KINDS = ("อบจ.", "ทน.", "ทม.", "ทต.", "อบต.")
_FIELDS = ("code", "kind", "name", "province", "district", "valid_from", "valid_to")

Key = tuple[str, str, str, str]


def main(folder: Path, target: Path) -> None:
    """Write `bodies.csv` and `letter_codes.csv` into `target` from the reference files in `folder`."""
    before = _bodies(folder / "lao_registry_2567.csv")
    after = _bodies(folder / "lao_registry_2568.csv")
    spare = _codes_2560(folder / "lao_dola_2560_from_ahoerstemeier.csv")
    taken: set[str] = set()
    rows = []
    for key, code in {**before, **after}.items():
        province, district, kind, name = key
        chosen = code or before.get(key) or spare.get((province, kind, name)) or ""
        if not chosen or chosen in taken:
            chosen = f"x:{province}:{district}:{kind}{name}"
        taken.add(chosen)
        valid = ("" if key in before else CHANGE, "" if key in after else _LAST_BEFORE)
        rows.append((chosen, kind, name, province, district, *valid))
    _write(target / "bodies.csv", _FIELDS, rows)
    with (folder / "letter_codes.tsv").open(encoding="utf-8") as stream:
        codes = [(r["code"], r["name"], r["kind"]) for r in csv.DictReader(stream, delimiter="\t")]
    _write(target / "letter_codes.csv", ("code", "name", "kind"), list(dict.fromkeys(codes)))


def _bodies(path: Path) -> dict[Key, str]:
    found: dict[Key, str] = {}
    with path.open(encoding="utf-8-sig") as stream:
        for row in csv.DictReader(stream):
            kind = row["abbr"] if row["abbr"] in _KINDS else _SPECIAL
            key = (row["province"], row["district"], kind, row["name"])
            found.setdefault(key, row.get("dola_code_2560") or "")
    return found


def _codes_2560(path: Path) -> dict[tuple[str, str, str], str]:
    """Return codes by (province, kind, name), only where that names one body."""
    found: dict[tuple[str, str, str], list[str]] = {}
    with path.open(encoding="utf-8-sig") as stream:
        for row in csv.DictReader(stream):
            found.setdefault((row["province"], row["type"], row["name"]), []).append(row["dola_code"])
    return {key: codes[0] for key, codes in found.items() if len(codes) == 1}


def _write(path: Path, fields: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(fields)
        writer.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).parent / "data")
