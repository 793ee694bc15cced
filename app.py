"""Opens the dashboard: ``streamlit run app.py`` on the built-in set, with ``-- LOCATION…`` behind it on your own news.

Streamlit reads this file twice: once as the web application (the names below `else`), and for every run of the page.
"""

import streamlit as st

from components import page, server

if __name__ == "__main__":
    page.draw()
else:
    app = st.App(
        __file__,
        routes=server.routes(),
        middleware=server.middleware(),
        lifespan=server.lifespan,
        on_script_error=server.on_fault,
    )
