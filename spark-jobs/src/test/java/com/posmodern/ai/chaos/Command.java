package com.posmodern.ai.chaos;

import com.posmodern.ai.config.Settings;
import com.posmodern.ai.job.intake.ImportCommand;
import com.posmodern.ai.job.intake.ImportCommand.Mode;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.night.JobReport.Outcome;
import com.posmodern.ai.publish.TillNights;
import com.posmodern.ai.testing.Nights;
import com.posmodern.ai.testing.PlantedCustomers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is killed: two of each kind, so that each replaces what the other one left. */
enum Command {
  NIGHT_BEFORE("night", LocalDate.of(2025, 9, 29)),
  NIGHT("night", LocalDate.of(2025, 9, 30)),
  PUBLISH_FIRST("publication", TillNights.asOf(1)),
  PUBLISH_SECOND("publication", TillNights.asOf(2)),
  IMPORT_MANY("import", LocalDate.of(2015, 1, 1)),
  IMPORT_FEW("import", LocalDate.of(2016, 1, 1));

  private static final String[] JOBS = {
    "quality", "daily-demand", "product-features", "popular-products", "publish"
  };

  private final String kind;
  private final LocalDate date;

  Command(String kind, LocalDate date) {
    this.kind = kind;
    this.date = date;
  }

  String kind() {
    return kind;
  }

  LocalDate date() {
    return date;
  }

  /** The command line, for a process of its own. */
  List<String> arguments(Path lake, Path settings) throws IOException {
    List<String> words = new ArrayList<>();
    switch (kind) {
      case "night" ->
          words.addAll(
              List.of("nightly", "--only", String.join(",", JOBS), "--as-of", date.toString()));
      case "publication" -> words.addAll(List.of("publish", "--as-of", date.toString()));
      default ->
          words.addAll(
              List.of(
                  "import",
                  "--mapping",
                  mapping(settings.getParent()).toString(),
                  "--input",
                  "events=" + file(settings.getParent())));
    }
    words.addAll(List.of("--lake", lake.toString(), "--conf", settings.toString()));
    return words;
  }

  /** The same in this process, where nobody kills it. */
  void run(Lake lake, Path settings) throws IOException {
    Settings read = Settings.read(settings);
    switch (kind) {
      case "night" -> requireOk(lake, read, JOBS);
      case "publication" -> requireOk(lake, read, "publish");
      default ->
          new ImportCommand(lake, PlantedCustomers.SILENT)
              .run(
                  mapping(settings.getParent()),
                  Map.of("events", file(settings.getParent()).toString()),
                  Mode.REPLACE,
                  Optional.empty(),
                  Instant.now());
    }
  }

  private void requireOk(Lake lake, Settings settings, String... jobs) {
    Nights.run(lake, settings, date, jobs)
        .forEach(
            report -> {
              if (report.outcome() != Outcome.OK) {
                throw new AssertionError(report.toString());
              }
            });
  }

  private Path file(Path folder) throws IOException {
    StringBuilder rows = new StringBuilder("day,name\n");
    for (int i = 0; i < (this == IMPORT_MANY ? 5_000 : 3_000); i++) {
      rows.append(date.plusDays(i)).append(",Feira ").append(i).append('\n');
    }
    return Files.writeString(folder.resolve(name() + ".csv"), rows);
  }

  private static Path mapping(Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("events.yaml"),
        """
        description: events
        sources:
          events:
            csv: {delimiter: ",", quote: '"', escape: '"', encoding: UTF-8, header: [], multi_line: false, decimal_separator: ".", thousands_separator: "", null_words: []}
            columns:
              day: {from: day, type: date, formats: [yyyy-MM-dd]}
              name: {from: name, type: string}
            derived: {}
        targets:
          calendar:
            source: events
            one_row_per_key: false
            rules: {}
            columns: {region: {constant: ALL}, calendar_date: day, event_name: name, kind: {constant: commercial_event}}
        """);
  }
}
