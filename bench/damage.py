"""Names of bodies misread on purpose and held against the register: right, asking for review, silently wrong.

    python bench/damage.py                      every second province, three rates, four kinds of annex
    python bench/damage.py --tuning             the other provinces, on which thresholds were settled
    python bench/damage.py --time               a national round, and how long it takes
    python bench/damage.py --show               also every row that is silently wrong

The annexes are those of the register itself as of 2567: all bodies of a province, district by district, kinds in order.
Every letter and mark of a name is damaged with the rate's probability, and so are the names of districts; the kind
before the name (อบต.) only where that is said. What a damaged letter becomes is drawn by `misread`, written down there.

*right*: the body is the one that was printed; of a stranger, that it was given no body. *silent*: the body is wrong and
`row.review` is empty. *asked*: given its body, and asks for review all the same.
"""

import argparse
import datetime as dt
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from gazetteer.reconcile import reconcile
from gazetteer.register import load
from models.annex import Annex, BodyKind, BodyRef, Row, Status
from models.field import Field
from models.register import Body

AS_OF = dt.date(2024, 6, 1)
RATES = (0.05, 0.10, 0.20)
VARIANTS = (
    *("whole", "merged", "merged, clustered", "merged, kinds"),
    *("merged, strangers", "merged, clustered, strangers", "merged, kinds, strangers"),
)
"""Whole: every body has its row, its district misread anew in each. Merged: the district stands once for its block, so
that all its rows have one misreading. Clustered: names are read in full or badly, as the real annex has them: 33 of 80
misread, with 29 % of their letters (68 edits of 567 in all). Kinds: these are damaged, too. Strangers: `STRANGE` of the
bodies are not as the register has them."""

STRANGE = 0.05
CLUSTER = 0.29
ONE_OF_ITS_KIND = (BodyKind.PAO, BodyKind.SPECIAL)

MEASURED = "ผพ ผพ ดต ดต ตด ตห ซช ฉช ขบ ฟพ มณ วร นก นง ลค กอ ำา"
"""Printed and read, as often as the 33 misread names of a real annex have them."""
EXPECTED = "พผ ชซ ถภ ถก ภก ภถ กภ ตค ดค คด คต บข ชฉ พฟ ณม รว กน งน คล อก"
"""Not measured: the measured ones the other way round, and letters that are as like in print (research on seeds)."""
ANY = "กขคงจชซดตถทธนบปผฝพฟภมยรลวศสหอะาเแโใไ"
TONES = "่้"
TONES_READ = "่่่่่่้้้่้๊๋์"
_MARKS = frozenset("\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c")
_KIND_ORDER = tuple(BodyKind)


def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for pair in MEASURED.split() * 3 + EXPECTED.split():
        table[pair[0]] = table.get(pair[0], "") + pair[1]
    return table


CONFUSED = _table()


def misread(text: str, rate: float, rng: random.Random) -> str:
    """Return a text as a poor scan is read, each of its characters damaged with the probability `rate`.

    A tone or vowel mark: 3 in 10 lost, 3 in 10 moved one character on, else another mark. A letter: 6 in 10 what it is
    confused with (of 10 such, 3 to 9 measured), or where nothing is known any letter; 15 in 100 a tone mark put after
    it (่ twice as often as ้), 10 in 100 lost, 5 in 100 a letter put after it, 10 in 100 any letter.
    """
    read: list[str] = []
    moved = ""
    for character in text:
        harmed = rng.random() < rate
        chance = rng.random()
        if not harmed:
            became = character
        elif character in _MARKS:
            if chance < 0.3:
                became = ""
            elif chance < 0.6:
                moved, became = moved + character, ""
                continue
            else:
                became = rng.choice(TONES_READ)
        elif chance < 0.6:
            became = rng.choice(CONFUSED.get(character, ANY))
        elif chance < 0.75:
            became = character + rng.choice(TONES_READ[:9])
        elif chance < 0.85:
            became = ""
        elif chance < 0.9:
            became = character + rng.choice(ANY)
        else:
            became = rng.choice(ANY)
        read.append(became + moved)
        moved = ""
    return "".join(read) + moved


@dataclass(frozen=True, slots=True)
class Line:
    """What is printed in a row, and the code of the body that it is, None for a stranger."""

    district: str
    kind: BodyKind
    name: str
    code: str | None


def printed(bodies: Sequence[Body], others: Sequence[Body], rng: random.Random) -> Iterator[Line]:
    """Yield the rows of an annex.

    Of `STRANGE` of the bodies one third is left out, one third has a stranger in its place, one third has one after it.
    A stranger is a name of the same kind that another province has and this one has not.
    """
    here = {body.name for body in bodies}
    for body in bodies:
        own = Line(body.district, body.kind, body.name, body.code)
        if not others or body.kind in ONE_OF_ITS_KIND or rng.random() >= STRANGE:
            yield own
            continue
        pool = [other.name for other in others if other.kind is body.kind and other.name not in here]
        stranger = Line(body.district, body.kind, rng.choice(pool), None)
        what = rng.randrange(3)
        if what == 1:
            yield stranger
        elif what == 2:
            yield own
            yield stranger


