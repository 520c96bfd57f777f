package com.posmodern.ai.behaviour.live;

import static com.posmodern.ai.behaviour.live.Finding.ALL;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.rand;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;
import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.behaviour.live.Alert.State;
import com.posmodern.ai.behaviour.live.Rates.Kind;
import com.posmodern.ai.behaviour.live.Rates.Place;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Replays weeks of a lake's receipts through {@link ItemFloor} with a look every five minutes, as
 * they were and with one fault of each kind planted in each week, and prints how soon faults are
 * found and how many alarms are false. Tills (three a store, by the receipt's id) and carts (of
 * three receipts of known customers in ten, and twice as many that are not bought) are made here,
 * as lakes have few of either. {@code scripts/bench live} runs it.
 */
@EnabledIfSystemProperty(named = "live.lake", matches = ".+")
class ItemReplay {
  private static final int WEEKS = 4;
  private static final Duration PRODUCT_LASTS = Duration.ofHours(2);
  private static final Duration TILL_LASTS = Duration.ofHours(4);
  private static final Duration CARTS_LAST = Duration.ofHours(3);

  private record Receipt(
      String store,
      Instant at,
      String customer,
      String till,
      double money,
      List<String> products) {}

  private record Cart(String customer, Instant at) {}

  private record Fault(Kind kind, Place place, Instant from, Instant until) {}

  private record Heard(Finding finding, Instant clock) {}

  private final Watch settings = TestSettings.read().live().watch();
  private final SplittableRandom random = new SplittableRandom(20261128);
  private final Map<Kind, List<Double>> minutes = new EnumMap<>(Kind.class);
  private final Map<Kind, Integer> planted = new EnumMap<>(Kind.class);
  private final Map<AlertKind, Integer> falseAlarms = new EnumMap<>(AlertKind.class);

  @Test
  void faultsAreFound() {
    Lake lake = new Lake(SparkTest.session(), System.getProperty("live.lake"));
    Dataset<Row> sales = lake.read(Table.ACCEPTED_SALES).where(col(Columns.QUANTITY).gt(0));
    Dataset<Row> lines = sales.withColumn(Columns.TILL_ID, till());
    Dataset<Row> carts = carts(sales).cache();
    LocalDate last =
        sales
            .groupBy(Columns.BUSINESS_DATE)
            .count()
            .where("count > 50")
            .agg(max("business_date"))
            .head()
            .getDate(0)
            .toLocalDate();
    int weeks = TestSettings.read().behaviour().profile().weeks();
    int stores = (int) sales.select(Columns.STORE_ID).distinct().count();
    for (int week = WEEKS; week > 0; week--) {
      LocalDate asOf = last.minusWeeks(week);
      Rates rates =
          RateRows.of(
              LiveRates.of(
                  sales, lines, Optional.of(carts), asOf, weeks, settings.items().cartMinutes()));
      List<Receipt> receipts = receipts(lines, asOf);
      List<Cart> filled = carts(carts, asOf);
      for (Heard heard : replay(rates, receipts, filled, List.of())) {
        falseAlarms.merge(heard.finding.kind(), 1, Integer::sum);
        if (Boolean.getBoolean("live.show")) {
          System.out.println("  false: " + heard.clock + " " + heard.finding);
        }
      }
      List<Fault> faults = faults(rates, receipts);
      List<Heard> heard = replay(rates, receipts, filled, faults);
      for (Fault fault : faults) {
        planted.merge(fault.kind, 1, Integer::sum);
        heard.stream()
            .filter(one -> one.finding.kind().name().equals(fault.kind.name()))
            .filter(one -> one.finding.item().equals(fault.place.item()))
            .map(Heard::clock)
            .filter(at -> at.isAfter(fault.from) && at.isBefore(fault.until.plusSeconds(5400)))
            .min(Comparator.naturalOrder())
            .ifPresent(
                at ->
                    minutes
                        .computeIfAbsent(fault.kind, none -> new ArrayList<>())
                        .add(Duration.between(fault.from, at).toSeconds() / 60.0));
      }
    }
    System.out.printf(
        Locale.ROOT,
        "live: items of %d stores, %d weeks; false alarms a week %s%n",
        stores,
        WEEKS,
        falseAlarms);
    planted.forEach(this::say);
    assertThat(minutes).isNotEmpty();
  }

