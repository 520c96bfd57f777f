package com.posmodern.ai.source.imports;

import com.posmodern.ai.error.PosException;
import java.io.EOFException;
import java.nio.charset.CharacterCodingException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipException;

/** Distinguishes damaged files from a storage that fails. */
final class ReadErrors {
  private static final Pattern FILE_IN_MESSAGE =
      Pattern.compile("Encountered error while reading file (\\S+?)\\.? ");

  private ReadErrors() {}

  /**
   * Runs work that reads files, and explains its failures.
   *
   * @throws PosException bad data where the files' content cannot be read
   */
  static <T> T explained(String place, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (PosException e) {
      throw e;
    } catch (Exception e) {
      // Spark throws checked exceptions that its signatures do not declare.
      throw explain(place, e);
    }
  }

  private static RuntimeException explain(String place, Exception thrown) {
    String file = "";
    String reason = "";
    for (Throwable t = thrown; t != null && t.getCause() != t; t = t.getCause()) {
      if (t instanceof PosException explained) {
        return explained;
      }
    }
    for (Throwable t = thrown; t != null && t.getCause() != t; t = t.getCause()) {
      String message = String.valueOf(t.getMessage());
      Matcher named = FILE_IN_MESSAGE.matcher(message);
      if (named.find()) {
        file = named.group(1);
      }
      if (t instanceof EOFException
          || t instanceof ZipException
          || message.contains("gzip")
          || message.contains("is not a Parquet file")
          || message.contains("CANNOT_READ_FILE_FOOTER")
          || message.contains("CANNOT_MERGE_SCHEMA")
          || message.contains("PARQUET_TYPE_ILLEGAL")
          || message.contains("PARQUET_TYPE_NOT")
          || message.contains("PARQUET_CONVERSION")
          || message.contains("COLUMN_ALREADY_EXISTS")
          || message.contains("AMBIGUOUS_REFERENCE")
          || message.contains("PARQUET_COLUMN_DATA_TYPE_MISMATCH")
          || t instanceof CharacterCodingException
          || message.contains("ParquetDecodingException")) {
        reason = message.lines().findFirst().orElse(t.getClass().getSimpleName());
      }
    }
    if (reason.isEmpty()) {
      return thrown instanceof RuntimeException unexplained
          ? unexplained
          : new IllegalStateException(place, thrown);
    }
    return PosException.badData(
        "the file cannot be read: " + reason,
        file.isEmpty() ? place : file,
        "Check that it is whole and in the format its name says, then export it again.");
  }
}