def annex(province: str, readings: Sequence[tuple[str, str]]) -> Annex:
    """Return an annex whose rows read so: district, and kind with name."""
    return Annex(
        title=Field[str](),
        province=Field[str](value=province, raw=province),
        as_of=Field[dt.date](value=AS_OF),
        pages=(1,),
        shape="marks",
        columns=(),
        rows=tuple(
            Row(
                sequence=Field[int](value=number),
                district=Field[str](raw=district, page=1),
                body=Field[BodyRef](raw=body, page=1),
                cells={},
                status=Field[Status](),
                remark=Field[str](),
            )
            for number, (district, body) in enumerate(readings, 1)
        ),
    )


def province_bodies(province: str) -> list[Body]:
    """Return the bodies of a province in the order of an annex."""
    bodies = load().find_bodies(province, AS_OF)
    districts = list(dict.fromkeys(body.district for body in bodies))
    return sorted(bodies, key=lambda body: (districts.index(body.district), _KIND_ORDER.index(body.kind)))


def damaged(lines: Sequence[Line], rate: float, rng: random.Random, variant: str) -> list[tuple[str, str]]:
    """Return the rows as they are read."""
    clustered = "clustered" in variant

    def read_name(name: str) -> str:
        if not clustered:
            return misread(name, rate, rng)
        return misread(name, CLUSTER, rng) if rng.random() < rate / CLUSTER else name

    readings = []
    for district, block in groupby(lines, key=lambda line: line.district):
        once = misread(district, rate, rng)
        for line in block:
            head = "" if line.kind is BodyKind.SPECIAL else line.kind.value
            if "kinds" in variant:
                head = misread(head, rate, rng)
            place = once if "merged" in variant else misread(district, rate, rng)
            readings.append((place, head + read_name(line.name)))
    return readings


def score(provinces: Sequence[str], rate: float, variant: str, seed: int, *, show: bool = False) -> Counter[str]:
    """Return how many rows of all the provinces came out how."""
    rng = random.Random(f"{rate} {variant} {seed}")  # noqa: S311 - damage that is the same on every run
    everywhere = [body for body in load().bodies if body.valid_on(AS_OF)] if "strangers" in variant else []
    counted = Counter[str]()
    for province in provinces:
        lines = list(printed(province_bodies(province), everywhere, rng))
        readings = damaged(lines, rate, rng, variant)
        done, _ = reconcile(annex(province, readings), load())
        for line, row in zip(lines, done.rows, strict=True):
            given = row.body.value.code if row.body.value else None
            right = given == line.code
            counted["rows"] += 1
            counted["strangers"] += line.code is None
            counted["right"] += right
            counted["asked"] += right and line.code is not None and bool(row.review)
            counted["silent"] += not right and not row.review
            counted["district"] += row.district.value == line.district
            if show and not right and not row.review:
                value = row.body.value.label if row.body.value else "-"
                print(f"  {province} {line.district} {line.kind.value}{line.name}: {row.body.raw} -> {value}")
    return counted


def halves() -> tuple[list[str], list[str]]:
    """Return the provinces that thresholds were settled on, and those that are reported: by turns in Thai order."""
    named = sorted(province for province in load().provinces if load().find_bodies(province, AS_OF))
    return named[::2], named[1::2]


def national() -> tuple[int, float]:
    """Return the rows of a national round, one letter in ten damaged, and the CPU seconds that they take."""
    rng = random.Random(1)  # noqa: S311 - as above
    annexes = []
    for province in (name for half in halves() for name in half):
        lines = list(printed(province_bodies(province), (), rng))
        annexes.append(annex(province, damaged(lines, 0.1, rng, "merged")))
    began = time.process_time()
    for each in annexes:
        reconcile(each, load())
    return sum(len(each.rows) for each in annexes), time.process_time() - began


def main() -> None:
    """Print a line of the table for each kind of annex and rate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tuning", action="store_true")
    parser.add_argument("--time", action="store_true")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--seeds", type=int, default=3, help="how often each province is damaged")
    parser.add_argument("--variants", default=";".join(VARIANTS))
    arguments = parser.parse_args()
    if arguments.time:
        rows, seconds = national()
        print(f"{rows:,} rows: {seconds:.1f} CPU s")
        return
    provinces = halves()[0 if arguments.tuning else 1]
    print("| annex | damaged | rows | right | silent | asked | district right |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for variant in arguments.variants.split(";"):
        for rate in RATES:
            found = Counter[str]()
            for seed in range(1, arguments.seeds + 1):
                found += score(provinces, rate, variant, seed, show=arguments.show)
            print(_line(variant, rate, found), flush=True)


def _line(variant: str, rate: float, found: Counter[str]) -> str:
    def share(name: str) -> str:
        return f"{100 * found[name] / found['rows']:.2f} %"

    rows = f"{found['rows']:,}" + (f" ({found['strangers']} strangers)" if found["strangers"] else "")
    silent = f"{share('silent')} ({found['silent']})"
    return f"| {variant} | {rate:.0%} | {rows} | {share('right')} | {silent} | {share('asked')} | {share('district')} |"


if __name__ == "__main__":
    main()
