package com.posmodern.ai.source.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.config.SampleSettings;
import com.posmodern.ai.source.sample.Anomalies.Kind;
import com.posmodern.ai.source.sample.Anomalies.Planted;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two stores, sixteen weeks, something planted in each. */
class AnomaliesTest {
  @Test
  void eachStoreAndWeekHasOneAndTheLinesShowIt() {
    World world = World.of(settings(1));
    assertThat(world.anomalies.planted()).hasSize(2 * 16);
    assertThat(world.anomalies.planted())
        .allMatch(one -> one.firstDay() / 7 == one.lastDay() / 7)
        .isEqualTo(Anomalies.of(world).planted());

    List<SaleLine> before = new ArrayList<>();
    List<SaleLine> after = new ArrayList<>();
    ReceiptGenerator receipts = new ReceiptGenerator(world);
    for (int number = 0; number < world.shoppers(); number++) {
      List<SaleLine> lines = receipts.of(Shopper.of(world, number));
      before.addAll(lines);
      after.addAll(world.anomalies.change(lines));
    }
    Map<Kind, long[]> sums = new EnumMap<>(Kind.class);
    for (Planted one : world.anomalies.planted()) {
      long[] sum = sums.computeIfAbsent(one.kind(), kind -> new long[6]);
      add(sum, 0, one, world, before);
      add(sum, 3, one, world, after);
    }
    // Units, units taken back and discounts in hundredths, before and after.
    assertThat(sums.get(Kind.SPIKE)[3]).isGreaterThan(2 * sums.get(Kind.SPIKE)[0]);
    assertThat(sums.get(Kind.DROP)[3]).isLessThan(sums.get(Kind.DROP)[0] / 4);
    assertThat(sums.get(Kind.OFFLINE)[3]).isLessThan(sums.get(Kind.OFFLINE)[0]);
    assertThat(sums.get(Kind.RETURN_BURST)[4])
        .isGreaterThan(sums.get(Kind.RETURN_BURST)[1] + sums.get(Kind.RETURN_BURST)[0] / 4);
    assertThat(sums.get(Kind.PHANTOM_DISCOUNT)[5])
        .isGreaterThan(2 * sums.get(Kind.PHANTOM_DISCOUNT)[2]);
  }

  @Test
  void anOrdinarySampleHasNone() {
    World world = World.of(settings(0));
    assertThat(world.anomalies.planted()).isEmpty();
    List<SaleLine> lines = new ReceiptGenerator(world).of(Shopper.of(world, 1));
    assertThat(world.anomalies.change(lines)).isSameAs(lines);
  }

  private static void add(long[] sums, int from, Planted one, World world, List<SaleLine> lines) {
    for (SaleLine line : lines) {
      if (line.store() == one.store() && one.holds(line, Anomalies.day(world, line), world)) {
        sums[from + (line.thousandths() > 0 ? 0 : 1)] += Math.abs(line.thousandths());
        sums[from + 2] += line.discountCents();
      }
    }
  }

  private static SampleSettings settings(double anomalies) {
    return new SampleSettings(
        3, "2025-09-30", 112, 2, 60, 200, 40_000, 0.2, 0.01, 28, 6, 30, anomalies, 0);
  }
}
