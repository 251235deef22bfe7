"""Indonesian words that rules alone get wrong: spoken and shortened forms, and forms with a life of their own.

Written by hand for this project. A line of `FORMS` is `stem: form form ...`: all the forms have that stem.
"""

# How people talk and type. The stem on the left is the standard word.
SPOKEN = """
tidak: nggak enggak engga ngga gak ga gk nda ndak ndk kagak kaga tak tdk gag nggk ngak
sudah: udah udh udeh suda dah sdh sudh
belum: belom blm blom lom
saja: aja aj aje ajah doang doank
kalau: kalo klo klau kl kalu klw
bagaimana: gimana gmn gmana gimna bgmn bgaimana begimana
mengapa: kenapa knp napa ngapa knapa
seperti: sperti kayak kyk kek kyak sprti
buat: bikin bkin ngebuat ngebikin bwt
cuma: cuman
memang: emang emg mmg emank
ingin: pengen pengin pingin pgn pngen kepengen kepingin pengenin kepengin
nanti: ntar entar nti ntr
besar: gede gedhe
uang: duit fulus
dengan: dgn dg dngn
yang: yg yng
untuk: utk untk
karena: krn karna krena gara-gara
juga: jg jga
sangat: bgt banget bngt bngd sgt bingit
sama: sm sma ama
jadi: jd jdi
tetapi: tapi tp tpi ttpi
dari: dri
daripada: drpd
kepada: kpd kpada
pada: pd
dalam: dlm
sebagai: sbg sbgai
begitu: gitu gtu bgitu gt
begini: gini bgini
terus: trus trs teros
masih: msh masi msih
bisa: bs bsa
harus: hrs kudu mesti musti hrus
boleh: blh
banyak: bnyk byk bnyak
sedikit: dikit dkit sdikit
lebih: lbh lbih
lagi: lg lgi
tetap: ttp
jangan: jgn jngan
bukan: bkn
punya: pny pnya
sekarang: skrg skrng skarang skg skrang
kemarin: kmrn kemaren kmaren
tadi: td tdi
sering: srg sring
orang: org wong
teman: temen tmn tmen
saudara: sodara sdr sdri
bapak: bpk bapa pak
ibu: bu ibuk buk
aku: gue gw gua ane aq akuh
saya: sy sya
kamu: lu lo loe elo elu kmu kau
kalian: klian
mereka: mrk mrka mreka
semua: smua smw semuanye
setiap: tiap stiap tiap-tiap
hanya: hny
apa: ape apaan ngapain
siapa: siape
kapan: kpn kpan
berapa: brp brapa brpa
mana: kemana dimana darimana kmn dmn mane
sini: disini kesini dsini
sana: disana kesana dsana
situ: disitu kesitu
tahu: tau tw ketauan tauk
lihat: liat ngeliat ngliat diliat keliatan liatin ngeliatin diliatin
hilang: ilang
hitung: itung
habis: abis abisin ngabisin abes
sampai: sampe nyampe smpe ampe nyampek sampek
pakai: pake make pakek makek dipake kepake
ramai: rame
capek: cape cpk
kecil: kecik
datang: dateng dtg dtng
dapat: dapet dpt dpet
benar: bener bnr bner
pintar: pinter
senang: seneng
malas: males
cepat: cepet
dekat: deket
ingat: inget
dengar: denger
antar: anter
simpan: simpen
tempat: tmpt tmpat
minggu: mgg
bulan: bln
tahun: thn
tanggal: tgl
jalan: jln
rumah: rmh
ribu: rb rebu
juta: jt
rupiah: rp
nomor: nmr nomer
barang: brg brng
bahasa: bhs
informasi: info
beri: kasih kasi ksh ngasih ngasi kasihin dikasih dikasi ngasihin dikasihin kasihkan kukasih
terima kasih: makasih makasi mksh mksih terimakasih trimakasih tengkyu thx trims tq
mau: mo mw mao
iya: iy yoi iyah iye
ya: yah yaa ye yha
ini: nih ni ne
itu: tuh tu
kan: kn
mungkin: mgkn mungkn
percuma: percumah
lumayan: lmayan
gratis: gretong
bareng: barengan
omong: ngomong ngomongin diomongin
obrol: ngobrol ngobrolin
mengerti: ngerti dimengerti pengertian ngertiin
cari: nyari nyariin pencari
cuci: nyuci nyuciin
catat: nyatet nyatat dicatet catet
ubah: ngerubah merubah dirubah rubah
coba: nyobain nyoba cobain
tanya: nanya nanyain nanyak tanyain
telepon: telpon telfon nelpon nelfon nelepon tlp telp telepun
tidur: tdr
bayar: byr byar
harga: hrg
jual: jualan
ketik: ngetik mengetik pengetikan
kumpul: ngumpul ngumpulin
kantuk: ngantuk
tertawa: ketawa
harap: ngarep ngarepin
kasihan: kasian kesian
pantas: pantes
padat: padet
gemas: gemes
tebal: tebel
kencang: kenceng
seram: serem
pesan: pesen
tangkap: tangkep
lipat: lipet
balas: bales
bulat: bulet
buram: burem
naik: naek
main: maen
lain: laen
air: aer
jatuh: jatoh
baik: baek
jauh: jaoh
tahan: tahen
tahun: taun taon
hidup: idup
hancur: ancur
hujan: ujan
hidung: idung
bohong: boong
pahit: pait
khusus: kusus
maaf: maap
pikir: fikir
atau: ato atw
sekolah: skolah
keluar: kluar
keluarga: kluarga
semoga: smoga moga
semangat: smangat
selamat: slamat slamet
sekitar: skitar
berani: brani
berita: brita
perempuan: prempuan
mbak: mba
cowok: cowo
cewek: cewe
adik: adek
hitam: item
tetap: tetep
sempat: sempet
malam: malem
segar: seger
macam: macem
pedas: pedes
bosan: bosen
asam: asem
sambal: sambel
diam: diem
matang: mateng
mantap: mantep
sebal: sebel
mabuk: mabok
pagar: pager
lancar: lancer
batas: bates
pendam: pendem
lambat: lambet
rapat: rapet
gampang: gampil
putar: puter muter
pasti: psti
selalu: slalu
sekali: skali
sekalian: skalian
sendiri: sndiri
sebentar: bentar bntr
seberapa: sbrp
perlu: prlu
pernah: prnh
pertama: prtama
masalah: mslh
kerja: krja
anak: ank
bantu: bntu
baru: bru
coba: cb
setelah: stlh stelah
sebelum: sblm sblum
selama: slama
pakai: pk
tanpa: tnpa
hampir: hmpir
kurang: krg kurg
sulit: slit
langsung: lgsg lgsung langsng
tersebut: tsb
alhamdulillah: alhamdulilah
nah: naah
bangkrut: bangkrupt
"""

