"""Indonesian words that rules alone get wrong: spoken and shortened forms, forms with a life of their own, loans.

Written by hand for this project. Every line of `FORMS` is `stem: form form ...`; all of them end in that stem.
"""

# How people talk and type. The stem on the left is the standard word.
SPOKEN = """
tidak: nggak enggak engga ngga gak ga gk nda ndak ndk kagak kaga tak tdk gag g nggk ngak gx
sudah: udah udh uda dah sdh sudh wis
belum: belom blm blom lom
saja: aja aj ae doang doank
kalau: kalo klo klau kl kalu klw
bagaimana: gimana gmn gmana gimna bgmn bgaimana begimana
mengapa: kenapa knp napa ngapa knapa
seperti: kayak kyk kek kaya2 kyak sprti
buat: bikin bkin ngebuat ngebikin bwt
cuma: cuman cm cuman2
memang: emang emg mang mmg emank
ingin: pengen pengin pingin pgn pngen kepengen kepingin pengenin kepengin
nanti: ntar entar nti ntr tar
besar: gede gedhe
uang: duit doku fulus
dengan: dgn dg dngn
yang: yg yng
untuk: utk untk
karena: krn karna krena gara-gara
juga: jg jga
sangat: bgt banget bngt bngd sgt bingit amat
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
jangan: jgn jngan jan
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
mereka: mrk mrka
semua: smua smw semuanye
setiap: tiap stiap tiap-tiap
hanya: hny
apa: ape apaan ngapain
siapa: sapa siape sp
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
sampai: sampe nyampe smpe smp ampe nyampek sampek
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
hari: hr
minggu: mgg
bulan: bln
tahun: thn
tanggal: tgl
nomor: nmr nomer
jalan: jln
rumah: rmh
ribu: rb rebu
juta: jt
rupiah: rp
nomor: no
uang: uwang
barang: brg brng
bahasa: bhs
informasi: info
beri: kasih kasi ksh ngasih ngasi kasihin dikasih dikasi ngasihin dikasihin kasihkan kukasih
terima kasih: makasih makasi mksh mksih terimakasih trimakasih tengkyu thx trims tq
mau: mo mw mao
iya: iy yoi iyah iye
ya: yah yaa ye yha y
ini: nih ni ne
itu: tuh tu
kan: kn
mungkin: mgkn mungkn
percuma: percumah
lumayan: lmayan
gratis: gretong
bareng: brg2 barengan
malah: mala
omong: ngomong ngomongin diomongin
obrol: ngobrol ngobrolin
arti: mengerti ngerti dimengerti pengertian ngertiin
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
usaha: ush
ketik: ngetik mengetik pengetikan
kumpul: ngumpul ngumpulin
kantuk: ngantuk
tertawa: ketawa
lupa: kelupaan
suruh: nyuruh
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
cendera mata: cinderamata
peduli: perduli
kerja sama: kerjasama
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
e-commerce: ecommerce
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
adakan: mengadakan diadakan pengadaan adakan
alami: pengalaman berpengalaman alami
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
tersebut: tersebut tsb
meninggal: meninggal
melalui: melalui
merupakan: merupakan
lakukan: melakukan dilakukan lakukan
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
menghargai: menghargai dihargai hargai penghargaan
ternyata: ternyata
nyatakan: menyatakan dinyatakan pernyataan nyatakan
akui: mengaku mengakui diakui pengakuan akui ngaku ngakuin
pengusaha: pengusaha
pengumuman: pengumuman mengumumkan diumumkan
persatuan: persatuan
satuan: satuan
tergantung: tergantung
pemilu: pemilu
pemuda: pemuda
pegawai: kepegawaian
seluruh: seluruh
terlalu: terlalu
semoga: semoga
sedangkan: sedangkan
sekalian: sekalian
memadai: memadai
pendeta: pendeta
pekan: sepekan
bali: bali
maluku: maluku
pekalongan: pekalongan
tarakan: tarakan
kuantan: kuantan
bangkalan: bangkalan
bengkalis: bengkalis
tabanan: tabanan
temanggung: temanggung
petani: petani
"""

# Where -kan and -an compete, or a prefix hides the root's first letter, and the rules take the wrong one.
ROOTED = """
gerak: gerakan gerakkan
letak: letakan
tarik: tarikan
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
ikut: keikutsertaan ikutserta
gelut: bergelut
rampas: perampasan merampas dirampas
kelahi: berkelahi perkelahian
"""

