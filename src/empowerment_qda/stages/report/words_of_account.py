"""The words of a report's account of the coding, in English and Indonesian."""

from __future__ import annotations

from empowerment_qda.locale import msg

ACCOUNT: dict[str, str] = {
    # contact summaries
    "contacts_line": msg("What each source gave: {share} of the text is coded, questions aside"),
    "contacts_restated": msg("of excerpts restated by somebody else this says nothing of the fieldwork"),
    "contacts_asked": msg("{n} open questions in memos"),
    "source": msg("Source"),
    "coded_share": msg("Coded"),
    "main_codes": msg("Main codes"),
    "open_questions": msg("Open questions"),
    # what did not become evidence
    "condensation_line": msg(
        "What did not become evidence: {turns} not coded, {left_out} left out on purpose, {codings} rejected"
    ),
    "left_out": msg("left out"),
    "rejected": msg("rejected"),
    # saturation
    "measures": msg("Saturation and agreement"),
    "saturation": msg("Code saturation"),
    "saturation_fold": msg("Saturation in detail"),
    "saturation_rule": msg(
        "After Guest, Namey & Chen (2020): reached where {run} interviews in a row, after the "
        "first {base}, bring new codes of at most {share} of the number in those {base}. Only "
        "codes from the data or in the informants' words are counted."
    ),
    "saturation_undated": msg("Without a date, in the order of their ids, last: {sources}."),
    "saturation_uncoded": msg("Left out, not coded yet: {sources}."),
    "reading_reached": msg("reached at interview {at} (seen after {run} more)"),
    "reading_not_reached": msg("not reached in {interviews}"),
    "reading_too_few": msg("not applicable (coded interviews: {have}, needed: {need})"),
    "reading_deductive_only": msg("not applicable (no code came from the data)"),
    "reading_empty_base": msg("not applicable (no code came from the data in the first {base} interviews)"),
    "interviews_of": msg("Interviews of"),
    "of_group": msg("{name} (group)"),
    "interviews": msg("Interviews"),
    "new_codes": msg("New codes in each run"),
    "reading": msg("Saturation"),
    "orders": msg("In shuffled orders"),
    "orders_reached": msg("reached in {reached} of {number}"),
    "orders_median": msg("{reached}; median {median} interviews ({low}–{high})"),
    # agreement
    "agreement": msg("Agreement between coders"),
    "agreement_fold": msg("Agreement in detail"),
    "agreement_line": msg(
        "{coders} coded {sources} in common ({turns} compared): percent agreement {percent}, "
        "kappa {kappa}, alpha {alpha}."
    ),
    "agreement_how": msg(
        "Compared answer by answer and code by code; kappa (Cohen's, of more than two coders "
        "Conger's) is pooled over the codes, alpha (Krippendorff's) compares the sets of codes. "
        "`qda agree` tells more."
    ),
    "agreement_one": msg("one person's codings count ({coder}); agreement between coders was not measured."),
    "agreement_apart": msg("{coders} coded no source in common; agreement between coders was not measured."),
    "undefined": msg("not defined"),
}
