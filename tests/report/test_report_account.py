"""What a report says of the coding itself: contact summaries, and what did not become evidence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from empowerment_qda.cli.report import give_account
from empowerment_qda.conclusions import conclude_study
from empowerment_qda.evidence.reduce import reduce_study
from empowerment_qda.files.read import read_study
from empowerment_qda.report import fill, make_report
from empowerment_qda.triangulation import triangulate_study
from kit import CODED_OWNER, OWNER, SMALL, write_study
from report_kit import MADE, SECOND, Page, account, make, show

OWN, CODED = "data/interviews/O-01.yaml", "codings/first/O-01.yaml"
MEMO = "---\nid: M1\nlinks: [E3]\n---\n\nOnce a year? Who was <b>left</b> out?\n"
TALK = "It rains, and " + "it rains again, " * 9 + "so we wait."
MORE = {
    OWN: OWNER.rstrip()
    + f"\n      - {{speaker: O, text: Some tea?}}\n      - {{speaker: O, text: '{TALK}'}}\n",
    CODED: CODED_OWNER.replace("id: E2,", "id: E2, memo: Who taught?,").rstrip()
    + """
      - {code: training-rare, turn: 2, quote: Yes, status: rejected, memo: said of <i>another</i> year}
    left_out:
      - {turn: 3, reason: small *talk*}
    """,
    "memos/M1.md": MEMO,
}


def test_a_report_without_an_account_says_nothing_of_the_coding(tmp_path: Path) -> None:
    study = read_study(write_study(tmp_path, SMALL))
    reduction = reduce_study(study)
    results = (conclude_study(study, reduction), triangulate_study(study, reduction))
    report = make_report(study, reduction, (), *results, "en", MADE)
    for text in (fill(report, "html"), fill(report, "md")):
        assert "Saturation and agreement" not in text
        assert "What did not become evidence" not in text


# Contact summaries


def test_each_source_tells_its_share_main_codes_and_open_questions(tmp_path: Path) -> None:
    found = account(tmp_path, "en", MORE).contacts
    assert (
        found.line
        == "What each source gave: 32% of the text is coded, questions aside; 3 open questions in memos"
    )
    head, owner = found.rows
    assert (head.source.text, head.share, head.questions) == ("H-01", "57%", ())
    assert [(code.text, code.anchor, number) for code, number in owner.codes] == [
        ("training-provided", "code-training-provided", 1), ("training-rare", "code-training-rare", 1),
    ]  # fmt: skip
    assert [(text, where.text, where.anchor) for text, where in owner.questions] == [
        ("Once a year?", "M1", "memo-M1"), ("Who was <b>left</b> out?", "M1", "memo-M1"),
        ("Who taught?", "E2", "passage-O-01-1"),
    ]  # fmt: skip


def test_a_question_on_two_sources_is_one_question(tmp_path: Path) -> None:
    found = account(tmp_path, "en", {"memos/M1.md": MEMO.replace("[E3]", "[E1, E3]")}).contacts
    assert [len(row.questions) for row in found.rows] == [2, 2]
    assert found.line.endswith("; 2 open questions in memos")


def test_without_questions_there_is_no_column_for_them(tmp_path: Path) -> None:
    found = account(tmp_path)
    assert not found.contacts.asked
    assert found.contacts.line == "What each source gave: 77% of the text is coded, questions aside"
    assert "Open questions" not in show(tmp_path, "en") + show(tmp_path, "en", "md")


# What did not become evidence


def test_what_did_not_become_evidence_is_counted_and_listed_with_its_reason(tmp_path: Path) -> None:
    found = account(tmp_path, "en", MORE).condensation
    assert (
        found.line
        == "What did not become evidence: 1 turn not coded, 1 turn left out on purpose, 1 coding rejected"
    )
    assert [one.left_out for one in found.rows] == [False, True, False]
    assert "left out · <span" in show(tmp_path, "en")
    rows = [
        (one.place.anchor, one.code.text if one.code else "", one.words, one.coder, one.reason)
        for one in found.rows
    ]
    assert rows == [
        ("turn-O-01-2", "training-rare", "Yes", "first", "said of <i>another</i> year"),
        ("turn-O-01-3", "", "Some tea?", "first", "small *talk*"),
        ("turn-O-01-4", "", "It rains, and" + " it rains again," * 6 + " it rains …", "", ""),
    ]
    assert len(found.rows[2].words) <= 122


def test_words_that_were_not_found_are_told_once(tmp_path: Path) -> None:
    lost = CODED_OWNER.replace("But it was only once, last year.", "Words of some other talk entirely.")
    findings = {"findings.yaml": "findings: [{id: F1, statement: So.}]\n"}
    report = make(tmp_path, "en", SMALL | {CODED: lost} | findings)
    assert [one.id for one in report.unplaced] == ["E3"]
    assert report.account
    assert report.account.condensation.rows == ()
    html = show(tmp_path, "en")
    assert html.count("Words of some other talk entirely.") == 1
    line = report.account.condensation.line
    assert (
        line
        == "What did not become evidence: 0 turns not coded, 0 turns left out on purpose, 0 codings rejected"
    )
    assert f'<p class="small">{line}</p>' in html


def test_only_the_codings_that_count_are_told_of(tmp_path: Path) -> None:
    first = show(write_study(tmp_path, SMALL | MORE), "en")
    auto = """
        source: O-01
        coder: auto
        codings:
          - {code: training-rare, turn: 2, quote: "But it was only once", status: suggested}
          - {code: training-provided, turn: 2, quote: last year, status: rejected, memo: by hand}
        left_out: [{turn: 4, reason: by a machine}]
        """
    write_study(tmp_path, {"codings/auto/O-01.yaml": auto})
    assert show(tmp_path, "en") == first


# The page


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study with something of everything."""
    return write_study(tmp_path_factory.mktemp("whole"), SMALL | MORE | SECOND)


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_page_shows_counts_and_folds_the_rest(whole: Path, language: str) -> None:
    found = make(whole, language).account
    assert found
    assert found.saturation
    assert found.agreement
    html = show(whole, language)
    page = Page(html)
    assert page.unclosed == []
    assert {link[1:] for link in page.links} <= set(page.ids)
    for line in (found.contacts.line, found.condensation.line):
        assert f"<summary>{line}</summary>" in html
    for sentence in (found.saturation.sentence, found.agreement.sentence):
        assert sentence in html
    folds = re.findall(r"<details[^>]*><summary>([^<]*)</summary>", html)
    assert html.index(found.saturation.sentence) < html.index('<section id="sources"')
    assert [one for one in folds if "etail" in one or "Rincian" in one] == (
        ["Saturation in detail", "Agreement in detail"]
        if language == "en"
        else ["Rincian kejenuhan", "Rincian kesepakatan"]
    )
    text = show(whole, language, "md")
    assert f"**{found.condensation.line}**" in text


def test_reasons_and_questions_are_words_and_never_markup(whole: Path) -> None:
    html, text = show(whole, "en"), show(whole, "en", "md")
    assert "said of &lt;i&gt;another&lt;/i&gt; year" in html
    assert "Who was &lt;b&gt;left&lt;/b&gt; out?" in html
    assert "- O-01\\#2 rejected: training-rare · Yes (said of \\<i\\>another\\</i\\> year; first)" in text
    assert "- O-01\\#3 left out · Some tea? (small \\*talk\\*; first)" in text
    assert "Once a year? (M1) / Who was \\<b\\>left\\</b\\> out? (M1)" in text


def test_an_account_is_the_same_every_time(whole: Path) -> None:
    first, second = read_study(whole), read_study(whole)
    assert give_account(first, reduce_study(first)) == give_account(second, reduce_study(second))
