"""The desk in a real browser: by keys alone, with and without JavaScript, with hostile text, and for screen readers."""

import shutil

import pytest

from models.doubt import find_doubts
from models.record_path import get_field
from pipeline.deciding import history
from store.archive import Archive
from tests.web.archives import SETTINGS, SMALL, put

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (make setup-dev)")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here (apt-get install chromium)"),
]
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
FILES = 4


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def archive(tmp_path):
    with Archive.open(tmp_path / "archive") as opened:
        yield opened


@pytest.fixture
def address(archive):
    from bench.desk_pictures import serving

    with serving(archive, SETTINGS) as found:
        yield found


@pytest.fixture
def shas(archive, tmp_path) -> list[str]:
    found = []
    for number in range(FILES):
        path = tmp_path / f"{number}.txt"
        path.write_text(SMALL.replace("๑๗๗/๔", f"๑๗{number}/๔"), "utf-8")
        found.append(put(archive, path))
    return found


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def page(browser, request):
    context = browser.new_context(java_script_enabled=request.param)
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    yield opened
    context.close()


def open_doubts(archive, shas) -> int:
    return sum(len(find_doubts(archive.document(sha))) for sha in shas)


def test_keys_alone_clear_the_archive(browser, archive, shas, address) -> None:
    page = browser.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{address}/desk")
    presses = 0
    for _ in range(200):
        if not open_doubts(archive, shas):
            break
        key = "Enter" if page.locator("#next").count() else "1"
        key = key if page.locator("#next, #answer [data-key='1']").count() else "Delete"
        presses += key != "Enter"
        page.evaluate("document.querySelector('#desk').dataset.old = 'yes'")
        page.keyboard.press(key)
        page.wait_for_function("() => document.querySelector('#desk') && !document.querySelector('#desk').dataset.old")
    decisions = sum(len(history(archive, sha)) for sha in shas)
    page.close()
    assert open_doubts(archive, shas) == 0
    assert {summary.status for summary in archive.documents()} == {"ok"}
    assert presses == decisions  # one key an answer


def test_enter_accepts_nothing_where_rules_disagree(browser, archive, shas, address) -> None:
    page = browser.new_page()
    page.goto(f"{address}/desk/{shas[0]}?path=letters[0].number")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.locator("#text").focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")
    page.close()
    assert history(archive, shas[0]) == []


def test_behind_a_typed_answer_keys_answer_the_next_question(browser, archive, shas, address) -> None:
    page = browser.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{address}/desk/{shas[0]}?path=letters[0].number")
    page.keyboard.press("F2")
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    page.wait_for_selector(".done")
    page.wait_for_function("() => document.activeElement.id !== 'text'")
    before = len(history(archive, shas[0]))
    page.keyboard.press("1" if page.locator("#answer [data-key='1']").count() else "Delete")
    page.wait_for_load_state("networkidle")
    page.wait_for_function("() => document.querySelector('.done')")
    page.close()
    assert len(history(archive, shas[0])) == before + 1


def test_a_value_is_put_right_and_taken_back(page, archive, shas, address) -> None:
    page.goto(f"{address}/desk/{shas[0]}?path=letters[0].number")
    page.fill("#text", "อต ๐๐๒๓.๓/ว ๑๗๗๔")
    page.press("#text", "Enter")
    page.wait_for_selector(".done")
    assert get_field(archive.document(shas[0]), "letters[0].number").value == "อต 0023.3/ว 1774"
    page.click("#undo button")
    page.wait_for_selector("#text")
    page.wait_for_load_state("networkidle")
    assert get_field(archive.document(shas[0]), "letters[0].number").source != "person"


def test_hostile_text_runs_nothing(page, archive, shas, address) -> None:
    asked = []

    def dismiss(dialog):
        asked.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.goto(f"{address}/desk/{shas[0]}?path=letters[0].subject")
    page.fill("#text", "<img src=x onerror=alert(1)><script>alert(2)</script>")
    page.press("#text", "Enter")
    page.wait_for_selector(".done")
    for path in (f"/documents/{shas[0]}", "/documents", "/search?q=alert"):
        page.goto(address + path)
        assert "<script>alert(2)</script>" in page.inner_text("main")
    assert asked == []


def test_nothing_is_wider_than_a_phone(browser, shas, address) -> None:
    page = browser.new_page(viewport={"width": 375, "height": 812})
    for path in (
        "/",
        "/documents",
        f"/documents/{shas[0]}",
        f"/desk/{shas[0]}",
        "/search?q=ข้อมูล",
        "/upload",
        "/rounds",
        "/wordings",
        "/accounts",
        "/batches?code=low_confidence",
        "/batches/made",
        f"/documents/{shas[0]}/thread",
    ):
        page.goto(address + path)
        assert page.evaluate(WIDER) <= 0, path
    page.close()


def test_no_request_leaves_the_machine_and_the_policy_is_kept(browser, shas, address) -> None:
    page = browser.new_page()
    elsewhere, complaints = [], []
    page.on(
        "request", lambda request: None if request.url.startswith((address, "data:")) else elsewhere.append(request.url)
    )
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    for path in ("/", f"/documents/{shas[0]}", f"/desk/{shas[0]}", "/search?q=ข้อมูล", "/upload"):
        page.goto(address + path, wait_until="networkidle")
    page.close()
    assert (elsewhere, complaints) == ([], [])


def test_axe_finds_nothing_to_complain_of(browser, shas, address) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed (make setup-dev)")
    found = []
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme)
        for path in (
            "/", "/documents", f"/documents/{shas[0]}", f"/desk/{shas[0]}", "/search?q=ข้อมูล", "/upload", "/rounds",
            "/wordings", "/accounts", "/batches?code=low_confidence", f"/documents/{shas[0]}/thread",
        ):  # fmt: skip
            page.goto(address + path, wait_until="networkidle")
            for each in axe.Axe().run(page).response["violations"]:
                found.append((scheme, path.partition("/")[2][:10], each["id"], each["nodes"][0]["html"][:120]))
        page.close()
    assert found == []
