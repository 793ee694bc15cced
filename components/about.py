"""The About box: what is counted how, where the data come from, and the licences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.wording import count, escape
from data import grouping
from data.tagging import VERSIONS

if TYPE_CHECKING:
    from components.opening import Opened

_COUNTED = """
**What is counted.** Every number counts articles, stories or publishers, as the switch above the figures says. A
*story* is all articles on one event, a *publisher* whoever published them; either counts once if any of its articles
matches. *Copies* are articles that say nearly the same as another one; they count as articles. What is about two
countries, or on two topics, counts once under each, so shares can add up to more than 100 %. The base of a share is
named beside it and follows the filters. Each panel leaves its own filter out, so that a second value can be added on
it; all others apply.

**About and published in** are two things. *About* are the countries that a text is about, found in its words.
*Published in* is where its publisher sits: as the source of the article says, else by a table of publishers' domains
and names or by the country's ending of the web address, never from the text. Neither is filled in from the other.

**Topics** are the 17 top-level Media Topics of the IPTC. An article has up to two; one without a clear topic is
*unsure*.
**Countries** are found with a gazetteer of names and rules for their context; an article may be about none.
**Keywords** are terms and phrases, counted once an article under their most frequent form. **Distinctive** words are
those whose log-odds against all other articles are highest (Monroe, Colaresi and Quinn, 2008).
**Rising** are terms and stories whose share of the latest period is larger than before: ordered by the lower end of the
shrunk ratio of observed to expected (Norén, Hopstadius and Bate, 2013), shown where an exact test, corrected for all
that were tested (Benjamini and Hochberg, 1995), finds more than chance. **Discovered** themes are keywords that go
together (non-negative matrix factorisation); they have no names but their words and do not replace the topics.
**Corrections** made by hand are counted as corrected; the sentence above the figures says how many apply.
**Intervals** are 95 % Wilson intervals. Open an article to see the words behind each of its tags.

**Undated** articles stay in every count; a filter by days leaves them out, and the timeline says how many it cannot
show.
"""

_LICENCES = """
**Licences.** The program is under the MIT licence. Topic names: IPTC NewsCodes Media Topics, © International Press
Telecommunications Council, [iptc.org](https://iptc.org). Regions: United Nations M49. Country shapes: United Nations
geodata as distributed with plotly.js (MIT). Places: [GeoNames](https://www.geonames.org) (CC BY 4.0), Unicode CLDR
(Unicode licence). The file NOTICE names all sources.

The boundaries and names shown do not imply official endorsement or acceptance by the United Nations or by us; areas in
dispute are grey or drawn as the United Nations draws them.

**Private.** The page asks no other machine for anything: shapes, fonts and scripts come from this server.
"""


@st.dialog("About this dashboard", width="large")
def show(opened: Opened) -> None:
    """Opens the box."""
    st.markdown(_source(opened))
    st.markdown(_COUNTED)
    versions = VERSIONS | {"grouping": grouping.VERSION}
    st.caption("Taggers: " + ", ".join(f"{name} {version}" for name, version in versions.items()))
    st.markdown(_LICENCES)
    if not opened.rejects.empty:
        st.markdown(f"**{count(len(opened.rejects), 'rows')} could not be read:**")
        st.dataframe(opened.rejects.head(1000), hide_index=True, width="stretch", alt="Rows that could not be read")


def _source(opened: Opened) -> str:
    kept, left = count(opened.count, "articles"), count(len(opened.rejects), "rejects")
    read = f"{count(opened.rows, 'rows')} read: {kept}, {left}."
    if opened.built_in:
        return (
            "**The data.** This is the built-in set, for trying things out: short briefs on events of 2024 and 2025 in "
            "five languages, written for this program (one retells news of 2007). The publishers are made up, so that "
            f"their filters have something to show. {read}"
        )
    return f"**The data.** {escape(', '.join(opened.locations))}. {read}"
