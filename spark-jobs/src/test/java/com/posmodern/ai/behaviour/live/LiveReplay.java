package com.posmodern.ai.behaviour.live;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.behaviour.live.Alert.State;
import com.posmodern.ai.config.LiveSettings.Watch;
import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.testing.SparkTest;
import com.posmodern.ai.testing.TestSettings;
import java.sql.Date;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Replays weeks of a lake's sales minute by minute through the detectors, once as they were and
 * once with a fault planted in each store and week, and prints how soon faults are found and how
 * many alarms are false. {@code scripts/bench live} runs it.
 */
@EnabledIfSystemProperty(named = "live.lake", matches = ".+")
class LiveReplay {
  private static final int WEEKS = 4;
  private static final Duration STOP = Duration.ofHours(3);
  private static final Duration BURST = Duration.ofMinutes(30);
  private static final int TIMES = 6;

  private record Receipt(String store, Instant at, double revenue) {}

  private record Fault(String store, Instant from, Instant until, boolean stops) {
    boolean covers(Receipt receipt) {
      return receipt.store.equals(store)
          && !receipt.at.isBefore(from)
          && receipt.at.isBefore(until);
    }
  }

  private record Heard(Alert alert, Instant clock) {}

  private final Watch settings = TestSettings.read().live().watch();
  private final SplittableRandom random = new SplittableRandom(20261128);

  @Test
  void faultsAreFound() {
    Lake lake = new Lake(SparkTest.session(), System.getProperty("live.lake"));
    Dataset<Row> sales = lake.read(Table.ACCEPTED_SALES);
    Dataset<Row> stores = lake.read(Table.STORES).dropDuplicates(Columns.STORE_ID);
    // A few lines are of days to come.
    List<Row> days =
        sales.groupBy(Columns.BUSINESS_DATE).count().orderBy(Columns.BUSINESS_DATE).collectAsList();
    double usual = days.stream().mapToLong(row -> row.getLong(1)).average().orElseThrow();
    LocalDate last =
        days.stream()
            .filter(row -> row.getLong(1) > usual / 2)
            .reduce((one, other) -> other)
            .orElseThrow()
            .getDate(0)
            .toLocalDate();
    Map<AlertKind, Integer> falseAlarms = new HashMap<>();
    Map<Boolean, List<Double>> minutes = Map.of(true, new ArrayList<>(), false, new ArrayList<>());
    Map<Boolean, Integer> planted = new HashMap<>();
    int storeWeeks = 0;
    long receiptsSeen = 0;
    for (int week = WEEKS; week > 0; week--) {
      LocalDate asOf = last.minusWeeks(week);
      List<StoreProfile> profiles = profiles(sales, stores, asOf);
      List<Receipt> receipts = receipts(sales, asOf);
      receiptsSeen += receipts.size();
      storeWeeks += profiles.size();
      for (Heard heard : replay(profiles, receipts)) {
        falseAlarms.merge(heard.alert.finding().kind(), 1, Integer::sum);
        if (Boolean.getBoolean("live.show")) {
          System.out.println("  false: " + heard.clock + " " + heard.alert.finding());
        }
      }
      List<Fault> faults = faults(profiles, asOf);
      List<Heard> found = replay(profiles, with(receipts, faults));
      for (Fault fault : faults) {
        planted.merge(fault.stops, 1, Integer::sum);
        found.stream()
            .filter(heard -> heard.alert.finding().store().equals(fault.store))
            .filter(heard -> stops(heard.alert.finding().kind()) == fault.stops)
            .map(Heard::clock)
            .filter(at -> at.isAfter(fault.from) && at.isBefore(fault.until.plus(BURST)))
            .min(Comparator.naturalOrder())
            .ifPresent(
                at ->
                    minutes
                        .get(fault.stops)
                        .add(Duration.between(fault.from, at).toSeconds() / 60.0));
      }
    }
    int alarms = falseAlarms.values().stream().mapToInt(Integer::intValue).sum();
    System.out.printf(
        Locale.ROOT,
        "live: %d store-weeks, %.0f receipts a store and day; false alarms per store-week %.3f %s%n",
        storeWeeks,
        receiptsSeen / 7.0 / storeWeeks,
        (double) alarms / storeWeeks,
        falseAlarms);
    say("stops of 3 hours", planted.getOrDefault(true, 0), minutes.get(true));
    say(
        "bursts, 6 times the receipts for 30 minutes",
        planted.getOrDefault(false, 0),
        minutes.get(false));
    assertThat(minutes.get(true)).isNotEmpty();
    assertThat(minutes.get(false)).isNotEmpty();
  }

