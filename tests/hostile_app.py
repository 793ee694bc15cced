"""The page over articles made of one hostile string each; with `?unsafe=1` a page that does what ours must not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import streamlit as st

from components import opening, page, server
from data import geography
from data.articles import Article, rejects_frame, to_frame
from data.engines.memory import MemoryEngine
from tests.naughty import GROUP, strings


def _open(*_: object) -> opening.Opened:
    texts, codes = strings(), list(geography.COUNTRIES)
    first = datetime(2025, 1, 1, tzinfo=UTC)
    articles = [
        Article(id=f"h{n}", title=text, text=text, publisher=text, published=first - timedelta(days=n), origin=text)
        for n, text in enumerate(texts)
    ]
    places = [[codes[n // GROUP]] for n in range(len(texts))]
    proofs = [[{"field": "text", "start": 0, "end": len(text), "text": text, "rule": text}] for text in texts]
    frame = to_frame(articles).assign(
        countries=places,
        main_country=[codes[0] for codes in places],
        regions=[list(geography.regions_of(codes)) for codes in places],
        topics=[["crime"] for _ in texts],
        subtopics=[["crime.judiciary"] for _ in texts],
        keywords=[[text] for text in texts],
        story=[f"h{n // GROUP * GROUP}" for n in range(len(texts))],
        tags=[
            {
                "mentioned": [],
                "countries": place,
                "topics": [{"topic": "crime", "score": 1.0, "evidence": proof}],
                "subtopics": [{"topic": "crime.judiciary", "score": 1.0, "evidence": proof}],
                "keywords": [{"keyword": text, "score": 1.0, "evidence": proof}],
            }
            for text, place, proof in zip(texts, places, proofs, strict=True)
        ],
    )
    return opening.Opened((str(Path("hostile")),), False, len(texts), frame, rejects_frame([]), MemoryEngine(frame))


opening._open = _open
if __name__ != "__main__":
    app = st.App(__file__, routes=server.routes(), middleware=server.middleware(), lifespan=server.lifespan)
elif st.query_params.get("unsafe"):
    st.markdown('<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>', unsafe_allow_html=True)
    st.markdown("![](http://outside.example/picture.png)")
else:
    page.draw()
