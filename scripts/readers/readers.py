"""Reads the visible publication as a BI reader without Spark does.

compare <lake> <expected>   every table, from the manifest's files (DuckDB) and from the Delta log
                            (delta-rs), equal column by column to Spark's rows: <expected>/<table>
                            holds them as Parquet, written by Spark
poll <lake> <stop file>     reads again and again until the stop file is there; every read must be of
                            one publication: the rows and model versions that it announces
"""

import datetime
import json
import pathlib
import sys

import deltalake
import duckdb
import pyarrow.dataset

# The column that the tables are partitioned by.
AS_OF_DATE = "as_of_date"


def visible(lake):
    return json.loads((lake / "publication" / "visible.json").read_text())


def files(table):
    """The addresses in a manifest, as local paths."""
    lines = pathlib.Path(table["manifest"]).read_text().splitlines()
    return [line.removeprefix("file:") for line in lines]


def with_date(rows, as_of_date):
    """Delta 4.4 writes the partition column into the files too; older versions did not."""
    if AS_OF_DATE in rows.column_names:
        return rows
    day = datetime.date.fromisoformat(as_of_date)
    return rows.append_column(AS_OF_DATE, pyarrow.array([day] * rows.num_rows, pyarrow.date32()))


def from_manifest(table, as_of_date):
    query = "SELECT * FROM read_parquet(?, hive_partitioning = false)"
    return with_date(duckdb.sql(query, params=[files(table)]).to_arrow_table(), as_of_date)


def from_delta(table, as_of_date):
    delta = deltalake.DeltaTable(table["location"], version=table["delta_version"])
    of_the_date = delta.file_uris(partition_filters=[(AS_OF_DATE, "=", as_of_date)])
    rows = pyarrow.dataset.dataset(of_the_date, format="parquet").to_table()
    return with_date(rows, as_of_date)


def in_order(rows, columns):
    return sorted(
        zip(*(rows.column(name).to_pylist() for name in columns), strict=True), key=repr
    )


def compare(lake, expected):
    publication = visible(lake)
    for table in publication["tables"]:
        spark = pyarrow.dataset.dataset(expected / table["table"], format="parquet").to_table()
        columns = spark.column_names
        truth = in_order(spark, columns)
        if len(truth) != table["rows"]:
            sys.exit(f"{table['table']}: {table['rows']} rows announced, Spark has {len(truth)}")
        for reader, read in (("manifest", from_manifest), ("delta", from_delta)):
            rows = read(table, publication[AS_OF_DATE])
            if sorted(rows.column_names) != sorted(columns):
                sys.exit(f"{table['table']} by {reader}: columns {rows.column_names}, not {columns}")
            found = in_order(rows, columns)
            if len(found) != len(truth):
                sys.exit(f"{table['table']} by {reader}: {len(found)} rows, not {len(truth)}")
            for place, name in enumerate(columns):
                if [row[place] for row in found] != [row[place] for row in truth]:
                    sys.exit(f"{table['table']} by {reader}: column {name} differs")
            print(f"{table['table']} by {reader}: {len(found)} rows, {len(columns)} columns equal")


def poll(lake, stop):
    reads = 0
    seen = set()
    while not stop.exists():
        publication = visible(lake)
        for table in publication["tables"]:
            rows, versions = duckdb.execute(
                "SELECT count(*), list(DISTINCT model_version ORDER BY model_version)"
                " FROM read_parquet(?)",
                [files(table)],
            ).fetchone()
            # Null where several versions made the rows.
            expected = [table["model_version"]] if table["model_version"] else versions
            if rows != table["rows"] or versions != expected:
                sys.exit(f"a mixture: {table} read as {rows} rows of {versions}")
        seen.add(publication["publication_id"])
        reads += 1
    print(f"{reads} reads, {len(seen)} publications seen")
    if len(seen) < 2:
        sys.exit("no switch was seen: the test tests nothing")


def main():
    verb, lake, other = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    {"compare": compare, "poll": poll}[verb](lake, other)


if __name__ == "__main__":
    main()
