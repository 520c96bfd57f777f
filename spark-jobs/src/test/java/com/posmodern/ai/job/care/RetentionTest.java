package com.posmodern.ai.job.care;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.config.MaintenanceSettings;
import com.posmodern.ai.contract.Table;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetentionTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
  private static final List<LocalDate> TEN_DAYS =
      IntStream.range(0, 10).mapToObj(FIRST::plusDays).toList();

  private final Retention retention =
      new Retention(
          new MaintenanceSettings(2, 3, 4, 5, 64, 168),
          Set.of(FIRST.plusDays(1)),
          Set.of(FIRST.plusDays(2)));

  @Test
  void theNewestDatesOfEachLayerStay() {
    assertThat(retention.surplus(Table.DAILY_DEMAND, TEN_DAYS))
        .hasSize(8)
        .doesNotContain(FIRST.plusDays(8), FIRST.plusDays(9));
    assertThat(retention.surplus(Table.QUARANTINE, TEN_DAYS)).hasSize(5);
    assertThat(retention.surplus(Table.QUARANTINE, TEN_DAYS.subList(0, 3))).isEmpty();
  }

  @Test
  void championsAndKeptPublicationsStayWhateverTheirAge() {
    assertThat(retention.surplus(Table.PRODUCT_FACTORS, TEN_DAYS))
        .hasSize(6)
        .doesNotContain(FIRST.plusDays(1));
    assertThat(retention.surplus(Table.DEMAND_FORECAST, TEN_DAYS))
        .hasSize(5)
        .doesNotContain(FIRST.plusDays(2));
  }

  @Test
  void whatWasTrainedAndShownIsNeverForgotten() {
    assertThat(retention.surplus(Table.MODEL_REGISTRY, TEN_DAYS)).isEmpty();
    assertThat(retention.surplus(Table.PUBLICATIONS, TEN_DAYS)).isEmpty();
    assertThat(retention.surplus(Table.SALES_LINES, TEN_DAYS)).isEmpty();
  }
}
