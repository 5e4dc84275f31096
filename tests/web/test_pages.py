"""Every page of the desk by plain requests: what it shows, what it keeps, and whom it turns away."""

import io
import itertools
import re
import zipfile
from urllib.parse import parse_qs, urlsplit

import pytest

from core.errors import LimitError
from gazetteer.register import load
from ingest.sources.file_type import SUFFIXES
from models.accounting import PartKind, Unaccounted, UnaccountedReason
from models.decision import Answer
from models.doubt import NoticeCode, find_doubts
from models.field import Box, Source
from models.record_path import get_field
from models.table_facts import TableFacts
from pipeline.deciding import answer_finding, decide, history, keep_reading, make_decision
from pipeline.uploads import receive
from store import removals, table_facts
from tests.web.archives import SEED_LIKE, SETTINGS, SMALL, put
from tests.web.conftest import unescape

NUMBER = "letters[0].number"
HOSTILE = "\"><script>alert(1)</script>{{ 7*7 }}' onload=x"

PATHS = [
    "/", "/documents", "/documents?status=needs_review", "/documents?code=O03", "/documents?page=9", "/desk",
    "/rounds", "/search", "/search?q=๘๕๖", "/search?q=%22&kind=order&year=2564&loose=true", "/upload",
    "/documents/SHA", "/documents/SHA?page=2", "/documents/SHA/thread", "/desk/SHA",
    "/desk/SHA?path=letters[0].number",
    "/desk/SHA?path=nowhere",
]  # fmt: skip
NOT_THERE = [
    "/documents/" + "0" * 64, "/documents/SHA/annexes/9", "/documents/SHA/annexes/-1", "/nothing",
    "/documents/SHA/pages/1.jpg", "/documents/SHA/crop.jpg?path=letters[0].number",
    "/documents/SHA/crop.jpg?path=../../etc/passwd", "/static/../app.py", "/static/..%2fapp.py",
    "/static/%2e%2e/%2e%2e/pyproject.toml", "/rounds/diff?before=nothing&after=nothing",
]  # fmt: skip


def field(archive, sha, path=NUMBER):
    return get_field(archive.document(sha), path)


class TestReading:
    def test_every_page_is_there_in_both_languages(self, client, sha) -> None:
        for path, language in itertools.product(PATHS, ("th", "en")):
            client.cookies.set("saraban_language", language)
            answer = client.get(path.replace("SHA", sha), follow_redirects=True)
            assert (path, answer.status_code) == (path, 200)
            assert f'<html lang="{language}">' in answer.text, path

    def test_what_is_not_there_is_404(self, client, sha) -> None:
        answers = {path: client.get(path.replace("SHA", sha)).status_code for path in NOT_THERE}
        assert answers == dict.fromkeys(NOT_THERE, 404)

    def test_what_cannot_be_meant_is_refused(self, client) -> None:
        for path in ("/documents/..%2f..%2fetc", "/documents/abcd", "/documents?status=x", "/documents?page=0"):
            assert client.get(path).status_code in (404, 422), path

    @pytest.mark.parametrize("query", ["", "?order=doubt&status=complete&district=พิชัย", "?order=body&page=2"])
    def test_an_annex(self, client, annexed, query) -> None:
        html = client.get(f"/documents/{annexed}/annexes/0{query}").text
        assert "<tbody>" in html
        assert "รอตรวจ" in html or query

    def test_what_was_said_of_a_table_as_it_was_given_in_stands_beside_it(self, client, annexed, archive) -> None:
        assert "ระบุเมื่อนำเข้า" not in client.get(f"/documents/{annexed}").text
        with archive.writing() as connection:
            table_facts.add(connection, annexed, TableFacts(title="<เรื่อง>", columns={"name": "หน่วย"}))
        html = client.get(f"/documents/{annexed}").text
        assert "ระบุเมื่อนำเข้า · เรื่อง: &lt;เรื่อง&gt; · คอลัมน์ name: หน่วย" in html

    def test_the_original_comes_back_byte_for_byte_and_is_never_shown(self, client, sha, letter) -> None:
        answer = client.get(f"/documents/{sha}/original")
        assert answer.content == letter.read_bytes()
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["content-disposition"].startswith("attachment")

    def test_search_finds_and_marks(self, client, sha) -> None:
        html = client.get("/search?q=ระบบข้อมูลกลาง").text
        assert "<mark>ระบบข้อมูลกลาง</mark>" in html
        assert sha in html

    def test_an_empty_archive_has_all_pages(self, client) -> None:
        for path in ("/", "/documents", "/desk", "/rounds", "/search?q=ก", "/upload"):
            assert client.get(path).status_code == 200


