package com.posmodern.ai.lake;

import com.posmodern.ai.lake.lock.HeldLocks;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Writes a text atomically: readers see either the old or the new content. */
public final class WholeFile {
  private WholeFile() {}

  /**
   * Writes or replaces the file and creates missing folders. In an object store a PUT is atomic; in
   * a folder it takes a rename.
   *
   * @param file a path, or an address in any file system that Hadoop supports
   * @throws IOException when the storage fails; the previous file is then still in place
   */
  public static void write(Configuration configuration, String file, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    HeldLocks.require(file);
    Path path = new Path(file);
    FileSystem files = path.getFileSystem(configuration);
    if (files.getScheme().equals("file")) {
      java.nio.file.Path target = java.nio.file.Path.of(path.toUri().getPath()).toAbsolutePath();
      Files.createDirectories(target.getParent());
      java.nio.file.Path half = target.resolveSibling("." + target.getFileName() + ".half");
      Files.write(half, bytes);
      Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
    } else {
      try (OutputStream out = files.create(path, true)) {
        out.write(bytes);
      }
    }
  }
}
