"""Pairs of sentences for every code of the Medan codebook: the thing there, and the thing not there.

A line is `code | there | not there | counterpart`: where the book has a code for the thing that is not there, the second
sentence gets it. `{question} answer` is an answer with the question before it.
"""

import re
from functools import cache
from pathlib import Path

import pytest

from empowerment_qda.checks.lint import LINT
from empowerment_qda.coding.suggest import make_cue_book
from empowerment_qda.files.read import read_study
from empowerment_qda.language import CueBook
from empowerment_qda.model.study import Study

INDONESIAN = """
training-provided | Dinas mengadakan pelatihan soal kemasan. | Dinas belum pernah mengadakan pelatihan soal kemasan. | training-irregular
training-provided | Kami dilatih orang dinas bikin label produk. | Kami nggak pernah dilatih orang dinas.
training-provided | {Apa saja kegiatan dinas buat UMKM?} Ada bimtek, ada kelas digital juga. | {Apa saja kegiatan dinas buat UMKM?} Bimtek nggak ada, cuma senam bersama.
training-frequency | Tahun ini pelatihan dari dinas sudah lima kali. | Pelatihan dari dinas jarang sekali. | training-irregular
training-frequency | {Berapa kali dinas bikin pelatihan?} Setahun tiga kali, Mas. | {Berapa kali dinas bikin pelatihan?} Nggak tentu, Mas. | training-irregular
training-attended | Saya ikut pelatihan dinas bulan lalu. | Saya belum pernah ikut pelatihan dinas.
training-attended | {Pernah ikut pelatihan dari pemko?} Pernah, dua hari di hotel. | {Pernah ikut pelatihan dari pemko?} Belum pernah, Bu.
training-turnout | Jumlah peserta pelatihan UMKM itu tiga puluh orang. | Pelatihan UMKM itu batal, pesertanya tidak ada.
training-ran-smoothly | Pelatihan dari dinas kemarin lancar, peserta antusias. | Pelatihan dari dinas kemarin tidak lancar, peserta tidak antusias.
participants-hand-picked | Peserta pelatihan dipilih sama dinas. | Peserta pelatihan tidak dipilih-pilih dinas, siapa saja boleh ikut. | training-open-to-all
participants-hand-picked | Kuota pelatihan UMKM dua puluh kursi. | Pelatihan UMKM itu semua boleh ikut. | training-open-to-all
training-open-to-all | Pelatihan dinas itu terbuka buat siapa saja. | Pelatihan dinas itu harus diundang. | participants-hand-picked
training-irregular | {Sering ada pelatihan dari dinas?} Jarang, kadang setahun nggak ada. | {Sering ada pelatihan dari dinas?} Rutin, tiap bulan. | training-on-schedule
training-irregular | Pelatihan dari dinas nggak rutin. | Pelatihan dari dinas nggak pernah putus, rutin terus. | training-on-schedule
training-on-schedule | Tiap bulan ada pelatihan dari dinas, jadwalnya tetap. | Pelatihan dari dinas tidak terjadwal. | training-irregular
no-material-to-keep | Habis pelatihan dinas kami nggak dikasih modul. | Habis pelatihan dinas kami dikasih modul. | material-given
no-material-to-keep | {Ada buku panduan dari pelatihan UMKM itu?} Tidak ada bukunya, Bu. | {Ada buku panduan dari pelatihan UMKM itu?} Ada, kami dapat buku satu-satu. | material-given
material-given | Pelatihan dinas itu modulnya lengkap, bisa dibawa pulang. | Pelatihan dinas itu tanpa modul. | no-material-to-keep
equipment-not-cash | Bantuan dari dinas bentuknya barang, bukan uang. | Bantuan dari dinas bentuknya uang tunai. | capital-support-given
equipment-not-cash | Dinas tidak memberi uang, yang dikasih alat. | Dinas memberi bantuan uang lima juta. | capital-support-given
bank-reference-letter | Dinas bikin surat rekomendasi buat ke bank. | Dinas tidak bikin surat rekomendasi buat ke bank.
aid-by-proposal-and-site-check | Kalau mau bantuan harus bikin proposal, terus disurvei dinas. | Bantuan dinas itu dapatnya tanpa proposal, tidak disurvei.
aid-reduces-cost | Mesin dari dinas bikin hemat, nggak usah beli lagi. | Mesin dari dinas malah nggak bikin hemat.
aid-enables-hiring | Sejak ada mesin dari dinas saya tambah karyawan dua orang. | Biar ada mesin dari dinas saya nggak tambah karyawan.
equipment-outdated | Mesin bantuannya sudah tua, modelnya ketinggalan. | Mesin bantuannya nggak ketinggalan, keluaran baru. | equipment-up-to-date
equipment-outdated | Mutu alat dari dinas jelek, cepat rusak. | Mutu alat dari dinas nggak jelek. Alatnya bagus. | equipment-up-to-date
equipment-up-to-date | Alat yang dikasih dinas bagus, masih baru. | Alat yang dikasih dinas nggak bagus. Alat dinas itu barang bekas. | equipment-outdated
equipment-handed-over | Kami dapat mesin jahit dari dinas. | Kami nggak dapat mesin jahit dari dinas.
equipment-handed-over | {Bantuan apa yang Ibu terima dari dinas?} Oven satu, Bu. | {Bantuan apa yang Ibu terima dari dinas?} Oven belum pernah dikasih, Bu.
capital-support-given | Kami terima bantuan modal dua juta dari pemko. | Bantuan modal dari pemko belum pernah kami terima.
marketplace-skills-gained | Sesudah kelas saya jadi bisa jualan online. | Sesudah kelas saya tetap nggak bisa jualan online.
marketplace-onboarding | Dinas kerja sama dengan Shopee, kami dibuatkan akun. | Dinas nggak kerja sama dengan Shopee, kami nggak dibuatkan akun.
no-followup | Habis pelatihan nggak ada yang mendampingi. | Habis pelatihan kami didampingi. | follow-up-given
no-followup | Setelah bantuan turun, dinas tidak pernah datang lagi. | Setelah bantuan turun, dinas masih sering datang. | follow-up-given
follow-up-given | Pendampingan dari dinas jalan terus sesudah kelas. | Pendampingan dari dinas nggak ada sesudah kelas. | no-followup
follow-up-given | {Sesudah pelatihan, dinas ngapain?} Kami dipantau tiap bulan. | {Sesudah pelatihan, dinas ngapain?} Kami nggak dipantau. | no-followup
account-inactive | Toko Shopee saya sudah tidak aktif. | Toko Shopee saya masih aktif. | account-in-use
account-inactive | {Akun Tokopedia-nya masih dipakai?} Sudah lama nggak dibuka. | {Akun Tokopedia-nya masih dipakai?} Masih dipakai, tiap hari ada pesanan masuk. | account-in-use
account-dormant-no-time | Toko online saya jarang diurus, nggak sempat. | Toko online saya tiap hari saya urus, pesanan masuk terus. | account-in-use
account-in-use | Pesanan masuk tiap hari di toko Shopee saya. | Pesanan nggak pernah masuk. Toko Shopee saya mati. | account-inactive
online-shop-exists | Tangkapan layar toko Shopee milik seorang perajin. | Tidak ada tangkapan layar toko Shopee.
rules-in-place | Dinas punya SOP buat pembinaan UMKM. | Dinas belum punya SOP buat pembinaan UMKM. | rules-missing
rules-in-place | Aturan tertulis soal siapa dibina dinas sudah ada. | Aturan tertulis soal siapa dibina dinas belum ada. | rules-missing
rules-missing | Tidak ada standar yang jelas di dinas soal UMKM. | Ada standar yang jelas di dinas soal UMKM. | rules-in-place
cluster-programme-launched | Wali kota meluncurkan program sentra di tiap kelurahan. | Program sentra di kelurahan belum diluncurkan wali kota.
programme-not-reached | Program sentra belum sampai ke kelurahan saya. | Program sentra sudah sampai ke kelurahan saya. | programme-reached
programme-reached | Di kelurahan kami sentranya sudah jalan. | Di kelurahan kami sentranya belum jalan. | programme-not-reached
programme-reach-limited | Program sentra itu baru di satu kecamatan saja. | Program sentra itu sudah di semua kecamatan. | programme-widespread
programme-widespread | Sentra usaha itu sudah ada di mana-mana. | Sentra usaha itu belum ada di mana-mana. Sentranya baru di Tuntungan saja. | programme-reach-limited
showcase-and-exhibitions | Produk kami diajak dinas ikut pameran. | Produk kami tidak pernah diajak dinas ikut pameran. | exhibitions-uneven
showcase-and-exhibitions | Dinas memajang produk kami di galeri. | Dinas tidak memajang produk kami di galeri.
exhibitions-uneven | Yang ikut pameran dinas orangnya itu-itu saja. | Yang ikut pameran dinas digilir, semua kebagian. | exhibitions-shared-out
exhibitions-shared-out | Stan pameran dari dinas itu bergiliran. | Stan pameran dari dinas itu tidak bergiliran. Pilih kasih. | exhibitions-uneven
still-dependent-on-aid | Pelaku usaha di sini masih bergantung sama bantuan. | Pelaku usaha di sini sudah mandiri, nggak bergantung sama bantuan. | self-reliant
still-dependent-on-aid | Kami masih menunggu bantuan dari dinas. | Kami nggak menunggu bantuan dari dinas, pakai modal sendiri. | self-reliant
self-reliant | Usaha saya jalan dengan modal sendiri, tanpa bantuan dinas. | Usaha saya belum mandiri, menunggu bantuan dinas. | still-dependent-on-aid
takes-part-in-decisions | Sebelum program jalan kami diajak musyawarah, usul kami dipakai. | Kami tidak pernah diajak musyawarah soal program itu. | left-out-of-decisions
left-out-of-decisions | Waktu program disusun kami tidak ditanya. | Waktu program disusun kami ditanya dulu butuh apa. | takes-part-in-decisions
training-on-schedule | Pelatihan dinas nggak pernah meleset, tiap bulan ada. | Jadwal pelatihan dinas nggak tetap. | training-irregular
participants-hand-picked | Saya nggak lolos seleksi peserta pelatihan dinas. | Pelatihan dinas nggak pakai diundang. Siapa saja boleh. | training-open-to-all
material-given | Modul pelatihan dinas mudah dibaca. | Modul pelatihan dinas nggak ada. | no-material-to-keep
no-followup | Pendampingan dari dinas nggak pernah ada. | Pendampingan dari dinas nggak pernah putus. | follow-up-given
rules-missing | SOP di dinas nggak ada. | SOP di dinas nggak ribet. | rules-in-place
account-inactive | Toko Shopee saya tutup. | Toko Shopee saya nggak sepi lagi, pesanan masuk terus. | account-in-use
self-reliant | Usaha saya tetap jalan tanpa bantuan dinas. | Kalau bantuan dinas berhenti usaha saya ikut berhenti. | still-dependent-on-aid
left-out-of-decisions | Usul kami soal program ditolak dinas. | Usul kami soal program diterima dinas. | takes-part-in-decisions
equipment-handed-over | Mesin jahit dari dinas sudah kami terima. | Mesin jahit dari dinas masih dijanjikan.
equipment-up-to-date | Mesin dari dinas bukan barang bekas. Mesinnya masih bagus. | Mesin dari dinas nggak bagus. Barang bekas. | equipment-outdated
cluster-programme-launched | Sentra usaha itu sudah diresmikan. | Sentra usaha itu belum diresmikan.
capital-support-given | Bantuan modal dari dinas cair dua juta. | Bantuan modal dari dinas cuma janji, nggak cair.
"""
ENGLISH = """
training-provided | The agency holds training on packaging. | The agency never holds training on packaging.
training-frequency | The agency held training four times this year. | The agency rarely holds training. | training-irregular
training-attended | I joined the agency's training last year. | I never joined the agency's training.
training-turnout | Thirty participants came to the agency's class. | There were no participants at the agency's class.
training-ran-smoothly | The agency's class ran smoothly and people were enthusiastic. | The agency's class did not run smoothly.
participants-hand-picked | The agency selects who can join the training. | The agency does not select. Everyone can join the training. | training-open-to-all
training-open-to-all | The agency's training is open to everyone. | The agency's training is not open to everyone. You must be invited. | participants-hand-picked
training-irregular | Training by the agency has no schedule. | Training by the agency has a fixed schedule. | training-on-schedule
training-on-schedule | There is training by the agency every month. | There is no training by the agency every month, it is rare. | training-irregular
no-material-to-keep | We got no module after the agency's training. | We got a module after the agency's training. | material-given
material-given | The agency's class gave us a handout. | The agency's class gave us no handout. | no-material-to-keep
equipment-not-cash | The agency's aid is tools, not cash. | The agency's aid is cash, a sum of money. | capital-support-given
bank-reference-letter | The agency wrote a recommendation to the bank for us. | The agency did not write a recommendation to the bank.
aid-by-proposal-and-site-check | To get aid you write a proposal and they survey the place. | You get aid without a proposal and nobody surveys the place.
aid-reduces-cost | The agency's machine saves us money. | The agency's machine doesn't save us money.
aid-enables-hiring | With the agency's machine I hired two more people. | Even with the agency's machine I did not hire more people.
equipment-outdated | The machine from the agency is an old type. | The machine from the agency is not an old type. It is a new type. | equipment-up-to-date
equipment-up-to-date | The tools from the agency are of good quality. | The tools from the agency are not of good quality. They are outdated. | equipment-outdated
equipment-handed-over | The agency handed over a sewing machine. | The agency didn't hand over a sewing machine.
capital-support-given | The city gave us capital support of five million. | The city gave us no capital support.
marketplace-skills-gained | After the class I learned how to sell online. | After the class I still don't know how to sell online.
marketplace-onboarding | The agency helped us register on Shopee. | The agency did not help us register on Shopee.
no-followup | After the training nobody from the agency visited us. | After the training the agency still visited us. | follow-up-given
follow-up-given | The agency coached us after the class. | The agency did not coach us after the class. | no-followup
account-inactive | My shop on Tokopedia is no longer active. | My shop on Tokopedia is still active. | account-in-use
account-dormant-no-time | I have no time to run my online shop. | I run my online shop every day, orders come in. | account-in-use
account-in-use | Orders come in at my online shop every day. | I don't use my online shop any more. | account-inactive
online-shop-exists | A screenshot shows a Shopee shop. | There is no screenshot of a shop.
rules-in-place | The agency has written rules for assisting firms. | The agency has no written rules for assisting firms. | rules-missing
rules-missing | There is no clear procedure at the agency. | There is a clear procedure at the agency. | rules-in-place
cluster-programme-launched | The mayor launched the cluster programme. | The mayor never launched the cluster programme.
programme-not-reached | The programme has not reached our ward. | The programme has reached our ward. | programme-reached
programme-reached | The cluster is already running in our ward. | The cluster is not running in our ward. | programme-not-reached
programme-reach-limited | The cluster programme is only in one sub-district. | The cluster programme is not in one sub-district only. The programme is everywhere. | programme-widespread
programme-widespread | The cluster programme is in every ward now. | The cluster programme is not in every ward. It is only in one ward. | programme-reach-limited
showcase-and-exhibitions | The agency takes our products to fairs. | The agency never takes our products to fairs.
exhibitions-uneven | It is always the same people at the agency's fair. | It is not always the same people. We take turns at the agency's fair. | exhibitions-shared-out
exhibitions-shared-out | The stalls at the agency's fair rotate. | The stalls at the agency's fair never rotate. Only the big brands get them. | exhibitions-uneven
still-dependent-on-aid | Many owners still depend on aid. | Many owners no longer depend on aid. | self-reliant
self-reliant | I run the business on my own capital, without aid. | I can't run the business without aid. | still-dependent-on-aid
takes-part-in-decisions | The agency asked our opinion before it decided. | The agency never asked our opinion. | left-out-of-decisions
left-out-of-decisions | We were not involved in the agency's decision. | We were involved in the agency's decision. | takes-part-in-decisions
"""
# Promised, supposed, denied far off, somebody else's, over: the code must not be suggested.
NOT_SO = """
training-provided | Rencananya dinas mau bikin pelatihan kemasan tahun depan.
training-provided | Kalau saja ada pelatihan dari dinas, usaha saya lain ceritanya.
training-provided | Bimtek buat UMKM dibatalkan karena dananya dipangkas.
training-provided | Sosialisasi dari dinas tidak pernah kami laksanakan.
training-attended | Usaha saya ikut macet gara-gara hujan.
training-attended | Yang ikut pelatihan dinas itu tetangga, saya tidak.
training-on-schedule | Dulu tiap minggu ada kelas dari dinas, belakangan sepi.
training-on-schedule | Pelatihan dinas tiap bulan itu cuma di brosur.
training-irregular | Bukannya tidak ada pelatihan dari dinas, kami yang malas.
training-irregular | Pelatihan dinas nggak pernah nggak ada.
training-open-to-all | Katanya pelatihan itu semua boleh ikut, kenyataannya tidak.
participants-hand-picked | Seleksi peserta pelatihan sudah dihapus.
material-given | Pulang pelatihan tangan kosong tanpa ada satu pun modul.
material-given | Kami minta modul pelatihan, dinas cuma senyum.
material-given | Panitia pelatihan lupa membagikan modul.
no-material-to-keep | Pelatihan dinas nggak pernah nggak ada modulnya.
follow-up-given | Mestinya habis pelatihan kami didampingi.
follow-up-given | Pendamping dari dinas nggak mampir ke rumah saya.
follow-up-given | Pendampingan dinas berjalan cuma sebulan, terus hilang.
follow-up-given | Yang dipantau dinas cuma usaha besar, kami tidak.
no-followup | Waktu kelas bubar, kami foto bersama petugas dinas.
no-followup | Dulu nggak ada pendampingan dari dinas, sekarang tiap minggu.
no-followup | Tidak benar kalau dinas tidak memantau kami habis pelatihan.
equipment-handed-over | Saya dapat mesin jahit dari mertua, bukan dari dinas.
equipment-handed-over | Mesin dari dinas diserahkan ke orang lain, bukan kami.
capital-support-given | Bantuan modal dari dinas cuma wacana.
equipment-outdated | Saya kira mesin dinas barang bekas, ternyata baru.
equipment-up-to-date | Mesin dari dinas jauh dari canggih.
aid-reduces-cost | Katanya mesin dinas bikin hemat, nyatanya boros.
aid-by-proposal-and-site-check | Petugas verifikasi dinas tidak memeriksa usaha saya.
bank-reference-letter | Dinas janji bikin surat rekomendasi ke bank.
marketplace-onboarding | Kerja sama dinas dengan Shopee sudah berakhir.
account-in-use | Akun Shopee tetangga masih aktif, punya saya tidak.
account-inactive | Toko Shopee saya hampir mati, tapi sekarang hidup lagi.
rules-in-place | Pedoman pembinaan UMKM belum disusun.
rules-missing | Di dinas nggak ada aturan yang nggak tertulis.
programme-widespread | Program sentra mestinya sudah merata.
programme-not-reached | Dulu program sentra nggak sampai sini, sekarang sudah.
exhibitions-shared-out | Stan pameran dinas dijanjikan bergiliran.
still-dependent-on-aid | Meski bantuan berhenti usaha saya tetap hidup.
still-dependent-on-aid | Tanpa bantuan pun usaha saya nggak tutup.
self-reliant | Usaha saya mana bisa berdiri sendiri, semua bantuan.
self-reliant | Tanpa bantuan dinas usaha saya tutup.
takes-part-in-decisions | Musyawarah soal program dinas nggak pernah kami hadiri.
takes-part-in-decisions | Kalau saja kami ditanya dulu soal programnya.
left-out-of-decisions | Usul kami soal program nggak pernah ditolak dinas.
"""
# And what such words take nothing from: behind a contrast, in another sentence, or beside a cue that denies itself.
STILL_SO = """
training-provided | Kami dilatih dinas soal kemasan, sekarang kami lebih paham.
training-attended | Saya ikut pelatihan dinas. Suami saya tidak.
training-irregular | Pelatihan dinas jarang, katanya nggak ada dana.
no-material-to-keep | Janjinya dikasih modul, tapi pelatihan dinas nggak ada modul.
follow-up-given | Dulu kami jalan sendiri, sekarang didampingi dinas.
no-followup | Harusnya ada pendampingan, tapi dinas nggak pernah memantau.
equipment-handed-over | Kami sudah dapat mesin jahit dari dinas. Nggak bayar.
equipment-outdated | Mesin dari dinas katanya baru, ternyata barang bekas.
account-inactive | Dulu ramai, sekarang toko Shopee saya mati.
rules-missing | Dinas belum punya SOP, rencananya disusun tahun depan.
exhibitions-uneven | Katanya digilir, nyatanya pameran dinas pilih kasih.
still-dependent-on-aid | Maunya mandiri tapi kami masih bergantung sama bantuan dinas.
self-reliant | Dulu bergantung bantuan dinas, sekarang modal sendiri.
left-out-of-decisions | Janjinya dilibatkan, tapi kami tidak pernah ditanya dinas.
"""
DAILY = """
Anak saya kelas dua, jadwal sekolahnya padat, tiap minggu ada les.
{Gimana sekolah anaknya?} Alhamdulillah, bukunya dikasih sekolah, gurunya rajin mendampingi.
{Pernah ikut lomba?} Pernah, dua kali, pesertanya tiga puluh orang.
Motor saya keluaran lama, mesinnya tua, cepat rusak.
{Motornya gimana?} Mesinnya masih baru, jalannya kencang, hemat bensin.
Adik saya sudah mandiri, kerja di Batam, punya modal sendiri buat nikah.
Pelatih bolanya galak, latihan tiap sore, tapi tim jarang menang.
{Sering latihan?} Rutin, seminggu tiga kali, siapa saja boleh ikut.
Toko sebelah tutup, pemiliknya nggak sempat jaga.
Saya belanja online, pesanan masuk tadi pagi, diantar kurir.
Akun Facebook saya sudah lama nggak dibuka, lupa kata sandinya.
Dokter kasih surat rujukan, terus disuruh ke rumah sakit.
Nenek bergantung sama obat, nggak bisa tanpa bantuan orang.
Di rumah, kami ditanya dulu mau masak apa, ikut memutuskan juga.
Orang tua saya nggak pernah minta pendapat, tahu-tahu pindah rumah.
Kakak dapat mesin cuci dari mertua, bukan uang.
Hujannya merata di semua kecamatan.
{Sudah hujan di sana?} Di sini belum sampai, baru mendung.
Aturan di rumah kos itu jelas, ada tertulis di pintu.
Nggak ada aturan di jalan itu, semua menerobos.
Arisannya bergiliran, bulan ini saya yang dapat dua juta.
Saya nonton pameran lukisan sama teman.
Pemerintah menaikkan harga bensin lagi.
Program televisi itu membosankan.
Bantuan ambulans terlambat datang, padahal sudah ditelepon.
Saya masih pakai HP lama, aplikasinya sering mati.
{Ikut senam?} Ikut, tiap minggu di kelurahan.
Rapat RT kemarin memutuskan iuran naik, semua setuju.
Ibu mengajari saya memasak, sekarang saya jadi bisa bikin rendang.
Kelas yoga itu penuh, pelatihnya sabar, jadi semangat.
Tabungan saya habis buat berobat, terpaksa pinjam bank.
Pasarnya terbuka untuk siapa saja, parkirnya luas.
Penjaga museum memilih peserta lomba gambar.
Di kampung kami listrik belum masuk, cuma di kota saja.
Kursi di bus cuma dua puluh, kuotanya terbatas.
Adik kuliah, modulnya tebal, dosennya jarang datang.
Pabrik itu tambah karyawan, pesanannya banyak.
Paman jual mobil bekas, katanya hasilnya lumayan.
Uang tunai saya nggak bawa, bayarnya pakai kartu.
Katanya dokter cuma datang sebulan sekali ke desa itu.
"""
DAILY_ENGLISH = """
The school gave us a handout about the trip.
My son joined a football class and the coach visits every week.
We took turns driving, it was always the same people before.
I have no time to cook these days.
She runs a shop on her own money.
The doctor asked our opinion before he decided.
The bus comes every hour, there is a fixed schedule.
The library is open to everyone.
My phone is an old type and breaks down.
He hired two more people for the garden.
The flood reached our ward but not the market.
"""


