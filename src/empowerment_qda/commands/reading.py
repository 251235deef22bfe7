"""What a command was asked about: sources, a profile, a finding."""

from dataclasses import replace

from empowerment_qda.folder.read import FINDINGS
from empowerment_qda.model.source import Source
from empowerment_qda.model.study import Profile, Study
from empowerment_qda.model.triangulation import FindingTriangulation, Triangulation
from empowerment_qda.problems import Place, Problem, StudyError, did_you_mean


def choose_sources(study: Study, ids: list[str] | None) -> tuple[Source, ...]:
    """The sources with these ids, or all; StudyError for an id that no source has."""
    if not ids:
        return study.sources
    unknown = [one for one in ids if one not in study.by_id]
    if unknown:
        hint = [did_you_mean(one, study.by_id) for one in unknown]
        raise StudyError(
            Problem(Place("qda.yaml", (), 1), "unknown-source", f"there is no source `{one}`", said)
            for one, said in zip(unknown, hint, strict=True)
        )
    return tuple(study.by_id[one] for one in dict.fromkeys(ids))


def choose_profile(study: Study, profile: Profile | None) -> Study:
    """The study with another profile of triangulation, whatever its settings require."""
    if profile is None:
        return study
    rules = study.settings.triangulation.model_copy(update={"profile": str(profile), "require": None})
    return replace(study, settings=study.settings.model_copy(update={"triangulation": rules}))


def choose_finding(triangulation: Triangulation, name: str) -> FindingTriangulation:
    """The finding with this id; StudyError where there is none."""
    found = triangulation.by_id.get(name)
    if found is None:
        hint = did_you_mean(name, triangulation.by_id)
        raise StudyError([Problem(Place(FINDINGS), "unknown-finding", f"there is no finding `{name}`", hint)])
    return found
