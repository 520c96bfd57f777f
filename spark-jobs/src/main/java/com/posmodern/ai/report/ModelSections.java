package com.posmodern.ai.report;

import static com.posmodern.ai.report.HtmlPage.paragraph;
import static com.posmodern.ai.report.HtmlPage.section;

import com.posmodern.ai.model.Metric;
import com.posmodern.ai.report.NightReport.Backtest;
import com.posmodern.ai.report.NightReport.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Sections about models: metrics compared with baselines, and forecasts compared with actual
 * demand.
 */
final class ModelSections {
  private ModelSections() {}

  static Html models(NightReport report) {
    return section(
        "models",
        "Models against their baselines",
        report
            .models()
            .html(models -> Html.join(models.stream().map(ModelSections::model).toList())));
  }

  private static Html model(Model model) {
    List<String> others = others(model);
    List<String> head =
        Stream.concat(
                Stream.of("metric", "#ours", "#best baseline", "#difference"),
                others.stream().map(other -> "#" + Figures.words(other)))
            .toList();
    return Html.tag("div")
        .with("style", "margin:0 0 18px")
        .of(
            Html.tag("h3")
                .of(
                    Html.text(capital(model.model()) + " "),
                    Html.tag("span")
                        .with("class", model.accepted() ? "good" : "attention")
                        .of(model.verdict())),
            Html.table(head, Comparison.of(model).stream().map(c -> row(model, c, others))),
            paragraph("soft", model.version()));
  }

  private static Html row(Model model, Comparison comparison, List<String> others) {
    List<Html> cells = new ArrayList<>();
    cells.add(Html.tag("td").with("class", "name").of(comparison.label()));
    cells.add(
        Html.tag("td").with("class", "number strong").of(Figures.value(comparison.own().value())));
    cells.add(
        Html.number(
            comparison
                .baseline()
                .map(b -> Figures.value(b.value()) + " " + Figures.words(b.candidate()))
                .orElse("–")));
    String tone =
        comparison.difference().isEmpty() ? "soft" : comparison.better() ? "good" : "attention";
    cells.add(Html.tag("td").with("class", "number " + tone).of(comparison.difference()));
    for (String other : others) {
      cells.add(
          Html.number(
              model.metrics().stream()
                  .filter(m -> m.candidate().equals(other))
                  .filter(m -> m.name().equals(comparison.own().name()))
                  .filter(m -> Double.isFinite(m.value()))
                  .findFirst()
                  .map(m -> Figures.value(m.value()))
                  .orElse("–")));
    }
    return Html.row(cells.toArray(Html[]::new));
  }

  /** All candidates and baselines except ours, if there is more than one baseline to show. */
  private static List<String> others(Model model) {
    String own =
        Comparison.headline(model).map(comparison -> comparison.own().candidate()).orElse("");
    List<String> others =
        model.metrics().stream()
            .map(Metric::candidate)
            .distinct()
            .filter(candidate -> !candidate.equals(own))
            .toList();
    return others.size() > 1 ? others : List.of();
  }

  static Html backtests(NightReport report) {
    return section(
        "backtest",
        "Forecast and actual demand",
        report
            .backtests()
            .html(
                series ->
                    Html.join(
                        paragraph(
                            "soft",
                            "Backtest: each forecast was made without knowing the days for which it is"
                                + " shown. Units sold per day; the best-selling series of each demand"
                                + " class."),
                        BacktestChart.legend(),
                        Html.tag("div")
                            .with("class", "two")
                            .of(Html.join(series.stream().map(ModelSections::card).toList())))));
  }

  private static Html card(Backtest backtest) {
    return Html.tag("div")
        .with("class", "card")
        .of(
            Html.tag("h3")
                .of(
                    Html.text(backtest.product() + " "),
                    Html.tag("span")
                        .with("class", "soft")
                        .of(backtest.store() + ", " + Figures.words(backtest.demandClass()))),
            BacktestChart.of(backtest));
  }

  private static String capital(String text) {
    return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
