package com.posmodern.ai.source.imports;

import com.posmodern.ai.error.PosException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The files that the command line names as one source: a file, a folder with all below it, or a
 * glob.
 *
 * @param input as the command line names it
 * @param files in the order of their names
 */
record SourceFiles(String source, String input, List<Path> files, boolean parquet) {

  /**
   * Finds the files of a source.
   *
   * @throws PosException usage when nothing is there or the formats are mixed; bad data for an
   *     empty folder or file; infrastructure when the storage does not answer
   */
  static SourceFiles find(Configuration hadoop, String source, String input) {
    List<FileStatus> found = new ArrayList<>();
    try {
      Path path = new Path(input);
      FileSystem storage = path.getFileSystem(hadoop);
      for (FileStatus start : starts(storage, path)) {
        collect(storage, start, found);
      }
    } catch (FileNotFoundException e) {
      throw missing(source, input);
    } catch (IOException e) {
      throw PosException.infrastructure(
          "cannot be listed: " + e.getMessage(),
          place(source, input),
          "Check the storage and the rights on it, then run again.",
          e);
    }
    if (found.isEmpty()) {
      throw PosException.badData(
          "the folder holds no files", place(source, input), "Put the export's files there.");
    }
    for (FileStatus file : found) {
      if (file.getLen() == 0) {
        throw PosException.badData(
            "the file is empty", file.getPath().toString(), "Export it again, or remove it.");
      }
    }
    return of(source, input, found.stream().map(FileStatus::getPath).toList());
  }

  private static SourceFiles of(String source, String input, List<Path> files) {
    long parquet = files.stream().filter(SourceFiles::isParquet).count();
    if (parquet != 0 && parquet != files.size()) {
      throw PosException.usage(
          "Parquet files lie among others", place(source, input), "Name one kind by a glob.");
    }
    return new SourceFiles(
        source,
        input,
        files.stream().sorted(Comparator.comparing(Path::toString)).toList(),
        parquet > 0);
  }

  /** A path that exists is taken literally, whatever characters its name has. */
  private static List<FileStatus> starts(FileSystem storage, Path path) throws IOException {
    if (storage.exists(path)) {
      return List.of(storage.getFileStatus(path));
    }
    FileStatus[] matching = storage.globStatus(path);
    if (matching == null || matching.length == 0) {
      throw new FileNotFoundException(path.toString());
    }
    return Arrays.stream(matching).filter(match -> !hidden(match)).toList();
  }

  private static void collect(FileSystem storage, FileStatus start, List<FileStatus> found)
      throws IOException {
    if (start.isFile()) {
      found.add(start);
      return;
    }
    for (FileStatus child : storage.listStatus(start.getPath())) {
      if (!hidden(child)) {
        collect(storage, child, found);
      }
    }
  }

  /** _SUCCESS, .crc and the like: what tools leave beside their data. */
  private static boolean hidden(FileStatus file) {
    String name = file.getPath().getName();
    return name.startsWith("_") || name.startsWith(".");
  }

  private static boolean isParquet(Path file) {
    return file.getName().toLowerCase(Locale.ROOT).endsWith(".parquet");
  }

  private static PosException missing(String source, String input) {
    return PosException.usage(
        "there is no such file or folder", place(source, input), "Mend the path of --input.");
  }

  String place() {
    return place(source, input);
  }

  private static String place(String source, String input) {
    return "input %s=%s".formatted(source, input);
  }

  /** For Spark, which takes every path for a glob. */
  static String literally(Path file) {
    return file.toString().replaceAll("([\\\\{}\\[\\]*?])", "\\\\$1");
  }
}
