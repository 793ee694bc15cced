"""Searching for words: one language of queries, and two ways to answer them that agree.

query text --parse--> tree --scan.matches--> every text read, for a set in memory
                           --index.Index---> a derived index, for a store
"""

from data.search.parse import HELP, Query, parse
from data.search.scan import matches, readable, snippet
from data.search.words import FIELDS

__all__ = ["FIELDS", "HELP", "Query", "matches", "parse", "readable", "snippet"]
