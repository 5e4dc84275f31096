"""Templates, the language of a page, and what every page shows."""

from pathlib import Path
from typing import Any, Final

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from core.errors import Language
from ingest.sources.listing import SkipReason
from models.account import AccountEvent, Role
from models.accounting import PartKind, UnaccountedReason
from models.annex import Status
from models.document import DocumentStatus
from models.issue import Severity
from pipeline.reasons import explain_code, name_value
from pipeline.skip_reasons import explain_skip
from pipeline.value_text import edited_text, show_value
from reports import labels
from reports.code_labels import label_part, label_unaccounted
from thai.numerals import to_thai
from web.access import get_account
from web.security import COOKIE, form_token, get_session, set_session
from web.state import get_desk

LANGUAGE_COOKIE: Final = "saraban_language"
_KINDS: Final = {
    "external_letter": ("หนังสือภายนอก", "external letter"),
    "internal_memo": ("บันทึกข้อความ", "internal memo"),
    "stamped_letter": ("หนังสือประทับตรา", "stamped letter"),
    "order": ("คำสั่ง", "order"),
    "regulation": ("ระเบียบหรือข้อบังคับ", "regulation"),
    "announcement": ("ประกาศ", "announcement"),
    "certificate": ("หนังสือรับรอง", "certificate"),
    "minutes": ("รายงานการประชุม", "minutes"),
    "radio_message": ("วิทยุ", "radio message"),
    "other": ("อื่น ๆ", "other"),
    "annex": ("บัญชี", "annex"),
}
_ROLES: Final = {
    Role.READER: ("ผู้อ่าน", "reader"),
    Role.REVIEWER: ("ผู้ตรวจทาน", "reviewer"),
    Role.ADMIN: ("ผู้ดูแลระบบ", "admin"),
}
_EVENTS: Final = {
    AccountEvent.ADDED: ("เพิ่มบัญชี", "added"),
    AccountEvent.ROLE: ("เปลี่ยนสิทธิ์", "another role"),
    AccountEvent.PASSWORD: ("เปลี่ยนรหัสผ่าน", "another password"),
    AccountEvent.DISABLED: ("ปิดใช้งาน", "disabled"),
    AccountEvent.ENABLED: ("เปิดใช้งาน", "enabled"),
    AccountEvent.LOGGED_IN: ("เข้าสู่ระบบ", "logged in"),
    AccountEvent.LOGGED_OUT: ("ออกจากระบบ", "logged out"),
    AccountEvent.REFUSED: ("รหัสผ่านไม่ถูกต้อง", "wrong password"),
}
_ENVIRONMENT: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def get_language(request: Request) -> Language:
    """Return the language that the person chose; without a choice that of the settings."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    if chosen in ("th", "en"):
        return "en" if chosen == "en" else "th"
    return get_desk(request).settings.lang


def page(request: Request, template: str, /, *, http_status: int = 200, **context: Any) -> HTMLResponse:  # noqa: ANN401
    """Return a page from a template; every text in it is escaped.

    Args:
        request: What is answered.
        template: Its name in `web/templates`.
        http_status: Of the answer.
        context: What the template shows.
    """
    words = Words(get_language(request))
    session = get_session(request)
    account = get_account(request)
    html = _ENVIRONMENT.get_template(f"{template}.html.j2").render(
        t=words.pick,
        w=words,
        request=request,
        token=form_token(request),
        edited=edited_text,
        desk=get_desk(request),
        account=account,
        may=lambda role: account is not None and account.role.includes(Role(role)),
        **context,
    )
    response = HTMLResponse(html, http_status)
    if request.cookies.get(COOKIE) != session:
        set_session(request, response, session)
    return response


def go(path: str) -> Response:
    """Return the answer to a form: see that page next; the first one where the path is none of ours."""
    is_ours = path.startswith("/") and not path.startswith(("//", "/\\"))  # those lead to another host
    return RedirectResponse(path if is_ours else "/", 303)


class Words:
    """How values, dates and states are said in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def pick(self, th: str, en: str) -> str:
        """Return one of two texts."""
        return th if self.language == "th" else en

    def digits(self, number: object) -> str:
        """Return a number with thousands parted, in the digits of the language."""
        text = f"{number:,}" if isinstance(number, int | float) else str(number)
        return to_thai(text) if self.language == "th" else text

    def value(self, value: object) -> str:
        """Return a value as people write it."""
        return show_value(value, self.language)

    def kind(self, kind: str) -> str:
        """Say what kind of paper it is; one without words is shown as it is."""
        return self.pick(*_KINDS.get(kind, (kind, kind)))

    def role(self, role: Role) -> str:
        """Say what an account may do."""
        return self.pick(*_ROLES[role])

    def account_event(self, event: AccountEvent) -> str:
        """Say what happened to an account."""
        return self.pick(*_EVENTS[event])

    def state(self, status: DocumentStatus) -> str:
        """Say how a document ended."""
        return labels.document_status(status, self.language)

    def row_status(self, status: Status | None) -> str:
        """Say what a row says of its body."""
        return labels.row_status(status, self.language)

    def part(self, kind: PartKind) -> str:
        """Say what a part of a page is."""
        return label_part(kind, self.language)

    def unaccounted(self, reason: UnaccountedReason) -> str:
        """Say why nothing of the record holds a part."""
        return label_unaccounted(reason, self.language)

    def severity(self, severity: Severity) -> str:
        """Say how bad something is."""
        return labels.severity(severity, self.language)

    def reason(self, code: str) -> str:
        """Say why a value is doubted."""
        return explain_code(code, self.language)

    def skip(self, reason: SkipReason, name: str) -> str:
        """Say why a file was not read."""
        return explain_skip(reason, self.language, name)

    def reasons(self, codes: tuple[str, ...]) -> str:
        """Say all of that."""
        return "; ".join(dict.fromkeys(map(self.reason, codes)))

    def name(self, document: Any, path: str) -> str:  # noqa: ANN401 - a document
        """Say which value a path names."""
        return name_value(document, path, self.language)

    def date(self, day: Any) -> str:  # noqa: ANN401 - a date or a time, or None
        """Return a date in short."""
        return labels.date_short(day.date() if hasattr(day, "hour") else day, self.language)

    def moment(self, moment: Any) -> str:  # noqa: ANN401 - a time
        """Return a day and hour."""
        clock = moment.astimezone().strftime("%H:%M")
        return f"{self.date(moment.astimezone())} {to_thai(clock) + ' น.' if self.language == 'th' else clock}"

    def message(self, message: Any) -> str:  # noqa: ANN401 - a message of a finding or an issue
        """Return a message of both languages in one."""
        return str(message.th if self.language == "th" else message.en)
