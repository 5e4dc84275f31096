"""Who may do what: every route, every role, logging in and out, and what is written of it."""

import datetime as dt
import re

import pytest
from argon2 import PasswordHasher
from fastapi.testclient import TestClient

from core.errors import UsageError
from models.account import AccountEvent, Role
from pipeline import accounts
from pipeline.deciding import history
from store.accounts import begin_session
from tests.web.archives import SETTINGS
from tests.web.routes import all_routes
from web.access import GuardedRoute, new_router
from web.app import create_app
from web.login_attempts import AttemptLimits, LoginAttempts, group_address
from web.security import COOKIE

NOW = dt.datetime(2026, 11, 29, 8, 0, tzinfo=dt.UTC)
PHRASE = "ม้าถูกต้อง 12345"
NUMBER = "letters[0].number"
PUBLIC = {("GET", "/login"), ("POST", "/login"), ("POST", "/logout"), ("POST", "/language"), ("POST", "/api/session")}
ADMINS = {
    ("GET", "/accounts"), ("POST", "/accounts"), ("POST", "/accounts/role"), ("POST", "/accounts/active"),
    ("POST", "/accounts/password"),
}  # fmt: skip
REVIEWERS = ("/desk", "/upload", "/batches", "/wordings")
OWN = {("POST", "/account/password"), ("DELETE", "/api/session")}


