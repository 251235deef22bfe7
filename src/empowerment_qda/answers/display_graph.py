"""Codes that stand together, for programs that draw graphs: GraphML and DOT. Co-occurrence, never cause."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from xml.sax.saxutils import escape, quoteattr

from empowerment_qda.escape import inert_line
from empowerment_qda.model.display import Cell, Display, Heading

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
