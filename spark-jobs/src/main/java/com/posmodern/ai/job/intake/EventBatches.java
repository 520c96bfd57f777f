package com.posmodern.ai.job.intake;

import com.posmodern.ai.config.LiveSettings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.job.intake.EventBatch.Counts;
import com.posmodern.ai.job.intake.EventBatch.Step;
import com.posmodern.ai.job.intake.StreamCommand.BatchLock;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.StreamWriter;
import com.posmodern.ai.lake.lock.WriterLock;
import java.io.IOException;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The stream's batches, one after the other, each under the lock of the lake. */
final class EventBatches {
  /** Spark's name for the query's id, which is that of its checkpoint. */
  private static final String QUERY_ID = "sql.streaming.queryId";

  private final Lake lake;
  private final LiveSettings settings;
  private final BatchLock lock;
  private final LiveWatch watch;
  private final Consumer<Step> steps;
  private final PrintStream out;
  private final InstantSource clock;
  private final AtomicReference<Counts> counts = new AtomicReference<>(Counts.NONE);

  EventBatches(
      Lake lake,
      LiveSettings settings,
      BatchLock lock,
      LiveWatch watch,
      Consumer<Step> steps,
      PrintStream out,
      InstantSource clock) {
    this.lake = lake;
    this.settings = settings;
    this.lock = lock;
    this.watch = watch;
    this.steps = steps;
    this.out = out;
    this.clock = clock;
  }

  /** What all batches did, in one line. */
  String summary() {
    return text(counts.get());
  }

  /** Turns a micro-batch into rows; the same again when a former run was cut off in it. */
  void write(Dataset<Row> landed, Long number) throws IOException, InterruptedException {
    String stream = lake.spark().sparkContext().getLocalProperty(QUERY_ID);
    try (WriterLock held = lock.take()) {
      held.requireHeld();
      long start = clock.millis();
      Counts batch =
          new EventBatch(lake, settings, steps, this::watched)
              .write(landed, new StreamWriter(lake, stream, number), clock.instant());
      counts.accumulateAndGet(batch, Counts::plus);
      if (batch.events() > 0) {
        out.printf(
            Locale.ROOT,
            "batch %d in %.1f s: %s%n",
            number,
            (clock.millis() - start) / 1000.0,
            text(batch));
      }
    }
  }

  private void watched(Table table, Dataset<Row> rows) {
    switch (table) {
      case INTERACTIONS -> watch.addCarts(rows, clock.instant());
      case SALES_LINES -> watch.add(rows, clock.instant());
      default -> {
        // Nothing else is compared with what is usual.
      }
    }
  }

  private static String text(Counts counts) {
    return String.format(
        Locale.ROOT,
        "%,d events: %,d accepted, %,d repeated, %,d refused",
        counts.events(),
        counts.accepted(),
        counts.repeated(),
        counts.refused());
  }
}
