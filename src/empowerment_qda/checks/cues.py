"""Everyday talk that is about no programme, policy or help: home, food, weather, school, roads, illness, feasts, sport.

Written for this project. A cue that fires here would fire on anybody's talk about anything.
"""

from __future__ import annotations

from collections.abc import Iterator

from empowerment_qda.language import CueBook, Tried, is_negator, stem, words
from empowerment_qda.model.base import Text
from empowerment_qda.model.codebook import Code, CodePlace
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Place, Problem

INDONESIAN = """
Tadi pagi hujan deras, jadi jemuran belum saya angkat.
Anak saya yang kecil baru masuk kelas dua SD.
Saya beli beras sama telur di pasar tadi.
Motornya mogok di jalan, terpaksa saya dorong sampai bengkel.
Tetangga sebelah mau pindah rumah bulan depan.
Kami makan malam bareng, terus nonton bola.
Neneknya sakit, sudah seminggu di rumah sakit.
Jalan ke sana macet sekali kalau sore.
Dia kerja di bank, pulangnya selalu malam.
Waktu kecil saya sering mandi di sungai.
Habis salat Jumat biasanya kami kumpul di warung.
Harga cabai naik lagi, ibu-ibu pada mengeluh.
Adik saya kuliah di luar kota, jarang pulang.
Saya lupa menaruh kunci, dicari-cari ternyata di kantong.
Bajunya kekecilan, nanti saya tukar ke toko.
Kemarin kami ke pantai naik bus, anak-anak senang.
Listrik mati dua jam, kulkas jadi bau.
HP saya jatuh, layarnya pecah.
Grup keluarga di WhatsApp ramai terus kalau mau Lebaran.
Dia belajar nyetir sama pamannya.
Saya tidak bisa tidur karena anjing menggonggong terus.
Gurunya baik, tapi galak kalau ada yang ribut.
Tim kampung kami kalah lagi di pertandingan kemarin.
Besok ada pesta, saya diminta bantu masak.
Airnya keruh, jadi harus disaring dulu.
Dokter bilang saya kurang minum air putih.
Kucing kami melahirkan empat ekor di lemari.
Saya nonton sinetron sambil menyetrika.
Bapak sudah pensiun, sekarang hobinya memancing.
Kereta terlambat, kami menunggu sampai subuh.
Mereka menikah tahun lalu, sekarang sudah punya bayi.
Mesin cuci di rumah bunyinya aneh.
Rapat RT membahas selokan yang mampet.
Saya ikut senam tiap Minggu di lapangan.
Sekolah libur, jadi anak-anak main terus di luar.
"""
ENGLISH = """
It rained all morning, so the washing is still wet.
My youngest just started second grade.
We bought rice and eggs at the market.
The car broke down and we had to push it.
Our neighbours are moving next month.
We had dinner together and watched the match.
Grandmother has been in hospital for a week.
Traffic is terrible in the afternoon.
He works at a bank and comes home late.
As a child I used to swim in the river.
My sister studies in another town and rarely visits.
I lost my keys and found them in my pocket.
The shirt was too small, so I took it back to the shop.
We went to the beach by bus and the children loved it.
The power was out for two hours.
I dropped my phone and the screen broke.
The family group chat is busy before the holidays.
The teacher is kind but strict about noise.
Our team lost again on Saturday.
The doctor says I should drink more water.
The cat had four kittens in the wardrobe.
My father is retired and goes fishing.
The train was late and we waited until dawn.
They got married last year and have a baby.
The washing machine makes a sort of grinding noise.
I go to the gym with a friend on Sundays.
"""
EVERYDAY = {
    language: tuple(text.strip().splitlines()) for language, text in (("id", INDONESIAN), ("en", ENGLISH))
}


LACKING = frozenset(
    {"missing", "lacking", "absent", "lack", "none", "tidak", "belum", "tanpa", "tak", "kurang"}
)
"""Words of an id that say, as negators do, that a thing is not there."""
LIGHT = frozenset({"ada", "yang", "untuk", "dari", "the", "are", "for", "from", "with", "provided", "given"})
"""Words of labels that two codes may share without being about the same thing."""


def check_cue_everyday(study: Study) -> Iterator[Problem]:
    """A cue does not fire on everyday talk: it is tried, with its code's `not` and `needs`, on sentences of daily life."""
    for place, language in _languages(study):
        sentences = EVERYDAY.get(language, ())
        for n, cue in enumerate(place.code.cues.suggest[language]):
            book = _book(place, language, cue)
            said = next((one for one in sentences if book and book.suggest(one)), None)
            if said:
                yield _problem(study, place, (language, n), "cue-everyday",
                               f'cue "{cue}" of `{place.code.id}` fires on everyday talk: "{said}"',
                               "Give it another word, or say under `needs` what must stand beside it.")  # fmt: skip


