"""Accepting many at once: what is among them, what never is, the brake, and the way back."""

import re

import pytest

from models.decision import Answer
from models.doubt import find_doubts
from models.field import Source
from models.record_path import get_field, put_part, walk_fields
from pipeline.batches import BatchScope, accept, list_batches, list_proposals, take_back
from pipeline.deciding import decide, history, make_decision
from tests.web.archives import SETTINGS, SMALL, put


@pytest.fixture
def register():
    from gazetteer.register import load

    return load()


@pytest.fixture
def unsure(archive, tmp_path):
    """Three letters of which nothing is wrong but that some values were read unsurely."""
    from pipeline.deciding import keep_reading

    shas = []
    for number in range(3):
        path = tmp_path / f"{number}.txt"
        path.write_text(SMALL.replace("๑๗๗/๔", f"๑๗{number}"), "utf-8")
        sha = put(archive, path)
        document = archive.document(sha)
        for name in ("subject", "salutation", "signer.name"):
            place = f"letters[0].{name}"
            field = get_field(document, place)
            if field is not None and field.value is not None:
                document = put_part(
                    document, place, field.model_copy(update={"review": ("low_confidence",), "confidence": 0.5})
                )
        keep_reading(archive, document, "unsure", SETTINGS)
        shas.append(sha)
    return shas


KIND = BatchScope(code="low_confidence")


def paths(found) -> list[str]:
    return [each.decision.path for each in found.proposals]


class TestProposals:
    def test_a_kind_over_documents(self, archive, unsure, register) -> None:
        found = list_proposals(archive, KIND, register)
        assert {each.document for each in found.proposals} == set(unsure)
        assert "letters[0].subject" in paths(found)
        assert found.following is None

    def test_many_come_a_page_at_a_time(self, archive, unsure, register, monkeypatch) -> None:
        everything = paths(list_proposals(archive, KIND, register))
        monkeypatch.setattr("pipeline.batches._LOOKED_AT", 1)
        pages = [list_proposals(archive, KIND, register)]
        while (following := pages[-1].following) is not None:
            pages.append(list_proposals(archive, KIND.model_copy(update={"after": following}), register))
        assert [{each.document for each in one.proposals} for one in pages] == [{sha} for sha in sorted(unsure)]
        assert [path for one in pages for path in paths(one)] == everything

    def test_a_part_and_a_meaning_of_one_document(self, archive, unsure, register) -> None:
        one = BatchScope(document=unsure[0], like="letters[].subject")
        assert paths(list_proposals(archive, one, register)) == ["letters[0].subject"]
        assert paths(list_proposals(archive, BatchScope(document=unsure[0], within="letters[0].signer"), register)) in (
            ["letters[0].signer.name"],
            [],
        )

    def test_what_rules_or_readings_dispute_is_never_among_them(self, archive, annexed, register) -> None:
        from pipeline.questions import ask

        document = archive.document(annexed)
        for doubt in find_doubts(document):
            scope = BatchScope(document=annexed, within=doubt.path) if doubt.path else None
            if scope and doubt.rule is None and not ask(archive, document, doubt, register).by_default:
                assert doubt.path not in paths(list_proposals(archive, scope, register))

    @pytest.mark.parametrize("answer", [Answer.CORRECTED, Answer.LATER])
    def test_what_a_person_set_or_left_is_never_among_them(self, archive, unsure, register, answer) -> None:
        decision = make_decision(archive.document(unsure[0]), "letters[0].subject", answer, register, "ของคน")
        decide(archive, unsure[0], [decision], "คน", SETTINGS)
        found = list_proposals(archive, KIND, register)
        assert (unsure[0], "letters[0].subject") not in [
            (each.document, each.decision.path) for each in found.proposals
        ]

    @pytest.mark.parametrize(
        "scope", [BatchScope(), BatchScope(document="0" * 64), BatchScope(like="annexes[].rows[].cells.c1")]
    )
    def test_everything_is_no_scope(self, archive, register, scope) -> None:
        from core.errors import UsageError

        with pytest.raises(UsageError):
            list_proposals(archive, scope, register)


