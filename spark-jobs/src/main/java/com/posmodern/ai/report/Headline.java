package com.posmodern.ai.report;

import com.posmodern.ai.report.NightReport.JobRun;
import com.posmodern.ai.report.NightReport.Model;
import com.posmodern.ai.report.NightReport.Quality;
import com.posmodern.ai.report.NightReport.SourceAge;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The status of the night in one sentence, with a colour and the key figures.
 *
 * @param notes points that need attention
 * @param tiles key figures
 */
record Headline(Status status, String sentence, List<String> notes, List<Tile> tiles) {
  /** Status of the night. */
  enum Status {
    GOOD,
    ATTENTION,
    FAILED;

    /** Its class in the style sheet. */
    String tone() {
      return Figures.words(name());
    }
  }

  /**
   * A figure.
   *
   * @param good false when it needs attention
   */
  record Tile(String label, String figure, String beside, boolean good) {}

  static Headline of(NightReport report) {
    List<JobRun> jobs = report.jobs().value().orElse(List.of());
    List<String> failed = named(jobs, "failed");
    List<String> notes = new ArrayList<>();
    jobs.stream().filter(job -> !job.outcome().equals("ok")).forEach(job -> notes.add(note(job)));
    report.quality().value().ifPresent(quality -> quality(quality, notes));
    report.sources().value().ifPresent(sources -> sources(sources, notes));
    Status status =
        !failed.isEmpty() ? Status.FAILED : notes.isEmpty() ? Status.GOOD : Status.ATTENTION;
    return new Headline(status, sentence(report, status, failed), notes, tiles(report, jobs));
  }

  /** What the reader must know of the figures' age. */
  String footnote() {
    return status == Status.FAILED
        ? "Results of failed jobs are from an earlier night."
        : "Every model is compared with its naive baseline.";
  }

  private static String sentence(NightReport report, Status status, List<String> failed) {
    return switch (status) {
      case GOOD -> "Everything was computed and published.";
      case ATTENTION ->
          report.results().value().isPresent()
              ? "Published, but some points need attention."
              : "Finished, but nothing was published.";
      case FAILED -> "Failed: " + String.join(", ", failed) + ".";
    };
  }

  private static List<String> named(List<JobRun> jobs, String outcome) {
    return jobs.stream().filter(job -> job.outcome().equals(outcome)).map(JobRun::job).toList();
  }

  private static String note(JobRun job) {
    return job.job() + " " + job.outcome() + (job.message().isBlank() ? "" : ": " + job.message());
  }

  private static void quality(Quality quality, List<String> notes) {
    quality.broken().stream()
        .filter(rule -> !rule.passed())
        .forEach(
            rule ->
                notes.add(
                    Figures.format(
                        "%s.%s: %,d of %,d rows break the rule%s",
                        rule.table(),
                        rule.rule(),
                        rule.failed(),
                        rule.checked(),
                        rule.error() ? "" : " (warning)")));
  }

  private static void sources(List<SourceAge> sources, List<String> notes) {
    sources.stream()
        .filter(SourceAge::tooOld)
        .forEach(
            source ->
                notes.add(
                    Figures.format(
                        "source.%s: its newest row is %s old, %.0f h are allowed",
                        source.table(), source.age(), source.bound().orElse(0.0))));
  }

  private static List<Tile> tiles(NightReport report, List<JobRun> jobs) {
    List<Tile> tiles = new ArrayList<>();
    for (Model model : report.models().value().orElse(List.of())) {
      Comparison.headline(model)
          .ifPresent(
              c ->
                  tiles.add(
                      new Tile(
                          model.model() + ": " + c.label(),
                          Figures.value(c.own().value()),
                          c.baseline()
                              .map(
                                  baseline ->
                                      c.difference()
                                          + " against "
                                          + Figures.words(baseline.candidate())
                                          + " ("
                                          + Figures.value(baseline.value())
                                          + ")")
                              .orElse("no baseline"),
                          model.accepted() && c.better())));
    }
    report
        .quality()
        .value()
        .ifPresent(
            quality -> {
              long refused = quality.refused().stream().mapToLong(NightReport.Refused::rows).sum();
              tiles.add(
                  new Tile(
                      "rows rejected",
                      Figures.count(refused),
                      Figures.format(
                          "%,d of %,d rules broken", quality.broken().size(), quality.rules()),
                      quality.broken().stream().allMatch(NightReport.Broken::passed)));
            });
    report
        .results()
        .value()
        .ifPresent(
            results ->
                tiles.add(
                    new Tile(
                        "rows published",
                        Figures.count(results.stream().mapToLong(NightReport.Result::rows).sum()),
                        "in " + results.size() + " tables",
                        true)));
    if (!jobs.isEmpty()) {
      tiles.add(
          new Tile(
              "time",
              Figures.seconds(busySeconds(jobs)),
              Figures.format("%d of %d jobs ok", ok(jobs).count(), jobs.size()),
              ok(jobs).count() == jobs.size()));
    }
    return tiles;
  }

  /**
   * Total time during which at least one job ran: jobs run concurrently, and a job repeated the
   * next day must not make the night a day long.
   */
  static double busySeconds(List<JobRun> jobs) {
    double busy = 0;
    double until = Double.NEGATIVE_INFINITY;
    for (JobRun job : jobs.stream().sorted(Comparator.comparing(JobRun::startedAt)).toList()) {
      double from = job.startedAt().toEpochMilli() / 1000.0;
      double to = from + job.seconds();
      busy += Math.max(0, to - Math.max(from, until));
      until = Math.max(until, to);
    }
    return busy;
  }

  private static Stream<JobRun> ok(List<JobRun> jobs) {
    return jobs.stream().filter(job -> job.outcome().equals("ok"));
  }
}
