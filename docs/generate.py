"""Write docs/commands.md, docs/checks.md and docs/fields.md from the program itself, and run docs/medan.ipynb: `make docs`. A test
fails where they are stale."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from empowerment_qda.checks import CARE, CITATIONS, CUES, FOUNDATIONS, Check, rule_of
from empowerment_qda.checks.lint import LINT
from empowerment_qda.cli import app
from empowerment_qda.files.rules import FOLDER, READING
from empowerment_qda.files.schema import KINDS, make_schema

NOTEBOOK = Path(__file__).with_name("medan.ipynb")
HEAD = """\
# Commands

Made from the program by `make docs`; change the help texts in `src/empowerment_qda/cli/`, not this page.

An answer's sentences (explanations, plans, conclusions, agreement, saturation, displays, reports) are in the language of
`--lang`, else in that of the study where `qda` has it, else in English. What the program says of itself (problems,
progress, help), the heads of tables but for those of `agree` and `display`, the keys of JSON, CSV of `agree` and terms such
as `unsupported` are in English. What participants said and what the study's files say is shown as it stands there.

In a terminal that is too narrow for a table some of its columns are left out, and named below it; `--wide` shows all. A
pipe always gets all.

What a command answers goes to stdout, progress and what stops a command to stderr, so that a pipe stays clean; of
`qda check` and `qda codebook lint` the problems are the answer. Every command ends with one of these exit codes:

- 0: done.
- 1: a gate that was asked for does not hold: `qda check` found problems, `qda triangulate --strict` has findings
  that are unsupported, flagged, indeterminate or not assessable, `--expect` is not met, or coders do not reach what
  `qda agree --min` asks for.
- 2: it could not run: wrong usage, a study that cannot be read, findings that cite what does not exist or
  cite one passage on both sides.

`qda --install-completion` teaches the shell to complete commands, options and their values with the tab key, also the
sources, codes, findings, coders and informants of the study.
"""


def make_commands() -> str:
    """The page: every command with its help, arguments and options."""
    root = typer.main.get_command(app)
    return "\n".join([HEAD, *_walk(root, typer.Context(root, info_name="qda", **root.context_settings))])


def _walk(command: Any, context: typer.Context) -> Iterator[str]:
    """A command and what is below it; a group's command of the same name is the group itself (`qda code`)."""
    below = dict(getattr(command, "commands", {}))
    own = below.pop(command.name, command)
    yield from _describe(own, context)
    for name, one in below.items():
        yield from _walk(one, typer.Context(one, info_name=name, parent=context))


def _describe(command: Any, context: typer.Context) -> Iterator[str]:
    pieces = " ".join(command.collect_usage_pieces(context))
    example = (command.epilog or "").removeprefix("Example: ")
    lines = "\n".join(filter(None, (f"{context.command_path} {pieces}", example)))
    yield f"## {context.command_path}\n\n{command.help}\n\n```\n{lines}\n```\n"
    yield "".join(f"- {line}\n" for line in (_say(one, context) for one in command.params))


def _say(parameter: Any, context: typer.Context) -> str:
    """Its names, its help and its default; where its value has a name, the type would only repeat it."""
    names, text = parameter.get_help_record(context)
    shown = names.partition(" <")[0] if parameter.metavar else names
    return f"`{shown}`: {text.replace('  [', ' [')}"


CHECKS_HEAD = """\
# Checks

Made from the program by `make docs`; change the docstrings in `src/empowerment_qda/checks/`, not this page.

`qda check` tells every problem of every file at once, as `path:line: sentence [rule]` with the next step below it, and
ends with exit code 1 where there is any. On a terminal it shows no more than a screen: where there are more, it counts
them by rule and source and shows the first, errors before warnings; `--all` shows all. A pipe or a file always gets all,
as do `--format json`, `csv` and `md`, in which each problem names the `source`, `turn` and `coding` that it is about.
Each rule says what should hold.
"""
PARTS: tuple[tuple[str, str, tuple[Check, ...]], ...] = (
    (
        "Before any stage can count",
        "Where one of these fails, every stage stops with exit code 2.",
        FOUNDATIONS,
    ),
    ("Before cues can suggest codes", "These stop `code` and `run`.", CUES),
    (
        "Before findings can be weighed",
        "These stop `conclude`, `triangulate`, `report` and `run` alike.",
        CITATIONS,
    ),
    ("What a person should look at", "Stages go on, and say loudly what they leave out.", CARE),
    ("The codebook", "Advice of `qda codebook lint`, which `qda check` does not give.", LINT),
)


def make_checks() -> str:
    """The page: every rule with what it asks."""
    reading = "".join(f"### {rule}\n\n{text}\n\n" for rule, text in READING.items())
    pages = [
        CHECKS_HEAD,
        f"## Reading a file\n\nA file that fails one of these stops every stage.\n\n{reading}",
    ]
    around = "".join(f"### {rule}\n\n{text}\n\n" for rule, text in FOLDER.items())
    pages.append(f"## The folder\n\nStages go on; `check` and `status` name it.\n\n{around}")
    for title, text, checks in PARTS:
        rules = "".join(f"### {rule_of(check)}\n\n{check.__doc__}\n\n" for check in checks)
        pages.append(f"## {title}\n\n{text}\n\n{rules}")
    return "\n".join(page.rstrip("\n") + "\n" for page in pages)


