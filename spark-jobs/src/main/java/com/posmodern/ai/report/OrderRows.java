package com.posmodern.ai.report;

import static com.posmodern.ai.contract.Columns.CYCLE_SERVICE;
import static com.posmodern.ai.contract.Columns.EXPECTED_DEMAND;
import static com.posmodern.ai.contract.Columns.FILL_RATE;
import static com.posmodern.ai.contract.Columns.FILL_RATE_AIM;
import static com.posmodern.ai.contract.Columns.LOST_UNITS;
import static com.posmodern.ai.contract.Columns.MEAN_STOCK;
import static com.posmodern.ai.contract.Columns.MINIMUM_ORDER;
import static com.posmodern.ai.contract.Columns.MORE_DAYS;
import static com.posmodern.ai.contract.Columns.ON_HAND;
import static com.posmodern.ai.contract.Columns.ON_ORDER;
import static com.posmodern.ai.contract.Columns.ORDERS_PER_WEEK;
import static com.posmodern.ai.contract.Columns.ORDER_ON;
import static com.posmodern.ai.contract.Columns.ORDER_QUANTITY;
import static com.posmodern.ai.contract.Columns.PACK_SIZE;
import static com.posmodern.ai.contract.Columns.POLICY;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.REASON;
import static com.posmodern.ai.contract.Columns.SAFETY_STOCK;
import static com.posmodern.ai.contract.Columns.SCOPE;
import static com.posmodern.ai.contract.Columns.SERVICE_LEVEL;
import static com.posmodern.ai.contract.Columns.STOCK_COVER;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.TERMS;
import static com.posmodern.ai.contract.Columns.WASTED_UNITS;
import static org.apache.spark.sql.functions.col;

import com.posmodern.ai.report.NightReport.Order;
import com.posmodern.ai.report.NightReport.OrderPolicy;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Collects the most urgent orders. */
public final class OrderRows {
  private static final int MOST_ORDERS = 12;

  private OrderRows() {}

  /**
   * Products that run out first, among them the best-selling ones first.
   *
   * @param advice rows of {@code results.replenishment_advice}
   */
  public static List<Order> orders(Dataset<Row> advice, ProductNames names) {
    List<Row> rows =
        advice
            .where(col(ORDER_QUANTITY).gt(0))
            .orderBy(
                col(STOCK_COVER).asc_nulls_last(),
                col(EXPECTED_DEMAND).desc(),
                col(STORE_ID),
                col(PRODUCT_ID))
            .limit(MOST_ORDERS)
            .collectAsList();
    Map<String, String> known =
        names.of(rows.stream().map(row -> Cells.text(row, PRODUCT_ID)).toList());
    return rows.stream()
        .map(
            row -> {
              String id = Cells.text(row, PRODUCT_ID);
              return new Order(
                  Cells.text(row, STORE_ID),
                  known.getOrDefault(id, id),
                  Cells.perhaps(row, ON_HAND),
                  Cells.number(row, ON_ORDER),
                  Cells.number(row, EXPECTED_DEMAND),
                  Cells.number(row, SAFETY_STOCK),
                  Cells.number(row, PACK_SIZE),
                  Cells.number(row, MINIMUM_ORDER),
                  row.<Object>getAs(ORDER_ON).toString(),
                  Cells.number(row, ORDER_QUANTITY),
                  Cells.perhaps(row, STOCK_COVER),
                  Cells.text(row, REASON),
                  Cells.text(row, TERMS));
            })
        .toList();
  }

  /**
   * The advice as a whole and per demand class, and the baseline's covers.
   *
   * @param backtest rows of {@code results.order_backtest}, some thirty per class
   */
  public static List<OrderPolicy> policies(Dataset<Row> backtest) {
    return backtest.orderBy(SCOPE, POLICY, MORE_DAYS).collectAsList().stream()
        .map(
            row ->
                new OrderPolicy(
                    Cells.text(row, POLICY).equals("advice"),
                    row.<Integer>getAs(MORE_DAYS),
                    Cells.text(row, SCOPE),
                    Cells.number(row, FILL_RATE),
                    Cells.perhaps(row, FILL_RATE_AIM),
                    Cells.number(row, CYCLE_SERVICE),
                    Cells.number(row, SERVICE_LEVEL),
                    Cells.number(row, STOCK_COVER),
                    Cells.number(row, MEAN_STOCK),
                    Cells.number(row, LOST_UNITS),
                    Cells.number(row, WASTED_UNITS),
                    Cells.number(row, ORDERS_PER_WEEK)))
        .toList();
  }
}
