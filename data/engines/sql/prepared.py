"""From the files of a version to the table that questions are asked of: a row an article, a column a facet.

```
files --without what was corrected, with it as corrected--> light rows --keywords under their best form--> facets
```

A facet that holds several values is a list without repeats; whoever has no value has NONE. The table is made once, for
each store version, and kept in the database; it holds no titles, addresses or texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from data.corrections.applying import COLUMN
from data.engines.sql.platforms import Held, Table, written
from data.engines.stored import LIGHT, StoredTexts, changed
from data.facets import FACETS, NONE
from data.store.schema import ARTICLES, to_arrow
from data.tagging.corpus import keys_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.corrections import Correction
    from data.engines.sql.platforms import Platform
    from data.store import Store

_TEXTS = "array<string>"


@dataclass(frozen=True, slots=True)
class Prepared:
    """What an engine asks."""

    epoch: int
    """That of the connection which holds the tables."""
    files: Held
    """All columns of the store, as it holds them."""
    forms: Held
    """The keyword that is shown for each `key`."""
    facets: Held
    """The facets of FACETS by their names, and: id, published, day, copied, family, place (that of an article within
    its story, the most central first), corrections."""


def prepare(platform: Platform, store: Store, version: int, corrections: Sequence[Correction]) -> Prepared:
    """Reads the files and keeps what questions need; StoreError if the store or the database fails."""
    epoch = platform.epoch
    files = Held.read(platform, ARTICLES, _files(store, version))
    put_right = _corrected(platform, StoredTexts(store, version, tuple(corrections))) if corrections else None
    rows = _light(files.table, put_right)
    keys = _new_keys(platform, rows)
    words = _words(rows, keys)
    forms = Held.kept(platform, _forms(words))
    facets = Held.kept(platform, _facets(rows, _keywords(words, forms.table)))
    return Prepared(epoch, files, forms, facets)


def _files(store: Store, version: int) -> list[str]:
    actions = store.table(version).get_add_actions(flatten=True)
    return [str(Path(store.path) / name) for name in actions.column("path").to_pylist()]


def _corrected(platform: Platform, kept: StoredTexts) -> Held:
    """The corrected articles, light, with the keys of their keywords and the corrections that apply."""
    rows = changed(kept)
    keys = pd.Series(keys_of(rows["keywords"].tolist(), rows["language"].tolist()), rows.index)
    schema = pa.schema([*(ARTICLES.field(name) for name in LIGHT), pa.field(COLUMN, pa.list_(pa.string()))])
    return Held.given(platform, to_arrow(rows.assign(keyword_keys=keys, **{COLUMN: rows[COLUMN].map(list)}), schema))


def _light(files: Table, put_right: Held | None) -> Table:
    """The light columns without nulls, but for times and centralities that are not known."""
    import ibis

    none = ibis.literal([], _TEXTS)
    columns = {name: files[name].fill_null("") for name in LIGHT if ARTICLES.field(name).type == pa.string()}
    columns |= {name: files[name].fill_null(none) for name in LIGHT if pa.types.is_list(ARTICLES.field(name).type)}
    columns |= {name: files[name] for name in ("published", "centrality")}
    rows = files.select(**columns, **{COLUMN: none})
    if put_right is None:
        return rows
    others = rows.anti_join(put_right.table, "id")
    return others.union(put_right.table.select(*others.columns))


def _new_keys(platform: Platform, rows: Table) -> Held:
    """The keys of the keywords that an older program stored without: columns language, word, key."""
    unsaid = rows.filter(~_have_keys(rows)).select("language", word=rows["keywords"].unnest()).distinct()
    found = platform.fetch(written(platform, unsaid))
    languages, words = (found.column(name).to_pylist() for name in ("language", "word"))
    keys = [key for (key,) in keys_of([[word] for word in words], languages)]
    columns = {"language": languages, "word": words, "key": keys}
    return Held.given(platform, pa.table({name: pa.array(told, pa.string()) for name, told in columns.items()}))


def _have_keys(rows: Table) -> Any:
    return rows["keywords"].length() == rows["keyword_keys"].length()


def _words(rows: Table, keys: Held) -> Table:
    """Every keyword of every article: id, word, key."""
    said = rows.filter(_have_keys(rows)).select("id", "keyword_keys", word="keywords").unnest("word", offset="at")
    said = said.select("id", "word", key=said["keyword_keys"][said["at"]])
    unsaid = rows.filter(~_have_keys(rows))
    unsaid = unsaid.select("id", "language", word=unsaid["keywords"].unnest())
    return said.union(unsaid.join(keys.table, ["language", "word"]).select("id", "word", "key"))


def _forms(words: Table) -> Table:
    """As :func:`data.tagging.corpus.best_forms`: columns key, keyword."""
    import ibis

    counted = words.group_by(["key", "word"]).agg(n=words.count())
    order = [counted["n"].desc(), counted["word"]]
    ranked = counted.mutate(rank=ibis.row_number().over(group_by="key", order_by=order))
    return ranked.filter(ranked["rank"] == 0).select("key", keyword="word")


def _keywords(words: Table, forms: Table) -> Table:
    """The keywords of each article that has any, under their best forms."""
    shown = words.join(forms, "key").select("id", "keyword")
    return shown.group_by("id").agg(keyword=shown["keyword"].collect())


def _facets(rows: Table, keywords: Table) -> Table:
    import ibis

    joined = rows.left_join(keywords, "id").drop("id_right")
    none = ibis.literal([], _TEXTS)
    columns = {name: joined[each.column] for name, each in FACETS.items() if name not in ("day", "story", "keyword")}
    columns["keyword"] = joined["keyword"].fill_null(none)
    columns["story"] = (joined["story"] == "").ifelse(joined["id"], joined["story"])
    facets = {name: _several(column) if FACETS[name].many else _single(column) for name, column in columns.items()}
    copied = joined["copy_of"] != ""
    return joined.select(
        "id",
        "published",
        COLUMN,
        **facets,
        day=joined["published"].date(),
        copied=copied,
        family=copied.ifelse(joined["copy_of"], joined["id"]),
        place=_place(joined, columns["story"]),
    ).order_by("published", "id")


def _several(column: Any) -> Any:
    import ibis

    def array_distinct(values: Any) -> Any: ...

    # By the name that it has in both languages: what Ibis writes for DuckDB is a lambda that DuckDB 2 refuses.
    once = ibis.udf.scalar.builtin(array_distinct, signature=((_TEXTS,), _TEXTS))
    return (column.length() == 0).ifelse(ibis.literal([NONE], _TEXTS), once(column))


def _single(column: Any) -> Any:
    return (column == "").ifelse(NONE, column)


def _place(rows: Table, story: Any) -> Any:
    import ibis

    central = rows["centrality"].isnan().ifelse(None, rows["centrality"])
    order = [central.desc(), rows["published"].asc(), rows["id"].asc()]
    return ibis.row_number().over(group_by=story, order_by=order)
