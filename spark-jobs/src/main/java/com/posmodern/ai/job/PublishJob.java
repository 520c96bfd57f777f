package com.posmodern.ai.job;

import static com.posmodern.ai.contract.Columns.DELTA_VERSION;
import static com.posmodern.ai.contract.Columns.MODEL_VERSION;
import static com.posmodern.ai.contract.Columns.ROWS;
import static com.posmodern.ai.contract.Columns.TABLE_NAME;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes down which Delta version of each result table holds the finished night. */
public final class PublishJob implements Job {
  private static final Set<Table> RESULTS =
      EnumSet.of(
          Table.DEMAND_FORECAST,
          Table.REPLENISHMENT_ADVICE,
          Table.PRODUCT_RECOMMENDATIONS,
          Table.SIMILAR_PRODUCTS,
          Table.POPULAR_PRODUCTS,
          Table.CUSTOMER_SEGMENTS,
          Table.SEGMENT_PROFILES);

  @Override
  public String name() {
    return "publish";
  }

  @Override
  public String purpose() {
    return "record the finished result tables as tonight's publication";
  }

  @Override
  public Set<Table> inputs() {
    return Set.of();
  }

  @Override
  public Set<Table> optionalInputs() {
    return RESULTS;
  }

  @Override
  public Set<Table> outputs() {
    return EnumSet.of(Table.PUBLICATIONS);
  }

  @Override
  public JobOutcome run(JobContext context) {
    RowsOf ledger =
        new RowsOf(Table.PUBLICATIONS, List.of(TABLE_NAME, DELTA_VERSION, ROWS, MODEL_VERSION));
    int published = 0;
    for (Table table : RESULTS) {
      Optional<Dataset<Row>> rows = context.readOptional(table);
      if (rows.isPresent()) {
        long version = Long.parseLong(context.dataVersions().get(table.path()));
        ledger.add(table.tableName(), version, Lake.count(rows.get()), model(rows.get()));
        published++;
      }
    }
    if (published == 0) {
      throw PosException.badData(
          "no result table has rows for as-of date " + context.asOf(),
          "publish",
          "Run the scoring jobs for this date first.");
    }
    context.write(Table.PUBLICATIONS, ledger.dataset(context.spark()));
    return JobOutcome.ok("%d of %d result tables".formatted(published, RESULTS.size()));
  }

  /** Null where several versions made the rows. */
  private static String model(Dataset<Row> rows) {
    List<Row> versions = rows.select(MODEL_VERSION).distinct().limit(2).collectAsList();
    return versions.size() == 1 ? versions.get(0).getString(0) : null;
  }
}