def check_cue_contradicts(study: Study) -> Iterator[Problem]:
    """A cue does not fire in what its code is not (`near_miss`, `not_when`) alone, nor stand only negated in what it is."""
    for place, language in _languages(study):
        code = place.code
        own = [(name, _say(getattr(code, name), language)) for name in ("example", "definition", "use_when")]
        other = [(name, _say(getattr(code, name), language)) for name in ("near_miss", "not_when")]
        for n, cue in enumerate(code.cues.suggest[language]):
            book = _book(place, language, cue, alone=True)
            if book is None:
                continue
            there = {name: book.tried(said, said) for name, said in own}
            if any(_free(tried) for tried in there.values()):
                continue
            wrong = next((name for name, said in other if _free(book.tried(said, said))), None)
            denied = next((name for name, tried in there.items() if any(one.stop and one.stop.kind == "negated" for one in tried)),
                          None)  # fmt: skip
            if denied:
                yield _problem(study, place, (language, n), "cue-contradicts",
                               f'cue "{cue}" of `{code.id}` stands in its `{denied}` only negated: it finds the opposite',
                               "Name the negator in the cue, such as `tidak ... kata`, or take the cue out.")  # fmt: skip
            elif wrong:
                yield _problem(study, place, (language, n), "cue-contradicts",
                               f'cue "{cue}" of `{code.id}` fires in its `{wrong}`, and not in its example or definition',
                               "Take it out, or narrow it with more words, `not` or `needs`.")  # fmt: skip


def check_code_without_counterpart(study: Study) -> Iterator[Problem]:
    """A code for a lack has one for the thing itself beside it, and an aspect codes for either side.

    A lack is told by a negator in the id or the label; its counterpart is a code of the same aspect without one, that
    shares a word with it and has not the same direction.
    """
    for above in study.codebook.walk():
        codes = [one for one in above.code.codes if one.status == "active" and not one.codes]
        places = study.codebook.places
        for code in codes:
            others = [one for one in codes if one is not code and not _is_lack(one)]
            if _is_lack(code) and not any(_is_counterpart(code, one) for one in others):
                yield _advice(study, places[code.id], "code-without-counterpart",
                              f"code `{code.id}` is for a lack, and `{above.code.id}` has none for the thing itself",
                              "Add the code for the thing that is there, so that it is not coded as its lack.")  # fmt: skip
        sides = {one.direction for one in codes} - {"neutral"}
        if len(codes) > 1 and len(sides) == 1 and not any(map(_is_lack, codes)):
            missing = "limits" if "supports" in sides else "supports"
            yield _advice(study, above, "code-without-counterpart",
                          f"every code of `{above.code.id}` {next(iter(sides))} it, and none {missing} it",
                          f"Add a code that {missing} it, so that such passages have a place and can be looked for.")  # fmt: skip


def _languages(study: Study) -> Iterator[tuple[CodePlace, str]]:
    for place in study.codebook.walk():
        if place.code.status == "active":
            yield from ((place, language) for language in place.code.cues.suggest)


def _book(place: CodePlace, language: str, cue: str, *, alone: bool = False) -> CueBook | None:
    """One cue with the code's `not` and `needs` (without company where `alone`); None where it cannot be matched."""
    cues = [("", cue, False), *(("", one, True) for one in place.unwanted(language))]
    try:
        return CueBook(cues, language, {} if alone else {"": place.company(language)})
    except ValueError:  # `check_cue` tells it
        return None


def _say(text: Text | None, language: str) -> str:
    """The text in that very language, or plain."""
    return (text.root.get(language) or text.root.get("") or "") if text else ""


def _free(tried: list[Tried]) -> bool:
    return any(one.stop is None for one in tried)


def _named(code: Code) -> set[tuple[str, str]]:
    """Language and word of what a code is called; its id stands under no language."""
    said = {("", word) for word in code.id.replace("_", "-").casefold().split("-")}
    for language, label in (code.label.root if code.label else {}).items():
        said |= {(language, one.text.casefold()) for one in words(label)}
    return said


def _is_lack(code: Code) -> bool:
    return any(word in LACKING or is_negator(word, language or "en") for language, word in _named(code))


def _is_counterpart(lack: Code, other: Code) -> bool:
    if "neutral" not in (lack.direction, other.direction) and lack.direction == other.direction:
        return False
    both = (
        {
            (language, stem(word, language or "en"))
            for language, word in _named(code)
            if word not in LIGHT and len(word) > 2
        }
        for code in (lack, other)
    )
    return bool(set.intersection(*both))


def _problem(
    study: Study, place: CodePlace, key: tuple[str | int, ...], rule: str, message: str, hint: str
) -> Problem:
    path, above = study.codebook.cue_place(place)
    return Problem(Place(path, (*above, *key)), rule, message, hint, "warning")


def _advice(study: Study, place: CodePlace, rule: str, message: str, hint: str) -> Problem:
    return Problem(Place(study.codebook.path, (*place.key, "id")), rule, message, hint, "warning")
