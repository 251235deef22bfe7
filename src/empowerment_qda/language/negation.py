"""Which words of a sentence say that what it speaks of is not so, or not so yet or any more: docs/matching.md gives the rules.

Read from the order of words and from short lists of the words that make a difference, per language; nothing is parsed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Sequence
from functools import cache, cached_property, reduce
from operator import or_

from empowerment_qda.language.stems import LONGEST, primary
from empowerment_qda.language.words import fold

LISTS = (
    "negators",
    "contrast",
    "now",
    "turns",
    "links",
    "subjects",
    "fillers",
    "unreal",
    "near",
    "cleft",
    "there",
)
NEGATOR, CONTRAST, NOW, TURN, LINK, SUBJECT, FILLER, UNREAL, NEAR, CLEFT, THERE, FIRST, SECOND = (
    1 << bit for bit in range(13)
)
"""What a word does in a sentence (the lists of `negation_words`), as bits: one word may do several things."""
DOUBTFUL = NEGATOR | UNREAL | FIRST
BREAK = re.compile(r"[,;:—–]|(?<=\s)--?(?=\s)")
ROOM = 1 << 16
MANY = 6  # doubtful words of one clause that are looked at, so that time stays linear


class Roles(dict[str, int]):
    """What the forms of words do in a sentence of a language, as bits."""

    def __init__(self, language: str) -> None:
        lists = WORDS.get(language, {})
        self.by_word: dict[str, int] = {}
        for bit, name in enumerate(LISTS):
            for word in lists.get(name, "").split():
                self.by_word[word] = self.by_word.get(word, 0) | 1 << bit
        self.endings = tuple(lists.get("endings", "").split())
        self.idle, self.harmless, self.unreal, self.fixed = (
            frozenset(_pairs(lists.get(name, ""))) for name in ("idle", "harmless", "unreal_pairs", "fixed")
        )
        for one, other in (*self.idle, *self.harmless, *self.unreal, *self.fixed):
            self.by_word[one] = self.by_word.get(one, 0) | FIRST
            self.by_word[other] = self.by_word.get(other, 0) | SECOND

    def __missing__(self, form: str) -> int:
        word = fold(form) if len(form) <= LONGEST else ""
        role = self.by_word.get(word, 0)
        for ending in self.endings:
            if not role and word.endswith(ending) and len(word) > len(ending) + 1:
                # n't negates whatever verb it hangs on; -lah and -nya (bukannya, belumlah) change nothing.
                role = NEGATOR if ending == "n't" else self.by_word.get(word.removesuffix(ending), 0)
        if len(self) < ROOM and word:
            self[form] = role
        return role


def _pairs(listed: str) -> Iterable[tuple[str, str]]:
    """Such as `not: only just`, a line each: every word of the left with every one of the right."""
    for line in listed.strip().splitlines():
        left, _, right = line.partition(":")
        yield from ((one, other) for one in left.split() for other in right.split())


@cache
def roles_of(language: str) -> Roles:
    """The roles of words in a language; none but punctuation is known of other languages than id and en."""
    return Roles(primary(language))


def is_negator(word: str, language: str) -> bool:
    """Whether a word negates what it stands before.

    >>> [is_negator(word, "id") for word in ("nggak", "Bukannya", "mengurangi")]
    [True, True, False]
    """
    return bool(roles_of(language)[word] & NEGATOR)


class Clauses:
    """The clauses of one text, and its doubtful words. Words are numbered from 0; `gaps[n]` is what stands before word n,
    and `firsts` are the words that sentences begin with."""

    def __init__(
        self, forms: Sequence[str], gaps: Sequence[str], firsts: Sequence[int], language: str
    ) -> None:
        self.forms, self.known = forms, roles_of(language)
        self.roles = list(map(self.known.__getitem__, forms))
        self.gaps, self.firsts = gaps, firsts
        there = reduce(or_, set(self.roles), 0)
        self.doubtful = bool(there & DOUBTFUL)  # whether a word needs a look at all
        self._turns = bool(there & (CONTRAST | NOW))

    @cached_property
    def opens(self) -> list[int]:
        """The words that clauses begin with: behind a mark, at a word that joins, at `dan` only before a subject."""
        opens = {0, *self.firsts}
        opens.update(n for n, gap in enumerate(self.gaps) if gap != " " and BREAK.search(gap))
        for n, role in enumerate(self.roles):
            after = self._role(n + 1) if role & LINK else 0
            clings = self.roles[n - 1] & NEGATOR and not after & NEGATOR  # belum sampai sini
            if role & (TURN | CONTRAST) or (after & (SUBJECT | NEGATOR) and not clings):
                opens.add(n)
        return sorted(n for n in opens if n < len(self.forms))

    def is_one(self, left: int, right: int) -> bool:
        """Whether two words stand in one clause."""
        return bisect_right(self.opens, left) == bisect_right(self.opens, right)

    def bounds(self, word: int) -> tuple[int, int]:
        """The first word of a word's clause, and the one behind its last."""
        at = bisect_right(self.opens, word)
        return self.opens[at - 1], self.opens[at] if at < len(self.opens) else len(self.forms)

    @cached_property
    def doubts(self) -> list[int]:
        """The words by which what their sentence speaks of is not so: negators, and words for what is unreal."""
        return [n for n, role in enumerate(self.roles) if role & DOUBTFUL and self._doubts(n)]

    @cached_property
    def _afresh(self) -> tuple[list[int], list[int]]:
        """The words at which a new matter begins, of a sentence or behind a contrast, and where sentences end; a question
        of one's own goes on to its answer."""
        begins = [n for n in self.firsts if n < len(self.gaps) and "?" not in self.gaps[n]]
        turns = [
            n + 1 for n, role in enumerate(self.roles)
            if role & CONTRAST or (role & NOW and self.gaps[n] != " ")
        ] if self._turns else []  # fmt: skip
        return sorted({0, *begins, *turns}), [*begins, len(self.forms)]

    def stop(self, left: int, right: int, named: int, strange: list[int]) -> int | None:
        """The word by which what stands from `left` to `right` is not so, of those `strange` to its code: the last before it,
        or the first behind; `named` of the match's words are negators, which a second one of the clause takes back."""
        if self.doubts:
            begins, ends = self._afresh
            begin, end = begins[bisect_right(begins, left) - 1], ends[bisect_right(ends, left)]
            if named:
                first, end = self.bounds(left)  # jarang ada, katanya nggak ada dana
                at = bisect_left(self.doubts, first)
                for n in self.doubts[at : at + MANY]:
                    if n < end and not left <= n <= right:
                        return n
            at = bisect_left(strange, left)
            if at and strange[at - 1] >= begin:
                return strange[at - 1]
            if at < len(strange) and strange[at] < end:
                return strange[at]
        return self._nears(left)

    def _nears(self, left: int) -> int | None:
        """The word right before another that makes it only about to be: mau didampingi, hampir saja dapat."""
        for n in range(left - 1, max(left - 3, -1), -1):
            if self.gaps[n + 1] != " ":
                return None
            if self.roles[n] & NEAR:
                return n if not n or not self.roles[n - 1] & NEGATOR else None  # mau tidak mau dilatih
            if not self.roles[n] & (FILLER | SUBJECT):
                return None
        return None

    def unsaid(self, left: int, right: int, named: Container[int]) -> int | None:
        """The negator of a match that does not deny what the match says (tidak hanya didampingi, bukan kami yang diundang), or
        that denies it with its first word (nggak ketinggalan); `named` are the words that the cue names."""
        for n in range(max(left - 2, 0), right + 1):
            if not self.roles[n] & NEGATOR:
                continue
            beside = self.idle_with(n)
            if beside is not None and (beside not in named if n in named else left <= beside <= right):
                return n
            if n in named and any(
                self.roles[at] & CLEFT and at not in named and not self.roles[at - 1] & THERE
                for at in range(n + 2, right)
            ):
                return n
        return None

    def is_pair(self, n: int, pairs: frozenset[tuple[str, str]]) -> bool:
        """Whether a word and the next are one of some fixed pairs."""
        if not (0 <= n < len(self.forms) - 1 and self.roles[n] & FIRST and self.roles[n + 1] & SECOND):
            return False
        return (fold(self.forms[n]), fold(self.forms[n + 1])) in pairs

    def fixed(self, left: int, right: int) -> str:
        """The fixed phrase that a word of a match is only part of (sort of); empty where there is none."""
        for n in range(left - 1, right + 1) if self.known.fixed else ():
            if self.is_pair(n, self.known.fixed):
                return f"{fold(self.forms[n])} {fold(self.forms[n + 1])}"
        return ""

    def idle_with(self, n: int) -> int | None:
        """The word with which a negator negates nothing: tidak hanya, nggak pernah putus; mau tidak mau."""
        for at in range(n + 1, min(n + 3, len(self.forms))):
            if self.gaps[at] != " ":
                break
            if self.roles[at] & SECOND and (self._kind(n), fold(self.forms[at])) in self.known.idle:
                return at
            if not self.roles[at] & FILLER:
                break
        around = self.forms[n - 1 : n + 2 : 2] if n else ()
        return n + 1 if len(around) == 2 and around[0].casefold() == around[1].casefold() else None

    def _kind(self, n: int) -> str:
        """The name under which phrases of a negator are listed: `bukan`, `tanpa`, `no`, or `*` for all others."""
        word = fold(self.forms[n])
        kinds = "bukan", "tanpa", "kurang", "no", "without", "never"
        return next((kind for kind in kinds if word in (kind, kind + "nya", kind + "lah")), "*")

    def _role(self, n: int) -> int:
        return self.roles[n] if n < len(self.roles) else 0

    def _doubts(self, n: int) -> bool:
        if self.roles[n] & NEGATOR:
            again = self._role(n + 1) & NEGATOR and (
                "," in self.gaps[n + 1] or self.forms[n] == self.forms[n + 1]
            )
            return not again and self.idle_with(n) is None  # nggak, nggak ada
        if self.is_pair(n, self.known.harmless) or self.is_pair(n - 1, self.known.harmless):
            return False
        if n and self.roles[n - 1] & NEGATOR and self.gaps[n] == " ":
            return False  # bukan cuma, tidak sempat: the negator tells
        return bool(self.roles[n] & UNREAL) or self.is_pair(n, self.known.unreal)


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
