"""Small files of other programs, each format once, that the session `import` brings in: a talk, codebooks, coded projects."""

from __future__ import annotations

import json
from pathlib import Path

import exchange_kit as kit

SAID = (
    ("Interviewer", "Since when do you come?"),
    ("Sari", "Since the market is open in the evening."),
    ("Interviewer", "Why?"),
    ("Sari", "It is cooler, =1+1 and [b]cheaper[/b]."),
)
LINES = [f"{who}: {text}" for who, text in SAID]
CAPTIONS = [
    f"00:00:0{at}.000 --> 00:00:0{at + 1}.000\n<v {who}>{text}" for at, (who, text) in enumerate(SAID)
]
CUES = [f"{at + 1}\n00:00:0{at},000 --> 00:00:0{at + 1},000\n{line}" for at, line in enumerate(LINES)]
SLOTS = "".join(f'<TIME_SLOT TIME_SLOT_ID="t{at}" TIME_VALUE="{at}000"/>' for at in range(len(SAID)))
TIERS = "".join(
    f'<TIER TIER_ID="{who}">'
    + "".join(
        f'<ANNOTATION><ALIGNABLE_ANNOTATION TIME_SLOT_REF1="t{at}"><ANNOTATION_VALUE>{text}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>'
        for at, (speaker, text) in enumerate(SAID)
        if speaker == who
    )
    + "</TIER>"
    for who in ("Interviewer", "Sari")
)
NOTE = "<w:r><w:footnoteReference w:id='7'/></w:r>"
WORD = {
    "word/footnotes.xml": kit.word_xml("footnotes", f"<w:footnote w:id='7'>{kit.paragraph('In the shop.')}</w:footnote>"),
    "word/comments.xml": kit.word_xml(
        "comments",
        f"<w:comment w:id='0' w:author='Ani W.'>{kit.paragraph('training-rare')}{kit.paragraph('Says so twice.')}</w:comment>"
        f"<w:comment w:id='1' w:author='Budi'>{kit.paragraph('Ask again?')}</w:comment>",
    ),
}  # fmt: skip
MARKED = (
    "<w:p><w:r><w:t xml:space='preserve'>Sari: </w:t></w:r><w:commentRangeStart w:id='0'/><w:r><w:t>Only once</w:t></w:r>"
    "<w:commentRangeEnd w:id='0'/><w:r><w:t xml:space='preserve'>, and </w:t></w:r><w:commentRangeStart w:id='1'/>"
    "<w:r><w:t>late</w:t></w:r><w:commentRangeEnd w:id='1'/></w:p>"
)
SHEET = [["speaker", "text", "mood"], *map(list, SAID)]
TEXT = "\n".join(LINES)
COST = TEXT.index("It is cooler")
BROUGHT: dict[str, str | bytes] = {
    "talks/a.docx": kit.docx(*map(kit.paragraph, LINES[:3]), f"<w:p><w:r><w:t>{LINES[3]}</w:t></w:r>{NOTE}</w:p>", parts={"word/footnotes.xml": WORD["word/footnotes.xml"]}),
    "talks/b.odt": kit.odt(*LINES, head="Study 7"),
    "talks/c.rtf": rb"{\rtf1\ansi " + "\\par ".join(LINES).encode() + rb"{\footnote x}}",
    "talks/d.pdf": kit.pdf(["Study 7", *LINES[:2], "1"], ["Study 7", *LINES[2:], "2"], []),
    "talks/e.html": "".join(f"<p><b>{who}:</b> {text}</p>" for who, text in SAID),
    "talks/f.txt": TEXT,
    "talks/g.md": "\n\n".join(f"**{who}:** {text}" for who, text in SAID),
    "talks/h.vtt": "WEBVTT\n\nNOTE by hand\n\n" + "\n\n".join(CAPTIONS),
    "talks/i.srt": "\n\n".join(CUES),
    "talks/j.eaf": f"<ANNOTATION_DOCUMENT><TIME_ORDER>{SLOTS}</TIME_ORDER>{TIERS}</ANNOTATION_DOCUMENT>",
    "talks/k.json": json.dumps({"segments": [{"speaker": who, "text": text, "start": at} for at, (who, text) in enumerate(SAID)]}),
    "talks/l.csv": "Pembicara;Teks\n" + "\n".join(f"{who};{text}" for who, text in SAID),
    "talks/m.xlsx": kit.xlsx(SHEET),
    "people.csv": "file;informant;type;date;trade\na;S1;owner;2024-05-02;batik\nb.odt;S1;;;\nz.txt;S9;;;\n",
    "letters.txt": "P: Why?\n\nI: Because.\n\nP: And?\n\nI: Thus.\n",
    "answers.csv": "informan,pertanyaan,jawaban\nA1,How?,So.\nA2,How?,Thus.\n",
    "bad.docx": b"none",
    "two.pdf": kit.pages(20_000),
    "book.md": "# Book\n\nMade in May.\n\n- Cost: what it takes\n  - \"Rushed\", no time: hurries\n- Joy\n",
    "themes.csv": "theme,code,definition,colour\nUse,Cost,what it takes,red\nOther,Cost,,\n",
    "word.docx": kit.docx(kit.table(["code", "definition"], ["Way home", "how they get there"])),
    "refi.qdc": kit.qde("").replace("Project", "CodeBook").replace("<CodeBook><Codes>", "<Codes>").replace("</CodeBook></CodeBook>", "</CodeBook>"),
    "project.qdpx": kit.qdpx(
        "<Sources>" + kit.text_source(kit.selection(COST, COST + 12) + kit.selection(5_000, 5_001)) + "</Sources>",
        {f"sources/{kit.guid(31)}.txt": TEXT},
    ),
    "tags.sqlite3": kit.taguette("<p>Interviewer: Why?</p><p>Sari: It is cooler.</p>", [(23, 35, 2)]),
    "segments.csv": "document,code,segment,coder,weight\nH-01,training-rare,every month,Ani\nH-01,New,Owners come,Ani\nH-01,New,never said,Ani\n",
    "marked.docx": kit.docx(kit.paragraph("Interviewer: Is there training?"), MARKED, parts={"word/comments.xml": WORD["word/comments.xml"]}),
}  # fmt: skip
ORDERS = (
    "import ../brought/letters.txt --yes", "import ../brought/letters.txt --interviewer X", "import ../brought/bad.docx ../brought/two.pdf ../brought/none.txt",
    "import ../brought/letters.txt --interviewer P --informant I1 --type owner --format json",
    "import ../brought/talks --people ../brought/people.csv", "import ../brought/talks/a.docx ../brought/answers.csv",
    "import ../brought/answers.csv --format md", "import ../brought/book.md --codebook", "import ../brought/book.md --codebook --format json",
    "import ../brought/themes.csv --codebook", "import ../brought/word.docx --codebook", "import ../brought/refi.qdc",
    "import ../brought/project.qdpx", "import ../brought/tags.sqlite3 --format json", "import ../brought/segments.csv",
    "import ../brought/segments.csv", "import ../brought/marked.docx --comments --coder 'Ani W.=ani'", "check", "status",
)  # fmt: skip
"""What the session types, one after the other."""


def write_brought(folder: Path) -> None:
    """Write the files in a folder."""
    for name, content in BROUGHT.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
