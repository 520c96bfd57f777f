package com.posmodern.ai.job.intake;

import static com.posmodern.ai.contract.Columns.STORE_ID;
import static org.apache.spark.sql.functions.col;

import com.posmodern.ai.config.QualitySettings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.quality.ArrivedStores;
import com.posmodern.ai.quality.ValidRows;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Tells a scheduler whether enough stores' sales of a date are in the lake; writes nothing. */
public final class ArrivalsCommand {
  private static final int NAMES = 8;

  private final Lake lake;
  private final QualitySettings settings;

  public ArrivalsCommand(Lake lake, QualitySettings settings) {
    this.lake = lake;
    this.settings = settings;
  }

  /**
   * Looks once.
   *
   * @param stores the only stores that matter; empty: all
   * @param leastShare share of the stores open that day which must have arrived
   * @return what has arrived, in words
   * @throws PosException incomplete when fewer have arrived
   */
  public String requireArrived(LocalDate date, List<String> stores, double leastShare) {
    Dataset<Row> sales = lake.read(Table.SALES_LINES);
    Optional<Dataset<Row>> storeDays =
        lake.exists(Table.STORE_DAYS) ? Optional.of(valid(Table.STORE_DAYS)) : Optional.empty();
    ArrivedStores arrived =
        ArrivedStores.of(
            stores.isEmpty() ? sales : sales.where(col(STORE_ID).isin(stores.toArray())),
            valid(Table.STORES),
            storeDays,
            date,
            settings);
    if (arrived.share() < leastShare) {
      throw PosException.incomplete(
          "%s: %s, at least %.0f %% are needed"
              .formatted(date, arrived.summary(NAMES), 100 * leastShare),
          Table.SALES_LINES.toString(),
          "Look again later, or load the missing sales");
    }
    return "%s: %s".formatted(date, arrived.summary(NAMES));
  }

  private Dataset<Row> valid(Table table) {
    return ValidRows.of(table, lake.read(table));
  }
}
