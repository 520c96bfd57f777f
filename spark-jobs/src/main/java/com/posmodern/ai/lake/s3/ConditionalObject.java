package com.posmodern.ai.lake.s3;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.time.Duration;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Path;

/**
 * Creates an object unless it exists, by S3's conditional PUT ({@code If-None-Match: *}), and
 * recognises its own object.
 *
 * <p>Recognising it is needed because a response can be lost after the server stored the object:
 * the client then sends the PUT again and is told that the object exists, although there is no
 * conflict. Every object therefore carries a random marker in its metadata. After <em>any</em>
 * failure the marker of the stored object decides.
 */
final class ConditionalObject {
  private enum Owner {
    NOBODY,
    US,
    ANOTHER
  }

  private static final String MARK = "pos-commit";

  /** S3's response when another conditional PUT of the same key is in progress. */
  private static final String IN_FLIGHT = "Status Code: 409";

  private static final int ATTEMPTS = 6;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

  private final FileSystem files;
  private final Path path;
  private final String mark = UUID.randomUUID().toString();

  ConditionalObject(FileSystem files, Path path) {
    this.files = files;
    this.path = path;
  }

  /**
   * Stores the bytes.
   *
   * @throws FileAlreadyExistsException when another writer's object exists
   * @throws IOException when nothing was stored, or when that cannot be known
   */
  void create(byte[] bytes) throws IOException {
    Duration pause = FIRST_PAUSE;
    for (int attempt = 1; ; attempt++) {
      try {
        put(bytes);
        return;
      } catch (IOException e) {
        switch (owner(e)) {
          case US -> {
            return;
          }
          case ANOTHER -> throw alreadyThere(e);
          case NOBODY -> {
            if (attempt == ATTEMPTS || !String.valueOf(e.getMessage()).contains(IN_FLIGHT)) {
              throw e;
            }
          }
        }
      }
      sleep(pause);
      pause = pause.multipliedBy(2);
    }
  }

  private void put(byte[] bytes) throws IOException {
    // Options are checked when the stream is built, so must() fails early on another file system.
    FSDataOutputStreamBuilder<?, ?> builder = files.createFile(path);
    builder.overwrite(false).recursive();
    builder.must(CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE, true);
    builder.opt("fs.s3a.create.header." + MARK, mark);
    // A stream that failed is not closed again, because closing sends the PUT.
    FSDataOutputStream out = builder.build();
    out.write(bytes);
    out.close();
  }

  /**
   * @throws IOException the failure itself when the storage cannot be asked
   */
  private Owner owner(IOException failure) throws IOException {
    try {
      byte[] found = files.getXAttrs(path).get("header." + MARK);
      boolean ours = found != null && mark.equals(new String(found, StandardCharsets.UTF_8));
      return ours ? Owner.US : Owner.ANOTHER;
    } catch (FileNotFoundException e) {
      return Owner.NOBODY;
    } catch (IOException e) {
      failure.addSuppressed(e);
      throw failure;
    }
  }

  private FileAlreadyExistsException alreadyThere(IOException cause) {
    FileAlreadyExistsException e = new FileAlreadyExistsException(path.toString());
    e.initCause(cause);
    return e;
  }

  private static void sleep(Duration pause) throws InterruptedIOException {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting to commit");
    }
  }
}
