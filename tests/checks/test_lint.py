"""Advice on a codebook, rule by rule: the user's own file, and what is said of it."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent, indent

import pytest

from empowerment_qda.checks import check_study, rule_of
from empowerment_qda.checks.lint import LINT
from empowerment_qda.files.read import locate, read_study
from kit import QDA, write_study

WHOLE = "definition: {en: What %s means.}, use_when: It is said., not_when: It is not said."


def code(name: str, keys: str = "", label: str | None = None) -> str:
    """A code with all that it needs, and further keys."""
    return f"- {{id: {name}, label: {label or f'Label of {name}'}, {WHOLE % name}{', ' + keys if keys else ''}}}\n"


def book(*codes: str) -> str:
    """A codebook with one dimension and these codes in it."""
    head = "title: T\nversion: 1\ncodes:\n  - id: dimension\n    codes:\n"
    return head + indent("".join(codes), "      ")


def source(sentences: int) -> str:
    """A talk of so many sentences, one in each turn."""
    turns = "".join(f"  - {{speaker: O, text: Word{n} is what I say.}}\n" for n in range(1, sentences + 1))
    return f"id: O-01\ninformant: {{id: O, type: owner}}\nturns:\n{turns}"


def codings(**turns: list[int]) -> str:
    """Codes (`_` for `-`) with the turns that they stand on."""
    entries = "".join(
        f"  - {{code: {name.replace('_', '-')}, turn: {turn}, quote: Word{turn} is what I say.}}\n"
        for name, numbers in turns.items()
        for turn in numbers
    )
    return f"source: O-01\ncoder: first\ncodings:\n{entries}" if entries else ""


def lint(root: Path, codebook: str, coded: str = "", sentences: int = 30) -> list[str]:
    """What is said of a codebook, as rule and message."""
    files = {
        "qda.yaml": dedent(QDA),
        "codebook.yaml": codebook,
        "data/interviews/O-01.yaml": source(sentences),
    }
    if coded:
        files["codings/first/O-01.yaml"] = coded
    write_study(root, files)
    return [f"{one.rule}: {one.message}" for one in check_study(read_study(root), LINT)]


def of_rule(rule: str, said: list[str]) -> list[str]:
    """What one rule says."""
    return [one.removeprefix(f"{rule}: ") for one in said if one.startswith(f"{rule}: ")]


def test_a_sound_book_gives_no_advice(tmp_path: Path) -> None:
    assert lint(tmp_path, book(code("work"), code("home")), codings(work=[1, 2], home=[3, 4])) == []


def test_a_book_that_nobody_used_yet_is_not_unused(tmp_path: Path) -> None:
    assert lint(tmp_path, book(code("work"), code("home"))) == []


def test_code_undefined(tmp_path: Path) -> None:
    said = lint(
        tmp_path, book("- {id: bare}\n", "- {id: half, definition: D., not_when: N.}\n", code("work"))
    )
    assert of_rule("code-undefined", said) == [
        "code `bare` has no `definition`, `use_when`, `not_when`",
        "code `half` has no `use_when`",
    ]


def test_code_unexplained(tmp_path: Path) -> None:
    said = lint(
        tmp_path,
        book(code("work", "since: 1.1"), code("home", "since: 1.2, memo: Owners spoke of it."), code("old")),
    )
    assert of_rule("code-unexplained", said) == ["code `work` came in with version 1.1 and does not say why"]


def test_retired_codes_and_parents_need_no_definition(tmp_path: Path) -> None:
    retired = "- {id: old, status: retired}\n"
    assert lint(tmp_path, book(retired, code("work")), codings(work=[1, 2])) == []


def test_code_without_dimension(tmp_path: Path) -> None:
    said = lint(tmp_path, book(code("work")) + "  " + code("stray"))
    assert of_rule("code-without-dimension", said) == ["code `stray` stands under no dimension"]


def test_a_flat_book_has_no_dimensions_to_ask_for(tmp_path: Path) -> None:
    flat = "title: T\nversion: 1\ncodes:\n" + code("work") + code("home")
    assert lint(tmp_path, flat) == []


def test_code_twice(tmp_path: Path) -> None:
    same = "- {id: other, label: LABEL of  work, definition: {en: What work means.}, use_when: U., not_when: N.}\n"
    said = lint(tmp_path, book(code("work"), same))
    assert of_rule("code-twice", said) == [
        "code `other` has the same label as `work`",
        "code `other` has the same definition as `work`",
    ]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("training-provided", "training_provided", True),
        ("training-provided", "trainings-provided", True),
        ("training-provided", "training-provide", True),
        ("Work", "work", True),
        ("aid", "aids", True),
        ("aid", "air", False),
        ("training-provided", "training-attended", False),
        ("no-followup", "followup", False),
    ],
)
def test_ids_easily_confused(tmp_path: Path, one: str, other: str, alike: bool) -> None:
    said = of_rule("code-alike", lint(tmp_path, book(code(one, label="First"), code(other, label="Second"))))
    assert said == ([f"the ids `{other}` and `{one}` are easily confused"] if alike else [])


def test_labels_easily_confused(tmp_path: Path) -> None:
    labels = (
        code("work", label="{en: Training is given, id: Kelas}"),
        code("home", label="{en: given is training}"),
    )
    assert of_rule("code-alike", lint(tmp_path, book(*labels))) == [
        "the labels (en) of `home` and `work` are easily confused"
    ]


def test_code_unused_and_used_once(tmp_path: Path) -> None:
    said = lint(tmp_path, book(code("work"), code("home"), code("play")), codings(work=[1, 2], home=[7]))
    assert said == [
        "code-unused: code `play` is never used",
        "code-used-once: code `home` is used once, in O-01#7",
    ]


def test_a_deductive_code_that_says_what_it_is_for_may_wait_unused(tmp_path: Path) -> None:
    waits = code("play", "origin: deductive, memo: For F02.")
    codebook = book(code("work"), waits, code("rest", "origin: deductive"))
    assert lint(tmp_path, codebook, codings(work=[1, 2])) == ["code-unused: code `rest` is never used"]


@pytest.mark.parametrize(("twice", "told"), [("abc", 3), ("ab", 0)])
def test_where_most_codes_are_used_once_none_is_told(tmp_path: Path, twice: str, told: int) -> None:
    coded = {one: [n, n + 10] if one in twice else [n] for n, one in enumerate("abcdef"[: 3 + len(twice)], 1)}
    said = lint(tmp_path, book(*(code(one) for one in coded)), codings(**coded))
    assert len(of_rule("code-used-once", said)) == told


def test_a_code_that_two_coders_put_on_one_passage_is_used_once(tmp_path: Path) -> None:
    write_study(tmp_path, {"codings/second/O-01.yaml": codings(work=[1]).replace("first", "second")})
    assert lint(tmp_path, book(code("work")), codings(work=[1])) == [
        "code-used-once: code `work` is used once, in O-01#1"
    ]


@pytest.mark.parametrize(
    ("work", "home", "said"),
    [
        ([1, 2, 3, 4], range(5, 17), []),  # a quarter is not more than a quarter
        ([1, 2, 3, 4, 5], range(6, 17), ["code `work` is on 5 of 16 passages (31%, more than 25%)"]),
        ([1, 2, 3], [5, 6], []),  # 60 percent, and too few to mean anything
    ],
)
def test_code_too_broad(tmp_path: Path, work: list[int], home: range, said: list[str]) -> None:
    halves = list(home)[::2], list(home)[1::2]
    halves = halves if len(home) < 8 else (list(home)[::3], list(home)[1::3])
    rest = [turn for turn in home if turn not in halves[0] + halves[1]]
    coded = codings(work=work, home=halves[0], play=halves[1], rest=rest)
    found = lint(tmp_path, book(code("work"), code("home"), code("play"), code("rest")), coded)
    assert [one for one in of_rule("code-too-broad", found) if "`work`" in one] == said


def test_codes_together(tmp_path: Path) -> None:
    coded = codings(
        work=[1, 2, 3, 4, 5, 6], home=[1, 2, 3, 4, 5, 6], play=[1, 2, 3, 4, 20, 21], rest=[25, 26]
    )
    said = lint(tmp_path, book(code("work"), code("home"), code("play"), code("rest")), coded)
    assert of_rule("codes-together", said) == [
        "6 of 6 passages of `home` also have `work`, and 6 of 6 the other way round (more than 80%)"
    ]


def test_a_code_that_lies_inside_a_broad_one_is_not_the_same(tmp_path: Path) -> None:
    coded = codings(work=[1, 2, 3, 4], home=[1, 2, 3, 4, 5, 6])
    assert of_rule("codes-together", lint(tmp_path, book(code("work"), code("home")), coded)) == []


def test_three_times_together_is_too_few(tmp_path: Path) -> None:
    coded = codings(work=[1, 2, 3], home=[1, 2, 3])
    assert of_rule("codes-together", lint(tmp_path, book(code("work"), code("home")), coded)) == []


def test_in_vivo_label(tmp_path: Path) -> None:
    codes = (
        code("told", "origin: in-vivo", label="What I say"),
        code("stem", "origin: in-vivo", label='"what I... says"'),
        code("lost", "origin: in-vivo", label="A rope without end"),
        code("idea", label="Another rope"),
    )
    said = lint(tmp_path, book(*codes), codings(told=[1, 2], stem=[3, 4], lost=[5, 6], idea=[7, 8]))
    assert said == [
        "in-vivo-label: the label of `lost` is to be the informants' own words, and none of its passages has them"
    ]


def test_advice_has_the_line_it_is_about_and_how_grave_it_is(tmp_path: Path) -> None:
    codebook = book(code("work"), code("old", "status: retired"), "- {id: bare}\n")
    lint(tmp_path, codebook, codings(work=[1, 2], old=[3]))
    found = locate(check_study(read_study(tmp_path), LINT), tmp_path)
    assert [(one.rule, one.place.path, one.place.line, one.severity) for one in found] == [
        ("code-undefined", "codebook.yaml", 8, "warning"),
        ("code-unused", "codebook.yaml", 8, "warning"),
    ]


def test_no_advice_goes_untried() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    rules = [rule_of(check) for check in LINT]
    assert [rule for rule in rules if f"{rule}: " not in text and f'of_rule("{rule}"' not in text] == []


def cues(**lists: str) -> str:
    """A code with cues in Indonesian."""
    return code("trained", "cues: {" + ", ".join(f"{key}: {listed}" for key, listed in lists.items()) + "}")


@pytest.mark.parametrize(
    ("listed", "told"),
    [
        ("[~latih, =pelatihan]", ["=pelatihan by ~latih"]),
        ("[=pelatihan, ~latih]", ["=pelatihan by ~latih"]),
        ("[latih, =dilatih, dilatih, =pelatihan]", ["=dilatih by latih", "dilatih by latih"]),
        ("[pelatihan, dilatih, ~latih]", ["pelatihan by ~latih", "dilatih by ~latih"]),
        ("[tidak latih, latih]", []),
        ("['?latih ... sering', '?latih ... jarang', jarang sekali]", []),
        ("['?latih ... sering', sering]", ["?latih ... sering by sering"]),
        ("[dinas ... latih, dinas latih, orang dinas sudah melatih]",
         ["dinas latih by dinas ... latih", "orang dinas sudah melatih by dinas ... latih"]),
        ("[dinas latih, dinas ... latih]", ["dinas latih by dinas ... latih"]),
        ("[dinas ... latih, dinas satu dua tiga empat lima enam latih]", []),
        ("[dinas ... latih, dinas ... kami ... latih]", []),
        ("[=dilatih, latih dinas, dinas latih]", []),
    ],
)  # fmt: skip
def test_a_cue_that_another_covers_is_told_and_one_of_two_alike_is_kept(
    tmp_path: Path, listed: str, told: list[str]
) -> None:
    said = of_rule("cue-covered", lint(tmp_path, book(cues(id=listed))))
    wanted = [one.split(" by ") for one in told]
    assert said == [
        f'cue "{one}" of `trained` finds nothing that "{other}" does not find' for one, other in wanted
    ]


def test_cues_are_compared_within_their_list_only(tmp_path: Path) -> None:
    both = book(cues(id="[latih]", en="[train]", **{"not": "{id: [latih dulu, dilatih dulu]}"}))
    said = of_rule("cue-covered", lint(tmp_path, both))
    assert said == ['cue "dilatih dulu" of `trained` finds nothing that "latih dulu" does not find']


DAILY = "Bajunya kekecilan, nanti saya tukar ke toko."


def test_a_cue_that_fires_on_everyday_talk_is_told_and_company_keeps_it_from_that(tmp_path: Path) -> None:
    said = of_rule(
        "cue-everyday", lint(tmp_path / "a", book(cues(id="[toko, toko Shopee, '?toko ... lupa']")))
    )
    assert said == [f'cue "toko" of `trained` fires on everyday talk: "{DAILY}"']
    company = book(cues(id="[toko]", needs="{id: [dinas, program]}"))
    assert of_rule("cue-everyday", lint(tmp_path / "b", company)) == []


@pytest.mark.parametrize(
    ("cue", "told"),
    [
        ("modul", ["stands in its `example` only negated: it finds the opposite"]),
        ("tidak ... modul", []),
        ("brosur", ["fires in its `near_miss`, and not in its example or definition"]),
        ("buku", []),
    ],
)
def test_a_cue_that_contradicts_its_code_is_told(tmp_path: Path, cue: str, told: list[str]) -> None:
    lack = code(
        "no-module", f"example: Kami tidak diberi modul., near_miss: Brosur diberikan., cues: {{id: [{cue}]}}"
    )
    said = of_rule("cue-contradicts", lint(tmp_path, book(lack, code("module-given"))))
    assert said == [f'cue "{cue}" of `no-module` {one}' for one in told]


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        (["no-module: limits", "module-given: supports"], []),
        (["no-module: limits", "loan-given: supports"],
         ["code `no-module` is for a lack, and `dimension` has none for the thing itself"]),
        (["no-module: limits", "module-late: limits", "x-y: supports"],
         ["code `no-module` is for a lack, and `dimension` has none for the thing itself"]),
        (["module-given: supports", "loan-given: supports"],
         ["every code of `dimension` supports it, and none limits it"]),
        (["module-given: supports", "loan-refused: limits"], []),
    ],
)  # fmt: skip
def test_a_code_without_its_counterpart_is_told(tmp_path: Path, codes: list[str], told: list[str]) -> None:
    listed = [
        code(name, f"direction: {side}", label=name) for name, side in (one.split(": ") for one in codes)
    ]
    assert of_rule("code-without-counterpart", lint(tmp_path, book(*listed))) == told
