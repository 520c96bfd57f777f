package com.posmodern.ai.job.intake;

import com.posmodern.ai.config.LiveSettings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.job.intake.EventBatch.Step;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.StorageErrors;
import com.posmodern.ai.lake.lock.WriterLock;
import com.posmodern.ai.night.KeyStamp;
import com.posmodern.ai.outreach.channel.AlertNotices;
import com.posmodern.ai.privacy.PseudonymKey;
import com.posmodern.ai.source.live.LandedEvents;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;

/**
 * The stream command: events that land become rows of the source tables, until it is stopped or,
 * once, until all have been read.
 *
 * <p>Customers' ids are kept as the other sources keep them: the source layer has the retailer's
 * own, and jobs see pseudonyms.
 */
public final class StreamCommand {
  /** How long the stream runs. */
  public enum Until {
    ALL_READ,
    STOPPED
  }

  /** The right to write the lake, for a batch; waited for, so that a night comes first. */
  @FunctionalInterface
  public interface BatchLock {
    WriterLock take() throws IOException, InterruptedException;
  }

  private static final String FOLDER = "events";
  private static final String LANDED = "landed";
  private static final String CHECKPOINT = "checkpoint";

  /** Small files are packed into tasks as if each had so many bytes more. */
  private static final String OPEN_COST = "spark.sql.files.openCostInBytes";

  private static final String LITTLE = "65536";

  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Lake lake;
  private final LiveSettings settings;
  private final InstantSource clock;
  private final LiveWatch watch;
  private final EventBatches batches;
  private volatile boolean stopped;

  /**
   * @param reports folder of the live page
   * @param notices of alerts; empty where rows are enough
   * @param key of the lake's pseudonyms; without it customers and carts are not watched
   * @throws PosException usage when the lake has another key
   */
  public StreamCommand(
      Lake lake,
      LiveSettings settings,
      BatchLock lock,
      String reports,
      Optional<AlertNotices> notices,
      Optional<PseudonymKey> key,
      PrintStream out,
      InstantSource clock) {
    this(lake, settings, lock, reports, notices, key, out, clock, step -> {});
  }

  StreamCommand(
      Lake lake,
      LiveSettings settings,
      BatchLock lock,
      String reports,
      Optional<AlertNotices> notices,
      Optional<PseudonymKey> key,
      PrintStream out,
      InstantSource clock,
      Consumer<Step> steps) {
    key.ifPresent(own -> new KeyStamp(lake, own).requireOwn(Table.ACCEPTED_SALES));
    this.lake = lake;
    this.settings = settings;
    this.clock = clock;
    this.watch = new LiveWatch(lake, settings.watch(), lock, reports, notices, key, out);
    this.batches = new EventBatches(lake, settings, lock, watch, steps, out, clock);
  }

  /** Where events land. */
  public static String folder(String lake, LiveSettings settings) {
    String own = settings.files().folder();
    return own.isEmpty() ? "%s/%s/%s".formatted(Lake.absolute(lake), FOLDER, LANDED) : own;
  }

  /** Ends the stream after the batch that is being written; {@link #run} returns then. */
  public void stop() {
    stopped = true;
  }

  /**
   * Runs the stream.
   *
   * @return what was done, in one line
   * @throws PosException infrastructure when the storage or the source fails: the next run goes on
   *     from there
   */
  public String run(Until until) {
    String folder = folder(lake.root(), settings);
    try {
      Path landed = new Path(folder);
      FileSystem files = landed.getFileSystem(lake.spark().sessionState().newHadoopConf());
      if (settings.source() == LiveSettings.Source.FILES) {
        files.mkdirs(landed);
      }
      lake.spark().conf().set(OPEN_COST, LITTLE);
      watch.open(clock.instant());
      StreamingQuery query =
          LandedEvents.open(lake.spark(), settings, folder)
              .writeStream()
              .queryName(FOLDER)
              .trigger(
                  until == Until.ALL_READ
                      ? Trigger.AvailableNow()
                      : Trigger.ProcessingTime(settings.trigger().toMillis()))
              .option("checkpointLocation", "%s/%s/%s".formatted(lake.root(), FOLDER, CHECKPOINT))
              .foreachBatch(batches::write)
              .start();
      await(query);
      watch.lookAtOnce(clock.instant());
    } catch (IOException | StreamingQueryException | TimeoutException e) {
      throw StorageErrors.explain(e, "reading events of " + folder);
    }
    return batches.summary();
  }

  private void await(StreamingQuery query) throws StreamingQueryException, TimeoutException {
    try {
      while (!query.awaitTermination(PAUSE.toMillis())) {
        watch.look(clock.instant());
        if (stopped && !query.status().isTriggerActive()) {
          query.stop();
        }
      }
    } finally {
      // Where waiting was interrupted: a batch that is cut off comes again.
      query.stop();
    }
  }
}
