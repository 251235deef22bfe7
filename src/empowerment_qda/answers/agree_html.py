"""Agreement as files under reports/agreement/: a page of its own in HTML, escaped throughout, and tables as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from empowerment_qda.agreement import Scale
from empowerment_qda.answers.agree import (
    NO_CODE,
    table_codes,
    table_coefficients,
    table_disagreements,
    table_overall,
    tell_agreement,
    tell_round,
)
from empowerment_qda.answers.table import format_csv, plain
from empowerment_qda.stages.agree import Agreement

if TYPE_CHECKING:
    from jinja2 import Template

PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ overall.title }}</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; color: #111; margin: 2rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { border: 1px solid #bdbdbd; padding: .35rem .5rem; text-align: left; vertical-align: top; }
.confusion td { text-align: center; min-width: 1.5rem; }
.confusion thead th { writing-mode: vertical-rl; transform: rotate(180deg); white-space: nowrap; }
.same { background: #d3e6f1; outline: 2px solid #111; outline-offset: -3px; }
.apart { background: #fadfcc; font-weight: 600; }
code { background: #ececec; padding: .1rem .3rem; }
</style>
{% macro show(table) %}<div class="wide"><table>
<thead><tr>{% for one in table.columns %}<th scope="col">{{ one }}</th>{% endfor %}</tr></thead>
<tbody>
{% for row in table.rows %}<tr><th scope="row">{{ plain(row[0]) }}</th>{% for cell in row[1:] %}<td>{{ plain(cell) }}</td>{% endfor %}</tr>
{% endfor %}</tbody>
</table></div>{% endmacro %}
<h1>{{ overall.title }}</h1>
{{ show(overall) }}
<ul lang="{{ language }}">{% for line in mind %}<li>{{ line }}</li>{% endfor %}</ul>
<h2>Code by code</h2>
{{ show(codes) }}
{% for pair, names, lines in confusion %}<h2>Codes of {{ pair[0] }} (down) against codes of {{ pair[1] }} (across)</h2>
<p>Codes that both gave stand on the diagonal, framed; elsewhere one gave the code of the row where the other gave that of the column.</p>
<div class="wide"><table class="confusion">
<thead><tr><td></td>{% for name in names %}<th scope="col">{{ name }}</th>{% endfor %}</tr></thead>
<tbody>
{% for name, cells in lines %}<tr><th scope="row">{{ name }}</th>{% for units, kind in cells %}<td{% if kind %} class="{{ kind }}"{% endif %}>{{ units }}</td>{% endfor %}</tr>
{% endfor %}</tbody>
</table></div>
{% endfor %}<h2>Disagreements</h2>
{% if disagreements.rows %}{{ show(disagreements) }}
{% if round %}<p><code>{{ round }}</code></p>
{% endif %}{% else %}<p>None.</p>
{% endif %}</html>
"""


def files_of_agreement(found: Agreement, scale: Scale, language: str) -> dict[str, str]:
    """File names under reports/ and their text."""
    return {
        "agreement/agreement.html": format_html(found, scale, language),
        "agreement/agreement.csv": format_csv(table_coefficients(found, scale, language)),
        "agreement/disagreements.csv": format_csv(table_disagreements(found)),
    }


def format_html(found: Agreement, scale: Scale, language: str) -> str:
    """Figures, what to mind, confusion and every disagreement on a page."""
    return _template().render(
        overall=table_overall(found, scale, language),
        codes=table_codes(found, scale, language),
        confusion=list(_confusions(found)),
        disagreements=table_disagreements(found),
        round=tell_round(found),
        mind=tell_agreement(found, language),
        language=language,
        plain=plain,
    )


def _confusions(found: Agreement) -> Iterator[tuple[Any, list[str], list[Any]]]:
    """For each two coders the names of the codes, and for each of them its cells: a number and how it is painted."""
    for pair, counts in found.confusion.items():
        codes = found.codes_of(pair)
        names = [code or NO_CODE for code in codes]
        lines = [
            (name, [(units, "same" if row == column else "apart") if (units := counts.get((row, column), 0))
                    else ("", "") for column in codes])
            for name, row in zip(names, codes, strict=True)
        ]  # fmt: skip
        yield pair, names, lines


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    options: dict[str, Any] = {"autoescape": True, "undefined": StrictUndefined}
    return Environment(**options).from_string(PAGE)
