"""What the report says of the coding itself, gathered from the stages that know it."""

from __future__ import annotations

from dataclasses import replace

from empowerment_qda.agreement.compare import Agreement, agree_coders
from empowerment_qda.model.coding import AUTO
from empowerment_qda.model.evidence import Reduction
from empowerment_qda.model.study import Study
from empowerment_qda.passages import makers_of
from empowerment_qda.stages.reduce import log_condensation, summarise_contacts
from empowerment_qda.stages.report import Account, Agreed
from empowerment_qda.stages.saturation import measure_saturation


def give_account(study: Study, reduction: Reduction) -> Account:
    """Contact summaries, what did not become evidence, saturation and agreement, from the codings that count and no others."""
    counted = replace(study, codings=tuple(file for file in study.codings if file.coder in study.coders))
    return Account(
        contacts=summarise_contacts(study, reduction),
        condensation=log_condensation(counted, reduction),
        strata=() if reduction.only_auto else measure_saturation(study, reduction),
        agreement=_agree(counted),
    )


def _agree(study: Study) -> Agreed | None:
    """How far the persons agree; None where no two of them have coded the same source."""
    persons = sorted({file.coder for file in study.codings} - {AUTO})
    # Who decided in a reconciliation round agrees with those whom they followed.
    apart = [one for one in persons if makers_of(study, one).isdisjoint(persons)]
    persons = apart if len(apart) > 1 else persons
    if len(persons) < 2:
        return None
    found = agree_coders(study, persons)
    if not found.units:
        return None
    percent, kappa, alpha = (found.overall[name].value for name in ("percent", found.kappa, "alpha"))
    shared = _count_shared(found)
    return Agreed(found.coders, shared, found.units, percent, kappa, alpha, found.cautions, found.judged)


def _count_shared(found: Agreement) -> int:
    """Sources that at least two of them have coded."""
    absent = [source for ids in found.missing.values() for source in ids]
    return sum(len(found.coders) - absent.count(source) > 1 for source in found.sources)
