package com.posmodern.ai.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.config.RecommendSettings;
import com.posmodern.ai.model.Metric;
import com.posmodern.ai.recommend.rank.Assortment;
import com.posmodern.ai.recommend.rank.Exposures;
import com.posmodern.ai.recommend.rank.Histories;
import com.posmodern.ai.recommend.rank.Products;
import com.posmodern.ai.recommend.rank.RankerTraining;
import com.posmodern.ai.recommend.rank.RankerTraining.Trained;
import com.posmodern.ai.testing.SparkTest;
import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/**
 * Nobody ever bought a product in a second fortnight, until the last one, in which everybody buys
 * again what they bought most: what the ranker has learnt is wrong, and the fixed blend is right.
 */
class RankerStandInTest {
  private static final LocalDate AS_OF = TasteWorld.AS_OF;
  private static final RecommendSettings SETTINGS = TasteSettings.of(TasteSettings.RULES);

  /** Per customer and period of the holdout's length 20 products, those before it 7 times. */
  private static Dataset<Row> sales() {
    return SparkTest.session()
        .sql(
            """
            WITH bought AS (
              SELECT c, p, i, explode(sequence(0, if(p = 1, 6, 0))) AS again
              FROM (SELECT explode(sequence(0, 59)) AS c)
              LATERAL VIEW explode(sequence(0, 5)) AS p
              LATERAL VIEW explode(sequence(0, 19)) AS i)
            SELECT concat_ws('-', c, p, i, again) AS sale_id, 's0' AS store_id,
              format_string('p%%03d', pmod(c * 7 + greatest(p, 1) * 20 + i, 120)) AS product_id,
              format_string('c%%04d', c) AS customer_id,
              date_sub(DATE'%s', p * %d + 1 + again) AS business_date,
              1D AS quantity, 9.9D AS unit_price
            FROM bought"""
                .formatted(AS_OF, SETTINGS.holdoutDays()));
  }

  @Test
  void aBlendStandsInForARankerThatLosesToASimpleList() {
    Dataset<Row> sales = sales().cache();
    LocalDate cutoff = RankerTraining.cutoff(AS_OF, SETTINGS);
    Products products = Products.of(catalogue(sales, AS_OF), stores());
    Trained standIn;
    try (Histories histories = new Histories(sales, products, AS_OF, SETTINGS)) {
      standIn =
          new RankerTraining(histories, Exposures.NONE, products, AS_OF, SETTINGS, step -> {})
              .train(
                  catalogue(sales, cutoff),
                  Assortment.of(sales, Optional.empty(), products, cutoff, 28),
                  Optional.empty());
    }
    String recalls =
        standIn.evaluation().metrics().stream()
            .filter(m -> m.scope().equals(Metric.ALL) && m.name().equals("recall@20"))
            .map(m -> m.candidate() + " " + m.value())
            .collect(Collectors.joining(", "));
    assertThat(standIn.evaluation().standIn())
        .as(recalls)
        .matches("a fixed blend stands in, as the trained ranker was [0-9.]+ % worse than .*");
    assertThat(standIn.ranker().isEmpty()).isTrue();
    assertThat(standIn.rows()).isZero();
    assertThat(standIn.evaluation().parameters()).containsEntry("method", "blend");
    assertThat(standIn.evaluation().skill()).isGreaterThan(-0.05);
  }

  private static Dataset<Row> stores() {
    return SparkTest.session().sql("SELECT 's0' AS store_id");
  }

  private static Dataset<Row> catalogue(Dataset<Row> sales, LocalDate asOf) {
    return Catalogue.of(
        TasteWorld.products(),
        ProductLife.of(sales, asOf),
        Optional.empty(),
        asOf,
        SETTINGS.rules());
  }
}
