package com.posmodern.ai.behaviour.live;

import static com.posmodern.ai.contract.Columns.DIFFERENCES;
import static com.posmodern.ai.contract.Columns.ITEM_ID;
import static com.posmodern.ai.contract.Columns.MEAN_RATE;
import static com.posmodern.ai.contract.Columns.RATE_KIND;
import static com.posmodern.ai.contract.Columns.SEEN;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static org.apache.spark.sql.functions.col;

import com.posmodern.ai.behaviour.live.Rates.Kind;
import com.posmodern.ai.behaviour.live.Rates.Place;
import com.posmodern.ai.behaviour.live.Rates.Rate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The rates on the driver: one per product, till and store. */
public final class RateRows {
  /** Of more, those are kept of which most was seen. */
  private static final int MOST = 300_000;

  private RateRows() {}

  /**
   * The rates.
   *
   * @param rows of {@code results.live_rates}, of one as-of date
   */
  public static Rates of(Dataset<Row> rows) {
    Rates rates = new Rates();
    rows.select(RATE_KIND, STORE_ID, ITEM_ID, MEAN_RATE, DIFFERENCES, SEEN)
        .orderBy(col(SEEN).desc(), col(RATE_KIND), col(STORE_ID), col(ITEM_ID))
        .limit(MOST)
        .collectAsList()
        .forEach(
            row ->
                rates.with(
                    Kind.valueOf(row.getString(0)),
                    new Place(row.getString(1), row.getString(2)),
                    new Rate(row.getDouble(3), row.getDouble(4))));
    return rates;
  }
}
