"""The codings file of one coder and source: its bytes, what they mean, and how it reads after a change."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from empowerment_qda.desk import Splice
from empowerment_qda.desk.entry import path_of
from empowerment_qda.folder.codings_text import CodingsText, has_comments, split_codings
from empowerment_qda.folder.left_out_text import put_left_out
from empowerment_qda.folder.read import parse_file, read_if_there
from empowerment_qda.folder.write import format_codings
from empowerment_qda.folder.yaml import decode
from empowerment_qda.model.coding import Codings, LeftOut
from empowerment_qda.problems import Place, Problem, StudyError

BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Sheet:
    """A codings file as last seen; `raw` is None where there is none, `text` where it cannot be told into pieces."""

    raw: bytes | None
    file: Codings
    text: CodingsText | None

    @property
    def path(self) -> str:
        """Where it stands, from the study's root."""
        return path_of(self.file.source, self.file.coder)

    @property
    def has_comments(self) -> bool:
        """Whether a person seems to have written comments into it."""
        return self.raw is not None and has_comments(self.raw.decode("utf-8-sig"))

    def change(self, splice: Splice, left_out: tuple[LeftOut, ...] | None = None) -> Sheet:
        """The file after a change, and with this left out: other lines as they are, where its layout allows."""
        at, before, after = splice
        codings = self.file.codings
        codings = codings[:at] + after + codings[at + len(before) :]
        file = self.file.model_copy(update={"codings": codings})
        text: CodingsText | None = self.text.change(splice) if self.text else None
        if left_out is not None and left_out != file.left_out:
            file = file.model_copy(update={"left_out": left_out})
            text = _with_left_out(str(text), file) if text else None
        made = str(text) if text else format_codings(file)
        text = text or split_codings(made, len(codings))
        bom = BOM if self.raw and self.raw.startswith(BOM) else b""
        return Sheet(bom + made.encode(), file, text)


def _with_left_out(text: str, file: Codings) -> CodingsText | None:
    """The text with what the file leaves out; None where that cannot be put in without touching other lines."""
    made = put_left_out(text, file.left_out)
    try:
        again = parse_file(made, file.path, Codings)
    except StudyError:
        return None
    same = (again.codings, again.left_out) == (file.codings, file.left_out)
    return split_codings(made, len(file.codings)) if same else None


def read_raw(root: Path, source: str, coder: str) -> bytes | None:
    """The bytes of a codings file; None where there is none."""
    return read_if_there(root, path_of(source, coder))


def parse_sheet(raw: bytes | None, source: str, coder: str) -> Sheet:
    """A codings file from its bytes; StudyError where it is none, or another's."""
    if raw is None:
        return Sheet(None, Codings(source=source, coder=coder), None)
    path = path_of(source, coder)
    text = decode(raw, path)
    file = parse_file(text, path, Codings)
    if (file.source, file.coder) != (source, coder):
        said = f"the file says source `{file.source}` and coder `{file.coder}`"
        hint = f"In this place it should be `source: {source}` and `coder: {coder}`."
        raise StudyError([Problem(Place(path, (), 1), "coder-folder", said, hint)])
    return Sheet(raw, file, split_codings(text, len(file.codings)))