class TestDeciding:
    def test_a_typed_value_is_kept_and_the_next_doubt_is_shown(self, client, archive, sha, form) -> None:
        answer = form(f"/desk/{sha}?path={NUMBER}", f"/desk/{sha}", text="อต ๐๐๒๓.๓/ว ๑๗๗๔", answer="typed")
        assert answer.status_code == 303
        assert field(archive, sha).value == "อต 0023.3/ว 1774"
        assert field(archive, sha).source is Source.PERSON
        assert "บันทึกแล้ว" in client.get(answer.headers["location"]).text

    def test_a_choice_is_kept(self, client, archive, annexed, form) -> None:
        page = client.get(f"/desk/{annexed}?path=annexes[0].rows[8].body").text
        picked = re.search(r'name="picked" value="([^"]+)"', page)[1]
        answer = form(
            f"/desk/{annexed}?path=annexes[0].rows[8].body", f"/desk/{annexed}", picked=picked, answer="typed"
        )
        assert answer.status_code == 303
        body = field(archive, annexed, "annexes[0].rows[8].body")
        assert picked in (body.value.code, body.value.label)
        assert body.source is Source.PERSON

    def test_where_rules_disagree_the_value_as_it_stands_is_not_taken_by_enter(self, archive, sha, form) -> None:
        before = field(archive, sha)
        answer = form(f"/desk/{sha}?path={NUMBER}", f"/desk/{sha}", text=before.value, answer="typed")
        assert answer.status_code == 422
        assert "โปรดเลือก" in answer.text
        assert field(archive, sha) == before

    def test_a_value_that_is_none_of_its_type_is_refused_with_a_reason(self, archive, sha, form) -> None:
        answer = form(f"/desk/{sha}?path=letters[0].date", f"/desk/{sha}", text="เมื่อวาน", answer="typed")
        assert answer.status_code == 422
        assert "เมื่อวาน" in answer.text
        assert history(archive, sha) == []

    @pytest.mark.parametrize("kind", ["unreadable", "later", "confirmed"])
    def test_the_other_answers(self, archive, sha, form, kind) -> None:
        assert form(f"/desk/{sha}?path={NUMBER}", f"/desk/{sha}", answer=kind).status_code == 303
        [kept] = history(archive, sha)
        assert kept.decision.answer == kind
        assert kept.person == "ผู้ทดสอบ"

    def test_undo(self, archive, sha, form) -> None:
        before = field(archive, sha)
        form(f"/desk/{sha}?path={NUMBER}", f"/desk/{sha}", text="ก", answer="typed")
        assert form(f"/desk/{sha}", f"/desk/{sha}/undo").status_code == 303
        assert field(archive, sha) == before
        assert form(f"/desk/{sha}?path={NUMBER}", f"/desk/{sha}", answer="later").status_code == 303

    def test_a_stale_form_is_a_conflict(self, client, archive, sha, form) -> None:
        page = client.get(f"/desk/{sha}?path={NUMBER}").text
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.split('id="answer"')[1]))
        hidden["before"] = hidden["before"].replace("&#34;", '"')
        form(f"/desk/{sha}?path={NUMBER}", f"/desk/{sha}", text="ก", answer="typed")
        late = client.post(f"/desk/{sha}", data={**hidden, "text": "ข", "answer": "typed"})
        assert late.status_code == 409
        assert field(archive, sha).value == "ก"

    def test_plain_forms_clear_a_document(self, client, archive, sha, form) -> None:
        for _ in range(120):
            document = archive.document(sha)
            doubts = find_doubts(document)
            if not doubts:
                break
            value = get_field(document, doubts[0].path) if doubts[0].rule is None else None
            answer = "unreadable" if doubts[0].rule is None and value.value is None else "confirmed"
            assert form(f"/desk/{sha}", f"/desk/{sha}", answer=answer).status_code == 303
        assert archive.document(sha).status == "ok"
        assert "ครบแล้ว" in client.get(f"/desk/{sha}").text
        assert client.get("/desk").status_code == 200

    def test_what_is_left_for_later_is_not_asked_again_but_on_demand(self, client, archive, sha, form) -> None:
        total = len(find_doubts(archive.document(sha)))
        for _ in range(total):
            assert form(f"/desk/{sha}", f"/desk/{sha}", answer="later").status_code == 303
        html = client.get(f"/desk/{sha}").text
        assert 'id="answer"' not in html
        assert "ไว้ภายหลัง" in html
        links = [unescape(link) for link in re.findall(rf'<li><a href="(/desk/{sha}\?path=[^"]+)"', html)]
        assert len(links) == total
        for link in links:
            target = parse_qs(urlsplit(link).query)["path"][0]
            hidden = re.search(r'name="target" value="([^"]*)"', client.get(link).text)[1]
            assert unescape(hidden) == target

    def test_the_next_document_follows_until_each_was_shown(self, client, archive, tmp_path, form) -> None:
        shas = set()
        for number in range(4):
            path = tmp_path / f"{number}.txt"
            path.write_text(SMALL.replace("๒๙ เมษายน", f"{number + 1} เมษายน"), "utf-8")
            shas.add(put(archive, path))
        for sha in shas:
            for _ in find_doubts(archive.document(sha)):
                form(f"/desk/{sha}", f"/desk/{sha}", answer="later")
        at: str | None = client.get("/desk").headers["location"]
        shown: list[str] = []
        while at and len(shown) < 9:
            shown.append(at.removeprefix("/desk/"))
            found = re.search(r'id="next" role="button" href="([^"]+)"', client.get(at).text)
            at = found and found[1]
        assert len(shown) == len(shas)
        assert set(shown) == shas


