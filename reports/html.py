"""The change report as one HTML page that needs nothing else: no script, no font, no picture from outside."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from parsers.thai.numerals import to_thai
from reports import words
from reports.change_report import NO_DISTRICT
from reports.view import ChangeReport


def as_html(report: ChangeReport) -> str:
    """Return the report as a page in Thai, for the screen and for A4 paper.

    Every text from a document is escaped: a remark cannot become part of the page.
    """
    return _template().render(report=report, no_district=NO_DISTRICT)


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        thai=lambda value: to_thai(str(value)),
        number=words.number,
        date_long=words.date_long,
        date_short=words.date_short,
        date_with_weekday=words.date_with_weekday,
        standing=words.standing,
        kind=words.change_kind,
        better=words.better,
        review=words.review,
    )
    return environment.get_template("changes.html.j2")
