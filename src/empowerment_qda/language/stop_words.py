"""Words that hold sentences together and tell nothing of what is spoken of, by language; spoken forms included."""

from __future__ import annotations

_LISTED = {
    "id": """
        ada adalah agar akan aku anda antara apa apakah apabila atas atau bagaimana bagi bahwa bahkan banget banyak baru beberapa
        begini begitu belum berapa bersama biar biasa biasanya bila bisa boleh buat bukan cara cuma cuman dalam dan dapat dari
        daripada dengan di dia doang dong deh dulu eh enggak gak ga gitu gimana gini hal hanya harus hingga ia ialah iya ini itu
        itulah jadi jangan jika juga justru kah kalau kalo kali kami kamu kan kapan karena kayak ke kemarin kemudian kenapa kepada
        ketika kita kok kurang lagi lah lain lalu lebih maka makanya malah mana masih mau meski meskipun memang menjadi mengapa
        mereka merupakan mungkin nah namun nanti ngga nggak nih nya oh oleh orang pada padahal paling para pas pasti pernah per
        pula pun punya saat saja sama sampai sana sangat saya sebab sebagai sebelum sebenarnya sedang sedangkan sehingga sejak
        sekali sekarang selain selalu selama seluruh semua sendiri seperti sering serta sesuatu setelah setiap si sih siapa sini
        situ soalnya suatu sudah supaya tadi tapi telah tentang tentu terhadap terlalu terus tersebut tetap tetapi tiap tidak
        toh tuh udah untuk walau walaupun ya yaitu yakni yang""",
    "en": """
        a about above after again all almost also although always am an and any are as at be because been before being below
        between both but by can cannot could did do does doing done down during each either else even ever every few for from get
        gets getting go goes going gone got had has have having he her here hers him his how however i if in into is it its itself
        just kind know like made make makes many may maybe me might mine more most much must my myself no nor not now of off oh ok
        okay on once one only or other our ours out over own put quite rather really right said same say says see seem she should
        so some something sort still such take than that the their theirs them then there these they thing things think this those
        though through to too uh um under until up us very want was way we well went were what when where whether which while who
        whom whose why will with would yeah yes yet you your yours
        i'm i've i'd i'll it's that's there's what's he's she's let's we're we've we'll you're you've you'll they're they've
        don't doesn't didn't can't couldn't won't wouldn't isn't aren't wasn't weren't haven't hasn't hadn't shouldn't""",
}
STOP_WORDS = {language: frozenset(words.split()) for language, words in _LISTED.items()}
