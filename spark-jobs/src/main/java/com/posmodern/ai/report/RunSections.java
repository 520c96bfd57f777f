package com.posmodern.ai.report;

import static com.posmodern.ai.report.HtmlPage.paragraph;
import static com.posmodern.ai.report.HtmlPage.section;

import com.posmodern.ai.report.NightReport.Quality;
import java.util.List;

/** Sections about jobs, data quality and result tables. */
final class RunSections {
  private RunSections() {}

  static Html orders(NightReport report) {
    return section(
        "replenishment",
        "Most urgent orders",
        report
            .orders()
            .html(
                orders ->
                    Html.table(
                        List.of(
                            "store",
                            "product",
                            "#on hand",
                            "#lasts, days",
                            "#on order",
                            "#expected demand",
                            "#safety stock",
                            "#pack",
                            "#smallest order",
                            "order on",
                            "#order",
                            "why",
                            "terms of supply"),
                        orders.stream()
                            .map(
                                o ->
                                    Html.row(
                                        Html.tag("td").with("class", "name").of(o.store()),
                                        Html.cell(o.product()),
                                        Html.number(Figures.quantity(o.onHand())),
                                        Html.number(Figures.quantity(o.coverDays())),
                                        Html.number(Figures.quantity(o.onOrder())),
                                        Html.number(Figures.quantity(o.expectedDemand())),
                                        Html.number(Figures.quantity(o.safetyStock())),
                                        Html.number(Figures.quantity(o.packSize())),
                                        Html.number(Figures.quantity(o.minimumOrder())),
                                        Html.cell(o.orderOn()),
                                        Html.tag("td")
                                            .with("class", "number strong")
                                            .of(Figures.quantity(o.quantity())),
                                        Html.cell(Figures.words(o.reason())),
                                        Html.cell(Figures.words(o.terms())))))));
  }

  static Html quality(NightReport report) {
    return section("quality", "Quality of the data", report.quality().html(RunSections::quality));
  }

  private static Html quality(Quality quality) {
    Html broken =
        quality.broken().isEmpty()
            ? paragraph("good", "No rule was broken.")
            : Html.table(
                List.of("table", "rule broken", "severity", "#rows", "#of", "verdict"),
                quality.broken().stream()
                    .map(
                        rule ->
                            Html.row(
                                Html.cell(rule.table()),
                                Html.cell(rule.rule()),
                                Html.tag("td")
                                    .with("class", "soft")
                                    .of(rule.error() ? "error" : "warning"),
                                Html.number(Figures.count(rule.failed())),
                                Html.number(Figures.count(rule.checked())),
                                Html.tag("td")
                                    .with(
                                        "class",
                                        rule.passed()
                                            ? "good"
                                            : rule.error() ? "failed" : "attention")
                                    .of(rule.passed() ? "within tolerance" : "too many"))));
    Html refused =
        quality.refused().isEmpty()
            ? paragraph("good", "No row was rejected.")
            : Html.table(
                List.of("table", "reason", "#rows"),
                quality.refused().stream()
                    .map(
                        r ->
                            Html.row(
                                Html.cell(r.table()),
                                Html.cell(Figures.words(r.reason())),
                                Html.number(Figures.count(r.rows())))));
    return Html.join(
        paragraph("soft", Figures.count(quality.rules()) + " rules checked."),
        broken,
        Html.tag("div").with("style", "height:14px").of(""),
        refused);
  }

  static Html jobs(NightReport report) {
    return section(
        "jobs",
        "What ran",
        report
            .jobs()
            .html(
                jobs ->
                    Html.table(
                        List.of(
                            "job", "outcome", "#rows read", "#written", "#seconds", "#memory", ""),
                        jobs.stream()
                            .map(
                                job ->
                                    Html.row(
                                        Html.tag("td").with("class", "name").of(job.job()),
                                        Html.tag("td")
                                            .with("class", tone(job.outcome()))
                                            .of(job.outcome()),
                                        Html.number(Figures.count(job.rowsRead())),
                                        Html.number(Figures.count(job.rowsWritten())),
                                        Html.number(Figures.format("%.1f", job.seconds())),
                                        Html.number(Figures.bytes(job.peakMemory())),
                                        Html.tag("td").with("class", "soft").of(job.message()))))));
  }

  private static String tone(String outcome) {
    return switch (outcome) {
      case "ok" -> "good";
      case "failed" -> "failed";
      default -> "attention";
    };
  }

  static Html results(NightReport report) {
    return section(
        "results",
        "Result tables",
        report
            .results()
            .html(
                results ->
                    Html.join(
                        Html.table(
                            List.of("table", "#rows", "below " + report.lake()),
                            results.stream()
                                .map(
                                    result ->
                                        Html.row(
                                            Html.cell(result.table()),
                                            Html.number(Figures.count(result.rows())),
                                            Html.tag("td")
                                                .with("class", "soft")
                                                .of(result.path())))))));
  }
}
