package com.posmodern.ai.report;

import com.posmodern.ai.model.Metric;
import com.posmodern.ai.report.NightReport.BacktestDay;
import com.posmodern.ai.report.NightReport.BacktestExample;
import com.posmodern.ai.report.NightReport.Bought;
import com.posmodern.ai.report.NightReport.Broken;
import com.posmodern.ai.report.NightReport.Example;
import com.posmodern.ai.report.NightReport.JobRun;
import com.posmodern.ai.report.NightReport.Model;
import com.posmodern.ai.report.NightReport.Offer;
import com.posmodern.ai.report.NightReport.Order;
import com.posmodern.ai.report.NightReport.OrderPolicy;
import com.posmodern.ai.report.NightReport.Popular;
import com.posmodern.ai.report.NightReport.Profile;
import com.posmodern.ai.report.NightReport.Quality;
import com.posmodern.ai.report.NightReport.Refused;
import com.posmodern.ai.report.NightReport.Result;
import com.posmodern.ai.report.NightReport.SourceAge;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A believable night, and one on which nothing could be computed. */
final class SampleNight {
  static final Instant START = Instant.parse("2026-07-01T05:00:00Z");
  static final LocalDate AS_OF = LocalDate.of(2026, 6, 30);

  private SampleNight() {}

  static NightReport full() {
    return new NightReport(
        AS_OF,
        "20260701T030012",
        "/srv/lake",
        Part.of(jobs()),
        Part.of(quality()),
        Part.of(sources()),
        Part.of(models()),
        Part.of(backtests()),
        Part.of(profiles()),
        Part.of(example()),
        Part.of(new Popular("All stores, all segments.", offers())),
        Part.of(orders()),
        Part.of(policies()),
        Part.of(results()));
  }

  static NightReport empty(String reason) {
    return new NightReport(
        AS_OF,
        "20260701T030012",
        "/srv/lake",
        Part.absent(reason),
        Part.absent(reason),
        Part.absent(reason),
        Part.absent(reason),
        Part.absent(reason),
        Part.absent(reason),
        Part.absent(reason),
        Part.absent(reason),
        Part.absent(reason),
        Part.absent(reason),
        Part.absent(reason));
  }

  private static List<SourceAge> sources() {
    return List.of(
        new SourceAge("reviews", Optional.empty(), Optional.empty(), Optional.empty(), false),
        new SourceAge(
            "weather_daily",
            Optional.of(Instant.parse("2026-06-26T00:00:00Z")),
            Optional.of(120.0),
            Optional.of(78.0),
            true),
        new SourceAge(
            "sales_lines",
            Optional.of(Instant.parse("2026-06-30T23:10:00Z")),
            Optional.of(0.8),
            Optional.of(78.0),
            false));
  }

  /** A night of which only this is known. */
  static NightReport of(
      Part<List<JobRun>> jobs, Part<Quality> quality, Part<List<Result>> results) {
    NightReport none = empty("not asked");
    return new NightReport(
        none.asOf(),
        none.runId(),
        none.lake(),
        jobs,
        quality,
        none.sources(),
        none.models(),
        none.backtests(),
        none.segments(),
        none.example(),
        none.popular(),
        none.orders(),
        none.orderBacktest(),
        results);
  }

  /** A night of which only the jobs are known. */
  static NightReport of(List<JobRun> jobs) {
    return of(Part.of(jobs), Part.absent("not asked"), Part.absent("not asked"));
  }

  static JobRun job(String name, String outcome, String message) {
    return job(name, START, outcome, message);
  }

  static JobRun job(String name, Instant startedAt, String outcome, String message) {
    return new JobRun(
        name, startedAt, outcome, 3_012_345, 2_990_114, 41.27, 1_900_000_000L, message);
  }

  private static List<JobRun> jobs() {
    return List.of(
        job("quality", "ok", "2,990,114 lines accepted, 22,231 rows quarantined"),
        job("daily-demand", "ok", ""),
        job("product-features", "ok", ""),
        job("customer-features", "ok", "412 customers without consent to profiling left out"),
        job("purchase-interactions", "ok", ""),
        job("segment-train", "ok", "6 segments, accepted: 21.0 % better than the baseline"),
        job("segment-score", "ok", "19,588 customers scored"),
        job("forecast-train", "ok", "accepted: 18.1 % better than the baseline"),
        job("forecast-score", "ok", ""),
        job("replenishment", "ok", ""),
        job("recommend-train", "rejected", "rejected: skill 0.310 is below the champion's 0.420"),
        job("recommend-score", "ok", ""),
        job("similar-products", "ok", ""),
        job("popular-products", "ok", ""),
        job("publish", "ok", "8 of 8 result tables"));
  }

