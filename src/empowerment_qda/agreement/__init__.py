"""Agreement between coders: what is compared, the coefficients, their intervals, and what they mean.

`compare` is where it begins. A coefficient is a formula in `coefficients` or `krippendorff` and a line in `measures`.
"""
