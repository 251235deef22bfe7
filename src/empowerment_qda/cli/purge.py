"""`qda purge`: every trace of an informant, or of single turns, goes."""

from __future__ import annotations

from typing import Annotated

import typer

from empowerment_qda.cli.console import show, tell
from empowerment_qda.cli.options import Format, FormatOption, StudyOption
from empowerment_qda.cli.pseudonymise import REMAINS, Asked, DryRun, Yes
from empowerment_qda.cli.tables import make_table
from empowerment_qda.evidence.reduce import reduce_study
from empowerment_qda.files.deidentify import RECORD, carry_out
from empowerment_qda.files.edit import read_clock
from empowerment_qda.files.purge import plan_purge
from empowerment_qda.files.read import open_study
from empowerment_qda.triangulation import triangulate_study


def purge(
    target: Annotated[
        str,
        typer.Argument(
            metavar="INFORMANT|SOURCE#TURN",
            help="The id of an informant, or turns such as KS-01#2 or KS-01#2-4.",
        ),
    ],
    dry_run: DryRun = False,
    yes: Yes = False,
    study: StudyOption = None,
    format_: FormatOption = Format.table,
) -> None:
    """Take every trace of an informant, or of single turns, out of the study; which findings fall is shown first. Codings of all coders, suggestions and log entries go too. For good: it is no step that undo takes back."""
    root, whole = open_study(study)
    now = read_clock()
    purge = plan_purge(root, whole, target, now)
    plan, asked = purge.plan, Asked(dry_run, yes)
    old, new = (
        {one.id: one.verdict for one in triangulate_study(one_study, reduce_study(one_study)).findings}
        for one_study in (whole, purge.study)
    )
    moves = [(name, verdict, new[name]) for name, verdict in old.items() if new[name] != verdict]
    rows = [(kind, thing, number) for (kind, thing), number in sorted(plan.counts.items())]
    told = [("verdicts", f"{name}: {before} → {after}", None) for name, before, after in moves]
    gone = sorted(path for path, (_, after) in plan.files.items() if after is None)
    answer = {
        "purged": [{"files": kind, "what": thing, "number": number} for kind, thing, number in rows],
        "removed": gone, "files": sorted(plan.files), "notes": plan.notes, "done": asked.goes_on,
        "verdicts": [{"finding": name, "before": before, "after": after} for name, before, after in moves],
    }  # fmt: skip
    show(
        make_table(("files", "what goes", "number"), [*rows, *told], f"purge {target}"),
        format_,
        lambda: answer,
    )
    for one in plan.notes if format_ is not Format.json else ():
        tell(one)
    if not plan.files:
        tell(f"Nothing in the study is of {target}.")
        return
    if asked.agrees("It cannot be taken back.", target):
        carry_out(root, plan, now)
        tell(f"Done. {RECORD} says how much of what kind, without saying whose.\n{REMAINS}")
