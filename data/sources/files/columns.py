"""Which column of a table holds what: by its name, and where the names say nothing by the shape of its values."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from data.dates import is_numeric, to_utc

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# Names in the order of preference, without case, accents, spaces and marks: publishedAt, published_at and
# "Published at" are one name. When a crawler saw an article (seendate, date_download, indexed_date) is not when it was
# published, and a bare "country" may be what the article is about: neither is taken.
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    field: tuple(names.split())
    for field, names in {
        "title": """title headline headlinemain header heading titlerendered webtitle articletitle newstitle
            storytitle articleheadline newsheadline titel titre titulo titular titolo uberschrift schlagzeile encabezado
            manchete""",
        "text": """maintext fulltext articletext articlebody bodytext newstext storytext plaintext text textbody body
            bodyplain content contentrendered contenttext contenthtml articlecontent newscontent fieldsbodytext article
            story texte texto testo inhalt volltext artikeltext contenu contenido cuerpo""",
        "summary": """summary description lead leadparagraph abstract standfirst teaser excerpt excerptrendered snippet
            shortdescription trailtext dek subtitle zusammenfassung beschreibung resume chapo resumen descripcion
            entradilla""",
        "url": """url link permalink articleurl newsurl storyurl weburl pageurl documenturl href uriurl sourceurl
            enlace lien""",
        "published": """published publishedat publishedon publishedtime publishedutc publicationdate publicationtime
            publishdate publishtime publisheddate datepublished datepublish pubdate webpublicationdate datetimepub
            isodate dategmt articledate newsdate storydate postdate date datetime datum fecha fechapublicacion
            fechadepublicacion datepublication datedepublication erscheinungsdatum veroffentlicht veroffentlichtam day
            timestamp time""",
        "publisher": """publisher publishername publication publicationname sourcename sourcetitle source medianame
            newssource outlet outletname newspaper newspapername sitename sourcedomain domain site website
            sourcecommonname sourceuri sourceid medium media quelle zeitung medio fuente journal""",
        "language": "language lang languagecode languageiso inlanguage sprache langue idioma lingua medialanguage",
        "publisher_country": """publishercountry sourcecountry mediapubcountry pubcountry outletcountry mediacountry
            countryofpublisher countryofpublication""",
        "id": "id articleid newsid storyid storiesid docid documentid uri guid uuid identifier",
    }.items()
}
FIELDS = tuple(SYNONYMS)

_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_LONG_TEXT = 200
_SHORT_TEXT = 15


def plain(name: str) -> str:
    """A column's name without case, accents, spaces and marks."""
    letters = unicodedata.normalize("NFKD", name[:200].replace("ß", "ss"))
    return "".join(char for char in letters if char.isalnum()).casefold()


def recognise(names: Iterable[str]) -> dict[str, str]:
    """The column for each field that one is found for; the first synonym wins, then the first column of that name."""
    columns: dict[str, str] = {}
    for name in names:
        columns.setdefault(plain(name), name)
    found = {}
    for field, synonyms in SYNONYMS.items():
        column = next((columns[synonym] for synonym in synonyms if synonym in columns), None)
        if column is not None:
            found[field] = column
    return found


def by_shape(columns: Mapping[str, Sequence[object]]) -> dict[str, str]:
    """The column for url, published, text and title as far as the values of a sample tell; each column serves once."""
    texts = {name: [value for value in map(_shown, values) if value] for name, values in columns.items()}
    texts = {name: values for name, values in texts.items() if values}
    found: dict[str, str] = {}
    tests = {"url": lambda value: bool(_URL.fullmatch(value)), "published": _is_date}
    for field, test in tests.items():
        for name, values in texts.items():
            if name not in found.values() and sum(map(test, values)) >= 0.8 * len(values):
                found[field] = name
                break
    lengths = {
        name: sum(map(len, values)) / len(values)
        for name, values in texts.items()
        if name not in found.values() and sum(" " in value for value in values) >= 0.5 * len(values)
    }
    for name in sorted(lengths, key=lambda name: -lengths[name])[:2]:
        if lengths[name] >= _LONG_TEXT and "text" not in found:
            found["text"] = name
        elif lengths[name] >= _SHORT_TEXT and "title" not in found:
            found["title"] = name
    return found


def is_value(name: str) -> bool:
    """Whether a header cell is rather a value, an address or a date, so that the table has no header."""
    return bool(_URL.fullmatch(name.strip())) or (len(name.strip()) > 4 and _is_date(name))


def _shown(value: object) -> str:
    return "" if value is None else str(value).strip()


def _is_date(value: str) -> bool:
    return is_numeric(value) or to_utc(value)[0] is not None
