package com.posmodern.ai.source.events;

import com.posmodern.ai.config.CallSettings;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.source.api.ApiCalls;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Files that fit into memory: in a folder, in a bucket, or at an address on the network. */
public final class TextFiles {
  private static final int MOST_BYTES = 64 << 20;

  private final CallSettings calls;
  private final Configuration hadoop;

  public TextFiles(CallSettings calls, Configuration hadoop) {
    this.calls = calls;
    this.hadoop = hadoop;
  }

  /**
   * Reads.
   *
   * @param source whose file it is, for messages: an address may hold a secret
   * @throws PosException usage when there is none, infrastructure when it cannot be read, bad data
   *     when it is larger than 64 MiB
   */
  public byte[] read(String source, String file) {
    byte[] bytes =
        file.matches("(?i)(https?|webcal)://.*")
            ? ApiCalls.ofFiles(source, calls).file(file.replaceFirst("(?i)^webcal:", "https:"))
            : ofFolder(source, file);
    if (bytes.length > MOST_BYTES) {
      throw PosException.badData("the file is larger than 64 MiB", source, "Split it.");
    }
    return bytes;
  }

  private byte[] ofFolder(String source, String file) {
    Path path = new Path(file);
    try (InputStream bytes = path.getFileSystem(hadoop).open(path)) {
      return bytes.readNBytes(MOST_BYTES + 1);
    } catch (FileNotFoundException e) {
      throw PosException.usage(
          "there is no file " + file, source, "Correct file of the source in the settings.");
    } catch (IOException e) {
      throw PosException.infrastructure(
          "the file %s cannot be read (%s)".formatted(file, e.getMessage()),
          source,
          "Look at the storage, and run the command again.",
          e);
    }
  }
}
