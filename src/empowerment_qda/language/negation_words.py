"""The words that a suggestion turns on, in Indonesian as written and spoken, and in English.

`unreal`: promised, planned, heard, wished, supposed, past, over, somebody else's, or only in part; `unreal_pairs` are the same in two words. `near`: what
stands behind is only about to be. `harmless`: pairs with such a word or a negator that say nothing of the kind. `idle`:
what a negator (`*`: any) says with it negates nothing, `fillers` between them not counted. `contrast`: a new matter begins,
and behind a mark at `now`. `turns`: open a clause; `links`: before a subject or a negator. `fixed`: phrases of two words.
"""

INDONESIAN = {
    "negators": """
        tidak nggak enggak engga ngga gak ga gk nda ndak ndk kagak kaga tak tdk gag nggk ngak tiada ketiadaan ora mboten
        belum belom blm blom lom bukan bkn tanpa tnpa jarang kurang krg kurg jangan jgn jngan minim nihil ogah boro-boro jangankan
        batal urung gagal""",
    "endings": "nya lah kah pun",
    "contrast": "tapi tetapi tp tpi ttpi namun",
    "now": "sekarang kini belakangan ternyata nyatanya kenyataannya rupanya praktiknya prakteknya buktinya",
    "turns": """
        sedangkan padahal meskipun meski walaupun walau melainkan sebaliknya makanya
        karena krn karna soalnya sebab gara-gara sehingga supaya agar biar kalau kalo klo jika bila apabila ketika
        sementara malah malahan justru setelah sesudah sebelum sejak selagi selain kecuali asalkan akhirnya lagian
        untungnya syukurnya alhamdulillah pokoknya mengapa kenapa hanya cuma cuman sekadar apalagi""",
    "links": "dan atau terus trus lalu kemudian jadi jd maka saat waktu pas sampai",
    "subjects": """
        siapa siapapun semua semuanya saya aku kami kita dia ia beliau mereka kamu kalian anda gue gua itu ini di sini situ sana yang memang emang kalau
        sudah udah masih tetap sekarang dulu waktu""",
    "fillers": "pernah prnah prnh sempat sempet akan bakal bisa juga jg lagi lg pun begitu terlalu sekali sama mungkin berarti",
    "idle": """
        *: hanya cuma cuman sekadar sekedar semata saja aja henti henti-henti henti-hentinya hentinya putus putus-putusnya
        *: berhenti takut ragu ragu-ragu segan segan-segan lupa heran apa-apa papa sedikit lama terasa sangka disangka masalah
        *: telat terlambat meleset sepi bolong bolos libur membosankan ngebosenin mengecewakan ribet
        *: sia-sia lepas terlepas luput bosan bosan-bosan salah ayal lain sengaja main-main ketinggalan absen kapok pelit
        bukan: hanya cuma cuman sekadar sekedar semata saja aja main main-main kepalang lain
        tanpa: henti hentinya putus ragu sengaja terasa kecuali terkecuali disadari biaya bayar dipungut lelah pamrih
        kurang: lebih""",
    "unreal": """
        janji janjinya dijanjikan dijanjiin dijanjii menjanjikan berjanji rencana rencananya berencana direncanakan rencanakan
        rencanain wacana wacananya mestinya semestinya mustinya harusnya seharusnya sebaiknya sepatutnya katanya konon
        kabarnya semoga moga moga-moga mudah-mudahan targetnya target ditargetkan niat niatnya
        berniat cita-cita formalitas apanya digodok dirancang penyusunan kirain dikira dikirain mimpi entah barangkali mungkin bohong
        berharap harapan harapannya harapkan diharapkan harap pengen pengin pingin kepengen kepingin pengennya penginnya pinginnya
        ingin inginnya maunya misalkan dibilang pura-pura kelihatannya takut takutnya khawatir
        seandainya andai andaikan andaikata umpama umpamanya brosur spanduk pajangan seremonial omongan
        dulu dulunya awalnya tadinya mulanya semula kira pikir kukira
        berhenti terhenti dihentikan mandek distop disetop dibatalkan ditunda tertunda dicoret ditiadakan dihapus dihapuskan
        hilang lenyap menguap fiktif hangus berakhir ditarik dipangkas nol
        akan bakal bakalan hendak hampir nyaris lupa malas enggan
        belakangan ternyata nyatanya kenyataannya rupanya praktiknya prakteknya buktinya
        kata teorinya draf drafnya konsepnya mundur zamannya semasa
        malah malahan justru padahal meski meskipun walau walaupun biarpun cuma cuman hanya doang sekadar
        asal asalkan bilang cerita ceritanya impian lampau ditolak dikembalikan sempat sempet selain kecuali sendiri
        mahasiswa komunitas tetangga sebelah sepupu keponakan ponakan mertua ipar paman bibi saudara kawan teman teman-teman anak istri suami
        kakak adik""",
    "unreal_pairs": """
        jauh lepas dari: dari mana
        mana: ada pernah mungkin bisa
        tinggal: nama janji kenangan cerita
        harapan omong: kosong palsu
        orang: lain
        masih: diproses diusulkan dirapatkan disusun jauh
        atas: kertas
        angin: lalu
        kalau kalo: saja aja
        siapa: bilang yang
        coba: kalau kalo dulu ada""",
    "near": "mau minta menunggu nunggu",
    "cleft": "yang yg",
    "there": "ada adanya",
    "harmless": """
        kata: sandi
        anak: buah
        hampir nyaris: tiap setiap saban semua seluruh
        rencana: usaha bisnis kerja
        target: pasar
        dari: nol dari
        itu: dulu""",
}
ENGLISH = {
    "negators": """
        not no never without hardly rarely seldom barely scarcely cannot nobody nothing none neither nor lacks lack lacking
        dont didnt doesnt cant couldnt wont wouldnt isnt arent wasnt werent havent hasnt hadnt shouldnt""",
    "endings": "n't",
    "contrast": "but however nevertheless",
    "now": "now nowadays",
    "turns": """
        because so although though while whereas unless until when whenever if since after before
        except besides instead yet whether""",
    "links": "and then or plus that only just",
    "subjects": """
        i we you he she it they there this these those that the our my their who which also still now
        is are was were be been has have had did does do as""",
    "fillers": "ever been be being really actually even any at all so very get got have has had going to always often",
    "idle": """
        *: only just merely simply surprisingly bad least stop stopped stopping fail forget hesitate wait
        no: doubt wonder matter problem question sooner less fewer exception
        without: fail doubt exception question stopping
        never: mind stop stopped stops fail failed fails""",
    "unreal": """
        promise promised promises planned supposedly supposed should allegedly hope hoped hopes wish wished wishes intend intended
        once formerly initially stopped ended cancelled canceled postponed abandoned vanished will almost nearly
        although though whereas neighbour neighbours neighbor neighbors cousin sister brother friend friends wife husband son daughter""",
    "unreal_pairs": "if: only",
    "near": "",
    "harmless": """
        almost nearly: every all everyone
        never: stopped ended""",
    "fixed": """
        sort kind: of
        used: to
        of: course""",
}
WORDS = {"id": INDONESIAN, "en": ENGLISH}
