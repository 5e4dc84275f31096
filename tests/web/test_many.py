"""Twenty reviewers at once over a few documents: no decision is lost, none is kept twice."""

from concurrent.futures import ThreadPoolExecutor

from core.errors import ConflictError
from models.decision import Answer
from models.field import Source
from models.record_path import get_field, walk_fields
from pipeline.deciding import decide, history, make_decision
from tests.web.archives import SETTINGS

REVIEWERS = 20
VALUES = 8


def test_no_decision_is_lost_or_kept_twice(archive, sha) -> None:
    from gazetteer.register import load

    register = load()
    paths = [path for path, field in walk_fields(archive.document(sha)) if isinstance(field.value, str)][:VALUES]

    def review(person: int) -> list[tuple[str, str]]:
        """Give each value an answer of one's own; where somebody was faster, leave theirs."""
        kept = []
        for turn in range(VALUES):
            path = paths[(turn + person) % len(paths)]
            text = f"คำตอบของ {person}"
            document = archive.document(sha)
            if get_field(document, path).source is Source.PERSON:
                continue
            try:
                decide(
                    archive,
                    sha,
                    [make_decision(document, path, Answer.CORRECTED, register, text)],
                    str(person),
                    SETTINGS,
                )
            except ConflictError:
                continue
            kept.append((path, text))
        return kept

    with ThreadPoolExecutor(REVIEWERS) as reviewers:
        told = [each for kept in reviewers.map(review, range(REVIEWERS)) for each in kept]
    held = history(archive, sha)
    assert sorted((each.decision.path, each.decision.after) for each in held) == sorted(told)
    assert len({path for path, _ in told}) == len(told) == len(paths)
    document = archive.document(sha)
    assert {path: get_field(document, path).value for path, _ in told} == dict(told)