  private void say(Kind kind, int number) {
    List<Double> found = minutes.getOrDefault(kind, List.of()).stream().sorted().toList();
    System.out.printf(
        Locale.ROOT,
        "live: %s: %d of %d found, minutes to detection p50 %.0f, longest %.0f%n",
        kind,
        found.size(),
        number,
        found.isEmpty() ? Double.NaN : found.get(found.size() / 2),
        found.isEmpty() ? Double.NaN : found.get(found.size() - 1));
  }

  private static org.apache.spark.sql.Column till() {
    return concat(lit("T"), pmod(xxhash64(col(Columns.SALE_ID)), lit(3)).plus(1));
  }

  /** Bought: ten minutes before the receipt; twice as many are not. */
  private static Dataset<Row> carts(Dataset<Row> sales) {
    Dataset<Row> bought =
        sales
            .where(col(Columns.CUSTOMER_ID).isNotNull())
            .select(
                col(Columns.CUSTOMER_ID),
                col(Columns.SALE_ID),
                col(Columns.SOLD_AT)
                    .minus(org.apache.spark.sql.functions.expr("INTERVAL 10 MINUTES"))
                    .as(Columns.OCCURRED_AT))
            .dropDuplicates(Columns.SALE_ID)
            .where(pmod(xxhash64(col(Columns.SALE_ID)), lit(10)).lt(3))
            .drop(Columns.SALE_ID);
    return bought
        .union(
            bought
                .union(bought)
                .withColumn(
                    Columns.CUSTOMER_ID,
                    concat(
                        lit("visitor"),
                        xxhash64(col(Columns.CUSTOMER_ID), col(Columns.OCCURRED_AT), rand(3)))))
        .withColumn(Columns.KIND, lit("cart"))
        .withColumn(Columns.STORE_ID, lit(null).cast("string"));
  }

  private static org.apache.spark.sql.Column week(org.apache.spark.sql.Column day, LocalDate asOf) {
    return day.gt(lit(Date.valueOf(asOf))).and(day.leq(lit(Date.valueOf(asOf.plusWeeks(1)))));
  }

  private static List<Receipt> receipts(Dataset<Row> lines, LocalDate asOf) {
    return lines
        .where(week(col(Columns.BUSINESS_DATE), asOf))
        .groupBy(Columns.STORE_ID, Columns.SALE_ID)
        .agg(
            max(Columns.SOLD_AT),
            max(Columns.CUSTOMER_ID),
            max(Columns.TILL_ID),
            sum(col(Columns.REVENUE).cast("double")),
            collect_set(Columns.PRODUCT_ID))
        .collectAsList()
        .stream()
        .map(
            row ->
                new Receipt(
                    row.getString(0),
                    row.getTimestamp(2).toInstant(),
                    row.getString(3),
                    row.getString(4),
                    row.getDouble(5),
                    row.getList(6)))
        .sorted(Comparator.comparing(Receipt::at).thenComparing(Receipt::store))
        .toList();
  }

  private static List<Cart> carts(Dataset<Row> carts, LocalDate asOf) {
    return carts
        .where(week(col(Columns.OCCURRED_AT).cast("date"), asOf))
        .select(Columns.CUSTOMER_ID, Columns.OCCURRED_AT)
        .collectAsList()
        .stream()
        .map(row -> new Cart(row.getString(0), row.getTimestamp(1).toInstant()))
        .sorted(Comparator.comparing(Cart::at).thenComparing(Cart::customer))
        .toList();
  }

