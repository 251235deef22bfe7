"""What tactics of drawing and testing conclusions are called, and their results, in two languages."""

from __future__ import annotations

from collections.abc import Callable

from empowerment_qda.model.conclusion import Tactic
from empowerment_qda.words import Words, pick

TACTICS: dict[str, Words] = {
    "chain_of_evidence": {"en": "Chain of evidence", "id": "Rantai bukti"},
    "weighting": {"en": "Weighting the evidence", "id": "Menimbang bukti"},
    "replication": {"en": "Replication", "id": "Pengulangan temuan"},
    "researcher_effects": {"en": "Researcher effects", "id": "Pengaruh peneliti"},
    "negative_evidence": {"en": "Negative evidence", "id": "Bukti negatif"},
    "rivals": {"en": "Rival explanations", "id": "Penjelasan tandingan"},
    "surprises": {"en": "Following up surprises", "id": "Menindaklanjuti kejutan"},
    "coherence": {"en": "Coherence with theory", "id": "Keselarasan dengan teori"},
    "member_check": {"en": "Feedback from informants", "id": "Umpan balik informan (member check)"},
    "wording": {"en": "Wording of the claim", "id": "Rumusan pernyataan"},
    "representativeness": {"en": "Representativeness", "id": "Keterwakilan"},
    "outliers": {"en": "Meaning of outliers", "id": "Makna kasus yang menyimpang"},
    "extreme_cases": {"en": "Extreme cases", "id": "Kasus ekstrem"},
    "if_then": {"en": "If-then tests", "id": "Uji jika-maka"},
    "spurious_relations": {"en": "Spurious relations", "id": "Hubungan semu"},
    "counting": {"en": "Counting", "id": "Menghitung"},
    "contrasts": {"en": "Contrasts", "id": "Membandingkan"},
    "patterns": {"en": "Patterns", "id": "Pola"},
    "clustering": {"en": "Clustering", "id": "Mengelompokkan"},
    "partitioning": {"en": "Partitioning", "id": "Memecah kode"},
}
OUTCOMES: dict[str, Words] = {
    "holds": {"en": "holds", "id": "bertahan"},
    "doubtful": {"en": "look again", "id": "perlu ditinjau lagi"},
    "fails": {"en": "does not hold", "id": "tidak bertahan"},
    "noted": {"en": "noted", "id": "catatan"},
    "not_done": {"en": "not done", "id": "belum dilakukan"},
    "not_applicable": {"en": "not applicable", "id": "tidak berlaku"},
}
STANDINGS: dict[str, Words] = {
    "unsupported": {"en": "unsupported", "id": "tanpa dukungan"},
    "worse": {"en": "less supported than the finding", "id": "dukungannya lebih lemah daripada temuan"},
    "equal": {"en": "as well supported as the finding", "id": "dukungannya setara dengan temuan"},
    "better": {"en": "better supported than the finding", "id": "dukungannya lebih kuat daripada temuan"},
}
DRAFTS: dict[str, Words] = {
    "supports": {
        "en": "Draft, to be reworded - {aspect}: passages speak for it, on: {codes}.",
        "id": "Rancangan, untuk dirumuskan ulang - {aspect}: kutipan mendukungnya, tentang: {codes}.",
    },
    "limits": {
        "en": "Draft, to be reworded - {aspect}: passages speak of its limits, on: {codes}.",
        "id": "Rancangan, untuk dirumuskan ulang - {aspect}: kutipan menunjukkan batasnya, tentang: {codes}.",
    },
    "neutral": {
        "en": "Draft, to be reworded - {aspect}: passages speak of: {codes}.",
        "id": "Rancangan, untuk dirumuskan ulang - {aspect}: kutipan berbicara tentang: {codes}.",
    },
}
SIDES: dict[str, Words] = {
    "supporting": {"en": "Supports", "id": "Mendukung"},
    "contradicting": {"en": "Contradicts (negative cases)", "id": "Menyangkal (kasus negatif)"},
    "qualifying": {
        "en": "Qualifies (negative cases, not counted)",
        "id": "Membatasi (kasus negatif, tidak dihitung)",
    },
    "inferred": {"en": "Read in by the analyst (not counted)", "id": "Ditafsirkan peneliti (tidak dihitung)"},
}
HEADINGS: dict[str, Words] = {
    "title": {"en": "Conclusions and their verification", "id": "Penarikan kesimpulan dan verifikasinya"},
    "counts": {
        "en": "informants {informants}, passages {passages}",
        "id": "informan {informants}, kutipan {passages}",
    },
    "nothing": {"en": "No passage on any side.", "id": "Tidak ada kutipan di sisi mana pun."},
    "rival": {"en": "Rival explanation", "id": "Penjelasan tandingan"},
    "checked": {"en": "What was checked", "id": "Yang diperiksa"},
    "whole": {"en": "The study as a whole", "id": "Studi secara keseluruhan"},
    "tactic": {"en": "tactic", "id": "taktik"},
    "outcome": {"en": "outcome", "id": "hasil"},
    "result": {"en": "result", "id": "keterangan"},
    "note": {
        "en": "Outcomes stand side by side and are not added up: a conclusion is held by what is said "
        "for it, "
        "not by a score.",
        "id": "Hasil pemeriksaan ditampilkan berdampingan dan tidak dijumlahkan: kesimpulan bertumpu pada "
        "buktinya, bukan pada skor.",
    },
    "only_suggestions": {
        "en": "No person has coded yet: everything here counts the machine's suggestions.",
        "id": "Belum ada orang yang mengode: semua di sini menghitung saran mesin.",
    },
    "dimension": {"en": "Dimension", "id": "Dimensi"},
}
SENTENCES: dict[str, Words] = {
    # Chain of evidence
    "chain_whole": {
        "en": "Every passage behind it leads to words of a turn ({placed}).",
        "id": "Setiap kutipan di baliknya merujuk ke kata-kata dalam giliran bicara ({placed}).",
    },
    "chain_broken": {
        "en": "Placed in a source: {placed}; words that cannot be placed: {unplaced} ({ids}). Run `qda "
        "check`.",
        "id": "Ditemukan dalam sumber: {placed}; tidak dapat ditemukan: {unplaced} ({ids}). Jalankan "
        "`qda check`.",
    },
    "chain_none": {
        "en": "No passage stands behind it: the chain has no first link.",
        "id": "Tidak ada kutipan di baliknya: rantai ini tidak berpangkal.",
    },
    "chain_inferred": {
        "en": "No passage says it; it hangs on what the analyst reads in.",
        "id": "Tidak ada kutipan yang mengatakannya; hanya bertumpu pada tafsiran peneliti.",
    },
    "study_chain_whole": {
        "en": "Every counted coding leads to words of a turn, and every finding to a passage.",
        "id": "Setiap pengodean yang dihitung merujuk ke kata-kata, dan setiap temuan merujuk ke kutipan.",
    },
    "study_unplaced": {
        "en": "Codings whose words cannot be placed, and which do not count: {unplaced} ({ids}). Run "
        "`qda check`.",
        "id": "Pengodean yang kata-katanya tidak ditemukan, sehingga tidak dihitung: {unplaced} ({ids}). "
        "Jalankan `qda check`.",
    },
    "findings_bare": {
        "en": "Findings without any supporting passage: {bare} of {all} ({findings}).",
        "id": "Temuan tanpa kutipan pendukung: {bare} dari {all} ({findings}).",
    },
    # Weighting
    "weights": {
        "en": "Said directly {direct}, read in {inferred}; by identified speakers {known}, by "
        "unidentified ones "
        "{unknown}, without a speaker {unspoken}; telling of an event of another day {reported}; word "
        "for word "
        "{verbatim}, restated or translated {restated}. Numbers of passages, not added up.",
        "id": "Dikatakan langsung {direct}, ditafsirkan {inferred}; penutur dikenal {known}, tidak dikenal "
        "{unknown}, tanpa penutur {unspoken}; menceritakan peristiwa hari lain {reported}; kata demi kata "
        "{verbatim}, dinyatakan ulang atau diterjemahkan {restated}. Angka kutipan, tidak dijadikan skor.",
    },
    "weights_none": {"en": "There is nothing to weigh.", "id": "Tidak ada yang dapat ditimbang."},
    "weights_inferred": {
        "en": "Nothing says it directly: all of it is read in ({inferred}).",
        "id": "Tidak ada yang mengatakannya langsung: semuanya hasil tafsiran ({inferred}).",
    },
    "weights_unknown": {
        "en": "Only speakers who are not identified say it.",
        "id": "Hanya penutur tanpa identitas yang mengatakannya.",
    },
    # Researcher effects
    "no_support": {"en": "No passage supports it.", "id": "Tidak ada kutipan yang mendukungnya."},
    "researcher_infers": {
        "en": "It is the researcher's reading alone: passages are interpreted, none says it.",
        "id": "Hanya tafsiran peneliti: kutipan ditafsirkan, tidak ada yang mengatakannya.",
    },
    "researcher_only": {
        "en": "Only the researcher's own observation or record supports it.",
        "id": "Hanya pengamatan atau rekaman peneliti sendiri yang mendukungnya.",
    },
    "researcher_beside_others": {
        "en": "Others than the researcher support it; the researcher's own record: {own} of {passages} "
        "passages.",
        "id": "Ada pendukung selain peneliti; rekaman peneliti sendiri: {own} dari {passages} kutipan.",
    },
    "researcher_alone_some": {
        "en": "Findings that rest on the researcher's own observation or reading alone: {alone} of {all} "
        "({findings}).",
        "id": "Temuan yang hanya bertumpu pada pengamatan atau tafsiran peneliti: {alone} dari {all} "
        "({findings}).",
    },
    "researcher_alone_none": {
        "en": "No finding rests on the researcher's own observation or reading alone.",
        "id": "Tidak ada temuan yang hanya bertumpu pada pengamatan atau tafsiran peneliti.",
    },
    "relationship_untold": {
        "en": "It is not told how researchers and informants knew each other before (COREQ 6: "
        "`prior_relationship`).",
        "id": "Hubungan peneliti dan informan sebelum studi tidak disebutkan (COREQ 6: "
        "`prior_relationship`).",
    },
    "disclosure_untold": {
        "en": "It is not told what informants knew of the researchers and their aims (COREQ 7: "
        "`disclosure`).",
        "id": "Apa yang diketahui informan tentang peneliti dan tujuannya tidak disebutkan (COREQ 7: "
        "`disclosure`).",
    },
    "interests_untold": {
        "en": "The researchers' interests and possible biases are not told (COREQ 8: `interests` of a "
        "researcher).",
        "id": "Kepentingan dan kemungkinan bias peneliti tidak disebutkan (COREQ 8: `interests` pada "
        "peneliti).",
    },
    "researcher_told": {
        "en": "Relationship, disclosure and interests of the researchers are told (COREQ 6-8).",
        "id": "Hubungan, keterbukaan, dan kepentingan peneliti disebutkan (COREQ 6-8).",
    },
    # Replication
    "replicated": {
        "en": "Found again: informants {informants}, dates {dates}, sites told {sites}, sources {sources}.",
        "id": "Ditemukan berulang: informan {informants}, tanggal {dates}, lokasi yang disebut {sites}, "
        "sumber {sources}.",
    },
    "replicated_perhaps": {
        "en": "Found again only if unidentified speakers are different persons: informants {informants}, "
        "dates "
        "{dates}, sites told {sites}, sources {sources}.",
        "id": "Berulang hanya bila penutur tanpa identitas itu orang yang berbeda: informan "
        "{informants}, tanggal "
        "{dates}, lokasi yang disebut {sites}, sumber {sources}.",
    },
    "replicated_unspoken": {
        "en": "No informant says it; dates {dates}, sites told {sites}, sources {sources}.",
        "id": "Tidak ada informan yang mengatakannya; tanggal {dates}, lokasi yang disebut {sites}, "
        "sumber {sources}.",
    },
    "not_replicated": {
        "en": "One informant alone says it; dates {dates}, sites told {sites}, sources {sources}.",
        "id": "Hanya satu informan yang mengatakannya; tanggal {dates}, lokasi yang disebut {sites}, "
        "sumber {sources}.",
    },
    # Negative evidence
    "contradicted_answered": {
        "en": "Passages contradict it ({contradicting}) and {response} answers them; passages that "
        "qualify it: "
        "{qualifying}.",
        "id": "Ada kutipan yang menyangkalnya ({contradicting}) dan {response} menjawabnya; yang "
        "membatasinya: "
        "{qualifying}.",
    },
    "contradicted_unanswered": {
        "en": "Passages contradict it ({contradicting}) and no memo answers them; passages that qualify "
        "it: "
        "{qualifying}.",
        "id": "Ada kutipan yang menyangkalnya ({contradicting}) dan belum ada memo yang menjawab; yang "
        "membatasinya: {qualifying}.",
    },
    "qualified": {
        "en": "Passages qualify it: {qualifying}; none contradicts it.",
        "id": "Kutipan yang membatasinya: {qualifying}; tidak ada yang menyangkalnya.",
    },
    "opposites_uncited": {
        "en": "Passages of the same aspect point the other way and are cited on no side: {passages} "
        "({refs}). "
        "Look whether they contradict or qualify it.",
        "id": "Kutipan dari aspek yang sama menunjuk ke arah sebaliknya dan belum dikutip di sisi mana "
        "pun: "
        "{passages} ({refs}). Lihat apakah menyangkal atau membatasinya.",
    },
    "negative_searched": {
        "en": "Negative cases were looked for ({search}); none is cited.",
        "id": "Kasus negatif sudah dicari ({search}); tidak ada yang dikutip.",
    },
    "negative_found": {
        "en": "Negative cases were looked for ({search}); those found are cited.",
        "id": "Kasus negatif sudah dicari ({search}); yang ditemukan sudah dikutip.",
    },
    "negative_unsearched": {
        "en": "No search for negative cases is on record (`negative_search`).",
        "id": "Pencarian kasus negatif belum tercatat (`negative_search`).",
    },
    # Rivals
    "rivals_none": {
        "en": "No rival explanation is on record (`rivals`).",
        "id": "Penjelasan tandingan belum tercatat (`rivals`).",
    },
    "rival_unsupported": {
        "en": "The rival {rival} has no supporting passage.",
        "id": "Tandingan {rival} tidak punya kutipan pendukung.",
    },
    "rival_worse": {
        "en": "The rival {rival} has fewer informants than the finding: {informants} beside "
        "{finding_informants}.",
        "id": "Tandingan {rival} didukung lebih sedikit informan daripada temuan: {informants} berbanding "
        "{finding_informants}.",
    },
    "rival_equal": {
        "en": "The rival {rival} is as well supported as the finding: informants {informants} beside "
        "{finding_informants}. The evidence does not decide between them.",
        "id": "Tandingan {rival} didukung setara dengan temuan: informan {informants} berbanding "
        "{finding_informants}. Bukti yang ada tidak memutuskan di antara keduanya.",
    },
    "rival_better": {
        "en": "The rival {rival} is better supported than the finding: informants {informants} beside "
        "{finding_informants}.",
        "id": "Tandingan {rival} lebih kuat didukung daripada temuan: informan {informants} berbanding "
        "{finding_informants}.",
    },
    # Surprises
    "surprise_linked": {
        "en": "The surprise in memo {memo} ({title}) bears on it.",
        "id": "Kejutan dalam memo {memo} ({title}) berkaitan dengannya.",
    },
    "surprise_followed": {
        "en": "The surprise in memo {memo} ({title}) is followed up in: {findings}.",
        "id": "Kejutan dalam memo {memo} ({title}) ditindaklanjuti pada: {findings}.",
    },
    "surprise_left": {
        "en": "The surprise in memo {memo} ({title}) leads to no finding.",
        "id": "Kejutan dalam memo {memo} ({title}) belum terhubung ke temuan mana pun.",
    },
    "surprises_none": {
        "en": "No memo of a surprise is on record (`kind: surprise`).",
        "id": "Belum ada memo tentang kejutan (`kind: surprise`).",
    },
    # Coherence
    "dimension_missing": {
        "en": "It names no dimension of the codebook.",
        "id": "Tidak menyebut satu dimensi pun dari buku kode.",
    },
    "dimension_same": {
        "en": "Its passages belong to its dimension ({dimension}), as far as there are any.",
        "id": "Kutipannya, sejauh ada, termasuk dimensinya ({dimension}).",
    },
    "dimension_other": {
        "en": "Passages cited for it belong outside its dimension ({dimension}): {refs}, coded {codes}.",
        "id": "Kutipan pendukungnya berada di luar dimensinya ({dimension}): {refs}, berkode {codes}.",
    },
    "theory_without_evidence": {
        "en": "Parts of the theory without evidence: {codes}.",
        "id": "Bagian teori tanpa bukti: {codes}.",
    },
    "theory_covered": {
        "en": "Every dimension and aspect of the codebook has evidence.",
        "id": "Setiap dimensi dan aspek dalam buku kode punya bukti.",
    },
    # Feedback
    "member_checked": {
        "en": "Informants have been asked about it ({check}).",
        "id": "Informan sudah diminta menanggapinya ({check}).",
    },
    "member_unchecked": {
        "en": "Informants have not been asked about it (`member_check`).",
        "id": "Informan belum diminta menanggapinya (`member_check`).",
    },
    # Wording
    "draft_statement": {
        "en": "The statement is a draft made by the machine: reword it and delete `draft`.",
        "id": "Pernyataan ini rancangan buatan mesin: rumuskan ulang dan hapus `draft`.",
    },
    "universal_words": {
        "en": "It speaks of all cases or none ({words}), and informants who support it number {informants}.",
        "id": "Pernyataan menyebut semua atau tidak satu pun ({words}), sedangkan informan pendukungnya "
        "{informants}.",
    },
    "cause_unsupported": {
        "en": "It names a cause ({words}), and no passage supports it, neither the cause nor the effect.",
        "id": "Pernyataan menyebut sebab ({words}), tetapi tidak ada kutipan pendukung, baik bagi sebab "
        "maupun "
        "akibat.",
    },
    "cause_named": {
        "en": "It names a cause ({words}); the passages said to state it: {refs}.",
        "id": "Pernyataan menyebut sebab ({words}); kutipan yang dinyatakan memuatnya: {refs}.",
    },
    "cause_look": {
        "en": "It names a cause ({words}). Look whether {refs}, with a causal word of its own, states "
        "this very "
        "cause; then name the passage under `cause_in`.",
        "id": "Pernyataan menyebut sebab ({words}). Lihat apakah {refs}, yang memuat kata sebab, "
        "menyatakan sebab "
        "ini; lalu tuliskan di bawah `cause_in`.",
    },
    "cause_two_codes": {
        "en": "It names a cause ({words}); its passages are of several codes ({codes}), but none has a "
        "causal word. "
        "Look whether a passage states the cause.",
        "id": "Pernyataan menyebut sebab ({words}); kutipannya memuat beberapa kode ({codes}), tetapi "
        "tidak ada "
        "kata sebab di dalamnya. Lihat apakah ada kutipan yang menyatakan sebabnya.",
    },
    "cause_one_code": {
        "en": "It names a cause ({words}), and its passages are of one code alone ({codes}): cause or "
        "effect, not "
        "both. Look whether a passage states the cause.",
        "id": "Pernyataan menyebut sebab ({words}), padahal kutipannya hanya satu kode ({codes}): sebab "
        "atau "
        "akibat, bukan keduanya. Lihat apakah ada kutipan yang menyatakan sebabnya.",
    },
    # Representativeness
    "type_quoted": {
        "en": "{type}: planned {planned}, heard {heard}, quoted {quoted}.",
        "id": "{type}: direncanakan {planned}, diwawancarai {heard}, dikutip {quoted}.",
    },
    "type_unplanned": {
        "en": "{type}: heard {heard}, quoted {quoted}; how many were planned is not told.",
        "id": "{type}: diwawancarai {heard}, dikutip {quoted}; jumlah yang direncanakan tidak disebutkan.",
    },
    "type_unheard": {
        "en": "{type}: planned {planned}, and there is no transcript of any.",
        "id": "{type}: direncanakan {planned}, tetapi tidak ada transkrip seorang pun.",
    },
    "type_unquoted": {
        "en": "{type}: planned {planned}, heard {heard}, and none is quoted.",
        "id": "{type}: direncanakan {planned}, diwawancarai {heard}, tetapi tidak seorang pun dikutip.",
    },
    "type_partly_quoted": {
        "en": "{type}: planned {planned}, heard {heard}, quoted only {quoted}.",
        "id": "{type}: direncanakan {planned}, diwawancarai {heard}, dikutip hanya {quoted}.",
    },
    "type_excerpts": {
        "en": "{type}: planned {planned}, quoted {quoted}; how many were interviewed, excerpts do not tell.",
        "id": "{type}: direncanakan {planned}, dikutip {quoted}; berapa yang diwawancarai tidak tampak dari petikan.",
    },
    # Outliers and extremes
    "outlier": {
        "en": "Of {type}, farthest from the others in what they speak of: {informants} (mean Jaccard "
        "distance "
        "{distance}; the nearest {least}). Ask what makes them differ.",
        "id": "Di antara {type}, yang paling jauh dari yang lain menurut isi ucapannya: {informants} "
        "(rata-rata "
        "jarak Jaccard {distance}; yang terdekat {least}). Tanyakan apa yang membedakannya.",
    },
    "outlier_nobody": {
        "en": "Of {type}, nobody stands out: all are equally far from each other (mean Jaccard distance "
        "{distance}).",
        "id": "Di antara {type}, tidak ada yang menonjol: semua sama jauhnya (rata-rata jarak Jaccard "
        "{distance}).",
    },
    "outlier_too_few": {
        "en": "Fewer than three informants are coded, so that nobody can stand out: {types}.",
        "id": "Kurang dari tiga informan yang dikodekan, sehingga tidak ada yang dapat menonjol: {types}.",
    },
    "too_many": {
        "en": "Informants are not compared pair by pair: there are {informants} of them.",
        "id": "Informan tidak dibandingkan satu per satu: jumlahnya {informants}.",
    },
    "codes_once": {
        "en": "Codes that stand on a single passage: {once} of {all} ({codes}).",
        "id": "Kode yang hanya ada pada satu kutipan: {once} dari {all} ({codes}).",
    },
    "most_supports": {
        "en": "Most supporting passages ({passages}): {informants}.",
        "id": "Kutipan mendukung terbanyak ({passages}): {informants}.",
    },
    "most_limits": {
        "en": "Most limiting passages ({passages}): {informants}.",
        "id": "Kutipan tentang keterbatasan terbanyak ({passages}): {informants}.",
    },
    # If-then
    "if_then_holds": {
        "en": "If “{if}”, then “{then}”: holds for {holding} of {informants} informants; without the "
        "first, "
        "{without_then} of {without} have the second.",
        "id": "Jika “{if}”, maka “{then}”: berlaku bagi {holding} dari {informants} informan; tanpa yang "
        "pertama, "
        "{without_then} dari {without} punya yang kedua.",
    },
    "if_then_fails": {
        "en": "If “{if}”, then “{then}”: holds for {holding} of {informants} informants, not for "
        "{failing}; "
        "without the "
        "first, {without_then} of {without} have the second.",
        "id": "Jika “{if}”, maka “{then}”: berlaku bagi {holding} dari {informants} informan, tidak bagi "
        "{failing}; "
        "tanpa yang pertama, {without_then} dari {without} punya yang kedua.",
    },
    "if_then_nobody": {
        "en": "If “{if}”, then “{then}”: no informant speaks of the first.",
        "id": "Jika “{if}”, maka “{then}”: tidak ada informan yang berbicara tentang yang pertama.",
    },
    "if_then_more": {
        "en": "Further pairs of codes of one aspect hold for somebody and are not shown: {more}. Declare "
        "those that "
        "matter under `if_then` in findings.yaml.",
        "id": "Pasangan kode lain dari satu aspek yang berlaku bagi seseorang dan tidak ditampilkan: "
        "{more}. "
        "Tuliskan yang penting di bawah `if_then` dalam findings.yaml.",
    },
    "spurious_everywhere": {
        "en": "If “{if}”, then “{then}”: it is there in each of them ({strata}).",
        "id": "Jika “{if}”, maka “{then}”: berlaku pada semuanya ({strata}).",
    },
    "spurious_some": {
        "en": "If “{if}”, then “{then}”: it is there in some and not in others ({strata}); who they are "
        "may "
        "explain it.",
        "id": "Jika “{if}”, maka “{then}”: berlaku pada sebagian saja ({strata}); siapa mereka mungkin "
        "menjelaskannya.",
    },
    "spurious_one_stratum": {
        "en": "If “{if}”, then “{then}”: only one kind of informant speaks of the first ({strata}), so "
        "that "
        "there is "
        "nothing to compare.",
        "id": "Jika “{if}”, maka “{then}”: hanya satu macam informan yang berbicara tentang yang pertama "
        "({strata}), "
        "sehingga tidak ada pembanding.",
    },
    # Meaning
    "most_spoken_of": {
        "en": "Most spoken of (informants/passages): {codes}.",
        "id": "Paling banyak dibicarakan (informan/kutipan): {codes}.",
    },
    "contrast": {
        "en": "{who} (informants/passages): supports {supports}, limits {limits}.",
        "id": "{who} (informan/kutipan): mendukung {supports}, membatasi {limits}.",
    },
    "only_supports": {
        "en": "Only what supports is coded ({passages} passages): was anything that limits passed over?",
        "id": "Yang dikodekan hanya yang mendukung ({passages} kutipan): adakah keterbatasan yang terlewat?",
    },
    "only_limits": {
        "en": "Only what limits is coded ({passages} passages): was anything that supports passed over?",
        "id": "Yang dikodekan hanya keterbatasan ({passages} kutipan): adakah yang mendukung yang terlewat?",
    },
    "cluster": {
        "en": "Alike in what they speak of: {informants}; they share {codes}.",
        "id": "Serupa isi ucapannya: {informants}; sama-sama berbicara tentang {codes}.",
    },
    "cluster_chain": {
        "en": "Alike in what they speak of, each with the next, without a code that all share: {informants}.",
        "id": "Serupa isi ucapannya secara berantai, tanpa kode yang dimiliki semuanya: {informants}.",
    },
    "clusters_none": {
        "en": "No two informants share half of what they speak of.",
        "id": "Tidak ada dua informan yang separuh isi ucapannya sama.",
    },
    "cluster_too_few": {
        "en": "Too few informants are coded to cluster them ({informants}).",
        "id": "Informan yang dikodekan terlalu sedikit untuk dikelompokkan ({informants}).",
    },
    "code_large": {
        "en": "The code {code} covers {share} of all passages: does it hold more than one thing?",
        "id": "Kode {code} meliputi {share} dari semua kutipan: apakah memuat lebih dari satu hal?",
    },
    "code_both_sides": {
        "en": "The code {code} stands on both sides of {finding}: should it be divided?",
        "id": "Kode {code} ada di kedua sisi {finding}: apakah perlu dipecah?",
    },
    "together": {
        "en": "{code} and {other} stand together in {turns} turns. They occur together; neither is shown "
        "to cause "
        "the other.",
        "id": "{code} dan {other} muncul bersama dalam {turns} giliran bicara. Keduanya muncul bersama; "
        "tidak "
        "berarti yang satu menyebabkan yang lain.",
    },
    "together_none": {
        "en": "No two codes stand together in more than one turn.",
        "id": "Tidak ada dua kode yang muncul bersama dalam lebih dari satu giliran bicara.",
    },
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
    return pick(SENTENCES[tactic.words], language).format(**said, refs=", ".join(tactic.refs))


def _labelled(value: str, kind: str, label: Label) -> str:
    """`staff 1/2, owner 0/3` with the names replaced and the numbers kept."""
    parts = (part.partition(" ") for part in value.split(", "))
    return "; ".join(f"{label(kind, name)}{gap}{rest}" for name, gap, rest in parts)
