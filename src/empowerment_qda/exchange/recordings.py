"""What transcribes recordings: captions, ELAN's tiers, and the JSON of Whisper, Otter and podcasts, as turns with times."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from empowerment_qda.exchange.archive import Unreadable, parse_xml
from empowerment_qda.exchange.documents import decode
from empowerment_qda.exchange.transcript import Said, Transcript, join_captions, split_names, write_time

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_VOICE = re.compile(r"<v(?:\.[\w.-]+)?\s+([^>]+)>")
_TAG = re.compile(r"</?(?:v|c|i|b|u|ruby|rt|lang)\b[^>]*>|<\d{1,2}:\d{2}[\d:.]*>")

_STYLED = re.compile(r"</?(?:b|i|u|s|font)\b[^>]*>|\{\\[^{}]*\}")
"""How SubRip sets words in type and place."""


def read_vtt(data: bytes) -> Transcript:
    """WebVTT: who speaks stands in `<v NAME>`, or in `NAME:` before the words."""
    import io

    import webvtt

    text, changes = decode(data)
    text = re.sub(r"^(\d+(?:\.\d+)?) --> (\d+(?:\.\d+)?)", _seconds, text, flags=re.M)
    try:
        captions = webvtt.from_buffer(io.StringIO(text))
    except webvtt.errors.MalformedFileError as error:
        raise Unreadable(f"cannot be read as WebVTT ({error})") from None
    said = [
        one
        for caption in captions.captions
        for one in _split_voices(caption.raw_text, write_time(caption.start))
    ]
    beside = [one.strip() for one in re.split(r"\n[^\S\n]*\n", text) if "-->" not in one]
    aside = [one for one in beside if one not in ("", "WEBVTT") and not one.startswith(("STYLE", "REGION"))]
    changes += ["notes and what stands between the captions are in `note`"] * bool(aside)
    return replace(join_captions(split_names(said), changes), aside=tuple(aside))


def _seconds(found: re.Match[str]) -> str:
    """Times in plain seconds, which some tools write and the library passes over with their words."""
    return " --> ".join(f"{write_time(one) or '00:00:00'}.000" for one in found.groups())


def _split_voices(text: str, time: str | None) -> Iterator[Said]:
    """A caption's parts, one for each voice."""
    before, *parts = _VOICE.split(text)
    if before.strip():
        yield Said(_untagged(before), None, time)
    for name, words in zip(parts[::2], parts[1::2], strict=True):
        yield Said(_untagged(words), " ".join(name.split()), time)


def _untagged(text: str) -> str:
    import html

    return html.unescape(_TAG.sub("", text))


def read_srt(data: bytes) -> Transcript:
    """SubRip: who speaks stands in `NAME:` before the words."""
    import pysubs2

    text, changes = decode(data)
    try:
        captions = pysubs2.SSAFile.from_string(
            text, format_="srt", keep_html_tags=True, keep_unknown_html_tags=True
        )
    except Exception as error:  # the library raises whatever its parts do
        raise Unreadable(f"cannot be read as SubRip ({type(error).__name__})") from None
    said = [
        Said(_STYLED.sub("", one.text.replace("\\N", "\n")), None, write_time(one.start / 1000))
        for one in captions
    ]
    return join_captions(split_names(said), changes)


def read_eaf(data: bytes) -> Transcript:
    """ELAN: each tier that stands on the recording itself is a speaker; what overlaps comes in the order of its beginning."""
    root = parse_xml(data, "cannot be read as ELAN's XML")
    times = dict(_read_times(root))
    said, dependent = [], []
    for tier in root.iter("TIER"):
        name = tier.get("PARTICIPANT") or tier.get("TIER_ID") or ""
        if tier.get("PARENT_REF"):
            dependent.append(tier.get("TIER_ID") or name)
            continue
        for one in tier.iter("ALIGNABLE_ANNOTATION"):
            start = times.get(one.get("TIME_SLOT_REF1", ""), 0)
            said.append(
                (
                    start,
                    Said(one.findtext("ANNOTATION_VALUE") or "", name or None, write_time(start / 1000)),
                )
            )
    said.sort(key=lambda pair: pair[0])
    changes = [f"not taken, since they annotate other tiers: {', '.join(dependent)}"] if dependent else []
    return join_captions([one for _, one in said], changes)


def _read_times(root: Element) -> Iterator[tuple[str, int]]:
    """Where on the recording each slot is, in milliseconds; one without a time is after the one before."""
    last = 0
    for slot in root.iter("TIME_SLOT"):
        said = slot.get("TIME_VALUE", "")
        last = int(said) if said.isascii() and said.isdigit() and len(said) < 12 else last
        yield slot.get("TIME_SLOT_ID", ""), last


def read_json(data: bytes) -> Transcript:
    """Segments of Whisper, of podcasts (`startTime`, `body`), or of Otter and others that name text, speaker and start."""
    text, changes = decode(data)
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        raise Unreadable("cannot be read as JSON") from None
    listed = whole
    for key in ("results", "segments", "utterances", "transcript", "monologues", "captions", "chunks"):
        if isinstance(listed, dict) and isinstance(listed.get(key), list | dict):
            listed = listed[key]
    said = [Said(_words(one), _name(one), _start(one)) for one in listed] if isinstance(listed, list) else []
    if not any(one.text.strip() for one in said):
        raise Unreadable("is JSON without a list of segments that have text")
    if silent := sum(not one.text.strip() for one in said):
        changes.append(f"segments without text, which are not taken: {silent} of {len(said)}")
    return join_captions(split_names(said), changes)


_TEXT = ("text", "body", "transcript", "content", "words_text")


def _words(one: Any) -> str:
    """The words of a segment, or of its list of words."""
    if isinstance(one, str):
        return one
    listed = one.get("words") if isinstance(one, dict) else None
    found = _find(one, *_TEXT)
    if found is None and isinstance(listed, list):
        found = " ".join(str(_find(word, "punctuated_word", "word", "text") or "").strip() for word in listed)
    return str(found or "")


def _find(one: Any, *keys: str) -> Any:
    return next(
        (one[key] for key in keys if isinstance(one, dict) and isinstance(one.get(key), str | int | float)),
        None,
    )


def _name(one: Any) -> str | None:
    found = _find(one, "speaker", "speaker_name", "speakerName", "speaker_label", "name")
    return " ".join(str(found).split()) or None if found is not None else None


def _start(one: Any) -> str | None:
    found: str | float | None = _find(one, "start", "startTime", "start_time", "from", "offset")
    stamp = one.get("timestamp") if isinstance(one, dict) and found is None else None
    if isinstance(stamp, list) and stamp and isinstance(stamp[0], int | float):
        found = stamp[0]
    return write_time(found)


READERS = {".vtt": read_vtt, ".srt": read_srt, ".eaf": read_eaf, ".json": read_json}
"""What reads which ending."""
