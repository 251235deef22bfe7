"""Rules across files: each takes the study and yields its problems; the rule's id is its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from empowerment_qda.checks.characters import check_control_character
from empowerment_qda.checks.codings import (
    check_coder_folder,
    check_former_code,
    check_no_testimony,
    check_question_coded,
    check_quote_ambiguous,
    check_quote_changed,
    check_quote_lost,
    check_quote_missing,
    check_quote_moved,
    check_quote_unnoted,
    check_retired_code,
    check_unknown_code,
    check_unknown_coder,
    check_unknown_source,
)
from empowerment_qda.checks.consent import check_consent, check_singled_out, check_withheld_quotation
from empowerment_qda.checks.cues import check_cue, check_cue_unknown_code, check_cues_twice
from empowerment_qda.checks.findings import (
    check_both_sides,
    check_design,
    check_not_counted,
    check_response,
    check_unknown_citation,
    check_unknown_dimension,
    check_unknown_expected_type,
    check_unknown_finding,
    check_unknown_if_then,
    check_unknown_link,
)
from empowerment_qda.checks.sources import (
    check_copied_source,
    check_duplicate_id,
    check_informant_conflict,
    check_no_informant,
    check_no_sources,
    check_unknown_distinct,
    check_unknown_group,
    check_unknown_informant,
    check_unknown_interviewer,
    check_unknown_method,
    check_unknown_producer,
    check_unknown_speaker,
    check_unknown_type,
    check_unmatched_pattern,
    check_unread_file,
)
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Problem, StudyError

Check = Callable[[Study], Iterable[Problem]]

# What must hold before any stage can count.
FOUNDATIONS: tuple[Check, ...] = (
    check_no_sources,
    check_duplicate_id,
    check_unknown_informant,
    check_informant_conflict,
    check_unknown_group,
    check_unknown_source,
    check_coder_folder,
    check_unknown_code,
)
# What must hold besides before cues can suggest codes.
CUES: tuple[Check, ...] = (check_cue, check_cue_unknown_code, check_cues_twice)
# What must hold before findings can be weighed.
CITATIONS: tuple[Check, ...] = (
    check_unknown_citation,
    check_both_sides,
    check_unknown_dimension,
    check_unknown_expected_type,
    check_unknown_finding,
    check_unknown_if_then,
    check_design,
)
# What a person should look at, and what counting can live with.
CARE: tuple[Check, ...] = (
    check_unmatched_pattern,
    check_unread_file,
    check_control_character,
    check_copied_source,
    check_unknown_type,
    check_unknown_producer,
    check_unknown_speaker,
    check_no_informant,
    check_unknown_interviewer,
    check_unknown_method,
    check_unknown_distinct,
    check_response,
    check_unknown_coder,
    check_former_code,
    check_retired_code,
    check_quote_missing,
    check_quote_moved,
    check_quote_changed,
    check_quote_unnoted,
    check_quote_ambiguous,
    check_quote_lost,
    check_no_testimony,
    check_question_coded,
    check_not_counted,
    check_unknown_link,
    check_consent,
    check_withheld_quotation,
    check_singled_out,
)
CHECKS: tuple[Check, ...] = FOUNDATIONS + CUES + CITATIONS + CARE


def check_study(study: Study, checks: tuple[Check, ...] = CHECKS) -> Iterator[Problem]:
    """Every problem that the checks find, in their order."""
    for check in checks:
        yield from check(study)


def rule_of(check: Check) -> str:
    """The rule id of a check: check_unknown_code is unknown-code."""
    return getattr(check, "__name__", "").removeprefix("check_").replace("_", "-")


def require(study: Study, checks: tuple[Check, ...]) -> None:
    """StudyError with every problem of the checks, where there is any."""
    problems = tuple(check_study(study, checks))
    if problems:
        raise StudyError(problems)
