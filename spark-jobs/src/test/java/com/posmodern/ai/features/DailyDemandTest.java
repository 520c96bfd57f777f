package com.posmodern.ai.features;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.DEMAND;
import static com.posmodern.ai.contract.Columns.DISCOUNT_RATE;
import static com.posmodern.ai.contract.Columns.ON_PROMOTION;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.RETURNED;
import static com.posmodern.ai.contract.Columns.REVENUE;
import static com.posmodern.ai.contract.Columns.STOCK_OUT;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.UNIT_PRICE;
import static com.posmodern.ai.features.AcceptedRows.accepted;
import static com.posmodern.ai.features.AcceptedRows.stock;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.features.AcceptedRows.Sale;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DailyDemandTest {
  private static final LocalDate AS_OF = LocalDate.of(2024, 3, 10);
  private static Map<String, NavigableMap<LocalDate, Row>> planted;

  @BeforeAll
  static void fill() {
    List<Sale> sales =
        List.of(
            Sale.of("0", "P1", "2024-03-01", -1),
            Sale.of("1", "P1", "2024-03-02", 2).priced(10.0, 4.0, null),
            Sale.of("2", "P1", "2024-03-02", 1).priced(13.0, 0.0, "PROMO"),
            Sale.of("3", "P1", "2024-03-05", 3).priced(8.0, 0.0, null),
            Sale.of("4", "P1", "2024-03-05", -1).priced(8.0, 0.0, "PROMO"),
            Sale.of("5", "P1", "2024-03-06", -2).priced(8.0, 0.0, null),
            Sale.of("6", "P1", "2024-03-11", 9),
            Sale.of("7", "P1", "2024-03-09", 1).in("S2"),
            Sale.of("8", "GONE", "2024-03-03", 1),
            Sale.of("9", "CLEARED", "2024-03-03", 1),
            Sale.of("10", "CLEARED", "2024-03-07", 1),
            Sale.of("11", "RETURNED", "2024-03-03", -1));
    planted =
        series(
            sales,
            List.of(
                stock("S1", "P1", "2024-03-07", true),
                stock("S1", "P1", "2024-03-08", false),
                stock("S1", "P1", "2024-03-01", true),
                stock("S1", "P1", "2024-03-12", true),
                stock("S1", "GONE", "2024-03-08", true),
                stock("S2", "GONE", "2024-03-08", true)));
  }

  private static Map<String, NavigableMap<LocalDate, Row>> series(
      List<Sale> sales, List<Row> inventory) {
    return DailyDemand.of(
            accepted(sales), Optional.of(AcceptedRows.of(Table.INVENTORY_DAILY, inventory)))
        .where(col(BUSINESS_DATE).leq(lit(AS_OF)))
        .collectAsList()
        .stream()
        .collect(
            Collectors.groupingBy(
                row -> row.getAs(STORE_ID) + " " + row.getAs(PRODUCT_ID),
                Collectors.toMap(
                    DailyDemandTest::date,
                    row -> row,
                    (a, b) -> {
                      throw new AssertionError("two rows of a day: " + a + " and " + b);
                    },
                    () -> (NavigableMap<LocalDate, Row>) new TreeMap<LocalDate, Row>())));
  }

  private static LocalDate date(Row row) {
    return row.<Date>getAs(BUSINESS_DATE).toLocalDate();
  }

  private static Row day(int day) {
    return planted.get("S1 P1").get(LocalDate.of(2024, 3, day));
  }

  @Test
  void hasTheContractsShape() {
    List<String> expected = new ArrayList<>(Contracts.of(Table.DAILY_DEMAND).columnNames());
    expected.remove(Columns.AS_OF_DATE);
    assertThat(day(2).schema().fieldNames()).containsExactlyElementsOf(expected);
  }

  @Test
  void onlyDaysOnWhichSomethingHappenedAreThere() {
    assertThat(days("S1 P1")).containsExactly(1, 2, 5, 6, 7);
    assertThat(days("S2 P1")).containsExactly(9);
    assertThat(days("S1 GONE")).containsExactly(3, 8);
    assertThat(days("S2 GONE")).containsExactly(8);
    assertThat(days("S1 RETURNED")).containsExactly(3);
  }

  private static List<Integer> days(String series) {
    return planted.get(series).keySet().stream().map(LocalDate::getDayOfMonth).toList();
  }

  @Test
  void returnsLowerTheDemandOfTheirDayOnlyAndNeverBelowZero() {
    assertThat(day(5).<Double>getAs(DEMAND)).isEqualTo(2.0);
    assertThat(day(5).<Double>getAs(RETURNED)).isEqualTo(1.0);
    assertThat(day(5).<Double>getAs(REVENUE)).isEqualTo(16.0);
    assertThat(day(6).<Double>getAs(DEMAND)).isZero();
    assertThat(day(6).<Double>getAs(RETURNED)).isEqualTo(2.0);
    assertThat(day(6).<Double>getAs(REVENUE)).isEqualTo(-16.0);
  }

  @Test
  void aDayWithoutASaleHasNoPriceAndNoDiscount() {
    assertThat(day(2).<Double>getAs(UNIT_PRICE)).isEqualTo(11.0);
    assertThat(day(2).<Double>getAs(DISCOUNT_RATE)).isCloseTo(4.0 / 33, within(1e-6));
    assertThat(day(5).<Double>getAs(UNIT_PRICE)).isEqualTo(8.0);
    assertThat(day(6).<Double>getAs(UNIT_PRICE)).as("returns only").isNull();
    assertThat(day(6).<Double>getAs(DISCOUNT_RATE)).isZero();
    assertThat(day(7).<Double>getAs(UNIT_PRICE)).as("sold out").isNull();
    assertThat(day(7).<Double>getAs(DEMAND)).isZero();
  }

  @Test
  void promotedSalesAndStockOutsAreMarked() {
    assertThat(marked("S1 P1", ON_PROMOTION)).as("returns do not count").containsExactly(2);
    assertThat(marked("S1 P1", STOCK_OUT)).containsExactly(1, 7);
    assertThat(marked("S1 GONE", STOCK_OUT)).containsExactly(8);
  }

  private static List<Integer> marked(String series, String column) {
    return planted.get(series).values().stream()
        .filter(row -> row.<Boolean>getAs(column))
        .map(row -> date(row).getDayOfMonth())
        .toList();
  }

  @Test
  void demandAndRevenueAddUpToTheSales() {
    Random random = new Random(5);
    List<Sale> sales = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      LocalDate date = AS_OF.minusDays(random.nextInt(60));
      sales.add(
          Sale.of("R" + i, random.nextBoolean() ? "P1" : "P2", date.toString(), 1 + i % 3)
              .in("S" + random.nextInt(3))
              .priced(1 + random.nextInt(900) / 100.0, 0.05, null));
    }
    List<Row> rows =
        series(sales, List.of()).values().stream().flatMap(days -> days.values().stream()).toList();
    assertThat(rows.stream().mapToDouble(row -> row.<Double>getAs(DEMAND)).sum())
        .isCloseTo(sales.stream().mapToDouble(Sale::quantity).sum(), within(1e-6));
    assertThat(rows.stream().mapToDouble(row -> row.<Double>getAs(REVENUE)).sum())
        .isCloseTo(
            sales.stream().mapToDouble(s -> s.quantity() * s.price() - s.discount()).sum(),
            within(1e-6));
  }
}
