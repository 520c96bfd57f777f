package com.posmodern.ai.lake.s3;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Whether server and client honour {@code If-None-Match: *}; some servers respond with 200 and
 * overwrite the object anyway.
 */
public final class ConditionalPut {
  private ConditionalPut() {}

  /**
   * Tests it on a temporary object below the root.
   *
   * @throws IOException when the storage fails; a missing capability is not a failure
   */
  public static boolean works(FileSystem files, Path root) throws IOException {
    askFirst(files, root);
    Path probe = new Path(root, "_conditional_put/" + UUID.randomUUID());
    byte[] bytes = "May be deleted.".getBytes(StandardCharsets.UTF_8);
    try {
      new ConditionalObject(files, probe).create(bytes);
    } catch (IllegalArgumentException e) {
      // Hadoop before 3.4.2 does not support the required option.
      return false;
    } catch (IOException e) {
      // A server may recognise the header and reject it.
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
   * S3 responds to a failed LIST with an error code; to a HEAD, which other calls begin with, it
   * does not.
   */
  private static void askFirst(FileSystem files, Path root) throws IOException {
    try {
      files.listStatus(root);
    } catch (FileNotFoundException e) {
      // A lake that does not exist yet; a missing bucket raises another exception.
    }
  }
}
