"""From parts to text: Jinja in a sandbox, where every value is words and never markup."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import PurePath
from traceback import walk_tb
from typing import Any, Literal, NamedTuple

from jinja2 import ChoiceLoader, DictLoader, Environment, PackageLoader, StrictUndefined, TemplateSyntaxError
from jinja2.exceptions import SecurityError, TemplateNotFound, UndefinedError
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from empowerment_qda.problems import Place, Problem, StudyError
from empowerment_qda.report.index import Part
from empowerment_qda.report.template_limits import LONGEST, BoundedEnvironment, OutOfBounds
from empowerment_qda.text import escape_line, inert

Form = Literal["html", "md"]
_HELD = re.compile(r"(\\*)([<>\[\]&])")
HINT = "The names that a template can use stand in the reference: docs/report-templates.md."


class UserTemplate(NamedTuple):
    """A template of the user's own: its file's name, as problems call it, and its text."""

    name: str
    text: str

    @property
    def form(self) -> Form:
        """Markdown where the file's name tells so, such as mine.md.j2; else HTML."""
        return "md" if ".md" in PurePath(self.name).suffixes else "html"


def fill(report: Part, form: Form, template: UserTemplate | None = None) -> str:
    """The report as HTML or Markdown; StudyError with a line where a user's template fails."""
    try:
        if template and len(template.text) > LONGEST:
            raise OutOfBounds(f"it has more than {LONGEST:,} characters")
        found = make_environment(form, template).get_template(
            template.name if template else f"findings.{form}.j2"
        )
        text = found.render(vars(report), w=report.words)
    except Exception as error:  # a user's template can fail in any way
        if template is None:
            raise
        raise StudyError([_explain(error, template)]) from error
    return text if form == "html" or template else re.sub(r"\n{3,}", "\n\n", text)


def make_environment(form: Form, template: UserTemplate | None) -> Environment:
    """Values are escaped for the form, and an unknown name is an error; a user's template runs in a sandbox of its own."""
    if template is None:
        return _own(form)
    return _make_environment(form, BoundedEnvironment, {template.name: template.text})


@cache
def _own(form: Form) -> Environment:
    """For the templates of the package, each compiled once."""
    return _make_environment(form, Environment, {})


def _make_environment(form: Form, kind: type[Environment], own: dict[str, str]) -> Environment:
    html = form == "html"
    environment = kind(
        loader=ChoiceLoader([DictLoader(own), PackageLoader("empowerment_qda")]),
        autoescape=True,  # of what is not Markup
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=None if html else as_markdown,
    )
    environment.filters |= {
        "prose": prose_html if html else prose_markdown,
        "ticks": ticks_html if html else ticks_markdown,
        "quoted": quote_markdown,
        "sha256": hash_source,
    }
    if isinstance(environment, BoundedEnvironment):
        environment.bound_filters()
    return environment


def as_markdown(value: Any) -> Markup:
    """Words for Markdown, on one line. Markup here means: already words of this form."""
    return value if isinstance(value, Markup) else Markup(escape_line(str(value)))


def ticks_html(text: str) -> Markup:
    """Words for HTML in which `this` is code.

    >>> print(ticks_html("set `a<b` & go"))
    set <code>a&lt;b</code> &amp; go
    """
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))


def ticks_markdown(text: str) -> Markup:
    """The same for Markdown: only a plain name stays code.

    >>> print(ticks_markdown("set `a_b` & `*`"))
    set `a_b` \\& \\`\\*\\`
    """
    code = r"\\`((?:[\w.\- ]|\\_)+)\\`"
    return Markup(re.sub(code, lambda found: f"`{found[1].replace(chr(92), '')}`", escape_line(text)))


def quote_markdown(text: str) -> Markup:
    """Words as a Markdown quotation, their line breaks kept.

    >>> print(quote_markdown("one\\n*two*"))
    > one\\
    > \\*two\\*
    """
    lines = [escape_line(line) for line in inert(text).splitlines() if line.strip()]
    return Markup("\\\n".join(f"> {line}" for line in lines))


def prose_markdown(text: str) -> Markup:
    """An analyst's Markdown inside a quotation: it cannot break out, link, or bring HTML."""
    held = _HELD.sub(_hold, inert(text))
    return Markup("\n".join(f"> {line}".rstrip() for line in held.splitlines()))


def _hold(found: re.Match[str]) -> str:
    """A mark behind an odd number of backslashes is held already; one more backslash would set it free."""
    return found[0] if len(found[1]) % 2 else f"{found[1]}\\{found[2]}"


def prose_html(text: str) -> Markup:
    """An analyst's Markdown as HTML: paragraphs, lists, emphasis; no links, pictures or HTML of its own."""
    tokens = _markdown().parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "p"
            if token.nesting == 1:
                token.attrSet("class", "heading")
    return Markup(_markdown().renderer.render(tokens, _markdown().options, {}))


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "xhtmlOut": False}).disable(
        ["link", "image", "autolink", "reference", "html_block", "html_inline"]
    )


def hash_source(text: str) -> str:
    """The hash by which a page's content policy allows one script or style and no other."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _explain(error: Exception, template: UserTemplate) -> Problem:
    """What is wrong with a user's template, and on which line."""
    line = error.lineno if isinstance(error, TemplateSyntaxError) else _line_of(error, template.name)
    match error:
        case OutOfBounds():
            said = f"the template goes beyond what a page needs ({error.message})"
        case SecurityError():
            said = f"the template asks for something that templates may not do ({error.message})"
        case UndefinedError():
            said = f"the template uses a name that is not there ({error.message})"
        case TemplateNotFound():
            said = f"the template refers to another one that is not there ({error.name})"
        case TemplateSyntaxError():
            said = f"the template cannot be read ({error.message})"
        case _:
            said = f"the template cannot be filled ({error})"
    return Problem(Place(template.name, (), line), "template", said, HINT)


def _line_of(error: Exception, name: str) -> int:
    """The line of the template at which an error was raised; Jinja maps its traceback to it."""
    trace = walk_tb(error.__traceback__)
    lines = [line for frame, line in trace if frame.f_code.co_filename in ("<template>", name)]
    return lines[-1] if lines else 1
