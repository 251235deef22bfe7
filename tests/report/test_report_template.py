"""Templates of the user's own: what they can show, and what they cannot do."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from empowerment_qda.model.evidence import Informants
from empowerment_qda.problems import Problem, StudyError
from empowerment_qda.report import UserTemplate, render
from empowerment_qda.report.index import Field, Link, Part
from empowerment_qda.report.template_limits import BUDGET, BoundedEnvironment
from kit import SMALL, write_study
from report_kit import RICH, SECOND, make, show


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small study, its title a hostile one."""
    title = {"qda.yaml": SMALL["qda.yaml"].replace("title: A small study", "title: <b>A</b> *small* study")}
    return write_study(tmp_path_factory.mktemp("small"), SMALL | title)


def fill(study: Path, text: str, name: str = "mine.html.j2") -> str:
    """A study through a template."""
    template = UserTemplate(name, text)
    return show(study, "en", template.form, template)


def refuse(study: Path, text: str) -> Problem:
    """The one problem of a template that fails."""
    with pytest.raises(StudyError) as caught:
        fill(study, text)
    assert len(caught.value.problems) == 1
    return caught.value.problems[0]


def test_a_template_of_ones_own(small: Path) -> None:
    text = "{{ title }}: {% for section in sections %}{% for one in section.findings %}{{ one.id }} {{ one.verdict_words }}{% endfor %}{% endfor %}"
    assert fill(small, text) == "&lt;b&gt;A&lt;/b&gt; *small* study: F1 not assessable"


def test_a_markdown_template_escapes_for_markdown(small: Path) -> None:
    assert fill(small, "# {{ title }} {{ 1 }}\n", "mine.md.j2") == "# \\<b\\>A\\</b\\> \\*small\\* study 1\n"
    assert UserTemplate("a/b.md", "").form == "md"
    assert UserTemplate("a.md/b.html", "").form == "html"


def test_a_template_can_change_one_block_of_the_page(small: Path) -> None:
    page = fill(small, '{% extends "findings.html.j2" %}{% block summary %}<p>Mine.</p>{% endblock %}')
    assert '<h2 id="summary-title">At a glance</h2>\n<p>Mine.</p>' in page
    assert 'id="finding-F1"' in page


def test_every_name_of_the_report_can_be_used(small: Path) -> None:
    for name in vars(make(small)):
        fill(small, f"{{{{ {name} }}}}")
    assert fill(small, "{{ w.summary }}") == "At a glance"


def walk(name: str, value: object) -> Iterator[tuple[str, object]]:
    """A value and all below it that a template can ask for, each with its name; what stands in a row has that of the row."""
    yield name, value
    if isinstance(value, tuple | frozenset):
        for one in value:
            yield from walk(name, one)
    elif isinstance(value, Part | Link | Field):
        for inner in vars(value) if isinstance(value, Part) else value.__slots__:
            yield from walk(inner, getattr(value, inner))


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[object]]:
    """Every name in two reports, with its values: one study has a little of everything, the other findings in parts."""
    found: dict[str, list[object]] = defaultdict(list)
    parts = """
        findings:
          - id: F1
            statement: Two things.
            parts: [{id: F1a, statement: One., supported_by: [E1]}, {id: F1b, statement: Other.}]
        """
    for study in (RICH, SMALL | SECOND | {"findings.yaml": parts}):
        for name, value in walk("report", make(tmp_path_factory.mktemp("all"), "en", study)):
            found[name].append(value)
    return found


def test_a_template_reaches_plain_values_only(names: dict[str, list[object]]) -> None:
    kinds = {type(value) for values in names.values() for value in values}
    parts = {kind for kind in kinds if issubclass(kind, Part)}
    assert kinds - parts == {str, int, bool, type(None), tuple, frozenset, dict, Link, Field, Informants}
    public = {name for kind in (*parts, Link, Field) for name in dir(kind) if not name.startswith("_")}
    assert public == {"text", "anchor", "name"}
    assert [name for name, values in names.items() if dict in map(type, values)] == ["words"]