class TestGuard:
    def test_a_foreign_host_is_turned_away(self, client) -> None:
        assert client.get("/", headers={"host": "evil.example"}).status_code == 400
        assert client.get("/", headers={"host": "localhost:8642"}).status_code == 200

    def test_every_answer_has_the_policy(self, client, sha) -> None:
        for path in ("/", f"/documents/{sha}", "/static/desk.js", "/nothing", "/api/documents"):
            headers = client.get(path).headers
            assert "unsafe" not in headers["content-security-policy"]
            assert "default-src 'none'" in headers["content-security-policy"]
            assert headers["x-content-type-options"] == "nosniff"

    def test_no_page_has_script_or_style_in_it(self, client, sha) -> None:
        for path in (
            "/",
            f"/desk/{sha}",
            f"/documents/{sha}",
            "/search?q=ก",
            "/upload",
            "/rounds",
        ):
            html = client.get(path).text
            assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", html)
            assert not re.search(r'(?:src|href|action)="(?:https?:)?//', html)

    @pytest.mark.parametrize(
        "path", ["/desk/SHA", "/desk/SHA/undo", "/upload", "/language", "/documents/SHA/retry", "/desk/SHA/alike"]
    )
    def test_no_form_without_its_token(self, client, archive, sha, path) -> None:
        client.get("/")
        for token in ("", "0" * 64):
            answer = client.post(path.replace("SHA", sha), data={"token": token, "target": "x", "answer": "later"})
            assert answer.status_code == 403
        assert history(archive, sha) == []

    def test_a_call_from_a_page_of_another_site_is_refused(self, client, sha) -> None:
        body = {"path": NUMBER, "answer": "later", "before": None}
        answer = client.post(f"/api/documents/{sha}/decisions", json=body, headers={"origin": "http://evil.example"})
        assert answer.status_code == 403

    def test_a_body_that_is_too_large_is_not_read(self, client) -> None:
        assert client.post("/language", content=b"x" * 300_000).status_code == 413
        chunks = (b"x" * 10_000 for _ in range(60))
        kind = {"content-type": "application/x-www-form-urlencoded"}
        assert client.post("/language", content=chunks, headers=kind).status_code == 413

    @pytest.mark.parametrize(
        "back", ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)"]
    )
    def test_the_way_back_leads_nowhere_else(self, form, back) -> None:
        assert form("/", "/language", back=back).headers["location"] == "/"

    def test_hostile_text_is_shown_as_text(self, client, archive, sha, form) -> None:
        form(f"/desk/{sha}?path=letters[0].subject", f"/desk/{sha}", text=HOSTILE, answer="typed", why=HOSTILE)
        assert field(archive, sha, "letters[0].subject").value == HOSTILE
        for path in (f"/documents/{sha}", f"/desk/{sha}?path=letters[0].subject", "/search?q=alert", "/", "/documents"):
            html = client.get(path).text
            assert "<script>alert" not in html
            assert "{{ 7*7 }}" in html or path.startswith("/desk") or "49" not in html
        for path in (f"/search?q={HOSTILE}", f"/documents?code={HOSTILE}", f"/desk/{sha}?path={HOSTILE}"):
            assert "<script>alert" not in client.get(path).text