# Spellings that Kamus Besar does not take but people write.
SPELLINGS = """
izin: ijin
risiko: resiko
praktik: praktek
aktivitas: aktifitas
aktif: aktiv
kreativitas: kreatifitas
efektivitas: efektifitas
produktivitas: produktifitas
analisis: analisa
utang: hutang
nasihat: nasehat
zaman: jaman
antre: antri
karier: karir
sila: silakan silahkan
kualitas: kwalitas
kuitansi: kwitansi
sekadar: sekedar
omzet: omset
peduli: perduli
sertifikat: sertipikat
provinsi: propinsi
jadwal: jadual
objek: obyek
subjek: subyek
teknik: tehnik
metode: metoda
standardisasi: standarisasi
bazar: bazaar
miliar: milyar
november: nopember
apotek: apotik
putri: puteri
putra: putera
istri: isteri
massal: masal
komentar: komen
"""

# Forms whose meaning has left the root behind, so that a cue for one must not find the other
# (income is not "can", a participant is not "and", during is not "old").
OWN = """
pendapatan: pendapatan
pendapat: pendapat
penghasilan: penghasilan
berhasil: berhasil
pengeluaran: pengeluaran
kesempatan: kesempatan
kepentingan: kepentingan
keadaan: keadaan
adakan: mengadakan diadakan pengadaan adakan adain ngadain diadain
alami: pengalaman berpengalaman alami ngalamin ngalami
pemerintah: pemerintah
peserta: peserta
sebagai: sebagai
berbagai: berbagai
bagian: bagian sebagian
terhadap: terhadap
menurut: menurut
mengenai: mengenai
menentang: menentang ditentang penentang bertentangan pertentangan
selama: selama
setelah: setelah
sebelum: sebelum
mendalam: mendalam mendalami memperdalam pendalaman didalami
mengatasi: mengatasi diatasi teratasi atasi
atasan: atasan
termasuk: termasuk
tersebut: tersebut
meninggal: meninggal
melalui: melalui
merupakan: merupakan
lakukan: melakukan dilakukan lakukan lakuin ngelakuin dilakuin
pelaku: pelaku
berlaku: berlaku
perlakuan: perlakuan memperlakukan diperlakukan
berikut: berikut
selain: selain
melainkan: melainkan
bersama: bersama
terjadi: terjadi kejadian
berdiri: berdiri mendirikan didirikan pendiri pendirian
terdiri: terdiri
secara: secara
menghargai: menghargai dihargai hargai penghargaan hargain dihargain ngehargain
ternyata: ternyata
nyatakan: menyatakan dinyatakan pernyataan nyatakan
akui: mengaku mengakui diakui pengakuan akui ngaku ngakuin
pengumuman: pengumuman mengumumkan diumumkan
persatuan: persatuan
satuan: satuan
peroleh: memperoleh diperoleh perolehan
perbaiki: memperbaiki diperbaiki perbaikan benerin dibenerin ngebenerin
menengah: menengah
setengah: setengah
tertentu: tertentu
tentukan: menentukan ditentukan penentuan ketentuan
sampaikan: menyampaikan disampaikan penyampaian sampein nyampein
tangani: menangani ditangani penanganan
setuju: menyetujui disetujui persetujuan setuju
penduduk: penduduk kependudukan
keterangan: keterangan
kemukakan: mengemukakan dikemukakan
tetapkan: menetapkan ditetapkan penetapan
menganggur: pengangguran penganggur nganggur
pemilu: pemilu
pemuda: pemuda
terlalu: terlalu
sedangkan: sedangkan
memadai: memadai
pekan: sepekan
"""

