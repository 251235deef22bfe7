"""The words of the report by the names that templates use (`w.kind`)."""

from __future__ import annotations

from empowerment_qda.locale import msg, msg_in, msg_of, say_number

WORDS: dict[str, str] = {
    # frame
    "kind": msg("Findings report"),
    "skip": msg("Skip to the report"),
    "contents": msg("Contents"),
    "summary": msg("At a glance"),
    "about": msg("The study"),
    "matrix": msg("Who speaks of what"),
    "findings": msg("Findings"),
    "conclusions": msg("Conclusion and recommendations"),
    "doubts": msg("Notes and limits"),
    "memos": msg("Memos"),
    "appendix": msg("Appendix"),
    "codebook": msg("Codebook"),
    "sources": msg("Sources"),
    "made": msg("How this report was made"),
    # top
    "only_auto": msg("Machine suggestions only"),
    "only_auto_more": msg(
        "No person has coded these sources yet. Every number and verdict below counts phrases "
        "that a program found, accepted by nobody. Read them as places to look, not as findings."
    ),
    "restated": msg("Restated sources"),
    "restated_more": msg(
        "{n} of {all} sources are restated: the facts are as reported, the sentences are not the "
        "informants' own. Do not quote them as anybody's words."
    ),
    "withheld": msg("Words that are not shown"),
    "withheld_more": msg(
        "{who} did not agree to be quoted: {passages} count here, and their words are withheld."
    ),
    "translated": msg("Translated sources"),
    "translated_more": msg("{n} of {all} sources are translations: the sentences are the translator's."),
    "summary_line": msg("{findings}: {verdicts}."),
    "no_findings": msg(
        "There are no findings yet. Write them in findings.yaml, each with the codes or passages "
        "that support it."
    ),
    "what_this_means": msg("What this means"),
    "conclusion": msg("Conclusion"),
    "weakest": msg("Weakest finding behind it"),
    "rests_on": msg("Rests on"),
    "rests_on_nothing": msg("It names no finding that it rests on."),
    # the study
    "questions": msg("Questions"),
    "setting": msg("Setting"),
    "orientation": msg("Orientation"),
    "theory": msg("Theory"),
    "sampling": msg("Sampling"),
    "approach": msg("Approach to informants"),
    "nonparticipation": msg("Who did not take part"),
    "disclosure": msg("What informants were told"),
    "guide": msg("Interview guide"),
    "recording": msg("Recording"),
    "ethics": msg("Ethics"),
    "conflicts": msg("Conflicts of interest"),
    "funding": msg("Funding"),
    "researchers": msg("Researchers"),
    "gathered": msg("What was gathered"),
    "coders": msg("Coded by"),
    "reference": msg("Reference"),
    "licence": msg("Licence"),
    "more_about": msg("More about the method"),
    "informants_title": msg("Who was planned, interviewed and quoted"),
    "informants_excerpts": msg("Who was planned and quoted"),
    "heard_untold": msg("Excerpts tell who is quoted; how many were interviewed they do not tell."),
    "type": msg("Type of informant"),
    "group": msg("Group"),
    "planned": msg("Planned"),
    "heard": msg("Interviewed"),
    "quoted": msg("Quoted"),
    "who": msg("Who"),
    "total": msg("All"),
    "unknown_type": msg("type not known"),
    "not_told": msg("not told"),
    "unidentified": msg("Not identified: may be the same person as another."),
    "unidentified_short": msg("not identified"),
    "researcher": msg("the researcher"),
    # reading aid
    "how_to_read": msg("How the verdicts are reached"),
    "design": msg("What this study asks of a finding"),
    "no_reason": msg("Why it asks for no more, the study does not say."),
    "parts": msg("Parts, of which the weakest decides"),
    "worst_part": msg("decides"),
    "rule": msg("A finding is triangulated when what supports it comes from at least {needs}."),
    "rule_more": msg(
        "Informants are counted, never quotations. Observation and documents count as methods, "
        "not as informants. What the analyst reads in, and what merely qualifies a finding, is "
        "shown and not counted."
    ),
    "counts_inferred": msg("In this study, what the analyst reads in is counted."),
    # matrix
    "by_finding": msg("What each type says of each finding"),
    "by_finding_rule": msg(
        "Informants/passages that speak of the finding: + support it, − contradict it, ± both; ≤ "
        "where some informants are not identified. – was interviewed and is silent on it; n/a no "
        "transcript. Notes and documents have no column."
    ),
    "by_finding_excerpts": msg(
        "Informants/passages that speak of the finding: + support it, − contradict it, ± both; ≤ "
        "where some informants are not identified. – is quoted, but not on it; n/a is not "
        "quoted. Notes and documents have no column."
    ),
    "cell_support": msg("supports"),
    "cell_limit": msg("limits or contradicts"),
    "cell_mixed": msg("both"),
    "cell_neutral": msg("neutral"),
    "cell_silent": msg("silent"),
    "cell_no_data": msg_in("matrix", "no transcript"),
    # findings
    "no_dimension": msg("Other findings"),
    "supporting": msg("What supports it"),
    "contradicting": msg("What speaks against it (negative cases)"),
    "qualifying": msg("What qualifies it (not counted)"),
    "inferred": msg("What the analyst reads in (not counted)"),
    "inferred_counted": msg("What the analyst reads in"),
    "nothing_supporting": msg("No passage supports it."),
    "more": msg("{passages} more"),
    "needed": msg("{minimum} needed"),
    "not_required": msg("not asked for"),
    "all_restated": msg("All passages below are restated, not the informants' own words."),
    "translation": msg("Translation of the whole turn"),
    "translated_above": msg("translated above"),
    "turn": msg("turn {turn}"),
    "turns": msg("turns {turn}"),
    "made_by": msg("made by {who}"),
    "read_in": msg("read in by the analyst"),
    "weaknesses": msg("Weaknesses, and what would lift them"),
    "lift": msg("What is missing"),
    "same_word": msg("The word that {code} asks for lifts this too."),
    "rivals": msg("Rival explanations"),
    "note": msg("Note"),
    "memo": msg("Memo"),
    "memo_at": msg("Memo {id}, told at {finding}"),
    "response": msg("Answer to what speaks against it"),
    "draft": msg("Draft: made by the machine, not yet reworded by a person."),
    "member_check": msg("Member check"),
    "negative_search": msg("Search for negative cases"),
    "done": msg("done"),
    "not_done": msg("not done"),
    "checked": msg("What a check found ({n})"),
    "checked_more": msg(
        "Only what needs another look. All checks stand in reports/conclusions/conclusions.md."
    ),
    "expected": msg("Whose view must be there"),
    # doubts
    "notes": msg("Notes on the study"),
    "limits": msg("Limits that the study states"),
    "unplaced": msg("Codings that do not count"),
    "unplaced_more": msg(
        "Words that were not found in the source with certainty, or that are no informant's "
        "testimony. `qda check` tells what to do."
    ),
    "no_doubts": msg("None."),
    # memos
    "kind_theoretical": msg("theoretical"),
    "kind_methodological": msg("methodological"),
    "kind_reflexive": msg("reflexive"),
    "kind_surprise": msg("surprise"),
    "kind_contradiction": msg("contradiction"),
    "links": msg("On"),
    # codebook
    "code": msg("Code"),
    "use_when": msg("Use when"),
    "not_when": msg("Not when"),
    "example": msg("Example"),
    "near_miss": msg("Near miss"),
    "direction_supports": msg("supports"),
    "direction_limits": msg("limits"),
    "direction_neutral": msg("neutral"),
    "origin_deductive": msg("from theory"),
    "origin_inductive": msg("from the data"),
    "origin_in-vivo": msg("in the informants' words"),
    "retired": msg("retired"),
    "not_used": msg("not used"),
    "version": msg("version {version}"),
    # sources
    "sources_more": msg(
        "Passages are underlined where they are coded: solid supports, dashed limits, dotted is "
        "neutral. The number leads to the margin: the code, and the findings that use the "
        "passage. Questions are grey; what was made up so that the talk can be read is in "
        "italics."
    ),
    "question": msg("question"),
    "reconstructed": msg("made up so that the talk can be read"),
    "provenance": msg("Provenance"),
    "provenance_verbatim": msg("verbatim"),
    "provenance_restated": msg("restated"),
    "provenance_translated": msg("translated"),
    "method": msg("Method"),
    "informant": msg("Informant"),
    "date": msg("Date"),
    "place": msg("Place"),
    "producer": msg("Made by"),
    "used_by_none": msg("no finding"),
    "no_codes": msg("Nothing is coded here."),
    "undated": msg("undated"),
    # made
    "made_more": msg(
        "Rendered from the files below; the same files give the same report, letter for letter."
    ),
    "versions": msg("Versions"),
    "files": msg("Files"),
    "file": msg("File"),
    "hash": msg("SHA-256 (first 12)"),
    "finding": msg("Finding"),
    "verdict": msg_in("report", "Verdict"),
    "statement": msg("Statement"),
    # verdicts explained
    "say_triangulated": msg(
        "every axis that the study asks for is met, and nothing unanswered speaks against it"
    ),
    "say_contested": msg("every axis is met, but passages contradict it and no memo answers them"),
    "say_flagged": msg("it has support, but on at least one axis too little; legitimate if reported as such"),
    "say_indeterminate": msg("an axis cannot be told, because an informant's identity or type is not known"),
    "say_not_assessable": msg("the study holds too little to meet an axis at all"),
    "say_unsupported": msg("no passage says it"),
    "also_contested": msg("contested"),
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
COUNTED: dict[str, tuple[str, str]] = {
    "finding": msg_of("finding", "findings"),
    "passage": msg_of("passage", "passages"),
    "informant": msg_of("informant", "informants"),
    "type": msg_of("type", "types"),
    "group": msg_of("group", "groups"),
    "method": msg_of("method", "methods"),
    "source": msg_of("source", "sources"),
    "turn": msg_of("turn", "turns"),
    "use": msg_of("use", "uses"),
    "coding": msg_of("coding", "codings"),
    "interview": msg_of("interview", "interviews"),
}


def count_words(noun: str, number: int, language: str, shown: str = "") -> str:
    """Such as `1 finding`, `3 findings`; `shown` stands in place of the number, as in `2-3 informants`.

    >>> count_words("finding", 1, "en"), count_words("finding", 3, "id"), count_words("finding", 3, "en", "2-3")
    ('1 finding', '3 temuan', '2–3 findings')
    """
    return f"{shown.replace('-', '–') or number} {say_number(COUNTED[noun], number, language)}"
