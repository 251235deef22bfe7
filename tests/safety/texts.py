"""Hostile folders whose words do something: on a terminal, in a page, as a name."""

from __future__ import annotations

import json

from kit import SMALL
from safety.border import EVERY, World
from safety.folders import H01, LOG, Folder, Make, holds

EVIL = (
    "\x1b]52;c;ZXZpbA==\x07 \x1b[2J\x1b[31m \x9b31m \x9d0;evil\x9c \u202egnirts\u202c \u2066x\u2069"
    " \r=1+1\r\n=2+2 \x08\x7f \x85 evil"
)


def texts(evil: str) -> dict[str, object]:
    """The small study with something in every text that a person may write."""
    e = evil
    return {
        "qda.yaml": {
            "title": e, "language": "en", "codebook": "codebook.yaml", "purpose": e, "sampling": e, "limits": [e],
            "ethics": e, "reference": e, "licence": e, "questions": [e], "setting": e, "funding": e,
            "researchers": [{"id": e, "role": e, "credentials": e}],
            "sources": {"interview": "data/interviews/*.yaml"},
            "groups": {"agency": {"label": e}, "owner": {"label": e}},
            "informant_types": {
                "head": {"label": e, "group": "agency", "note": e, "planned": "1", "order": "1"},
                "owner": {"label": e, "group": "owner", "planned": "3", "order": "2"},
            },
        },
        "codebook.yaml": {
            "title": e, "version": f"1.0 {e}", "reference": e, "note": e, "licence": e,
            "codes": [{"id": "enabling", "label": e, "definition": e, "codes": [{"id": "awareness", "label": e, "codes": [
                {"id": "training-provided", "direction": "supports", "label": e, "definition": e, "use_when": e,
                 "not_when": e, "example": e, "near_miss": e, "source": e, "since": e, "memo": e,
                 "cues": {"en": ["training", e]}},
                {"id": "training-rare", "direction": "limits", "label": e, "definition": e,
                 "cues": {"en": ["only once"]}},
            ]}]}],
        },
        "data/interviews/H-01.yaml": {
            "id": "H-01", "title": e, "informant": {"id": "H", "type": "head", "note": e, "attributes": {f"age {e}": e}},
            "date": "2022-09-12", "place": e, "note": e, "time": e, "duration": e, "others_present": e, "recording": e,
            "interviewer": "R", "bystanders": [e],
            "turns": [
                {"speaker": "R", "text": f"Is there training? {e}"},
                {"speaker": "H", "time": e, "text": f"We hold digital training. {e}", "translation": {"id": e}},
                {"speaker": e, "text": e},
            ],
        },
        "codings/first/H-01.yaml": {
            "source": "H-01", "coder": "first",
            "codings": [{"id": "E1", "code": "training-provided", "turn": "2", "quote": f"We hold digital training. {e}",
                         "why": e, "memo": e, "direction_note": e}],
            "left_out": [{"turn": "1", "reason": e}],
        },
        "findings.yaml": {
            "findings": [{"id": "F1", "statement": {"en": e}, "dimension": "enabling", "supported_by": ["E1"],
                          "contradicted_by": ["E3"], "note": e, "response": e, "rivals": [{"statement": e}],
                          "member_check": {"done": "yes", "by": e, "note": e},
                          "negative_search": {"done": "yes", "by": e, "note": e}}],
            "conclusion": {"statement": e, "rests_on": ["F1"], "note": e},
            "recommendations": [{"id": "R1", "statement": e, "rests_on": ["F1"], "note": e}],
        },
    }  # fmt: skip


def wicked(evil: str) -> Make:
    """Those texts, escaped as YAML wants them; a memo and a log as well."""

    def make(world: World) -> None:
        for place, value in texts(evil).items():
            holds(place, json.dumps(value))(world)
        front = json.dumps({"id": "M05", "title": evil, "author": evil, "links": ["F1", "H-01#2", evil]})
        holds("memos/M05.md", f"---\n{front}\n---\n\n{evil}\n")(world)
        entry = {
            "at": "2026-01-02T03:04:05+00:00",
            "coder": evil,
            "action": evil,
            "text": evil,
            "source": "H-01",
        }
        holds("codings/third/log.jsonl", json.dumps(entry) + "\n" + evil + "\n")(world)

    return make


NAMES = "\x1b]0;evil\x07\x9b31m\u202e\r"
TEXTS = [
    Folder("escapes", "escapes, returns and overrides in every text", wicked(EVIL)),
    Folder("surrogates", "half a pair in every text", wicked("half \ud800 of it")),
    Folder("nul", "NUL in every text", wicked("a\0b")),
    Folder("names", "escapes in the names of files and folders", lambda world: (
        holds(f"data/interviews/{NAMES}.yaml", SMALL["data/interviews/H-01.yaml"].replace("H-01", "N-01"))(world),
        holds(f"data/interviews/bad{NAMES}.yaml", "id: {{")(world),
        holds(f"codings/{NAMES}/H-01.yaml", SMALL[H01].replace("E1", "E8"))(world),
        holds(f"codings/{NAMES}/log.jsonl", "{{\n")(world),
        holds(f"memos/{NAMES}.md", "---\nid: M09\nlinks: [nowhere]\n---\n\nx\n")(world),
    )),
    Folder("keys", "escapes in keys, ids and references", lambda world: (
        holds("findings.yaml", json.dumps({"findings": [{"id": NAMES, "statement": "x", "supported_by": [NAMES]}], NAMES: "x"}))(world),
        holds("memos/M03.md", f"---\n{json.dumps({'id': NAMES, 'links': [NAMES], 'date': NAMES, NAMES: 'x'})}\n---\n\nx\n")(world),
        holds(H01, json.dumps({"source": NAMES, "coder": NAMES, "codings": [{"code": NAMES, "turn": NAMES, "quote": NAMES}]}))(world),
    )),
    Folder("raw", "raw control bytes in YAML, Markdown and a log", lambda world: (
        holds("data/interviews/N-01.yaml", f"id: N-01\nnote: {EVIL}\nturns: [{{text: {EVIL}}}]\n")(world),
        holds("findings.yaml", f"findings:\n  - {{id: F1, statement: 'x {EVERY}', supported_by: [E1]}}\n")(world),
        holds("memos/M03.md", f"---\nid: M03\n---\n\n{EVIL}{EVERY}\n")(world),
        holds(LOG, f'{{"x": "{EVIL}"}}\n')(world),
    )),
    Folder("ids-that-climb", "ids of sources, coders and memos are paths", lambda world: (
        holds("data/interviews/N-01.yaml", SMALL["data/interviews/H-01.yaml"].replace("H-01", "../../../outside/new"))(world),
        holds("data/interviews/N-02.yaml", SMALL["data/interviews/O-01.yaml"].replace("O-01", f"{world.outside}/new"))(world),
        holds("data/interviews/N-03.yaml", SMALL["data/interviews/O-01.yaml"].replace("O-01", ".."))(world),
        holds("codings/third/H-01.yaml", SMALL[H01].replace("first", "../../outside/empty").replace("E1", "E8"))(world),
    )),
]  # fmt: skip
