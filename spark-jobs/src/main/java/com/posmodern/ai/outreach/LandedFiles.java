package com.posmodern.ai.outreach;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** The files in which answers landed, at any depth, as Firehose makes folders by the hour. */
final class LandedFiles {
  private final Path folder;
  private final FileSystem files;

  LandedFiles(Configuration configuration, String folder) throws IOException {
    this.folder = new Path(folder);
    this.files = this.folder.getFileSystem(configuration);
  }

  /** The first whole files, at most so many. */
  List<Path> first(int most) throws IOException {
    List<Path> found = new ArrayList<>();
    try {
      RemoteIterator<LocatedFileStatus> all = files.listFiles(folder, true);
      while (all.hasNext() && found.size() < most) {
        Path path = all.next().getPath();
        if (isWhole(path)) {
          found.add(path);
        }
      }
    } catch (FileNotFoundException e) {
      // Nothing has ever landed.
      found.clear();
    }
    found.sort(null);
    return found;
  }

  /** Not one that is being written, nor what Firehose could not deliver. */
  private boolean isWhole(Path file) {
    for (Path at = file; at != null && at.depth() > folder.depth(); at = at.getParent()) {
      if (at.getName().startsWith(".") || at.getName().startsWith("_")) {
        return false;
      }
    }
    return true;
  }

  List<String> lines(Path file) throws IOException {
    try (InputStream in = files.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .toList();
    }
  }

  /** The file's name below the folder. */
  String name(Path file) {
    String path = file.toUri().getPath();
    int at = path.lastIndexOf(folder.getName() + "/");
    return at < 0 ? file.getName() : path.substring(at + folder.getName().length() + 1);
  }

  void delete(Path file) throws IOException {
    files.delete(file, false);
  }
}
