"""Stems: formal Indonesian, English, and words that must not fall together."""

import runpy
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
import Sastrawi.Stemmer  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st
from wordfreq import get_frequency_dict

from empowerment_qda.language import fold, indonesian, stem

SOURCE = Path(__file__).parents[2] / "src"
BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
SASTRAWI = Path(__file__).parents[1] / "samples" / "sastrawi" / "pairs.tsv"

# stem: forms that have it
FAMILIES = """
latih: pelatihan dilatih melatih latihan pelatih melatihkan pelatihannya berlatih terlatih
usaha: usahanya berusaha pengusaha perusahaan mengusahakan
jual: menjual penjualan penjual dijual jualan terjual menjualkan
beli: membeli pembelian pembeli dibeli terbeli membelikan
pasar: memasarkan pemasaran dipasarkan pasaran pasarnya
modal: modalnya permodalan bermodal bermodalkan dimodali
rusak: kerusakan merusak perusakan rusaknya dirusak
buruk: keburukan memburuk seburuk
bajik: kebajikan
gerak: gerakan pergerakan bergerak menggerakkan penggerak
pajak: perpajakan pajaknya dipajaki
bank: perbankan banknya
pesan: memesan pesanan pemesanan dipesan pemesan
kuasa: menguasai dikuasai kekuasaan penguasa
kenal: mengenali dikenali pengenalan terkenal
daya: pemberdayaan memberdayakan diberdayakan berdaya
didik: pendidikan mendidik pendidik
ajar: belajar pelajar pelajaran mempelajari mengajar pengajar pembelajaran
lindung: perlindungan melindungi terlindungi berlindung
saing: persaingan bersaing pesaing menyaingi
gantung: tergantung bergantung ketergantungan
bantu: bantuan membantu dibantu pembantu
damping: pendampingan mendampingi pendamping
bina: pembinaan membina dibina binaan
izin: perizinan izinnya mengizinkan
pinjam: pinjaman meminjam dipinjam peminjam
uang: keuangan uangnya
kurang: kekurangan mengurangi berkurang pengurangan
tingkat: meningkat meningkatkan peningkatan
kembang: berkembang mengembangkan pengembangan perkembangan
catat: mencatat catatan pencatatan tercatat
tulis: menulis penulis tulisan tertulis
tani: petani pertanian bertani
nikah: menikah pernikahan
ubah: mengubah perubahan berubah diubah merubah
batu: bebatuan batunya
teman: teman-teman temannya berteman teman-temannya
tiru: meniru meniru-nirukan tiruan
upload: diupload mengupload di-upload uploadnya
umkm: UMKM UMKM-nya
ecommerce: e-commerce E-Commerce
digital: digitalnya mendigitalkan
"""

# Words on one line must all have different stems.
APART = """
dalam alam malam mendalam
alat malam salat
modal modul model
belum sebelum
lama selama
dapat pendapatan pendapat
hasil penghasilan berhasil
ada keadaan mengadakan
harga penghargaan
laku pelaku melakukan perilaku
serta peserta
bagi bagian
sebagai berbagai
atas mengatasi atasan
muda mudah pemuda
bawa bawah
tangan menangani
sosial sosialisasi
produk produksi produktif
kerja kinerja
karya karyawan
pasar pasir
kurang kurung
kurus kursus urus
kata katak
rusa rusak
buru keburukan
air akhir
siap siapa
sama bersama
rata rata-rata
undang undang-undang
hati hati-hati
tentang menentang
tinggal meninggal
setuju tujuan
tahu tahun
oleh memperoleh oleh-oleh
baik memperbaiki
sampai menyampaikan
tengah menengah setengah
pelanggan pelanggaran
terima terima-kasih
"""
KEPT = (
    "shopee tokopedia online offline instagram facebook whatsapp mesin kelas gratis kredit sentra akun toko lapak surat "
    "alat modal dinas koperasi medan binjai bali maluku jakarta admin member margin login bitcoin marketplace koperasi "
    "website modern internet market mall manajemen rapat bulan kemudian perempuan matahari"
)


def lines(table: str) -> list[str]:
    return table.strip().split("\n")


@pytest.mark.parametrize("line", lines(FAMILIES))
def test_forms_of_a_word_have_its_stem(line: str) -> None:
    root, _, forms = line.partition(": ")
    assert {form: stem(form, "id") for form in forms.split()} == dict.fromkeys(forms.split(), root)


@pytest.mark.parametrize("line", lines(APART))
def test_different_words_have_different_stems(line: str) -> None:
    assert len({stem(word, "id") for word in line.split()}) == len(line.split())


