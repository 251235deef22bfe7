"""A display as a page of its own in HTML: a table whose cells lead to their passages, escaped throughout."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from empowerment_qda.model.display import Cell, Display
from empowerment_qda.model.evidence import Evidence
from empowerment_qda.stages.display.words import say_phrase

if TYPE_CHECKING:
    from jinja2 import Template

PAGE = """\
{% set style %}
body { font: 15px/1.5 system-ui, sans-serif; color: #111; margin: 2rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { border: 1px solid #bdbdbd; padding: .35rem .5rem; text-align: left; vertical-align: top; }
td { min-width: 6rem; } td small { color: #555; display: block; }
.support { background: #d3e6f1; } .limit { background: #fadfcc; } .neutral, .no_data { background: #ececec; }
.mixed { background: linear-gradient(135deg, #d3e6f1 50%, #fadfcc 50%); }
a { white-space: nowrap; } dt { font-weight: 600; margin-top: .6rem; } dd { margin: 0 0 0 1rem; white-space: pre-line; }
{% endset %}
<!doctype html>
<html lang="{{ display.language }}">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '{{ style|sha256 }}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ display.title }}</title>
<style>{{ style }}</style>
<section id="{{ display.name }}">
<h1>{{ display.title }}</h1>
<p>{{ display.rule }}</p>
<div class="wide"><table>
<thead>
{% if column_blocks %}<tr><td colspan="{{ side }}"></td>
{%- for block, size in column_blocks %}<th scope="colgroup" colspan="{{ size }}">{{ block }}</th>{% endfor %}</tr>
{% endif %}<tr>{% for _ in range(side) %}<td></td>{% endfor %}
{%- for column in display.columns %}<th scope="col">{{ column.label }}</th>{% endfor %}</tr>
</thead>
<tbody>
{% for row, block, cells in lines %}<tr>
{%- if block %}<th scope="rowgroup" rowspan="{{ block[1] }}">{{ block[0] }}</th>{% endif -%}
<th scope="row">{{ row.label }}</th>
{%- for cell in cells %}<td class="{{ cell.state }}">{{ cell.mark }}
{%- if cell.text %} <small>{{ cell.text }}</small>{% endif %}
{%- for ref, id in links(cell) %} <a href="#{{ display.name }}-{{ id }}">{{ ref }}</a>{% endfor %}</td>{% endfor %}</tr>
{% endfor %}</tbody>
</table></div>
<ul>{% for note in display.notes %}<li>{{ note }}</li>{% endfor %}</ul>
<h2>{{ quotations }}</h2>
<dl>
{% for row in evidence %}<dt id="{{ display.name }}-{{ row.id }}">{{ row.ref }} · {{ row.code }} · {{ row.id }}</dt>
<dd>{{ row.quote }}</dd>
{% endfor %}</dl>
</section>
</html>
"""


def format_html(display: Display, evidence: Sequence[Evidence]) -> str:
    """The whole matrix on a page, with the passages under it."""
    refs = {row.id: row.ref for row in evidence}

    def links(cell: Cell) -> list[tuple[str, str]]:
        """Each ref once, with the first piece of evidence that stands there."""
        found: dict[str, str] = {}
        for one in cell.ids:
            if one in refs:
                found.setdefault(refs[one], one)
        return list(found.items())

    rows = _blocks([row.block for row in display.rows])
    columns = _blocks([column.block for column in display.columns])
    blocked = any(row.block for row in display.rows)
    starts = {start: (block, size) for start, block, size in rows} if blocked else {}
    return _template().render(
        display=display,
        evidence=evidence,
        links=links,
        lines=[
            (row, starts.get(number), cells)
            for number, (row, cells) in enumerate(zip(display.rows, display.cells, strict=True))
        ],
        column_blocks=[(block, size) for _, block, size in columns if any(one for _, one, _ in columns)],
        side=2 if blocked else 1,
        quotations=say_phrase("quotations", display.language),
    )


def _blocks(names: Sequence[str]) -> list[tuple[int, str, int]]:
    """Runs of equal names: where each starts, its name, and how long it is."""
    found: list[tuple[int, str, int]] = []
    for at, name in enumerate(names):
        if found and found[-1][1] == name:
            found[-1] = (found[-1][0], name, found[-1][2] + 1)
        else:
            found.append((at, name, 1))
    return found


@cache
def _template() -> Template:
    from empowerment_qda.stages.report.render import make_environment

    return make_environment("html", None).from_string(PAGE)
