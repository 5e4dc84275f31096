"""An import on a Ray cluster makes what one on this machine makes."""

import os
import pickle
import re
import signal
import tempfile
import time
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest

from core.errors import LimitError
from core.limits import Limits
from core.progress import NullProgress
from core.settings import Settings
from ingest.recognition.tesseract import TesseractRecognizer
from pipeline import cluster
from pipeline.import_control import ImportControl, ImportEvent
from pipeline.importing import import_files
from pipeline.worker_pool import WorkItem
from store.archive import Archive

NOBODY = TesseractRecognizer("none", Path("/nonexistent"), "no engine")
LETTER = "ที่ มท ๐๘๑๐.๒/ว {}\n\nเรื่อง การบันทึกข้อมูล\n\nเรียน ผู้ว่าราชการจังหวัด ทุกจังหวัด\n"


@pytest.fixture(scope="module")
def pool():
    pytest.importorskip("ray", reason="Ray is not installed: pip install 'saraban[cluster]'")
    with cluster.ClusterPool("local", 2, Limits(result_bytes=1_000_000)) as begun:
        yield begun


class Borrowed:
    """A pool that outlives the import: a cluster takes ten seconds to begin."""

    def __init__(self, pool):
        self.pool = pool

    def __enter__(self):
        return self.pool

    def __exit__(self, *_):
        pass


class Unstoppable:
    """A pool that is not left when an import stops."""

    def __init__(self, pool):
        self.pool = pool

    def __getattr__(self, name):
        return getattr(self.pool, name)

    def stop(self):
        assert not self.pool._under_way


def read(folder, paths, **control):
    with Archive.open(folder) as archive:
        steering = ImportControl(**control)
        outcomes = list(import_files(paths, archive, Settings(jobs=2), NOBODY, NullProgress(), control=steering))
        return [(each.name, each.result, each.sha256) for each in outcomes], [
            archive.document(each.sha256) for each in outcomes if each.sha256
        ]


def dies_once(marker):
    if not Path(marker).exists():
        Path(marker).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "done"


def dies(_task):
    os.kill(os.getpid(), signal.SIGKILL)


def computes_for_ever(marker):
    with Path(marker).open("a") as stream:
        stream.write("begun ")
    while True:
        pass


def is_too_large(_task):
    return bytes(2_000_000)


def wait_for(marker):
    while not Path(marker).exists():
        time.sleep(0.05)
    return tempfile.gettempdir()


def lost(code, detail):
    return f"{code} {detail}"


@pytest.mark.slow
def test_the_archive_is_that_of_this_machine(pool, tmp_path):
    (tmp_path / "letter.txt").write_text("\f".join(LETTER.format(number) for number in "๑๒๓"), "utf-8")
    (tmp_path / "table.csv").write_text("จังหวัด,อำเภอ,ชื่อ อปท.,ผล\nอุตรดิตถ์,ตรอน,ทต.ตรอน,ผ่าน\n", "utf-8")
    (tmp_path / "cut.pdf").write_bytes(b"%PDF-1.4 no more")
    paths = [tmp_path / name for name in ("letter.txt", "cut.pdf", "table.csv")]
    here = read(tmp_path / "here", paths)
    assert read(tmp_path / "there", paths, open_pool=lambda jobs, limits: Borrowed(pool)) == here
    assert len(here[1]) == 2


@pytest.mark.slow
def test_a_stop_keeps_what_workers_are_at_and_a_second_run_goes_on(pool, tmp_path):
    (tmp_path / "letter.txt").write_text("\f".join(LETTER.format(number) for number in "๑๒๓๔๕๖"), "utf-8")
    events: list[ImportEvent] = []
    control = {"open_pool": lambda jobs, limits: Borrowed(Unstoppable(pool)), "note": events.append}
    must_stop = lambda: any(each.kind == "page" for each in events)  # noqa: E731
    assert read(tmp_path / "there", [tmp_path / "letter.txt"], must_stop=must_stop, **control) == ([], [])
    read_first = [each.page or 0 for each in events if each.kind == "page"]
    with Archive.open(tmp_path / "there") as archive:
        [sha] = {path.name[:64] for path in (archive.folder / "originals").rglob("*.txt")}
        assert sorted(page.number for page in archive.pages(sha)) == sorted(read_first)
    events.clear()
    again = read(tmp_path / "there", [tmp_path / "letter.txt"], **control)
    assert sorted(read_first + [each.page or 0 for each in events if each.kind == "page"]) == [1, 2, 3, 4, 5, 6]
    assert again == read(tmp_path / "here", [tmp_path / "letter.txt"])