FIELDS_HEAD = """\
# The fields of every file

Made from the models by `make docs`; change their descriptions in `src/empowerment_qda/model/`, not this page.

A study is a folder of YAML files ([README](../README.md#your-own-study) names them). Here stands every key that they may have; one that is
not listed is a problem, with a guess at what was meant. A key in **bold** has to be there. `text` is plain text or a mapping of
languages, such as `{id: Pelatihan, en: Training}`; an `id` is letters, digits, `-`, `_` and `.`; `list` may also be the one value
alone. `qda schema` writes the same as JSON Schemas, with which editors complete and check the files.
"""


def make_fields() -> str:
    """The page: each kind of file with its keys, and the mappings inside it with theirs."""
    return "\n".join([FIELDS_HEAD, *(part for kind in KINDS for part in _describe_kind(kind))])


def _describe_kind(kind: str) -> Iterator[str]:
    schema = make_schema(kind)
    yield f"## {KINDS[kind].files}\n\n{_on_a_line(schema['description'])}\n\n{_list_keys(schema)}"
    for name, one in schema["$defs"].items():
        if "properties" in one and name != schema["title"]:
            yield f"### {name}\n\n{_on_a_line(one.get('description', ''))}\n\n{_list_keys(one)}"


def _list_keys(schema: Any) -> str:
    """A table of the keys: name, what may stand there, what it means."""
    rows = ["| key | is | means |", "| --- | --- | --- |"]
    for name, one in schema["properties"].items():
        key = f"**`{name}`**" if name in schema.get("required", ()) else f"`{name}`"
        default = one.get("default")
        told = [_on_a_line(one.get("description", ""))]
        if default is not False and isinstance(default, str | int):
            told.append(f"else `{default}`")
        rows.append(f"| {key} | {_say_type(one)} | {'; '.join(filter(None, told))} |")
    others = schema.get("additionalProperties")
    if isinstance(others, dict):
        rows.append(f"| any other key | {_say_type(others)} | |")
    return "\n".join(rows) + "\n"


def _say_type(one: Any) -> str:
    """What may stand there, in a word or two."""
    if "$ref" in one:
        name = one["$ref"].rpartition("/")[2]
        return {"Text": "text", "Id": "id"}.get(name, f"[{name}](#{name.lower()})")
    if "enum" in one or "const" in one:
        return ", ".join(f"`{word}`" for word in one.get("enum", [one.get("const")]))
    if "anyOf" in one:
        said = dict.fromkeys(_say_type(each) for each in one["anyOf"] if each != {"type": "null"})
        lists = [word for word in said if word.startswith("list")]
        return ", or ".join(lists or said)
    kinds = one.get("type", "mapping")
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if "array" in kinds:
        return f"list of {_say_type(one['items'])}" if "items" in one else "list"
    if "object" in kinds:
        inner = one.get("additionalProperties")
        return f"mapping to {_say_type(inner)}" if isinstance(inner, dict) else "mapping"
    if "integer" in kinds:
        return "date" if "day" in one.get("description", "") else "number"
    return "yes or no" if "boolean" in kinds and "number" not in kinds else "words"


def _on_a_line(text: str) -> str:
    """Text of a cell: no line ends, no bars."""
    return " ".join(text.split()).replace("|", "\\|")


def run_notebook() -> Any:
    """docs/medan.ipynb, run anew; of what varies from run to run (times, counts, the memory of objects) nothing is kept."""
    import nbformat
    from nbclient import NotebookClient

    page = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    NotebookClient(page, timeout=120, resources={"metadata": {"path": str(NOTEBOOK.parent)}}).execute()
    page.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    for cell in page.cells:
        cell.metadata = {}
        if cell.cell_type == "code":
            cell.execution_count = None
            cell.outputs = [
                one for one in cell.outputs if one.output_type != "stream" or one.name == "stdout"
            ]
            for output in cell.outputs:
                _tidy(output)
    return page


def _tidy(output: Any) -> None:
    if "execution_count" in output:
        output.execution_count = None
    picture = output.get("data", {}).get("image/svg+xml")
    if picture:
        output.metadata = {}
        # The day of drawing, and digits of coordinates that nobody sees.
        picture = re.sub(r" *<metadata>.*?</metadata>\n", "", picture, flags=re.S)
        output.data["image/svg+xml"] = re.sub(r"(\d\.\d\d)\d+", r"\1", picture)


if __name__ == "__main__":
    Path(__file__).with_name("checks.md").write_text(make_checks(), encoding="utf-8")
    Path(__file__).with_name("fields.md").write_text(make_fields(), encoding="utf-8")
    Path(__file__).with_name("commands.md").write_text(make_commands(), encoding="utf-8")
    import nbformat

    nbformat.write(run_notebook(), NOTEBOOK)  # type: ignore[no-untyped-call]
