"""What tactics of drawing and testing conclusions are called, and their results, in two languages."""

from __future__ import annotations

from collections.abc import Callable

from empowerment_qda.locale import msg, msg_in, say
from empowerment_qda.model.codebook import Direction
from empowerment_qda.model.conclusion import Tactic

TACTICS: dict[str, str] = {
    "chain_of_evidence": msg("Chain of evidence"),
    "weighting": msg("Weighting the evidence"),
    "replication": msg("Replication"),
    "researcher_effects": msg("Researcher effects"),
    "negative_evidence": msg("Negative evidence"),
    "rivals": msg("Rival explanations"),
    "surprises": msg("Following up surprises"),
    "coherence": msg("Coherence with theory"),
    "member_check": msg("Feedback from informants"),
    "wording": msg("Wording of the claim"),
    "representativeness": msg("Representativeness"),
    "outliers": msg("Meaning of outliers"),
    "extreme_cases": msg("Extreme cases"),
    "if_then": msg("If-then tests"),
    "spurious_relations": msg("Spurious relations"),
    "counting": msg("Counting"),
    "contrasts": msg("Contrasts"),
    "patterns": msg("Patterns"),
    "clustering": msg("Clustering"),
    "partitioning": msg("Partitioning"),
}
OUTCOMES: dict[str, str] = {
    "holds": msg("holds"),
    "doubtful": msg("look again"),
    "fails": msg("does not hold"),
    "noted": msg("noted"),
    "not_done": msg("not done"),
    "not_applicable": msg("not applicable"),
}
STANDINGS: dict[str, str] = {
    "unsupported": msg("unsupported"),
    "worse": msg("less supported than the finding"),
    "equal": msg("as well supported as the finding"),
    "better": msg("better supported than the finding"),
}
DRAFTS: dict[Direction, str] = {
    "supports": msg("Draft, to be reworded - {aspect}: passages speak for it, on: {codes}."),
    "limits": msg("Draft, to be reworded - {aspect}: passages speak of its limits, on: {codes}."),
    "neutral": msg("Draft, to be reworded - {aspect}: passages speak of: {codes}."),
}
SIDES: dict[str, str] = {
    "supporting": msg("Supports"),
    "contradicting": msg("Contradicts (negative cases)"),
    "qualifying": msg("Qualifies (negative cases, not counted)"),
    "inferred": msg_in("conclusions", "Read in by the analyst (not counted)"),
}
HEADINGS: dict[str, str] = {
    "title": msg("Conclusions and their verification"),
    "counts": msg("informants {informants}, passages {passages}"),
    "nothing": msg("No passage on any side."),
    "rival": msg("Rival explanation"),
    "checked": msg("What was checked"),
    "whole": msg("The study as a whole"),
    "tactic": msg("tactic"),
    "outcome": msg("outcome"),
    "result": msg("result"),
    "note": msg(
        "Outcomes stand side by side and are not added up: a conclusion is held by what is said "
        "for it, not by a score."
    ),
    "only_suggestions": msg("No person has coded yet: everything here counts the machine's suggestions."),
    "dimension": msg("Dimension"),
}
SENTENCES: dict[str, str] = {
    # Chain of evidence
    "chain_whole": msg("Every passage behind it leads to words of a turn ({placed})."),
    "chain_broken": msg(
        "Placed in a source: {placed}; words that cannot be placed: {unplaced} ({ids}). Run `qda check`."
    ),
    "chain_none": msg("No passage stands behind it: the chain has no first link."),
    "chain_inferred": msg("No passage says it; it hangs on what the analyst reads in."),
    "study_chain_whole": msg(
        "Every counted coding leads to words of a turn, and every finding to a passage."
    ),
    "study_unplaced": msg(
        "Codings whose words cannot be placed, and which do not count: {unplaced} ({ids}). Run `qda check`."
    ),
    "findings_bare": msg("Findings without any supporting passage: {bare} of {all} ({findings})."),
    # Weighting
    "weights": msg(
        "Said directly {direct}, read in {inferred}; by identified speakers {known}, by "
        "unidentified ones {unknown}, without a speaker {unspoken}; telling of an event of "
        "another day {reported}; word for word {verbatim}, restated or translated {restated}. "
        "Numbers of passages, not added up."
    ),
    "weights_none": msg("There is nothing to weigh."),
    "weights_inferred": msg("Nothing says it directly: all of it is read in ({inferred})."),
    "weights_unknown": msg("Only speakers who are not identified say it."),
    # Researcher effects
    "no_support": msg("No passage supports it."),
    "researcher_infers": msg("It is the researcher's reading alone: passages are interpreted, none says it."),
    "researcher_only": msg("Only the researcher's own observation or record supports it."),
    "researcher_beside_others": msg(
        "Others than the researcher support it; the researcher's own record: {own} of {passages} passages."
    ),
    "researcher_alone_some": msg(
        "Findings that rest on the researcher's own observation or reading alone: {alone} of "
        "{all} ({findings})."
    ),
    "researcher_alone_none": msg("No finding rests on the researcher's own observation or reading alone."),
    "relationship_untold": msg(
        "It is not told how researchers and informants knew each other before (COREQ 6: "
        "`prior_relationship`)."
    ),
    "disclosure_untold": msg(
        "It is not told what informants knew of the researchers and their aims (COREQ 7: `disclosure`)."
    ),
    "interests_untold": msg(
        "The researchers' interests and possible biases are not told (COREQ 8: `interests` of a researcher)."
    ),
    "researcher_told": msg("Relationship, disclosure and interests of the researchers are told (COREQ 6-8)."),
    # Replication
    "replicated": msg(
        "Found again: informants {informants}, dates {dates}, sites told {sites}, sources {sources}."
    ),
    "replicated_perhaps": msg(
        "Found again only if unidentified speakers are different persons: informants "
        "{informants}, dates {dates}, sites told {sites}, sources {sources}."
    ),
    "replicated_unspoken": msg("No informant says it; dates {dates}, sites told {sites}, sources {sources}."),
    "not_replicated": msg(
        "One informant alone says it; dates {dates}, sites told {sites}, sources {sources}."
    ),
    # Negative evidence
    "contradicted_answered": msg(
        "Passages contradict it ({contradicting}) and {response} answers them; passages that "
        "qualify it: {qualifying}."
    ),
    "contradicted_unanswered": msg(
        "Passages contradict it ({contradicting}) and no memo answers them; passages that "
        "qualify it: {qualifying}."
    ),
    "qualified": msg("Passages qualify it: {qualifying}; none contradicts it."),
    "opposites_uncited": msg(
        "Passages of the same aspect point the other way and are cited on no side: {passages} "
        "({refs}). Look whether they contradict or qualify it."
    ),
    "negative_searched": msg("Negative cases were looked for ({search}); none is cited."),
    "negative_found": msg("Negative cases were looked for ({search}); those found are cited."),
    "negative_unsearched": msg("No search for negative cases is on record (`negative_search`)."),
    # Rivals
    "rivals_none": msg("No rival explanation is on record (`rivals`)."),
    "rival_unsupported": msg("The rival {rival} has no supporting passage."),
    "rival_worse": msg(
        "The rival {rival} has fewer informants than the finding: {informants} beside {finding_informants}."
    ),
    "rival_equal": msg(
        "The rival {rival} is as well supported as the finding: informants {informants} beside "
        "{finding_informants}. The evidence does not decide between them."
    ),
    "rival_better": msg(
        "The rival {rival} is better supported than the finding: informants {informants} beside "
        "{finding_informants}."
    ),
    # Surprises
    "surprise_linked": msg("The surprise in memo {memo} ({title}) bears on it."),
    "surprise_followed": msg("The surprise in memo {memo} ({title}) is followed up in: {findings}."),
    "surprise_left": msg("The surprise in memo {memo} ({title}) leads to no finding."),
    "surprises_none": msg("No memo of a surprise is on record (`kind: surprise`)."),
    # Coherence
    "dimension_missing": msg("It names no dimension of the codebook."),
    "dimension_same": msg("Its passages belong to its dimension ({dimension}), as far as there are any."),
    "dimension_other": msg(
        "Passages cited for it belong outside its dimension ({dimension}): {refs}, coded {codes}."
    ),
    "theory_without_evidence": msg("Parts of the theory without evidence: {codes}."),
    "theory_covered": msg("Every dimension and aspect of the codebook has evidence."),
    # Feedback
    "member_checked": msg("Informants have been asked about it ({check})."),
    "member_unchecked": msg("Informants have not been asked about it (`member_check`)."),
    # Wording
    "draft_statement": msg("The statement is a draft made by the machine: reword it and delete `draft`."),
    "universal_words": msg(
        "It speaks of all cases or none ({words}), and informants who support it number {informants}."
    ),
    "cause_unsupported": msg(
        "It names a cause ({words}), and no passage supports it, neither the cause nor the effect."
    ),
    "cause_named": msg("It names a cause ({words}); the passages said to state it: {refs}."),
    "cause_look": msg(
        "It names a cause ({words}). Look whether {refs}, with a causal word of its own, states "
        "this very cause; then name the passage under `cause_in`."
    ),
    "cause_two_codes": msg(
        "It names a cause ({words}); its passages are of several codes ({codes}), but none has a "
        "causal word. Look whether a passage states the cause."
    ),
    "cause_one_code": msg(
        "It names a cause ({words}), and its passages are of one code alone ({codes}): cause or "
        "effect, not both. Look whether a passage states the cause."
    ),
    # Representativeness
    "type_quoted": msg("{type}: planned {planned}, heard {heard}, quoted {quoted}."),
    "type_unplanned": msg("{type}: heard {heard}, quoted {quoted}; how many were planned is not told."),
    "type_unheard": msg("{type}: planned {planned}, and there is no transcript of any."),
    "type_unquoted": msg("{type}: planned {planned}, heard {heard}, and none is quoted."),
    "type_partly_quoted": msg("{type}: planned {planned}, heard {heard}, quoted only {quoted}."),
    "type_excerpts": msg(
        "{type}: planned {planned}, quoted {quoted}; how many were interviewed, excerpts do not tell."
    ),
    # Outliers and extremes
    "outlier": msg(
        "Of {type}, farthest from the others in what they speak of: {informants} (mean Jaccard "
        "distance {distance}; the nearest {least}). Ask what makes them differ."
    ),
    "outlier_nobody": msg(
        "Of {type}, nobody stands out: all are equally far from each other (mean Jaccard "
        "distance {distance})."
    ),
    "outlier_too_few": msg("Fewer than three informants are coded, so that nobody can stand out: {types}."),
    "too_many": msg("Informants are not compared pair by pair: there are {informants} of them."),
    "codes_once": msg("Codes that stand on a single passage: {once} of {all} ({codes})."),
    "most_supports": msg("Most supporting passages ({passages}): {informants}."),
    "most_limits": msg("Most limiting passages ({passages}): {informants}."),
    # If-then
    "if_then_holds": msg(
        "If “{if}”, then “{then}”: holds for {holding} of {informants} informants; without the "
        "first, {without_then} of {without} have the second."
    ),
    "if_then_fails": msg(
        "If “{if}”, then “{then}”: holds for {holding} of {informants} informants, not for "
        "{failing}; without the first, {without_then} of {without} have the second."
    ),
    "if_then_nobody": msg("If “{if}”, then “{then}”: no informant speaks of the first."),
    "if_then_more": msg(
        "Further pairs of codes of one aspect hold for somebody and are not shown: {more}. "
        "Declare those that matter under `if_then` in findings.yaml."
    ),
    "spurious_everywhere": msg("If “{if}”, then “{then}”: it is there in each of them ({strata})."),
    "spurious_some": msg(
        "If “{if}”, then “{then}”: it is there in some and not in others ({strata}); who they "
        "are may explain it."
    ),
    "spurious_one_stratum": msg(
        "If “{if}”, then “{then}”: only one kind of informant speaks of the first ({strata}), so "
        "that there is nothing to compare."
    ),
    # Meaning
    "most_spoken_of": msg("Most spoken of (informants/passages): {codes}."),
    "contrast": msg("{who} (informants/passages): supports {supports}, limits {limits}."),
    "only_supports": msg(
        "Only what supports is coded ({passages} passages): was anything that limits passed over?"
    ),
    "only_limits": msg(
        "Only what limits is coded ({passages} passages): was anything that supports passed over?"
    ),
    "cluster": msg("Alike in what they speak of: {informants}; they share {codes}."),
    "cluster_chain": msg(
        "Alike in what they speak of, each with the next, without a code that all share: {informants}."
    ),
    "clusters_none": msg("No two informants share half of what they speak of."),
    "cluster_too_few": msg("Too few informants are coded to cluster them ({informants})."),
    "code_large": msg("The code {code} covers {share} of all passages: does it hold more than one thing?"),
    "code_both_sides": msg("The code {code} stands on both sides of {finding}: should it be divided?"),
    "together": msg(
        "{code} and {other} stand together in {turns} turns. They occur together; neither is "
        "shown to cause the other."
    ),
    "together_none": msg("No two codes stand together in more than one turn."),
}
"""Result to sentence; `{refs}` stands for the turns."""

KINDS = {
    "type": "type",
    "types": "type",
    "code": "code",
    "other": "code",
    "codes": "code",
    "if": "code",
    "then": "code",
    "dimension": "code",
}
"""Values that are ids with a label, and of what; `who` and `strata` are of the kind that `axis` names."""

Label = Callable[[str, str], str]


def say_tactic(tactic: Tactic, language: str, label: Label = lambda kind, name: name) -> str:
    """A tactic's result in a language (English where there is none).

    `label` shows an id, given its kind (`type`, `group` or `code`); plain ids where it is left out.
    """
    values = dict(tactic.values)
    kinds = {**KINDS, **dict.fromkeys(("who", "strata"), values.get("axis", ""))}
    said = {
        name: _labelled(value, kinds[name], label) if name in kinds else value
        for name, value in values.items()
    }
    return say(SENTENCES[tactic.words], language).format(**said, refs=", ".join(tactic.refs))


def _labelled(value: str, kind: str, label: Label) -> str:
    """`staff 1/2, owner 0/3` with the names replaced and the numbers kept."""
    parts = (part.partition(" ") for part in value.split(", "))
    return "; ".join(f"{label(kind, name)}{gap}{rest}" for name, gap, rest in parts)
