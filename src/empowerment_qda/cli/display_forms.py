"""Codes that stand together, for programs that draw graphs: GraphML and DOT. Co-occurrence, never cause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from empowerment_qda.displays.kinds import say_phrase
from empowerment_qda.model.display import Cell, Display, Heading
from empowerment_qda.model.evidence import Evidence
from empowerment_qda.text import inert_line

if TYPE_CHECKING:
    from jinja2 import Template


Link = tuple[Heading, Heading, Cell]
KEYS = (
    ("label", "node", "string"),
    ("block", "node", "string"),
    ("turns", "node", "int"),
    ("informants", "node", "int"),
    ("direction", "node", "string"),
    ("relation", "edge", "string"),
    ("turns", "edge", "int"),
    ("overlaps", "edge", "int"),
    ("informants", "edge", "int"),
    ("refs", "edge", "string"),
)
RELATION = "co-occurrence"


def list_links(display: Display) -> list[Link]:
    """Pairs of codes that stand together, the strongest first, then in the order of the book."""
    return sorted(_pairs(display), key=lambda link: -link[2].segments)


def _pairs(display: Display) -> Iterator[Link]:
    for one, other in combinations(range(len(display.rows)), 2):
        cell = display.cells[one][other]
        if cell.segments:
            yield display.rows[one], display.rows[other], cell


def _nodes(display: Display) -> Iterator[tuple[Heading, Cell]]:
    for number, row in enumerate(display.rows):
        yield row, display.cells[number][number]


def format_graphml(display: Display) -> str:
    """An undirected graph in GraphML (Brandes et al. 2002), for Gephi, yEd, Cytoscape or networkx."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
        f"  <!-- {RELATION} of codes: not cause -->",
    ]
    lines += [
        f'  <key id="{kind}-{name}" for="{kind}" attr.name="{name}" attr.type="{type_}"/>'
        for name, kind, type_ in KEYS
    ]
    values: tuple[str | int, ...]
    lines.append(f'  <graph id="{RELATION}" edgedefault="undirected">')
    for row, cell in _nodes(display):
        values = (row.label, row.block, cell.segments, cell.informants, cell.state)
        lines += [f"    <node id={quoteattr(row.id)}>", *_values("node", values), "    </node>"]
    for one, other, cell in list_links(display):
        values = (RELATION, cell.segments, cell.overlaps, cell.informants, ", ".join(cell.refs))
        ends = f"source={quoteattr(one.id)} target={quoteattr(other.id)}"
        lines += [f"    <edge {ends}>", *_values("edge", values), "    </edge>"]
    return "\n".join([*lines, "  </graph>", "</graphml>", ""])


def _values(kind: str, values: tuple[str | int, ...]) -> Iterator[str]:
    names = [name for name, one, _ in KEYS if one == kind]
    for name, value in zip(names, values, strict=True):
        yield f'      <data key="{kind}-{name}">{escape(inert_line(str(value)))}</data>'


def format_dot(display: Display) -> str:
    """An undirected graph in DOT, for Graphviz; a dashed line joins codes whose passages never overlap."""
    lines = [f"// {RELATION} of codes: not cause", f"graph {_quote(RELATION)} {{"]
    lines += [f"  label={_quote(display.title)};", "  node [shape=box, style=rounded];"]
    lines += [
        f"  {_quote(row.id)} [label={_quote(f'{row.label} ({cell.mark})')}];" for row, cell in _nodes(display)
    ]
    for one, other, cell in list_links(display):
        style = "solid" if cell.overlaps else "dashed"
        look = f"label={_quote(str(cell.segments))}, weight={cell.segments}, style={style}"
        lines.append(f"  {_quote(one.id)} -- {_quote(other.id)} [{look}];")
    return "\n".join([*lines, "}", ""])


def _quote(text: str) -> str:
    """A quoted string of DOT: no escape of Graphviz's own, no HTML label.

    >>> print(_quote('say "a" or b'))
    "say \\"a\\" or b"
    """
    return '"' + inert_line(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


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
    from empowerment_qda.report.render import make_environment

    return make_environment("html", None).from_string(PAGE)
