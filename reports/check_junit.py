"""What the rules say of documents as JUnit XML, which build servers and dashboards show."""

from collections import Counter
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

from core.errors import Language
from models.finding import Outcome, Verdict
from reports.check_report import CheckedDocument, CheckOptions, say
from reports.labels import outcome
from reports.xml_text import replace_unwritable


def as_junit(documents: Iterable[CheckedDocument], options: CheckOptions) -> Iterator[str]:
    """Yield JUnit XML: a suite a document, a case a rule.

    A violated rule is a failure of the type of its severity; one that could not run, or does not apply, was skipped.
    """
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="saraban check">'
    for checked in documents:
        yield ET.tostring(_build_suite(checked, options), encoding="unicode")
    yield "</testsuites>\n"


def _build_suite(checked: CheckedDocument, options: CheckOptions) -> ET.Element:
    outcomes = Counter(verdict.outcome for verdict in checked.verdicts)
    suite = ET.Element(
        "testsuite",
        name=replace_unwritable(checked.document.source.name),
        tests=str(len(checked.verdicts)),
        failures=str(outcomes[Outcome.VIOLATED]),
        skipped=str(outcomes[Outcome.COULD_NOT_RUN] + outcomes[Outcome.NOT_APPLICABLE]),
        errors="0",
    )
    for verdict in checked.verdicts:
        _add_case(suite, verdict, options.language)
    return suite


def _add_case(suite: ET.Element, verdict: Verdict, language: Language) -> None:
    name = replace_unwritable(f"{verdict.rule} {say(verdict.statement, language)}")
    case = ET.SubElement(suite, "testcase", classname=f"saraban.{verdict.rule[0]}", name=name)
    messages = [replace_unwritable(say(finding.message, language)) for finding in verdict.findings]
    if verdict.outcome is Outcome.VIOLATED:
        failure = ET.SubElement(case, "failure", type=verdict.severity.value, message=messages[0])
        failure.text = "\n".join(messages)
    elif verdict.outcome is not Outcome.PASSED:
        ET.SubElement(case, "skipped", message=messages[0] if messages else outcome(verdict.outcome, language))
