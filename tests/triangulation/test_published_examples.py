"""The worked examples of the rules, each made into a study folder and run through the command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from triangulation.tiny import QDA, Tiny, memo, tiny

EXAMPLES = json.loads(Path(__file__).with_name("examples.json").read_text(encoding="utf-8"))
SIDES = {"supporting": "supported_by", "contradicting": "contradicted_by", "inferred": "inferred_from"}


def build(example: dict[str, Any], root: Path) -> Tiny:
    """Each item is a source of one turn with one coding, called as the item; `response` is a memo that answers."""
    finding = example["finding"]
    findings = {"findings": [
        {"id": finding["id"], "statement": example["name"]} | {SIDES[key]: finding[key] for key in SIDES if key in finding}
    ]}  # fmt: skip
    memos = memo("M12", finding["id"]) if "response" in finding else {}
    if memos:
        findings["findings"][0]["response"] = "M12"
    types = {name: {"label": name, **kind} for name, kind in example["types"].items()}
    qda = {
        "groups": {one["group"]: {"label": one["group"]} for one in types.values()},
        "informant_types": types,
    }
    made = tiny(root, "", qda={**QDA, **qda, "evidence": example["config"]}, findings=findings, memos=memos)
    for item in example["items"]:
        name = item["id"]
        who = item["informant"]
        person = (
            {"id": who, **{key: value for key, value in example["informants"][who].items() if value}}
            if who
            else None
        )
        source = {
            "id": name, "method": item["method"], "date": item["date"], "turns": [{"text": f"The words of {name}."}],
            "informant": person, "producer": item.get("provenance"),
        }  # fmt: skip
        row = {
            "id": name,
            "code": "useful",
            "turn": 1,
            "quote": f"The words of {name}.",
            "event_date": item.get("event_date"),
        }
        made.write(f"data/{name}.yaml", {key: value for key, value in source.items() if value})
        made.write(
            f"codings/first/{name}.yaml",
            {
                "source": name,
                "coder": "first",
                "codings": [{key: value for key, value in row.items() if value}],
            },
        )
    return made


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example["name"]))
def test_the_published_examples(example: dict[str, Any], tmp_path: Path) -> None:
    made, expected = build(example, tmp_path), example["expected"]
    found = made.finding(example["finding"]["id"])
    assert found["verdict"].split(" (")[0] == expected["verdict"]
    assert found["contested"] == expected["contested"]
    axes = found["axes"]
    assert {name: axis["status"] for name, axis in axes.items()} == expected["axes"]
    assert [axes[name]["values"] for name in ("type", "group", "method")] == [
        expected["types"], expected["groups"], expected["methods"],
    ]  # fmt: skip
    assert [axes["informant"]["count"], axes["informant"]["upper"]] == expected["informants"]
    assert found["convergence"]["assessment"] == expected["convergence"]
    assert found["convergence"]["cells"] == expected["cells"]
    assert _named(found["flags"]) == sorted(expected["flags"])
    assert _named(found["errors"]) == expected["errors"]
    assert made.qda("triangulate").exit_code == (2 if expected["errors"] else 0)


def _named(flags: list[dict[str, Any]]) -> list[str]:
    return sorted(" ".join(filter(None, (one["code"], one["name"], one["value"]))) for one in flags)
