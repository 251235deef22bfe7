"""A study in which people are called by their names, coded by two coders with logs, for `qda pseudonymise` and `qda purge`."""

from __future__ import annotations

from pathlib import Path

from empowerment_qda.coding import Add, LeaveOut, Remove, Set
from empowerment_qda.files.edit import Desk
from empowerment_qda.files.read import read_study
from empowerment_qda.model.source import Span, TurnRange
from kit import CODEBOOK, QDA, write_study
from kit_desk import Clock

SARI = """
    # Bu Sari Dewi, the first talk
    id: Sari-01
    informant: {id: Sari, type: owner, attributes: {village: Desa Mawar}}
    date: 2022-09-20
    place: rumah Bu Sari
    interviewer: R
    turns:
      - {speaker: R, text: "Bu Sari, were you trained?"}
      - speaker: Sari
        text: >-
          Yes, Pak Tigor Siregar came to us. I, Sari
          Dewi, joined their classes. But Tigor's class was only once.
        translation: {id: "Ya, Pak Tigor datang."}
      - {speaker: Sari, text: "Call Tigor at 0812-3456-7890. It was only once for Sari. It was only once for Tigor."}
      - {speaker: Sari, text: "Yes."}
      - {speaker: Sari, text: "Greet Tigor."}
    """
GROUP = """
    id: G-01
    method: fgd
    informants: [Sari, {id: T, type: head}]
    interviewer: R
    turns:
      - {speaker: R, text: "What of the classes?"}
      - {speaker: Sari, text: "They came only once."}
      - {speaker: T, text: "We held classes, and Sari came, every month we held them."}
      - {speaker: Sari, text: "No, only once. We paid the bus to the town ourselves that year."}
      - {speaker: T, text: "We plan more. They came only once."}
    """
MEMO = """
    ---
    id: M1
    author: second
    links: [Sari-01, "Sari-01#2", training-rare]
    ---

    Sari Dewi says of Tigor’s class: only once.
    """
FINDINGS = """
    findings:
      - id: F1
        statement: Training was rare, as Sari says.   # and Tigor
        dimension: enabling
        supported_by: [training-rare]
        contradicted_by: [training-provided]
    """
KEY = """
    Sari: Ani
    Sari Dewi: Ani
    Tigor: Budi
    Tigor Siregar: Budi
    0812-3456-7890: "[telephone]"
    Desa Mawar: a village
    """
NAMED = {
    "qda.yaml": QDA.replace("observation:", "fgd: data/groups/*.yaml\n      observation:"),
    "codebook.yaml": CODEBOOK,
    "data/interviews/Sari-01.yaml": SARI,
    "data/groups/G-01.yaml": GROUP,
    "findings.yaml": FINDINGS,
    "memos/M1.md": MEMO,
    "reports/findings.en.md": "Sari said so.\n",
    "pseudonyms.yaml": KEY,
    ".gitignore": "/pseudonyms.yaml\n/.qda/\n",
}
NAMES = ("Sari", "Dewi", "Tigor", "Siregar", "0812-3456-7890", "Mawar")


def named_study(root: Path) -> Path:
    """The study on disk, coded by `first` and `second`: short quotes, quotes that cut a name, words that stand twice."""
    write_study(root, NAMED)
    for coder in ("first", "second"):
        with Desk.open(root, read_study(root), coder, Clock()) as desk:
            text = desk.study.by_id["Sari-01"].turns
            for turn, words, code in [
                (2, "Sari", "training-provided"),
                (2, "Dewi, joined", "training-provided"),
                (2, "only once", "training-rare"),
                (3, "only once", "training-rare"),
                (3, "Tigor at 0812", "training-provided"),
                (3, "It was only once for Tigor", "training-rare"),
                (4, "Yes", "training-provided"),
            ]:
                start = text[turn - 1].text.index(words)
                desk.apply(Add("Sari-01", Span(turn, start, turn, start + len(words)), code))
            desk.apply(Add("Sari-01", Span(2, 0, 3, 10), "training-provided"))
            last = desk.codings("Sari-01").codings[-1]
            desk.apply(Set("Sari-01", last, {"memo": "Sari names Tigor."}))
            desk.apply(Remove("Sari-01", desk.codings("Sari-01").codings[0]))
            desk.undo()
            desk.apply(LeaveOut("Sari-01", TurnRange(5, 5), "greeting of Sari"))
            group = desk.study.by_id["G-01"].turns
            for turn, words in [
                (2, "only once"),
                (3, "We held classes"),
                (4, "only once"),
                (5, "only once"),
                (3, "and Sari came"),
            ]:
                start = group[turn - 1].text.index(words)
                desk.apply(Add("G-01", Span(turn, start, turn, start + len(words)), "training-rare"))
            desk.write_memo({"links": ["Sari-01#3"]}, f"What {coder} thinks of Sari.")
    return root
