"""What all pages share while the desk is open."""

import secrets
from dataclasses import dataclass, field

from fastapi import Request

from core.settings import Settings
from gazetteer.register import load
from models.register import Register
from pipeline.accounts import list_accounts
from pipeline.uploads import ImportQueue
from store.archive import Archive
from web.login_attempts import LoginAttempts
from web.pictures import Pictures


@dataclass(frozen=True)
class Desk:
    """The open archive and who sits before it.

    Attributes:
        archive: The archive.
        settings: Limits, rules and language.
        person: Who decides, where nobody logs in.
        pictures: Pictures of pages, some of them kept.
        imports: ImportQueue that run or ran since the start.
        attempts: Log-ins that failed.
        secret: Makes the tokens of forms; new at each start.
    """

    archive: Archive
    settings: Settings
    person: str
    pictures: Pictures
    imports: ImportQueue
    attempts: LoginAttempts = field(default_factory=LoginAttempts)
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    @property
    def asks_to_log_in(self) -> bool:
        """Whether people have accounts, from the first one on; otherwise whoever reaches the desk is `person`."""
        return bool(list_accounts(self.archive))

    @property
    def register(self) -> Register:
        """The register of bodies, with the office's own ledger as it is now."""
        return load(self.settings.bodies)


def get_desk(request: Request) -> Desk:
    """Return what the pages share."""
    desk: Desk = request.app.state.desk
    return desk
