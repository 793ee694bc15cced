"""The halves of an evaluation corpus, by what :func:`tests.corpora.for_looking` says of a row."""

HALVES: dict[str, tuple[bool, ...]] = {"look": (True,), "figure": (False,), "all": (True, False)}
