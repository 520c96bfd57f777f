package com.posmodern.ai.source.imports;

import java.io.Serializable;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/**
 * A file of a source, or an entry of an archive.
 *
 * @param uri address of the file
 * @param entry name inside an archive, or of a workbook's sheet; empty for a whole file
 * @param length bytes, and
 * @param modified milliseconds, when it was found: another export may be writing to it
 * @param folders what folders named {@code key=value} say of all its rows
 */
record SourceFile(
    String uri,
    String entry,
    long length,
    long modified,
    Format format,
    Map<String, String> folders)
    implements Serializable {

  /** The format that the first bytes show, whatever the name says. */
  enum Format {
    TEXT,
    GZIP,
    ZIP,
    WORKBOOK,
    PARQUET
  }

  Path path() {
    return new Path(java.net.URI.create(uri));
  }

  /** A part of it: an archive's file, a workbook's sheet. */
  SourceFile part(String name) {
    return new SourceFile(uri, name, length, modified, format, folders);
  }

  /** As messages and the quarantine name it. */
  String name() {
    return entry.isEmpty() ? path().toString() : path() + "!/" + entry;
  }
}