# Where -kan and -an compete, or a prefix hides the root's first letter, and the rules take the wrong one.
ROOTED = """
gerak: gerakan gerakkan
letak: letakan
tarik: tarikan
wirausaha: wirausahawan wirausahawati
kutuk: kutukan
desak: desakan
tekan: tekanan
kontrak: kontrakan
bajak: bajakan
tepuk: tepukan
suntik: suntikan
ketuk: ketukan
retak: retakan
teriak: teriakan
masuk: masukan
tembak: tembakan
tumpuk: tumpukan
aju: ajukan
paku: terpaku
ramal: peramal
tani: petani
beli: belikan membelikan dibelikan
rasa: rasai
terima: nrima trima
turut: menuruti dituruti nurut
bagi: pembagian kebagian
gali: penggali
rata: pemerataan
musyawarah: permusyawaratan
tinggal: meninggalkan ditinggalkan tinggalkan
ikut: keikutsertaan ikutserta
gelut: bergelut
rampas: perampasan merampas dirampas
kelahi: berkelahi perkelahian
"""

FORMS = SPOKEN + SPELLINGS + OWN + ROOTED

# Of these forms, those that are nouns made from their stem, and other words than it.
NOUNS = """
pengertian pencari pengetikan pengadaan pengalaman berpengalaman penentang pertentangan pendalaman kejadian pendiri
pendirian penghargaan pernyataan pengakuan perolehan perbaikan penentuan ketentuan penyampaian penanganan persetujuan
kependudukan penetapan pengangguran penganggur gerakan tarikan wirausahawan wirausahawati kutukan desakan tekanan
kontrakan bajakan tepukan suntikan ketukan retakan teriakan masukan tembakan tumpukan peramal petani penggali pembagian
pemerataan permusyawaratan keikutsertaan perampasan perkelahian
"""

# Listed roots that other words must not be cut down to: rare, foreign or themselves derived.
NOT_INNER = """
agen asih baran bedak berisik beru bilah dekan erti etik ilah jaran kalian kawasan kece kerumun lahan laman
lang lidi mada madam maka mutan nang neng nian perban popor rana rusa sera sumba
"""

