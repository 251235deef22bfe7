"""The words of a report's account of the coding, in English and Indonesian."""

from __future__ import annotations

ACCOUNT: dict[str, dict[str, str]] = {
    "en": {
        # contact summaries
        "contacts_line": "What each source gave: {share} of the text is coded, questions aside",
        "contacts_restated": "of excerpts restated by somebody else this says nothing of the fieldwork",
        "contacts_asked": "{n} open questions in memos",
        "source": "Source",
        "coded_share": "Coded",
        "main_codes": "Main codes",
        "open_questions": "Open questions",
        # what did not become evidence
        "condensation_line": "What did not become evidence: {turns} not coded, {left_out} left out on purpose, {codings}"
        " rejected",
        "left_out": "left out",
        "rejected": "rejected",
        # saturation
        "measures": "Saturation and agreement",
        "saturation": "Code saturation",
        "saturation_fold": "Saturation in detail",
        "saturation_rule": "After Guest, Namey & Chen (2020): reached where {run} interviews in a row, after the first {base},"
        " bring new codes of at most {share} of the number in those {base}. Only codes from the data or in the informants'"
        " words are counted.",
        "saturation_undated": "Without a date, in the order of their ids, last: {sources}.",
        "saturation_uncoded": "Left out, not coded yet: {sources}.",
        "reading_reached": "reached at interview {at} (seen after {run} more)",
        "reading_not_reached": "not reached in {interviews}",
        "reading_too_few": "not applicable (coded interviews: {have}, needed: {need})",
        "reading_deductive_only": "not applicable (no code came from the data)",
        "reading_empty_base": "not applicable (no code came from the data in the first {base} interviews)",
        "interviews_of": "Interviews of",
        "of_group": "{name} (group)",
        "interviews": "Interviews",
        "new_codes": "New codes in each run",
        "reading": "Saturation",
        "orders": "In shuffled orders",
        "orders_reached": "reached in {reached} of {number}",
        "orders_median": "{reached}; median {median} interviews ({low}–{high})",
        # agreement
        "agreement": "Agreement between coders",
        "agreement_fold": "Agreement in detail",
        "agreement_line": "{coders} coded {sources} in common ({turns} compared): percent agreement {percent}, kappa"
        " {kappa}, alpha {alpha}.",
        "agreement_how": "Compared answer by answer and code by code; kappa (Cohen's, of more than two coders Conger's)"
        " is pooled over the codes, alpha (Krippendorff's) compares the sets of codes. `qda agree` tells more.",
        "agreement_one": "one person's codings count ({coder}); agreement between coders was not measured.",
        "agreement_apart": "{coders} coded no source in common; agreement between coders was not measured.",
        "undefined": "not defined",
    },
    "id": {
        "contacts_line": "Isi tiap sumber: {share} teks dikode, di luar pertanyaan pewawancara",
        "contacts_restated": "untuk petikan yang diparafrasakan orang lain, angka ini tidak mengatakan apa pun tentang"
        " kerja lapangannya",
        "contacts_asked": "{n} pertanyaan terbuka dalam memo",
        "source": "Sumber",
        "coded_share": "Dikode",
        "main_codes": "Kode utama",
        "open_questions": "Pertanyaan terbuka",
        "condensation_line": "Yang tidak menjadi bukti: {turns} tidak dikode, {left_out} sengaja disisihkan, {codings}"
        " ditolak",
        "left_out": "disisihkan",
        "rejected": "ditolak",
        "measures": "Kejenuhan dan kesepakatan",
        "saturation": "Kejenuhan kode",
        "saturation_fold": "Rincian kejenuhan",
        "saturation_rule": "Menurut Guest, Namey & Chen (2020): tercapai bila {run} wawancara berturut-turut, sesudah {base}"
        " wawancara pertama, membawa kode baru paling banyak {share} dari jumlah kode dalam {base} wawancara itu. Yang"
        " dihitung hanya kode dari data atau dari kata informan.",
        "saturation_undated": "Tanpa tanggal, menurut urutan id, paling akhir: {sources}.",
        "saturation_uncoded": "Tidak disertakan karena belum dikode: {sources}.",
        "reading_reached": "tercapai pada wawancara ke-{at} (terlihat setelah {run} wawancara lagi)",
        "reading_not_reached": "belum tercapai dalam {interviews}",
        "reading_too_few": "tidak berlaku (wawancara yang dikode: {have}, syarat: {need})",
        "reading_deductive_only": "tidak berlaku (tidak ada kode yang berasal dari data)",
        "reading_empty_base": "tidak berlaku (tidak ada kode dari data dalam {base} wawancara pertama)",
        "interviews_of": "Wawancara dengan",
        "of_group": "{name} (kelompok)",
        "interviews": "Wawancara",
        "new_codes": "Kode baru tiap runtun",
        "reading": "Kejenuhan",
        "orders": "Bila urutan diacak",
        "orders_reached": "tercapai pada {reached} dari {number} urutan",
        "orders_median": "{reached}; median {median} wawancara ({low}–{high})",
        "agreement": "Kesepakatan antarpengode",
        "agreement_fold": "Rincian kesepakatan",
        "agreement_line": "{coders} sama-sama mengode {sources} ({turns} dibandingkan): kesepakatan {percent}, kappa {kappa},"
        " alpha {alpha}.",
        "agreement_how": "Dibandingkan jawaban demi jawaban dan kode demi kode; kappa (Cohen; untuk lebih dari"
        " dua pengode: Conger) digabung dari semua kode, alpha (Krippendorff) membandingkan himpunan kode. Selengkapnya: `qda agree`.",
        "agreement_one": "yang dihitung hanya pengodean satu orang ({coder}); kesepakatan antarpengode tidak diukur.",
        "agreement_apart": "tidak ada sumber yang dikode bersama oleh {coders}; kesepakatan antarpengode tidak diukur.",
        "undefined": "tidak terdefinisi",
    },
}
