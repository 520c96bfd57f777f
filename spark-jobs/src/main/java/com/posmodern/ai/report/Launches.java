package com.posmodern.ai.report;

import com.posmodern.ai.model.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How well one kind of launch was forecast before it had sold anything, and by simple methods.
 *
 * @param days judged, over all series and origins
 * @param wape of what is published: sum of absolute errors ÷ sum of demand
 * @param baselines WAPE of the simple methods, by name
 */
record Launches(String kind, long days, double wape, List<Metric> baselines) {
  /** Kinds of launches, in the order of the report. */
  static final List<String> SCOPES =
      List.of(Metric.NEW_PRODUCT, Metric.NEWLY_LISTED, Metric.NEW_STORE);

  private static final String PUBLISHED = "published";
  private static final String WAPE = "wape";
  private static final String DAYS = "days";

  /** The kinds that the model was judged on; none of a model that forecasts no launches. */
  static List<Launches> of(NightReport.Model model) {
    List<Launches> launches = new ArrayList<>();
    for (String scope : SCOPES) {
      Optional<Metric> wape = published(model, scope, WAPE);
      Optional<Metric> days = published(model, scope, DAYS);
      if (wape.isPresent() && days.isPresent()) {
        List<Metric> baselines =
            model.metrics().stream()
                .filter(one -> one.scope().equals(scope) && one.name().equals(WAPE))
                .filter(Metric::baseline)
                .sorted(Comparator.comparing(Metric::candidate))
                .toList();
        launches.add(
            new Launches(
                Figures.words(scope),
                Math.round(days.get().value()),
                wape.get().value(),
                baselines));
      }
    }
    return launches;
  }

  /** The simple methods' WAPE in words. */
  String beside() {
    return String.join(
        ", ",
        baselines.stream()
            .map(one -> Figures.value(one.value()) + " " + Figures.words(one.candidate()))
            .toList());
  }

  private static Optional<Metric> published(NightReport.Model model, String scope, String name) {
    return model.metrics().stream()
        .filter(one -> one.scope().equals(scope) && one.name().equals(name))
        .filter(one -> one.candidate().equals(PUBLISHED) && Double.isFinite(one.value()))
        .findFirst();
  }
}
