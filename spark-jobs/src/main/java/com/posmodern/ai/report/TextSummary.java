package com.posmodern.ai.report;

import com.posmodern.ai.report.NightReport.JobRun;
import com.posmodern.ai.report.NightReport.Model;
import com.posmodern.ai.report.NightReport.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The text summary for the terminal: at most 45 lines of at most 100 columns. */
public final class TextSummary {
  private static final int WIDTH = 100;
  private static final int MOST_LINES = 45;
  private static final int MOST_METRICS = 4;
  private static final int MOST_NOTES = 6;

  private TextSummary() {}

  public static String render(NightReport report) {
    Headline headline = Headline.of(report);
    List<String> lines = new ArrayList<>();
    lines.add(
        "POS Modern AI, night of "
            + report.asOf()
            + ": "
            + headline.status()
            + ". "
            + headline.sentence());
    jobs(report, lines);
    models(report, lines);
    results(report, lines);
    sources(report, lines);
    notes(headline, lines);
    return String.join("\n", lines.stream().limit(MOST_LINES).map(TextSummary::cut).toList());
  }

  private static void jobs(NightReport report, List<String> lines) {
    lines.add("");
    if (report.jobs().value().isEmpty()) {
      lines.add("Jobs not known: " + report.jobs().reason());
      return;
    }
    lines.add(
        Figures.format(
            "%-24s %-9s %12s %12s %12s %10s",
            "job", "outcome", "rows read", "written", "seconds", "memory"));
    for (JobRun job : report.jobs().value().get()) {
      lines.add(
          Figures.format(
              "%-24s %-9s %,12d %,12d %12.1f %10s",
              job.job(),
              job.outcome(),
              job.rowsRead(),
              job.rowsWritten(),
              job.seconds(),
              Figures.bytes(job.peakMemory())));
    }
  }

  private static void models(NightReport report, List<String> lines) {
    lines.add("");
    if (report.models().value().isEmpty()) {
      lines.add("Models not known: " + report.models().reason());
      return;
    }
    lines.add(
        Figures.format(
            "%-10s %-30s %10s %10s  %-10s %s", "model", "metric", "ours", "baseline", "", "which"));
    for (Model model : report.models().value().get()) {
      Comparison.of(model).stream()
          .filter(c -> c.baseline().isPresent())
          .limit(MOST_METRICS)
          .forEach(
              c ->
                  lines.add(
                      Figures.format(
                          "%-10s %-30s %10s %10s  %-10s %s",
                          model.model(),
                          c.label(),
                          Figures.value(c.own().value()),
                          Figures.value(c.baseline().get().value()),
                          c.difference(),
                          Figures.words(c.baseline().get().candidate()))));
    }
  }

  private static void results(NightReport report, List<String> lines) {
    lines.add("");
    if (report.results().value().isEmpty()) {
      lines.add("Nothing published: " + report.results().reason());
      return;
    }
    lines.add("Results in " + report.lake());
    for (Result result : report.results().value().get()) {
      lines.add(Figures.format("  %-40s %,14d rows", result.path(), result.rows()));
    }
  }

  private static void sources(NightReport report, List<String> lines) {
    report
        .sources()
        .value()
        .ifPresent(
            sources ->
                lines.add(
                    "Newest rows before the day's end: "
                        + sources.stream()
                            .map(source -> source.table() + " " + source.age())
                            .collect(Collectors.joining(", "))));
  }

  private static void notes(Headline headline, List<String> lines) {
    int room = Math.min(MOST_NOTES, MOST_LINES - lines.size() - 2);
    if (headline.notes().isEmpty() || room <= 0) {
      return;
    }
    lines.add("");
    headline.notes().stream().limit(room).forEach(note -> lines.add("! " + note));
    if (headline.notes().size() > room) {
      lines.add("! and " + (headline.notes().size() - room) + " more: see the page");
    }
  }

  private static String cut(String line) {
    String one = line.replace('\n', ' ').stripTrailing();
    return one.length() <= WIDTH ? one : one.substring(0, WIDTH - 1) + "…";
  }
}
