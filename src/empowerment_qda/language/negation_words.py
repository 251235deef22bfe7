"""The words that clauses and negation turn on, in Indonesian as written and spoken, and in English.

`brief`: negators of a few words. `only`: open a clause but behind a negator. `links`: open one before a subject or a
negator. `exists`: what says, negated behind a thing, that the thing is not there. `fillers` stand between a negator and
its verb. `idle_before`: what a negator (`*`: any) says with it negates nothing. `idle_after`: nor behind these, nor behind
`alternatives` unless something was denied before.
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
        dikirim dikirimkan dibagikan diserahkan dibentuk diresmikan diluncurkan ikuti diikuti punya dipunya""",
    "fillers": """
        pernah prnah prnh sempat sempet akan bakal bisa juga jg lagi lg pun begitu terlalu benar bener sekali sama mungkin
        berarti yang harus sampai kami kita saya mereka ada""",
    "particles": """
        lagi lg sama sekali pun juga sih dong deh kok kan ya ah tuh lah tu itu ini nih loh lho bu pak mbak mas bang kak
        sekarang sampai-sampai memang emang satu satupun apa-apa apapun semua sampai pernah""",
    "prepositions": """
        di dari ke buat untuk oleh pada kepada dalam selama sampai bagi waktu tahun bulan sejak setelah sesudah disini""",
    "idle_before": """
        *: hanya cuma cuman sekadar sekedar semata saja aja henti henti-henti henti-hentinya hentinya putus putus-putusnya
        *: berhenti ragu ragu-ragu segan segan-segan lupa heran apa-apa papa sedikit lama terasa sangka disangka masalah
        *: sia-sia lepas terlepas luput bosan bosan-bosan salah ayal lain sengaja main-main ketinggalan absen kapok pelit
        bukan: hanya cuma cuman sekadar sekedar semata saja aja main main-main kepalang lain
        tanpa: henti hentinya putus ragu sengaja terasa kecuali terkecuali disadari biaya bayar dipungut lelah pamrih
        kurang: lebih""",
    "idle_after": "paling setidak lebih",
    "alternatives": "atau",
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
    "phrases": "sort kind used course",
    "fixed": """
        sort kind: of
        used: to
        of: course""",
}
WORDS = {"id": INDONESIAN, "en": ENGLISH}
