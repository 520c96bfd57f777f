package com.posmodern.ai.report;

import static com.posmodern.ai.contract.Columns.BOUGHT;
import static com.posmodern.ai.contract.Columns.CLICKED;
import static com.posmodern.ai.contract.Columns.CLICK_RATE;
import static com.posmodern.ai.contract.Columns.CONTROL_CUSTOMERS;
import static com.posmodern.ai.contract.Columns.CONVERSION;
import static com.posmodern.ai.contract.Columns.CUSTOMERS;
import static com.posmodern.ai.contract.Columns.INCREMENTAL_LOWER;
import static com.posmodern.ai.contract.Columns.INCREMENTAL_REVENUE;
import static com.posmodern.ai.contract.Columns.INCREMENTAL_UPPER;
import static com.posmodern.ai.contract.Columns.LIST_CUSTOMERS;
import static com.posmodern.ai.contract.Columns.LIST_PART;
import static com.posmodern.ai.contract.Columns.REVENUE;
import static com.posmodern.ai.contract.Columns.SHOWN;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What became of the products that customers were shown from one part of the lists.
 *
 * @param lift what lists of their own earned beyond popular products; only of all parts together,
 *     where a control group is measured
 */
public record RecommendationPart(
    String part,
    long customers,
    long shown,
    long clicked,
    long bought,
    Optional<Double> clickRate,
    Optional<Double> conversion,
    double revenue,
    Optional<Lift> lift) {
  private static final String ALL = "ALL";

  /** In the order of the page. */
  private static final List<String> ORDER =
      List.of(
          ALL,
          "PLACE_1_TO_5",
          "PLACE_6_TO_10",
          "PLACE_11_AND_ON",
          "NOT_IN_LIST",
          "BOUGHT_BEFORE",
          "TO_DISCOVER");

  /**
   * Revenue that lists of their own brought, beyond that of the control group.
   *
   * @param earned empty where the groups are too small
   */
  public record Lift(
      long customers,
      long controls,
      Optional<Double> earned,
      Optional<Double> lower,
      Optional<Double> upper) {}

  /**
   * Rows of {@code results.recommendation_results} of a night. What was in no list is shown once,
   * not also as of unknown habit.
   */
  public static List<RecommendationPart> of(Optional<Dataset<Row>> rows) {
    return rows
        .map(some -> some.collectAsList().stream().map(RecommendationPart::of).toList())
        .orElse(List.of())
        .stream()
        .filter(one -> ORDER.contains(one.part()))
        .sorted(Comparator.comparingInt(one -> ORDER.indexOf(one.part())))
        .toList();
  }

  private static RecommendationPart of(Row row) {
    Optional<Double> with = Cells.perhaps(row, LIST_CUSTOMERS);
    return new RecommendationPart(
        Cells.text(row, LIST_PART),
        Cells.whole(row, CUSTOMERS),
        Cells.whole(row, SHOWN),
        Cells.whole(row, CLICKED),
        Cells.whole(row, BOUGHT),
        Cells.perhaps(row, CLICK_RATE),
        Cells.perhaps(row, CONVERSION),
        Cells.number(row, REVENUE),
        with.map(
            customers ->
                new Lift(
                    customers.longValue(),
                    Cells.perhaps(row, CONTROL_CUSTOMERS).orElse(0.0).longValue(),
                    Cells.perhaps(row, INCREMENTAL_REVENUE),
                    Cells.perhaps(row, INCREMENTAL_LOWER),
                    Cells.perhaps(row, INCREMENTAL_UPPER))));
  }

  String label() {
    return part.equals(ALL) ? "all" : Figures.words(part);
  }
}