  private static void say(String what, int planted, List<Double> minutes) {
    List<Double> sorted = minutes.stream().sorted().toList();
    System.out.printf(
        Locale.ROOT,
        "live: %s: %d of %d found, minutes to detection p50 %.0f, p95 %.0f%n",
        what,
        sorted.size(),
        planted,
        at(sorted, 0.5),
        at(sorted, 0.95));
  }

  private static double at(List<Double> sorted, double share) {
    return sorted.isEmpty()
        ? Double.NaN
        : sorted.get(Math.min(sorted.size() - 1, (int) (share * sorted.size())));
  }

  private static boolean stops(AlertKind kind) {
    return kind == AlertKind.STOP || kind == AlertKind.SLOW;
  }

  private List<Heard> replay(List<StoreProfile> profiles, List<Receipt> receipts) {
    ShopFloor floor = new ShopFloor(settings);
    floor.expect(profiles);
    Alerts alerts = new Alerts(settings);
    List<Heard> heard = new ArrayList<>();
    int next = 0;
    Instant end = receipts.get(receipts.size() - 1).at;
    for (Instant clock = receipts.get(0).at; clock.isBefore(end); clock = clock.plusSeconds(60)) {
      for (; next < receipts.size() && !receipts.get(next).at.isAfter(clock); next++) {
        Receipt one = receipts.get(next);
        floor.add(one.store, StoreSlots.number(one.at), 1, one.revenue, one.at);
      }
      Instant now = clock;
      alerts.changed(floor.findings(now), floor.arrived(now)).stream()
          .filter(alert -> alert.state() == State.OPEN)
          .forEach(alert -> heard.add(new Heard(alert, now)));
    }
    return heard;
  }

  /** One in each store and week, where at least five receipts an hour are expected. */
  private List<Fault> faults(List<StoreProfile> profiles, LocalDate asOf) {
    List<Fault> faults = new ArrayList<>();
    for (StoreProfile profile : profiles) {
      boolean stops = random.nextBoolean();
      for (int tries = 0; tries < 1000; tries++) {
        Instant from =
            asOf.plusDays(1 + random.nextInt(7))
                .atStartOfDay(profile.zone())
                .toInstant()
                .plusSeconds(random.nextInt(86_400));
        Duration lasts = stops ? STOP : BURST;
        if (profile.receipts(from, from.plus(lasts)) >= lasts.toMinutes() * 5 / 60.0) {
          faults.add(new Fault(profile.store(), from, from.plus(lasts), stops));
          break;
        }
      }
    }
    return faults;
  }

  private static List<Receipt> with(List<Receipt> receipts, List<Fault> faults) {
    List<Receipt> changed = new ArrayList<>();
    for (Receipt receipt : receipts) {
      Fault fault = faults.stream().filter(one -> one.covers(receipt)).findFirst().orElse(null);
      int times = fault == null ? 1 : fault.stops ? 0 : TIMES;
      for (int time = 0; time < times; time++) {
        changed.add(receipt);
      }
    }
    return changed;
  }

  private List<Receipt> receipts(Dataset<Row> sales, LocalDate asOf) {
    return sales
        .where(
            col(Columns.BUSINESS_DATE)
                .gt(lit(Date.valueOf(asOf)))
                .and(col(Columns.BUSINESS_DATE).leq(lit(Date.valueOf(asOf.plusWeeks(1))))))
        .groupBy(Columns.STORE_ID, Columns.SALE_ID)
        .agg(max(Columns.SOLD_AT), sum(col(Columns.REVENUE).cast("double")))
        .collectAsList()
        .stream()
        .map(
            row -> new Receipt(row.getString(0), row.getTimestamp(2).toInstant(), row.getDouble(3)))
        .sorted(Comparator.comparing(Receipt::at).thenComparing(Receipt::store))
        .toList();
  }

  private List<StoreProfile> profiles(Dataset<Row> sales, Dataset<Row> stores, LocalDate asOf) {
    Map<String, ZoneId> zones = new HashMap<>();
    stores
        .select(Columns.STORE_ID, Columns.TIME_ZONE)
        .collectAsList()
        .forEach(row -> zones.put(row.getString(0), ZoneId.of(row.getString(1))));
    int weeks = TestSettings.read().behaviour().profile().weeks();
    return ProfileRows.of(LiveProfiles.of(sales, stores, asOf, weeks), zones);
  }
}
