"""Searchable PDF as PDF/A-2b: its text and its pictures as they were, and nothing that the standard forbids."""

import io
import shutil

import pikepdf
import pypdfium2
import pytest

from core.errors import MissingToolError, UsageError
from core.limits import Limits
from pipeline.exporting import export
from reports.exports.archival_pdf import NotArchivalError, as_archival, find_faults
from reports.exports.searchable_pdf import as_searchable
from tests.reports.test_exports import TEXT, archive, page, scan

__all__ = ["archive"]
needs_ghostscript = pytest.mark.skipif(shutil.which("gs") is None, reason="Ghostscript is not installed")
LIMITS = Limits()


def searchable():
    return as_searchable(scan(), "application/pdf", [page()])


def odd(*, attached):
    """A searchable PDF with what PDF/A forbids: a script that runs when it is opened, or an attached file."""
    with pikepdf.open(io.BytesIO(searchable())) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        if attached:
            pdf.attachments["a.txt"] = b"attached"
        stream = io.BytesIO()
        pdf.save(stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def made():
    return as_archival(searchable(), LIMITS)


@pytest.mark.slow
@needs_ghostscript
class TestArchival:
    def test_it_says_what_it_is_and_has_what_that_asks_for(self, made):
        assert list(find_faults(made)) == []
        with pikepdf.open(io.BytesIO(made)) as pdf, pdf.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "B")
            profile = pdf.Root.OutputIntents[0].DestOutputProfile
            assert profile.N == 3
            assert profile.read_bytes()[36:40] == b"acsp"

    def test_its_text_is_as_it_was(self, made):
        assert TEXT in pypdfium2.PdfDocument(made)[0].get_textpage().get_text_range()

    def test_its_page_looks_as_it_did(self, made):
        before, after = (pypdfium2.PdfDocument(each)[0].render(scale=1).to_pil() for each in (searchable(), made))
        assert before.tobytes() == after.tobytes()

    def test_scripts_are_left_out_and_an_attached_file_is_told_of(self):
        assert set(find_faults(odd(attached=True))) >= {"pdfaid", "output intent", "action", "attached file"}
        assert list(find_faults(as_archival(odd(attached=False), LIMITS))) == []
        with pytest.raises(NotArchivalError, match="attached file"):
            as_archival(odd(attached=True), LIMITS)

    def test_what_is_no_pdf_or_takes_too_long_is_told_of(self):
        with pytest.raises(NotArchivalError):
            as_archival(b"no PDF", LIMITS)
        with pytest.raises(NotArchivalError, match="tool_seconds"):
            as_archival(searchable(), Limits(tool_seconds=0.001))

    def test_from_the_archive(self, archive, tmp_path):
        export(archive, "pdf", tmp_path / "a.pdf", pdfa=True)
        assert list(find_faults((tmp_path / "a.pdf").read_bytes())) == []


def test_a_plain_pdf_is_none():
    assert {"pdfaid", "output intent"} <= set(find_faults(searchable()))
    assert list(find_faults(b"")) == ["unreadable"]


def test_without_ghostscript_the_next_step_is_named(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(MissingToolError) as caught:
        as_archival(searchable(), LIMITS)
    assert "apt-get install ghostscript" in caught.value.hint("en")


def test_the_option_is_of_searchable_pdf_alone(tmp_path):
    from commands.exports import export as command

    with pytest.raises(UsageError):
        command("letters", tmp_path / "a.csv", pdfa=True)
