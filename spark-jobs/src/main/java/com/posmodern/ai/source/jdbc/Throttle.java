package com.posmodern.ai.source.jdbc;

import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

/**
 * Hands rows on no faster than a rate. The driver reads from the server as rows are taken from it,
 * so that the server sends no faster either.
 *
 * @param rowsPerSecond of one task
 */
record Throttle(double rowsPerSecond) implements MapPartitionsFunction<Row, Row> {
  private static final double NANOS = 1e9;

  /** Waiting less would wait for longer than was asked. */
  private static final long SHORTEST_NANOS = 5_000_000;

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    long start = System.nanoTime();
    return new Iterator<>() {
      private long taken;

      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Row next() {
        long ahead = (long) (taken / rowsPerSecond * NANOS) - (System.nanoTime() - start);
        if (ahead > SHORTEST_NANOS) {
          pause(ahead);
        }
        taken++;
        return rows.next();
      }
    };
  }

  private static void pause(long nanos) {
    try {
      Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
    } catch (InterruptedException e) {
      // The task was cancelled.
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