@pytest.mark.slow
def test_a_worker_that_dies_costs_its_work_one_more_try(pool, tmp_path):
    once = pool.begin(WorkItem(dies_once, str(tmp_path / "died"), 10, lost))
    always = pool.begin(WorkItem(dies, None, 10, lost))
    assert once.result() == "done"
    assert always.result() == "page.worker_died WorkerCrashedError"


@pytest.mark.slow
def test_work_that_exceeds_its_processor_time_is_begun_once_and_told_of_as_that(pool, tmp_path):
    work = pool.begin(WorkItem(computes_for_ever, str(tmp_path / "begun"), 1, lost))
    assert work.result() == "page.timeout 1 s CPU"
    assert (tmp_path / "begun").read_text() == "begun "


@pytest.mark.slow
def test_what_a_worker_may_hand_back_is_bounded(pool):
    with pytest.raises(LimitError, match="result_bytes"):
        pool.begin(WorkItem(is_too_large, None, 10, lost)).result()


@dataclass(frozen=True)
class Task:
    """Work on an original."""

    path: Path


def reads(task):
    return task.path.read_bytes(), str(task.path)


@pytest.mark.slow
def test_an_original_that_a_node_does_not_see_travels_to_it(pool, tmp_path):
    for name in ("first.txt", "second.txt"):
        task = Task(tmp_path / name)
        task.path.write_text(name)
        pool._original(task)  # as the first of several works on it does
        task.path.unlink()  # this machine is all nodes, so what is not here is on none
        content, where = pool.begin(WorkItem(reads, task, 10, lost)).result()
        assert content == name.encode()
        assert Path(where).parent != tmp_path


@pytest.mark.slow
def test_what_workers_are_at_is_not_taken_back_and_each_has_a_folder_of_its_own(pool, tmp_path):
    works = [pool.begin(WorkItem(wait_for, str(tmp_path / "go"), 10, lost)) for _ in range(4)]
    assert [work.withdraw() for work in works] == [False, False, True, True]
    (tmp_path / "go").touch()
    folder = Path(works[0].result())
    assert re.fullmatch(r"saraban-node-\d+-\w+", folder.name)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_folders_of_workers_that_are_no_more_are_removed(tmp_path):
    for process in (os.getpid(), 2**22 + 1):
        (tmp_path / f"saraban-node-{process}-x").mkdir()
    cluster._remove_left(tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == [f"saraban-node-{os.getpid()}-x"]


def test_of_what_travelled_to_a_node_the_newest_alone_stays_there(tmp_path, monkeypatch):
    class Ray:
        @staticmethod
        def get(original):
            return original

    monkeypatch.setitem(__import__("sys").modules, "ray", Ray)
    for content in (b"first", b"second"):
        cluster._fetch(tmp_path / "elsewhere" / f"{content.decode()}.txt", tmp_path, content)
    assert [each.name for each in tmp_path.glob("*.txt")] == ["second.txt"]


class FakeRay:
    """Two processors that end what they were given when they are told to."""

    class exceptions:  # noqa: N801 - as Ray's module
        RayError = type("RayError", (Exception,), {})
        RayTaskError = type("RayTaskError", (RayError,), {})

    def __init__(self):
        self.given = []

    def remote(self, *_call, **_options):
        return lambda _run: SimpleNamespace(remote=lambda *_task: SimpleNamespace(future=self.give))

    def give(self):
        self.given.append(Future())
        return self.given[-1]

    def cluster_resources(self):
        return {"CPU": 2}

    def shutdown(self):
        pass


def test_work_that_ray_was_given_is_under_way_whatever_ended_or_died_before(monkeypatch):
    ray = FakeRay()
    monkeypatch.setattr(cluster, "_connect", lambda address, jobs: ray)
    monkeypatch.setattr(cluster.ClusterPool, "take_note", lambda self, note: None)
    with cluster.ClusterPool("auto", 2, Limits()) as pool:
        works = [pool.begin(WorkItem(wait_for, None, 10, lost)) for _ in range(5)]
        assert len(ray.given) == 2
        ray.given[1].set_result(pickle.dumps("second"))
        assert (pool.list_finished(), pool.list_finished(), len(ray.given)) == ([works[1]], [], 3)
        ray.given[0].set_exception(ray.exceptions.RayError())
        assert not works[0].done()  # it is begun once more, behind the others
        assert [work.withdraw() for work in works[3:]] == [False, True]
        ray.given[2].set_result(pickle.dumps("third"))
        pool.list_finished()
        assert [work.withdraw() for work in works] == [False] * 4 + [False]
        assert len(ray.given) == 5
        ray.given[4].set_result(pickle.dumps("first"))
        assert [works[index].result() for index in (0, 1, 2)] == ["first", "second", "third"]


def test_without_ray_the_command_says_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    with pytest.raises(cluster.MissingRayError) as caught:
        cluster.ClusterPool("local", 1, Limits())
    assert "saraban[cluster]" in caught.value.hint("en")
