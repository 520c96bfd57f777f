package com.posmodern.ai.job.quality;

import com.posmodern.ai.config.QualitySettings;
import com.posmodern.ai.config.QualitySettings.LateStorePolicy;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.quality.Arrivals;
import com.posmodern.ai.quality.ArrivedStores;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes which sales arrived per store and day, and judges whether the night may go on. */
final class ArrivedSales {
  private static final int MOST_STORES = 8;

  private ArrivedSales() {}

  /**
   * What to say of the stores whose sales of the as-of date are late; empty when none is.
   *
   * @throws PosException bad data when late stores stop the night
   */
  static String write(JobContext context, Dataset<Row> accepted, Optional<Dataset<Row>> storeDays) {
    QualitySettings settings = context.settings().quality();
    context.write(Table.ARRIVALS, Arrivals.of(accepted, storeDays, context.asOf(), settings));
    List<String> late =
        context
            .readHistory(Table.ARRIVALS)
            .map(rows -> rows.filter(Lake.isOf(context.asOf())))
            .map(rows -> Arrivals.late(rows, context.asOf()))
            .orElse(List.of());
    if (late.isEmpty()) {
      return "";
    }
    String stores = ArrivedStores.named(late, MOST_STORES);
    if (settings.lateStores() == LateStorePolicy.STOP) {
      throw PosException.badData(
          "the sales of " + context.asOf() + " are incomplete; stores affected: " + stores,
          Table.ARRIVALS.toString(),
          "Load them and run again, or set quality.late_stores to KEEP or WARN to continue without"
              + " that day");
    }
    return "; their demand of that day is treated as unknown: stores " + stores;
  }
}
