"""Agreement between coders: coefficients, their intervals and what they mean. Pure functions of a table."""

from empowerment_qda.agreement.bootstrap import Bootstrap, Interval
from empowerment_qda.agreement.coefficients import (
    Coefficient,
    brennan_prediger,
    cohen_kappa,
    conger_kappa,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    percent_agreement,
    pooled_kappa,
    scott_pi,
)
from empowerment_qda.agreement.interpretation import (
    CAVEAT,
    KRIPPENDORFF,
    LANDIS_KOCH,
    SCALES,
    Caution,
    Scale,
    find_band,
    find_cautions,
    format_figure,
    format_share,
    write_number,
)
from empowerment_qda.agreement.overlap import Marks, count_characters, count_marks, prevalence
from empowerment_qda.agreement.tables import YES_NO, Ratings, count_patterns, presence
from empowerment_qda.agreement.unitizing import unitizing_alpha

__all__ = [
    "CAVEAT",
    "KRIPPENDORFF",
    "LANDIS_KOCH",
    "SCALES",
    "YES_NO",
    "Bootstrap",
    "Caution",
    "Coefficient",
    "Interval",
    "Marks",
    "Ratings",
    "Scale",
    "brennan_prediger",
    "cohen_kappa",
    "conger_kappa",
    "count_characters",
    "count_marks",
    "count_patterns",
    "find_band",
    "find_cautions",
    "fleiss_kappa",
    "format_figure",
    "format_share",
    "gwet_ac1",
    "krippendorff_alpha",
    "percent_agreement",
    "pooled_kappa",
    "presence",
    "prevalence",
    "scott_pi",
    "unitizing_alpha",
    "write_number",
]
