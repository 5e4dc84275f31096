"""The change report as one HTML page that needs nothing else: no script, no font, no picture from outside."""

from functools import cache, partial
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from reports.chart_geometry import INK, WIDTH, Picture, pictures
from reports.report_layout import RIGHT, Digits, shown, written
from reports.report_model import ChangeReport
from reports.sections import head, sections

_FACES: Final = "Official, Sarabun, Laksaman, 'Noto Sans Thai', Garuda, Tahoma, sans-serif"


def as_html(report: ChangeReport, digits: Digits = "thai") -> str:
    """Return the report as a page in Thai, for the screen and for A4 paper.

    Every text from a document is escaped: a remark cannot become part of the page.
    """
    environment = _environment().overlay()
    environment.filters = {
        **environment.filters,
        "thai": lambda value: written(str(value), digits),
        "shown": partial(shown, digits=digits),
        "svg": lambda picture: Markup(as_svg(picture)),  # noqa: S704 - made by a template that escapes
    }
    template = environment.get_template("changes.html.j2")
    drawn = pictures(report, digits)
    return template.render(head=head(report), sections=sections(report), pictures=drawn, right=RIGHT)


def as_svg(picture: Picture, *, texts: bool = True) -> str:
    """Return one picture as SVG, whole in itself; without `texts` for those who set them themselves."""
    macros = _environment().get_template("picture.svg.j2").module
    return str(macros.draw(picture, WIDTH, INK, _FACES, texts))  # type: ignore[attr-defined]


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
