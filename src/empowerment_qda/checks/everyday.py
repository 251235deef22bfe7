"""Everyday talk that is about no programme, policy or help: home, food, weather, school, roads, illness, feasts, sport.

Written for this project. A cue that fires here would fire on anybody's talk about anything.
"""

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
