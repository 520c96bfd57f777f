package com.posmodern.ai.lake.s3;

import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.lock.Writer;
import com.posmodern.ai.lake.lock.WriterLock;
import com.posmodern.ai.lake.s3.LeaseLog.Holder;
import com.posmodern.ai.lake.s3.LeaseLog.State;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write a lake on S3: a lease that its holder renews while it lives, so that a killed
 * holder keeps nobody out for longer than the lease lasts. Before each commit the holder looks
 * whether the lease is still its own: a process that slept through the end of its lease commits
 * nothing any more.
 *
 * <p>No two clocks are compared. Another process counts as dead when its entry has not changed for
 * the whole duration by the watcher's own clock; an entry is believed to have ended without waiting
 * only if it ended so long ago that S3 would reject requests from a machine whose clock is that
 * wrong. Between the look and the PUT of a commit a process can still be suspended: then only
 * Delta's own conditional commit protects the table.
 */
public final class S3Lease implements WriterLock {
  private static final Logger LOG = LoggerFactory.getLogger(S3Lease.class);

  /** How many times a holder renews within one duration of the lease. */
  private static final int RENEWALS = 4;

  /** S3 refuses requests whose time is further off. */
  private static final Duration WORST_CLOCK = Duration.ofMinutes(15);

  private static final int ATTEMPTS = 20;

  private final LeaseLog log;
  private final Writer writer;
  private final Duration duration;
  private final InstantSource clock;
  private final String id = UUID.randomUUID().toString();
  private final Instant since;
  private final Thread renewals = new Thread(this::keepRenewing, "lease");

  private S3Lease(LeaseLog log, Writer writer, Duration duration, InstantSource clock) {
    this.log = log;
    this.writer = writer;
    this.duration = duration;
    this.clock = clock;
    this.since = clock.instant();
  }

  /**
   * Takes the lease. Waits, at most as long as the lease lasts, to see whether a holder still
   * lives.
   *
   * @param folder where the lease lies, below the lake's root
   * @param duration for how long it lasts unless it is renewed
   * @throws PosException infrastructure when another process writes the lake
   * @throws IOException when the storage fails
   */
  public static S3Lease take(
      FileSystem files, Path folder, Writer writer, Duration duration, InstantSource clock)
      throws IOException {
    S3Lease lease = new S3Lease(new LeaseLog(files, folder), writer, duration, clock);
    lease.acquire();
    lease.renewals.setDaemon(true);
    lease.renewals.start();
    return lease;
  }

  private void acquire() throws IOException {
    Map<Holder, Long> seen = new HashMap<>();
    Map<String, Holder> byId = new HashMap<>();
    while (true) {
      State state = log.newest();
      List<Holder> dead = new ArrayList<>();
      List<Holder> inTheWay = new ArrayList<>();
      for (Holder holder : state.holders()) {
        Holder before = byId.putIfAbsent(holder.id(), holder);
        if (isInTheWay(holder) && before != null && !before.equals(holder)) {
          throw taken(holder);
        }
        long sinceSeen = System.nanoTime() - seen.computeIfAbsent(holder, h -> System.nanoTime());
        boolean over = Instant.parse(holder.until()).plus(WORST_CLOCK).isBefore(clock.instant());
        if (over || sinceSeen > duration.toNanos()) {
          dead.add(holder);
        } else if (isInTheWay(holder)) {
          inTheWay.add(holder);
        }
      }
      if (inTheWay.isEmpty()) {
        List<Holder> holders = new ArrayList<>(state.holders());
        holders.removeAll(dead);
        holders.add(self());
        if (log.replace(state, holders)) {
          dead.forEach(gone -> LOG.warn("took over the lease of {}", describe(gone)));
          return;
        }
      } else {
        LOG.info("waiting to see whether {} still lives", describe(inTheWay.get(0)));
        sleep(duration.dividedBy(4L * RENEWALS));
      }
    }
  }

  private boolean isInTheWay(Holder other) {
    return !other.together().equals(writer.together()) || other.command().equals(writer.command());
  }

  private Holder self() {
    return new Holder(
        id,
        writer.command(),
        Writer.place(),
        writer.together(),
        since.truncatedTo(ChronoUnit.SECONDS).toString(),
        clock.instant().plus(duration).truncatedTo(ChronoUnit.MILLIS).toString());
  }

  /** A failure of the storage is no loss: the next renewal, or the next commit, asks again. */
  private void keepRenewing() {
    try {
      while (true) {
        Thread.sleep(duration.toMillis() / RENEWALS);
        try {
          change(Optional.of(self()));
        } catch (IOException e) {
          LOG.warn("the lease on {} was not renewed: {}", log.folder(), e.getMessage());
        }
      }
    } catch (InterruptedException e) {
      // Closed.
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Replaces the own entry, or takes it out.
   *
   * @return false when there is none any more
   */
  private boolean change(Optional<Holder> own) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      State state = log.newest();
      if (!holds(state)) {
        return false;
      }
      List<Holder> holders =
          state.holders().stream()
              .filter(holder -> !holder.id().equals(id))
              .collect(Collectors.toCollection(ArrayList::new));
      own.ifPresent(holders::add);
      if (log.replace(state, holders)) {
        return true;
      }
    }
    throw new IOException("others changed the lease each of %d times".formatted(ATTEMPTS));
  }

  private boolean holds(State state) {
    return state.holders().stream().anyMatch(holder -> holder.id().equals(id));
  }

  @Override
  public void requireHeld() {
    State state;
    try {
      state = log.newest();
    } catch (IOException e) {
      throw PosException.infrastructure(
          "cannot be asked whether this process still holds it: " + e.getMessage(),
          "the lease at " + log.folder(),
          "Check the storage, then run again; nothing more was committed.",
          e);
    }
    if (!holds(state)) {
      throw PosException.infrastructure(
          "this process slept or was cut off for more than %s and lost its lease; %s"
              .formatted(
                  duration,
                  state.holders().isEmpty()
                      ? "nobody holds it now"
                      : "now it is held by " + describe(state.holders().get(0))),
          "the lease at " + log.folder(),
          "Nothing more was committed. Run again.",
          null);
    }
  }

  private PosException taken(Holder holder) {
    return PosException.infrastructure(
        "another process is writing the lake: " + describe(holder),
        log.folder().toString(),
        "Wait until it has ended, then run again. The lease of a killed process ends by itself, %d seconds after its last renewal."
            .formatted(duration.toSeconds()),
        null);
  }

  private static String describe(Holder holder) {
    return "%s, %s, since %s, its lease until %s unless renewed"
        .formatted(holder.command(), holder.place(), holder.since(), holder.until());
  }

  /** Given back at once where the storage answers; else it ends by itself. */
  @Override
  public void close() {
    renewals.interrupt();
    try {
      renewals.join(duration.toMillis());
      change(Optional.empty());
    } catch (IOException e) {
      LOG.warn("the lease on {} ends by itself: {}", log.folder(), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void sleep(Duration pause) throws IOException {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the lease", e);
    }
  }
}
