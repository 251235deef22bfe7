"""Web Annotations: each coding's words are found by its selector, and only there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st

from empowerment_qda.exchange.outgoing import gather
from empowerment_qda.exchange.web_annotation import write_annotations
from empowerment_qda.files.read import read_study
from empowerment_qda.model.coding import Coding, Codings
from empowerment_qda.model.source import Source, TurnRange
from empowerment_qda.model.study import Study
from kit import CODED_OWNER, SMALL, write_study


def annotate(study: Study) -> list[dict[str, Any]]:
    """The annotations of a study."""
    content = write_annotations(gather(study, what="passages")).content
    assert isinstance(content, bytes)
    page = json.loads(content)
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert page["partOf"]["total"] == len(page["items"])
    items: list[dict[str, Any]] = page["items"]
    return items


def test_an_annotation_says_who_coded_which_words_with_what(tmp_path: Path) -> None:
    coded = CODED_OWNER.replace("id: E2,", "id: E2, memo: A remark.,")
    study = read_study(write_study(tmp_path, {**SMALL, "codings/first/O-01.yaml": coded}))
    one = annotate(study)[1]
    assert one["creator"]["nickname"] == "first"
    assert [body.get("value") or body["source"] for body in one["body"]] == [
        "training-provided",
        "codebook.yaml#enabling/awareness/training-provided",
        "A remark.",
    ]
    assert one["target"]["source"] == "data/interviews/O-01.yaml#turn=2"
    selector = one["target"]["selector"]
    assert (selector["exact"], selector["suffix"]) == (
        "Yes, I joined their classes.",
        "But it was only once, last year.",
    )
    assert selector["prefix"].endswith("Were you trained?")


def test_words_that_may_not_be_quoted_stay_behind(tmp_path: Path) -> None:
    study = read_study(write_study(tmp_path, {**SMALL, "consent.yaml": "H: {quote: yes}\n"}))
    written = write_annotations(gather(study, what="passages"))
    assert isinstance(written.content, bytes)
    assert b"joined" not in written.content
    assert "2 codings of words that their speakers did not agree to have quoted" in written.lost


def test_the_words_beside_a_quote_may_not_be_quoted_either(tmp_path: Path) -> None:
    group = """
        id: O-01
        informants: [{id: O, type: owner}, H]
        interviewer: R
        turns:
          - {speaker: R, text: "Were you trained?"}
          - {speaker: H, text: "In truth, I joined their classes. But it was only once, last year."}
          - {speaker: O, text: "A secret of mine."}
        """
    coded = CODED_OWNER.replace("Yes, I joined their", "I joined their")
    changed = {"data/interviews/O-01.yaml": group, "codings/first/O-01.yaml": coded}
    study = read_study(write_study(tmp_path, {**SMALL, **changed, "consent.yaml": "H: {quote: yes}\n"}))
    written = [one for one in annotate(study) if "O-01" in one["target"]["source"]]
    assert written[0]["target"]["selector"]["prefix"] == "In truth,"
    assert "secret" not in json.dumps(written)
    open_ = read_study(write_study(tmp_path / "all", {**SMALL, **changed}))
    assert "A secret of mine." in json.dumps(annotate(open_))


def test_names_are_the_same_in_each_export_and_no_two_alike(tmp_path: Path) -> None:
    study = read_study(write_study(tmp_path, SMALL))
    names = [one["id"] for one in annotate(study)]
    assert names == [one["id"] for one in annotate(study)]
    assert len(set(names)) == 3


WORDS = st.text(st.sampled_from("ab é\u05d0😀 .\n"), min_size=1, max_size=20).filter(
    lambda text: text.strip() != ""
)


@given(turns=st.lists(WORDS, min_size=1, max_size=4), data=st.data())
def test_a_selector_leads_to_the_words(turns: list[str], data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(turns))
    number = turns.index(text) + 1
    start = data.draw(st.integers(0, len(text) - 1))
    quoted = text[start : data.draw(st.integers(start + 1, len(text)))]
    if not quoted.strip():
        return
    source = Source.model_validate(
        {"id": "S", "method": "observation", "turns": [{"text": one} for one in turns]}
    ).at("data/s é.yaml")
    at = text[: start + 1].count(quoted) if quoted in text[:start] else 1
    coding = Coding(code="c", turn=TurnRange(number, number), quote=quoted, occurrence=max(at, 1))
    study = make_study(source, coding)
    for one in annotate(study):
        assert unquote(one["target"]["source"]) == f"data/s é.yaml#turn={number}"
        assert " ".join(one["target"]["selector"]["exact"].split()) == " ".join(quoted.split())


def make_study(source: Source, coding: Coding) -> Study:
    """A study of one source and one coding."""
    from empowerment_qda.model.codebook import Codebook
    from empowerment_qda.model.study import Settings

    settings = Settings.model_validate(
        {"title": "T", "codebook": "b.yaml", "sources": {"observation": "data/*.yaml"}}
    )
    book = Codebook.model_validate({"title": "B", "version": "1", "codes": [{"id": "c"}]}).at("b.yaml")
    codings = Codings(source="S", coder="first", codings=(coding,)).at("codings/first/S.yaml")
    return Study(settings, book, (source,), (codings,))
