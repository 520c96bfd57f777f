package com.posmodern.ai.forecast;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Reads daily rows sorted by (hash of the product, day) and gives one row per product with the
 * histories of its stores that have sold it, packed into bytes.
 *
 * <p>Row in: product, store, day, demand, price (NaN on a day without a sale), revenue, flags, sort
 * key; see {@link StoreHistory}. Holds one product at a time, or the few whose hashes agree.
 */
final class ProductHistories implements Iterator<Row> {
  /** Leaves the low 16 bits for the day, enough until the year 2149. */
  static final long HASH_MASK = -65536L;

  private final Iterator<Row> rows;
  private final int windowStart;
  private final ArrayDeque<Row> ready = new ArrayDeque<>();
  private Row pending;

  ProductHistories(Iterator<Row> rows, int windowStart) {
    this.rows = rows;
    this.windowStart = windowStart;
    this.pending = rows.hasNext() ? rows.next() : null;
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && pending != null) {
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
    Map<String, Map<String, StoreHistory>> products = new TreeMap<>();
    while (pending != null && (pending.getLong(7) & HASH_MASK) == hash) {
      Row row = pending;
      products
          .computeIfAbsent(row.getString(0), id -> new TreeMap<>())
          .computeIfAbsent(row.getString(1), id -> new StoreHistory(id, windowStart))
          .add(row.getInt(2), row.getFloat(3), row.getFloat(4), row.getFloat(5), row.getInt(6));
      pending = rows.hasNext() ? rows.next() : null;
    }
    products.forEach(
        (id, stores) -> {
          List<StoreHistory> begun =
              stores.values().stream().filter(StoreHistory::hasBegun).toList();
          if (!begun.isEmpty()) {
            ready.add(RowFactory.create(id, pack(begun)));
          }
        });
  }

  private static byte[] pack(List<StoreHistory> stores) {
    int size = Integer.BYTES + stores.stream().mapToInt(StoreHistory::packedBytes).sum();
    ByteBuffer bytes = ByteBuffer.allocate(size).putInt(stores.size());
    stores.forEach(store -> store.packInto(bytes));
    return bytes.array();
  }

  static List<StoreHistory> unpack(byte[] packed) {
    ByteBuffer bytes = ByteBuffer.wrap(packed);
    int stores = bytes.getInt();
    List<StoreHistory> histories = new ArrayList<>(stores);
    for (int i = 0; i < stores; i++) {
      histories.add(StoreHistory.unpack(bytes));
    }
    return histories;
  }
}
