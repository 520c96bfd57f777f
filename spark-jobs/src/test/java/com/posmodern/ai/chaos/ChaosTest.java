package com.posmodern.ai.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.cli.Main;
import com.posmodern.ai.config.Settings;
import com.posmodern.ai.job.intake.SampleCommand;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.night.Progress;
import com.posmodern.ai.publish.TillNights;
import com.posmodern.ai.testing.ChildJvm;
import com.posmodern.ai.testing.PlantedCustomers;
import com.posmodern.ai.testing.PostgresServer;
import com.posmodern.ai.testing.SparkTest;
import com.posmodern.ai.testing.TestSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nights, publications and imports are killed with SIGKILL, each command in turn, at random moments
 * of the first and of the second half of its life. After each kill every reader (of the tables, of
 * BI's manifests, of the till's views) finds what one of the commands leaves where nobody disturbs
 * it, never a mixture; and a command that is run again to its end leaves exactly that. {@code
 * scripts/chaos 200} kills more often, and goes on where it was stopped.
 */
@Tag("slow")
@Tag("external")
class ChaosTest {
  private static final int KILLS = Integer.getInteger("chaos.kills", 12);
  private static final long SEED = Long.getLong("chaos.seed", 20L);

  /** After so many kills the killed command is run again to its end. */
  private static final int AGAIN = 6;

  @TempDir Path temporary;

  private final Map<Command, Long> lasts = new EnumMap<>(Command.class);
  private final Set<String> bi = new HashSet<>(Set.of(Readers.NOTHING));
  private final Set<String> till = new HashSet<>(Set.of(Readers.NOTHING));
  private final Map<Command, String> biAfter = new EnumMap<>(Command.class);
  private final Map<Command, String> tillAfter = new EnumMap<>(Command.class);
  private final Map<Command, String> calendarAfter = new EnumMap<>(Command.class);
  private Map<String, String> tables;
  private Path folder;
  private Path lake;
  private Path settings;
  private Readers readers;

