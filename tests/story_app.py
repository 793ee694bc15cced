"""The page over a hand-made set in which events are told by several articles: see :func:`tests.samples.newsroom`."""

from __future__ import annotations

import streamlit as st

from components import opening, page, server
from data.articles import rejects_frame
from data.engines.cached import CachedEngine
from data.engines.memory import MemoryEngine
from tests.samples import newsroom


def _open(*_: object) -> opening.Opened:
    frame = newsroom()
    engine = CachedEngine(MemoryEngine(frame))
    return opening.Opened(("a hand-made set",), False, len(frame), frame, rejects_frame([]), engine)


opening._open = _open
if __name__ != "__main__":
    app = st.App(__file__, routes=server.routes(), middleware=server.middleware(), lifespan=server.lifespan)
else:
    page.draw()
