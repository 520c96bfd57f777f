package com.posmodern.ai.report;

import com.posmodern.ai.model.Metric;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The complete content of the report of one night.
 *
 * @param lake where the lake is
 * @param results rows of each result table
 */
public record NightReport(
    LocalDate asOf,
    String runId,
    String lake,
    Part<List<JobRun>> jobs,
    Part<Quality> quality,
    Part<List<SourceAge>> sources,
    Part<List<Model>> models,
    Part<List<BacktestExample>> backtests,
    Part<List<Profile>> segments,
    Part<Example> example,
    Part<Popular> popular,
    Part<List<Order>> orders,
    Part<List<OrderPolicy>> orderBacktest,
    Part<List<Result>> results) {

  /**
   * One job of the night.
   *
   * @param outcome ok, skipped, rejected or failed
   * @param peakMemory bytes
   */
  public record JobRun(
      String job,
      Instant startedAt,
      String outcome,
      long rowsRead,
      long rowsWritten,
      double seconds,
      long peakMemory,
      String message) {
    /** The class of the outcome in the style sheet. */
    String tone() {
      return switch (outcome) {
        case "ok" -> "good";
        case "failed" -> "failed";
        default -> "attention";
      };
    }
  }

  /**
   * Results of the quality checks.
   *
   * @param rules checked
   * @param broken rules that at least one row broke
   * @param refused quarantined rows per table and reason; a row may have several reasons
   */
  public record Quality(long rules, List<Broken> broken, List<Refused> refused) {}

  /**
   * A rule that some rows broke.
   *
   * @param error true when breaking it can stop a job
   * @param passed false when it was broken beyond its tolerance
   */
  public record Broken(
      String table, String rule, boolean error, long checked, long failed, boolean passed) {}

  /**
   * How old a source was at the end of the as-of date.
   *
   * @param newest empty when it is over a month old
   * @param hours likewise
   * @param bound hours; empty when it may be of any age
   */
  public record SourceAge(
      String table,
      Optional<Instant> newest,
      Optional<Double> hours,
      Optional<Double> bound,
      boolean tooOld) {
    String age() {
      return hours.map(age -> Figures.format("%.0f h", age)).orElse("over a month");
    }
  }

  /** Rejected rows of one table with one reason. */
  public record Refused(String table, String reason, long rows) {}

  /**
   * A model version of the night.
   *
   * @param skill against the naive baseline; empty when undefined
   * @param metrics over all data, candidates and baselines; those of launches have their own scope
   */
  public record Model(
      String model,
      String version,
      boolean accepted,
      String verdict,
      Optional<Double> skill,
      List<Metric> metrics) {}

  /** A series of the backtest: forecast and actual demand. */
  public record BacktestExample(
      String store, String product, String demandClass, List<BacktestDay> days) {}

  /** One day of a backtest, in sales units. */
  public record BacktestDay(
      LocalDate date, double actual, double mean, double p10, double p90, double seasonalNaive) {}

  /**
   * A segment; figures are empty when it has no customers.
   *
   * @param x position in the chart
   */
  public record Profile(
      int id,
      String name,
      long customers,
      double customerShare,
      double revenueShare,
      Optional<Double> recency,
      Optional<Double> frequency,
      Optional<Double> basketValue,
      Optional<Double> discountShare,
      Optional<Double> onlineShare,
      Optional<Double> meanHour,
      List<String> departments,
      String distinction,
      Optional<Double> x,
      Optional<Double> y) {}

  /**
   * Purchases and recommendations of one customer.
   *
   * @param maskedCustomer never the full id
   */
  public record Example(
      String maskedCustomer, String segment, List<Bought> bought, List<Offer> offers) {}

  /** A product that the customer buys. */
  public record Bought(String product, String category, long baskets) {}

  /** A product of a list. */
  public record Offer(int rank, String product, String category, double score, String reason) {}

  /** What sells best. */
  public record Popular(String scope, List<Offer> offers) {}

  /**
   * An advised order; stock and cover are empty when unknown.
   *
   * @param terms where its terms of supply come from
   */
  public record Order(
      String store,
      String product,
      Optional<Double> onHand,
      double onOrder,
      double expectedDemand,
      double safetyStock,
      double packSize,
      double minimumOrder,
      String orderOn,
      double quantity,
      Optional<Double> coverDays,
      String reason,
      String terms) {}

  /**
   * What a way to order came to in the backtest.
   *
   * @param advice false for the baseline
   * @param moreDays that the baseline covers
   * @param scope demand class, or all
   * @param stockCover mean stock in days of demand
   */
  public record OrderPolicy(
      boolean advice,
      int moreDays,
      String scope,
      double fillRate,
      Optional<Double> fillRateAim,
      double cycleService,
      double serviceLevel,
      double stockCover,
      double meanStock,
      double lostUnits,
      double wastedUnits,
      double ordersPerWeek) {}

  /**
   * A result table.
   *
   * @param path below the lake
   */
  public record Result(String table, String path, long rows) {}
}