  @Test
  void whoeverIsKilledAndWhenNoReaderSeesAHalf() throws Exception {
    String kept = System.getProperty("chaos.folder", "");
    folder = kept.isEmpty() ? temporary : Files.createDirectories(Path.of(kept).toAbsolutePath());
    lake = folder.resolve("lake");
    Path kills = folder.resolve("kills.txt");
    List<String> done = Files.exists(kills) ? Files.readAllLines(kills) : List.of();
    undisturbed();
    settings = settings("chaos_" + SEED, !done.isEmpty());
    readers = new Readers(lake, "chaos_" + SEED);
    if (done.isEmpty()) {
      sources(lake);
    }
    Map<String, Integer> counts = new TreeMap<>();
    done.forEach(kind -> counts.merge(kind, 1, Integer::sum));
    int ended = 0;
    for (int begun = 0; sum(counts) < KILLS; begun++) {
      int turn = done.size() + begun;
      Command command = inTurn(turn);
      if (killed(command, share(turn))) {
        counts.merge(command.kind(), 1, Integer::sum);
        Files.writeString(
            kills, command.kind() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        requireNoHalf("kill %d, of %s".formatted(sum(counts), command));
        if (sum(counts) % AGAIN == 0 || sum(counts) == KILLS) {
          runToItsEnd(command);
        }
      } else {
        ended++;
        requireWhole(command);
      }
    }
    for (Command command : Command.values()) {
      command.run(new Lake(SparkTest.session(), lake.toString()), settings);
      requireWhole(command);
    }
    assertThat(readers.tables()).isEqualTo(tables);
    System.out.printf(
        "chaos: %d kills %s, %d ended before theirs, seed %d; no reader saw a half, and what was run again equals the undisturbed run%n",
        sum(counts), counts, ended, SEED);
  }

  /** All commands in an order of chance, then all again in another. */
  private static Command inTurn(int turn) {
    List<Command> all = new ArrayList<>(List.of(Command.values()));
    Collections.shuffle(all, new Random(SEED * 1_000_003 + turn / all.size()));
    return all.get(turn % all.size());
  }

  /**
   * Any moment from the first work of a program to a little after it ended when it ran last: of the
   * first half of that time in one round of all commands, of the second half in the next.
   */
  private static double share(int turn) {
    int half = turn / Command.values().length % 2;
    return 0.25 + 0.85 * (half + new SplittableRandom(SEED * 31 + turn).nextDouble()) / 2;
  }

  /** What each command leaves on a lake of its own. */
  private void undisturbed() throws IOException, SQLException {
    Path place = folder.resolve("undisturbed");
    SparkTest.session();
    String database = "chaos_undisturbed_" + SEED;
    deleteFolder(place);
    Path conf = settings(database, false);
    sources(place);
    Readers looks = new Readers(place, database);
    calendarAfter.put(Command.NIGHT, looks.calendar());
    for (Command command : Command.values()) {
      command.run(new Lake(SparkTest.session(), place.toString()), conf);
      if (command.kind().equals("import")) {
        calendarAfter.put(command, looks.calendar());
      } else {
        biAfter.put(command, looks.bi());
        tillAfter.put(command, looks.till());
      }
    }
    bi.addAll(biAfter.values());
    till.addAll(tillAfter.values());
    tables = looks.tables();
    assertThat(bi).as("each command leaves its own").hasSize(5);
    assertThat(till).as("each command leaves its own").hasSize(5);
    assertThat(tables).doesNotContainValue(Readers.NOTHING);
  }

  private void requireNoHalf(String when) throws IOException, SQLException {
    readers
        .tables()
        .forEach((key, found) -> assertThat(found).as(when).isIn(Readers.NOTHING, tables.get(key)));
    assertThat(readers.calendar()).as("calendar after " + when).isIn(calendarAfter.values());
    assertThat(readers.bi()).as("BI after " + when).isIn(bi);
    assertThat(readers.till()).as("till after " + when).isIn(till);
  }

  /** A command that came to its end left what it leaves where nobody is killed. */
  private void requireWhole(Command command) throws IOException, SQLException {
    if (command.kind().equals("import")) {
      assertThat(readers.calendar()).as("%s", command).isEqualTo(calendarAfter.get(command));
    } else {
      assertThat(readers.bi()).as("BI of %s", command).isEqualTo(biAfter.get(command));
      assertThat(readers.till()).as("till of %s", command).isEqualTo(tillAfter.get(command));
    }
    requireNoHalf("the end of " + command);
  }

  /**
   * Whether the command was killed; false where it had come to its end before.
   *
   * @param share of the time that it took when it ran last
   */
  private boolean killed(Command command, double share) throws Exception {
    long begin = System.nanoTime();
    Process process = start(command);
    boolean over =
        process.waitFor(
            (long) (share * lasts.getOrDefault(command, 15_000L)), TimeUnit.MILLISECONDS);
    process.destroyForcibly().waitFor();
    if (over) {
      ended(command, process, begin);
    }
    return !over;
  }

  private void runToItsEnd(Command command) throws Exception {
    long begin = System.nanoTime();
    Process process = start(command);
    process.waitFor();
    ended(command, process, begin);
    requireWhole(command);
  }

  private void ended(Command command, Process process, long begin) throws IOException {
    assertThat(process.exitValue()).as(() -> "%s: %s".formatted(command, output())).isZero();
    lasts.put(command, (System.nanoTime() - begin) / 1_000_000);
  }

  private Process start(Command command) throws IOException {
    return ChildJvm.builder(Main.class, command.arguments(lake, settings), ChildJvm.SHORT_LIVED)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output.txt").toFile())
        .start();
  }

  private String output() {
    try {
      return Files.readString(folder.resolve("output.txt"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private void sources(Path place) {
    Lake to = new Lake(SparkTest.session(), place.toString());
    new SampleCommand()
        .make(
            to,
            Settings.read(settingsFile()).sample(),
            new Progress(PlantedCustomers.SILENT, Clock.systemUTC()));
    TillNights nights = new TillNights(place);
    nights.night(1, 10);
    nights.night(2, 20);
  }

  private Path settingsFile() {
    return folder.resolve("settings.yaml");
  }

  private Path settings(String database, boolean kept) throws IOException, SQLException {
    PostgresServer.start();
    String url =
        (kept ? PostgresServer.settings(database) : PostgresServer.database(database)).url();
    return Files.writeString(
        settingsFile(),
        """
        extends: %s
        sample: {days: 120, stores: 2, products: 60, customers: 100, sales_lines: 5000}
        publish: {postgres: {enabled: true, url: "%s", connections: 2}}
        report: {folder: %s}
        %s"""
            .formatted(
                TestSettings.file(), url, folder.resolve("reports"), TestSettings.SHORT_LIVED));
  }

  private static void deleteFolder(Path place) throws IOException {
    if (Files.exists(place)) {
      try (var files = Files.walk(place)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static int sum(Map<String, Integer> counts) {
    return counts.values().stream().collect(Collectors.summingInt(Integer::intValue));
  }
}
