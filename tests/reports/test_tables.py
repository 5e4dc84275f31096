"""Tables for the terminal."""

import datetime as dt
import re

from commands.terminal.archive_tables import (
    changes_table,
    document_tables,
    rounds_table,
    show,
    verdicts_table,
)
from commands.terminal.document_list import documents_table
from models.accounting import PartKind, Unaccounted, UnaccountedReason
from models.annex import Annex
from models.change import ChangeKind
from models.document import Document, DocumentStatus, Page, SourceDocument
from models.field import Field
from models.finding import Basis, Finding, Outcome, Verdict
from models.issue import Issue, Message, Severity
from models.letter import Letter, LetterKind, NumberField
from models.snapshot import Series
from models.summary import DocumentSummary
from tests.reports.builders import FIRST, P, change, row


def printed(capsys, *tables):
    for table in tables:
        show(table)
    return capsys.readouterr().out


class TestTables:
    def test_documents(self, capsys):
        summary = DocumentSummary(
            sha256="ab" * 32,
            name="หนังสือ.pdf",
            media_type="application/pdf",
            pages=4,
            status=DocumentStatus.NEEDS_REVIEW,
            imported_at=dt.datetime(2021, 5, 1, tzinfo=dt.UTC),
            engine="e",
            letters=2,
            annexes=1,
            number="มท 0810.2/ว 856",
            date=FIRST,
            subject="ย" * 300,
            unaccounted=2,
        )
        out = printed(capsys, documents_table([summary], "th", None))
        assert "มท ๐๘๑๐.๒/ว ๘๕๖" in out
        assert "ย" * 300 in out
        assert "ควรตรวจทาน: ยังไม่มีค่าใดรองรับ ๒ ส่วน" in out
        assert "needs review: 2 parts unaccounted for" in printed(capsys, documents_table([summary], "en", None))

    def test_verdicts(self, capsys):
        message = Message(th="ลำดับข้าม", en="gap")
        finding = Finding(
            rule="O01",
            severity=Severity.ERROR,
            outcome=Outcome.VIOLATED,
            message=message,
            evidence=("pages[0].text",),
            suggestion="๔๗",
        )
        verdicts = [
            Verdict(
                rule="O01",
                severity=Severity.ERROR,
                statement=Message(th="ต่อเนื่อง", en="whole"),
                outcome=Outcome.VIOLATED,
                findings=(finding,),
            ),
            Verdict(
                rule="T01",
                severity=Severity.ERROR,
                statement=Message(th="ยอดรวมตรง", en="sums"),
                outcome=Outcome.PASSED,
                passes=1,
            ),
        ]
        document = Document(
            source=SourceDocument(name="a.pdf", sha256="0" * 64, media_type="application/pdf", pages=3),
            status=DocumentStatus.OK,
            text="",
            pages=(Page(number=3, text="", engine="test"),),
        )
        out = printed(capsys, verdicts_table(document, verdicts, "th"))
        assert re.search("๓ +ลำดับข้าม → ๔๗", out)  # the page, and what is said
        assert "a.pdf" in out
        assert "T01" not in out
        assert "sums" in printed(capsys, verdicts_table(document, verdicts, "en", every=True))

    def test_a_finding_has_its_own_severity_and_says_what_it_rests_on(self, capsys):
        message = Message(th="ก", en="a")
        on_paper = Finding(rule="T01", severity=Severity.ERROR, outcome=Outcome.VIOLATED, message=message)
        doubted = on_paper.model_copy(update={"severity": Severity.WARNING, "basis": Basis.DOUBTED})
        verdict = Verdict(
            rule="T01",
            severity=Severity.ERROR,
            statement=message,
            outcome=Outcome.VIOLATED,
            findings=(on_paper, doubted),
        )
        document = Document(
            source=SourceDocument(name="a", sha256="0" * 64, media_type="text/plain", pages=1),
            status=DocumentStatus.OK,
            text="",
            pages=(),
        )
        lines = printed(capsys, verdicts_table(document, [verdict], "en")).splitlines()
        assert any(re.search("T01 +error +violated +paper", line) for line in lines)
        assert any(re.search("T01 +warning +violated +doubted reading", line) for line in lines)

    def test_rounds_and_changes(self, capsys, comparison):
        series = Series(title="ก", province="น่าน", rounds=(comparison.before, comparison.after))
        out = printed(capsys, rounds_table([series]), changes_table(comparison))
        assert "๑/๖" in out
        assert "๑๖ เม.ย. ๒๕๖๔ → ๒๙ เม.ย. ๒๕๖๔" in out
        assert "ฝ่าฝืน O02" in out
        assert len([line for line in out.splitlines() if "อบต.ริม" in line]) == 1
        assert "renamed" in printed(capsys, changes_table(comparison, "en"))

    def test_a_document(self, capsys):
        letter = Letter(
            kind=LetterKind.EXTERNAL_LETTER,
            pages=(1,),
            number=NumberField(value="มท 1/ว 2", confidence=0.5, review=("low_confidence",)),
            date=Field[dt.date](value=FIRST),
        )
        annex = Annex(
            title=Field[str](value="บัญชี"),
            province=Field[str](value="น่าน"),
            as_of=Field[dt.date](value=FIRST),
            pages=(2,),
            shape="marks",
            columns=(),
            rows=(),
        )
        document = Document(
            source=SourceDocument(name="a", sha256="ab" * 32, media_type="text/plain", pages=1),
            status=DocumentStatus.NEEDS_REVIEW,
            text="",
            pages=(Page(number=1, text="", engine="e"),),
            letters=(letter,),
            annexes=(annex,),
            issues=(Issue(code="x.y", severity=Severity.ERROR, stage="parse", message=Message(th="เสีย", en="bad")),),
        )
        out = printed(capsys, *document_tables(document))
        assert "มท ๑/ว ๒" in out
        assert "ภาพอ่านได้ไม่ชัด" in out
        assert "low_confidence" not in out
        assert "บัญชี (๑๖ เม.ย. ๒๕๖๔)" in out
        assert "เสีย" in out
        assert "bad" in printed(capsys, *document_tables(document, "en"))

    def test_a_document_tells_of_the_parts_that_no_value_holds(self, capsys):
        part = Unaccounted(page=2, kind=PartKind.STAMP, text="ตรา", reason=UnaccountedReason.NO_FIELD)
        document = Document(
            source=SourceDocument(name="a", sha256="ab" * 32, media_type="text/plain", pages=2),
            status=DocumentStatus.NEEDS_REVIEW,
            text="",
            pages=(),
            unaccounted=(part,),
        )
        out = printed(capsys, *document_tables(document))
        assert "ยังไม่มีค่าใดรองรับ ๑ ส่วน" in out
        assert re.search("๒ +ตราประทับ +ตรา +ไม่มีค่าใดรองรับ", out)
        out = printed(capsys, *document_tables(document, "en"))
        assert "1 part unaccounted for" in out
        assert re.search("2 +stamp +ตรา +no value of the record holds it", out)

    def test_nothing_in_a_cell_steers_the_terminal(self, capsys, comparison):
        evil = row(1, "ริม", P, remark="[red]a[/red]\x1b[2Jb")
        planted = comparison.model_copy(update={"changes": (change(ChangeKind.REMARK, evil, evil),)})
        out = printed(capsys, changes_table(planted))
        assert "[red]a[/red]" in out
        assert "\x1b" not in out
