package com.posmodern.ai.lake.s3;

import com.posmodern.ai.lake.lock.HeldLocks;
import io.delta.storage.HadoopFileSystemLogStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Delta's log on S3 with commits that are safe for several drivers at once.
 *
 * <p>Delta's own store for S3 first checks whether a version exists and then writes it; a second
 * driver can write in between, and one of the two commits is lost. Here the server decides, see
 * {@link ConditionalObject}. A server without conditional PUT is detected at start-up ({@link
 * ConditionalPut}); {@link #SINGLE_DRIVER} then makes this store behave like Delta's own.
 */
public final class ConditionalPutLogStore extends HadoopFileSystemLogStore {
  /** Hadoop option: true where the server has no conditional PUT and only one driver writes. */
  public static final String SINGLE_DRIVER = "pos.lake.single_driver";

  private static final Object ONE_WRITER = new Object();

  public ConditionalPutLogStore(Configuration configuration) {
    super(configuration);
  }

  /**
   * Commits a version, if this process still may write the lake.
   *
   * @throws FileAlreadyExistsException when the version exists: Delta then checks for conflicts and
   *     tries the next version. It must be the JDK's exception: Delta does not treat Hadoop's as a
   *     conflict.
   */
  @Override
  public void write(
      Path path, Iterator<String> actions, Boolean overwrite, Configuration configuration)
      throws IOException {
    HeldLocks.require(path.toString());
    FileSystem files = path.getFileSystem(configuration);
    // Buffered, because it may have to be sent again; a commit only lists files and is small.
    byte[] bytes = bytes(actions);
    if (overwrite) {
      replace(files, path, bytes);
    } else if (configuration.getBoolean(SINGLE_DRIVER, false)) {
      synchronized (ONE_WRITER) {
        if (files.exists(path)) {
          throw new FileAlreadyExistsException(path.toString());
        }
        replace(files, path, bytes);
      }
    } else {
      new ConditionalObject(files, path).create(bytes);
    }
  }

  /** A PUT is atomic. */
  @Override
  public Boolean isPartialWriteVisible(Path path, Configuration configuration) {
    return false;
  }

  private static void replace(FileSystem files, Path path, byte[] bytes) throws IOException {
    try (OutputStream out = files.create(path, true)) {
      out.write(bytes);
    }
  }

  private static byte[] bytes(Iterator<String> actions) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (actions.hasNext()) {
      bytes.writeBytes(actions.next().getBytes(StandardCharsets.UTF_8));
      bytes.write('\n');
    }
    return bytes.toByteArray();
  }
}
