package com.posmodern.ai.outreach;

import static com.posmodern.ai.contract.Columns.CAMPAIGN_ID;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.VALID_UNTIL;
import static org.apache.spark.sql.functions.col;

import com.posmodern.ai.config.Campaign.Channel;
import com.posmodern.ai.outreach.channel.MessageChannel.Doubt;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The batches of a run. While one is on its way, the outbox takes over what was sent before it, and
 * the next one is looked for among the customers whom it does not address: otherwise channels would
 * idle for seconds between two batches.
 */
final class Batches implements AutoCloseable {
  private final DueNow due;
  private final Map<Channel, Doubt> doubts;
  private final Batch batch;
  private final Outbox outbox;
  private final InstantSource clock;
  private final Instant start;
  private final ExecutorService background = Executors.newSingleThreadExecutor();
  private Future<Due> following;

  /**
   * @param doubts how each channel with a provider settles a doubt
   * @param start of the run
   */
  Batches(
      DueNow due,
      Map<Channel, Doubt> doubts,
      Batch batch,
      Outbox outbox,
      InstantSource clock,
      Instant start) {
    this.due = due;
    this.doubts = doubts;
    this.batch = batch;
    this.outbox = outbox;
    this.clock = clock;
    this.start = start;
  }

  /** What is due now; nothing may be on its way. Empty when nothing is due, or none is wanted. */
  Due now(int most) {
    outbox.takeOver();
    return of(Set.of(), most, most);
  }

  /**
   * Begins to look for the batch after one that is about to leave.
   *
   * @param leaving not yet on its way
   */
  void prepare(List<DueMessage> leaving, int most) {
    List<String> sent = outbox.waiting();
    Set<String> addressed =
        leaving.stream()
            .map(message -> message.attempt().customerId())
            .collect(Collectors.toUnmodifiableSet());
    following =
        background.submit(
            () -> {
              outbox.takeOver(sent);
              return of(addressed, most, most + leaving.size());
            });
  }

  /**
   * The batch after the one that has been sent. Where none was found beside it, its own customers
   * are asked about as well.
   *
   * @throws com.posmodern.ai.error.PosException as {@link #now}
   */
  Due following(int most) {
    Due found = result();
    return found.isEmpty() ? now(most) : found;
  }

  /**
   * The batch after one of which not all has left: what was found beside it may be no longer true.
   *
   * @throws com.posmodern.ai.error.PosException as {@link #now}
   */
  Due again(int most) {
    result();
    return now(most);
  }

  private Due result() {
    try {
      return following.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new IllegalStateException("the next messages could not be looked for", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while looking for the next messages", e);
    }
  }

  private Due of(Set<String> addressed, int most, int read) {
    Permissions permissions = due.permissions();
    if (most <= 0) {
      return new Due(List.of(), permissions);
    }
    Instant now = clock.instant();
    List<DueMessage> found = new ArrayList<>();
    due.at(doubts, start, now)
        .where(col(DueMessages.HELD).isNull())
        .orderBy(
            col(DueMessages.DOUBTFUL_SINCE).isNull(),
            col(VALID_UNTIL),
            col(CAMPAIGN_ID),
            col(CUSTOMER_ID))
        .limit(read)
        .collectAsList()
        .forEach(row -> found.add(batch.message(row, now)));
    return new Due(
        found.stream()
            .filter(message -> !addressed.contains(message.attempt().customerId()))
            .limit(most)
            .toList(),
        permissions);
  }

  /** Waits for what has begun: nobody reads or writes the lake afterwards. */
  @Override
  public void close() {
    background.shutdown();
    try {
      while (!background.awaitTermination(1, TimeUnit.MINUTES)) {
        // A query ends, and a commit must not be cut off.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
