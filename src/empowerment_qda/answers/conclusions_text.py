"""reports/conclusions/conclusions.md: every finding with its passages in full and what was checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from empowerment_qda.answers.conclude import tables_of_conclusions
from empowerment_qda.answers.table import format_markdown, make_table
from empowerment_qda.escape import escape_markdown
from empowerment_qda.labels import label_of
from empowerment_qda.locale import say
from empowerment_qda.model.conclusion import Conclusions, FindingConclusion, Tactic
from empowerment_qda.model.evidence import Evidence, count_informants
from empowerment_qda.model.study import Study
from empowerment_qda.words_of_tactics import (
    HEADINGS,
    OUTCOMES,
    SIDES,
    STANDINGS,
    TACTICS,
    Label,
    say_tactic,
)


def files_of_conclusions(conclusions: Conclusions, study: Study, language: str) -> dict[str, str]:
    """File names under reports/ and their text."""
    return {
        "conclusions/conclusions.md": format_conclusions(conclusions, study, language),
        **tables_of_conclusions(conclusions, language),
    }


def format_conclusions(conclusions: Conclusions, study: Study, language: str) -> str:
    """The whole file in a language (`en` or `id`; English where there is none)."""

    def label(kind: str, name: str) -> str:
        return label_of(kind, name, study, language)

    title = study.settings.title.say(language)
    blocks = [
        f"# {_heading('title', language)}: {escape_markdown(title)}",
        *([f"**{_heading('only_suggestions', language)}**"] if study.only_auto else []),
        _heading("note", language),
    ]
    for found in conclusions.findings:
        blocks += _finding(found, language, label)
    blocks += [f"## {_heading('whole', language)}", _tactics(conclusions.tactics, language, label)]
    return "\n\n".join(block.rstrip("\n") for block in blocks) + "\n"


def _heading(name: str, language: str) -> str:
    return say(HEADINGS[name], language)


def _finding(found: FindingConclusion, language: str, label: Label) -> Iterator[str]:
    finding = found.finding
    yield f"## {escape_markdown(finding.id)}. {escape_markdown(finding.statement.say(language))}"
    if finding.dimension:
        yield f"{_heading('dimension', language)}: {escape_markdown(label('code', finding.dimension))}"
    if not any(found.sides.values()):
        yield _heading("nothing", language)
    for side, rows in found.sides.items():
        if rows:
            yield f"### {say(SIDES[side], language)}: {_counts(rows, language)}"
            yield from (_passage(row, label) for row in rows)
    for rival in found.rivals:
        statement = escape_markdown(rival.statement.say(language))
        yield f"### {_heading('rival', language)} {escape_markdown(rival.id)}: {statement}"
        yield f"{say(STANDINGS[rival.standing], language)}; {_counts(rival.supporting, language)}"
        yield from (_passage(row, label) for row in rival.supporting)
    yield f"### {_heading('checked', language)}"
    yield _tactics(found.tactics, language, label)


def _counts(rows: tuple[Evidence, ...], language: str) -> str:
    return _heading("counts", language).format(informants=count_informants(rows), passages=len(rows))


def _passage(row: Evidence, label: Label) -> str:
    """The words in full, one quoted line for each line of theirs; then who, when, how and where."""
    lines = [f"> “{escape_markdown(line)}”  " for line in row.quote.split("\n") if line.strip()]
    who = label("type", row.type) if row.type else None
    told = (
        row.informant,
        who,
        label("method", row.method),
        str(row.date) if row.date else None,
        row.ref,
        row.id,
    )
    return "\n".join([*lines, f"> {escape_markdown(' · '.join(one for one in told if one))} · "
                              f"{escape_markdown(label('code', row.code))}"])  # fmt: skip


def _tactics(tactics: Iterable[Tactic], language: str, label: Label) -> str:
    columns = tuple(_heading(name, language) for name in ("tactic", "outcome", "result"))
    rows = (
        (
            say(TACTICS[one.name], language),
            say(OUTCOMES[one.outcome], language),
            say_tactic(one, language, label),
        )
        for one in tactics
    )
    return format_markdown(make_table(columns, rows))
