"""The changes between two rounds, counted once more in SQL, by nobody who knows `rounds/`.

Rows are told apart by what the paper says of them alone. Only the likeness of two names is not SQL but the longest
common subsequence, written out here. Where several names of a district are alike, the most alike are taken first;
`rounds.match` takes the best of all at once, and on real rounds the two must agree.
"""

import sqlite3
from collections.abc import Iterable
from contextlib import closing

from models.snapshot import SnapshotRow
from thai.text import skeleton

LEAST_LIKENESS = 0.7

_SETUP = """
CREATE TABLE r (id INTEGER PRIMARY KEY, side INT, code, province, district, kind, name, status, remark, seq);
CREATE TABLE m (a INT UNIQUE, b INT UNIQUE);
CREATE VIEW free AS SELECT * FROM r WHERE id NOT IN (SELECT a FROM m UNION ALL SELECT b FROM m);
"""
_EQUAL_FIRST = """
CREATE TABLE n AS SELECT id, side, {key} AS k,
    row_number() OVER (PARTITION BY side, {key}{content}
                       ORDER BY (5 - status) % 6, remark, district, seq) AS nth{content}
FROM free WHERE name IS NOT NULL {known};
CREATE INDEX n_k ON n (k);
INSERT INTO m SELECT a.id, b.id FROM n a JOIN n b ON a.k = b.k AND a.nth = b.nth {same}
    WHERE a.side = 0 AND b.side = 1;
DROP TABLE n;
"""
_ONCE = """
CREATE TABLE n AS SELECT min(id) AS id, side, {key} AS k FROM free WHERE name IS NOT NULL GROUP BY side, {key}
    HAVING count(*) = 1;
CREATE INDEX n_k ON n (k);
INSERT INTO m SELECT a.id, b.id FROM n a JOIN n b ON a.k = b.k WHERE a.side = 0 AND b.side = 1;
DROP TABLE n;
"""
_MOST_ALIKE = """
SELECT a.id, b.id FROM free a JOIN free b ON a.province IS b.province AND a.district IS b.district
WHERE a.side = 0 AND b.side = 1 AND alike(a.name, b.name) >= ? ORDER BY alike(a.name, b.name) DESC, a.id, b.id LIMIT 1
"""
_COUNT = """
WITH p AS (SELECT a.province ap, b.province bp, a.district ad, b.district bd, a.kind ak, b.kind bk, a.name an,
                  b.name bn, a.status s, b.status t, a.remark ar, b.remark br
           FROM m JOIN r a ON a.id = m.a JOIN r b ON b.id = m.b)
SELECT 'renamed', count(*) FROM p WHERE an <> bn
UNION ALL SELECT 'upgraded', count(*) FROM p WHERE an = bn AND ak <> bk
UNION ALL SELECT 'moved', count(*) FROM p WHERE ap <> bp OR ad <> bd
UNION ALL SELECT 'status_up', count(*) FROM p WHERE s < t AND s >= 0
UNION ALL SELECT 'status_down', count(*) FROM p WHERE s > t AND t >= 0
UNION ALL SELECT 'status_unread', count(*) FROM p WHERE s <> t AND (s < 0 OR t < 0)
UNION ALL SELECT 'remark', count(*) FROM p WHERE s = t AND ar <> br
UNION ALL SELECT 'added', count(*) FROM free WHERE side = 1
UNION ALL SELECT 'removed', count(*) FROM free WHERE side = 0
"""
# (5 - rank) % 6 is the order of their names, in which rows of one body that differ are paired: unread, complete …
_RANK = {None: -1, "not_started": 0, "incomplete": 1, "complete": 2}


def counts(before: Iterable[SnapshotRow], after: Iterable[SnapshotRow]) -> dict[str, int]:
    """Return how many changes of each outcome there are; the three outcomes of a remark are one here."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.create_function("alike", 2, likeness, deterministic=True)
        database.executescript(_SETUP)
        for side, rows in enumerate((before, after)):
            database.executemany(
                "INSERT INTO r VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (_values(side, row) for row in rows),
            )
        identity = "province || '|' || district || '|' || kind || '|' || name"
        content = ", status, remark, district, name"
        same = " ".join(f"AND a.{each} IS b.{each}" for each in content.split(", ")[1:])
        for key, known in (("code", "AND code IS NOT NULL"), (identity, "")):
            database.executescript(_EQUAL_FIRST.format(key=key, known=known, content=content, same=same))
            database.executescript(_EQUAL_FIRST.format(key=key, known=known, content="", same=""))
        for key in ("province || '|' || district || '|' || name", "province || '|' || kind || '|' || name"):
            database.executescript(_ONCE.format(key=key))
        while (pair := database.execute(_MOST_ALIKE, (LEAST_LIKENESS,)).fetchone()) is not None:
            database.execute("INSERT INTO m VALUES (?, ?)", pair)
        return {outcome: count for outcome, count in database.execute(_COUNT) if count}


def likeness(a: str, b: str) -> float:
    """Return how alike two names are, 0 to 1: twice their longest common subsequence against both lengths."""
    a, b = skeleton(a), skeleton(b)
    row = [0] * (len(b) + 1)
    for letter in a:
        last = row
        row = [0]
        for at, other in enumerate(b, start=1):
            row.append(last[at - 1] + 1 if letter == other else max(last[at], row[-1]))
    return 2 * row[-1] / (len(a) + len(b)) if a or b else 1.0


def _values(side: int, row: SnapshotRow) -> tuple[object, ...]:
    body = row.body
    told = (body.code, row.province or "", row.district or "", body.kind.value, body.name) if body else (None,) * 5
    return (side, *told, _RANK[row.status], row.remark, row.sequence)