@pytest.mark.parametrize("word", KEPT.split())
def test_names_and_loans_are_kept(word: str) -> None:
    assert stem(word, "id") == word
    assert stem(word + "nya", "id") == word


# Pairs of PySastrawi's own tests that we answer in another way: forms whose meaning has left the root (peserta,
# participant, is not serta, and), words that are their own in the dictionary, and forms that nobody says.
OTHERWISE = {
    "peserta": "peserta",
    "pelaku": "pelaku",
    "pelakunyalah": "pelaku",
    "perbaikan": "perbaiki",
    "menyatakannya": "nyatakan",
    "lemigas": "lemigas",
    "kinerja": "kinerja",
    "kesepersepuluhnya": "kesepersepuluh",
    "idealis": "idealis",
    "idealisme": "idealisme",
    "karyawan": "karyawan",
    "karyawati": "karyawati",
    "pemerintah": "pemerintah",
    "mengerti": "mengerti",
    "perusakan": "rusak",
    "melainkan": "melainkan",
}


def test_sastrawis_own_pairs() -> None:
    rows = [line.split("\t") for line in SASTRAWI.read_text("utf-8").splitlines()[1:]]
    pairs = {word.casefold(): root for word, root, _ in rows if " " not in word}
    assert len(pairs) > 180
    assert {word: stem(word, "id") for word in pairs} == {**pairs, **OTHERWISE}


@pytest.fixture(scope="module")
def shares() -> dict[str, float]:
    """The Indonesian forms of wordfreq and how often they are said."""
    return get_frequency_dict("id")


def test_the_list_of_roots_is_what_the_script_derives() -> None:
    derive = runpy.run_path(str(BENCHMARKS / "roots.py"))["derive"]
    assert indonesian.ROOT_LIST.read_text("utf-8").split("\n") == [*derive(), ""]


def test_stems_agree_with_those_by_the_roots_of_a_dictionary(
    shares: dict[str, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list inside PySastrawi is the oracle, though it has roots that take words from others (rusa, deer: kerusakan)."""
    ours = {form: indonesian.analyse_indonesian(form) for form in shares}
    listed = Path(Sastrawi.Stemmer.__path__[0], "data", "kata-dasar.txt").read_text("utf-8").split()
    dictionary = indonesian.make_lexicon(listed)
    monkeypatch.setattr(indonesian, "lexicon", lambda: dictionary)
    same = {form for form, found in ours.items() if indonesian.analyse_indonesian(form) == found}
    assert len(same) > 0.975 * len(shares)
    assert sum(shares[form] for form in same) > 0.99 * sum(shares.values())


@pytest.mark.parametrize(
    ("word", "same"),
    [
        ("trainings", "training"),
        ("businesses", "business"),
        ("owner’s", "owners"),
        ("Owner's", "owner"),
        ("marketed", "marketing"),
    ],
)
def test_english(word: str, same: str) -> None:
    assert stem(word, "en") == stem(same, "en-GB")


def test_other_languages_are_only_folded() -> None:
    assert stem("Straßen", "de") == "strassen"
    assert stem("pelatihan", "ms") == "pelatihan"
    assert stem("Pelatihan", "id-ID") == stem("PELATIHAN", "id_ID") == "latih"


def test_writings_of_one_word_are_one() -> None:
    assert fold("Jum\u2019at") == fold("jum'at") == fold("JUM\u02bcAT")
    assert fold("kafe\u0301") == fold("Kaf\u00e9")
    assert fold("pela\u00adtihan\u200b") == "pelatihan"
    assert stem("Jum’at", "id") == stem("jumat", "id")
    assert stem("teman\u2010teman", "id") == "teman"


@pytest.mark.parametrize(
    "word", ["a" * 100_000, "-".join("a" * 30), "a-" * 50_000 + "a", "memper" * 9, "", "'"]
)
def test_no_word_is_too_odd_to_stem(word: str) -> None:
    """Nor takes time that grows with anything but its length: hyphens and affixes are tried in bounded ways."""
    assert len(stem(word, "id")) <= len(word)


@given(st.text(max_size=80), st.sampled_from(["id", "en", "ar", ""]))
def test_any_text_has_a_stem_and_case_does_not_matter(word: str, language: str) -> None:
    assert stem(word, language) == stem(unicodedata.normalize("NFD", word), language)


def test_stemmers_are_loaded_with_the_first_word() -> None:
    """Most commands stem nothing, and should not wait for what they do not use."""
    script = (
        "import sys, empowerment_qda.language as language\n"
        "heavy = {'snowballstemmer', 'empowerment_qda.language.indonesian'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
        "language.stem('pelatihan', 'id'), language.stem('training', 'en')\n"
        "assert heavy <= set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True, env={"PYTHONPATH": str(SOURCE)})
