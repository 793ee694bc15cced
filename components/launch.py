"""The commands of an installed copy: ``world-news-themes [LOCATION…]`` and ``world-news-data tag …``.

In an installed copy the packages lie below one folder, so that nothing called `data` or `components` stands at the top
of an environment; the commands put that folder first and run what a checkout would run.
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

_FOLDER = Path(__file__).parents[1]


def dashboard() -> None:
    """Opens the dashboard on the locations given, as ``streamlit run app.py -- LOCATION…`` does."""
    from streamlit.web.cli import main

    sys.argv = ["streamlit", "run", str(_FOLDER / "app.py"), "--", *sys.argv[1:]]
    main()


def data() -> None:
    """Runs ``python -m data``."""
    sys.path.insert(0, str(_FOLDER))
    runpy.run_module("data", run_name="__main__", alter_sys=True)