  private static Quality quality() {
    return new Quality(
        214,
        List.of(
            new Broken("sales_lines", "unit_price_minimum", true, 3_012_345, 1_204, true),
            new Broken("sales_lines", "drift_rows", false, 1, 1, false)),
        List.of(
            new Refused("sales_lines", "duplicate_key", 18_120),
            new Refused("sales_lines", "unit_price_minimum", 1_204)));
  }

  private static Metric metric(String candidate, String name, double value, boolean baseline) {
    boolean higher = !List.of("wrmsse", "wape", "rmse", "davies_bouldin").contains(name);
    return new Metric(candidate, Metric.ALL, name, value, baseline, higher);
  }

  private static Metric launch(String candidate, String name, double value, boolean baseline) {
    return new Metric(candidate, Metric.NEW_STORE, name, value, baseline, false);
  }

  private static List<Model> models() {
    return List.of(
        new Model(
            "forecast",
            "forecast-20260630-1f2e3d4c",
            true,
            "accepted: 18.1 % better than the baseline",
            Optional.of(0.181),
            List.of(
                metric("published", "wrmsse", 0.612, false),
                metric("seasonal_naive", "wrmsse", 0.747, true),
                metric("moving_average", "wrmsse", 0.681, true),
                metric("xgboost", "wrmsse", 0.618, false),
                metric("published", "wape", 0.344, false),
                metric("seasonal_naive", "wape", 0.461, true),
                metric("published", "coverage", 0.803, false),
                metric("seasonal_naive", "mape", Double.NaN, true),
                launch("published", "wape", 0.91, false),
                launch("published", "days", 1234, false),
                launch("category_launches", "wape", 1.4, true),
                launch("mean_of_stores", "wape", 1.2, true))),
        new Model(
            "recommend",
            "recommend-20260630-99aa88bb",
            false,
            "rejected: skill 0.310 is more than 0.050 below the champion's 0.420",
            Optional.of(0.31),
            List.of(
                metric("blend", "recall@20", 0.213, false),
                metric("popularity", "recall@20", 0.098, true),
                metric("personal", "recall@20", 0.187, true))),
        new Model(
            "segment",
            "segment-20260630-00c0ffee",
            true,
            "accepted: 21.0 % better than the baseline",
            Optional.of(0.21),
            List.of(
                metric("k_means", "silhouette", 0.412, false),
                metric("rfm_quintiles", "silhouette", -0.02, true),
                metric("k_means", "davies_bouldin", 1.12, false),
                metric("rfm_quintiles", "davies_bouldin", 4.7, true),
                metric("k_means", "stability", 0.981, false))));
  }

  private static List<BacktestExample> backtests() {
    Random random = new Random(3);
    List<BacktestExample> series = new ArrayList<>();
    String[] names = {"Arroz branco 5 kg", "Café torrado 500 g", "Vinho tinto", "Fralda G & cia"};
    String[] classes = {"smooth", "erratic", "intermittent", "lumpy"};
    double[] levels = {42, 18, 1.6, 3};
    for (int s = 0; s < names.length; s++) {
      List<BacktestDay> days = new ArrayList<>();
      double last = levels[s];
      for (int d = 0; d < 84; d++) {
        LocalDate date = AS_OF.minusDays(83L - d);
        double mean = levels[s] * (date.getDayOfWeek().getValue() >= 6 ? 1.5 : 0.9);
        double actual =
            Math.max(0, Math.rint(mean + random.nextGaussian() * Math.sqrt(mean) * 1.3));
        days.add(
            new BacktestDay(
                date,
                actual,
                mean,
                Math.max(0, mean - 1.6 * Math.sqrt(mean)),
                mean + 1.8 * Math.sqrt(mean),
                last));
        last = actual;
      }
      series.add(new BacktestExample("S0" + (s + 1), names[s], classes[s], days));
    }
    return series;
  }

  private static Profile profile(
      int id, String name, long customers, double revenue, double x, double y, String distinction) {
    return new Profile(
        id,
        name,
        customers,
        customers / 20_000.0,
        revenue,
        Optional.of(6.0),
        Optional.of(48.0),
        Optional.of(131.55),
        Optional.of(0.061),
        Optional.of(0.12),
        Optional.of(17.4),
        List.of("Bebidas", "Padaria"),
        distinction,
        Optional.of(x),
        Optional.of(y));
  }

