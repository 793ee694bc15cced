"""How fast it is, each a command: ``python -m tests.benchmarks.page``. Nothing here is a test."""
