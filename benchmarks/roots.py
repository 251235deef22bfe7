"""Where the Indonesian roots come from: `python benchmarks/roots.py` derives them from the forms in wordfreq and writes the list.

A form is no root where affixes and another form explain it, or affixes and a piece that several forms share (kunjung). Affixes
that many roots begin or end with by chance (ke-, se-, -i) ask for more evidence. What this gets wrong among frequent words is
put right by hand below.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from wordfreq import get_frequency_dict

from empowerment_qda.language import indonesian_words as known
from empowerment_qda.language.affixes import (
    EXCLUDED,
    VOWELS,
    Prefixes,
    bases,
    prefixes,
    spellings,
    spoken_prefixes,
    spoken_suffixes,
    suffixes,
    unprefixed,
)
from empowerment_qda.language.indonesian import ROOT_LIST

# Prefixes, suffix, particle and possessive
Pattern = tuple[Prefixes, str, str]
SHORT = frozenset(known.SHORT.split())
KEPT = frozenset(known.KEPT.split())
MELTING = frozenset(known.MELTING.split())
DOUBTFUL = ("ke", "se", "re", "per", "ku")  # many roots begin so
CLUSTERS = frozenset(
    [
        "bl",
        "br",
        "dr",
        "fl",
        "fr",
        "gl",
        "gr",
        "kh",
        "kl",
        "kr",
        "ks",
        "ng",
        "ny",
        "pl",
        "pr",
        "ps",
        "sk",
        "sl",
        "sp",
        "st",
        "sw",
        "sy",
        "tr",
    ]
)

# Roots that look derived (menteri is no teri), and two that no form shows alone (perhati, pirsa).
ROOTS = """
abadi abdullah adalah adapun alangkah andai apakah arisan babi bangku barusan bekasi belai beberapa beranda berangkat berani
berantakan beringin berkas berlian beruang biarpun bosan bukankah direktorat divisi duluan durian empati esai indian indonesian islami
kalaupun kasihan kebab kebaya kebon kecap kejam kejang kelabu kemari kemeja kemudian kepul keponakan keping keranjang kerangka
kesatria ketik ketua kuningan kuping lagak lebaran lelaki lesbian madam makanya masakan masalah maupun melaka melayu
melulu memori menara mending mentari mentega menteri merica mempelai meskipun nyala nyamuk nyanyi nyaring paskah pecat pegas
pelita peluang pengantin penjuru pepatah perangkap perangkat perawan perdana perdata perempuan perhati permadani permata
permisi persegi pesiar pesisir pesona petaka petang petik petuah pirsa politisi premi prosesi rambutan rangkai remi risalah
sebelas sehingga sekalipun sekarat selagi selai selaku selalu seling selokan semai semarak semata semena senyawa seragam
seraya sesuatu setan setrum sewenang sungkan tengku terapi terasi teratai terkadang terminal tetangga tetapi tuai walaupun
"""

# Roots that wordfreq shows under one affix only (takaran), or not at all.
HIDDEN = """
adon ambek ampelas anjak anyam bajik bengkalai bongkok cantel cekal cibir cicip ciduk ciut comot contek cuat
cungkil dampar dapuk dekam dengkur dobrak dongak elak embara emis empas endus entas enyah erang gaet ganjal
gebuk gegas geletak geliat gelincir gelintir gelontor gembleng genjot gerebek gerombol gerutu gontai gugah
gumam gunjing hampar hardik hela hempas henyak himpit hunus idap insaf jajal jangkit janjang jenguk jinjing julang
kabung kais karut kecimpung keduk kelana kelupas kenyam kepal keruk ketam keteter ketus kibul koar kubang
kucil kudap kulum kungkung kuntit kuras kutat kutik labrak lacur lalap lanjur lecut lejit lenceng lesat lindas
lipur lowong lucut lumas lungsur nafi nganga nista nobat obrak ombang ompol oplos pampang papas paut pejam pental
percik pergok perosok pilah pindai pintal popor pugar pulung pungkir puruk qasar racik rajuk ramban rangkak
rangkul raup rebak rekah rekat rembes rembuk renggut rentet rintang rombong rongrong rosot rumpun rundung
runtun rutuk sahut sampir sandung sanggah sawar sekap selancar seleweng selinap selip semayam sembul sendat
sendawa senggol sentak serobot serpih sibak sikut sinambung singkap singsing sintas sipu siul sogok solder
solek songsong sontek sortir sosor suluh sundul sunting susur tadah takar taksir tampik tanggulang tangkal
tangkar tatar taut tawur tegun telusup tenggak tepis terjang terka tetas timba timpal toleh transkripsi tukik tumpas
tunang tunggak ubek ulek umbar umpat ungsi urap uzur waswas
"""

# Forms that nothing explains and that are no roots: names, clippings and scraps that would take words from others
# (urang for kurang), and derivations from which much else is derived.
DERIVED = """
abul alah bahagi ding endah jang ketahui mang naskan pelajar rang takan tang tunju ubur urang utuk
"""


BY_HAND = {*ROOTS.split(), *HIDDEN.split(), *SHORT}


def read_forms() -> dict[str, float]:
    """The Indonesian forms in plain letters, none of them drawn out (tidaaak), and their share of all words."""
    plain = re.compile(r"(?!.*(.)\1\1)[a-z]{3,}")
    return {form: share for form, share in get_frequency_dict("id").items() if plain.fullmatch(form)}


def cut(form: str, spoken: bool = False) -> Iterator[tuple[str, Pattern]]:
    """Every way to see a form as affixes and a piece that is long enough for a root."""
    for base in bases(form):
        ending = form[len(base) :]
        for suffix, rest, _ in (spoken_suffixes if spoken else suffixes)(base):
            for piece, taken, _, _ in unprefixed(rest, spoken_prefixes if spoken else prefixes):
                fits = suffix not in EXCLUDED.get(taken[0] if taken else "", ())
                whole = piece == base and ending != "tah"
                if piece != form and fits and (len(piece) > (2 if whole else 3) or piece in SHORT):
                    yield from (
                        (one, (taken, suffix, ending))
                        for one in (spellings(piece) if suffix == "in" else [piece])
                    )


class Forms:
    """The forms of a language, with their shares of all words, and what each may be made from."""

    def __init__(self, shares: dict[str, float]) -> None:
        self.shares = shares
        self.pieces = {form: list(cut(form, form[:2] in ("ng", "ny"))) for form in shares}
        self.families: defaultdict[str, dict[str, set[Pattern]]] = defaultdict(dict)
        for form, pieces in self.pieces.items():
            for piece, pattern in pieces:
                self.families[piece].setdefault(form, set()).add(pattern)

    def kin(self, piece: str, form: str) -> int:
        """How many affixings of a piece there are in forms that do not hold the form as well."""
        nearer = self.families.get(form, {})
        others = (
            found for other, found in self.families[piece].items() if other != form and other not in nearer
        )
        return len({pattern[:2] for found in others for pattern in found} - {((), "")})

    def verbs(self, form: str) -> int:
        """In how many ways a form is made a verb; derived words seldom are."""
        found = {pattern[:2] for patterns in self.families.get(form, {}).values() for pattern in patterns}
        return sum(taken in (("me",), ("di",)) or (taken, suffix) == ((), "kan") for taken, suffix in found)

    def explains(self, piece: str, pattern: Pattern, form: str) -> bool:
        """Whether a form is made from another one with these affixes."""
        taken, suffix, ending = pattern
        ratio = self.shares[piece] / self.shares[form]
        if _vowels(piece) == 1 and ratio < 1 and piece not in SHORT:
            return False
        if not taken and not suffix:
            return ratio >= 0.2 or (ending.startswith("nya") and len(piece) > 3)
        kin = self.kin(piece, form)
        sure = ratio >= 1 and kin > 2
        if not taken and suffix == "an":
            return (ratio >= 0.05 or kin > 0) and (sure or self.verbs(form) < 2)
        if not taken and suffix == "i":
            if piece[-1] in "aeious":  # mulai, evaluasi
                return (ratio >= 1 and kin > 0) or (ratio >= 0.1 and kin > 4)
            return ((ratio >= 1 or self.verbs(form) > 1) and kin > 0) or (ratio >= 0.02 and kin > 2)
        if suffix or len(taken) > 1:
            return True
        if taken[0] in DOUBTFUL:
            return (ratio >= 1 or (ratio >= 0.1 and kin > 1)) and (sure or self.verbs(form) < 2)
        return taken[0] != "ng" and (ratio >= 0.02 or kin > 2) and (sure or self.verbs(form) < 3)

    @cached_property
    def parents(self) -> dict[str, str]:
        """Of the forms that are made from another one, that one."""
        found = {}
        for form, pieces in self.pieces.items():
            made = (
                piece
                for piece, pattern in pieces
                if piece in self.shares and self.explains(piece, pattern, form)
            )
            parent = next(made, None) or self.unsaid(form)
            if parent:
                found[form] = parent
        return found

    def unsaid(self, form: str) -> str | None:
        """The root of a verb that is said without me- (nonton, ngajar) or with -in (masukin, ngurusin)."""
        if form in KEPT or not (form[0] in "mn" or form.endswith("in")):
            return None
        for piece, (taken, suffix, ending) in cut(form, spoken=True):
            heard = taken == ("ng",) and (form[1] not in VOWELS or piece in MELTING)
            often = self.shares.get(piece, 0) / self.shares[form]
            if often > 0.05 and not ending and ((heard and not suffix) or (often > 1 and suffix == "in")):
                family = self.families[piece]
                if len(family) > 2 and any(
                    prefix == ("me",) for found in family.values() for prefix, _, _ in found
                ):
                    return piece
        return None

    def made_from(self, piece: str) -> set[str]:
        """The forms that hold a piece between affixes that say enough."""
        family = self.families[piece]
        return {form for form in family if any(map(_is_sure, family[form])) or _is_verb(form, piece)}

    def roots(self) -> set[str]:
        """The forms that nothing explains, and the pieces that explain several of these at once."""
        no_roots = set(DERIVED.split())
        left = {form for form in self.shares if form not in self.parents and len(form) > 3}
        left -= BY_HAND | no_roots
        for piece in (*HIDDEN.split(), *SHORT):
            left -= self.made_from(piece)

        def ways(piece: str) -> int:
            """How many affixings of the piece there are in what is left; of verbs, also in what is made from these."""
            family = self.families[piece]
            first = {form for form in family if form in left and any(map(_is_sure, family[form]))}
            verbs = {form for form in family if form in left and _is_verb(form, piece)}
            near = {one for one in family if one in first | verbs or self.parents.get(one) in first | verbs}
            own, wide = (
                {pattern[:2] for form in forms for pattern in family[form] if _is_sure(pattern)}
                for forms in (first, near)
            )
            return len(wide) if verbs and len(wide) > 2 else len(own)

        pieces = [
            one for one in self.families if _is_like_root(one) and one not in left and one not in BY_HAND
        ]
        counts = {piece: count for piece in pieces if (count := ways(piece)) > 1}
        shared = set()
        for piece in sorted(
            counts,
            key=lambda one: (-counts[one], one[:2] in ("ng", "ny"), one.endswith("kan"), -len(one), one),
        ):
            if ways(piece) > 1:
                shared.add(piece)
                left -= self.made_from(piece)
        return (left | shared) - no_roots | BY_HAND


def _is_sure(pattern: Pattern) -> bool:
    taken, suffix, _ = pattern
    return bool(taken[1:]) or (taken[0] not in DOUBTFUL or bool(suffix) if taken else suffix in ("kan", "an"))


def _is_verb(form: str, piece: str) -> bool:
    """Verbs in -kan and -i (selidiki), and what is said with ng- and ny- (nginap)."""
    return (
        form == piece + "kan"
        or (form == piece + "i" and piece[-1] not in "aeious")
        or form[:2] in ("ng", "ny")
    )


def _vowels(word: str) -> int:
    return sum(letter in VOWELS for letter in word)


def _is_like_root(piece: str) -> bool:
    begins = piece[0] in VOWELS or piece[1] in VOWELS or piece[:2] in CLUSTERS
    return begins and 3 < len(piece) < 11 and 1 < _vowels(piece) < 5


def derive() -> list[str]:
    """The roots, sorted, without words that English has far more often and that no affix stands around (crowd, widow)."""
    forms, english = Forms(read_forms()), get_frequency_dict("en", wordlist="small")

    def is_foreign(root: str) -> bool:
        affixed = any(
            pattern[:2] != ((), "") for found in forms.families.get(root, {}).values() for pattern in found
        )
        return root not in BY_HAND and not affixed and english.get(root, 0) > 4 * forms.shares[root]

    return sorted(root for root in forms.roots() if not is_foreign(root))


if __name__ == "__main__":
    ROOT_LIST.write_text("\n".join(derive()) + "\n", "utf-8")
