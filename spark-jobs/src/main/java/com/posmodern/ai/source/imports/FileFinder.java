package com.posmodern.ai.source.imports;

import com.posmodern.ai.error.PosException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.Path;

/** Finds the files below a file, a folder or a glob. */
final class FileFinder {
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/.*");

  private FileFinder() {}

  /**
   * @param place the input, as messages name it
   * @return a list of its own that may be changed
   * @throws PosException usage for a Delta table, bad data for a folder that is being written
   * @throws FileNotFoundException when nothing is there
   */
  static List<FileStatus> find(Configuration hadoop, String input, String place)
      throws IOException {
    List<FileStatus> found = new ArrayList<>();
    Path path = path(input);
    FileSystem storage = OpenFile.storage(hadoop, path);
    for (Path start : starts(storage, path)) {
      collect(storage, storage.getFileStatus(start), place, found);
    }
    return found;
  }

  /** A path on this machine may hold any character; one with a scheme is an address. */
  private static Path path(String input) {
    if (SCHEME.matcher(input).matches()) {
      return new Path(input);
    }
    return new Path("file", null, java.nio.file.Path.of(input).toAbsolutePath().toString());
  }

  /** A path that exists is taken literally, whatever characters its name has. */
  private static List<Path> starts(FileSystem storage, Path path) throws IOException {
    if (storage.exists(path)) {
      return List.of(path);
    }
    List<Path> matching = matching(storage, path);
    if (matching.isEmpty()) {
      throw new FileNotFoundException(path.toString());
    }
    return matching;
  }

  /** Folder by folder: Hadoop's own glob fails on a colon in a name. */
  private static List<Path> matching(FileSystem storage, Path path) throws IOException {
    if (path.getParent() == null) {
      return List.of(path);
    }
    GlobFilter names = new GlobFilter(path.getName());
    List<Path> matching = new ArrayList<>();
    for (Path parent : matching(storage, path.getParent())) {
      if (!names.hasPattern()) {
        Path child = new Path(parent, new Path(null, null, path.getName()));
        if (storage.exists(child)) {
          matching.add(child);
        }
      } else if (storage.getFileStatus(parent).isDirectory()) {
        for (FileStatus child : storage.listStatus(parent)) {
          if (!isHidden(child.getPath().getName()) && names.accept(child.getPath())) {
            matching.add(child.getPath());
          }
        }
      }
    }
    return matching;
  }

  private static void collect(
      FileSystem storage, FileStatus start, String place, List<FileStatus> found)
      throws IOException {
    if (start.isFile()) {
      found.add(start);
      return;
    }
    for (FileStatus child : storage.listStatus(start.getPath())) {
      String name = child.getPath().getName();
      if (name.equals("_delta_log") && child.isDirectory()) {
        throw PosException.usage(
            "the folder is a Delta table, whose files hold removed rows too",
            place,
            "Write the table's rows to a folder of Parquet files and name that.");
      }
      if (name.equals("_temporary") && child.isDirectory()) {
        throw PosException.badData(
            "the folder is being written: it holds _temporary",
            place,
            "Wait until the export is done; remove _temporary if it broke off.");
      }
      if (!isHidden(name)) {
        collect(storage, child, place, found);
      }
    }
  }

  /** _SUCCESS, .crc, ~$locks and the like: what tools leave beside their data. */
  static boolean isHidden(String name) {
    return name.startsWith("_") || name.startsWith(".") || name.startsWith("~$");
  }
}
