"""Adding on Apache Spark: for archives that do not fit one machine. They become one addition to the same store.

```
locations --plan--> File* --> Task* --> Wave*      (here)
Wave --tasks, in mapInPandas on the workers--> tagged rows, as Parquet in folder/staging      (two waves at a time)
staged rows --storing.Heap--> Addition.write: ids, copies, stories, one commit a batch --> journal      (here, in order)
```

Reading, normalising and tagging are those of ``python -m data add``, and so are ids and tags. What is left to this
process is what has to know all articles: which are there already, and which are copies or belong to a story. It takes
them in the order in which they are read, so that copies and stories come out as without Spark where files come in the
order of time, and in any case where all fit into one batch. That process is where this way ends: it holds the ids of
all articles (40 bytes each) and the last 30 days of texts, and stores some thousand articles a second.

A worker that is lost costs the time of its tasks: Spark gives them to another, and rows are only seen once all of a
wave are there. A wave that is stored is in the journal (:mod:`data.spark.journal`) and is not read again.
"""
