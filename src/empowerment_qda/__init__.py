"""Qualitative data analysis on plain files: coding, the stages of Miles & Huberman, triangulation per finding.

In a notebook::

    import empowerment_qda as qda

    study = qda.read("my-study")
    study.triangulation()["verdict"].value_counts()

Public are the names in `__all__` and the methods of `Study`; docs/notebook.md shows them at work. Nothing here writes.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from empowerment_qda.agreement.compare import Agreement
    from empowerment_qda.model.conclusion import Conclusions, Stratum
    from empowerment_qda.model.display import Display
    from empowerment_qda.model.evidence import Reduction
    from empowerment_qda.model.study import Study as Files
    from empowerment_qda.model.triangulation import By, Triangulation
    from empowerment_qda.problems import StudyError

__all__ = ["Study", "StudyError", "read"]

# Hardly anything is imported at the top: `qda` begins here too, and nobody catches a Ctrl+C yet.


def __getattr__(name: str) -> Any:
    if name == "StudyError":
        from empowerment_qda.problems import StudyError

        return StudyError
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def read(folder: str | Path = ".") -> Study:
    """The study in a folder, or in the nearest one above that has a `qda.yaml`, as its files are now.

    StudyError, with every problem in its text, where files cannot be read.
    """
    from pathlib import Path

    from empowerment_qda.files.read import find_study, locate, read_study
    from empowerment_qda.problems import StudyError

    root = find_study(Path(folder))
    try:
        return Study(root, read_study(root))
    except StudyError as error:
        raise StudyError(locate(error.problems, root)) from None


class Study:
    """A study as it was read. Tables are pandas data frames; `..._result` gives the same as frozen objects.

    All but `check` raise StudyError, with every problem in its text, where the study is not sound enough to count:
    an unknown code or an id used twice, say. In every table several values of a cell are text joined by ", ", missing
    ones are NA, `date` is the first day, `date_last` the last (of a month, a year, a range), `date_text` as written.
    `turn` and `end_turn` count from 1; `start` and `end` are code points from 0, `end` exclusive and in `end_turn`.

    `root` is the folder, `files` all that was read: settings, codebook, sources, codings, findings, memos.
    """

    def __init__(self, root: Path, files: Files) -> None:
        self.root, self.files = root, files

    def __repr__(self) -> str:
        return f"<Study {str(self.root)!r}: {len(self.files.sources)} sources>"

    @cached_property
    def _sound(self) -> Files:
        """The files, once it is sure that what counts can be counted."""
        from empowerment_qda.checks import FOUNDATIONS
        from empowerment_qda.files.read import require_sound

        require_sound(self.root, self.files, FOUNDATIONS)
        return self.files

    @cached_property
    def _weighed(self) -> Files:
        """The files, once it is sure besides that findings cite what is there."""
        from empowerment_qda.checks import CITATIONS, FOUNDATIONS
        from empowerment_qda.files.read import require_sound

        require_sound(self.root, self.files, FOUNDATIONS + CITATIONS)
        return self.files

    def check(self) -> pd.DataFrame:
        """One row a problem that `qda check` finds; none where all is well.

        Columns: path, line (from 1), rule, severity (warning < error), message, hint, source, turn, coding.
        """
        from empowerment_qda.checks import check_study
        from empowerment_qda.files.log import check_folder
        from empowerment_qda.files.read import locate
        from empowerment_qda.frames import frame_problems

        found = (*check_study(self.files), *check_folder(self.root, self.files))
        return frame_problems(locate(found, self.root))

    @cached_property
    def reduction_result(self) -> Reduction:
        """The evidence, how much of each source is coded, and the codings that are no evidence."""
        from empowerment_qda.evidence.reduce import reduce_study

        return reduce_study(self._sound)

    def evidence(self, per: Literal["coding", "informant"] = "coding") -> pd.DataFrame:
        """One row a coding that counts, under its id; the passages that findings and displays rest on.

        Columns: source, turn, start, end_turn, end, quote (as it stands now), code, path, dimension, aspect,
        direction (limits < neutral < supports), informant, type (nearest to the programme first), group, method,
        date..., event_date..., coder, strength (inferred < direct), producer, about, memo.

        Where several speak in one passage, `informant` names them all, and `type` and `group` are NA where they differ.
        `per="informant"` has a row for each of them instead, the id repeated: what to count people, types and
        groups by. `informant` may be a group whose speakers are not told apart, such as FGD-01:?.
        """
        from empowerment_qda.frames import frame_evidence

        _one_of("per", per, ("coding", "informant"))
        rows = self.reduction_result.evidence
        return frame_evidence(self.files, rows, per_informant=per == "informant")

    def codings(self) -> pd.DataFrame:
        """One row a coding of any coder, under its id, whether it counts or not.

        Columns: source, turn, start, end_turn, end (NA where its words are lost or ambiguous), quote (as coded),
        words_now, state (lost < ambiguous < changed < moved < exact), code, coder, status (accepted, rejected,
        suggested), counted (whether it is evidence), strength, event_date..., why (the cue that fired), memo.
        """
        from empowerment_qda.frames import frame_codings

        return frame_codings(self.files, self.reduction_result)

    def triangulation_result(self, by: By = "type") -> Triangulation:
        """Every finding's axes, verdict, flags, parts and convergence over types, groups or methods."""
        from empowerment_qda.triangulation import triangulate_study

        _one_of("by", by, ("type", "group", "method"))
        return triangulate_study(self._weighed, self.reduction_result, by)

    def triangulation(self, by: By = "type") -> pd.DataFrame:
        """One row a finding, under its id.

        Columns: statement, dimension, verdict (ordered, unsupported the worst), contested; for each axis (informant,
        type, group, method) how many distinct ones support it, at least (`informant`) and at most
        (`informant_upper`), and what that means (`informant_status`); supporting, contradicting, qualifying, inferred
        (passages); flags (codes); assessment (of convergence over `by`); response (the memo that answers).
        """
        from empowerment_qda.frames import frame_triangulation

        return frame_triangulation(self.files, self.triangulation_result(by))

    @cached_property
    def conclusions_result(self) -> Conclusions:
        """What speaks for and against each finding, rivals, and the tactics of verification."""
        from empowerment_qda.conclusions import conclude_study

        return conclude_study(self._weighed, self.reduction_result)

    def agreement_result(
        self,
        *coders: str,
        unit: Literal["turn", "question", "sentence", "character"] = "turn",
        level: Literal["code", "aspect", "dimension"] = "code",
        distance: Literal["jaccard", "masi", "nominal"] = "jaccard",
        coded_only: bool = False,
        resamples: int = 1000,
        seed: int = 1,
    ) -> Agreement:
        """How far two coders or more agree; the options are those of `qda agree`, `resamples=0` for no intervals.

        StudyError for a coder without codings, or fewer than two coders.
        """
        from empowerment_qda.agreement.bootstrap import Bootstrap
        from empowerment_qda.agreement.compare import agree_coders
        from empowerment_qda.agreement.units import find_coder_problems
        from empowerment_qda.problems import StudyError

        _one_of("unit", unit, ("turn", "question", "sentence", "character"))
        _one_of("level", level, ("code", "aspect", "dimension"))
        _one_of("distance", distance, ("jaccard", "masi", "nominal"))
        if problems := list(find_coder_problems(self._sound, coders)):
            raise StudyError(problems)
        drawn = Bootstrap(resamples, seed=seed) if resamples else None
        return agree_coders(self.files, coders, unit, level, distance, drawn, coded_only=coded_only)

    def agreement(
        self,
        *coders: str,
        show: Literal["codes", "overall", "disagreements"] = "codes",
        unit: Literal["turn", "question", "sentence", "character"] = "turn",
        level: Literal["code", "aspect", "dimension"] = "code",
        distance: Literal["jaccard", "masi", "nominal"] = "jaccard",
        coded_only: bool = False,
        resamples: int = 1000,
        seed: int = 1,
    ) -> pd.DataFrame:
        """One row a code, a coefficient over all codes, or a disagreement; StudyError as `agreement_result`.

        `codes`: under the code: units, both (all coders), neither, prevalence (0 to 1), then each coefficient (alpha,
        kappa, ...) with its interval of 95% (`alpha_low`, `alpha_high`); NaN where one is not defined.
        `overall`: under its name: value, low, high, units, reason (why it has no value).
        `disagreements`: source, turn, start, end_turn, end, coder, other, code, other_code (NA: none), text, units.
        """
        from empowerment_qda.frames import frame_agreement

        _one_of("show", show, ("codes", "overall", "disagreements"))
        if show == "disagreements":
            resamples = 0
        found = self.agreement_result(
            *coders, unit=unit, level=level, distance=distance, coded_only=coded_only, resamples=resamples, seed=seed
        )  # fmt: skip
        return frame_agreement(found, show)

    def display_result(self, name: str, lang: str | None = None) -> Display:
        """A display with its rule, notes, and cells that know their passages; labels in `lang`, else the study's.

        StudyError for an unknown name; `qda display` lists them.
        """
        from empowerment_qda.displays import make_display

        files = self._sound
        return make_display(name, files, self.reduction_result, lang or files.settings.language)

    def display(
        self,
        name: str,
        value: Literal["informants", "segments", "mark"] = "informants",
        *,
        labels: bool = False,
        lang: str | None = None,
    ) -> pd.DataFrame:
        """A display as a matrix: ids (or `labels`) of its rows by those of its columns.

        Distinct informants (at most, where some are not identified) or segments as float64: 0 is silence, NaN that
        there is no transcript. `mark` is the text that a terminal shows, such as `2/3 +`. StudyError for an unknown name.
        """
        from empowerment_qda.frames import frame_display

        _one_of("value", value, ("informants", "segments", "mark"))
        return frame_display(self.display_result(name, lang), value, labels=labels)

    def saturation_result(
        self, base: int = 4, run: int = 2, threshold: float = 0.05, shuffles: int = 100, seed: int = 1
    ) -> tuple[Stratum, ...]:
        """Code saturation of all interviews, then of each group and type; `threshold` is a share, 0 to 1."""
        from empowerment_qda.conclusions.saturation import measure_saturation
        from empowerment_qda.model.conclusion import Rule

        if base < 1 or run < 1 or not 0 <= threshold <= 1:
            raise ValueError("base and run are at least 1, threshold is a share from 0 to 1 (0.05 is 5%)")
        rule = Rule(base, run, threshold)
        return measure_saturation(self._sound, self.reduction_result, rule, shuffles, seed)

    def saturation(
        self,
        per: Literal["stratum", "interview"] = "stratum",
        *,
        base: int = 4,
        run: int = 2,
        threshold: float = 0.05,
        shuffles: int = 100,
        seed: int = 1,
    ) -> pd.DataFrame:
        """One row for all interviews, each group and type; or one an interview of each, in order, for a curve.

        `stratum`: kind (all, group, type), name, interviews, status (reached, not_reached, not_applicable), reason, at,
        needed (interviews), base_codes, shuffles_median (interviews), uncoded, undated (ids).
        `interview`: kind, name, number (from 1), interview, new (codes), codes (so far).
        """
        from empowerment_qda.frames import frame_saturation

        _one_of("per", per, ("stratum", "interview"))
        strata = self.saturation_result(base, run, threshold, shuffles, seed)
        return frame_saturation(strata, per_interview=per == "interview")

    def find(
        self,
        expression: str | None = None,
        *,
        words: str | Sequence[str] = (),
        within: Literal["overlap", "turn", "source"] = "overlap",
        types: Sequence[str] = (),
        groups: Sequence[str] = (),
        methods: Sequence[str] = (),
        informants: Sequence[str] = (),
        attributes: Mapping[str, str] | None = None,
        since: str | None = None,
        until: str | None = None,
        coders: Sequence[str] = (),
        questions: bool = False,
    ) -> pd.DataFrame:
        """Passages by their codes, as `qda find`: `"training and not limits"`; or `words` where they stand.

        Passages, under the id of their first coding: source, turn, start, end_turn, end, quote, codes, coders, ids (of
        all codings), informant, type, group, method, date.... With `words` (inside the passages, if an expression is
        given too): source, turn, start, end_turn, end, before, words, after, cue, speaker, codes.

        StudyError for an unknown code, type, coder ...; ValueError for what is no date, or nothing to find.
        """
        from empowerment_qda.evidence.find import (
            Filters,
            Within,
            evidence_of,
            find_hits,
            find_passages,
            read_expression,
            require_known,
        )
        from empowerment_qda.frames import frame_hits, frame_passages
        from empowerment_qda.model.base import parse_when

        phrases = _listed(words)
        if not expression and not phrases:
            raise ValueError("say which codes to find, or which `words`")
        chosen = Filters(
            _listed(types), _listed(groups), _listed(methods), _listed(informants), tuple((attributes or {}).items()),
            parse_when(since) if since else None, parse_when(until) if until else None,
        )  # fmt: skip
        _one_of("within", within, ("overlap", "turn", "source"))
        files = self._sound
        require_known(chosen, files)
        evidence = evidence_of(files, _listed(coders))
        asked = read_expression(expression, files) if expression else None
        passages = find_passages(asked, files, evidence, chosen, Within(within)) if asked else None
        if phrases:
            return frame_hits(find_hits(phrases, files, evidence, chosen, passages, questions=questions))
        return frame_passages(files, passages or ())

    def report(self, lang: str | None = None) -> str:
        """The findings report as one HTML page, in `id` or `en` (else the study's language); nothing is written.

        `IPython.display.HTML(study.report())` shows it. ValueError for another language.
        """
        from empowerment_qda.cli.report import files_of_report, name_report, report_language
        from empowerment_qda.files.read import hash_inputs, read_versions
        from empowerment_qda.locale import LANGUAGES
        from empowerment_qda.report import Made

        _one_of("lang", lang, (None, *LANGUAGES))
        files = self._weighed
        language = report_language(files, lang)
        made = Made(read_versions(), hash_inputs(self.root, files))
        results = (self.reduction_result, self.conclusions_result, self.triangulation_result())
        return files_of_report(files, *results, (language,), made)[name_report(language)]


def _one_of(name: str, value: object, known: Sequence[object]) -> None:
    if value not in known:
        raise ValueError(f"{name} is one of {', '.join(map(repr, known))}; not {value!r}")


def _listed(values: str | Sequence[str]) -> tuple[str, ...]:
    """A single word is one, and not its letters."""
    return (values,) if isinstance(values, str) else tuple(values)