  private static List<Profile> profiles() {
    return List.of(
        profile(
            1,
            "Weekend big-basket shoppers",
            5_210,
            0.41,
            -2.1,
            0.4,
            "78 % at weekends (31 %); baskets worth 2.6 times the usual; more Limpeza."),
        profile(
            2,
            "Evening online shoppers",
            2_890,
            0.17,
            2.4,
            1.9,
            "91 % of baskets online (12 %); shops around 20:40 (16:10)."),
        profile(
            3,
            "Frequent morning shoppers",
            4_120,
            0.14,
            0.3,
            -2.2,
            "2.9 times the usual number of baskets; shops around 8:20 (16:10); more Padaria."),
        profile(
            4,
            "Bargain shoppers",
            3_300,
            0.13,
            1.7,
            -0.6,
            "Discounts of 21 % (6.1 %); more Mercearia."),
        profile(
            5,
            "Small-basket evening shoppers",
            3_960,
            0.14,
            0.1,
            0.7,
            "Baskets worth 0.4 times the usual; shops around 19:50 (16:10)."),
        new Profile(
            0,
            "Too few purchases to tell",
            520,
            0.026,
            0.01,
            Optional.of(90.0),
            Optional.of(1.0),
            Optional.of(40.0),
            Optional.of(0.05),
            Optional.of(0.1),
            Optional.of(15.0),
            List.of(),
            "Too few purchases to identify habits.",
            Optional.empty(),
            Optional.empty()));
  }

  private static Example example() {
    return new Example(
        "C0…",
        "Frequent morning shoppers",
        List.of(
            new Bought("Pão francês", "Pães", 131),
            new Bought("Leite integral 1 L", "Leites", 77),
            new Bought("Café torrado 500 g", "Cafés", 24)),
        offers());
  }

  private static List<Offer> offers() {
    return List.of(
        new Offer(1, "Pão francês", "Pães", 4.1, "bought_often"),
        new Offer(2, "Manteiga com sal 200 g", "Laticínios", 3.2, "goes_with_purchases"),
        new Offer(3, "Requeijão", "Laticínios", 2.9, "similar_taste"),
        new Offer(4, "Granola <integral> & mel", "Cereais", 2.2, "new_for_you"));
  }

  private static List<OrderPolicy> policies() {
    List<OrderPolicy> policies = new ArrayList<>();
    policies.add(
        new OrderPolicy(
            true, 0, "all", 0.981, Optional.of(0.984), 0.94, 0.95, 9.4, 2_110, 96, 12, 0.97));
    for (int more = 0; more < 9; more++) {
      policies.add(
          new OrderPolicy(
              false,
              more,
              "all",
              0.93 + 0.007 * more,
              Optional.empty(),
              0.8 + 0.02 * more,
              0.95,
              6.5 + more,
              1_500 + 200 * more,
              300 - 30 * more,
              12 + more,
              0.95));
    }
    return policies;
  }

  static OrderPolicy policy(double fillRate, double stockCover) {
    return new OrderPolicy(
        true, 0, "all", fillRate, Optional.empty(), 0.9, 0.95, stockCover, 100, 1, 0, 1);
  }

  private static List<Order> orders() {
    return List.of(
        new Order(
            "S03",
            "Arroz branco 5 kg",
            Optional.of(0.0),
            0,
            211.5,
            34.2,
            6,
            6,
            "2025-10-01",
            246,
            Optional.of(0.0),
            "out_of_stock",
            "supplier"),
        new Order(
            "S01",
            "Leite integral 1 L",
            Optional.of(12.0),
            0,
            96.1,
            20,
            12,
            12,
            "2025-10-01",
            108,
            Optional.of(0.9),
            "below_order_level",
            "supplier"),
        new Order(
            "S02",
            "Fralda G & cia",
            Optional.of(2.0),
            0,
            14.2,
            5.1,
            20,
            20,
            "2025-10-01",
            20,
            Optional.of(1.4),
            "below_expected_demand",
            "settings"));
  }

  private static List<Result> results() {
    return List.of(
        new Result("demand_forecast", "results/demand_forecast", 318_080),
        new Result("replenishment_advice", "results/replenishment_advice", 11_360),
        new Result("product_recommendations", "results/product_recommendations", 391_760),
        new Result("similar_products", "results/similar_products", 15_000),
        new Result("popular_products", "results/popular_products", 1_260),
        new Result("customer_segments", "results/customer_segments", 20_000),
        new Result("segment_profiles", "results/segment_profiles", 6));
  }
}
