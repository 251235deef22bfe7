"""Checks of cues: what coding depends on, and, as advice, cues that find nothing of their own, fire on everyday talk, or find
what their code is not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from empowerment_qda.language import Cue, CueBook, Stop, covers, keys_of, parse_cue
from empowerment_qda.model.base import Text
from empowerment_qda.model.codebook import Codebook, CodePlace
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Place, Problem, find_unknown

# Everyday talk that is about no programme, policy or help: home, food, weather, school, roads, illness, feasts, sport.
# Written for this project. A cue that fires here would fire on anybody's talk about anything.
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


IS, IS_NOT = ("example", "definition", "use_when"), ("near_miss", "not_when")
"""Texts of a code that say what it is, and what it is not."""


def check_cue(study: Study) -> Iterator[Problem]:
    """Each cue can be matched."""
    for _, language, place, phrases in _lists(study.codebook):
        for n, phrase in enumerate(phrases):
            try:
                parse_cue(phrase, language)
            except ValueError as error:
                yield Problem(Place(place.path, (*place.key, n)), "cue", str(error),
                              "Write words, `...` between words for a gap, `=word` for an exact form, `~word` for its family, "
                              "`?word` for the question before.")  # fmt: skip


def check_cue_unknown_code(study: Study) -> Iterator[Problem]:
    """The file of cues names codes of the book."""
    file, book = study.codebook.cue_file, study.codebook
    named = ((code, Place(file.path, (code,))) for code in file.by_code) if file else ()
    return find_unknown(named, book.places, "cue-unknown-code", f"code `{{name}}` is not in {book.path}")


def check_cues_twice(study: Study) -> Iterator[Problem]:
    """The cues of a code stand in one place."""
    for code in study.codebook.cues_twice:
        key = (*study.codebook.places[code].key, "cues")
        yield Problem(Place(study.codebook.path, key), "cues-twice",
                      f"code `{code}` has cues here and in {study.codebook.cue_path}",
                      f"Move these into {study.codebook.cue_path}.")  # fmt: skip


def check_cue_covered(study: Study) -> Iterator[Problem]:
    """A cue finds what no other cue of its list finds."""
    for code, language, place, phrases in _lists(study.codebook):
        for n, other in _covered(phrases, language).items():
            yield Problem(Place(place.path, (*place.key, n)), "cue-covered",
                          f'cue "{phrases[n]}" of `{code}` finds nothing that "{phrases[other]}" does not find',
                          "Take one of them out.", "warning")  # fmt: skip


def _covered(phrases: tuple[str, ...], language: str) -> dict[int, int]:
    """The numbers of the cues that others cover, and by which; of cues that cover each other the first is kept."""
    cues: dict[int, Cue] = {}
    for n, phrase in enumerate(phrases):
        try:
            cues[n] = parse_cue(phrase, language)
        except ValueError:  # `check_cue` tells it
            continue
    by_word: dict[str, list[int]] = defaultdict(list)
    common = Counter(step.word for cue in cues.values() for step in (*cue.steps, *cue.asked))
    for n, cue in cues.items():  # all its words stand in a cue that it covers: the rarest leads to the fewest
        own = [step.word for step in cue.steps or cue.asked]
        by_word[min(own, key=common.__getitem__)].append(n)
    found: dict[int, int] = {}
    for n, cue in cues.items():
        words = {step.word for step in (*cue.steps, *cue.asked)}
        words |= {key for form in words if form.startswith("=") for key in keys_of(form[1:], language)}
        words |= {"~" + word.lstrip("~").partition("+")[0] for word in words}
        others = sorted(one for word in words for one in by_word[word] if one != n and one not in found)
        for one in others:
            if covers(cues[one], cue, language) and (one < n or not covers(cue, cues[one], language)):
                found[n] = one
                break
    return found


def _lists(codebook: Codebook) -> Iterator[tuple[str, str, Place, tuple[str, ...]]]:
    """Each list of cues with its code, its language and where it stands."""
    for place in codebook.walk():
        cues, (path, key) = place.code.cues, codebook.cue_place(place)
        lists = ((key, cues.suggest), ((*key, "not"), cues.suppress), ((*key, "needs"), cues.needs))
        for above, languages in lists:
            for language, phrases in languages.items():
                yield place.code.id, language, Place(path, (*above, language)), phrases


def check_cue_everyday(study: Study) -> Iterator[Problem]:
    """A cue does not fire on everyday talk: it is tried, with its code's `not` and `needs`, on sentences of daily life."""
    for place, language, cue, where in _active(study):
        book = _book(place, language, cue)
        said = next((one for one in EVERYDAY.get(language, ()) if book and book.suggest(one)), None)
        if said:
            yield Problem(where, "cue-everyday", f'cue "{cue}" of `{place.code.id}` fires on everyday talk: "{said}"',
                          "Give it another word, or say under `needs` what must stand beside it.", "warning")  # fmt: skip


def check_cue_contradicts(study: Study) -> Iterator[Problem]:
    """A cue does not fire in what its code is not (`near_miss`, `not_when`) alone, nor stand only negated in what it is."""
    for place, language, cue, where in _active(study):
        book = _book(place, language, cue, alone=True)
        if book is None:
            continue
        stops = {name: _stops(book, getattr(place.code, name), language) for name in IS}
        if any(None in found for found in stops.values()):
            continue
        negated = (
            name for name, found in stops.items() if any(one and one.kind == "negated" for one in found)
        )
        firing = (name for name in IS_NOT if None in _stops(book, getattr(place.code, name), language))
        if denied := next(negated, None):
            yield Problem(where, "cue-contradicts",
                          f'cue "{cue}" of `{place.code.id}` stands in its `{denied}` only negated: it finds the opposite',
                          "Name the negator in the cue, such as `tidak ... kata`, or take the cue out.", "warning")  # fmt: skip
        elif wrong := next(firing, None):
            yield Problem(where, "cue-contradicts",
                          f'cue "{cue}" of `{place.code.id}` fires in its `{wrong}`, and not in its example or definition',
                          "Take it out, or narrow it with more words, `not` or `needs`.", "warning")  # fmt: skip


def _active(study: Study) -> Iterator[tuple[CodePlace, str, str, Place]]:
    """Each cue that suggests an active code, with the code, its language and where it stands."""
    for place in study.codebook.walk():
        path, key = study.codebook.cue_place(place)
        for language, cues in place.code.cues.suggest.items() if place.code.status == "active" else ():
            yield from (
                (place, language, cue, Place(path, (*key, language, n))) for n, cue in enumerate(cues)
            )


def _book(place: CodePlace, language: str, cue: str, *, alone: bool = False) -> CueBook | None:
    """One cue with the code's `not` and `needs` (without company where `alone`); None where it cannot be matched."""
    cues = [("", cue, False), *(("", one, True) for one in place.unwanted(language))]
    try:
        return CueBook(cues, language, {} if alone else {"": place.company(language)})
    except ValueError:  # `check_cue` tells it
        return None


def _stops(book: CueBook, text: Text | None, language: str) -> list[Stop | None]:
    """What stops a cue wherever it stands in the text in that very language, or plain; None where nothing does."""
    said = (text.root.get(language) or text.root.get("") or "") if text else ""
    return [one.stop for one in book.tried(said, said)]
