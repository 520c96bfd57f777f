package com.posmodern.ai.lake.s3;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Whether server and client keep {@code If-None-Match: *}; some servers answer 200 and overwrite
 * all the same.
 */
public final class ConditionalPut {
  private ConditionalPut() {}

  /**
   * Tries it on an object of its own below the root, which is gone afterwards.
   *
   * @throws IOException when the storage fails; not being able to is no failure
   */
  public static boolean works(FileSystem files, Path root) throws IOException {
    askFirst(files, root);
    Path probe = new Path(root, "_conditional_put/" + UUID.randomUUID());
    byte[] bytes = "May be deleted.".getBytes(StandardCharsets.UTF_8);
    try {
      new ConditionalObject(files, probe).create(bytes);
    } catch (IllegalArgumentException e) {
      // Hadoop before 3.4.2 does not know the option that must be there.
      return false;
    } catch (IOException e) {
      // A server may know the header and refuse it.
      if (String.valueOf(e.getMessage()).contains("Status Code: 501")) {
        return false;
      }
      throw e;
    }
    boolean refused = false;
    try {
      new ConditionalObject(files, probe).create(bytes);
    } catch (FileAlreadyExistsException e) {
      refused = true;
    }
    files.delete(probe, false);
    return refused;
  }

  /**
   * S3 answers a LIST with a code that says what is wrong; a HEAD, which others begin with, not.
   */
  private static void askFirst(FileSystem files, Path root) throws IOException {
    try {
      files.listStatus(root);
    } catch (FileNotFoundException e) {
      // A lake that is still to be made; a missing bucket is told by another exception.
    }
  }
}
