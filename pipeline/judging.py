"""What every rule that an office chose says of a document, with what the archive knows beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.settings import Settings
from gazetteer.register import load as load_register
from models.change import Succession
from models.document import Document
from models.filed_letter import FiledLetter
from models.finding import Verdict
from models.snapshot import Snapshot
from rules.engine.declaration import Case
from rules.runner import check
from rules.selection import chosen


@dataclass(frozen=True, slots=True)
class Context:
    """What an archive knows beside a document; see `rules.engine.declaration.Case`."""

    filed: tuple[FiledLetter, ...] | None = None
    earlier: Mapping[int, Snapshot] = field(default_factory=dict)
    successions: tuple[Succession, ...] = ()


NO_CONTEXT = Context()


def judge_document(document: Document, settings: Settings, context: Context = NO_CONTEXT) -> tuple[Verdict, ...]:
    """Return what every rule that the settings choose says of a document.

    Args:
        document: What to judge.
        settings: Thresholds, rules that are off, severities, rules of the office's own.
        context: What the archive knows beside it: other letters, and the rounds before.
    """
    case = Case(
        document=document,
        register=load_register(settings.bodies),
        settings=settings.rules,
        filed=context.filed,
        earlier=context.earlier,
        successions=context.successions,
    )
    return check(case, chosen(settings.rules))
