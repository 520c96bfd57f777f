package com.posmodern.ai.lake.lock;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.posmodern.ai.error.PosException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Allows one writing process at a time for a lake in a folder: Delta's log on a file system is safe
 * within one process. The operating system releases the lock when the process ends, even after a
 * crash. A lake in an object store has a lease instead.
 */
public final class FolderLock implements WriterLock {
  private static final String FILE = ".pos-lock";
  private static final int LONGEST_HOLDER = 200;

  private final Path file;
  private final FileChannel channel;

  private FolderLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock, or fails without waiting.
   *
   * @param command what the process is about to do; shown to other processes that find the lock
   *     taken
   * @param now start of the process, shown as well
   * @throws PosException infrastructure when another process holds the lock
   */
  public static WriterLock take(String lake, String command, Instant now) throws IOException {
    if (lake.contains(":/") || !Files.isDirectory(Path.of(lake))) {
      return NONE;
    }
    Path file = Path.of(lake, FILE);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (lock(channel) == null) {
      String holder = holder(channel);
      channel.close();
      throw PosException.infrastructure(
          "another process is writing the lake" + (holder.isEmpty() ? "" : ": " + holder),
          file.toString(),
          "A lake in a folder allows one writing process at a time. Wait until it has ended, then run again.",
          null);
    }
    String self =
        "%s, process %d, since %s"
            .formatted(command, ProcessHandle.current().pid(), now.truncatedTo(ChronoUnit.SECONDS));
    channel.truncate(0).write(ByteBuffer.wrap(self.getBytes(UTF_8)), 0);
    return new FolderLock(file, channel);
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // This process holds it.
      return null;
    }
  }

  /** What the holder wrote about itself; empty if it has not written yet. */
  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(LONGEST_HOLDER);
    channel.read(bytes, 0);
    return UTF_8.decode(bytes.flip()).toString();
  }

  /** The operating system never takes the lock from a living process, so asking is enough. */
  @Override
  public void requireHeld() {
    if (!channel.isOpen()) {
      throw PosException.infrastructure(
          "the lock was already released", file.toString(), "Run again.", null);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw PosException.infrastructure(
          "the lock cannot be released: " + e.getMessage(),
          file.toString(),
          "It is free when this process has ended.",
          e);
    }
  }
}
