"""Comparing two selections, A and B: their shares with intervals, the words that set them apart, what both hold.

    A, B --overlap--> what both hold --shares--> differences with intervals, and whether they are more than chance
                                     --words --> words of A, words of B   --examples--> sentences that have them

Each share is one of its own selection's total. Whoever compares says both selections; presets for the second one are in
:mod:`data.comparing.periods`.
"""
