package com.posmodern.ai.lake;

import com.posmodern.ai.lake.lock.HeldLocks;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
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
    put(configuration, file, text);
  }

  /** As {@link #write}; when it returns, the file survives a crash of the machine. */
  static void writeDurably(Configuration configuration, String file, String text)
      throws IOException {
    Optional<java.nio.file.Path> local = put(configuration, file, text, StandardOpenOption.SYNC);
    if (local.isPresent()) {
      // The rename, too, has to reach the disk.
      try (FileChannel folder =
          FileChannel.open(local.get().getParent(), StandardOpenOption.READ)) {
        folder.force(true);
      }
    }
  }

  /**
   * @param more options of the file in a folder
   * @return the file in a folder; empty in an object store
   */
  private static Optional<java.nio.file.Path> put(
      Configuration configuration, String file, String text, OpenOption... more)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    HeldLocks.require(file);
    Path path = new Path(file);
    FileSystem files = path.getFileSystem(configuration);
    if (!files.getScheme().equals("file")) {
      try (OutputStream out = files.create(path, true)) {
        out.write(bytes);
      }
      return Optional.empty();
    }
    java.nio.file.Path target = java.nio.file.Path.of(path.toUri().getPath()).toAbsolutePath();
    Files.createDirectories(target.getParent());
    java.nio.file.Path half = target.resolveSibling("." + target.getFileName() + ".half");
    Set<OpenOption> options = new HashSet<>(Arrays.asList(more));
    Collections.addAll(
        options,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
    Files.write(half, bytes, options.toArray(OpenOption[]::new));
    Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
    return Optional.of(target);
  }
}
