"""All evaluations one after the other: ``python -m tests.evaluation [NAME…]``."""

from __future__ import annotations

import sys
from importlib import import_module

NAMES = ("places", "topics", "keywords", "splitting", "starter")

if __name__ == "__main__":
    for name in sys.argv[1:] or NAMES:
        print(f"\n== {name}", flush=True)
        sys.argv = [name]
        import_module(f"tests.evaluation.{name}").main()