class TestUpload:
    def test_files_and_archives_come_in(self, client, archive, form) -> None:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as made:
            made.writestr("../../หนังสือ.txt", SEED_LIKE.read_bytes())
            made.writestr("Thumbs.db", b"x")
        token = re.search(r'name="token" value="(\w+)"', client.get("/upload").text)[1]
        files = [("files", ("a.zip", packed.getvalue())), ("files", ("b.txt", "ข้อความอื่น".encode()))]
        assert client.post("/upload", data={"token": token}, files=files).status_code == 303
        client.app.state.desk.imports.wait()
        assert {summary.name for summary in archive.documents()} == {"หนังสือ.txt", "b.txt"}
        html = client.get("/upload").text
        assert "Thumbs.db" in html
        assert list((archive.folder / "uploads").iterdir()) == []

    def test_each_kind_that_is_read_may_be_chosen_and_what_is_skipped_says_why(self, client, archive, sha, letter):
        with archive.writing() as connection:
            removals.note(connection, sha, "ซ้ำ", removed=True)
        html = client.get("/upload").text
        assert set(SUFFIXES) < set(re.search(r'accept="([^"]*)"', html)[1].split(","))
        token = re.search(r'name="token" value="(\w+)"', html)[1]
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as made:
            made.writestr("a.doc", b"x")
        files = [("files", (letter.name, letter.read_bytes())), ("files", ("a.zip", packed.getvalue()))]
        client.post("/upload", data={"token": token}, files=files)
        client.app.state.desk.imports.wait()
        html = client.get("/upload").text
        assert "ข้าม: ถูกนำออกจากคลังแล้ว" in html
        assert "ข้าม: ไม่ใช่ชนิดไฟล์ที่อ่านได้ (บันทึกเป็น PDF ก่อน)" in html

    @pytest.mark.parametrize(
        "name", ["../../x.txt", "/etc/x.txt", "..\\x.txt", ".x.txt", "x\x00.txt", "ก" * 300 + ".txt"]
    )
    def test_no_name_leads_out_of_the_folder(self, tmp_path, name) -> None:
        receive(name, io.BytesIO(b"x"), tmp_path, SETTINGS)
        [written] = tmp_path.iterdir()
        assert written.suffix == ".txt"

    def test_two_of_one_name_are_two(self, tmp_path) -> None:
        for _ in range(2):
            receive("x.txt", io.BytesIO(b"x"), tmp_path, SETTINGS)
        assert len(list(tmp_path.iterdir())) == 2

    def test_what_is_too_large_is_refused(self, tmp_path) -> None:
        small = SETTINGS.model_copy(update={"limits": SETTINGS.limits.model_copy(update={"file_bytes": 10})})
        with pytest.raises(LimitError):
            receive("x.txt", io.BytesIO(b"x" * 11), tmp_path, small)


class TestApi:
    def test_a_document_its_doubts_and_a_decision(self, client, archive, sha) -> None:
        assert client.get(f"/api/documents/{sha}").json()["source"]["sha256"] == sha
        doubts = client.get(f"/api/documents/{sha}/doubts").json()
        assert doubts
        before = field(archive, sha).value
        body = {"path": NUMBER, "answer": "corrected", "text": "อต 0023.3/ว 1774", "before": before}
        done = client.post(f"/api/documents/{sha}/decisions", json=body).json()
        assert done["recorded"]["decision"]["after"] == "อต 0023.3/ว 1774"
        assert client.post(f"/api/documents/{sha}/decisions", json=body).status_code == 409
        assert (
            client.post(f"/api/documents/{sha}/decisions", json={"path": NUMBER, "answer": "corrected"}).status_code
            == 422
        )
        number = done["recorded"]["id"]
        assert client.delete(f"/api/documents/{sha}/decisions/{number}").status_code == 200
        [kept] = client.get(f"/api/documents/{sha}/decisions").json()
        assert kept["revoked"]

    @pytest.mark.parametrize(
        ("path", "status"),
        [
            ("/api/documents/" + "0" * 64, 404),
            ("/api/documents/x", 422),
            ("/api/search?year=1", 422),
            ("/api/search?q=" + "%20".join(map(str, range(17))), 422),
            ("/api/nothing", 404),
        ],
    )
    def test_errors_have_one_shape(self, client, path, status) -> None:
        answer = client.get(path)
        assert answer.status_code == status
        assert set(answer.json()["error"]) == {"code", "message", "hint"}

    def test_search_and_lists(self, client, sha) -> None:
        assert client.get("/api/search", params={"q": "ระบบข้อมูลกลาง"}).json()[0]["document"] == sha
        assert client.get("/api/documents", params={"status": "needs_review"}).json()[0]["summary"]["sha256"] == sha
        assert client.get("/api/rounds").json() == []


