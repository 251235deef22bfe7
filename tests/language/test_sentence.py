"""Where sentences and clauses begin and end."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from empowerment_qda.language import clauses, sentences, words

from .odd_text import ODD

# Each line is a text; the bar stands where one sentence ends and the next begins.
SENTENCES = r"""
Kami ikut pelatihan.| Mesinnya masih lama.
kami ikut pelatihan.| terus mesinnya masih lama.
Kenapa?| Karena modalnya kurang!| Begitu.
Kantornya di Jl. Gatot Subroto Km 7,7 dekat Bpk. RT.| Ramai.
Modalnya Rp. 15.000.000 dari Dr. Ani, No. 7.| Cukup.
Ada jahitan, kue, dll. yang dijual.| Ada juga mesin, dll.| Kami punya semua.
No.| We did not go, e.g. to Mr. Ali or Ms. Tan etc. for help.
So did I.| We went on.
Ya ... gimana ya ... modalnya itu.| Susah ...| Kami coba lagi.
Ya… gimana ya…| Kami bingung.
Dia bilang "kenapa begitu?" terus pulang.| "Tidak tahu."| Sudah.
"Kami ikut."| "Kami juga."
(Sudah ikut.)| Belum.
1. Pelatihan dasar\n|2. Bantuan mesin\n|3. Pameran
a. pelatihan dasar
Sejak tahun 2022.| Setelah itu kami maju.
Ikut pelatihan.|Terus kami jualan di tokopedia.com dan S.Pd. itu.
Baris satu\nyang disambung.| Baris dua\n|Baris tiga
Paragraf satu\n\n|paragraf dua\r\n\r\n|paragraf tiga\r\nmasih tiga
Apa?!| Masa sih!!| Iya.
我们参加了培训。|机器旧了。
شاركنا في التدريب؟| نعم.
हमने भाग लिया।| मशीन पुरानी है।
"""


@pytest.mark.parametrize("line", SENTENCES.strip().split("\n"))
def test_sentences(line: str) -> None:
    marked = line.encode("latin-1", "backslashreplace").decode("unicode-escape")
    text = marked.replace("|", "")
    assert [text[start:end] for start, end in sentences(text)] == [part.strip() for part in marked.split("|")]


@given(ODD)
def test_sentences_hold_all_but_the_space_between_them(text: str) -> None:
    spans = sentences(text)
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    outside = set(range(len(text))).difference(*(range(start, end) for start, end in spans))
    assert all(text[at].isspace() for at in outside)
    assert not any(text[start].isspace() or text[end - 1].isspace() for start, end in spans)


@given(ODD)
def test_no_word_lies_in_two_sentences(text: str) -> None:
    spans = sentences(text)
    for word in words(text):
        assert [1 for start, end in spans if start <= word.start and word.end <= end] == [1]


TALK = st.lists(
    st.sampled_from(["kami", "ikut", "tapi", "dan", "jadi,", ";", "—", "ada", '"modal"', "so", "we", "but"])
).map(" ".join)

# Each line is one sentence; the bar stands where one clause ends and the next begins.
CLAUSES = """
Pelatihannya memang ada, |tapi mesinnya masih lama.
Pelatihannya memang ada |tapi mesinnya masih lama.
Pelatihannya memang ada; |modalnya juga masih kurang.
Pelatihannya memang ada — |modalnya juga masih kurang.
Pelatihannya memang ada - |modalnya juga masih kurang.
Dinas melatih kami setiap bulan |dan kami belajar jualan.
Kami butuh mesin dan modal dan kios.
Kami butuh modal, kios, mesin.
Kami sudah ikut pelatihan |cuma modalnya belum ada.
Kami cuma dikasih pelatihan saja.
Kami ikut kelas itu, |jadi jualan online sekarang.
Kami mau jadi pengusaha besar.
Kami terus berkembang setiap tahun.
Bantuan mesin jahit, yang sudah lama kami tunggu, |akhirnya datang juga.
Harganya 7,7 juta rupiah sebulan.
Omzet naik 50%, |padahal "dulu" kami rugi.
Ya, tapi susah.
The training was good, |but the machines are old.
We went there every week |and we learned to sell.
We sell cakes and the training helped.
Although we tried hard, |nobody came to buy.
"""


@pytest.mark.parametrize("line", CLAUSES.strip().split("\n"))
def test_clauses(line: str) -> None:
    text = line.replace("|", "")
    found = [text[start:end] for start, end in clauses(text)]
    assert found == [part.rstrip(" ,;—-") for part in line.split("|")]


def test_clauses_of_a_sentence_within_a_text() -> None:
    text = "Halo semua. Pelatihannya memang ada, tapi mesinnya masih lama. Sudah."
    [_, span, _] = sentences(text)
    assert [text[start:end] for start, end in clauses(text, *span)] == [
        "Pelatihannya memang ada",
        "tapi mesinnya masih lama.",
    ]


@given(
    st.one_of(
        ODD,
        TALK,
    )
)
def test_every_word_is_in_one_clause_and_no_clause_is_short(text: str) -> None:
    spans = clauses(text)
    assert (spans[0][0], spans[-1][1]) == (0, len(text))
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    inside = [sum(start <= word.start and word.end <= end for word in words(text)) for start, end in spans]
    assert sum(inside) == len(words(text))
    assert len(spans) == 1 or min(inside) >= 3


@pytest.mark.parametrize(
    "piece", [".", ". ", '."', "\n", " ", "a\n", "...", "Jl. ", "kami ikut terus, ", "\u0301"]
)
def test_long_text_of_one_kind(piece: str) -> None:
    """Time stays linear: a text of a few hundred thousand characters would not end otherwise."""
    text = piece * 200_000 + "x"
    assert sentences(text)[-1][1] == clauses(text)[-1][1] == len(text)
