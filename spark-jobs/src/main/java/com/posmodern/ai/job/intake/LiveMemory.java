package com.posmodern.ai.job.intake;

import static com.posmodern.ai.contract.Columns.ALERT_ID;
import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.DISCOUNT;
import static com.posmodern.ai.contract.Columns.OPEN;
import static com.posmodern.ai.contract.Columns.QUANTITY;
import static com.posmodern.ai.contract.Columns.RECORDED_AT;
import static com.posmodern.ai.contract.Columns.SALE_ID;
import static com.posmodern.ai.contract.Columns.SOLD_AT;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.TIME_ZONE;
import static com.posmodern.ai.contract.Columns.UNIT_PRICE;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_seconds;

import com.posmodern.ai.behaviour.live.Alerts;
import com.posmodern.ai.behaviour.live.ProfileRows;
import com.posmodern.ai.behaviour.live.ShopFloor;
import com.posmodern.ai.behaviour.live.StoreProfile;
import com.posmodern.ai.behaviour.live.StoreSlots;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the tables know that the watch keeps in memory. There is no state beside the tables: a run
 * that begins reads the sales of the last hours and the alerts that are open, so nothing is lost or
 * counted twice by a crash.
 */
final class LiveMemory {
  /** Alerts that opened earlier and are still open are found again. */
  private static final int ALERT_DAYS = 3;

  private final Lake lake;

  LiveMemory(Lake lake) {
    this.lake = lake;
  }

  /** The newest profiles of stores whose time zone is known; none before the first are made. */
  List<StoreProfile> profiles(Instant now) {
    if (!lake.exists(Table.LIVE_PROFILES) || !lake.exists(Table.STORES)) {
      return List.of();
    }
    Dataset<Row> all = lake.read(Table.LIVE_PROFILES);
    Object newest = all.agg(max(AS_OF_DATE)).head().get(0);
    List<StoreProfile> profiles =
        ProfileRows.of(all.where(col(AS_OF_DATE).equalTo(lit(newest))), zones());
    closed(profiles, LocalDate.ofInstant(now, ZoneOffset.UTC));
    return profiles;
  }

  private Map<String, ZoneId> zones() {
    Map<String, ZoneId> zones = new HashMap<>();
    for (Row row : lake.read(Table.STORES).select(STORE_ID, TIME_ZONE).collectAsList()) {
      if (row.getString(0) != null && row.getString(1) != null) {
        try {
          zones.put(row.getString(0), ZoneId.of(row.getString(1)));
        } catch (DateTimeException e) {
          // The quality job quarantines the store and says why.
          zones.remove(row.getString(0));
        }
      }
    }
    return zones;
  }

  /** Days around today on which stores are closed. */
  private void closed(List<StoreProfile> profiles, LocalDate today) {
    if (!lake.exists(Table.STORE_DAYS)) {
      return;
    }
    Map<String, StoreProfile> byStore = new HashMap<>();
    profiles.forEach(profile -> byStore.put(profile.store(), profile));
    lake.read(Table.STORE_DAYS)
        .where(
            not(col(OPEN))
                .and(col(BUSINESS_DATE).between(lit(today.minusDays(1)), lit(today.plusDays(1)))))
        .select(STORE_ID, BUSINESS_DATE)
        .collectAsList()
        .forEach(
            row ->
                Optional.ofNullable(byStore.get(row.getString(0)))
                    .ifPresent(profile -> profile.closedOn(row.getDate(1).toLocalDate())));
  }

  /** Takes up the sales of the last hours. */
  void sales(ShopFloor floor, Instant now) {
    if (lake.exists(Table.SALES_LINES)) {
      slots(lake.read(Table.SALES_LINES), now).forEach(row -> add(floor, row));
    }
  }

  /** Sales lines of the last hours by store and slot: bounded, however many lines there are. */
  static List<Row> slots(Dataset<Row> lines, Instant now) {
    Duration kept = ShopFloor.kept();
    return lines
        .where(
            col(SOLD_AT)
                .gt(lit(Timestamp.from(now.minus(kept))))
                .and(col(SOLD_AT).lt(lit(Timestamp.from(now.plus(kept))))))
        .groupBy(
            col(STORE_ID),
            unix_seconds(col(SOLD_AT))
                .divide(StoreSlots.SLOT.toSeconds())
                .cast("bigint")
                .as("slot"))
        .agg(
            count_distinct(col(SALE_ID)),
            sum(
                col(QUANTITY)
                    .cast("double")
                    .multiply(col(UNIT_PRICE))
                    .minus(col(DISCOUNT))
                    .cast("double")),
            max(SOLD_AT))
        .collectAsList();
  }

  /** A row of {@link #slots}. */
  static void add(ShopFloor floor, Row row) {
    floor.add(
        row.getString(0),
        row.getLong(1),
        row.getLong(2),
        row.getDouble(3),
        row.getTimestamp(4).toInstant());
  }

  /** Takes up the alerts of the last days. */
  void alerts(Alerts alerts, Instant now) {
    if (!lake.exists(Table.LIVE_ALERTS)) {
      return;
    }
    LocalDate from = LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(ALERT_DAYS);
    lake.read(Table.LIVE_ALERTS)
        .where(col(AS_OF_DATE).geq(lit(Date.valueOf(from))))
        .orderBy(RECORDED_AT, ALERT_ID)
        .collectAsList()
        .forEach(
            row ->
                alerts.restore(
                    AlertRows.alert(row), row.<Timestamp>getAs(RECORDED_AT).toInstant()));
  }
}
