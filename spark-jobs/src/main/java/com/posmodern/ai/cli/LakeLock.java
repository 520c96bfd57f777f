package com.posmodern.ai.cli;

import com.posmodern.ai.error.PosException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps an erasure and everything else that writes a lake in a folder apart. The system lets go of
 * it with the process, however that ends. A lake in an object store has none: there the scheduler's
 * pool keeps them apart.
 */
final class LakeLock implements AutoCloseable {
  private static final String FILE = ".pos-lock";

  private final FileChannel channel;

  private LakeLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes it at once or not at all.
   *
   * @param alone true for an erasure; others may be several
   * @throws PosException infrastructure when a process holds it that may not run beside
   */
  static LakeLock take(String lake, boolean alone) throws IOException {
    if (lake.contains(":/") || !Files.isDirectory(Path.of(lake))) {
      return new LakeLock(null);
    }
    Path file = Path.of(lake, FILE);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (lock(channel, alone) == null) {
      channel.close();
      throw PosException.infrastructure(
          alone
              ? "a job is writing the lake; an erasure beside it would harm it"
              : "customers are being erased from the lake",
          file.toString(),
          "Wait until it has ended, then run again.",
          null);
    }
    return new LakeLock(channel);
  }

  private static FileLock lock(FileChannel channel, boolean alone) throws IOException {
    try {
      return channel.tryLock(0, Long.MAX_VALUE, !alone);
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
