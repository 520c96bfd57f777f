package com.posmodern.ai.features;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.features.AcceptedRows.accepted;
import static com.posmodern.ai.features.AcceptedRows.product;
import static com.posmodern.ai.features.AcceptedRows.stock;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.config.FeatureSettings;
import com.posmodern.ai.config.PrivacySettings.LegalBasis;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.features.AcceptedRows.Sale;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** No feature of a night may know what came after it. */
class LeakageTest {
  private static final LocalDate AS_OF = LocalDate.of(2024, 3, 10);
  private static final Profiling ALL =
      new Profiling(LegalBasis.LEGITIMATE_INTEREST, Optional.empty());
  private static final FeatureSettings SETTINGS = new FeatureSettings(28, 90, 365);

  @Test
  void addingAndShiftingTheFutureChangesNoFeature() {
    List<Sale> past = sales(AS_OF.minusDays(40), 41, 1);
    List<Sale> future = sales(AS_OF.plusDays(1), 30, 2);
    List<Row> none = features(past, AS_OF.plusDays(1));
    Stream<Sale> later = Stream.concat(future.stream(), future.stream().map(s -> s.later(17)));
    List<Row> added = features(Stream.concat(past.stream(), later).toList(), AS_OF.plusDays(3));
    assertThat(none).hasSizeGreaterThan(100);
    assertThat(added).isEqualTo(none);
  }

  /** All four tables, the stock-out reaching into the future differently. */
  private static List<Row> features(List<Sale> sales, LocalDate soldOut) {
    Dataset<Row> accepted = accepted(sales);
    Dataset<Row> products =
        AcceptedRows.of(
            Table.PRODUCTS,
            List.of(product("P0", "C0", "D", null), product("P1", "C1", "D", null)));
    List<Row> inventory =
        List.of(stock("S1", "P0", "2024-03-05", true), stock("S1", "P0", soldOut.toString(), true));
    Dataset<Row> demand =
        DailyDemand.of(accepted, Optional.of(AcceptedRows.of(Table.INVENTORY_DAILY, inventory)))
            .where(col(BUSINESS_DATE).leq(lit(AS_OF)));
    List<Row> rows = new ArrayList<>();
    for (Dataset<Row> feature :
        List.of(
            demand,
            ProductFeatures.of(demand, products, SETTINGS, AS_OF),
            CustomerFeatures.of(accepted, products, ALL, AS_OF, 365, List.of()),
            PurchaseInteractions.of(accepted, ALL, SETTINGS, AS_OF))) {
      feature.collectAsList().stream()
          .sorted(java.util.Comparator.comparing(Row::toString))
          .forEach(rows::add);
    }
    return rows;
  }

  private static List<Sale> sales(LocalDate from, int days, long seed) {
    Random random = new Random(seed);
    List<Sale> sales = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      sales.add(
          Sale.of(
                  "R" + seed + "-" + i / 2,
                  "P" + random.nextInt(2),
                  from.plusDays(random.nextInt(days)).toString(),
                  1 + random.nextInt(3))
              .by("C" + random.nextInt(5))
              .in("S" + random.nextInt(2))
              .at(9 + random.nextInt(9))
              .priced(1 + random.nextInt(500) / 100.0, 0.1, null));
    }
    return sales;
  }
}
