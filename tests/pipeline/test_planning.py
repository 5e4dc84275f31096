"""A plan says what an import then does."""

import datetime as dt

from core.progress import NullProgress
from core.settings import Settings
from models.table_facts import GivenDay, TableFacts
from pipeline.import_outcome import Result
from pipeline.importing import import_files
from pipeline.planning import plan_import
from tests.pipeline.test_importing import LETTER, NOBODY, TABLE, archive  # noqa: F401 - a fixture

SETTINGS = Settings(jobs=1)


def test_a_table_is_known_by_what_was_said_of_it(archive, tmp_path):  # noqa: F811
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "t.csv").write_text(TABLE, "utf-8")
    (tmp_path / "in" / "l.txt").write_text(LETTER.format(1), "utf-8")
    files = [tmp_path / "in"]
    for facts in (TableFacts(), TableFacts(as_of=GivenDay(day=dt.date(2021, 6, 30), text="30/6/2564"))):
        for _ in range(2):
            plan = plan_import(files, archive, SETTINGS, NOBODY, facts=facts)
            done = list(import_files(files, archive, SETTINGS, NOBODY, NullProgress(), facts))
            assert plan.known == sum(outcome.result is Result.UNCHANGED for outcome in done)
            assert plan.met == len(done) == 2
        assert plan.known == 2
