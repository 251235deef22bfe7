"""Pairs of sentences, the thing there and not there: a cue suggests its code in the first and not in the second.

`{question} answer` is an answer and the question before it.
"""

import re

import pytest

from empowerment_qda.language import CueBook

# kind: cue | there | not there
INDONESIAN = """
before: dampingi | Kami didampingi terus. | Kami tidak didampingi terus.
before: dampingi | Kami didampingi terus sama dinas. | Kami nggak pernah didampingi sama dinas.
before: dampingi | Sudah didampingi dua bulan. | Belum didampingi sampai sekarang.
before: dampingi | Habis itu didampingi. | Habis itu gak didampingi.
before: dampingi | Kita didampingi orang kecamatan. | Kita ga didampingi orang kecamatan.
before: dampingi | Kami didampingi tiap minggu. | Kami kagak didampingi tiap minggu.
before: dampingi | Kami ditinggal lalu didampingi lagi. | Kami dilepas tanpa didampingi lagi.
before: dampingi | Rutin didampingi. | Jarang didampingi.
before: dampingi | Cukup didampingi. | Kurang didampingi.
before: dampingi | Didampingi petugas. | Bukannya didampingi malah dimarahi petugas.
before: bekali ... modul | Dibekali modul lengkap. | Tidak dibekali modul apa pun.
before: bekali ... modul | Kami dibekali sama modul yang tebal. | Kami ndak dibekali modul.
before: modul | Dibekali modul lengkap. | Dilepas begitu saja tanpa modul.
before: modul | Ada modul. | Ndak ada modul.
before: modul | Dikasih modul juga. | Boro-boro, nggak dikasih modul.
before: pakai Shopee | Saya pakai Shopee. | Jangan pakai Shopee katanya.
before: pelatihan | Ada pelatihan. | Minim pelatihan.
before: pelatihan | Adanya pelatihan itu membantu. | Kurangnya pelatihan itu terasa.
before: pelatihan | Ada pelatihan. | Tiada pelatihan.
before: dapat bantuan | Kami dapat bantuan mesin. | Kami tak dapat bantuan mesin.
before: dapat bantuan | Kita dapet bantuan. | Kita enggak dapet bantuan.
before: latih | Kami dilatih jualan. | Mana ada, kami mah belum pernah dilatih jualan.
before: latih | Ada yang melatih. | Nggak ada yang melatih.
behind: pelatihan | Pelatihan selalu ada. | Pelatihan belum pernah ada.
behind: pelatihan | Pelatihan ada. | Pelatihan nggak ada.
behind: pelatihan | Pelatihannya sering. | Pelatihannya jarang.
behind: pelatihan | Pelatihannya nggak lama. | Pelatihannya nggak pernah diadakan.
behind: pelatihan | Pelatihan nggak membosankan. | Pelatihan nggak kami dapat.
behind: pelatihan | Pelatihannya sering ada. | Pelatihannya nggak ada lagi.
behind: pelatihan | Pelatihan sih ada di kantor lurah. | Pelatihan sih kagak ada di kantor lurah.
behind: pelatihan | Kalau pelatihan, sering. | Kalau pelatihan, belum pernah.
behind: pelatihan | Pelatihan dari dinas, bagus. | Pelatihan dari dinas, nggak ada.
behind: pendampingan | Pendampingan sesudah kelas ada. | Pendampingan sesudah kelas nggak ada.
behind: pendampingan | Pendampingan jalan terus. | Pendampingan gak jalan.
behind: pendampingan | Pendampingan cukup. | Pendampingan kurang.
behind: pendampingan | Pendampingannya datang tiap bulan. | Pendampingannya tidak pernah datang.
behind: modul | Modul dikasih. | Modul enggak dikasih.
behind: modul | Modul lengkap. | Modul belum.
behind: pelatihan | Pelatihan? Sering. | Pelatihan? Belum pernah.
behind: pelatihan | Kalau pelatihan, kami sering dapat. | Kalau pelatihan, kami nggak pernah dapat.
behind: dampingi | Didampingi sih iya, sebentar. | Didampingi sih enggak, cuma dikasih nomor HP.
idle: dampingi | Petugasnya nggak segan-segan dampingi kami. | Petugasnya segan, nggak dampingi kami.
before: pelatihan | Apalagi pelatihan, sering. | Boro-boro pelatihan, ditengok saja nggak.
inside: mesin ... lama | Mesin saya sudah lama. | Mesin saya belum lama.
inside: mesin ... lama | Mesinnya itu lama. | Mesinnya tidak lama.
inside: dapat ... modal | Kami dapat juga modal. | Kami dapat tapi bukan modal.
idle: dampingi | Tidak hanya dilatih tetapi juga didampingi. | Tidak dilatih dan juga tidak didampingi.
idle: latih | Bukan cuma dilatih, diberi modal juga. | Bukan dilatih, cuma dikasih brosur.
idle: dampingi | Nggak pernah bosan mendampingi kami. | Nggak pernah mau mendampingi kami.
idle: pendampingan ... ~tidak pernah | Pendampingan nggak pernah ada. | Pendampingan nggak pernah putus.
idle: dampingi | Tanpa henti kami didampingi. | Tanpa pernah kami didampingi.
idle: latih | Mau nggak mau kami dilatih. | Maunya nggak kami dilatih.
idle: latih | Kurang lebih tiga kali dilatih. | Kurang dilatih.
idle: dampingi | Nggak lama kemudian kami didampingi. | Nggak pernah kami didampingi.
double: pelatihan | Iya, ada pelatihan. | Nggak, nggak ada pelatihan.
double: tidak ada pelatihan | Tidak ada pelatihan. | Bukan tidak ada pelatihan.
clause: latih | Modal tidak ada tapi kami dilatih. | Modal ada tapi kami tidak dilatih.
clause: latih | Saya nggak bisa tapi sudah dilatih sekali. | Saya bisa karena biasa, nggak dilatih.
clause: latih | Waktu itu jualan, kami dilatih. | Waktu itu jualan, kami belum dilatih.
clause: dapat ... bantuan | Kami dapat juga bantuan. | Kami dapat tetangga baru, bantuan dari dinas datang.
clause: tidak ... dampingi | Kami tidak pernah didampingi. | Kami tidak bayar, didampingi terus.
clause: tidak ... dampingi | Nggak ada yang dampingi. | Nggak bayar tapi didampingi.
clause: mesin ... lama | Mesin jahitnya lama. | Ada mesin karena saya sudah lama jualan.
list: pendampingan | Ada modul, pendampingan, apa pun. | Nggak ada modul, pendampingan, apa pun.
clause: ~tidak ... sampai | Program belum sampai sini. | Program sampai sini.
clause: ~tidak jelas | Aturannya rumit, atau tidak jelas. | Aturannya rumit, atau jelas.
clause: tidak ... dampingi | Kami tidak sempat didampingi. | Kami tidak dibiarkan, didampingi.
list: modul | Ada pelatihan, apalagi modul. | Nggak ada pelatihan, apalagi modul.
named: ~tidak ... dampingi | Kami jarang didampingi. | Kami sering didampingi.
named: ~tidak ... dampingi | Tanpa pernah didampingi. | Kami tidak hanya dilatih, juga didampingi.
named: ~tidak ... dampingi | Kami nggak didampingi. | Kami tidak hanya didampingi.
named: ~tidak ada modul | Nggak ada modul. | Bukan nggak ada modul.
named: belum pernah ... latih | Kami belum pernah dilatih. | Kami pernah dilatih.
named: jarang ... dampingi | Jarang sekali didampingi. | Tidak jarang didampingi.
named: tanpa modul | Kami pulang tanpa modul. | Kami pulang dengan modul.
word: mau | Maunya jualan terus. | Kemauan saya jualan.
word: biasa | Biasanya begitu. | Kebiasaan di sini begitu.
word: ajar | Kami diajari cara foto. | Kami dapat pelajaran.
word: ~ajar | Kami dapat pelajaran. | Kami dapat hajaran.
word: =kelas | Ikut kelas. | Ikut kelasnya.
word: bantu | Kami dibantu. | Kami lihat bantuan.
word: latih | Kami ikut berlatih. | Kami ketemu pelatih.
word: pelatihan | Pelatihan-pelatihannya bagus. | Latihan silatnya bagus.
word: usaha | Saya berusaha terus. | Saya kerja di perusahaan.
word: sadar | Kami disadarkan soal itu. | Kesadaran orang sini tinggi.
behind: bimtek | Bimtek untuk ibu-ibu di kelurahan sudah kami selenggarakan. | Bimtek untuk ibu-ibu di kelurahan tidak kami selenggarakan.
behind: sosialisasi | Sosialisasi dari lurah tidak membosankan. | Sosialisasi dari lurah tidak pernah kami rasakan.
behind: seminar | Seminar yang dijadwalkan bulan lalu ramai. | Seminar yang dijadwalkan bulan lalu batal.
behind: modul | Modul itu selesai dicetak. | Modul itu belum selesai dicetak.
behind: mesin jahit | Mesin jahit itu bukan main bagusnya. | Mesin jahit itu bukan dari dinas.
behind: latih | Melatih saja dinas mau. | Melatih saja dinas tidak sanggup.
agent: pendamping | Petugas pendamping mampir ke rumah. | Petugas pendamping tidak mampir ke rumah.
agent: verifikasi | Tim verifikasi ngecek tempat. | Tim verifikasi nggak ngecek tempat.
before: dampingi | Kami pulang sesudah petugas dari dinas datang mendampingi. | Kami pulang tanpa ada satu orang pun yang mendampingi.
double: ~tidak ada aturan | Nggak ada aturan yang tertulis. | Nggak ada aturan yang nggak tertulis.
clause: hanya di | Programnya hanya di satu kelurahan. | Programnya tidak lagi hanya di satu kelurahan.
promised: dampingi | Kami didampingi. | Kami dijanjikan akan didampingi.
promised: pelatihan | Bukan cuma pameran, pelatihan ada. | Janjinya ada pelatihan.
planned: pelatihan | Ada rencana usaha di pelatihan itu. | Pelatihan itu baru rencana.
planned: pelatihan | Pelatihan itu diadakan dinas. | Pelatihan itu akan diadakan dinas.
planned: latih | Kami mau tidak mau dilatih. | Kami baru mau dilatih.
hearsay: modul | Ada modul. | Katanya ada modul.
should: dampingi | Tiap minggu kami didampingi. | Mestinya tiap minggu kami didampingi.
wished: latih | Kami dilatih. | Kami berharap dilatih.
supposed: mesin | Dapat bantuan, saya beli mesin. | Seandainya dapat bantuan, saya beli mesin.
supposed: mesin | Kalau dapat, saya jaga mesin itu. | Kalau saja dapat, saya jaga mesin itu.
rhetorical: pelatihan | Di mana-mana ada pelatihan. | Mana ada pelatihan.
rhetorical: pelatihan | Pelatihan dari dinas tiap bulan? Iya. | Pelatihan dari dinas tiap bulan? Mimpi.
almost: dapat bantuan | Hampir semua dapat bantuan. | Saya hampir dapat bantuan.
over: pendampingan | Pendampingan jalan. | Pendampingan berhenti sejak lurah ganti.
over: usaha | Saya usaha dari nol. | Usaha saya nol.
over: dampingi | Dulu kami jalan sendiri, sekarang didampingi. | Dulu kami didampingi, sekarang sudah tidak.
over: ~tidak punya SOP | Sekarang tidak punya SOP. | Dulu tidak punya SOP, sekarang punya.
over: kosong | Toko saya kosong, sekarang kosong. | Dulu toko saya kosong, sekarang ramai.
sham: bantuan modal | Bantuan modal dua juta. | Bantuan modal cuma wacana.
theirs: pantau | Usaha saya dipantau. | Yang dipantau usaha besar, usaha saya tidak.
theirs: dapat ... mesin | Saya dapat mesin dari dinas. | Saya dapat mesin, bukan dari dinas.
named: ~tidak ... harap | Kami tidak berharap. | Kami berharap.
named: janji | Mereka janji. | Bukan janji.
sentence: latih | Kami dilatih soal kemasan. | Kami dilatih soal kemasan, orangnya nggak galak.
sentence: latih | Biayanya nggak ada. Kami dilatih. | Biayanya nggak ada, kami dilatih.
sentence: latih | Modulnya nggak ada, sekarang kami dilatih. | Modulnya nggak ada sekarang, kami dilatih.
sentence: latih | Dijanjikan modal, ternyata kami dilatih. | Dijanjikan modal, kami dilatih.
sentence: latih | Kami dilatih? Iya. Modulnya nggak ada. | Kami dilatih? Nggak.
sentence: latih | Kami dilatih soal kemasan. | Keponakan saya dilatih soal kemasan.
sentence: latih | Sekarang kami dilatih. | Dilatih dinas, kenyataannya duduk saja.
sentence: latih | Kami dilatih dinas. | Kata dinas kami dilatih.
sentence: ~tidak ... dampingi | Kami nggak didampingi, katanya nggak ada dana. | Kami nggak pernah nggak didampingi, dananya ada.
sentence: ~tidak ... undang | Nggak ada yang diundang. | Bukan kami yang diundang.
question: ?pelatihan ... sering | {Ada pelatihan dari dinas?} Sering, Bu. | {Ada tamu dari dinas?} Sering, Bu.
question: ?pelatihan ... sering | {Ada pelatihan dari dinas?} Sering, Bu. | {Ada pelatihan dari dinas?} Nggak sering, Bu.
question: ?pelatihan | {Ikut pelatihan?} Iya, dua kali. | {Ikut pelatihan?} Nggak pernah.
question: ?ikut ?pelatihan ... kali | {Pernah ikut pelatihan?} Dua kali. | {Pelatihan siapa yang ikut?} Dua kali.
"""
ENGLISH = """
before: train | They trained us. | They did not train us.
before: train | They have trained us. | They haven't trained us.
before: train | We were taught and trained. | We were never trained.
before: training | We got some training. | We got no training.
before: training | We started with training. | We started without training.
before: support | We regularly get support. | We hardly get support.
before: support | We often get support. | We rarely get support.
before: use | I use the app. | I don't use the app.
before: use | I use it daily. | I cannot use it daily.
before: use | We use it. | Nobody can use it.
behind: training | Training happened. | Training never happened.
behind: training | The training was provided. | The training was not provided.
behind: classes | Classes were held. | Classes were never held.
behind: support | Support came. | Support never came.
behind: training | As for training, there was a lot. | As for training, there was none.
list: support | There was training, support and more. | There was never any training, support or visit.
idle: train | They not only trained us but fed us. | They neither trained us nor fed us.
idle: training | No doubt the training helped. | No training helped.
idle: coach | They never stopped coaching us. | They never started coaching us.
idle: support | Without fail the support came. | Without the support we fail.
clause: train | There was no money but they trained us. | There was money but they never trained us.
clause: train | I could not sell but I was trained in sewing. | I could sell though I was never trained.
clause: get ... loan | We get a small loan. | We get lunch, the loan is for others.
named: ~not ... coach | Nobody coached us. | They not only coached us.
named: ~not ... coach | They didn't coach us. | They coached us.
named: no ... training | There was no real training. | There was real training.
promised: training | There was training. | They promised training.
wished: training | We had training. | We hoped for training.
supposed: coach | If they come they coach us. | If only they would come and coach us.
over: coach | They never stopped coaching us. | They stopped coaching us.
over: coach | Formerly we were alone, now they coach us. | Formerly they coached us, now it is different.
almost: training | Almost everyone got training. | We almost got training.
word: sort | We sort the waste. | We sort of manage the waste.
word: use | We use the machine. | We used to walk there.
word: organize | They organized a fair. | They are an organ of the state.
word: train | They taught and trained. | They are trainers.
word: teach | They taught us. | They are teachers.
word: ~train | They trained us. | They rained on us.
word: motivate | It motivates me. | It is about motivation.
question: ?training ... often | {Is there training?} Quite often. | {Is there lunch?} Quite often.
question: ?training | {Did you attend the training?} Yes, twice. | {Did you attend the training?} No, never.
"""


def pairs(language: str, table: str) -> list[tuple[str, str, str, str]]:
    rows = [line.partition(": ")[2].split(" | ") for line in table.strip().splitlines()]
    return [(language, cue, there, absent) for cue, there, absent in rows]


PAIRS = pairs("id", INDONESIAN) + pairs("en", ENGLISH)


def suggests(language: str, cue: str, said: str) -> bool:
    found = re.fullmatch(r"(?:\{(.*)\} )?(.*)", said)
    assert found
    return bool(CueBook([("code", cue, False)], language).suggest(found[2], found[1] or ""))


@pytest.mark.parametrize(("language", "cue", "there", "absent"), PAIRS)
def test_a_cue_tells_that_a_thing_is_there_from_that_it_is_not(
    language: str, cue: str, there: str, absent: str
) -> None:
    assert (suggests(language, cue, there), suggests(language, cue, absent)) == (True, False)