def test_the_page_on_templates_names_all_that_there_is(small: Path, names: dict[str, list[object]]) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs/report-templates.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(\w+)`", page))
    assert names.keys() - {"report"} <= named
    for example in re.findall(r"```jinja\n(.*?)```", page, flags=re.DOTALL):
        assert "F1" in fill(small, example)
    blocks = fill(small, '{% extends "findings.html.j2" %}{% block memos %}{% endblock %}')
    assert "</html>" in blocks
    built_in = (Path(render.__file__).parents[1] / "templates/findings.html.j2").read_text(encoding="utf-8")
    assert set(re.findall(r"{% block (\w+) %}", built_in)) <= named


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a\n{{ nope }}", 2, "the template uses a name that is not there ('nope' is undefined)"),
        ("{{ title.nope }}", 1, "the template uses a name that is not there ('str object' has no attribute 'nope')"),
        ("a\n\n{% if %}", 3, "the template cannot be read (Expected an expression, got 'end of statement block')"),
        ("{{ title|nope }}", 1, "the template cannot be read (No filter named 'nope'.)"),
        ("\n{% include 'nope' %}", 2, "the template refers to another one that is not there (nope)"),
        ("\n{{ title.__class__ }}", 2, "the template asks for something that templates may not do"),
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", 1, "the template asks for something that templates may not do"),
        ("{% for one in sections %}\n{{ one.__init__.__globals__ }}{% endfor %}", 2, "the template asks for something that templates may not do"),
        ("{{ words.update({'a': 1}) }}", 1, "the template asks for something that templates may not do"),
        ("\n\n{{ 1 / 0 }}", 3, "the template cannot be filled (division by zero)"),
        ("{{ range(10 ** 9) }}", 1, "the template cannot be filled (Range too big. The sandbox blocks ranges larger than MAX_RANGE (100000).)"),
        ("{% macro f() %}{{ f() }}{% endmacro %}\n{{ f() }}", 1, "the template cannot be filled (maximum recursion depth exceeded"),
    ],
)  # fmt: skip
def test_a_template_that_fails_is_told_in_a_sentence(small: Path, text: str, line: int, said: str) -> None:
    problem = refuse(small, text)
    assert problem.message.startswith(said)
    assert (problem.place.path, problem.place.line, problem.rule) == ("mine.html.j2", line, "template")


def test_a_fault_of_our_own_template_is_not_blamed_on_a_user(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    render._own.cache_clear()  # compiled by another test, with the function as it is
    monkeypatch.setattr("empowerment_qda.report.render.hash_source", lambda text: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        show(small, "en")
    render._own.cache_clear()


DOUBLING = "{% set x = namespace(v='ab') %}{% for i in range(64) %}{% set x.v = WHAT %}{% endfor %}"
BEYOND = [
    "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}",
    "{% for a in range(100000) %}{% for b in range(100000) if false %}{% endfor %}{% endfor %}",
    "{% for a in range(100000) recursive %}{{ loop(range(100000)) if loop.depth < 4 }}{% endfor %}",
    "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}",
    "{% macro f(n) %}ab{% if n %}{% set x %}{{ f(n - 1) }}{% endset %}{{ x }}{{ x }}{% endif %}{% endmacro %}{{ f(60) }}",
    *(
        DOUBLING.replace("WHAT", what)
        for what in (
            "x.v ~ x.v", "x.v + x.v", "x.v * 2", "[x.v, x.v]", "(x.v, x.v)", "{1: x.v, 2: x.v}", "x.v|replace('a', x.v)",
            "[x.v, x.v]|join", "'%s%s'|format(x.v, x.v)", "'{0}{0}'.format(x.v)", "'%(a)s%(a)s'|format(a=x.v)",
            "[x.v, x.v]|map('upper')|join", "namespace(a=x.v, b=x.v)", "dict(a=x.v, b=x.v)",
            "x.v|tojson|tojson",
        )
    ),
    "{{ 'a' * 10 ** 10 }}", "{{ [1] * 10 ** 10 }}", "{{ 10 ** 10 ** 10 }}", "{{ 'a'|center(10 ** 9) }}",
    "{{ range(3)|batch(10 ** 9, 'a')|list }}", "{{ range(3)|slice(10 ** 9)|list }}", "{{ 'a'|indent(10 ** 9, true) }}",
    "{{ '%1000000000d'|format(1) }}", "{{ '%*d'|format(10 ** 9, 1) }}", "{{ '{:1000000000}'.format(1) }}",
    "{{ '{:{}}'.format(1, 10 ** 9) }}", "{{ '%1000000000d' % 1 }}", "{{ 1|round(10 ** 9) }}", "{{ [1]|tojson(indent=10 ** 9) }}",
    "{{ ('a' * 10 ** 7).replace('a', 'b' * 10 ** 7) }}", "{{ ('a ' * 10 ** 6)|wordwrap }}", "{{ ('*a_' * 10 ** 6)|prose }}",
    "{{ [[1]]|sum(start=[]) }}", "{% for a in range(100000) %}" + "word " * 10_000 + "{% endfor %}",
    "{% set a = 'a' * 10 ** 7 %}{% for b in range(100000) %}{{ 'b' in a }}{% endfor %}",
    "{% set a = 'a' * 10 ** 7 %}{% for b in range(100000) %}{% if 'b' is in a %}{% endif %}{% endfor %}",
    "{% set a = 'a' * 10 ** 7 %}{% for b in range(100000) %}{% if a[1:] %}{% endif %}{% endfor %}",
    "{% set a = 'a' * 10 ** 7 %}{% for b in range(100000) %}{% set c = a.count('b') %}{% endfor %}",
    "a" * 1_000_001,
]  # fmt: skip


@pytest.mark.parametrize("text", BEYOND, ids=lambda text: text[-70:])
def test_a_template_that_takes_too_much_is_refused(
    small: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("empowerment_qda.report.template_limits.BUDGET", BUDGET // 10)
    message = refuse(small, text).message
    assert message.startswith(
        ("the template goes beyond what a page needs (", "the template asks for something")
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{{ '%.2f|%5s' | format(1.5, 'a') }} {{ '{:>3}'.format(7) }}", "1.50|    a   7"),
        ("{{ ['b', 'a']|sort|join(', ') }} {{ 'abc'[1:] }} {{ 2 ** 10 }} {{ 'ab' * 3 }}", "a, b bc 1024 ababab"),
        ("{% for a in range(20000) %}{% if a is divisibleby 5000 %}{{ loop.index }} {% endif %}{% endfor %}", "1 5001 10001 15001 "),
        ("{% set n = namespace(sum=0) %}{% for a in [1, 2] %}{% set n.sum = n.sum + a %}{% endfor %}{{ n.sum }}", "3"),
        ("{% for a in [1, [2]] recursive %}{{ loop(a) if a is iterable else a }}{% endfor %}", "12"),
        ("{% for a, b in {'x': 1}.items() %}{{ a }}{{ b }}{{ loop.length }}{% else %}none{% endfor %}", "x11"),
        ("{% macro f(a) %}<b>{{ a }}</b>{{ caller() }}{% endmacro %}{% call f('<') %}!{% endcall %}", "<b>&lt;</b>!"),
        ("{{ 'a\\nb'|indent(2) }} {{ 'a-b'.split('-')|last }} {{ none }} {{ 'x'|replace('x', '<') }}", "a\n  b b None &lt;"),
    ],
)  # fmt: skip
def test_what_templates_commonly_do_is_left_alone(small: Path, text: str, shown: str) -> None:
    assert fill(small, text) == shown


def test_a_study_many_times_as_large_stays_far_within_bounds(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environments: list[BoundedEnvironment] = []
    made = render.make_environment

    def make(*given: Any) -> Any:
        environments.append(cast(BoundedEnvironment, made(*given)))
        return environments[-1]

    monkeypatch.setattr(render, "make_environment", make)
    study = Path(__file__).resolve().parents[2]
    fill(study, '{% extends "findings.html.j2" %}')
    (environment,) = environments
    assert 0 < BUDGET - environment.left < BUDGET / 20
