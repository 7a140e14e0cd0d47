"""A briefing in; one self-contained web page out: styles and pictures inside, no script, nothing fetched."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from lscb_textmine.report.briefing.blocks import Briefing
from lscb_textmine.report.briefing.charts import chart_to_svg

if TYPE_CHECKING:
    from jinja2 import Template


def briefing_to_html(briefing: Briefing) -> bytes:
    """The page; every word that is not the template's own is escaped."""
    return load_template().render(briefing=briefing).encode("utf-8")


@cache
def load_template() -> Template:
    """The template, made ready once."""
    from jinja2 import Environment, StrictUndefined  # 40 ms that reading and `--help` need not wait for
    from markupsafe import Markup

    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    environment.globals |= {"svg": chart_to_svg, "css": Markup(_read("briefing.css").strip())}
    return environment.from_string(_read("briefing.html.j2"))


def _read(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
