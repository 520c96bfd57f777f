package com.posmodern.ai.publish.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.config.PublishSettings;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.publish.Publication;
import com.posmodern.ai.publish.TillNights;
import com.posmodern.ai.testing.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers while publications come and go, and the server's sudden death. */
@Tag("external")
class PostgresSwitchTest {
  private static final String DATABASE = "switch_test";
  private static final int READERS = 8;
  private static final int SWITCHES = 20;

  /** All tables in one statement, and which publication they claim to be. */
  private static final String EVERYTHING =
      """
      SELECT concat_ws(' ',
        (SELECT publication_id FROM pos.publication),
        (SELECT concat_ws(' ', min(as_of_date), max(model_version), count(*), sum(score)::int)
         FROM pos.product_recommendations),
        (SELECT concat_ws(' ', min(as_of_date), max(model_version), count(*))
         FROM pos.customer_segments))""";

  @TempDir Path folder;

  private TillNights nights;
  private PostgresTarget target;

  @BeforeEach
  void emptyDatabase() throws SQLException {
    PublishSettings.Postgres settings = PostgresServer.database(DATABASE);
    nights = new TillNights(folder);
    target = new PostgresTarget(settings, nights.rows(), nights::find);
  }

  @Test
  void readersSeeNoErrorAndNoMixtureThroughTwentySwitches() throws Exception {
    Publication first = nights.night(1, 10);
    target.prepare(first);
    target.show(first);
    Set<String> known = new HashSet<>(Set.of(expected(1, 10)));
    Set<String> seen = ConcurrentHashMap.newKeySet();
    AtomicBoolean over = new AtomicBoolean();
    AtomicLong reads = new AtomicLong();
    ExecutorService readers = Executors.newFixedThreadPool(READERS);
    List<Future<?>> ends = new ArrayList<>();
    try {
      for (int reader = 0; reader < READERS; reader++) {
        ends.add(readers.submit(() -> poll(over, seen, reads)));
      }
      Publication former = first;
      for (int i = 1; i <= SWITCHES; i++) {
        if (i % 3 == 1) {
          // Every third switch shows a new night, whole or as a change; the others go back and
          // forth.
          int changed = i % 2 == 0 ? 150 : 20;
          Publication night = nights.night(i + 1, changed);
          known.add(expected(i + 1, changed));
          target.prepare(night);
          target.show(night);
          assertThat(target.dropOld(3)).isEmpty();
          former = night;
        } else {
          target.show(i % 3 == 2 ? first(former) : former);
        }
        assertThat(PostgresServer.asTill(DATABASE, EVERYTHING)).isIn(known);
        // Or a publication would come and go between two reads.
        waitFor(reads::get, reads.get() + 2 * READERS, ends);
      }
    } finally {
      over.set(true);
      readers.shutdown();
    }
    for (Future<?> end : ends) {
      end.get();
    }
    System.out.printf(
        "%,d reads by %d readers, %d publications seen%n", reads.get(), READERS, seen.size());
    assertThat(known).containsAll(seen);
    assertThat(seen).hasSizeGreaterThan(SWITCHES / 3);
    assertThat(reads.get()).isGreaterThan(1000);
  }

  @Test
  void aServerKilledInTheMiddleOfALoadKeepsTheFormerPublication() throws Exception {
    Publication first = nights.night(1, 10);
    target.prepare(first);
    target.show(first);
    Publication second = nights.night(2, 200);
    ExecutorService loader = Executors.newSingleThreadExecutor();
    // The load stands still where it wants to write, until the server is gone.
    try (Connection blocker = PostgresServer.connect(DATABASE, "pos_loader")) {
      blocker.setAutoCommit(false);
      blocker.createStatement().execute("LOCK TABLE pos_admin.contents IN EXCLUSIVE MODE");
      Future<String> load = loader.submit(() -> target.prepare(second));
      waitUntilTheRowsAreIn(second);
      PostgresServer.kill();
      assertThatThrownBy(load::get)
          .cause()
          .isInstanceOfSatisfying(
              PosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE))
          .hasMessageContaining("eaders keep the previous publication");
    } finally {
      loader.shutdown();
    }
    PostgresServer.start();
    assertThat(PostgresServer.asTill(DATABASE, EVERYTHING)).isEqualTo(expected(1, 10));
    target.prepare(second);
    target.show(second);
    assertThat(PostgresServer.asTill(DATABASE, EVERYTHING)).isEqualTo(expected(2, 200));
  }

  @Test
  void twoLoadsAtOnceAreRefused() throws Exception {
    Publication first = nights.night(1, 10);
    target.prepare(first);
    try (Connection other = PostgresServer.connect(DATABASE, "pos_loader")) {
      other.createStatement().execute("SELECT pg_advisory_lock(hashtext('pos-modern-ai publish'))");
      assertThatThrownBy(() -> target.show(first))
          .isInstanceOf(PosException.class)
          .hasMessageContaining("another process is publishing");
    }
  }

  private Publication first(Publication newest) throws SQLException {
    String older =
        PostgresServer.value(
            DATABASE,
            "pos_loader",
            "SELECT publication_id FROM pos_admin.publications JOIN pos_admin.contents USING"
                + " (publication_no) WHERE publication_id <> '"
                + newest.id()
                + "' ORDER BY publication_no DESC LIMIT 1");
    return nights.find(older).orElseThrow();
  }

  private static void waitFor(LongSupplier reads, long enough, List<Future<?>> readers)
      throws Exception {
    while (reads.getAsLong() < enough) {
      for (Future<?> reader : readers) {
        if (reader.isDone()) {
          reader.get();
        }
      }
      Thread.sleep(5);
    }
  }

  private static Void poll(AtomicBoolean over, Set<String> seen, AtomicLong reads)
      throws Exception {
    try (Connection connection = PostgresServer.connect(DATABASE, "till");
        PreparedStatement query = connection.prepareStatement(EVERYTHING)) {
      while (!over.get()) {
        try (ResultSet rows = query.executeQuery()) {
          rows.next();
          seen.add(rows.getString(1));
          reads.incrementAndGet();
        }
        // The loads share the machine with the readers.
        Thread.sleep(25);
      }
    }
    return null;
  }

  private static void waitUntilTheRowsAreIn(Publication publication) throws Exception {
    String query =
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE"
            + " '%pos_admin.contents%'";
    for (int i = 0; i < 600; i++) {
      if (!"0".equals(PostgresServer.value(DATABASE, "postgres", query))) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("the load of " + publication.id() + " never came to its end");
  }

  private String expected(int number, int changed) {
    int customers = TillNights.CUSTOMERS + number;
    String asOf = TillNights.asOf(number).toString();
    return "%s %s recommend-%d %d %d %s segment-%d %d"
        .formatted(
            Publication.id(TillNights.asOf(number), "run" + number),
            asOf,
            number,
            customers * TillNights.RANKS,
            TillNights.RANKS * (changed * (number + 2) + customers - changed),
            asOf,
            number,
            customers);
  }
}
