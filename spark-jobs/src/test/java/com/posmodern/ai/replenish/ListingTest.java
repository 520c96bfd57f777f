package com.posmodern.ai.replenish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Orders of tomorrow, the first of July, arrive on the third. */
class ListingTest {
  private static final LocalDate AS_OF = LocalDate.of(2026, 6, 30);

  private static List<String> told(Shops shops) {
    return shops.advice().stream()
        .map(
            row ->
                "%s %s %s last %s until %s: %s"
                    .formatted(
                        row.getAs("store_id"),
                        row.getAs("product_id"),
                        row.<Double>getAs("order_quantity") > 0 ? "order" : "none",
                        row.<Object>getAs("last_order_on"),
                        row.<Object>getAs("covers_until"),
                        row.getAs("reason")))
        .toList();
  }

  @Test
  void onlyWhatIsListedIsOrderedAndWhatEndsRunsDown() {
    Shops shops = new Shops(AS_OF);
    for (String product : List.of("launch", "kept", "ending", "gone", "back")) {
      for (String store : List.of("s1", "s2")) {
        shops.forecast(store, product, 4, null).count(store, product, AS_OF, 0);
      }
    }
    LocalDate before = AS_OF.minusYears(1);
    shops
        .listed("s1", "launch", AS_OF.plusDays(3), null)
        .listed("s2", "launch", AS_OF.plusDays(20), null)
        .listed("ALL", "kept", before, null)
        .listed("s1", "ending", before, AS_OF.plusDays(5))
        .listed("ALL", "gone", before, AS_OF.plusDays(2))
        .listed("s1", "back", before, AS_OF.minusDays(90))
        .listed("s1", "back", AS_OF, null);

    assertThat(told(shops))
        .containsExactlyInAnyOrder(
            "s1 launch order last null until 2026-07-09: out_of_stock",
            "s2 launch none last null until 2026-07-09: not_listed",
            "s1 kept order last null until 2026-07-09: out_of_stock",
            "s2 kept order last null until 2026-07-09: out_of_stock",
            "s1 ending order last 2026-07-03 until 2026-07-05: out_of_stock",
            "s2 ending none last null until 2026-07-09: not_listed",
            "s1 gone none last 2026-06-30 until 2026-07-02: ended",
            "s2 gone none last 2026-06-30 until 2026-07-02: ended",
            "s1 back order last null until 2026-07-09: out_of_stock",
            "s2 back none last null until 2026-07-09: not_listed");
  }

  @Test
  void withoutAnAssortmentADiscontinuedProductEndsOnItsLastDay() {
    Shops shops = new Shops(AS_OF);
    shops
        .discontinued("p", AS_OF.plusDays(4))
        .forecast("s1", "p", 4, null)
        .count("s1", "p", AS_OF, 0);

    assertThat(told(shops))
        .containsExactly("s1 p order last 2026-07-02 until 2026-07-04: out_of_stock");
    assertThat(shops.adviceFor("p").<Double>getAs("expected_demand")).isEqualTo(16);
  }
}
