"""Twenty reviewers at once against a running desk: none of their decisions is lost, none is kept twice.

    python -m bench.reviewers [--reviewers 20] [--decisions 2000] [--letters 50]

Makes an archive of invented letters, serves it on a free port, and has each reviewer correct values over HTTP, all in
the same letters. Two who answer the same value collide on purpose: one of them must be told (409). Then what was told
to the reviewers is held against what the archive keeps.
"""

import argparse
import random
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2 as httpx

from bench.desk_pictures import serving
from bench.invented_letters import invent_letter
from core.settings import Settings
from pipeline.deciding import history
from store.archive import Archive
from store.decisions import put_record

_SEED = 20261129
_PATHS = ("letters[0].number", "letters[0].issuer", "letters[0].subject")
_CONFLICT = 409


def main() -> None:
    """Review, and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reviewers", type=int, default=20)
    parser.add_argument("--decisions", type=int, default=2_000)
    parser.add_argument("--letters", type=int, default=50)
    asked = parser.parse_args()
    chance = random.Random(_SEED)  # noqa: S311 - reviewers, not secrets
    documents = [invent_letter(number, chance) for number in range(asked.letters)]
    with tempfile.TemporaryDirectory() as folder, Archive.open(Path(folder)) as archive:
        with archive.writing() as connection:
            for document in documents:
                put_record(connection, document, "bench")
        shas = [document.source.sha256 for document in documents]
        begun, used = time.perf_counter(), time.process_time()
        with serving(archive, Settings(archive=Path(folder))) as address, ThreadPoolExecutor(asked.reviewers) as pool:
            share = asked.decisions // asked.reviewers
            told = list(pool.map(lambda person: review(address, shas, person, share), range(asked.reviewers)))
        seconds, processor = time.perf_counter() - begun, time.process_time() - used
        answered = Counter(text for kept, _ in told for text in kept)
        held = Counter(str(each.decision.after) for sha in shas for each in history(archive, sha))
        conflicts = sum(number for _, number in told)
    print(f"{sum(answered.values())} decisions by {asked.reviewers} reviewers, {conflicts} conflicts told")
    print(f"lost {sum((answered - held).values())}, kept twice or untold {sum((held - answered).values())}")
    print(f"{seconds:.0f} s, {processor:.0f} s of processor, of server and reviewers together")


def review(address: str, shas: list[str], person: int, share: int) -> tuple[list[str], int]:
    """Make so many decisions; return what was kept by what the server said, and how often somebody was faster."""
    chance = random.Random(person)  # noqa: S311
    kept: list[str] = []
    conflicts = 0
    with httpx.Client(base_url=address, timeout=120) as client:
        while len(kept) < share:
            sha, path = chance.choice(shas), chance.choice(_PATHS)
            record = client.get(f"/api/documents/{sha}").json()
            before = record["letters"][0][path.rpartition(".")[2]]["value"]
            text = f"คำตอบ {person}/{len(kept)}"
            body = {"path": path, "answer": "corrected", "text": text, "before": before}
            answer = client.post(f"/api/documents/{sha}/decisions", json=body)
            if answer.status_code == _CONFLICT:
                conflicts += 1
                continue
            answer.raise_for_status()
            kept.append(answer.json()["recorded"]["decision"]["after"])
    return kept, conflicts


if __name__ == "__main__":
    main()