class TestAccepting:
    def test_accepted_and_taken_back_as_a_whole(self, archive, unsure, register) -> None:
        before = [archive.document(sha) for sha in unsure]
        found = list_proposals(archive, KIND, register)
        done = accept(archive, found.proposals, "คน", SETTINGS)
        assert done.decided == len(found.proposals) > 3
        assert all(get_field(archive.document(sha), "letters[0].subject").source is Source.PERSON for sha in unsure)
        assert list_proposals(archive, KIND, register).proposals == ()
        assert take_back(archive, done.batch, "คน", SETTINGS) == done.decided
        assert [archive.document(sha) for sha in unsure] == before
        [summary] = list_batches(archive, 5)
        assert (summary.decided, summary.in_force, summary.documents) == (done.decided, 0, 3)

    def test_what_was_decided_since_stays(self, archive, unsure, register) -> None:
        done = accept(archive, list_proposals(archive, KIND, register).proposals, "คน", SETTINGS)
        later = make_decision(archive.document(unsure[0]), "letters[0].subject", Answer.CORRECTED, register, "ภายหลัง")
        decide(archive, unsure[0], [later], "อีกคน", SETTINGS)
        take_back(archive, done.batch, "คน", SETTINGS)
        assert get_field(archive.document(unsure[0]), "letters[0].subject").value == "ภายหลัง"

    def test_a_document_that_somebody_changed_is_left_alone(self, archive, unsure, register) -> None:
        found = list_proposals(archive, KIND, register)
        other = make_decision(archive.document(unsure[1]), "letters[0].subject", Answer.CORRECTED, register, "เร็วกว่า")
        decide(archive, unsure[1], [other], "อีกคน", SETTINGS)
        done = accept(archive, found.proposals, "คน", SETTINGS)
        assert done.conflicts == ("1.txt",)
        assert len(history(archive, unsure[1])) == 1


class TestPages:
    def fields(self, client, query: str) -> dict[str, str]:
        html = client.get(f"/batches?{query}").text
        return dict(
            re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html.split('action="/batches"')[1])
        )

    def test_ticked_ones_alone_are_accepted_and_taken_back(self, client, archive, unsure) -> None:
        fields = self.fields(client, "code=low_confidence")
        answer = client.post("/batches", data={**fields, "chosen": ["0", "2"]})
        assert answer.status_code == 303
        assert sum(len(history(archive, sha)) for sha in unsure) == 2
        html = client.get(answer.headers["location"]).text
        undo = re.search(r'action="(/batches/\w+/undo)"', html)[1]
        token = re.search(r'name="token" value="(\w+)"', html)[1]
        assert client.post(undo, data={"token": token}).status_code == 303
        assert all(each.revoked for sha in unsure for each in history(archive, sha))

    def test_a_list_that_changed_is_shown_again(self, client, archive, unsure, register) -> None:
        fields = self.fields(client, "code=low_confidence")
        other = make_decision(archive.document(unsure[1]), "letters[0].subject", Answer.CORRECTED, register, "เร็วกว่า")
        decide(archive, unsure[1], [other], "อีกคน", SETTINGS)
        assert client.post("/batches", data={**fields, "chosen": ["0"]}).status_code == 409
        assert len(history(archive, unsure[0])) == 0

    def test_many_need_a_tick_that_they_were_looked_at(self, client, unsure, monkeypatch) -> None:
        monkeypatch.setattr("web.batch_pages._FREELY", 1)
        fields = self.fields(client, "code=low_confidence")
        assert client.post("/batches", data={**fields, "chosen": ["0", "1"]}).status_code == 422
        assert client.post("/batches", data={**fields, "chosen": ["0", "1"], "looked": "true"}).status_code == 303

    @pytest.mark.parametrize(
        "query", ["", "document=x", "code=<script>", "within=annexes[0]", "like=letters[].subject"]
    )
    def test_any_question_is_answered(self, client, unsure, query) -> None:
        answer = client.get(f"/batches?{query}")
        assert answer.status_code in (200, 422)
        assert "<script>" not in answer.text.replace("<script src", "")

    def test_the_annex_leads_there(self, client, annexed) -> None:
        html = client.get(f"/documents/{annexed}/annexes/0").text
        links = set(re.findall(r'href="(/batches\?[^"]+)"', html))
        assert links
        for link in sorted(links)[:3]:
            assert client.get(link.replace("&amp;", "&")).status_code == 200


def test_fixture_has_what_it_says(archive, unsure) -> None:
    doubted = [path for path, field in walk_fields(archive.document(unsure[0])) if field.review]
    assert len(doubted) >= 2
