"""Templates of the user's own: what they can show, and what they cannot do."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from empowerment_qda.problems import Problem, StudyError
from empowerment_qda.stages.report import UserTemplate, render
from empowerment_qda.stages.report import views_of_account as account
from empowerment_qda.stages.report.views import FindingView, Report
from kit import SMALL, write_study
from report_kit import show


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
    for field in fields(Report):
        fill(small, f"{{{{ {field.name} }}}}")
    assert fill(small, "{{ w.summary }}") == "At a glance"


def test_the_page_on_templates_names_all_that_there_is(small: Path) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs/report-templates.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(\w+)`", page))
    views = (
        Report,
        FindingView,
        *(getattr(account, name) for name in dir(account) if name.endswith(("View", "Row"))),
    )
    assert {field.name for view in views for field in fields(view)} - {"anchor"} <= named
    for example in re.findall(r"```jinja\n(.*?)```", page, flags=re.DOTALL):
        assert "F1" in fill(small, example)
    blocks = fill(small, '{% extends "findings.html.j2" %}{% block memos %}{% endblock %}')
    assert "</html>" in blocks
    built_in = (Path(render.__file__).parents[2] / "templates/findings.html.j2").read_text(encoding="utf-8")
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
    monkeypatch.setattr("empowerment_qda.stages.report.render.hash_source", lambda text: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        show(small, "en")
