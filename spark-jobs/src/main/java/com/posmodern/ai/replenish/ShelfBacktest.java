package com.posmodern.ai.replenish;

import static com.posmodern.ai.contract.Columns.DEMAND_CLASS;
import static com.posmodern.ai.contract.Columns.LEAD_TIME;
import static com.posmodern.ai.contract.Columns.LEAD_TIME_SPREAD;
import static com.posmodern.ai.contract.Columns.MAXIMUM_STOCK;
import static com.posmodern.ai.contract.Columns.MINIMUM_ORDER;
import static com.posmodern.ai.contract.Columns.MODEL_VERSION;
import static com.posmodern.ai.contract.Columns.ORDER_DAYS;
import static com.posmodern.ai.contract.Columns.ORIGIN;
import static com.posmodern.ai.contract.Columns.PACK_SIZE;
import static com.posmodern.ai.contract.Columns.PRESENTATION_MINIMUM;
import static com.posmodern.ai.contract.Columns.SERVICE_LEVEL;
import static com.posmodern.ai.contract.Columns.SHELF_LIFE;
import static com.posmodern.ai.contract.Columns.UNIT_COST;

import com.posmodern.ai.replenish.OrderSimulation.Outcome;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * A series from an origin on, under each policy: rows of {@link OrderBacktestSums#SHELF}; none
 * where the days are too few for a whole cycle.
 *
 * @param reviewDays days between orders where no calendar says them
 * @param levelErrors of the forecast, as known without each origin
 */
record ShelfBacktest(int reviewDays, Map<LocalDate, LevelError.Known> levelErrors)
    implements FlatMapFunction<Row, Row> {
  private static final int NEVER = 100_000;

  @Override
  public Iterator<Row> call(Row row) {
    ShelfPath path = ShelfPath.of(row);
    int horizon = path.days();
    double[] means = path.means();
    double unlimited = Double.POSITIVE_INFINITY;
    LocalDate origin = row.<java.sql.Date>getAs(ORIGIN).toLocalDate();
    OrderRule rule =
        new OrderRule(
            row.<Integer>getAs(PACK_SIZE),
            row.<Double>getAs(MINIMUM_ORDER),
            row.<Double>getAs(SERVICE_LEVEL),
            row.isNullAt(row.fieldIndex(MAXIMUM_STOCK)) ? unlimited : row.getAs(MAXIMUM_STOCK),
            row.<Double>getAs(PRESENTATION_MINIMUM),
            row.<Double>getAs(LEAD_TIME_SPREAD),
            row.<Double>getAs(DemandVariation.DISPERSION),
            levelErrors.get(origin),
            row.<Double>getAs(OrderBacktest.PLACE));
    int life = row.isNullAt(row.fieldIndex(SHELF_LIFE)) ? NEVER : row.getAs(SHELF_LIFE);
    OrderSimulation shelf =
        new OrderSimulation(
            path.demand(),
            orderDays(row.getAs(ORDER_DAYS), origin, horizon),
            row.<Integer>getAs(LEAD_TIME),
            life);
    List<Row> outcomes = new ArrayList<>();
    if (shelf.isJudgeable()) {
      double usual = row.<Double>getAs(OrderBacktest.USUAL);
      double forecast = IntStream.range(0, horizon).mapToDouble(d -> means[d]).average().orElse(0);
      outcomes.add(
          outcome(row, "advice", 0, shelf.run(ShelfPolicies.advice(rule, means), forecast)));
      for (int more = 0; more <= OrderBacktest.MOST_MORE_DAYS; more++) {
        outcomes.add(
            outcome(
                row,
                "mean_cover",
                more,
                shelf.run(ShelfPolicies.meanCover(rule, usual, more), usual)));
      }
    }
    return outcomes.iterator();
  }

  private int[] orderDays(String calendar, LocalDate origin, int horizon) {
    return IntStream.rangeClosed(1, horizon)
        .filter(
            day ->
                calendar == null
                    ? (day - 1) % reviewDays == 0
                    : calendar.contains(origin.plusDays(day).getDayOfWeek().name().substring(0, 3)))
        .toArray();
  }

  private static Row outcome(Row shelf, String policy, int moreDays, Outcome outcome) {
    double cost = shelf.<Double>getAs(UNIT_COST);
    return RowFactory.create(
        shelf.getAs(MODEL_VERSION),
        shelf.getAs(DEMAND_CLASS),
        policy,
        moreDays,
        shelf.<Double>getAs(SERVICE_LEVEL) * outcome.cycles(),
        (long) outcome.days(),
        (long) outcome.cycles(),
        (long) outcome.soldOutCycles(),
        outcome.demand(),
        outcome.lost(),
        outcome.stock(),
        outcome.stock() * cost,
        outcome.wasted(),
        (long) outcome.orders(),
        outcome.promisedLost());
  }
}
