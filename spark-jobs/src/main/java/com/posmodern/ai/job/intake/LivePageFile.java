package com.posmodern.ai.job.intake;

import com.posmodern.ai.behaviour.live.Alert;
import com.posmodern.ai.behaviour.live.Alerts;
import com.posmodern.ai.behaviour.live.ShopFloor;
import com.posmodern.ai.behaviour.live.StoreProfile;
import com.posmodern.ai.behaviour.live.StoreSlots;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.WholeFile;
import com.posmodern.ai.night.SourceAges;
import com.posmodern.ai.report.LivePage;
import com.posmodern.ai.report.LiveReport;
import com.posmodern.ai.report.LiveReport.OpenAlert;
import com.posmodern.ai.report.LiveReport.Sales;
import com.posmodern.ai.report.LiveReport.Source;
import com.posmodern.ai.report.LiveReport.Store;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes {@code live.html} into the folder of reports. */
final class LivePageFile {
  /** Stores that differ most. */
  private static final int STORES = 15;

  /** Of the chart's points. */
  private static final int STEP = 3;

  private static final int STORE_SLOTS = 24;

  /** Asking the sources costs a query. */
  private static final Duration SOURCES_EVERY = Duration.ofMinutes(10);

  private final Lake lake;
  private final String file;
  private List<SourceAges.Age> ages = List.of();
  private Instant asked = Instant.MIN;

  /**
   * @param folder of the reports
   */
  LivePageFile(Lake lake, String folder) {
    this.lake = lake;
    this.file = Lake.absolute(folder) + "/live.html";
  }

  /** What the page says of the floor; to be called where nothing changes it meanwhile. */
  LiveReport report(ShopFloor floor, Alerts alerts, Instant now) {
    Instant arrived = floor.arrived(now);
    List<StoreProfile> profiles = List.copyOf(floor.profiles().values());
    return new LiveReport(
        now,
        newest(floor),
        arrived,
        zone(profiles),
        sales(profiles, floor.sold(), StoreSlots.number(arrived)),
        stores(profiles, floor.sold(), StoreSlots.number(arrived)),
        alerts.open().stream()
            .map(LivePageFile::open)
            .sorted(Comparator.comparingDouble(OpenAlert::money).reversed())
            .toList(),
        sources(floor, now));
  }

  /**
   * Writes or replaces the page.
   *
   * @throws PosException infrastructure when the folder cannot be written
   */
  void write(LiveReport report) {
    try {
      WholeFile.write(lake.spark().sessionState().newHadoopConf(), file, LivePage.render(report));
    } catch (IOException e) {
      throw PosException.infrastructure(
          "the file cannot be written: " + e.getMessage(),
          file,
          "Set report.folder to another folder.",
          e);
    }
  }

  /** The zone of most stores. */
  private static ZoneId zone(List<StoreProfile> profiles) {
    Map<String, Integer> zones = new TreeMap<>();
    profiles.forEach(profile -> zones.merge(profile.zone().getId(), 1, Integer::sum));
    return zones.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(most -> ZoneId.of(most.getKey()))
        .orElse(ZoneId.of("UTC"));
  }

  private static List<Sales> sales(
      List<StoreProfile> profiles, Map<String, StoreSlots> sold, long until) {
    List<Sales> sales = new ArrayList<>();
    long slots = ShopFloor.kept().dividedBy(StoreSlots.SLOT);
    for (long from = until - slots; from < until; from += STEP) {
      Instant begin = StoreSlots.begin(from);
      Instant end = StoreSlots.begin(from + STEP);
      long receipts = 0;
      double expected = 0;
      for (StoreProfile profile : profiles) {
        receipts += receipts(sold, profile, from, from + STEP);
        expected += profile.receipts(begin, end);
      }
      sales.add(new Sales(begin, receipts, expected));
    }
    return sales;
  }

  private static List<Store> stores(
      List<StoreProfile> profiles, Map<String, StoreSlots> sold, long until) {
    long from = until - STORE_SLOTS;
    Instant begin = StoreSlots.begin(from);
    Instant end = StoreSlots.begin(until);
    return profiles.stream()
        .map(
            profile ->
                new Store(
                    profile.store(),
                    receipts(sold, profile, from, until),
                    profile.receipts(begin, end),
                    Optional.ofNullable(sold.get(profile.store()))
                        .map(slots -> slots.revenue(from, until))
                        .orElse(0.0),
                    profile.revenue(begin, end)))
        // In standard deviations of a Poisson count.
        .sorted(
            Comparator.comparingDouble(
                    (Store store) ->
                        Math.abs((double) store.receipts() - store.expected())
                            / Math.sqrt(1 + store.expected()))
                .reversed())
        .limit(STORES)
        .toList();
  }

  private static long receipts(
      Map<String, StoreSlots> sold, StoreProfile profile, long from, long until) {
    return Optional.ofNullable(sold.get(profile.store()))
        .map(slots -> slots.receipts(from, until))
        .orElse(0L);
  }

  private static OpenAlert open(Alert alert) {
    return new OpenAlert(
        alert.finding().store(),
        alert.finding().kind().name(),
        alert.finding().beganAt(),
        alert.finding().money(),
        alert.finding().evidence());
  }

  private List<Source> sources(ShopFloor floor, Instant now) {
    if (asked.plus(SOURCES_EVERY).isBefore(now)) {
      asked = now;
      ages =
          SourceAges.of(
              table -> lake.exists(table) ? Optional.of(lake.read(table)) : Optional.empty(), now);
    }
    List<Source> sources = new ArrayList<>();
    // Of the sales the memory knows more than the table did when it was asked.
    sources.add(new Source(Table.SALES_LINES.toString(), newest(floor)));
    ages.stream()
        .filter(age -> age.table() != Table.SALES_LINES)
        .forEach(age -> sources.add(new Source(age.table().toString(), age.newest())));
    return sources;
  }

  private static Optional<Instant> newest(ShopFloor floor) {
    return Optional.of(floor.newest()).filter(at -> at.isAfter(Instant.MIN));
  }
}
