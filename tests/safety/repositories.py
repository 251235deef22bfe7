"""Hostile folders in which git is told to run, fetch or read something elsewhere."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from safety.border import World
from safety.folders import Folder, Make, holds, link


def history(world: World, folder: Path | None = None) -> Path:
    """Make the study (or another folder) a repository with two states of the codebook; give its .git back."""
    place = folder or world.study
    first = (place / "codebook.yaml").read_text(encoding="utf-8")
    git(place, "init", "-q")
    git(place, "add", "-A")
    git(place, "commit", "-qm", "one")
    (place / "codebook.yaml").write_text(first.replace("classes", "lessons"), encoding="utf-8")
    git(place, "commit", "-qam", "two")
    return place / ".git"


def git(place: Path, *words: str) -> str:
    """What git answers, by its own settings alone."""
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "HOME": str(place)}
    names = {
        f"GIT_{who}_{what}": "a@b.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    done = subprocess.run(
        ["git", *words],
        cwd=place,
        env={**os.environ, **own, **names},
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


def configured(*lines: str, promised: bool = False) -> Make:
    """A repository with these settings; `promised`: the old codebook is missing, to be fetched when it is wanted."""

    def make(world: World) -> None:
        made = history(world)
        if promised:
            _lose(made, git(world.study, "rev-parse", "HEAD~1:codebook.yaml"))
        script = world.outside / "run.sh"
        with (made / "config").open("a", encoding="utf-8") as file:
            file.writelines(line.format(run=script, outside=world.outside) + "\n" for line in lines)
        (world.study / ".gitattributes").write_text("*.yaml diff=x filter=x merge=x\n", encoding="utf-8")
        for hook in ("post-checkout", "post-index-change", "fsmonitor-watchman", "reference-transaction"):
            shutil.copy(script, made / "hooks" / hook)

    return make


def _lose(made: Path, name: str) -> None:
    (made / "objects" / name[:2] / name[2:]).unlink()


def _elsewhere(world: World) -> Path:
    (world.outside / "repository").mkdir()
    shutil.copy(world.outside / "codebook.yaml", world.outside / "repository")
    return history(world, world.outside / "repository")


def gitfile(world: World) -> None:
    """`.git` is a file that names a repository elsewhere."""
    holds(".git", f"gitdir: {_elsewhere(world)}\n")(world)


def gitlink(world: World) -> None:
    """`.git` is a link."""
    _elsewhere(world)
    link(".git", "repository/.git")(world)


def common(world: World) -> None:
    """The common folder of a worktree lies elsewhere."""
    other, made = _elsewhere(world), history(world)
    for name in ("objects", "refs"):
        shutil.rmtree(made / name)
    for name in ("config", "packed-refs"):
        (made / name).unlink(missing_ok=True)
    (made / "commondir").write_text(f"{other}\n", encoding="utf-8")


def borrowed(how: str) -> Make:
    """Objects of another repository: named by its alternates, or by a link; HEAD~1 is one of them."""

    def make(world: World) -> None:
        other, made = _elsewhere(world), history(world)
        if how == "alternates":
            (made / "objects/info/alternates").write_text(f"{other / 'objects'}\n", encoding="utf-8")
        else:
            shutil.rmtree(made / "objects")
            (made / "objects").symlink_to(other / "objects")
        head = git(world.outside / "repository", "rev-parse", "HEAD")
        (made / "refs/heads" / git(world.study, "symbolic-ref", "--short", "HEAD")).write_text(f"{head}\n")

    return make


RUNS = (
    "[core]", "fsmonitor = {run}", "hooksPath = {outside}", "pager = {run}", "editor = {run}", "sshCommand = {run}",
    "gitProxy = {run}", "alternateRefsCommand = {run}", "askPass = {run}", "[diff]", "external = {run}",
    '[diff "x"]', "textconv = {run}", "command = {run}", '[filter "x"]', "clean = {run}", "smudge = {run}",
    "process = {run}", "required = true", "[gpg]", "program = {run}", "[credential]", "helper = {run}",
    "[uploadpack]", "packObjectsHook = {run}", "[log]", "showSignature = true", "[alias]", "cat-file = !{run}",
    "[pager]", "cat-file = {run}", "[trace2]", "eventTarget = {outside}/trace", "normalTarget = {outside}/trace",
    "[include]", "path = {outside}/secret.txt",
)  # fmt: skip
PROMISED = ("[core]", "repositoryformatversion = 1", "[extensions]", "partialClone = origin", '[remote "origin"]',
            "promisor = true", "partialclonefilter = blob:none")  # fmt: skip
GIT = [
    Folder("git-runs", "git is told to run things on every occasion", configured(*(x for x in RUNS if "secret" not in x and x != "[include]"))),
    Folder("git-includes", "the settings of git include a file outside", configured(*RUNS[-2:]), only="diff"),
    Folder("git-worktree", "the worktree of git lies outside", configured("[core]", "worktree = {outside}"), only="diff"),
    Folder("git-promised-ext", "the old codebook is to be fetched by a command",
           configured(*PROMISED, "url = ext::{run} %S x", "[protocol]", "allow = always", promised=True), only="diff"),
    Folder("git-promised-file", "the old codebook is to be fetched from a folder, by a program of its own",
           configured(*PROMISED, "url = file://{outside}", "uploadpack = {run}", promised=True), only="diff"),
    Folder("git-promised-ssh", "the old codebook is to be fetched over ssh, by a program of its own",
           configured(*PROMISED, "url = ssh://host.invalid/x", "[core]", "sshCommand = {run}", "[protocol]", "allow = always", promised=True), only="diff"),
    Folder("git-file", "`.git` names a repository elsewhere", gitfile, only="diff"),
    Folder("git-link", "`.git` is a link", gitlink, only="diff"),
    Folder("git-common", "the common folder of git lies elsewhere", common, only="diff"),
    Folder("git-alternates", "objects lie elsewhere", borrowed("alternates"), only="diff"),
    Folder("git-objects-linked", "the folder of the objects is a link", borrowed("link"), only="diff"),
]  # fmt: skip