def test_a_document_that_is_put_again_keeps_its_decisions(client, archive, sha, letter, form) -> None:
    form(f"/desk/{sha}?path={NUMBER}", f"/desk/{sha}", text="ก", answer="typed")
    put(archive, letter)
    assert field(archive, sha).value == "ก"


def test_a_decision_is_in_the_round_that_is_compared(client, archive, annexed, form) -> None:
    path = "annexes[0].rows[2].status"
    before = field(archive, annexed, path).value
    other = "ไม่ครบถ้วน" if before == "complete" else "เรียบร้อย"
    form(f"/desk/{annexed}?path={path}", f"/desk/{annexed}", text=other, answer="typed")
    client.get("/rounds")
    newest = max(archive.snapshots(), key=lambda one: one.version)
    assert newest.version == 2
    assert newest.rows[2].status != before


class TestUnaccounted:
    """What no value holds: on the picture of the page, in the list beside it, and where the desk asks for it."""

    PART = Unaccounted(
        page=1, box=Box(0.1, 0.8, 0.5, 0.82), kind=PartKind.LINE, text="ข้อความ <b>", reason=UnaccountedReason.NO_FIELD
    )

    @pytest.fixture
    def lost(self, archive, sha):
        document = archive.document(sha)
        pdf = document.source.model_copy(update={"media_type": "application/pdf"})
        keep_reading(
            archive, document.model_copy(update={"unaccounted": (self.PART,), "source": pdf}), "lost", SETTINGS
        )
        return sha

    def test_it_is_drawn_and_listed(self, client, lost) -> None:
        html = client.get(f"/documents/{lost}").text
        assert re.search(r'<rect id="b-unaccounted-0" class="unaccounted" x="100.0" y="1131.2" width="400.0"', html)
        assert '<li id="v-unaccounted-0"' in html
        assert "ข้อความ &lt;b&gt;" in html

    def test_the_desk_shows_the_parts_that_it_asks_for(self, client, archive, lost) -> None:
        register = load()
        while (doubt := find_doubts(document := archive.document(lost))[0]).rule != NoticeCode.UNACCOUNTED:
            if doubt.rule:
                said = doubt.target.removeprefix(f"{doubt.rule}: ")
                decision = answer_finding(document, doubt.rule, said, Answer.CONFIRMED)
            else:
                decision = make_decision(document, doubt.path, Answer.UNREADABLE, register)
            decide(archive, lost, [decision], "ก", SETTINGS)
        assert doubt.page == 1
        html = client.get(f"/desk/{lost}").text
        assert f'src="/documents/{lost}/unaccounted/0.jpg"' in html
        assert "ข้อความ &lt;b&gt;" in html

    @pytest.mark.parametrize("index", ["0", "9", "-1"])
    def test_a_picture_that_is_not_there_is_404(self, client, lost, index) -> None:
        assert client.get(f"/documents/{lost}/unaccounted/{index}.jpg").status_code == 404


def test_a_document_that_was_taken_out_is_nowhere(client, archive, sha) -> None:
    pages = ("/", "/documents", "/documents?code=O03", "/search?q=ระบบข้อมูลกลาง", "/desk")
    assert sha in client.get("/documents").text
    with archive.writing() as connection:
        removals.note(connection, sha, "ซ้ำ", removed=True)
    for path in pages:
        assert sha not in client.get(path, follow_redirects=True).text, path
    assert client.get(f"/documents/{sha}").status_code == 404
    assert client.get("/api/documents").json() == []
