package com.posmodern.ai.job.intake;

import com.posmodern.ai.behaviour.live.Alert;
import com.posmodern.ai.behaviour.live.Alerts;
import com.posmodern.ai.behaviour.live.Finding;
import com.posmodern.ai.behaviour.live.ItemFloor;
import com.posmodern.ai.behaviour.live.ShopFloor;
import com.posmodern.ai.config.LiveSettings.Watch;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.job.intake.StreamCommand.BatchLock;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.lake.StorageErrors;
import com.posmodern.ai.lake.lock.WriterLock;
import com.posmodern.ai.outreach.channel.AlertNotices;
import com.posmodern.ai.outreach.channel.Answer;
import com.posmodern.ai.privacy.PseudonymKey;
import com.posmodern.ai.report.LiveReport;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Watches what the stream sells: batches add to it, and every minute it looks whether stores,
 * products, tills, carts and customers do what they usually do, and writes what changes to {@code
 * ops.live_alerts} and the page {@code live.html}. Without {@code results.live_profiles} it does
 * nothing.
 *
 * <p>Batches and looks are in two threads, so a look does not hold the stream up.
 */
final class LiveWatch {
  /** A night makes new profiles; they are looked for so often. */
  private static final Duration RELOAD = Duration.ofHours(1);

  /** Of one look: a provider that does not answer costs ten seconds each. */
  private static final int MOST_NOTICES = 5;

  private final Lake lake;
  private final Watch settings;
  private final BatchLock lock;
  private final PrintStream out;
  private final LiveMemory memory;
  private final LivePageFile page;
  private final Optional<AlertNotices> notices;
  private final ItemMemory itemMemory;
  private final ShopFloor floor;
  private final ItemFloor items;
  private final Alerts alerts;
  private Instant loaded = Instant.MIN;
  private Instant looked = Instant.MIN;

  /**
   * @param reports folder of the page
   * @param notices of alerts; empty where rows are enough
   * @param key of the lake; without it customers and carts are not watched
   */
  LiveWatch(
      Lake lake,
      Watch settings,
      BatchLock lock,
      String reports,
      Optional<AlertNotices> notices,
      Optional<PseudonymKey> key,
      PrintStream out) {
    this.lake = lake;
    this.settings = settings;
    this.lock = lock;
    this.out = out;
    this.memory = new LiveMemory(lake);
    this.page = new LivePageFile(lake, reports);
    this.notices = notices;
    this.itemMemory = new ItemMemory(lake, key);
    this.floor = new ShopFloor(settings);
    this.items = new ItemFloor(settings.items());
    this.alerts = new Alerts(settings);
  }

  /** Before the first batch: reads what is usual, and what the tables know of the last hours. */
  synchronized void open(Instant now) {
    expect(now);
    memory.alerts(alerts, now);
    if (floor.isExpecting()) {
      memory.sales(floor, now);
    }
    if (items.isExpecting()) {
      itemMemory.restore(items, now);
    }
  }

  private synchronized void expect(Instant now) {
    loaded = now;
    floor.expect(memory.profiles(now));
    items.expect(itemMemory.rates());
  }

  /**
   * Adds the new sales lines of a batch.
   *
   * @param lines rows of source.sales_lines, each for the first time
   */
  void add(Dataset<Row> lines, Instant now) {
    if (floor.isExpecting()) {
      List<Row> slots = LiveMemory.slots(lines, now);
      List<Row> parts = items.isExpecting() ? itemMemory.receipts(lines, now) : List.of();
      synchronized (this) {
        slots.forEach(row -> LiveMemory.add(floor, row));
        parts.forEach(row -> ItemMemory.add(items, row));
      }
    }
  }

  /**
   * Adds what a batch put into carts; before the sales lines of the same batch.
   *
   * @param interactions rows of source.interactions, each for the first time
   */
  void addCarts(Dataset<Row> interactions, Instant now) {
    if (floor.isExpecting() && items.isExpecting()) {
      List<Row> carts = itemMemory.carts(interactions, now);
      synchronized (this) {
        carts.forEach(row -> ItemMemory.addCart(items, row));
      }
    }
  }

  /** Looks, if it is time. */
  void look(Instant now) {
    if (!looked.plus(settings.every()).isAfter(now)) {
      lookAtOnce(now);
    }
  }

  void lookAtOnce(Instant now) {
    looked = now;
    if (loaded.plus(RELOAD).isBefore(now)) {
      expect(now);
    }
    if (!floor.isExpecting()) {
      return;
    }
    List<Alert> changed;
    LiveReport report;
    synchronized (this) {
      List<Finding> found = new ArrayList<>(floor.findings(now));
      found.addAll(items.findings(floor, floor.arrived(now)));
      changed = alerts.changed(found, floor.arrived(now));
      report = page.report(floor, alerts, now);
    }
    page.write(report);
    changed = told(changed, now);
    if (!changed.isEmpty()) {
      write(changed, now);
      changed.forEach(
          alert ->
              out.printf(
                  "alert %s %s store %s: %s%n",
                  alert.state(),
                  alert.finding().kind(),
                  alert.finding().store(),
                  alert.finding().evidence()));
    }
  }

  /**
   * Sends notices of open alerts that nobody was told of; one that fails is tried again at the next
   * look. Before the row is written: after a crash an alert is told twice rather than never.
   */
  private List<Alert> told(List<Alert> changed, Instant now) {
    if (notices.isEmpty()) {
      return changed;
    }
    Map<String, Alert> byId = new LinkedHashMap<>();
    changed.forEach(alert -> byId.put(alert.id(), alert));
    List<Alert> untold;
    synchronized (this) {
      untold =
          alerts.open().stream()
              .filter(alert -> alert.notifiedAt().isEmpty())
              .limit(MOST_NOTICES)
              .toList();
    }
    for (Alert alert : untold) {
      Answer answer = notices.get().tell(alert.id(), AlertRows.document(alert));
      if (answer instanceof Answer.Accepted) {
        Alert told = alert.notified(now);
        byId.put(told.id(), told);
        synchronized (this) {
          alerts.told(told);
        }
      } else {
        out.printf("alert %s was not told: %s%n", alert.id(), answer);
      }
    }
    return List.copyOf(byId.values());
  }

  private void write(List<Alert> changed, Instant now) {
    try (WriterLock held = lock.take()) {
      held.requireHeld();
      new LakeWriter(lake)
          .append(Table.LIVE_ALERTS, AlertRows.date(now), AlertRows.of(lake.spark(), changed, now));
    } catch (IOException e) {
      throw StorageErrors.explain(e, "writing " + Table.LIVE_ALERTS);
    } catch (InterruptedException e) {
      // The stream is being stopped: the next run finds the same.
      Thread.currentThread().interrupt();
    }
  }
}
