"""A study with a little of everything that a report shows, and its reports."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from empowerment_qda.cli.display import turn
from empowerment_qda.cli.report import give_account
from empowerment_qda.conclusions import conclude_study
from empowerment_qda.displays import make_display
from empowerment_qda.evidence.reduce import reduce_study
from empowerment_qda.files.read import read_study
from empowerment_qda.report import DISPLAYS, Form, Made, UserTemplate, fill, make_report
from empowerment_qda.report.index import Part
from empowerment_qda.triangulation import triangulate_study
from kit import SMALL, write_study

MADE = Made((("empowerment-qda", "0.2.0"),), (("qda.yaml", "0123456789abcdef" * 4),))

RICH = {
    "qda.yaml": """
        title: {id: Studi kaya, en: A rich study}
        language: id
        purpose: {id: Menguji laporan., en: To try the report.}
        questions: [{id: Apa?, en: What?}, {id: Siapa?, en: Who?}]
        codebook: codebook.yaml
        sources:
          interview: data/interviews/*.yaml
          fgd: data/groups/*.yaml
          observation: data/observations/*.yaml
          documentation: data/documents/*.yaml
        groups:
          agency: {label: {id: Dinas, en: Agency}}
          owner: {label: {id: Pemilik, en: Owners}}
        informant_types:
          owner: {label: {id: Pemilik usaha, en: Owner}, group: owner, planned: 3, order: 3}
          head: {label: {id: Kepala, en: Head}, group: agency, planned: 1, order: 1}
          staff: {label: {id: Staf, en: Staff}, group: agency, planned: 2, order: 2, note: {id: belum, en: not yet}}
        provenance_note: {id: Catatan asal., en: A note on `provenance`.}
        limits: [{id: Terbatas., en: Limited.}]
        sampling: {id: Purposif., en: Purposive.}
        ethics: {id: Ada izin., en: Approved.}
        researchers: [{role: {id: peneliti, en: researcher}, gender: f}, {}]
        reference: A reference (2024).
        """,
    "codebook.yaml": """
        title: {id: Buku, en: Book}
        version: 2.1
        reference: Somebody (2011).
        note: Codes with `origin`.
        codes:
          - id: enabling
            label: {id: Iklim, en: Climate}
            definition: {id: Iklim yang baik., en: A good climate.}
            codes:
              - id: awareness
                label: {id: Kesadaran, en: Awareness}
                codes:
                  - {id: training, label: {id: Pelatihan, en: Training}, direction: supports, use_when: A class is held., example: A class in May.}
                  - {id: rare, label: {id: Jarang, en: Rare}, direction: limits, origin: inductive}
                  - {id: talk, direction: neutral}
                  - {id: old, status: retired}
          - id: protecting
            label: {id: Perlindungan, en: Protection}
            codes:
              - {id: fairness, label: {id: Keadilan, en: Fairness}, codes: [{id: fair, direction: supports}]}
        """,
    "data/interviews/H-01.yaml": """
        id: H-01
        title: {id: Wawancara kepala, en: Interview with the head}
        informant: {id: H, type: head}
        date: 2022-09-12
        interviewer: R
        place: Medan
        turns:
          - {speaker: R, text: Ada pelatihan?, reconstructed: true, translation: {en: Is there training?}}
          - speaker: H
            time: "00:01:12"
            text: Kami adakan pelatihan tiap bulan. Pemilik datang. Cukup sering.
            translation: {en: We hold training every month. Owners come. Often enough.}
        """,
    "data/interviews/O-01.yaml": """
        id: O-01
        informant: {id: O, type: owner}
        date: 2022-09-20
        provenance: restated
        interviewer: R
        turns:
          - {speaker: O, text: Saya ikut kelas. Tapi cuma sekali saja.}
          - {speaker: O, text: Sesudah itu tidak ada lagi.}
        """,
    "data/interviews/U-01.yaml": """
        id: U-01
        informant: {id: U, type: owner, identity: unknown}
        date: 2022-09-21
        provenance: translated
        turns: [{speaker: U, text: Saya pernah ikut pelatihan.}]
        """,
    "data/groups/G-01.yaml": """
        id: G-01
        informants: [O, {id: X}]
        turns: [{text: Pelatihan itu ada.}]
        """,
    "data/observations/N-01.yaml": """
        id: N-01
        title: {id: Catatan lapangan, en: Field note}
        date: 2022
        producer: researcher
        note: Written at night.
        turns: [{text: Kelas penuh.}]
        """,
    "data/documents/D-01.yaml": """
        id: D-01
        date: 2022-06-27/2022-06-30
        producer: agency
        turns: [{text: Daftar hadir kelas.}]
        """,
    "codings/first/H-01.yaml": """
        source: H-01
        coder: first
        codings:
          - {id: E1, code: training, turn: 2, quote: Kami adakan pelatihan tiap bulan.}
          - {id: E1b, code: talk, turn: 2, quote: pelatihan tiap bulan. Pemilik datang.}
          - {id: E1c, code: rare, turn: 2, quote: Kami adakan pelatihan tiap bulan.}
          - {id: E1d, code: training, turn: 2, quote: Cukup sering., event_date: 2022-09-15}
        """,
    "codings/first/O-01.yaml": """
        source: O-01
        coder: first
        codings:
          - {id: E2, code: training, turn: 1, quote: Saya ikut kelas.}
          - {id: E3, code: rare, turn: 1-2, quote: "Tapi cuma sekali saja.\\nSesudah itu tidak ada lagi."}
          - {id: E4, code: rare, turn: 1, quote: Kata yang tidak pernah diucapkan siapa pun di sini.}
        """,
    "codings/first/U-01.yaml": """
        source: U-01
        coder: first
        codings: [{id: E5, code: training, turn: 1, quote: Saya pernah ikut pelatihan., strength: inferred}]
        """,
    "codings/first/G-01.yaml": """
        source: G-01
        coder: first
        codings: [{id: E6, code: training, turn: 1, quote: Pelatihan itu ada.}]
        """,
    "codings/first/N-01.yaml": """
        source: N-01
        coder: first
        codings: [{id: E7, code: training, turn: 1, quote: Kelas penuh.}]
        """,
    "codings/first/D-01.yaml": """
        source: D-01
        coder: first
        codings: [{id: E8, code: training, turn: 1, quote: Daftar hadir kelas.}]
        """,
    "codings/second/H-01.yaml": """
        source: H-01
        coder: second
        codings: [{code: training, turn: 2, quote: Kami adakan pelatihan tiap bulan.}]
        """,
    "findings.yaml": """
        findings:
          - id: F1
            statement: {id: Pelatihan ada., en: There is training.}
            dimension: enabling
            supported_by: [training]
            contradicted_by: [E3]
            qualified_by: [E1b]
            response: M1
            rivals: [F2, {statement: Hanya kabar., supported_by: [E7]}]
            expected_types: [staff]
            member_check: {done: yes, date: 2022-10-01, by: R, note: Setuju.}
            note: {id: Catatan temuan., en: A note on the finding.}
          - id: F2
            statement: {id: Pelatihan jarang., en: Training is rare.}
            dimension: enabling
            supported_by: [E3]
            response: M2
            contradicted_by: [E1d]
          - id: F3
            statement: {id: Semua adil., en: All is fair.}
            draft: yes
        conclusion: {statement: {id: Baik., en: Good.}, rests_on: [F1, F2], note: Tentatif.}
        recommendations:
          - {id: R1, statement: {id: Lanjutkan., en: Go on.}, rests_on: [F3, F1]}
          - {id: R2, statement: {id: Diam., en: Rest.}}
        """,
    "memos/M1.md": """
        ---
        id: M1
        title: Tentang F1
        author: first
        date: 2024-12-30
        kind: contradiction
        links: [F1, E2, O-01, training, H-01#2, M2, nowhere]
        ---

        # Judul

        Satu *tekanan* dan <b>bukan</b> [tautan](http://example.org).

        - butir
        """,
    "memos/M2.md": """
        ---
        id: M2
        links: [F2, F1]
        ---

        Dua.
        """,
    "memos/M3.md": """
        ---
        id: M3
        kind: reflexive
        ---

        Tiga.
        """,
}


SECOND = {
    "codings/second/O-01.yaml": """
        source: O-01
        coder: second
        codings: [{code: training-provided, turn: 2, quote: "Yes, I joined their classes."}]
        """
}
"""A second person who has coded one source of the small study."""


def make(root: Path, language: str = "id", files: dict[str, str] | None = None) -> Part:
    """What the report of a study shows."""
    if files is not None:
        write_study(root, files)
    study = read_study(root)
    reduction = reduce_study(study)
    displays = [turn(make_display(name, study, reduction, language)) for name in DISPLAYS]
    return make_report(
        study, reduction, displays, conclude_study(study, reduction), triangulate_study(study, reduction),
        language, MADE, give_account(study, reduction),
    )  # fmt: skip


def show(root: Path, language: str = "id", form: Form = "html", template: UserTemplate | None = None) -> str:
    """The text of a study's report."""
    return fill(make(root, language), form, template)


def account(root: Path, language: str = "en", changes: dict[str, str] | None = None) -> Part:
    """What the report of the small study says of the coding, some files changed."""
    found: Part = make(root, language, SMALL | (changes or {})).account
    return found


def finding(report: Part, id_: str) -> Part:
    """One finding of a report."""
    found: Part = next(one for section in report.sections for one in section.findings if one.id == id_)
    return found


class Page(HTMLParser):
    """What a page holds: elements by id, links, and the words of any element."""

    VOID = frozenset({"meta", "br", "hr", "img", "input", "link"})

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.headings: list[tuple[int, str]] = []
        self.words: dict[str, str] = {}
        self.attributes: dict[str, dict[str, str | None]] = {}
        self.unclosed: list[str] = []
        self._open: list[tuple[str, str | None]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        values = dict(attrs)
        self.tags.append(tag)
        if id_ := values.get("id"):
            self.ids.append(id_)
            self.attributes[id_] = values
            self.words.setdefault(id_, "")
        if (link := values.get("href")) is not None:
            self.links.append(link)
        if tag not in self.VOID:
            self._open.append((tag, values.get("id")))
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append((int(tag[1]), ""))

    def handle_endtag(self, tag: str) -> None:
        """Close the element that is open; another one is a fault of the page."""
        if self._open and self._open[-1][0] == tag:
            self._open.pop()
        else:
            self.unclosed.append(tag)

    def handle_data(self, data: str) -> None:
        """Give words to every element that is open."""
        for tag, id_ in self._open:
            if id_:
                self.words[id_] += data
            if self.headings and tag == f"h{self.headings[-1][0]}":
                level, words = self.headings[-1]
                self.headings[-1] = (level, words + data)
