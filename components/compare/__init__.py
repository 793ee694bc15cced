"""Two complete selections, A and B, beside each other: one module a panel, each with `content(ask)`.

B is `ask.other`. Everything is a share of its own selection, on one axis; colours and names of both: `sides`.
"""
