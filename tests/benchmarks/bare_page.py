"""The page without its figures as stock Streamlit runs it."""

from tests.benchmarks import bare

bare.draw(stock=True)
