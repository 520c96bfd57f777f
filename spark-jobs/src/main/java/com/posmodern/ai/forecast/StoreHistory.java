package com.posmodern.ai.forecast;

import com.posmodern.ai.features.SeriesLife;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The days of one product in one store on which something happened, in the order of time. Days in
 * between are made where a {@link Series} is, never before: a product that sells twice a year is
 * two days here.
 *
 * <p>Its life is told by {@link SeriesLife}. Days before the window only say that it had begun, and
 * what the price was.
 */
final class StoreHistory {
  static final int STOCK_OUT_FLAG = 1;
  static final int PROMOTION_FLAG = 2;
  static final int RETURN_FLAG = 4;

  private static final int BYTES_PER_DAY = Integer.BYTES + 3 * Float.BYTES + 1;
  private static final int FIXED_BYTES = 4 * Integer.BYTES + Float.BYTES;

  private final String storeId;
  private int firstDay;
  private int lastLine = Integer.MIN_VALUE;
  private float priceBefore = Float.NaN;
  private int count;
  private int[] day;
  private float[] demand;
  private float[] price;
  private float[] revenue;
  private byte[] flags;

  /**
   * An empty history; {@link #add} fills it.
   *
   * @param windowStart first epoch day of the window
   */
  StoreHistory(String storeId, int windowStart) {
    this(storeId, windowStart, 8);
  }

  private StoreHistory(String storeId, int firstDay, int capacity) {
    this.storeId = storeId;
    this.firstDay = firstDay;
    this.day = new int[capacity];
    this.demand = new float[capacity];
    this.price = new float[capacity];
    this.revenue = new float[capacity];
    this.flags = new byte[capacity];
  }

  String storeId() {
    return storeId;
  }

  /** First day of life, or of the window when that is later; of a history that has begun. */
  int firstDay() {
    return firstDay;
  }

  /** Whether anything was sold, in the window or before. */
  boolean hasBegun() {
    return count > 0 || !Float.isNaN(priceBefore);
  }

  /** Last day of life, see {@link SeriesLife}. */
  int lastDay(int discontinuedOn, int asOfDay) {
    return SeriesLife.end(lastLine, discontinuedOn, asOfDay);
  }

  /**
   * Adds a later day than those before.
   *
   * @param shelfPrice mean shelf price of the units sold; NaN on a day without a sale
   */
  void add(int date, float units, float shelfPrice, float amount, int marks) {
    boolean isSale = SeriesLife.isSale(shelfPrice);
    if (isSale || (marks & RETURN_FLAG) != 0) {
      lastLine = date;
    }
    if (!hasBegun()) {
      if (!isSale) {
        return;
      }
      firstDay = Math.max(firstDay, date);
    }
    if (date < firstDay) {
      priceBefore = isSale ? shelfPrice : priceBefore;
      return;
    }
    if (count == day.length) {
      resize(2 * count);
    }
    day[count] = date;
    demand[count] = units;
    price[count] = shelfPrice;
    revenue[count] = amount;
    flags[count] = (byte) marks;
    count++;
  }

  private void resize(int length) {
    day = Arrays.copyOf(day, length);
    demand = Arrays.copyOf(demand, length);
    price = Arrays.copyOf(price, length);
    revenue = Arrays.copyOf(revenue, length);
    flags = Arrays.copyOf(flags, length);
  }

  int packedBytes() {
    return FIXED_BYTES + storeId.getBytes(StandardCharsets.UTF_8).length + count * BYTES_PER_DAY;
  }

  void packInto(ByteBuffer bytes) {
    byte[] id = storeId.getBytes(StandardCharsets.UTF_8);
    bytes.putInt(id.length).put(id);
    bytes.putInt(firstDay).putInt(lastLine).putFloat(priceBefore);
    bytes.putInt(count);
    for (int i = 0; i < count; i++) {
      bytes.putInt(day[i]).putFloat(demand[i]).putFloat(price[i]).putFloat(revenue[i]);
      bytes.put(flags[i]);
    }
  }

  static StoreHistory unpack(ByteBuffer bytes) {
    byte[] id = new byte[bytes.getInt()];
    bytes.get(id);
    int firstDay = bytes.getInt();
    int lastLine = bytes.getInt();
    float priceBefore = bytes.getFloat();
    int count = bytes.getInt();
    StoreHistory history =
        new StoreHistory(new String(id, StandardCharsets.UTF_8), firstDay, count);
    history.lastLine = lastLine;
    history.priceBefore = priceBefore;
    history.count = count;
    for (int i = 0; i < count; i++) {
      history.day[i] = bytes.getInt();
      history.demand[i] = bytes.getFloat();
      history.price[i] = bytes.getFloat();
      history.revenue[i] = bytes.getFloat();
      history.flags[i] = bytes.get();
    }
    return history;
  }

  /**
   * Every day from the first to the as-of date: zero demand, at the last known price, where nothing
   * happened. A day is promoted when a line of it was, or when the plan says so; after the life's
   * end no day is promoted or sold out.
   *
   * @return without the totals of the product
   */
  Series toSeries(String productId, ProductAttributes product, PromotionPlan plan, int asOf) {
    int days = asOf - firstDay + 1;
    Series series =
        new Series(
            storeId,
            productId,
            product,
            firstDay,
            new float[days],
            new float[days],
            new float[days],
            new boolean[days],
            new boolean[days],
            plan,
            null,
            null);
    int lastDay = lastDay(product.discontinuedOn(), asOf);
    float known = priceBefore;
    int next = 0;
    for (int i = 0; i < days; i++) {
      if (next < count && day[next] == firstDay + i) {
        known = Float.isNaN(price[next]) ? known : price[next];
        series.demand()[i] = demand[next];
        series.revenue()[i] = revenue[next];
        boolean living = day[next] <= lastDay;
        series.stockOut()[i] = living && (flags[next] & STOCK_OUT_FLAG) != 0;
        series.onPromotion()[i] = living && (flags[next] & PROMOTION_FLAG) != 0;
        next++;
      }
      series.price()[i] = known;
    }
    plan.mark(series.onPromotion(), firstDay, lastDay);
    return series;
  }
}
