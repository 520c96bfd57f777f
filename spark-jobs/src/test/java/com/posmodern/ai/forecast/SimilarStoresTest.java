package com.posmodern.ai.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.forecast.SoldElsewhere.Sales;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * "large" and "far" sell 100 units a day, "small" 10; large and small sell food, far sells tools;
 * "new" opened five days ago with 20 units a day of food.
 */
class SimilarStoresTest {
  private static final int ORIGIN = SeriesBuilder.FIRST_DAY + 139;
  private static final int DAYS = 140;
  private static final Offset<Double> CLOSE = within(1e-9);
  private static final Map<String, String> REGIONS =
      Map.of("large", "SP", "small", "SP", "far", "AM", "new", "SP", "planned", "AM");

  private final Map<String, DailyTotals> totals = new HashMap<>();
  private final Map<String, List<WeeklyTotals>> mixes = new HashMap<>();

  private void store(String id, String category, int days, double daily) {
    float[] demand = new float[days];
    Arrays.fill(demand, (float) daily);
    DailyTotals.Builder builder = new DailyTotals.Builder(ORIGIN - DAYS + 1, DAYS);
    builder.add(ORIGIN - days + 1, demand, new boolean[days]);
    totals.put(id, builder.build());
    List<WeeklyTotals> mix = SimilarStores.emptyMix(ORIGIN, DAYS);
    double[] units = new double[DAYS / 7];
    for (int day = 0; day < days; day++) {
      units[day / 7] += daily;
    }
    mix.set(SimilarStores.bucket(category), new WeeklyTotals(ORIGIN, units, units));
    mixes.put(id, mix);
  }

  private SimilarStores stores() {
    store("large", "food", DAYS, 100);
    store("small", "food", DAYS, 10);
    store("far", "tools", DAYS, 100);
    store("new", "food", 5, 20);
    return new SimilarStores(REGIONS, totals, mixes);
  }

  @Test
  void aStoreSellsOfAProductWhatAlikeStoresDoForAsMuchAsItSellsInAll() {
    // Large sells 4 and small 0.6 a day, of 100 and 10: pooled, 46 units of 1,100.
    List<Sales> both = List.of(new Sales("large", 40, 10), new Sales("small", 6, 10));
    assertThat(stores().demand("new", both, ORIGIN)).isCloseTo(46 / (1100 / 20.0), CLOSE);
    assertThat(stores().daily("new", ORIGIN)).isEqualTo(20);
  }

  @Test
  void whatAStoreSellsThatIsUnlikeHardlyCounts() {
    List<Sales> foodAndTools = List.of(new Sales("large", 40, 10), new Sales("far", 0, 10));
    assertThat(stores().demand("new", foodAndTools, ORIGIN))
        .isCloseTo(40 / ((1000 + 1e-3 * 1000) / 20.0), CLOSE);
    assertThat(stores().demand("new", List.of(new Sales("far", 5, 10)), ORIGIN))
        .as("alone it is better than nothing")
        .isCloseTo(5 / (1000 / 20.0), CLOSE);
  }

  @Test
  void aMixIsComparedByItsAngle() {
    SimilarStores stores = stores();
    // "new" sells as much of tools as of food now: cosines of √½ to both, to the fourth power ¼.
    mixes
        .get("new")
        .set(SimilarStores.bucket("tools"), mixes.get("new").get(SimilarStores.bucket("food")));
    mixes
        .get("far")
        .set(SimilarStores.bucket("food"), mixes.get("far").get(SimilarStores.bucket("tools")));
    List<Sales> sales = List.of(new Sales("large", 40, 10), new Sales("far", 8, 10));
    assertThat(stores.demand("new", sales, ORIGIN))
        .isCloseTo((0.25 * 40 + 8) / (1.25 * 1000 / 20.0), CLOSE);
  }

  @Test
  void aStoreThatHasNotOpenedIsTheMedianOfItsRegionAndLearnsFromIt() {
    SimilarStores stores = stores();
    assertThat(stores.usual("new", ORIGIN - 5))
        .as("before it opened: between large and small")
        .isEqualTo(55);
    assertThat(stores.usual("planned", ORIGIN)).isEqualTo(100);
    assertThat(stores.usual("nowhere", ORIGIN))
        .as("without a region: of all")
        .isEqualTo((20 + 100) / 2.0);
    assertThat(new SimilarStores(REGIONS, Map.of(), Map.of()).usual("new", ORIGIN)).isNaN();

    List<Sales> everywhere = List.of(new Sales("large", 40, 10), new Sales("far", 9, 10));
    assertThat(stores.demand("planned", everywhere, ORIGIN))
        .isCloseTo((9 + 1e-3 * 40) / (10 + 1e-3 * 10), CLOSE);
  }

  @Test
  void nothingIsSaidWhereNobodySoldItOrNobodyIsKnown() {
    assertThat(stores().demand("new", List.of(), ORIGIN)).isNaN();
    assertThat(stores().demand("new", List.of(new Sales("unknown", 5, 10)), ORIGIN)).isNaN();
    assertThat(stores().demand("new", List.of(new Sales("large", 5, 10)), ORIGIN - DAYS)).isNaN();
  }

  @Test
  void launchesAreScaledByTheStoresThatHadThem() {
    DailyTotals.Builder launches = new DailyTotals.Builder(ORIGIN - DAYS + 1, DAYS);
    launches.add(ORIGIN - 29, new float[30], new boolean[30]);
    DailyTotals.Builder more = new DailyTotals.Builder(ORIGIN - DAYS + 1, DAYS);
    more.add(ORIGIN - 89, new float[90], new boolean[90]);
    Similar similar =
        new Similar(
            stores(),
            new SimilarNames(Map.of()),
            Map.of("large", launches.build(), "small", more.build(), "gone", more.build()));
    // A quarter of the days in large, three in small.
    assertThat(similar.factorOfLaunches("new", ORIGIN - 100, ORIGIN))
        .isCloseTo(20 / (0.25 * 100 + 0.75 * 10), CLOSE);
    assertThat(similar.factorOfLaunches("new", ORIGIN - 5, ORIGIN))
        .isCloseTo(20 / ((100 + 10) / 2.0), CLOSE);
    assertThat(Similar.NOTHING.factorOfLaunches("new", ORIGIN - 100, ORIGIN)).isEqualTo(1);
  }
}
