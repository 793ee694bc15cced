"""How long all panels of the page take: this project's engine, pandas, DuckDB and Polars side by side."""
