package com.posmodern.ai.report;

import com.posmodern.ai.model.Metric;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One metric of the published model and of the best naive baseline.
 *
 * @param baseline empty when no baseline has the metric
 */
record Comparison(Metric own, Optional<Metric> baseline) {
  /** The candidates that are published; without one of these the best candidate is shown. */
  private static final List<String> PUBLISHED = List.of("published", "blend", "k_means");

  /** Primary metrics first; the text summary has room for only a few. */
  private static final List<String> ORDER =
      List.of(
          "wrmsse",
          "wape",
          "rmse",
          "mae",
          "mape",
          "coverage",
          "recall@20",
          "ndcg@10",
          "precision@10",
          "recall@10",
          "map",
          "next_spend_r2",
          "next_log_spend_r2",
          "next_category_log_loss",
          "silhouette",
          "davies_bouldin",
          "stability");

  /** All metrics of the published candidate, the primary ones first. */
  static List<Comparison> of(NightReport.Model model) {
    return everywhere(model)
        .map(Metric::name)
        .distinct()
        .sorted(Comparator.comparingInt(Comparison::place).thenComparing(name -> name))
        .flatMap(name -> of(model, name).stream())
        .toList();
  }

  private static Stream<Metric> everywhere(NightReport.Model model) {
    return model.metrics().stream().filter(metric -> metric.scope().equals(Metric.ALL));
  }

  private static int place(String name) {
    int place = ORDER.indexOf(name);
    return place < 0 ? ORDER.size() : place;
  }

  /** The primary metric of the model. */
  static Optional<Comparison> headline(NightReport.Model model) {
    return of(model).stream().filter(c -> c.baseline().isPresent()).findFirst();
  }

  static Optional<Comparison> of(NightReport.Model model, String name) {
    return own(model, name).map(own -> new Comparison(own, best(measured(model, name, true))));
  }

  private static Optional<Metric> own(NightReport.Model model, String name) {
    List<Metric> candidates = measured(model, name, false).toList();
    return PUBLISHED.stream()
        .flatMap(published -> candidates.stream().filter(m -> m.candidate().equals(published)))
        .findFirst()
        .or(() -> best(candidates.stream()));
  }

  private static Stream<Metric> measured(NightReport.Model model, String name, boolean baseline) {
    return everywhere(model)
        .filter(m -> m.name().equals(name) && m.baseline() == baseline)
        .filter(m -> Double.isFinite(m.value()));
  }

  private static Optional<Metric> best(Stream<Metric> metrics) {
    return metrics.max(
        Comparator.comparingDouble((Metric m) -> m.higherIsBetter() ? m.value() : -m.value())
            .thenComparing(Metric::candidate, Comparator.reverseOrder()));
  }

  /** All candidates and baselines except ours, if there is more than one baseline to show. */
  static List<String> others(NightReport.Model model) {
    String own = headline(model).map(comparison -> comparison.own().candidate()).orElse("");
    List<String> others =
        everywhere(model)
            .map(Metric::candidate)
            .distinct()
            .filter(candidate -> !candidate.equals(own))
            .toList();
    return others.size() > 1 ? others : List.of();
  }

  /** This metric of another candidate. */
  Optional<Double> of(List<Metric> metrics, String candidate) {
    return metrics.stream()
        .filter(m -> m.scope().equals(own.scope()))
        .filter(m -> m.candidate().equals(candidate))
        .filter(m -> m.name().equals(own.name()))
        .map(Metric::value)
        .filter(Double::isFinite)
        .findFirst();
  }

  /** The best baseline's value and name. */
  String best() {
    return baseline
        .map(b -> Figures.value(b.value()) + " " + Figures.words(b.candidate()))
        .orElse("–");
  }

  /** The class of the difference in the style sheet. */
  String tone() {
    return difference().isEmpty() ? "soft" : better() ? "good" : "attention";
  }

  boolean better() {
    return baseline.isPresent()
        && (own.higherIsBetter()
            ? own.value() > baseline.get().value()
            : own.value() < baseline.get().value());
  }

  /** The difference to the baseline as text; a ratio where one makes sense. */
  String difference() {
    if (baseline.isEmpty() || !judged()) {
      return "";
    }
    double base = baseline.get().value();
    if (own.higherIsBetter() && base > 0 && own.value() >= 1.5 * base) {
      return Figures.format("%.1f times", own.value() / base);
    }
    if (base > 0) {
      return Figures.format("%+.0f %%", (own.value() / base - 1) * 100);
    }
    return Figures.format("%+.3f", own.value() - base);
  }

  /** Bias is best at zero, coverage at its nominal level, and a count is neither good nor bad. */
  private boolean judged() {
    return !List.of("bias", "coverage", "days").contains(own.name());
  }

  /** The metric's name as usually written. */
  String label() {
    return switch (own.name()) {
      case "next_spend_r2" -> "R² of the next 28 days' spend";
      case "next_log_spend_r2" -> "R² of log(1 + that spend)";
      case "next_category_log_loss" -> "log loss of the categories";
      case "halves_adjusted_rand" -> "agreement of two halves";
      case "davies_bouldin" -> "Davies–Bouldin";
      case "map" -> "MAP";
      case "wrmsse", "rmse", "mae", "mape", "wape" -> own.name().toUpperCase(Locale.ROOT);
      case "coverage" -> "coverage of the 80 % interval";
      case "days" -> "days measured";
      case "winkler" -> "Winkler score";
      case "wrmsse_store_product" -> "WRMSSE, store × product";
      case "ndcg@10" -> "NDCG@10";
      default -> Figures.words(own.name());
    };
  }
}