@pytest.fixture(scope="module", autouse=True)
def _quick_digests():
    """A digest of a password takes 64 MiB and a while, which is what it is for; here it need not."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture
def people(archive):
    for role in Role:
        accounts.add_account(archive, role.value, role, PHRASE, "ผู้ติดตั้ง", NOW)


@pytest.fixture
def app(archive, people):
    return create_app(archive, SETTINGS, "ไม่มีใคร")


def enter(app, archive, role: Role | None) -> TestClient:
    """A browser in which somebody of a role is logged in."""
    client = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)
    if role is not None:
        token = f"{role.value:x<43}"
        with archive.writing() as connection:
            begin_session(connection, accounts._hide(token), role.value, NOW, dt.datetime.max.replace(tzinfo=dt.UTC))
        client.cookies.set(COOKIE, token)
    return client


def login(client: TestClient, name: str, password: str, following: str = "/", **more: str):
    token = re.search(r'name="token" value="(\w+)"', client.get("/login").text)[1]
    fields = {"token": token, "name": name, "password": password, "following": following, **more}
    return client.post("/login", data=fields)


class TestRoutes:
    def test_every_route_declares_what_it_needs(self, app) -> None:
        routes = list(all_routes(app))
        assert len(routes) > 35
        assert all(isinstance(route, GuardedRoute) for _, route in routes)

    def test_no_route_can_be_made_without(self) -> None:
        with pytest.raises(TypeError, match="/open"):
            new_router().get("/open")(lambda: None)

    def test_what_each_role_may_do(self, app) -> None:
        for path, route in all_routes(app):
            for method in route.methods or ():
                if (method, path) in PUBLIC:
                    assert route.needed is None, path
                elif (method, path) in ADMINS:
                    assert route.needed is Role.ADMIN, path
                elif (method == "GET" and not path.startswith(REVIEWERS)) or (
                    method,
                    path,
                ) in OWN:
                    assert route.needed is Role.READER, path
                else:
                    assert route.needed is Role.REVIEWER, path

    @pytest.mark.parametrize("role", [None, *Role])
    def test_every_route_turns_away_whom_it_must(self, app, archive, sha, role) -> None:
        client = enter(app, archive, role)
        for path, route in all_routes(app):
            address = (
                path.replace("{sha}", sha).replace("{number}", "1").replace("{index}", "0").replace("{batch}", "a")
            )
            for method in (route.methods or set()) - {"HEAD"}:
                if (method, path) in PUBLIC | OWN:
                    continue
                answer = client.request(method, address)
                if role is None and path.startswith("/api/"):
                    assert answer.status_code == 401, (method, path)
                    assert answer.headers["www-authenticate"] == "Bearer"
                elif role is None:
                    assert answer.status_code == 303, (method, path)
                    assert answer.headers["location"].startswith("/login"), (method, path)
                elif not role.includes(route.needed):
                    assert answer.status_code == 403, (method, path)
                    assert "ไม่มีสิทธิ์" in answer.text
                else:
                    assert "ไม่มีสิทธิ์" not in answer.text, (method, path)
        assert history(archive, sha) == []

    def test_a_reader_sees_no_way_to_decide(self, app, archive, sha) -> None:
        reader, reviewer = enter(app, archive, Role.READER), enter(app, archive, Role.REVIEWER)
        for path in ("/", f"/documents/{sha}"):
            assert 'href="/desk' not in reader.get(path).text
            assert 'href="/desk' in reviewer.get(path).text

    def test_a_decision_carries_the_name_of_the_account(self, app, archive, sha) -> None:
        client = enter(app, archive, Role.REVIEWER)
        body = {"path": NUMBER, "answer": "later", "before": archive.document(sha).letters[0].number.value}
        assert client.post(f"/api/documents/{sha}/decisions", json=body).status_code == 200
        assert [each.person for each in history(archive, sha)] == ["reviewer"]


class TestLogin:
    def test_in_and_out(self, app, archive) -> None:
        client = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)
        asked = client.get("/documents?status=ok")
        assert asked.headers["location"] == "/login?next=%2Fdocuments%3Fstatus%3Dok"
        answer = login(client, "reviewer", PHRASE, "/documents?status=ok")
        assert answer.headers["location"] == "/documents?status=ok"
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        assert "reviewer" in client.get("/documents").text
        kept = client.cookies[COOKIE]
        token = re.search(r'name="token" value="(\w+)"', client.get("/").text)[1]
        assert client.post("/logout", data={"token": token}).status_code == 303
        client.cookies.set(COOKIE, kept)
        assert client.get("/documents").status_code == 303
        events = [each.event for each in accounts.list_events(archive, 2)]
        assert events == [AccountEvent.LOGGED_OUT, AccountEvent.LOGGED_IN]

    def test_the_cookie_is_for_https_alone_where_that_is_used(self, app) -> None:
        client = TestClient(app, base_url="https://127.0.0.1", follow_redirects=False)
        answer = login(client, "reader", PHRASE)
        assert "Secure" in answer.headers["set-cookie"]
        assert answer.headers["strict-transport-security"].startswith("max-age=")

    def test_a_session_given_by_somebody_else_is_not_the_one_after_logging_in(self, app) -> None:
        client = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)
        client.cookies.set(COOKIE, "x" * 43)
        login(client, "reader", PHRASE)
        assert client.cookies.get(COOKIE, domain="127.0.0.1") != "x" * 43

    @pytest.mark.parametrize(
        ("name", "password"), [("reader", "ผิด"), ("nobody", PHRASE), ("reader' --", "x"), ("", "")]
    )
    def test_what_does_not_belong_together_is_refused_in_the_same_words(self, app, name, password) -> None:
        client = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)
        answer = login(client, name, password)
        assert answer.status_code in (401, 422)
        assert answer.status_code == 422 or "ชื่อหรือรหัสผ่านไม่ถูกต้อง" in answer.text
        assert client.get("/").status_code == 303

    def test_after_some_failures_even_the_right_password_waits(self, app) -> None:
        client = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)
        for _ in range(AttemptLimits().by_account):
            assert login(client, "reader", "ผิด").status_code == 401
        late = login(client, "reader", PHRASE)
        assert late.status_code == 429
        assert int(late.headers["retry-after"]) > 0
        assert client.post("/api/session", json={"name": "reader", "password": PHRASE}).status_code == 429
        for name in (" reader", "reader\n", "\u3000reader "):
            assert login(client, name, PHRASE).status_code == 429
        assert login(client, "reviewer", PHRASE).status_code == 303

    @pytest.mark.parametrize("following", ["//evil.example", "/\\evil.example", "https://evil.example"])
    def test_the_way_on_leads_nowhere_else(self, app, following) -> None:
        client = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)
        assert login(client, "reader", PHRASE, following).headers["location"] == "/"

    def test_a_form_from_elsewhere_logs_nobody_in(self, app) -> None:
        client = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)
        assert client.post("/login", data={"name": "reader", "password": PHRASE}).status_code == 403

    def test_a_program_logs_in_with_a_token(self, app, archive, sha) -> None:
        client = TestClient(app, base_url="http://127.0.0.1")
        token = client.post("/api/session", json={"name": "reader", "password": PHRASE}).json()["token"]
        client.cookies.clear()
        bearer = {"authorization": f"Bearer {token}"}
        assert client.get("/api/documents", headers=bearer).status_code == 200
        assert client.get("/api/documents", headers={"authorization": "Bearer x"}).status_code == 401
        body = {"path": NUMBER, "answer": "later", "before": None}
        assert client.post(f"/api/documents/{sha}/decisions", json=body, headers=bearer).status_code == 403
        assert client.delete("/api/session", headers=bearer).status_code == 200
        assert client.get("/api/documents", headers=bearer).status_code == 401


class TestAccounts:
    def test_from_the_first_account_on_everybody_logs_in(self, client, archive) -> None:
        assert client.get("/").status_code == 200
        accounts.add_account(archive, "admin", Role.ADMIN, PHRASE, "ก", NOW)
        assert client.get("/").headers["location"] == "/login?next=%2F"
        assert client.get("/api/documents").status_code == 401
        assert login(client, "admin", PHRASE).headers["location"] == "/"

    def test_a_session_ends_by_itself(self, archive, people) -> None:
        token = accounts.log_in(archive, "reader", PHRASE, "", NOW)
        assert token
        last = NOW + accounts.SESSION
        assert accounts.find_session(archive, token, last - dt.timedelta(seconds=1)).name == "reader"
        assert accounts.find_session(archive, token, last) is None

    def test_neither_password_nor_token_is_kept(self, archive, people) -> None:
        token = accounts.log_in(archive, "reader", PHRASE, "", NOW)
        assert token
        archive.close()
        kept = b"".join(path.read_bytes() for path in archive.folder.glob("saraban.db*"))
        assert PHRASE.encode() not in kept
        assert token.encode() not in kept

    @pytest.mark.parametrize("act", ["disable", "password", "role"])
    def test_a_change_holds_at_once(self, archive, people, act) -> None:
        token = accounts.log_in(archive, "reviewer", PHRASE, "", NOW)
        assert token
        if act == "disable":
            accounts.set_active(archive, "reviewer", "admin", NOW, active=False)
            assert accounts.log_in(archive, "reviewer", PHRASE, "", NOW) is None
        elif act == "password":
            accounts.change_password(archive, "reviewer", "อื่น ๆ ยาวพอสมควร", "admin", NOW)
        else:
            accounts.change_role(archive, "reviewer", Role.READER, "admin", NOW)
        found = accounts.find_session(archive, token, NOW)
        assert found is None if act != "role" else found.role is Role.READER

    def test_one_admin_stays(self, archive, people) -> None:
        with pytest.raises(UsageError):
            accounts.set_active(archive, "admin", "admin", NOW, active=False)
        with pytest.raises(UsageError):
            accounts.change_role(archive, "admin", Role.READER, "admin", NOW)
        assert accounts.has_admin(archive)

    @pytest.mark.parametrize("name", ["", " ", "reader", "ก" * 65, "a\u202eb", "a\x00b"])
    def test_a_name_is_one_that_people_can_tell_apart(self, archive, people, name) -> None:
        with pytest.raises(UsageError):
            accounts.add_account(archive, name, Role.READER, PHRASE, "admin", NOW)

    def test_a_short_password_is_refused(self, archive) -> None:
        with pytest.raises(UsageError):
            accounts.add_account(archive, "ใหม่", Role.READER, "สั้น", "admin", NOW)
        assert accounts.list_accounts(archive) == []

    def test_what_happened_cannot_be_changed(self, archive, people) -> None:
        import sqlalchemy as sa

        from core.errors import StoreError

        for statement in ("UPDATE account_events SET person = 'x'", "DELETE FROM account_events"):
            with pytest.raises(StoreError, match="append-only"), archive.writing() as connection:
                connection.execute(sa.text(statement))

    def test_the_admin_page(self, app, archive) -> None:
        client = enter(app, archive, Role.ADMIN)
        token = re.search(r'name="token" value="(\w+)"', client.get("/accounts").text)[1]
        added = client.post("/accounts", data={"token": token, "name": "<b>ใหม่", "role": "reader", "password": PHRASE})
        assert added.status_code == 303
        html = client.get("/accounts").text
        assert "&lt;b&gt;ใหม่" in html
        assert "<b>ใหม่" not in html
        again = client.post("/accounts", data={"token": token, "name": "<b>ใหม่", "role": "reader", "password": PHRASE})
        assert again.status_code == 422
        last = client.post("/accounts/active", data={"token": token, "name": "admin", "active": "false"})
        assert last.status_code == 422
        assert "อย่างน้อยหนึ่งบัญชี" in last.text


class TestAttempts:
    def test_failures_count_for_a_while(self) -> None:
        attempts = LoginAttempts(AttemptLimits(by_account=2, by_address=3, seconds=60))
        for _ in range(2):
            attempts.note_failure("ก", "10.0.0.1", 100.0)
        assert attempts.find_wait("ก", "10.0.0.9", 110.0) == 50.0
        assert attempts.find_wait("ข", "10.0.0.1", 110.0) == 0.0
        assert attempts.find_wait("ก", "10.0.0.9", 161.0) == 0.0
        attempts.note_failure("ค", "10.0.0.1", 110.0)
        assert attempts.find_wait("ข", "10.0.0.1", 111.0) > 0

    def test_a_crowd_does_not_fill_the_memory(self) -> None:
        attempts = LoginAttempts(AttemptLimits(keys=50))
        for number in range(500):
            attempts.note_failure(f"ก{number}", f"10.0.{number // 250}.{number % 250}", 1.0)
        assert len(attempts._failures) == 50

    @pytest.mark.parametrize(
        ("address", "group"), [("2001:db8::1", "2001:db8::/64"), ("10.0.0.1", "10.0.0.1"), ("testclient", "testclient")]
    )
    def test_addresses_of_one_network_are_one(self, address, group) -> None:
        assert group_address(address) == group
