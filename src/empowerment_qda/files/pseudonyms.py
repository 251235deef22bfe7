"""pseudonyms.yaml, the key from names to pseudonyms: read, proposals written into it, whether git would take it along, and where
its names stand still."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from empowerment_qda.anchors.normal_forms import folded
from empowerment_qda.files.border import walk
from empowerment_qda.files.read import read_bytes, read_if_there
from empowerment_qda.files.write import write_text
from empowerment_qda.files.yaml import decode, parse_yaml
from empowerment_qda.privacy.proposals import Proposal
from empowerment_qda.privacy.pseudonyms import Pseudonyms
from empowerment_qda.problems import Place, Problem, StudyError, refusal
from empowerment_qda.text import inert_line, inert_yaml, is_odd

KEY = "pseudonyms.yaml"
MOST_NAMES = 5_000
READ = (
    ".yaml",
    ".yml",
    ".md",
    ".jsonl",
    ".txt",
    ".csv",
    ".tsv",
    ".json",
    ".html",
    ".xml",
    ".vtt",
    ".srt",
    ".svg",
    ".rtf",
    "",
)
"""Endings of files that are text."""
HEAD = """\
# The key from names to pseudonyms, one on a line: `Sari Dewi: Ani`. Several names may have one pseudonym.
# It stays with you: git passes over it (.gitignore), and no command exports it.
# Below are proposals. Where one is a name, take the `# ` before it away and choose a pseudonym; then `qda pseudonymise`.
"""


def read_key(root: Path) -> Pseudonyms | None:
    """The key of a study; None where there is none. StudyError with everything that is wrong with it."""
    raw = read_if_there(root, KEY)
    if raw is None:
        return None
    held = parse_yaml(decode(raw, KEY), KEY)
    if held is None:
        return Pseudonyms({})
    if not isinstance(held, dict):
        raise refusal(
            KEY,
            "value",
            "the key should be lines of `name: pseudonym`",
            "Write one name on each line.",
            line=1,
        )
    held = {name: new for name, new in held.items() if not (name == "format" and str(new).isdecimal())}
    problems = list(_find_problems(held))
    if problems:
        raise StudyError(problems)
    return Pseudonyms(held)


def _find_problems(held: dict[str, object]) -> Iterator[Problem]:
    if len(held) > MOST_NAMES:
        yield _problem(
            "",
            f"there are more than {MOST_NAMES:,} names",
            "Take out those that stand in no file of the study.",
        )
        return
    seen: dict[str, str] = {}
    sound: dict[str, str] = {}
    for name, new in held.items():
        plain = folded(name)
        if not any(map(str.isalnum, plain)):
            yield _problem(name, "a name has no letter and no digit", "Write a name before the colon.")
        elif not isinstance(new, str) or not new.strip() or new != new.strip() or "\n" in new or is_odd(new):
            said = f"the pseudonym of `{inert_line(name)}` should be a few words on one line"
            yield _problem(name, said, "Write it behind the colon, in quotes where it has signs.")
        elif seen.setdefault(plain, new) != new:
            said = f"`{inert_line(name)}` is written here twice, with two pseudonyms"
            yield _problem(name, said, "Keep one of the two.")
        else:
            sound[name] = new
    names = Pseudonyms(sound)
    for name, new in sound.items():
        for found in names.find(new):
            said = f"the pseudonym `{inert_line(new)}` holds the name `{inert_line(found.name)}` of this key"
            yield _problem(
                name, said, "Choose a pseudonym that is nobody's name, or it would be replaced again."
            )
            break


def _problem(name: str, message: str, hint: str) -> Problem:
    return Problem(Place(KEY, (name,) if name else ()), "pseudonyms", message, hint)


def write_proposals(root: Path, proposals: Iterable[Proposal]) -> int:
    """Add proposals to the key as comments, each with a pseudonym to change; those that stand there already are left out.
    How many were added."""
    raw = read_if_there(root, KEY)
    text = decode(raw, KEY) if raw is not None else HEAD
    numbers: dict[str, int] = {}
    added = 0
    for one in proposals:
        numbers[one.kind] = numbers.get(one.kind, 0) + 1
        name = inert_yaml(json.dumps(one.name, ensure_ascii=False))
        if f"# {name}: " in text:
            continue
        label = one.kind.replace(" ", "-") if one.kind != "capitalised word" else "word"
        line = f"# {name}: {label}-{numbers[one.kind]} # {one.number} in {', '.join(one.where)}"
        text += "" if text.endswith("\n") else "\n"
        text += inert_line(line) + "\n"
        added += 1
    if added:
        write_text(root, KEY, text)
    return added


# What `qda check` sees.


def check_key(root: Path) -> Iterator[Problem]:
    """Whether git would take the key along, and in which files its names stand still. Nothing where there is no key."""
    try:
        names = read_key(root)
    except StudyError as error:
        yield from error.problems
        return
    if names is None:
        return
    if why := say_taken_along(root):
        hint = f"Write `/{KEY}` into the study's .gitignore"
        hint += (
            f", then `git rm --cached {KEY}`; what was committed stays in the history."
            if "keeps" in why
            else "."
        )
        yield Problem(
            Place(KEY, (), 1),
            "key-not-ignored",
            f"{why}, and it is the way back from pseudonyms to names",
            hint,
        )
    for path, text in read_texts(root):
        found = [one.start for one in names.find(text)]
        if found:
            line = text.count("\n", 0, found[0]) + 1
            said = f"{len(found)} time{'s' * (len(found) > 1)} a name of {KEY} stands here (the first on this line)"
            hint = "`qda pseudonymise` replaces the names in all that qda reads and writes; change other files yourself."
            yield Problem(Place(path, (), line), "name-left", said, hint, "warning")


def read_texts(root: Path) -> Iterator[tuple[str, str]]:
    """Every file of the study's folder that is text, but for the key; what cannot be read is passed over."""
    for path in sorted(walk(root, ".")):
        if path != KEY and PurePosixPath(path).suffix.lower() in READ:
            with suppress(StudyError, UnicodeDecodeError):
                yield path, read_bytes(root, path).decode("utf-8-sig")