FORMS = SPOKEN + SPELLINGS + OWN + ROOTED

# Dictionary roots that other words must not be cut down to: rare, foreign or themselves derived.
NOT_INNER = """
abar acau agen agens aja ama ampo ancang antem antuk asai asan asih atus awat awin banggan bangan bangkal baran 
bedak bawak belian bengkal bentangkan berangan beranta berik berisik beru birah bilah bajar bebatuan capa cema cere cekuk
dami dekan deritaan dipan diskus dutan ecek enas encang eks ering erti etik garan gera ilah indu ira jaran jejaring
jujuran kacauan kalian karah karti kati kawasan kebaji keburu kece kecek keduduk keliar kelipat kelah kelulus kerasan kerepot
kerumit kerumun kesah kesiap keri kembal keti kunduran kundur kutak lahan laman lang lempari leku lawi lekap leta lidi lus
mada mastik mangka mangkas melambang mendak menep mengap menung mentas mesan mikat milu moles muas mungkir mutih madam mantik mejam mering
musyawarat mutan manah mutus najam nali nang natar neneng neng ngabur nian okok paja palai pasu pasuk peden pelamin penggal penggar
perata perban perinci pergola petan popor pencar puter rana ratan reta risi ronta rusa sahan sahkan sali sampa seko
sekal sera seta seman simpat sidi suam sumba sunti talah talu taung terna tumbu unjung untun usak akuan uba 
apak bacak temak raguk samak kenak rasak 
"""

# The roots of three letters that words are really made from; the others in the dictionary are names and noises.
SHORT = """
abu ada adu air aji aju apa api aba bab bau bom bui cap cat cek cor dua doa eja esa gas gol hak iba ibu ide ijin iri isi iur jam
kas lap las lem les mau obi oli pas pos rem sah set sia tes tik tua uap uji ulu bor tim cas sen bon nol 
"""

# Words in daily use that the dictionary of roots lacks: they take affixes, and nothing may be cut from them.
LOANS = """
online offline upload download posting website web internet facebook instagram whatsapp tiktok youtube shopee tokopedia lazada bukalapak
blibli gojek grab google zoom telegram twitter marketplace ecommerce branding brand packing packaging training training meeting
webinar workshop coaching mentoring networking startup business bisnis market marketing market promo endorse followers follower
follow like share order reseller dropship dropshipper supplier customer online-shop chat call login logout admin account password email
link posting konten content feed story reels live streaming scan barcode qris transfer cash cashless fintech pinjol paylater cod ongkir
mall outlet food mikro makro medsos sosmed umkm ukm nib pirt kur bumn bumdes pkl rt rw dprd
wirausaha swadaya swasembada daring luring gawai warganet unggah unduh fasilitasi digitalisasi sosialisasi monitoring evaluasi
temu wicara anggaran training modern member mentor editor vendor trend tren trending viral update upgrade setting edit print fotokopi scan
lockdown pandemi covid corona coin bitcoin margin begin begini plugin skin maximal minimal maksimal manager manajer manajemen
medan binjai marelan belawan nias nusantara martin kevin robin justin berlin dublin admin nanda nita nina maya mira mega nadia maria mila
music musik mushola masjid mading mini mie mini moms mama mami mbak mas nona nyonya ngawi nganjuk magelang malang madura manado mataram
padang palembang pekanbaru jambi banten bekasi depok bogor tangerang jakarta surabaya semarang yogyakarta solo tegal cirebon kudus
sumatra sumatera sumut jawa kalimantan sulawesi papua aceh riau lampung bengkulu pontianak banjarmasin samarinda balikpapan makassar
kendari gorontalo ternate ambon jayapura kupang denpasar lombok bandung deli serdang helvetia siantar tebing karo toba samosir dairi
asahan tapanuli langkat batubara labuhanbatu simalungun
"""

# Doubled words that are words of their own, not the plural or the weakening of the single one.
TWINS = """
undang-undang hati-hati oleh-oleh laba-laba mata-mata kira-kira tiba-tiba mudah-mudahan agar-agar alun-alun kupu-kupu langit-langit
gula-gula rata-rata pura-pura kura-kura paru-paru ubun-ubun masing-masing gara-gara
"""
