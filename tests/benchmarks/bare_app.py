"""The page without its figures as this program runs it: see `app.py`."""

import streamlit as st

from components import server
from tests.benchmarks import bare

if __name__ == "__main__":
    bare.draw(stock=False)
else:
    app = st.App(__file__, routes=server.routes(), middleware=server.middleware(), lifespan=server.lifespan)
