"""Text as it really comes, for properties that must hold of any."""

from hypothesis import strategies as st

# Letters with marks, right-to-left scripts, emoji, invisible characters and the punctuation that words may hold.
ODD = st.text(
    st.one_of(
        st.sampled_from(
            "aA1é ’'-.,\n\t…?!;=_—“”\u0301\u200b\u00ad\u200d\ufeff\u0e31\u0928\u093f\u05e9\u05b8\u0645\u064e👩🏽\u20e3"
        ),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)
