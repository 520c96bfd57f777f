package com.posmodern.ai.lake;

import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.s3.S3Errors;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.spark.SparkException;

/**
 * Translates exceptions of Spark, Delta, Hadoop and the JVM into an error with location and remedy.
 */
public final class StorageErrors {
  private static final String UNREADABLE_FILE = "FAILED_READ_FILE";
  private static final String USER_RAISED = "USER_RAISED_EXCEPTION";

  private StorageErrors() {}

  /**
   * Explains a failure.
   *
   * @param where the operation and its target
   * @return the exception itself when it is already a {@link PosException}
   */
  public static RuntimeException explain(Throwable thrown, String where) {
    Optional<PosException> explained = find(thrown, PosException.class, e -> true);
    if (explained.isPresent()) {
      return explained.get();
    }
    Optional<Throwable> raised =
        find(thrown, Throwable.class, e -> message(e).contains(USER_RAISED));
    if (raised.isPresent()) {
      return PosException.badData(
          message(raised.get())
              .replaceFirst(".*" + USER_RAISED + "\\S*\\s*", "")
              .lines()
              .findFirst()
              .orElse(""),
          where,
          "Nothing was written. Correct the rows, or the rule in the contract.");
    }
    Optional<PosException> ofS3 = S3Errors.explain(thrown, where);
    if (ofS3.isPresent()) {
      return ofS3.get();
    }
    if (find(thrown, IOException.class, e -> lower(e).contains("no space left")).isPresent()) {
      return PosException.infrastructure(
          "the disk is full", where, "Free space and run again; nothing was published.", thrown);
    }
    if (find(thrown, AccessDeniedException.class, e -> true).isPresent()
        || find(thrown, IOException.class, e -> lower(e).contains("permission denied"))
            .isPresent()) {
      return PosException.infrastructure(
          "access denied", where, "Give this user read and write access, then run again.", thrown);
    }
    Optional<FileNotFoundException> lost = find(thrown, FileNotFoundException.class, e -> true);
    if (lost.isPresent()) {
      return PosException.infrastructure(
          "a file that the table's log refers to is missing (" + firstLine(lost.get()) + ")",
          where,
          "Restore the file, or load the table again.",
          thrown);
    }
    Optional<Throwable> damaged =
        find(thrown, Throwable.class, e -> message(e).contains(UNREADABLE_FILE));
    if (damaged.isPresent()) {
      return PosException.infrastructure(
          firstLine(damaged.get()).replaceFirst(".*" + UNREADABLE_FILE + "\\S*\\s*", "")
              + " ("
              + firstLine(deepest(thrown))
              + ")",
          where,
          "The file is damaged: restore it, or load the table again.",
          thrown);
    }
    if (find(thrown, FileSystemException.class, e -> true).isPresent()
        || find(thrown, IOException.class, e -> true).isPresent()) {
      return PosException.infrastructure(
          firstLine(deepest(thrown)), where, "Check the storage, then run again.", thrown);
    }
    if (find(thrown, SparkException.class, e -> message(e).contains("OutOfMemory")).isPresent()
        || find(thrown, OutOfMemoryError.class, e -> true).isPresent()) {
      return PosException.infrastructure(
          "out of memory", where, "Give Spark more memory, or run on a cluster.", thrown);
    }
    if (find(thrown, SparkException.class, e -> isOfALostExecutor(message(e))).isPresent()) {
      return PosException.infrastructure(
          "a machine of the cluster was lost during the job",
          where,
          "Run again; nothing was published.",
          thrown);
    }
    Optional<LinkageError> linkage = find(thrown, LinkageError.class, e -> true);
    if (linkage.isPresent()) {
      return PosException.infrastructure(
          "a library cannot be used here (%s: %s)"
              .formatted(linkage.get().getClass().getSimpleName(), firstLine(linkage.get())),
          where,
          "Build the jar again; for a native library check that it supports this machine's processor and glibc.",
          thrown);
    }
    return thrown instanceof RuntimeException unexplained
        ? unexplained
        : new IllegalStateException(where + ": " + firstLine(thrown), thrown);
  }

  private static boolean isOfALostExecutor(String message) {
    return message.contains("ExecutorLostFailure")
        || message.contains("CHECKPOINT_RDD_BLOCK_ID_NOT_FOUND");
  }

  private static <T extends Throwable> Optional<T> find(
      Throwable thrown, Class<T> type, Predicate<T> test) {
    for (Throwable t = thrown; t != null; t = t.getCause() == t ? null : t.getCause()) {
      if (type.isInstance(t) && test.test(type.cast(t))) {
        return Optional.of(type.cast(t));
      }
    }
    return Optional.empty();
  }

  private static Throwable deepest(Throwable thrown) {
    Throwable t = thrown;
    while (t.getCause() != null && t.getCause() != t) {
      t = t.getCause();
    }
    return t;
  }

  private static String firstLine(Throwable thrown) {
    return thrown.getMessage() == null
        ? thrown.getClass().getSimpleName()
        : message(thrown).lines().findFirst().orElse(thrown.getClass().getSimpleName());
  }

  private static String lower(Throwable thrown) {
    return message(thrown).toLowerCase(Locale.ROOT);
  }

  private static String message(Throwable thrown) {
    return String.valueOf(thrown.getMessage());
  }
}
