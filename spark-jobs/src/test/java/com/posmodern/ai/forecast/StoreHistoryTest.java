package com.posmodern.ai.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreHistoryTest {
  private static final float NO_SALE = Float.NaN;
  private static final int STILL_SOLD = Integer.MAX_VALUE;

  private static ProductAttributes product(int discontinuedOn) {
    return new ProductAttributes("d", "c", "", 10, Integer.MIN_VALUE, discontinuedOn, 0);
  }

  /** Sold on days 100 and 104, returned on 102, out of stock on 105 and promoted on 106. */
  private static StoreHistory history() {
    StoreHistory history = new StoreHistory("s1", 90);
    history.add(95, 0, NO_SALE, -5, StoreHistory.RETURN_FLAG);
    history.add(100, 3, 10, 30, 0);
    history.add(102, 0, NO_SALE, -10, StoreHistory.RETURN_FLAG);
    history.add(104, 2, 12, 24, StoreHistory.PROMOTION_FLAG);
    history.add(105, 0, NO_SALE, 0, StoreHistory.STOCK_OUT_FLAG);
    history.add(106, 0, NO_SALE, 0, StoreHistory.PROMOTION_FLAG);
    return history;
  }

  @Test
  void aLifeBeginsWithTheFirstSale() {
    StoreHistory history = new StoreHistory("s1", 90);
    assertThat(history.hasBegun()).isFalse();
    history.add(95, 0, NO_SALE, -5, StoreHistory.RETURN_FLAG);
    assertThat(history.hasBegun()).isFalse();
    history.add(100, 3, 10, 30, 0);
    assertThat(history.hasBegun()).isTrue();
    assertThat(history.firstDay()).isEqualTo(100);
  }

  @Test
  void aLifeEndsWithTheLastDayOnSaleOrTheLastLine() {
    assertThat(history().lastDay(STILL_SOLD, 120)).isEqualTo(120);
    assertThat(history().lastDay(110, 120)).isEqualTo(110);
    assertThat(history().lastDay(101, 120)).as("a line came later").isEqualTo(104);
    StoreHistory returned = new StoreHistory("s1", 90);
    returned.add(100, 3, 10, 30, 0);
    returned.add(102, 0, NO_SALE, -10, StoreHistory.RETURN_FLAG);
    assertThat(returned.lastDay(101, 120)).isEqualTo(102);
  }

  @Test
  void daysInBetweenAreZerosAtTheLastKnownPrice() {
    Series series = history().toSeries("p1", product(STILL_SOLD), PromotionPlan.NONE, 107);
    assertThat(series.storeId()).isEqualTo("s1");
    assertThat(series.firstDay()).isEqualTo(100);
    assertThat(series.demand()).containsExactly(3, 0, 0, 0, 2, 0, 0, 0);
    assertThat(series.price()).containsExactly(10, 10, 10, 10, 12, 12, 12, 12);
    assertThat(series.revenue()).containsExactly(30, 0, -10, 0, 24, 0, 0, 0);
    assertThat(series.stockOut())
        .containsExactly(false, false, false, false, false, true, false, false);
    assertThat(series.onPromotion())
        .containsExactly(false, false, false, false, true, false, true, false);
  }

  @Test
  void afterItsEndNothingIsPromotedOrSoldOut() {
    PromotionPlan plan =
        new PromotionPlan(new int[] {103}, new int[] {120}, new float[] {0.2f}, new int[] {0});
    Series series = history().toSeries("p1", product(104), plan, 107);
    assertThat(series.stockOut()).containsOnly(false);
    assertThat(series.onPromotion())
        .containsExactly(false, false, false, true, true, false, false, false);
  }

  @Test
  void beforeTheWindowOnlyThePriceAndTheBeginningAreKept() {
    StoreHistory history = new StoreHistory("s1", 90);
    history.add(80, 0, 7, 0, StoreHistory.RETURN_FLAG);
    history.add(88, 0, NO_SALE, 0, StoreHistory.RETURN_FLAG);
    assertThat(history.hasBegun()).isTrue();
    assertThat(history.firstDay()).isEqualTo(90);
    assertThat(history.lastDay(85, 120)).isEqualTo(88);
    Series series = history.toSeries("p1", product(STILL_SOLD), PromotionPlan.NONE, 91);
    assertThat(series.price()).containsExactly(7, 7);
    assertThat(series.demand()).containsExactly(0, 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8, 9, 40})
  void packedAndUnpackedItIsTheSame(int days) {
    StoreHistory history = new StoreHistory("São Paulo", 0);
    history.add(-3, 0, 7, 0, 0);
    for (int i = 0; i < days; i++) {
      history.add(2 * i, i, 10 + i, 5 * i, i % 8);
    }
    ByteBuffer bytes = ByteBuffer.allocate(history.packedBytes());
    history.packInto(bytes);
    assertThat(bytes.hasRemaining()).isFalse();
    StoreHistory unpacked = StoreHistory.unpack(bytes.flip());
    assertThat(unpacked.packedBytes()).isEqualTo(history.packedBytes());
    assertThat(unpacked.lastDay(0, 1_000)).isEqualTo(history.lastDay(0, 1_000));
    Series series = unpacked.toSeries("p1", product(STILL_SOLD), PromotionPlan.NONE, 90);
    Series original = history.toSeries("p1", product(STILL_SOLD), PromotionPlan.NONE, 90);
    assertThat(series).usingRecursiveComparison().isEqualTo(original);
    assertThat(series.storeId()).isEqualTo("São Paulo");
  }

  @Test
  void historiesOfAProductArePackedTogether() {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + 2 * history().packedBytes()).putInt(2);
    history().packInto(bytes);
    history().packInto(bytes);
    List<StoreHistory> stores = ProductHistories.unpack(bytes.array());
    assertThat(stores).extracting(StoreHistory::firstDay).containsExactly(100, 100);
  }

  /** Two products have one hash; another never sold. */
  @Test
  void dailyRowsBecomeOneHistoryPerProductAndStore() {
    ProductHistories products =
        new ProductHistories(
            List.of(
                    row("a", "s1", 100, 3, 1),
                    row("a", "s2", 101, 0, 1),
                    row("a", "s2", 104, 2, 1),
                    row("c", "s1", 100, 1, 2),
                    row("b", "s1", 102, 4, 2),
                    row("never", "s1", 100, 0, 3))
                .iterator(),
            0);
    Row a = products.next();
    assertThat(a.getString(0)).isEqualTo("a");
    assertThat(ProductHistories.unpack(a.getAs(1)))
        .extracting(StoreHistory::firstDay)
        .containsExactly(100, 104);
    Row b = products.next();
    assertThat(b.getString(0)).isEqualTo("b");
    assertThat(ProductHistories.unpack(b.getAs(1)))
        .extracting(StoreHistory::firstDay)
        .containsExactly(102);
    assertThat(products.next().getString(0)).isEqualTo("c");
    assertThat(products.hasNext()).isFalse();
    assertThatThrownBy(products::next).isInstanceOf(NoSuchElementException.class);
    assertThat(new ProductHistories(List.<Row>of().iterator(), 0).hasNext()).isFalse();
  }

  private static Row row(String product, String store, int day, double demand, long hash) {
    return RowFactory.create(
        product,
        store,
        day,
        (float) demand,
        demand > 0 ? 5f : NO_SALE,
        (float) demand * 5,
        0,
        (hash << 16) | day);
  }
}
