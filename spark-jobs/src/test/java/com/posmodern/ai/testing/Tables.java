package com.posmodern.ai.testing;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.xxhash64;

import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.MapType;

/** Reads tables of a lake as tests want to compare them. */
public final class Tables {
  private Tables() {}

  /** What a night of the as-of date reads. */
  public static Dataset<Row> of(Lake lake, Table table, LocalDate asOf) {
    String date = Contracts.of(table).isHistory() ? "business_date <= '%s'" : "as_of_date = '%s'";
    return lake.read(table).where(date.formatted(asOf));
  }

  /** Row count and a sum of row hashes: equal for equal rows in whatever order. */
  public static String fingerprint(Lake lake, Table table, LocalDate asOf) {
    Column[] columns =
        Contracts.of(table).columns().stream()
            .map(c -> c.type() instanceof MapType ? to_json(col(c.name())) : col(c.name()))
            .toArray(Column[]::new);
    Row row =
        of(lake, table, asOf)
            .agg(count(lit(1)), sum(xxhash64(columns).cast("decimal(38,0)")))
            .head();
    return row.getLong(0) + " rows, hash " + row.get(1);
  }
}
