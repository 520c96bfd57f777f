package com.posmodern.ai.replenish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.replenish.SumErrors.Stretch;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class SumErrorsTest {
  private static final LocalDate AS_OF = LocalDate.of(2026, 6, 30);

  /** Four stores of four units a day; on one day of five a store sells much more. */
  private static Shops shops(int origins) {
    Shops shops = new Shops(AS_OF).forecast("s0", "p", 4, null);
    for (int origin = 1; origin <= origins; origin++) {
      LocalDate from = AS_OF.minusDays(28L * origin);
      for (int ahead = 1; ahead <= 28; ahead++) {
        double error = ahead % 5 == 0 ? 10.467 : -2.51;
        shops.backtest("s0", "p", from, ahead, 4, 4 + error);
        for (String store : new String[] {"s1", "s2", "s3"}) {
          shops.backtest(store, "p", from, ahead, 4, 4);
        }
      }
    }
    return shops;
  }

  private static SumErrors errors(Shops shops) {
    ReplenishmentInput input = shops.input();
    return SumErrors.of(input.backtest().orElseThrow(), input.products());
  }

  @Test
  void eachSideIsStretchedToWhatATenthOfTheDaysExceeded() {
    SumErrors errors = errors(shops(10));

    // A single store errs: nothing is shared. Variance and mean 16, so skewness 0.25: p10 lies
    // 4 × (1.2816 - 0.25 × 0.107) = 5.02 below and p90 5.23 above. Errors are half and twice that,
    // and 280 days weigh 280 ÷ 480 beside the assumed distribution.
    double weight = 280.0 / 480;
    assertThat(errors.shared()).isEmpty();
    assertThat(errors.stretches())
        .extracting(Stretch::scope)
        .containsExactly("category", "product");
    for (Stretch stretch : errors.stretches()) {
      assertThat(stretch.size()).isEqualTo(2);
      assertThat(stretch.below()).isCloseTo(1 - weight + weight * 0.5, within(0.01));
      assertThat(stretch.above()).isCloseTo(1 - weight + weight * 2, within(0.01));
    }
  }

  @Test
  void fewDaysChangeNothing() {
    assertThat(errors(shops(7)).stretches()).isEmpty();
  }
}