# The roots of three letters that words are really made from; the others that are listed are names and noises.
SHORT = """
aba abu acu ada adu air aji aju apa api bab bau bom bon bor bos bui cap cas cat cek cor dia doa dua eja esa
gas gol hak iba ibu ide ijin ini iri isi isu itu iur iya jam kas lap las lem les mau nol obi oli pas pos rem
sah set sia sua tes tik tim tua uap uji ulu
"""

# Words in daily use that the list of roots lacks, and that take affixes: diupload, postingan, mempromosikan.
LOANS = """
online offline upload download posting website web internet facebook instagram whatsapp tiktok youtube
shopee tokopedia lazada bukalapak blibli gojek google zoom telegram twitter marketplace ecommerce branding
packing packaging training meeting webinar workshop coaching mentoring networking startup bisnis marketing
market promo endorse order reseller dropship dropshipper supplier customer chat call login logout admin
account password email link konten content scan barcode qris transfer cash cashless fintech pinjol paylater
ongkir outlet medsos sosmed wirausaha swadaya swasembada daring luring gawai warganet unggah unduh
fasilitasi digitalisasi sosialisasi monitoring evaluasi modern mentor editor vendor trending viral update
upgrade setting edit print fotokopi lockdown pandemi covid share follow review rating request survei survey
klik install instal charge display desain design setup supervisi validasi verifikasi registrasi legalitas
inkubasi inkubator kurasi pelaksana
"""

# Words in daily use that look as if they had an affix: kept as they are, and no root for others.
KEPT = """
member mama mami mall food mikro makro umkm ukm nib pirt kur bumn bumdes pkl followers follower like feed
story reels live streaming brand startups trend tren coin bitcoin margin begin plugin skin maximal minimal
maksimal manager manajer manajemen market business music musik musala mushola masjid mading mie moms mbak
mas nona nyonya kafein kokain news note notes need nice near mix mind medan binjai marelan belawan nias
nusantara martin kevin robin justin berlin dublin nanda nita nina maya mira mega nadia maria mila ngawi
nganjuk magelang madura manado mataram palembang pekanbaru jambi banten bekasi depok bogor tangerang jakarta
surabaya semarang yogyakarta tegal cirebon kudus sumatra sumatera sumut jawa kalimantan sulawesi papua aceh
riau lampung bengkulu pontianak banjarmasin samarinda balikpapan makassar kendari gorontalo ternate ambon
jayapura kupang denpasar lombok serdang helvetia siantar karo toba samosir dairi asahan bali maluku
pekalongan tarakan kuantan bangkalan bengkalis tabanan temanggung tapanuli batubara labuhanbatu simalungun
kebayoran
"""

# The verbs whose first letter p or t melts in speech without any other sign (milih, nunggu): other words in
# m- and n- are left alone, for most of them are names and loans.
MELTING = """
pacu padam pahami pahat pajang pakai paksa paku palsu pamer pamit panas pancing pandang panen panggil
pangkas panjat pantau pantul pasang pasok patok pecah pegang pelihara peluk penuhi perah peras perbaiki
percaya periksa peringati pesan petik piara pijat pikir piknik pilah pilih pimpin pindah pinjam pisah pompa
posting potong potret produksi proses pukul pulang pulih pungut pupuk putar putus tabrak tabung tagih tahan
taksir takut tambah tambal tampar tampil tampung tanam tangani tanggap tanggung tangis tangkap tanya tari
tarik taruh tata tatap tawar tebak tebus tekan tekun telepon teliti telusur tembak tempat tempel tempuh temu
tendang tengok tentu terap terima tetap tetes tikung timba timbang timbun tindak tinggal tingkat tipu tiru
titip tolak tolong tongkrong tonton topang traktir tuang tuduh tugas tukar tulis tumbuk tumpang tumpuk tunda
tunduk tunggak tunggu tunjuk tuntun tuntut turun turut tusuk tutup tutur
"""

# Doubled words that are words of their own, not the plural or the weakening of the single one.
TWINS = """
undang-undang hati-hati oleh-oleh laba-laba mata-mata kira-kira tiba-tiba mudah-mudahan agar-agar alun-alun
kupu-kupu langit-langit gula-gula rata-rata pura-pura kura-kura paru-paru ubun-ubun masing-masing
"""