def lines(table: str) -> list[list[str]]:
    return [[part.strip() for part in line.split("|")] for line in table.strip().splitlines()]


PAIRS = [
    (language, code, there, absent, *(other or [""]))
    for language, table in (("id", INDONESIAN), ("en", ENGLISH))
    for code, there, absent, *other in lines(table)
]


@cache
def medan() -> Study:
    return read_study(Path(__file__).parents[2])


@cache
def book(language: str) -> CueBook:
    return make_cue_book(medan().codebook, language)


def suggested(language: str, said: str) -> set[str]:
    found = re.fullmatch(r"(?:\{(.*)\} )?(.*)", said)
    assert found
    return {str(one.key) for one in book(language).suggest(found[2], found[1] or "")}


@pytest.mark.parametrize(("language", "code", "there", "absent", "counterpart"), PAIRS)
def test_what_is_there_gets_its_code_and_what_is_not_gets_the_counterpart(
    language: str, code: str, there: str, absent: str, counterpart: str
) -> None:
    first, second = suggested(language, there), suggested(language, absent)
    assert code in first
    assert counterpart not in first
    assert code not in second
    assert not counterpart or counterpart in second


def test_every_code_has_its_pair_in_either_language() -> None:
    leaves = {place.code.id for place in medan().codebook.walk() if not place.code.codes}
    for wanted in ("id", "en"):
        assert {code for language, code, *_ in PAIRS if language == wanted} == leaves
    assert leaves == {place.code.id for place in medan().codebook.walk() if place.code.cues.suggest}


@pytest.mark.parametrize(
    ("language", "said"),
    [(language, said) for language, talk in (("id", DAILY), ("en", DAILY_ENGLISH)) for [said] in lines(talk)],
)
def test_talk_about_daily_life_gets_no_code(language: str, said: str) -> None:
    assert suggested(language, said) == set()


@pytest.mark.parametrize(("code", "said"), lines(NOT_SO))
def test_what_is_promised_supposed_denied_far_off_or_over_does_not_get_the_code(code: str, said: str) -> None:
    assert code not in suggested("id", said)


@pytest.mark.parametrize(("code", "said"), lines(STILL_SO))
def test_a_promise_or_a_past_in_another_sentence_or_before_a_contrast_takes_nothing_away(
    code: str, said: str
) -> None:
    assert code in suggested("id", said)


def test_there_is_nothing_to_look_at_in_the_codebook() -> None:
    assert [str(one) for check in LINT for one in check(medan())] == []
