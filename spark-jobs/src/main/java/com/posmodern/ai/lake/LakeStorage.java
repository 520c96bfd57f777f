package com.posmodern.ai.lake;

import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.lock.HeldLocks;
import com.posmodern.ai.lake.lock.Writer;
import com.posmodern.ai.lake.lock.WriterLock;
import com.posmodern.ai.lake.s3.ConditionalPut;
import com.posmodern.ai.lake.s3.ConditionalPutLogStore;
import com.posmodern.ai.lake.s3.S3Lease;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Checks before the first job writes what the lake's storage supports. */
public final class LakeStorage {
  private static final Set<String> S3 = Set.of("s3a", "s3");

  /** Folder of the lease below the lake's root. */
  static final String LEASE = "_writer";

  /**
   * That of the stream's lease: two streams must not read the same events, while a stream and a
   * night may write beside each other, as the stream only appends.
   */
  static final String STREAM_LEASE = "events/_writer";

  /** Hadoop option: how long a lease lasts unless renewed, also that of a killed process. */
  static final String LEASE_SECONDS = "pos.lake.lease_seconds";

  private static final long DEFAULT_LEASE_SECONDS = 120;

  private LakeStorage() {}

  /** How many drivers write to a lake at the same time. */
  public enum Drivers {
    ONE,
    SEVERAL
  }

  /**
   * Checks that several drivers may write to the lake at the same time if the settings say so, and
   * restricts the log to a single driver if the S3 server supports no more.
   *
   * @param drivers that write to this lake at the same time
   * @return a warning for the user; empty when everything is as configured
   * @throws PosException usage when the lake is a folder; infrastructure when the S3 server has no
   *     conditional PUT, or does not answer
   */
  public static Optional<String> prepare(Lake lake, Drivers drivers) {
    Path root = new Path(lake.root());
    String scheme = root.toUri().getScheme();
    if (scheme != null && S3.contains(scheme)) {
      return prepareS3(lake, root, drivers);
    }
    if (drivers == Drivers.SEVERAL && (scheme == null || scheme.equals("file"))) {
      throw PosException.usage(
          "concurrent_drivers is true, but the log of a lake in a folder is safe only within one"
              + " process",
          lake.root(),
          "Set concurrent_drivers to false, or use a lake on S3.");
    }
    return Optional.empty();
  }

  /**
   * Takes the lease of a lake on S3, which keeps apart programs that must not write at the same
   * time.
   *
   * <p>To be called after {@link #prepare}, which warns of a server without conditional PUT: there
   * is no lease on such a server.
   *
   * @throws PosException infrastructure when another process writes the lake
   */
  public static WriterLock lease(Lake lake, Writer writer) {
    return lease(lake, writer, LEASE);
  }

  /** The lease of the stream, as {@link #lease} otherwise. */
  public static WriterLock streamLease(Lake lake, Writer writer) {
    return lease(lake, writer, STREAM_LEASE);
  }

  private static WriterLock lease(Lake lake, Writer writer, String folder) {
    Path root = new Path(lake.root());
    Configuration configuration = lake.spark().sparkContext().hadoopConfiguration();
    String scheme = root.toUri().getScheme();
    if (scheme == null
        || !S3.contains(scheme)
        || configuration.getBoolean(ConditionalPutLogStore.SINGLE_DRIVER, false)) {
      return WriterLock.NONE;
    }
    try {
      FileSystem files = root.getFileSystem(lake.spark().sessionState().newHadoopConf());
      Duration duration =
          Duration.ofSeconds(configuration.getLong(LEASE_SECONDS, DEFAULT_LEASE_SECONDS));
      return HeldLocks.register(
          lake.root(),
          S3Lease.take(files, new Path(root, folder), writer, duration, InstantSource.system()));
    } catch (IOException e) {
      throw StorageErrors.explain(e, "taking the lease of the lake " + lake.root());
    }
  }

  private static Optional<String> prepareS3(Lake lake, Path root, Drivers drivers) {
    Configuration configuration = lake.spark().sparkContext().hadoopConfiguration();
    boolean conditional;
    try {
      FileSystem files = root.getFileSystem(lake.spark().sessionState().newHadoopConf());
      conditional = ConditionalPut.works(files, root);
    } catch (IOException e) {
      throw StorageErrors.explain(e, "opening the lake " + lake.root());
    }
    configuration.setBoolean(ConditionalPutLogStore.SINGLE_DRIVER, !conditional);
    if (conditional) {
      return Optional.empty();
    }
    String missing = "the S3 server or the Hadoop version does not support conditional PUT";
    if (drivers == Drivers.SEVERAL) {
      throw PosException.infrastructure(
          missing + ", so drivers that write at the same time would lose commits",
          lake.root(),
          "Use a server that supports it and Hadoop 3.4.2 or newer, or set concurrent_drivers to false and let one driver at a"
              + " time write.",
          null);
    }
    return Optional.of(missing + ": no second driver may write to " + lake.root() + " meanwhile");
  }
}
