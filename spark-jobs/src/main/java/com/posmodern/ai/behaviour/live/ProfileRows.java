package com.posmodern.ai.behaviour.live;

import static com.posmodern.ai.contract.Columns.EXPECTED_RECEIPTS;
import static com.posmodern.ai.contract.Columns.EXPECTED_REVENUE;
import static com.posmodern.ai.contract.Columns.FIRST_MINUTE;
import static com.posmodern.ai.contract.Columns.HOUR_OF_WEEK;
import static com.posmodern.ai.contract.Columns.LAST_MINUTE;
import static com.posmodern.ai.contract.Columns.RECEIPTS_SPREAD;
import static com.posmodern.ai.contract.Columns.REVENUE_SPREAD;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static org.apache.spark.sql.functions.col;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The profiles on the driver: 168 rows a store at most. */
public final class ProfileRows {
  private ProfileRows() {}

  /**
   * A profile per store.
   *
   * @param rows of {@code results.live_profiles}, of one as-of date
   * @param zones of the stores; a store without one is left out, as its hours mean nothing
   */
  public static List<StoreProfile> of(Dataset<Row> rows, Map<String, ZoneId> zones) {
    Map<String, StoreProfile> profiles = new TreeMap<>();
    rows.select(
            col(STORE_ID),
            col(HOUR_OF_WEEK),
            col(FIRST_MINUTE),
            col(LAST_MINUTE),
            col(EXPECTED_RECEIPTS).cast("double"),
            col(RECEIPTS_SPREAD),
            col(EXPECTED_REVENUE),
            col(REVENUE_SPREAD))
        .collectAsList()
        .forEach(
            row -> {
              ZoneId zone = zones.get(row.getString(0));
              if (zone != null) {
                profiles
                    .computeIfAbsent(row.getString(0), store -> new StoreProfile(store, zone))
                    .with(
                        new StoreProfile.Hour(
                            row.getInt(1),
                            row.getInt(2),
                            row.getInt(3),
                            row.getDouble(4),
                            row.getDouble(5),
                            row.getDouble(6),
                            row.getDouble(7)));
              }
            });
    return List.copyOf(profiles.values());
  }
}