def say_taken_along(root: Path) -> str:
    """Why git would take the key along; nothing where it would not, or where there is no git."""
    whole = root.resolve()
    top = next((one for one in (whole, *whole.parents) if (one / ".git").exists()), None)
    if top is None:
        return ""
    inside = (whole / KEY).relative_to(top).as_posix()
    with suppress(StudyError):
        index = read_if_there(top, ".git/index", 500_000_000) or b""
        if inside.encode() + b"\0" in index:
            return "git keeps this file already"
    ignored = False
    folders = [
        top,
        *(top.joinpath(*PurePosixPath(inside).parts[:n]) for n in range(1, len(PurePosixPath(inside).parts))),
    ]
    for folder, name in [(top, ".git/info/exclude"), *((one, ".gitignore") for one in folders)]:
        with suppress(StudyError):
            lines = (read_if_there(folder, name) or b"").decode("utf-8", "replace").splitlines()
            path = (whole / KEY).relative_to(folder).as_posix()
            for line in lines:
                if _is_meant(line.rstrip(), path):
                    ignored = not line.startswith("!")
    return "" if ignored else "git does not pass over this file"


def _is_meant(line: str, path: str) -> bool:
    """Whether a line of a .gitignore means a path, or a folder above it."""
    pattern = line.removeprefix("!").rstrip("/")
    if not pattern or line.startswith("#"):
        return False
    wanted = (["**"] if "/" not in pattern else []) + pattern.removeprefix("/").split("/")
    parts = path.split("/")
    whole = range(1, len(parts) + (not line.endswith("/")))
    return any(fits(parts[:number], wanted) for number in whole)


def fits(parts: list[str], wanted: list[str]) -> bool:
    """Whether the parts of a path are as those of a pattern with `*` and `**`."""
    if not wanted or not parts:
        return not wanted and not parts
    if wanted[0] == "**":
        return any(fits(parts[number:], wanted[1:]) for number in range(len(parts) + 1))
    return fnmatchcase(parts[0], wanted[0]) and fits(parts[1:], wanted[1:])
