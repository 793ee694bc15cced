"""The one way to the network: every request that the program makes goes through :func:`fetch`.

address ─public?─▶ dial the checked address ─▶ headers ─redirect? (5 at most, each checked)─▶ body, unpacked under a cap

Nothing is fetched unless the user asks for it. What is refused: any scheme but http and https, every address that is
not a public one (see :mod:`data.sources.net.guard`), bodies above the limit, and whatever takes longer than the
deadline. Proxies of the environment are not used: they would look names up past the check.
"""

from data.sources.net.fetching import DEADLINE, LIMIT, Fetched, fetch

__all__ = ["DEADLINE", "LIMIT", "Fetched", "fetch"]
