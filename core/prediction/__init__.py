"""What will be: who comes back, when, for how much. The only part of core/ that may use numpy.

`rules` has the numbers, `history` the visits as the model needs them, `returning` the model, `fitting` finds its
parameters, `calibration` holds it against what happened, `spending` says what a visit brings.
"""
