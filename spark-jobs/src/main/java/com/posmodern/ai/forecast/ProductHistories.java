package com.posmodern.ai.forecast;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Reads daily rows sorted by (hash of the product, day) and gives one row per product with the
 * histories of its stores packed into bytes.
 *
 * <p>Row in: product, store, day, demand, price, revenue, flags, sort key. Holds one product at a
 * time, or the few whose hashes agree.
 */
final class ProductHistories implements Iterator<Row> {
  /** Leaves the low 16 bits for the day, enough until the year 2149. */
  static final long HASH_MASK = -65536L;

  static final int STOCK_OUT_FLAG = 1;
  static final int PROMOTION_FLAG = 2;
  private static final int BYTES_PER_DAY = 3 * Float.BYTES + 1;

  private final Iterator<Row> rows;
  private final int lastDay;
  private final ArrayDeque<Row> ready = new ArrayDeque<>();
  private Row pending;

  ProductHistories(Iterator<Row> rows, int lastDay) {
    this.rows = rows;
    this.lastDay = lastDay;
    this.pending = rows.hasNext() ? rows.next() : null;
  }

  @Override
  public boolean hasNext() {
    if (ready.isEmpty() && pending != null) {
      readOneHash();
    }
    return !ready.isEmpty();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  private void readOneHash() {
    long hash = pending.getLong(7) & HASH_MASK;
    Map<String, Map<String, Days>> products = new TreeMap<>();
    while (pending != null && (pending.getLong(7) & HASH_MASK) == hash) {
      Row row = pending;
      products
          .computeIfAbsent(row.getString(0), id -> new TreeMap<>())
          .computeIfAbsent(row.getString(1), id -> new Days(row.getInt(2)))
          .put(row);
      pending = rows.hasNext() ? rows.next() : null;
    }
    products.forEach((id, stores) -> ready.add(RowFactory.create(id, pack(stores))));
  }

  private byte[] pack(Map<String, Days> stores) {
    int size = Integer.BYTES;
    for (Map.Entry<String, Days> store : stores.entrySet()) {
      int days = lastDay - store.getValue().firstDay + 1;
      size += 3 * Integer.BYTES + store.getKey().getBytes(StandardCharsets.UTF_8).length;
      size += days * BYTES_PER_DAY;
    }
    ByteBuffer bytes = ByteBuffer.allocate(size).putInt(stores.size());
    stores.forEach(
        (storeId, days) -> {
          byte[] id = storeId.getBytes(StandardCharsets.UTF_8);
          bytes.putInt(id.length).put(id).putInt(days.firstDay);
          days.packInto(bytes, lastDay - days.firstDay + 1);
        });
    return bytes.array();
  }

  static List<StoreHistory> unpack(byte[] packed) {
    ByteBuffer bytes = ByteBuffer.wrap(packed);
    int stores = bytes.getInt();
    List<StoreHistory> histories = new ArrayList<>(stores);
    for (int i = 0; i < stores; i++) {
      byte[] id = new byte[bytes.getInt()];
      bytes.get(id);
      int firstDay = bytes.getInt();
      int days = bytes.getInt();
      float[] demand = floats(bytes, days);
      float[] price = floats(bytes, days);
      float[] revenue = floats(bytes, days);
      boolean[] stockOut = new boolean[days];
      boolean[] onPromotion = new boolean[days];
      for (int day = 0; day < days; day++) {
        int flags = bytes.get();
        stockOut[day] = (flags & STOCK_OUT_FLAG) != 0;
        onPromotion[day] = (flags & PROMOTION_FLAG) != 0;
      }
      String storeId = new String(id, StandardCharsets.UTF_8);
      histories.add(
          new StoreHistory(storeId, firstDay, demand, price, revenue, stockOut, onPromotion));
    }
    return histories;
  }

  private static float[] floats(ByteBuffer bytes, int count) {
    float[] values = new float[count];
    bytes.asFloatBuffer().get(values);
    bytes.position(bytes.position() + count * Float.BYTES);
    return values;
  }

  /** One store's days as arrays; see {@link Series}. */
  @SuppressWarnings("ArrayRecordComponent") // Handed on to a series as they are.
  record StoreHistory(
      String storeId,
      int firstDay,
      float[] demand,
      float[] price,
      float[] revenue,
      boolean[] stockOut,
      boolean[] onPromotion) {}

  /** Growing arrays of one store's days; days without a row are days without demand. */
  private static final class Days {
    private final int firstDay;
    private float[] demand = new float[256];
    private float[] price = new float[256];
    private float[] revenue = new float[256];
    private byte[] flags = new byte[256];
    private int written;

    Days(int firstDay) {
      this.firstDay = firstDay;
    }

    void put(Row row) {
      int index = row.getInt(2) - firstDay;
      if (index >= demand.length) {
        resize(Math.max(index + 1, 2 * demand.length));
      }
      fillTo(index);
      demand[index] = row.getFloat(3);
      price[index] = row.getFloat(4);
      revenue[index] = row.getFloat(5);
      flags[index] = (byte) row.getInt(6);
      written = index + 1;
    }

    private void fillTo(int index) {
      for (int i = written; i < index; i++) {
        price[i] = i > 0 ? price[i - 1] : Float.NaN;
      }
    }

    private void resize(int length) {
      demand = Arrays.copyOf(demand, length);
      price = Arrays.copyOf(price, length);
      revenue = Arrays.copyOf(revenue, length);
      flags = Arrays.copyOf(flags, length);
    }

    void packInto(ByteBuffer bytes, int days) {
      if (days > demand.length) {
        resize(days);
      }
      fillTo(days);
      bytes.putInt(days);
      put(bytes, demand, days);
      put(bytes, price, days);
      put(bytes, revenue, days);
      bytes.put(flags, 0, days);
    }

    private static void put(ByteBuffer bytes, float[] values, int days) {
      bytes.asFloatBuffer().put(values, 0, days);
      bytes.position(bytes.position() + days * Float.BYTES);
    }
  }
}
