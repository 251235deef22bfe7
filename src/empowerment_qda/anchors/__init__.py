"""Quote to span and back: where the words of a coding stand, also after the source was edited."""

from empowerment_qda.anchors.decide import Anchor
from empowerment_qda.anchors.known_edit import KnownEdit, NewTurn
from empowerment_qda.anchors.source_text import AnchorKeys, SourceText

__all__ = ["Anchor", "AnchorKeys", "KnownEdit", "NewTurn", "SourceText"]