  /** One of each kind, at the time of some receipt. */
  private List<Fault> faults(Rates rates, List<Receipt> receipts) {
    List<Fault> faults = new ArrayList<>();
    Instant latest = receipts.get(receipts.size() - 1).at.minus(TILL_LASTS);
    for (Map.Entry<Kind, Duration> each :
        Map.of(
                Kind.PRODUCT, PRODUCT_LASTS,
                Kind.TILL, TILL_LASTS,
                Kind.CART, CARTS_LAST,
                Kind.CUSTOMER, Duration.ofMinutes(50))
            .entrySet()) {
      Receipt chosen;
      do {
        chosen = receipts.get(receipts.size() / 8 + random.nextInt(receipts.size() * 7 / 8));
      } while (chosen.at.isAfter(latest));
      Place place =
          switch (each.getKey()) {
            case PRODUCT -> new Place(ALL, chosen.products.get(0));
            case TILL -> new Place(chosen.store, chosen.till);
            case CART -> new Place(ALL, ALL);
            case CUSTOMER -> new Place(ALL, "a thief");
          };
      if (each.getKey() != Kind.PRODUCT || rates.of(Kind.PRODUCT, place).isPresent()) {
        faults.add(new Fault(each.getKey(), place, chosen.at, chosen.at.plus(each.getValue())));
      }
    }
    return faults;
  }

  private List<Heard> replay(
      Rates rates, List<Receipt> receipts, List<Cart> carts, List<Fault> faults) {
    ShopFloor floor = new ShopFloor(settings);
    ItemFloor items = new ItemFloor(settings.items());
    items.expect(rates);
    Alerts alerts = new Alerts(settings);
    List<Heard> heard = new ArrayList<>();
    int next = 0;
    int nextCart = 0;
    Instant end = receipts.get(receipts.size() - 1).at;
    for (Instant clock = receipts.get(0).at; clock.isBefore(end); clock = clock.plusSeconds(300)) {
      for (; nextCart < carts.size() && !carts.get(nextCart).at.isAfter(clock); nextCart++) {
        Cart cart = carts.get(nextCart);
        items.addCart(cart.customer, ALL, cart.at, cart.at);
      }
      for (; next < receipts.size() && !receipts.get(next).at.isAfter(clock); next++) {
        add(floor, items, receipts.get(next), faults);
      }
      for (Fault fault : faults) {
        // Ten receipts within 50 minutes.
        if (fault.kind == Kind.CUSTOMER && covers(fault, clock)) {
          items.add(Kind.CUSTOMER, fault.place, StoreSlots.number(clock), 1, 200, clock);
        }
      }
      Instant now = clock;
      alerts.changed(items.findings(floor, floor.arrived(now)), floor.arrived(now)).stream()
          .filter(alert -> alert.state() == State.OPEN)
          .forEach(alert -> heard.add(new Heard(alert.finding(), now)));
      floor.findings(now);
    }
    return heard;
  }

  private static boolean covers(Fault fault, Instant at) {
    return !at.isBefore(fault.from) && at.isBefore(fault.until);
  }

  private void add(ShopFloor floor, ItemFloor items, Receipt one, List<Fault> faults) {
    long slot = StoreSlots.number(one.at);
    floor.add(one.store, slot, 1, one.money, one.at);
    List<String> products = one.products;
    String till = one.till;
    boolean bought = true;
    for (Fault fault : faults) {
      if (covers(fault, one.at)) {
        switch (fault.kind) {
          // Three receipts in ten have it then.
          case PRODUCT -> {
            if (random.nextDouble() < 0.3 && !products.contains(fault.place.item())) {
              products = new ArrayList<>(products);
              products.add(fault.place.item());
            }
          }
          // Its customers go to the next one.
          case TILL ->
              till =
                  till.equals(fault.place.item()) && one.store.equals(fault.place.store())
                      ? "T9"
                      : till;
          // The way to pay of the web shop is broken: its carts are not bought.
          case CART -> bought = false;
          case CUSTOMER -> {
            // Has receipts of its own.
          }
        }
      }
    }
    for (String product : products) {
      items.add(Kind.PRODUCT, new Place(ALL, product), slot, 1, one.money, one.at);
    }
    items.add(Kind.TILL, new Place(one.store, till), slot, 1, one.money, one.at);
    if (one.customer != null && bought) {
      items.add(Kind.CUSTOMER, new Place(ALL, one.customer), slot, 1, one.money, one.at);
    }
  }
}
