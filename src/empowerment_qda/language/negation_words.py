"""The words that clauses and negation turn on, in Indonesian as written and spoken, and in English.

`brief`: negators of a few words. `only`: open a clause but behind a negator. `links`: open one before a subject or a
negator. `exists`: what says, negated behind a thing, that the thing is not there. `fillers` stand between a negator and
its verb. `idle_before`: what a negator (`*`: any) says with it negates nothing. `idle_after`: nor behind these, nor behind
`alternatives` unless something was denied before. `never`: with a negator, denies whatever was never done. `agents`: who
does what a cue may be named for. `unreal`: in a clause, says that nothing of it is so (yet), `wished` of what follows; `supposed`: nor the rest of the
sentence; `near`: nor what it stands beside; `whole` and `wholly` are such phrases of two words that begin with a half
(`harmless` ones do nothing). `ended`: beside or behind a thing, that it is over. `past` in a clause and `now` in the next:
no longer. `ours`: we, who did not get it.
"""

INDONESIAN = {
    "negators": """
        tidak nggak enggak engga ngga gak ga gk nda ndak ndk kagak kaga tak tdk gag nggk ngak tiada ketiadaan ora mboten
        belum belom blm blom lom bukan bkn tanpa tnpa jarang kurang krg kurg jangan jgn jngan minim nihil ogah boro-boro jangankan
        batal urung gagal""",
    "brief": "tanpa tnpa kurang krg kurg minim nihil ketiadaan",
    "endings": "nya lah kah pun",
    "turns": """
        tapi tetapi tp tpi ttpi namun sedangkan padahal meskipun meski walaupun walau melainkan sebaliknya makanya
        karena krn karna soalnya sebab gara-gara sehingga supaya agar biar kalau kalo klo jika bila apabila ketika
        sementara malah malahan justru setelah sesudah sebelum sejak selagi selain kecuali asalkan akhirnya lagian
        untungnya syukurnya alhamdulillah pokoknya mengapa kenapa""",
    "only": "hanya cuma cuman sekadar",
    "links": "dan atau terus trus lalu kemudian jadi jd maka saat waktu pas sampai",
    "let_alone": "apalagi",
    "subjects": """
        siapa siapapun semua semuanya saya aku kami kita dia ia beliau mereka kamu kalian anda gue gua itu ini di sini situ sana yang memang emang kalau
        sudah udah masih tetap sekarang dulu waktu""",
    "exists": """
        ada adanya diadakan diadain ngadain dapat dapet mendapat mendapatkan didapat didapatkan dapatkan dapetin jalan
        berjalan datang dateng terima menerima nerima diterima dikasih dikasi diberi diberikan kasih sampai sampe muncul
        terjadi terlaksana terwujud dilaksanakan dilakukan diselenggarakan digelar dibuka disediakan sediakan tersedia ikut
        berikan bagikan ikutan dijalankan kejadian kelihatan keliatan turun cair nyampe masuk keluar kebagian
        dicetak disusun disahkan direalisasikan terealisasi diterbitkan terbit diminta diundang dibawa dirasakan
        dikirim dikirimkan dibagikan diserahkan dibentuk diresmikan diluncurkan ikuti diikuti punya dipunya""",
    "fillers": """
        pernah prnah prnh sempat sempet akan bakal bisa juga jg lagi lg pun begitu terlalu benar bener sekali sama mungkin
        berarti jadi yang harus sampai kami kita saya mereka ada""",
    "particles": """
        lagi lg sama sekali pun juga sih dong deh kok kan ya ah tuh lah tu itu ini nih loh lho bu pak mbak mas bang kak
        sekarang sampai-sampai memang emang satu satupun apa-apa apapun semua sampai pernah""",
    "prepositions": """
        di dari ke buat untuk oleh pada kepada dalam selama sampai bagi waktu tahun bulan sejak setelah sesudah disini""",
    "idle_before": """
        *: hanya cuma cuman sekadar sekedar semata saja aja henti henti-henti henti-hentinya hentinya putus putus-putusnya
        *: berhenti takut ragu ragu-ragu segan segan-segan lupa heran apa-apa papa sedikit lama terasa sangka disangka masalah
        *: telat terlambat meleset sepi bolong bolos libur membosankan ngebosenin mengecewakan ribet
        *: sia-sia lepas terlepas luput bosan bosan-bosan salah ayal lain sengaja main-main ketinggalan absen kapok pelit
        bukan: hanya cuma cuman sekadar sekedar semata saja aja main main-main kepalang lain
        tanpa: henti hentinya putus ragu sengaja terasa kecuali terkecuali disadari biaya bayar dipungut lelah pamrih
        kurang: lebih""",
    "idle_after": "paling setidak lebih",
    "alternatives": "atau",
    "never": "pernah prnah prnh sempat sempet jadi sekalipun kunjung belum belom blm blom lom",
    "even": "saja aja",
    "relative": "yang yg",
    "agents": "pendamping pendampingnya petugas petugasnya pelatih tim fasilitator mentor mentornya penyuluh pembina",
    "unreal": """
        janji janjinya dijanjikan dijanjiin dijanjii menjanjikan berjanji rencana rencananya berencana direncanakan
        rencanain wacana wacananya mestinya semestinya mustinya harusnya seharusnya sebaiknya sepatutnya katanya konon
        kabarnya semoga moga moga-moga mudah-mudahan targetnya target ditargetkan niat niatnya
        berniat cita-cita formalitas apanya digodok dirancang penyusunan kirain dikira dikirain mimpi entah barangkali mungkin bohong""",
    "wished": """
        berharap harapan harapannya harapkan diharapkan pengen pengin pingin kepengen kepingin pengennya penginnya pinginnya
        ingin inginnya maunya misalkan dibilang pura-pura kelihatannya takut takutnya khawatir""",
    "supposed": "seandainya andai andaikan andaikata umpama umpamanya",
    "near": "mau akan bakal bakalan hendak minta menunggu nunggu hampir nyaris lupa absen malas enggan",
    "sham": "laporan brosur spanduk pajangan seremonial foto omong omongan nama absen berita koran",
    "halves": """
        masih sebatas kalau kalo coba jauh lepas mana siapa atas angin tinggal harapan omong itu dari
        orang tidak nggak gak ga enggak bukan""",
    "whole": """
        jauh lepas: dari
        mana: ada pernah mungkin bisa
        tinggal: nama janji kenangan cerita
        harapan omong: kosong palsu
        itu: dulu
        dari: mana
        orang: lain
        masih: diproses diusulkan dirapatkan disusun jauh
        sebatas: omong omongan nama angan-angan
        atas: kertas
        angin: lalu""",
    "harmless": """
        hampir nyaris: tiap setiap saban semua seluruh
        hari minggu bulan tahun malam yang: lalu
        rencana: usaha bisnis kerja
        target: pasar
        dari: nol""",
    "wholly": """
        kalau kalo: saja aja
        siapa: bilang
        tidak nggak gak ga enggak bukan: benar bener betul
        coba: kalau kalo dulu ada""",
    "ended": """
        berhenti terhenti dihentikan mandek distop disetop dibatalkan ditunda tertunda dicoret ditiadakan dihapus dihapuskan
        hilang lenyap menguap fiktif hangus berakhir ditarik dipangkas nol""",
    "past": "dulu dulunya awalnya tadinya mulanya semula kira pikir",
    "now": "sekarang kini belakangan ternyata nyatanya kenyataannya rupanya",
    "sources": "dari oleh lewat melalui",
    "ours": "saya kami kita aku gue gua",
    "phrases": "",
    "fixed": "",
}
ENGLISH = {
    "negators": """
        not no never without hardly rarely seldom barely scarcely cannot nobody nothing none neither nor lacks lack lacking
        dont didnt doesnt cant couldnt wont wouldnt isnt arent wasnt werent havent hasnt hadnt shouldnt""",
    "brief": "no without lack lacks lacking",
    "endings": "n't",
    "turns": """
        but because so although though while whereas however nevertheless unless until when whenever if since after before
        except besides instead yet whether""",
    "only": "only just",
    "links": "and then or plus that",
    "let_alone": "",
    "subjects": """
        i we you he she it they there this these those that the our my their who which also still now
        is are was were be been has have had did does do as""",
    "exists": """
        happen happened happens exist existed exists there take took taken place held given provided offered available come
        came arrive arrived received receive got get gotten done continued continue organised organized forthcoming""",
    "fillers": """
        ever been be being yet really actually even any at all so very get got have has had ever going to
        always often""",
    "particles": "at all anymore any more either yet again really though ever here there of course",
    "prepositions": "in on from by for to with during since until after here at",
    "idle_before": """
        *: only just merely simply surprisingly bad least stop stopped stopping fail forget hesitate wait
        no: doubt wonder matter problem question sooner less fewer exception
        without: fail doubt exception question stopping
        never: mind stop stopped stops fail failed fails""",
    "idle_after": "why",
    "alternatives": "or",
    "never": "never",
    "agents": "",
    "relative": "who that which",
    "unreal": "promise promised promises planned supposedly supposed should allegedly",
    "wished": "hope hoped hopes wish wished wishes intend intended",
    "supposed": "",
    "near": "will almost nearly",
    "halves": "if",
    "harmless": "almost nearly: every all everyone",
    "wholly": "if: only",
    "ended": "stopped ended cancelled canceled postponed abandoned vanished",
    "past": "once formerly initially",
    "now": "now nowadays",
    "sources": "from through",
    "ours": "i we us",
    "phrases": "sort kind used course",
    "fixed": """
        sort kind: of
        used: to
        of: course""",
}
WORDS = {"id": INDONESIAN, "en": ENGLISH}
